"""What the page needs to know of the bid's files to show the claims in them: where to paint, how to say it, how much it is.

Reads whole documents: for a thread that may wait. What was found once is kept for as long as file and mark stay the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from app.core.claims import Anchor
from app.core.document import BlockKind, Document, Place
from app.core.errors import AnbudsklarError
from app.core.work import BidFileRecord, ClaimRecord, ClaimState
from app.secrecy.anchors import Finder, FoundPlace
from app.secrecy.flow import Span
from app.workflow.bid import BidShelf
from app.workflow.marks import places_of

__all__ = ["Insight", "Insights", "MarkPlace", "Whereabouts", "whereabouts"]

_ASIDE = frozenset({BlockKind.FURNITURE, BlockKind.FOOTNOTE, BlockKind.COMMENT})


@dataclass(frozen=True, slots=True)
class MarkPlace:
    """Something to paint: a place in a file, and the text there where it tells more than the place does."""

    file: str
    place: Place
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a mark stands, to be put in words. `section` is the number of the heading above it, `heading` its text without;
    `paragraph` counts the paragraphs below that heading from 1. `aside` tells that it is no running text (a header, a note)."""

    page: int | None = None
    sheet: str | None = None
    cells: str | None = None
    section: str | None = None
    heading: str | None = None
    paragraph: int | None = None
    aside: bool = False
    whole_page: bool = False
    box: bool = False


@dataclass(frozen=True, slots=True)
class Insight:
    """By claim, and in it by anchor, where it is painted and how that is said; by file, how much of its text is claimed.

    `covered` is, by claim, the largest share of any one file that it alone covers.
    """

    marks: Mapping[str, tuple[tuple[MarkPlace, ...], ...]] = field(default_factory=dict)
    where: Mapping[str, tuple[Whereabouts, ...]] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)
    share: float = 0.0
    covered: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Seen:
    """One mark in one reading of its file."""

    painted: tuple[MarkPlace, ...]
    where: Whereabouts
    spans: tuple[Span, ...]


class Insights:
    """Makes insights. Lives on one thread."""

    def __init__(self, shelf: BidShelf) -> None:
        self._shelf = shelf
        self._seen: dict[tuple[str, Anchor], _Seen] = {}
        self._sizes: dict[str, int] = {}

    def of(self, files: Sequence[BidFileRecord], claims: Iterable[ClaimRecord]) -> Insight:
        """Everything there is to know of these claims. A file that could not be read is passed over."""
        by_key = {file.key: file for file in files}
        marks: dict[str, tuple[tuple[MarkPlace, ...], ...]] = {}
        where: dict[str, tuple[Whereabouts, ...]] = {}
        spans: dict[str, list[Span]] = {file.key: [] for file in files}
        fresh: dict[tuple[str, Anchor], _Seen] = {}
        covered: dict[str, float] = {}
        for record in claims:
            seen: list[_Seen] = []
            own: dict[str, list[Span]] = {}
            for anchor in record.claim.anchors:
                one = self._look(by_key.get(anchor.file), anchor, fresh)
                seen.append(one)
                own.setdefault(anchor.file, []).extend(one.spans)
                if record.state is not ClaimState.WITHDRAWN:
                    spans.setdefault(anchor.file, []).extend(one.spans)
            covered[record.key] = max((self._share(by_key.get(key), some) for key, some in own.items()), default=0.0)
            marks[record.key] = tuple(one.painted for one in seen)
            where[record.key] = tuple(one.where for one in seen)
        self._seen = fresh
        shares, claimed, whole = {}, 0, 0
        for file in files:
            size = self._size(file)
            shares[file.key] = self._share(file, spans[file.key])
            claimed += _length(spans[file.key])
            whole += size
        return Insight(marks, where, shares, min(1.0, claimed / whole) if whole else 0.0, covered)

    def _share(self, file: BidFileRecord | None, spans: Iterable[Span]) -> float:
        size = self._size(file) if file is not None else 0
        return min(1.0, _length(spans) / size) if size else 0.0

    def _look(self, file: BidFileRecord | None, anchor: Anchor, fresh: dict[tuple[str, Anchor], _Seen]) -> _Seen:
        key = (file.reading or "" if file is not None else "", anchor)
        found = self._seen.get(key) or fresh.get(key)
        if found is None:
            found = _Seen((), _told(anchor), ())
            if file is not None and file.reading is not None:
                with suppress(AnbudsklarError, KeyError):
                    found = _seen(self._shelf.finder(file), anchor)
        fresh[key] = found
        return found

    def _size(self, file: BidFileRecord) -> int:
        if file.reading is None:
            return 0
        if file.reading not in self._sizes:
            size = 0
            with suppress(AnbudsklarError, KeyError):
                blocks = self._shelf.document(file).blocks
                size = sum(len(block.text) for block in blocks if block.kind is not BlockKind.FURNITURE)
            self._sizes[file.reading] = size
        return self._sizes[file.reading]


def _seen(finder: Finder, anchor: Anchor) -> _Seen:
    found = finder.find(anchor, finder.document.sha256)
    painted = tuple(
        mark
        for index, places in enumerate(places_of(finder, anchor))
        for mark in _marks(finder, anchor, found.places, index, places)
    )
    spans = tuple(span for place in found.places for span in place.spans)
    return _Seen(painted, whereabouts(finder.document, anchor, found.places), spans)


def _marks(
    finder: Finder, anchor: Anchor, found: tuple[FoundPlace, ...], index: int, places: tuple[Place, ...]
) -> list[MarkPlace]:
    """What is painted for one place. Text on a page is looked up there by its words; the first with these words is found."""
    if not places:
        return []
    spans = found[index].spans if index < len(found) else ()
    quote = finder.flow.written(spans) if spans and anchor.sheet is None and anchor.quote is not None else ""
    first = places[0]
    if not quote or first.page is None:
        return [MarkPlace(anchor.file, first, quote)] if first.page is None else [MarkPlace(anchor.file, one) for one in places]
    alone = not any(_before(finder.document, span, quote, first.page) for span in spans[:1])
    return [MarkPlace(anchor.file, first, quote)] if alone else [MarkPlace(anchor.file, one) for one in places]


def _before(document: Document, span: Span, quote: str, page: int) -> bool:
    """Whether the same words stand on the page already, before this place."""
    wanted = "".join(quote.split())
    for index in range(span.block, -1, -1):
        block = document.blocks[index]
        if block.place.page is not None and block.place.page < page:
            return False
        text = block.text[: span.start] if index == span.block else block.text
        if wanted in "".join(text.split()):
            return True
    return False


def whereabouts(document: Document, anchor: Anchor, found: Sequence[FoundPlace]) -> Whereabouts:
    """Where a mark stands; what the anchor itself tells, for one that is lost."""
    first = found[0] if found else None
    if first is None or (anchor.quote is None and anchor.page is not None):
        return _told(anchor)
    if first.sheet is not None or anchor.sheet is not None:
        return Whereabouts(sheet=first.sheet or anchor.sheet, cells=first.cells or anchor.cells)
    page = first.page
    if not first.spans:
        return Whereabouts(page=page)
    at = first.spans[0].block
    if document.blocks[at].kind in _ASIDE:
        return Whereabouts(page=page, aside=True)
    paragraph, section, heading = 1, None, None
    for index in range(at - 1, -1, -1):
        block = document.blocks[index]
        if block.kind is BlockKind.HEADING:
            section, heading = _numbered(block.number, block.text)
            break
        paragraph += block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
    if document.blocks[at].kind is BlockKind.HEADING:
        section, heading = _numbered(document.blocks[at].number, document.blocks[at].text)
        return Whereabouts(page, section=section, heading=heading)
    countable = document.blocks[at].kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and (section or heading)
    return Whereabouts(page, section=section, heading=heading, paragraph=paragraph if countable else None)


def _numbered(number: str | None, text: str) -> tuple[str | None, str | None]:
    plain = " ".join(text.split())
    if number:
        return number.rstrip("."), plain or None
    first, _, rest = plain.partition(" ")
    if rest and first.rstrip(".").replace(".", "").isdigit():
        return first.rstrip("."), rest
    return None, plain or None


def _told(anchor: Anchor) -> Whereabouts:
    heading = (anchor.heading or "").partition("\t")[0] or None
    box = anchor.quote is None and anchor.box is not None
    whole = anchor.quote is None and anchor.box is None and anchor.page is not None and anchor.sheet is None
    return Whereabouts(anchor.page, anchor.sheet, anchor.cells, heading=heading, whole_page=whole, box=box)


def _length(spans: Iterable[Span]) -> int:
    """How many characters the spans cover, none counted twice."""
    count = 0
    reached = (-1, 0)
    for span in sorted(spans):
        start = max(span.start, reached[1]) if span.block == reached[0] else span.start
        if span.end > start:
            count += span.end - start
            reached = (span.block, span.end)
    return count
