"""How well a checklist meets the labels of a document, as figures between 0 and 1.

Two passages meet when one holds the other, or when they share three quarters of the shorter one's words (at least four of them),
on the same page or the next; in a workbook, when they name the same cell. A passage counts with its first 120 words.
Slots (questions, attachments) are paired one to one; a statement is covered by whatever item of the tender list meets it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

SLOT_KINDS = frozenset(["question", "attachment"])
STATEMENT_KINDS = frozenset(["requirement", "criterion", "deadline"])
TENDER_KINDS = SLOT_KINDS | STATEMENT_KINDS
_WORDS = re.compile(r"\w+")
_ENOUGH = 0.75
_LONGEST = 120
_KEYWORDS = re.compile(r"\b(?:ska|skall|måste|krävs|bifoga\w*)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Passage:
    """Words at a place."""

    words: tuple[str, ...]
    page: int | None = None
    cell: tuple[str, str] | None = None

    @classmethod
    def of(cls, entry: Mapping[str, Any], quote: str) -> Passage:
        """A passage from a label or a source, both of which name page, sheet and cell alike."""
        sheet, cell = entry.get("sheet"), entry.get("cell")
        place = (sheet, cell.partition(":")[0].replace("$", "")) if sheet and cell else None
        return cls(tuple(_WORDS.findall(quote.lower().replace("\u00ad", ""))[:_LONGEST]), entry.get("page"), place)

    def shared(self, other: Passage) -> float:
        """The share of the shorter passage's words that both have; 0 for passages on pages apart."""
        if self.cell and other.cell:
            return float(self.cell == other.cell)
        if None not in (self.page, other.page) and abs((self.page or 0) - (other.page or 0)) > 1:
            return 0.0
        short, long = sorted((self.words, other.words), key=len)
        if not short:
            return 0.0
        if _holds(long, short) and (len(short) > 2 or len(long) < 7):
            return 1.0
        if len(short) < 4:
            return 0.0
        return sum((Counter(short) & Counter(long)).values()) / len(short)

    def meets(self, other: Passage) -> bool:
        """Whether both speak of the same thing."""
        return self.shared(other) >= _ENOUGH


@dataclass(frozen=True)
class Label:
    """What a reader found in a document."""

    passage: Passage
    kind: str
    must: bool | None
    also: bool = False
    for_buyer: bool = False


@dataclass(frozen=True)
class Found:
    """An item of a checklist."""

    passage: Passage
    kind: str
    must: bool


@dataclass
class Score:
    """Counts, which add up over documents."""

    slots: int = 0
    slots_found: int = 0
    slot_items: int = 0
    slot_items_wrong: int = 0
    kinds_right: int = 0
    must_right: int = 0
    statements: int = 0
    statements_covered: int = 0
    sharing: int = 0
    items: int = 0
    items_wrong: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(**{entry.name: getattr(self, entry.name) + getattr(other, entry.name) for entry in fields(Score)})

    def figures(self) -> dict[str, float]:
        """The figures that floors are set for. `lumped` is better when lower, the others when higher."""
        return {
            "slot_recall": _share(self.slots_found, self.slots),
            "slot_precision": 1 - _share(self.slot_items_wrong, self.slot_items, empty=0),
            "kind": _share(self.kinds_right, self.slots_found),
            "must": _share(self.must_right, self.slots_found),
            "statement_recall": _share(self.statements_covered, self.statements),
            "precision": 1 - _share(self.items_wrong, self.items, empty=0),
            "lumped": _share(self.sharing, self.statements_covered, empty=0),
        }


def labels_of(gold: Mapping[str, Any]) -> list[Label]:
    """The labels of a gold file."""
    return [
        Label(
            Passage.of(point, point["quote"]), point["kind"], point["must"], bool(point.get("also")), bool(point.get("for_buyer"))
        )
        for point in gold["points"]
    ]


def found_in(checklist: Mapping[str, Any], gold: Mapping[str, Any]) -> list[Found]:
    """The items of a checklist, of the labelled sheets only where a gold file names such."""
    sheets = gold.get("scope", {}).get("sheets")
    return [
        Found(Passage.of(item["source"], item["source"]["quote"] or item["text"]), item["kind"], bool(item["must"]))
        for item in checklist["items"]
        if not sheets or item["source"].get("sheet") in sheets
    ]


def score(labels: Sequence[Label], items: Sequence[Found], *, slots_only: bool = False) -> Score:
    """Measure the items against the labels. `slots_only`: statements were not labelled and are not judged."""
    wanted = [label for label in labels if label.kind in SLOT_KINDS and not label.also and not label.for_buyer]
    offered = [item for item in items if item.kind in SLOT_KINDS]
    allowed = [label.passage for label in labels if label.kind in TENDER_KINDS and not label.for_buyer]
    pairs = _pairs(wanted, offered)
    paired = {place for _, place in pairs}
    listed = [] if slots_only else [item for item in items if item.kind in TENDER_KINDS]
    statements = [label for label in labels if label.kind in STATEMENT_KINDS and not label.also]
    carriers = Counter(place for label in statements if (place := _carrier(label.passage, listed)) is not None)
    return Score(
        slots=len(wanted),
        slots_found=len(pairs),
        slot_items=len(offered),
        slot_items_wrong=sum(place not in paired and not _meets_any(item.passage, allowed) for place, item in enumerate(offered)),
        kinds_right=sum(wanted[one].kind == offered[two].kind for one, two in pairs),
        must_right=sum(wanted[one].must in (None, offered[two].must) for one, two in pairs),
        statements=len(statements),
        statements_covered=carriers.total(),
        sharing=sum(count for count in carriers.values() if count > 1),
        items=len(listed),
        items_wrong=sum(not _meets_any(item.passage, allowed) for item in listed),
    )


def keyword_baseline(pages: Iterable[tuple[int | None, str]]) -> list[Found]:
    """What a search for five words finds: each line that has one is a requirement, or an attachment where it says "bifoga"."""
    found = []
    for page, text in pages:
        match = _KEYWORDS.search(text)
        if match is not None:
            kind = "attachment" if match[0].lower().startswith("bifoga") else "requirement"
            found.append(Found(Passage(tuple(_WORDS.findall(text.lower())[:_LONGEST]), page), kind, must=True))
    return found


def _pairs(wanted: Sequence[Label], offered: Sequence[Found]) -> list[tuple[int, int]]:
    """The best pairing that taking the closest pair first gives."""
    ranked = []
    for one, label in enumerate(wanted):
        for two, item in enumerate(offered):
            share = label.passage.shared(item.passage)
            if share >= _ENOUGH:
                same_page = label.passage.page == item.passage.page
                apart = abs(len(label.passage.words) - len(item.passage.words))
                ranked.append((-share, not same_page, label.kind != item.kind, apart, -one, -two))
    taken_one: set[int] = set()
    taken_two: set[int] = set()
    pairs = []
    for *_, minus_one, minus_two in sorted(ranked):
        if -minus_one not in taken_one and -minus_two not in taken_two:
            taken_one.add(-minus_one)
            taken_two.add(-minus_two)
            pairs.append((-minus_one, -minus_two))
    return pairs


def _carrier(passage: Passage, items: Sequence[Found]) -> int | None:
    """The item that covers a statement best, the shortest among equals."""
    shares = [(passage.shared(item.passage), -len(item.passage.words), -place) for place, item in enumerate(items)]
    best = max(shares, default=(0.0, 0, 0))
    return -best[2] if best[0] >= _ENOUGH else None


def _meets_any(passage: Passage, others: Iterable[Passage]) -> bool:
    return any(passage.meets(other) for other in others)


def _holds(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    return f" {' '.join(short)} " in f" {' '.join(long)} "


def _share(part: int, whole: int, empty: float = 1.0) -> float:
    return part / whole if whole else empty
