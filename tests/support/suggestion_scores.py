"""What the finders suggest, held against a labelled bid: recall, precision, and the traps stepped into."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.core.claims import AnchorState
from app.secrecy.anchors import Finder
from app.secrecy.finders import suggestions
from tests.support.labelled_bids import Label, LabelledFile

_PRICES = frozenset({"unit-price", "hourly-rate"})


@dataclass
class Score:
    """Counts, and in words what was missed, wrongly suggested, and which traps were sprung."""

    labels: int = 0
    found: int = 0
    suggested: int = 0
    right: int = 0
    traps: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    sprung: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.found / self.labels if self.labels else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.suggested if self.suggested else 1.0

    def add(self, other: Score) -> None:
        for name in ("labels", "found", "suggested", "right", "traps"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.missed += other.missed
        self.wrong += other.wrong
        self.sprung += other.sprung


def score(files: list[LabelledFile]) -> Score:
    """A passage is found when half of it is suggested in a category that is right for it; a suggestion is right when half of it
    is such a passage. What people may judge either way counts for neither."""
    total = Score()
    made = suggestions([(str(number), file.document) for number, file in enumerate(files)])
    for number, file in enumerate(files):
        finder = Finder(file.document)
        name = file.document.name
        stretches: list[tuple[int, int, str, str]] = []
        for one in made:
            if one.file != str(number):
                continue
            for anchor in one.anchors:
                found = finder.find(replace(anchor, all_occurrences=False))  # where it was found; elsewhere it is the same text
                assert found.state is AnchorState.FOUND, (name, anchor, found)
                for span in (span for place in found.places for span in place.spans):
                    start, end = finder.flow.at(span.block, span.start), finder.flow.at(span.block, span.end)
                    stretches.append((start, end, one.category, one.rule))
        for label in file.labels:
            if label.neutral:
                continue
            covered = sum(
                _both(label, start, end) for start, end, category, _ in set(stretches) if label.trap or _fits(label, category)
            )
            half = covered * 2 >= label.end - label.start
            if label.trap:
                total.traps += 1
                if half:
                    total.sprung.append(f"{name}: {label.trap}: {label.text}")
                continue
            total.labels += 1
            total.found += half
            if not half:
                total.missed.append(f"{name}: {'/'.join(sorted(label.categories))}: {label.text[:90]}")
        for start, end, category, rule in stretches:
            if end <= start:
                continue
            right = sum(
                _both(label, start, end)
                for label in file.labels
                if not label.trap and not label.neutral and _fits(label, category)
            )
            neutral = sum(_both(label, start, end) for label in file.labels if label.neutral)
            if right * 2 < end - start and neutral * 2 >= end - start:
                continue
            total.suggested += 1
            total.right += right * 2 >= end - start
            if right * 2 < end - start:
                total.wrong.append(f"{name}: {category} ({rule}): {finder.flow.text[start:end][:90]}")
    return total


def _fits(label: Label, category: str) -> bool:
    return category in label.categories or (category in _PRICES and bool(label.categories & _PRICES))


def _both(label: Label, start: int, end: int) -> int:
    return max(0, min(label.end, end) - max(label.start, start))
