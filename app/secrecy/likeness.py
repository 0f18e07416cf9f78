"""How alike two passages are, and how well the text around a place fits that around a mark. All on folded text, from 0 to 1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from app.secrecy.folding import fold_text

__all__ = ["Context", "alike", "positions", "seeded"]

_NEAR = 16
"""Characters next to a passage that are nearly as good as all of its context."""
_CLOSE = 24
_SEED = 7
_MOST_HITS = 40
_MOST_SEEDS = 160


def alike(one: str, other: str) -> float:
    """Likeness of two folded texts."""
    return fuzz.ratio(one, other) / 100


def positions(text: str, wanted: str, most: int = 10_000_000) -> Iterator[int]:
    """Where the wanted stands in the text."""
    at = text.find(wanted) if wanted else -1
    while at >= 0 and most > 0:
        yield at
        most -= 1
        at = text.find(wanted, at + 1)


@dataclass(frozen=True, slots=True)
class Context:
    """The folded text before and after a mark."""

    before: str
    after: str

    @staticmethod
    def of(prefix: str | None, suffix: str | None) -> Context:
        """From an anchor's."""
        return Context(fold_text(prefix or ""), fold_text(suffix or ""))

    def sides(self, text: str, start: int, end: int) -> tuple[float | None, float | None]:
        """How well the text before `start` and that after `end` fit; None for a side that the mark says nothing of."""
        before = text[max(0, start - len(self.before)) : start]
        return _side(self.before[::-1], before[::-1]), _side(self.after, text[end : end + len(self.after)])

    def closed(self, text: str) -> bool:
        """The text before and that after stand next to each other now: what was between them is gone from there."""
        head, foot = self.before[-_CLOSE:], self.after[:_CLOSE]
        return min(len(head), len(foot)) >= _CLOSE // 2 and head + foot in text

    def peak(self, text: str, start: int, end: int) -> float:
        """The better side: 1 when all of the text on one side is there still."""
        return max((side or 0.0 for side in self.sides(text, start, end)), default=0.0)

    def fit(self, text: str, start: int, end: int) -> float:
        """Both sides in one figure; one that fits counts more than one that does not: text is inserted next to passages."""
        known = [side for side in self.sides(text, start, end) if side is not None]
        return 0.6 * max(known) + 0.4 * min(known) if known else 0.0


def _side(context: str, actual: str) -> float | None:
    """Both with the character next to the passage first."""
    if not context:
        return None
    same = 0
    for one, other in zip(context, actual, strict=False):
        if one != other:
            break
        same += 1
    # Any two Swedish texts share half of their letters in order.
    rest = (fuzz.ratio(context, actual) / 100 - 0.6) * 2.5
    near = 0.8 * min(1.0, same / min(len(context), _NEAR)) + 0.2 * same / len(context)
    return max(near, rest, 0.0)


def seeded(text: str, quote: str) -> Iterator[tuple[int, int]]:
    """Stretches of the text that share pieces with the quote, wide enough for an edited version of it; the likeliest first."""
    votes: dict[int, int] = {}
    bucket = max(8, len(quote) // 8)
    step = max(1, len(quote) // _MOST_SEEDS)
    for offset in range(0, max(1, len(quote) - _SEED + 1), step):
        hits = list(positions(text, quote[offset : offset + _SEED], _MOST_HITS))
        if len(hits) < _MOST_HITS:
            for hit in hits:
                place = (hit - offset) // bucket
                votes[place] = votes.get(place, 0) + 1
    both = {place: count + votes.get(place + 1, 0) for place, count in votes.items()}
    slack = max(24, len(quote) // 3)
    for place, _ in sorted(both.items(), key=lambda vote: (-vote[1], vote[0]))[:6]:
        start = place * bucket
        yield max(0, start - slack), min(len(text), start + bucket + len(quote) + slack)
