"""Which of several places of the same text is meant: the one whose surroundings are the anchor's. Never a guess."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from app.core.claims import Anchor
from app.core.errors import MaskingError
from app.secrecy.masking.folding import Folded, Span, compact, find
from app.secrecy.masking.needles import whole

__all__ = ["chosen", "context_of", "spans_for", "spans_of"]

T = TypeVar("T")
_LEAST_CONTEXT = 2


def spans_of(where: Folded, quote: str) -> list[Span]:
    """Every place of the quote: as words of their own if there are such, with the same capitals if there are such."""
    wanted = compact(quote)
    if not wanted or wanted not in where.text:
        return []
    found = list(find(where, wanted, bounded=True)) or list(find(where, wanted, bounded=False))
    shown = _shown(quote)
    same = [span for span in found if _shown(where.source[span.start : span.end]) == shown]
    return same or found


def spans_for(where: Folded, anchor: Anchor) -> list[Span]:
    """Every place of the anchor's quote. A mark of all occurrences stands also for what would tell the quote, if it stood open:
    in other capitals, or within a longer word."""
    quote = anchor.quote or ""
    spans, needle = spans_of(where, quote), whole(quote, 0)
    if not anchor.all_occurrences or not needle.telling:
        return spans
    return sorted({*spans, *find(where, needle.text, bounded=needle.bounded)})


def _shown(text: str) -> str:
    """The text without the signs that comparing leaves out, such as what a symbol font draws."""
    return "".join(sign for sign in text if compact(sign))


def context_of(where: Folded, span: Span, anchor: Anchor) -> int:
    """How many signs before and after the place are those of the anchor."""
    around = 240
    before = compact(where.source[max(0, span.start - around) : span.start])
    after = compact(where.source[span.end : span.end + around])
    return _alike(reversed(before), reversed(compact(anchor.prefix or ""))) + _alike(
        iter(after), iter(compact(anchor.suffix or ""))
    )


def _alike(left: Iterator[str], right: Iterator[str]) -> int:
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


def chosen(found: Sequence[T], score: Callable[[T], int], number: int, name: str) -> T:
    """The place that the surroundings tell. Raises MaskingError (`mask.not_found`, `mask.ambiguous`)."""
    if not found:
        raise MaskingError(name, code="mask.not_found", claim=number)
    if len(found) == 1:
        return found[0]
    scored = sorted(((score(place), index) for index, place in enumerate(found)), reverse=True)
    if scored[0][0] - scored[1][0] < 1 or scored[0][0] < _LEAST_CONTEXT:
        raise MaskingError(name, code="mask.ambiguous", claim=number, count=len(found))
    return found[scored[0][1]]
