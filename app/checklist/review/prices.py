"""Rules about price sheets: prices empty, zero or no numbers; formulas that are not the buyer's any more, or fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from app.checklist.review.inputs import ReviewInputs
from app.checklist.review.lexicon import says
from app.checklist.review.rows import about, cells_said
from app.core.checklist import ChecklistItem
from app.core.document import AnswerType, Place, document_id
from app.core.inspection import CellFact, FileFacts
from app.core.points import PointKind
from app.core.review import ReviewFinding, Severity

__all__ = ["cell_items", "empty_prices", "errors", "formulas", "is_price", "left_lots", "text_prices", "zero_prices"]

Wrong = Callable[[CellFact | None], bool]
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = "0123456789"


def cell_items(file: FileFacts, form: FileFacts, inputs: ReviewInputs) -> Iterator[tuple[ChecklistItem, CellFact | None]]:
    """Questions that the form asks in cells, each with its cell as it is in the file: None when it is empty. One that asks for a
    column of prices comes once for each open cell of the column."""
    cells = {(cell.sheet, cell.cell): cell for cell in file.cells}
    document = document_id(form.name)
    for work in inputs.items:
        place = work.item.source.place
        if work.item.kind is PointKind.QUESTION and work.item.source.document == document and place.cell:
            if ":" in place.cell:
                yield from _column(work.item, form, cells)
            else:
                yield work.item, cells.get((place.sheet or "", place.cell))


def _column(
    item: ChecklistItem, form: FileFacts, cells: Mapping[tuple[str, str], CellFact]
) -> Iterator[tuple[ChecklistItem, CellFact | None]]:
    """The open cells of the form in the item's column; none where all are locked. Where the form is not protected, what stands in
    the column that did not stand there before."""
    sheet, (first, _, last) = item.source.place.sheet or "", (item.source.place.cell or "").partition(":")
    asked = [key for key in form.empty_cells if key[0] == sheet and _is_between(key[1], first, last)]
    for key in asked:
        place = replace(item.source.place, cell=key[1])
        yield replace(item, source=replace(item.source, place=place)), cells.get(key)
    if not asked and sheet not in form.protected:
        known = {(cell.sheet, cell.cell) for cell in form.cells}
        new = (cell for key, cell in cells.items() if key[0] == sheet and key not in known and _is_between(key[1], first, last))
        yield item, next(new, None)


def _is_between(cell: str, first: str, last: str) -> bool:
    """Whether a cell stands in a column between two others of it."""
    column, row = cell.rstrip(_DIGITS), cell.lstrip(_LETTERS)
    top, bottom = first.lstrip(_LETTERS), last.lstrip(_LETTERS)
    if column != first.rstrip(_DIGITS) or not (row.isdigit() and top.isdigit() and bottom.isdigit()):
        return False
    return int(top) <= int(row) <= int(bottom)


def left_lots(file: FileFacts, form: FileFacts, inputs: ReviewInputs) -> frozenset[str | None]:
    """Lots that nobody has answered anything of, in a form where another lot has answers: the bid leaves them out."""
    answered: dict[str, bool] = {}
    for item, cell in cell_items(file, form, inputs):
        if item.lot is not None:
            answered[item.lot] = answered.get(item.lot, False) or cell is not None
    return frozenset(lot for lot, given in answered.items() if not given and any(answered.values()))


def is_price(item: ChecklistItem) -> bool:
    """Whether the answer is an amount of money."""
    if item.answer.type in (AnswerType.PRICE, AnswerType.PRICE_TABLE):
        return True
    return item.answer.type is AnswerType.NUMBER and says("price", item.text)


def empty_prices(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Prices that nobody has filled in."""
    yield from _cells("price.empty", Severity.OBSTACLE, file, inputs, lambda cell: cell is None)


def zero_prices(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Prices of zero: allowed, seldom meant."""
    yield from _cells("price.zero", Severity.WARNING, file, inputs, lambda cell: cell is not None and cell.number == 0)


def text_prices(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Prices with words or blanks in them: the sheet counts them as nothing."""
    yield from _cells(
        "price.text",
        Severity.OBSTACLE,
        file,
        inputs,
        lambda cell: cell is not None and cell.number is None and cell.formula is None and not cell.error,
    )


def formulas(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Formulas of the buyer's that have changed, or have become numbers."""
    form = inputs.form_of.get(file.path)
    if form is None:
        return
    now = {(cell.sheet, cell.cell): cell.formula for cell in file.cells}
    changed = [
        (cell.sheet, cell.cell)
        for cell in form.cells
        if cell.formula is not None and _formula(now.get((cell.sheet, cell.cell))) != _formula(cell.formula)
    ]
    yield from _told("price.formula", Severity.OBSTACLE, file, inputs, changed)


def errors(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Cells that show an error; where the buyer's empty form shows one already, it is his."""
    form = inputs.form_of.get(file.path)
    known = {(cell.sheet, cell.cell) for cell in form.cells if cell.error} if form is not None else set()
    wrong = [(cell.sheet, cell.cell) for cell in file.cells if cell.error and (cell.sheet, cell.cell) not in known]
    yield from _told("price.error", Severity.OBSTACLE, file, inputs, wrong)


def _cells(rule: str, severity: Severity, file: FileFacts, inputs: ReviewInputs, is_wrong: Wrong) -> Iterator[ReviewFinding]:
    form = inputs.form_of.get(file.path)
    if form is None:
        return
    left = left_lots(file, form, inputs)
    found = [
        (item.source.place.sheet or "", item.source.place.cell or "")
        for item, cell in cell_items(file, form, inputs)
        if is_price(item) and is_wrong(cell) and not (cell is None and (item.lot in left or not item.must))
    ]
    yield from _told(rule, severity, file, inputs, list(dict.fromkeys(found)))


def _told(
    rule: str, severity: Severity, file: FileFacts, inputs: ReviewInputs, cells: list[tuple[str, str]]
) -> Iterator[ReviewFinding]:
    if cells:
        place = Place(sheet=cells[0][0], cell=cells[0][1])
        yield about(rule, severity, file, inputs, place, (("count", str(len(cells))), ("cells", cells_said(cells))))


def _formula(formula: str | None) -> str | None:
    """As it is compared: capitals and blanks make no difference."""
    return "".join(formula.split()).upper() if formula is not None else None
