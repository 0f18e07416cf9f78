"""The compliance matrix (kravmatris): the checklist as a workbook to work in.

One sheet per purpose: the matrix with columns to fill in, counts that follow the status column, facts, contract duties,
documents with their ledger of lines, and the lines that no rule took.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from app.core.checklist import Checklist, ChecklistItem
from app.core.document import Place
from app.core.points import PointKind, Source
from app.export.matrix import BASE, PREFIX, fingerprint
from app.export.plain import one_line, ranges
from app.export.target import writing
from app.export.view import KINDS, Describe, View
from app.export.words import Words, words_in
from app.export.work import NO_WORK, Work, day_of

if TYPE_CHECKING:
    from openpyxl import Workbook

    from app.export.sheets import Column, Sheet, Value

__all__ = ["STATUSES", "write_xlsx"]

STATUSES = ("todo", "doing", "done", "not_applicable")
_MATRIX = (
    ("number", 10, "strong"),
    ("text", 60, "text"),
    ("kind", 12, "text"),
    ("must", 11, "middle"),
    ("when", 22, "text"),
    ("lot", 16, "text"),
    ("answer", 14, "text"),
    ("required", 11, "middle"),
    ("limit", 14, "text"),
    ("document", 22, "quiet"),
    ("place", 14, "text"),
    ("status", 14, "entry"),
    ("owner", 15, "entry"),
    ("due", 14, "date"),
    ("reply", 40, "entry"),
    ("file", 24, "entry"),
    ("comment", 30, "entry"),
    ("headings", 40, "quiet"),
    ("also", 30, "quiet"),
    ("id", 20, "quiet"),
    (BASE, 60, "quiet"),
)
_PRINTED = 14
"""Up to the due date: what fits on paper and is read there. The rest is for the screen."""
_NAMES = tuple(name for name, _, _ in _MATRIX)


def write_xlsx(checklist: Checklist, target: BinaryIO, language: str, describe: Describe, work: Work = NO_WORK) -> None:
    """Write the workbook. The columns to fill in hold what `work` has. Raises OutputError."""
    from app.export.sheets import save

    workbook = _workbook(View(checklist, words_in(language), describe, work))
    with writing("xlsx"):
        save(workbook, target)


def _workbook(view: View) -> Workbook:
    from openpyxl import Workbook

    from app.export.sheets import add_styles

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    add_styles(workbook, view.words.date_format)
    properties = workbook.properties
    properties.title = view.title
    properties.subject = view.words("subject")
    properties.language = view.words.language
    properties.creator = "Anbudsklar"
    last = _matrix(workbook, view)
    _summary(workbook, view, last)
    _facts(workbook, view)
    _contract(workbook, view)
    _documents(workbook, view)
    _unassigned(workbook, view)
    return workbook


def _sheet(workbook: Workbook, words: Words, name: str, columns: tuple[tuple[str, float, str], ...], lead: str = "") -> Sheet:
    from app.export.sheets import Sheet

    return Sheet(workbook, words.of("sheets", name), _columns(words, columns), lead)


def _columns(words: Words, columns: tuple[tuple[str, float, str], ...]) -> list[Column]:
    from app.export.sheets import Column

    return [Column(words.of("columns", name), width, style) for name, width, style in columns]


def _matrix(workbook: Workbook, view: View) -> int:
    """The sheet to work in. Returns the number of its last row."""
    sheet = _sheet(workbook, view.words, "matrix", _MATRIX, view.progress.selection())
    kind, place = _NAMES.index("kind") + 1, _NAMES.index("place") + 1
    for item in view.tender_items:
        entries = _work(view, item)
        cells: dict[str, Value] = {**_cells(view, item), **entries, BASE: fingerprint(entries)}
        sheet.add([cells.get(name, "") for name in _NAMES])
        sheet.set(kind, view.kind(item), item.kind.value)
        sheet.link(place, view.places.link(item.source))
    sheet.finish(_PRINTED, frozen=2)
    _status_column(sheet, view.words)
    _way_back(workbook, sheet)
    return sheet.row


def _way_back(workbook: Workbook, sheet: Sheet) -> None:
    """What reading the matrix again goes by: names that move along with their columns, and what the entries were, out of
    sight."""
    from openpyxl.utils import get_column_letter
    from openpyxl.workbook.defined_name import DefinedName

    for number, name in enumerate(_NAMES, 1):
        letter = get_column_letter(number)
        where = f"'{sheet.sheet.title}'!${letter}:${letter}"
        workbook.defined_names[PREFIX + name] = DefinedName(PREFIX + name, attr_text=where, hidden=True)
    sheet.sheet.column_dimensions[get_column_letter(_NAMES.index(BASE) + 1)].hidden = True


def _cells(view: View, item: ChecklistItem) -> dict[str, str]:
    places = view.places
    return {
        "number": one_line(item.number or ""),
        "text": item.text,
        "kind": view.kind(item),
        "must": view.must(item),
        "when": item.when or "",
        "lot": item.lot or "",
        "answer": view.answer(item),
        "required": item.answer.required or "",
        "limit": view.limit(item),
        "document": places.document(item.source),
        "place": places.place(item.source.place),
        "headings": view.path(item.headings),
        "also": places.also(item.also, item.source),
        "id": item.id,
    }


def _work(view: View, item: ChecklistItem) -> dict[str, Value]:
    """The cells that the bidder fills in, with what is there already. The day is a day, so that a spreadsheet can sort by it."""
    progress = view.progress
    due = progress.due(item)
    return {
        "status": view.words.of("status", progress.status(item)),
        "owner": progress.owner(item),
        "due": day_of(due) or due,
        "reply": progress.reply(item),
        "file": "\n".join(progress.files(item)),
        "comment": "\n".join(progress.remarks(item)),
    }


def _status_column(sheet: Sheet, words: Words) -> None:
    """A drop-down, and a colour beside the word."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font, PatternFill
    from openpyxl.styles.differential import DifferentialStyle
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = get_column_letter(_NAMES.index("status") + 1)
    # Some rows more than there are, for points that the user adds below.
    cells = f"{letter}{sheet.header + 1}:{letter}{sheet.row + 200}"
    choices = [words.of("status", status) for status in STATUSES]
    validation = DataValidation("list", formula1='"' + ",".join(choices) + '"', allow_blank=True, showErrorMessage=True)
    validation.errorTitle, validation.error = words("status_title"), words("status_error")
    validation.add(cells)
    sheet.sheet.add_data_validation(validation)
    colours = {"doing": ("8A5100", "FFF3DC"), "done": ("1F7A3D", "E6F4EA"), "not_applicable": ("55636F", "ECEFF2")}
    for status, (ink, paper) in colours.items():
        look = DifferentialStyle(font=Font(color=ink, bold=status == "done"), fill=PatternFill("solid", bgColor=paper))
        rule = Rule("cellIs", operator="equal", formula=[f'"{words.of("status", status)}"'], dxf=look)
        sheet.sheet.conditional_formatting.add(cells, rule)


def _summary(workbook: Workbook, view: View, last: int) -> None:
    """Counts by kind and status, as formulas over the matrix so that they follow the work."""
    from openpyxl.utils import get_column_letter

    from app.export.sheets import Column, Sheet

    words = view.words
    matrix = f"'{words.of('sheets', 'matrix')}'!"

    def column(name: str) -> str:
        letter = get_column_letter(_NAMES.index(name) + 1)
        return f"{matrix}${letter}$2:${letter}${last + 200}"

    columns = [Column(words.of("columns", "kind"), 30), *_columns(words, (("count", 10, "number"), ("count_must", 12, "number")))]
    columns += [Column(words.of("status", status), 14, "number") for status in STATUSES]
    sheet = Sheet(workbook, words.of("sheets", "summary"), columns, view.title)
    sheet.sheet["A1"].style = "title"
    first = sheet.row + 1
    for kind in KINDS[:-1]:
        sheet.add([words.of("kinds_many", kind.value), *[None] * (len(columns) - 1)])
        of_kind = f'{column("kind")},"{words.of("kinds", kind.value)}"'
        sheet.formula(2, f"=COUNTIF({of_kind})", "number")
        sheet.formula(3, f'=COUNTIFS({of_kind},{column("must")},"{words.of("must", "yes")}")', "number")
        for number, status in enumerate(STATUSES, 4):
            sheet.formula(number, f'=COUNTIFS({of_kind},{column("status")},"{words.of("status", status)}")', "number")
    sheet.add([words("sum_tender"), *[None] * (len(columns) - 1)], "strong")
    for number in range(2, len(columns) + 1):
        letter = get_column_letter(number)
        sheet.formula(number, f"=SUM({letter}{first}:{letter}{sheet.row - 1})", "strong")
    # No duty of the contract is a reason to reject a tender, and none is worked off in the matrix.
    sheet.add([words.of("kinds_many", PointKind.CONTRACT.value), len(view.contract_items), *[None] * (len(STATUSES) + 1)])
    sheet.page()
    sheet.sheet.freeze_panes = f"A{sheet.header + 1}"


def _facts(workbook: Workbook, view: View) -> None:
    columns = (
        ("fact", 32, "strong"),
        ("value", 44, "text"),
        ("quote", 60, "quiet"),
        ("document", 30, "quiet"),
        ("place", 14, "text"),
    )
    sheet = _sheet(workbook, view.words, "facts", columns)
    for row in view.facts():
        source = row.source
        told = (source.quote, view.places.document(source), view.places.place(source.place)) if source else ("", "", "")
        sheet.add([row.label, row.value, *told])
        if not row.found:
            sheet.set(2, row.value, "quiet")
        sheet.link(5, view.places.link(source) if source else None)
    sheet.finish()


def _contract(workbook: Workbook, view: View) -> None:
    columns = (
        ("number", 10, "strong"),
        ("duty", 80, "text"),
        ("when", 24, "text"),
        ("lot", 14, "text"),
        ("document", 28, "quiet"),
        ("place", 14, "text"),
        ("comment", 30, "entry"),
        ("headings", 40, "quiet"),
        ("also", 30, "quiet"),
        ("id", 20, "quiet"),
    )
    sheet = _sheet(workbook, view.words, "contract", columns, view.words("contract_lead"))
    for item in view.contract_items:
        cells = _cells(view, item) | {"duty": item.text, "comment": "\n".join(view.progress.lines(item))}
        sheet.add([cells.get(name, "") for name, _, _ in columns])
        sheet.link(6, view.places.link(item.source))
    sheet.finish(7, frozen=2)


def _documents(workbook: Workbook, view: View) -> None:
    columns = (
        ("document", 44, "strong"),
        ("format", 10, "text"),
        ("pages", 8, "number"),
        ("total", 9, "number"),
        ("items", 9, "number"),
        ("context", 14, "number"),
        ("furniture", 14, "number"),
        ("unassigned", 14, "number"),
        ("unreadable", 16, "text"),
        ("problem", 70, "text"),
        ("sha256", 20, "quiet"),
    )
    sheet = _sheet(workbook, view.words, "documents", columns, view.words("ledger_lead"))
    for document in view.checklist.documents:
        lines = document.lines
        findings = (*((document.error,) if document.error else ()), *view.warnings(document))
        sheet.add(
            [
                one_line(document.name),
                view.words("not_read") if document.error else view.words.of("formats", document.kind.value),
                document.pages,
                lines.total,
                lines.items,
                lines.context,
                lines.furniture,
                lines.unassigned,
                ranges(document.unreadable_pages),
                "\n".join(view.describe(finding) for finding in findings),
                document.sha256,
            ]
        )
        sheet.link(1, view.places.link_to(document.id, Place()))
    sheet.finish(10, frozen=1)


def _unassigned(workbook: Workbook, view: View) -> None:
    from app.export.sheets import MOST_ROWS

    columns = (("line", 100, "text"), ("document", 44, "quiet"), ("place", 16, "text"))
    sheet = _sheet(workbook, view.words, "unassigned", columns, view.words("unassigned_lead"))
    left = 0
    for document in view.checklist.documents:
        for line in document.unassigned:
            if sheet.row >= MOST_ROWS:
                left += 1
                continue
            source = Source(document.id, line.text, line.place)
            sheet.add([line.text, one_line(document.name), view.places.place(line.place)])
            sheet.link(3, view.places.link(source))
    if left:
        sheet.add([view.words("unassigned_cut", count=left), "", ""])
    elif sheet.row == sheet.header:
        sheet.add([view.words("unassigned_none"), "", ""], "quiet")
    sheet.finish()
