"""What the rows say, in the window's language: for the eye, the pointer's tip and the screen reader alike."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from app.core.document import DocumentKind, Finding, Place
from app.core.points import LineCounts
from app.gui.messages import explained, tr
from app.gui.passwords import can_be_unlocked
from app.gui.underlag.rows import DocumentRow, Stage, kind_of

__all__ = ["about", "counts", "kind", "ledger", "page_runs", "pages_named", "place", "said", "state", "told", "unclassed"]

_NAMED = 6
"""How many stretches of pages a warning names."""


def state(row: DocumentRow) -> str:
    """Where the document stands, in a word or two."""
    match row.stage:
        case Stage.WAITING:
            return tr("underlag.waiting")
        case Stage.READING:
            return tr("underlag.reading_page", done=row.done, total=row.total) if row.total else tr("underlag.reading")
        case Stage.LOCKED:
            return tr("underlag.locked")
        case Stage.FAILED:
            return tr("underlag.failed")
        case Stage.WARNED if row.unread_pages:
            return tr("underlag.pages_unread", count=len(row.unread_pages))
        case Stage.WARNED if row.record is not None:
            return tr("underlag.warnings", count=len(row.record.summary.warnings))
        case _:
            return tr("underlag.read")


def kind(row: DocumentRow) -> str:
    """What kind of document it is."""
    return {
        DocumentKind.PDF: tr("underlag.kind_pdf"),
        DocumentKind.DOCX: tr("underlag.kind_docx"),
        DocumentKind.XLSX: tr("underlag.kind_xlsx"),
        DocumentKind.TEXT: tr("underlag.kind_text"),
        DocumentKind.OTHER: tr("underlag.kind_other"),
    }[kind_of(row)]


def about(row: DocumentRow) -> str:
    """The grey line under the name: kind, and the path inside the package."""
    return f"{kind(row)} · {row.folder}" if row.folder else kind(row)


def counts(row: DocumentRow) -> tuple[str, str]:
    """Pages and points, each empty where there is nothing to tell."""
    if row.record is None or row.record.summary.error is not None:
        return "", ""
    pages = row.record.summary.pages
    return "" if pages is None else str(pages), str(row.items)


def ledger(lines: LineCounts) -> str:
    """Where every line of a document went."""
    return " · ".join(
        (
            tr("underlag.lines_items", count=lines.items),
            tr("underlag.lines_context", count=lines.context),
            tr("underlag.lines_furniture", count=lines.furniture),
            tr("underlag.lines_unassigned", count=lines.unassigned),
        )
    )


def unclassed(lines: LineCounts) -> str:
    """How many lines nobody knows what to do with."""
    return tr("underlag.unclassed", count=lines.unassigned) if lines.unassigned else ""


def told(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """What is wrong and what to do about it, each once with all its pages: a fault of two hundred pages is one fault."""
    pages: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for finding in findings:
        runs = pages.setdefault(said(finding), [])
        if finding.page is not None:
            runs.append((finding.page, int(dict(finding.values).get("last", finding.page))))
    shown = []
    for (text, remedy), runs in pages.items():
        merged = page_runs(tuple(page for first, last in runs for page in range(first, last + 1)))
        where = ", ".join(pages_named(first, last) for first, last in merged[:_NAMED])
        more = ", …" if len(merged) > _NAMED else ""
        shown.append((f"{where}{more}: {text}" if where else text, remedy))
    return shown


def said(finding: Finding) -> tuple[str, str]:
    """A fault and its remedy here in the window, without its page."""
    words = explained(finding)
    match finding.code:
        case "file.password_needed" if can_be_unlocked(finding):
            return words.text, tr("underlag.remedy_password")
        case "file.password_wrong":
            return tr("underlag.password_wrong"), words.remedy
    return words.text, words.remedy


def pages_named(first: int, last: int) -> str:
    """A page or a run of pages."""
    return tr("underlag.page", page=first) if first == last else tr("underlag.pages", first=first, last=last)


def page_runs(pages: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """Pages that follow each other as first and last: a scanned annex is one thing to look at, not eighty."""
    runs = []
    for _, group in groupby(enumerate(sorted(set(pages))), key=lambda entry: entry[1] - entry[0]):
        numbers = [page for _, page in group]
        runs.append((numbers[0], numbers[-1]))
    return tuple(runs)


def place(document: str, where: Place) -> str:
    """A place as a link says it: "Upphandlingsdokument.pdf s. 4"."""
    name = document.rsplit("/", 1)[-1]
    if where.page is not None:
        return name + " " + tr("underlag.page", page=where.page)
    if where.sheet is not None:
        return f"{name}, {where.sheet} {where.cell}" if where.cell else f"{name}, {where.sheet}"
    if where.paragraph is not None:
        return name + " " + tr("underlag.paragraph", number=where.paragraph + 1)
    return name
