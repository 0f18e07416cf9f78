"""The checklist as a Word document to read, print and tick off with a pen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, BinaryIO

from app.core.checklist import Checklist, ChecklistItem
from app.core.points import PointKind
from app.export.plain import one_line, ranges
from app.export.target import writing
from app.export.view import Describe, View
from app.export.words import words_in
from app.export.work import NO_WORK, Work

if TYPE_CHECKING:
    from app.export.pages import Line, Pages

__all__ = ["write_docx"]

_ITEM_WIDTHS = (12, 17, 98, 21, 22)
_ITEM_WIDTHS_WITH_DOCUMENT = (12, 17, 82, 21, 38)


def write_docx(checklist: Checklist, target: BinaryIO, language: str, describe: Describe, work: Work = NO_WORK) -> None:
    """Write the document, with what `work` has below each item. Raises OutputError."""
    view = View(checklist, words_in(language), describe, work)
    whole = BytesIO()
    _document(view).document.save(whole)
    with writing("docx"):
        target.write(whole.getvalue())


def _document(view: View) -> Pages:
    from app.export.pages import Pages

    words = view.words
    pages = Pages(view.title, words.language, view.name, words("pages_of", page="{page}", pages="{pages}"))
    pages.heading(view.name, 0)
    about = (one_line(view.checklist.tender.buyer or ""), one_line(view.checklist.tender.reference or ""))
    pages.paragraph(" · ".join(part for part in (words("title"), *about) if part), "Lead")
    if selection := view.progress.selection():
        pages.paragraph(selection)
    _times(pages, view)
    _facts(pages, view)
    _summary(pages, view)
    _by_hand(pages, view)
    pages.heading(words("tender_part"), 1)
    _items(pages, view, [item for item in view.tender_items if item.kind is not PointKind.DEADLINE])
    if view.contract_items:
        pages.heading(words("contract_part"), 1)
        pages.paragraph(words("contract_lead"), "Lead")
        _items(pages, view, view.contract_items)
    _ledger(pages, view)
    return pages


def _times(pages: Pages, view: View) -> None:
    """Days and hours first: they decide everything else. Facts, then the points that set a time."""
    from app.export.pages import Line

    words = view.words
    pages.heading(words("deadlines"), 1)
    table = pages.table((55, 75, 40), _columns(view, ("fact", "value", "source")), words("deadlines"))
    for fact in view.facts():
        if fact.time:
            source = [Line(view.places.source(fact.source), "Cell Quiet", view.places.link(fact.source))] if fact.source else []
            table.row([[Line(fact.label, "Cell Strong")], [Line(fact.value, "Cell" if fact.found else "Cell Quiet")], source])
    deadlines = [item for item in view.tender_items if item.kind is PointKind.DEADLINE]
    if deadlines:
        pages.paragraph(words("deadlines_lead"), "Lead")
        _table(pages, view, deadlines, words.of("kinds_many", PointKind.DEADLINE.value), (), with_document=True)


def _facts(pages: Pages, view: View) -> None:
    from app.export.pages import Line

    words = view.words
    pages.heading(words("facts"), 1)
    table = pages.table((55, 75, 40), _columns(view, ("fact", "value", "source")), words("facts"))
    for fact in view.facts():
        if not fact.time:
            source = [Line(view.places.source(fact.source), "Cell Quiet", view.places.link(fact.source))] if fact.source else []
            table.row([[Line(fact.label, "Cell Strong")], [Line(fact.value, "Cell" if fact.found else "Cell Quiet")], source])


def _summary(pages: Pages, view: View) -> None:
    from app.export.pages import Line

    words = view.words
    pages.heading(words("summary"), 1)
    pages.paragraph(view.summary())
    table = pages.table((90, 40, 40), _columns(view, ("kind", "count", "count_must")), words("summary"))
    for kind, count, must in view.counts():
        told = "–" if kind is PointKind.CONTRACT else str(must)
        table.row([[Line(words.of("kinds_many", kind.value), "Cell Strong")], [Line(str(count))], [Line(told)]])


def _by_hand(pages: Pages, view: View) -> None:
    problems = list(view.problems())
    left = view.unassigned_count()
    if not problems and not left:
        return
    pages.heading(view.words("by_hand"), 1)
    pages.paragraph(view.words("by_hand_lead"), "Lead")
    for problem in problems:
        pages.paragraph(problem, "List Bullet")
    if left:
        pages.paragraph(view.words("unassigned_some", count=left), "List Bullet")


def _items(pages: Pages, view: View, items: Iterable[ChecklistItem]) -> None:
    """A heading for each document and for each chapter in it, and in the chapter's table a row for each deeper heading path."""
    told = False
    for document, groups in view.documents_of(items):
        told = True
        pages.heading(document, 2)
        for chapter, run in groupby(groups, key=lambda group: group.headings[:1]):
            title = view.path(chapter) or view.words("no_heading")
            pages.heading(title, 3)
            found = [item for group in run for item in group.items]
            _table(pages, view, found, title, chapter)
    if not told:
        pages.paragraph(view.words("no_items"), "Lead")


def _table(
    pages: Pages, view: View, items: Sequence[ChecklistItem], title: str, above: tuple[str, ...], with_document: bool = False
) -> None:
    from app.export.pages import Line

    contract = items[0].kind is PointKind.CONTRACT
    header = [
        view.words.of("columns", "tick"),
        view.words.of("columns", "number"),
        view.words.of("columns", "duty" if contract else "text"),
    ]
    header += ["" if contract else view.words.of("columns", "must"), view.words.of("columns", "source")]
    table = pages.table(_ITEM_WIDTHS_WITH_DOCUMENT if with_document else _ITEM_WIDTHS, header, title)
    for path, run in groupby(items, key=lambda item: item.headings[len(above) :]):
        if path and not with_document:
            table.row([[Line(view.path(path), "Cell Path")]])
        for item in run:
            link = view.places.link(item.source)
            place = view.places.place(item.source.place) or view.words.of("columns", "document")
            source = [Line(place, "Cell", link)]
            if with_document:
                source.append(Line(view.places.document(item.source), "Cell Quiet"))
            table.row(
                [
                    [Line(view.progress.sign(item), "Cell Tick")],
                    [Line(one_line(item.number or ""), "Cell Strong")],
                    _told(view, item),
                    []
                    if contract
                    else [Line(view.must(item), "Cell Strong" if item.must else "Cell"), Line(view.kind(item), "Cell Quiet")],
                    source,
                ]
            )


def _told(view: View, item: ChecklistItem) -> list[Line]:
    from app.export.pages import Line

    words = view.words
    lines = [Line(item.text.strip())]
    if item.when:
        lines.append(Line(words("when", when=one_line(item.when)), "Cell Quiet"))
    if item.lot:
        lines.append(Line(words("lot", lot=one_line(item.lot)), "Cell Quiet"))
    if answer := view.answer_line(item):
        lines.append(Line(answer, "Cell Quiet"))
    if item.also:
        lines.append(Line(words("also", places=view.places.also(item.also, item.source)), "Cell Quiet"))
    lines += [Line(line) for line in view.progress.lines(item)]
    return lines


def _ledger(pages: Pages, view: View) -> None:
    from app.export.pages import Line

    words = view.words
    pages.heading(words("documents"), 1)
    pages.paragraph(words("ledger_lead"), "Lead")
    names = ("document", "pages", "total", "items", "context", "furniture", "unassigned")
    table = pages.table((50, 14, 15, 16, 27, 26, 22), _columns(view, names), words("documents"))
    for document in view.checklist.documents:
        name = [Line(one_line(document.name), "Cell Strong")]
        if document.error is not None:
            name.append(Line(words("not_read"), "Cell"))
        if document.unreadable_pages:
            name.append(Line(f"{words.of('columns', 'unreadable')}: {ranges(document.unreadable_pages)}", "Cell Quiet"))
        lines = document.lines
        counts = (lines.total, lines.items, lines.context, lines.furniture, lines.unassigned)
        page_count = "" if document.pages is None else str(document.pages)
        table.row([name, [Line(page_count)], *([Line(str(count))] for count in counts)])


def _columns(view: View, names: Sequence[str]) -> list[str]:
    return [view.words.of("columns", name) for name in names]
