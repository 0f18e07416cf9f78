"""Marks in the bid's files: made of what the user has selected, found again in a newer file, and where they are painted."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from app.core.claims import Anchor, AnchorState
from app.core.document import Block, Place
from app.core.errors import AnbudsklarError
from app.core.work import BidFileRecord
from app.secrecy.anchors import Finder, FoundPlace
from app.secrecy.grids import area_of
from app.secrecy.occurrences import Where, count_occurrences, each_occurrence
from app.workflow.secrecy_desk import Placed

__all__ = ["Finders", "Selection", "Spread", "again", "places_of", "position_of", "selected", "spread", "spread_count"]


class Finders(Protocol):
    """Who has the documents of the bid."""

    def finder(self, record: BidFileRecord) -> Finder:
        """For making and finding anchors in a file. Raises errors of the tree."""
        ...


@dataclass(frozen=True, slots=True)
class Selection:
    """What the user has pointed out in a file: text with the place it begins at, a range of cells, a box, or a whole page.

    `file` is the key of the file's record. With `cells`, `place.sheet` says which sheet; without text or cells, `place.page`
    which page, and `place.box` the box on it.
    """

    file: str
    text: str = ""
    place: Place = field(default_factory=Place)
    cells: str | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """A place of the bid where a text stands. `placed` is None where nothing can be marked: a file's name, its metadata."""

    file: str
    name: str
    where: Where
    text: str
    before: str
    after: str
    placed: Placed | None = None


def selected(finder: Finder, selection: Selection) -> Placed | None:
    """The mark on what was selected; None when there is nothing of it in the file as it was read."""
    place = selection.place
    if selection.cells is not None and place.sheet is not None:
        anchor = finder.of_cells(selection.file, place.sheet, selection.cells)
        return Placed(anchor, AnchorState.FOUND, _position(finder, anchor))
    if selection.text.strip():
        found = _standing(finder, selection.file, selection.text)
        if found:
            nearest = min(found, key=lambda one: _away(one, place))
            return Placed(finder.of_text(selection.file, nearest.spans), AnchorState.FOUND, position_of(nearest))
    if place.page is not None:
        anchor = finder.of_page(selection.file, place.page, place.box)
        return Placed(anchor, AnchorState.FOUND, _position(finder, anchor))
    return None


def spread(finders: Finders, files: Sequence[BidFileRecord], text: str, most: int | None = None) -> tuple[Spread, ...]:
    """Every place of all files where a text stands, or the first `most` of them. Files that were not read are passed over.

    A ceiling is for showing: whoever gives one tells how many there are in all (`spread_count`).
    """
    found: list[Spread] = []
    for file in files:
        if most is not None and len(found) >= most:
            break
        with suppress(AnbudsklarError, KeyError):
            finder = finders.finder(file)
            for one in islice(each_occurrence([finder.flow], text), None if most is None else most - len(found)):
                placed = None
                if one.spans:
                    anchor = finder.of_text(file.key, one.spans)
                    placed = Placed(anchor, AnchorState.FOUND, position_of(FoundPlace(one.spans)))
                found.append(Spread(file.key, file.summary.name, one.where, one.text, one.before, one.after, placed))
    return tuple(found)


def spread_count(finders: Finders, files: Sequence[BidFileRecord], text: str) -> int:
    """How many places `spread` finds without a ceiling. Counting takes a fraction of the time."""
    count = 0
    for file in files:
        with suppress(AnbudsklarError, KeyError):
            count += count_occurrences([finders.finder(file).flow], text)
    return count


def _standing(finder: Finder, file: str, text: str) -> tuple[FoundPlace, ...]:
    found = finder.find(Anchor(file, text.strip(), all_occurrences=True), finder.document.sha256)
    return () if found.state is AnchorState.LOST else tuple(place for place in found.places if place.spans)


def again(finder: Finder, placed: Placed, sha256: str | None, before: Finder | None = None) -> Placed:
    """A mark in the file as it is now; `sha256` is what the file was when the mark was found last, `before` has its document.

    A change that the user has not looked at stays one, even if the newest version moves nothing more.
    """
    anchor = placed.anchor
    found = finder.find(anchor, sha256, before)
    if found.state is AnchorState.LOST or not found.places:
        return placed._replace(state=AnchorState.LOST)
    first = found.places[0]
    waits = found.state is AnchorState.FOUND and placed.state is not AnchorState.LOST
    return Placed(_moved(finder, anchor, first), placed.state if waits else found.state, position_of(first))


def _moved(finder: Finder, anchor: Anchor, place: FoundPlace) -> Anchor:
    """The anchor anew, from where it was found: its neighbours there are what it will be known by next time."""
    if anchor.all_occurrences:
        return anchor
    if anchor.sheet is not None and place.sheet is not None and place.cells is not None:
        return finder.of_cells(anchor.file, place.sheet, place.cells)
    if anchor.quote is not None and place.spans:
        return finder.of_text(anchor.file, place.spans)
    if anchor.page is not None and place.page is not None:
        return finder.of_page(anchor.file, place.page, place.places[0].box)
    return anchor


def places_of(finder: Finder, anchor: Anchor) -> tuple[tuple[Place, ...], ...]:
    """For each place where an anchor's passage stands: where its lines, cells or page are painted."""
    if anchor.quote is None and anchor.sheet is None and anchor.page is not None:
        return ((Place(anchor.page, anchor.box),),)
    found = finder.find(anchor, finder.document.sha256)
    if found.state is AnchorState.LOST:
        return ()
    return tuple(_painted(place) for place in found.places)


def _painted(place: FoundPlace) -> tuple[Place, ...]:
    if place.sheet is not None and place.cells is not None:
        return (Place(sheet=place.sheet, cell=place.cells),)
    return place.places


def position_of(place: FoundPlace) -> float:
    """How far down its file a place stands: the number of its block, and how far into it as a fraction."""
    if place.spans:
        return place.spans[0].block + min(0.999, place.spans[0].start / 100_000)
    return float(place.page or 0)


def _position(finder: Finder, anchor: Anchor) -> float:
    """As `position_of`, for a mark without text: the first block of its page or sheet that does not stand above it."""
    top = anchor.box.y0 if anchor.box is not None else 0.0
    places = finder.find(anchor, finder.document.sha256).places
    if places and places[0].spans:
        return position_of(places[0])
    area = area_of(anchor.cells)
    first = area.top if area is not None else 0
    for index, block in enumerate(finder.document.blocks):
        page = block.place.page
        if anchor.page is not None and page is not None:
            below = block.place.box is None or block.place.box.y0 >= top
            if page > anchor.page or (page == anchor.page and below):
                return float(index)
        elif anchor.sheet is not None and block.place.sheet == anchor.sheet and _row(block) >= first:
            return float(index)
    return float(len(finder.document.blocks))


def _row(block: Block) -> int:
    """The row of a sheet that a block stands on."""
    areas = [area_of(cell.place.cell) for cell in block.cells] or [area_of(block.place.cell)]
    return min((area.top for area in areas if area is not None), default=0)


def _away(found: FoundPlace, place: Place) -> tuple[int, float]:
    """How far a place is from where the user has selected: pages or paragraphs apart, then points."""
    first = found.places[0] if found.places else Place()
    if place.page is not None and first.page is not None:
        apart = abs(first.box.y0 - place.box.y0) + abs(first.box.x0 - place.box.x0) / 100 if first.box and place.box else 0.0
        return abs(first.page - place.page), apart
    if place.sheet is not None:
        return int(first.sheet != place.sheet) * 2 + int(first.cell != place.cell), 0.0
    if place.paragraph is not None and first.paragraph is not None:
        return abs(first.paragraph - place.paragraph), 0.0
    return 0, 0.0
