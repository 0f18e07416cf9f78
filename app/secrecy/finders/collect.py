"""All finders over all files of a bid, and their marks made into suggestions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise

from app.core.claims import Anchor
from app.core.document import Document
from app.secrecy.catalogue import category
from app.secrecy.finders.chapters import chapters, is_about_a_person
from app.secrecy.finders.companies import companies
from app.secrecy.finders.marks import Mark
from app.secrecy.finders.mentions import mentions
from app.secrecy.finders.parties import parties
from app.secrecy.finders.people import people
from app.secrecy.finders.prices import prices
from app.secrecy.finders.view import View
from app.secrecy.flow import Span
from app.secrecy.grids import Area, area_of
from app.secrecy.suggestions import Suggestion

__all__ = ["suggestions"]

_MOSTLY = 0.6
_NAMES = frozenset({"customer", "reference-contact", "subcontractor", "personal-data", "bank-account"})
"""Kinds that are names or numbers of somebody: the same wherever they stand."""
_LEAST, _MOST = 4, 80


def suggestions(files: Sequence[tuple[str, Document]], stopped: Callable[[], bool] = bool) -> tuple[Suggestion, ...]:
    """What is proposed in the files (id and document), file by file in the order of the text. The same files give the same.

    Hundreds of pages take seconds: once `stopped` says so, what is missing is left out.
    """
    views = [View(document, file) for file, document in files]
    known = parties(views)
    found: list[Suggestion] = []
    for view in views:
        person = is_about_a_person(view)
        marks: list[Mark] = []
        for find in (prices, partial(people, known=known, person=person), companies, mentions, chapters):
            if not stopped():
                marks += find(view)
        found += _made(view, _kept(view, marks))
    return tuple(found)


def _kept(view: View, marks: Iterable[Mark]) -> list[Mark]:
    """Where marks overlap, the weightier one stays. A paragraph stays too, as long as little of it is marked by itself."""
    kept: list[Mark] = []
    covered: dict[int, bytearray] = {}
    for mark in sorted(marks, key=lambda each: (-each.weight, each.span, each.rule)):
        index, start, end = mark.span
        taken = covered.setdefault(index, bytearray(len(view.document.blocks[index].text)))
        if taken.count(1, start, end) <= _MOSTLY * (end - start):
            kept.append(mark)
            taken[start:end] = b"\x01" * (end - start)
    return sorted(kept, key=lambda each: (each.span, each.rule))


def _made(view: View, marks: list[Mark]) -> list[Suggestion]:
    groups: dict[str, list[Mark]] = {}
    for mark in marks:
        groups.setdefault(mark.group, []).append(mark)
    return [_suggestion(view, group) for group in groups.values()]


def _suggestion(view: View, marks: list[Mark]) -> Suggestion:
    head = marks[0]
    anchors = tuple(_anchors(view, [mark.span for mark in marks]))
    if head.category in _NAMES:
        anchors = tuple(_wherever(anchors))
    ground = category(head.category).grounds[0]
    label = " ".join(head.label.split())
    values = (("count", str(len(marks))), ("label", label))
    return Suggestion(view.file, head.category, ground, head.rule, head.why, anchors, label, values)


def _wherever(anchors: Iterable[Anchor]) -> Iterator[Anchor]:
    """A name that stands several times in the file is marked at all of them: left openly in one, it would be no secret."""
    seen: set[str] = set()
    for anchor in anchors:
        quote = " ".join((anchor.quote or "").split())
        if not anchor.count or anchor.count < 2 or not _LEAST <= len(quote) <= _MOST or "\t" in (anchor.quote or ""):
            yield anchor
        elif quote not in seen:
            seen.add(quote)
            yield replace(anchor, all_occurrences=True)


def _anchors(view: View, spans: list[Span]) -> list[Anchor]:
    """One for each passage; cells of a sheet below each other become one range."""
    anchors: list[Anchor] = []
    cells: list[tuple[str, Area]] = []
    for span in spans:
        place = view.flow.place(span)
        area = area_of(place.cell)
        block = view.document.blocks[span.block]
        cell = view.flow.cell(span.block, span.start) if block.cells else None
        whole = cell is None or len(cell.text.strip()) == span.end - span.start
        if place.sheet is not None and area is not None and whole:
            cells.append((place.sheet, area))
        else:
            anchors.append(view.finder.of_text(view.file, [span]))
    return [*anchors, *(view.finder.of_cells(view.file, sheet, area.name) for sheet, area in _joined(cells))]


def _joined(cells: list[tuple[str, Area]]) -> list[tuple[str, Area]]:
    """Cells that stand below each other without a gap as one range."""
    cells = sorted(set(cells), key=lambda each: (each[0], each[1].left, each[1].top))
    runs = [[cell] for cell in cells[:1]]
    for (sheet, above), (other, area) in pairwise(cells):
        if sheet == other and above.left == area.left and above.right == area.right and above.bottom + 1 == area.top:
            runs[-1].append((other, area))
        else:
            runs.append([(other, area)])
    return [(run[0][0], Area(run[0][1].top, run[0][1].left, run[-1][1].bottom, run[-1][1].right)) for run in runs]
