"""The anchors of a workbook to its cells, or to the signs of a cell's text. What is not certain is an error."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from app.core.claims import Anchor
from app.core.errors import MaskingError
from app.secrecy.masking.book import Area, Book, Cell, Sheet, areas_of
from app.secrecy.masking.choosing import chosen, context_of, spans_for, spans_of
from app.secrecy.masking.folding import Folded, Span, compact, folded
from app.secrecy.masking.model import Mark
from app.secrecy.masking.needles import number_in

__all__ = ["CellPlace", "equal_number", "places_in_book"]


@dataclass(frozen=True, slots=True)
class CellPlace:
    """What is masked of a cell: a span of its text, or all of it."""

    cell: Cell
    number: int
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    """Cells one after another as one text: where each begins and ends in it."""

    text: Folded
    cells: tuple[tuple[Cell, int, int], ...]


def places_in_book(book: Book, mark: Mark, name: str) -> list[CellPlace]:
    """Where a mark stands.

    Raises MaskingError: `mask.not_found`, `mask.ambiguous`, `mask.no_sheet`, `mask.no_range`, `mask.nothing`.
    """
    anchor = mark.anchor
    if anchor.box is not None or (anchor.page is not None and not anchor.quote and not anchor.cells):
        raise MaskingError(name, code="mask.only_cells", claim=mark.number)
    sheets, cells = _sheets(book, anchor, mark.number, name)
    if cells is None:
        if not compact(anchor.quote or ""):
            raise MaskingError(name, code="mask.nothing", claim=mark.number)
        return _by_quote(sheets, mark, name)
    found = [cell for sheet in sheets for cell in sheet.cells if any(area.holds(cell.row, cell.column) for area in cells)]
    if anchor.quote and compact(anchor.quote):
        places = _in_cells(found, mark)
        if anchor.all_occurrences and places:
            places += [place for place in _everywhere(book.sheets, mark) if place.cell not in {known.cell for known in places}]
    else:
        places = [CellPlace(cell, mark.number) for cell in found]
    if not places:
        raise MaskingError(name, code="mask.not_found", claim=mark.number)
    return places


def _sheets(book: Book, anchor: Anchor, number: int, name: str) -> tuple[list[Sheet], list[Area] | None]:
    sheet_name, _, cells = (anchor.cells or "").rpartition("!")
    wanted = anchor.sheet or sheet_name.strip("'").replace("''", "'") or None
    sheets = [sheet for sheet in book.sheets if wanted is None or compact(sheet.name) == compact(wanted)]
    if not sheets or (wanted is None and cells and len(sheets) > 1):
        raise MaskingError(name, code="mask.no_sheet", claim=number)
    if not cells:
        return sheets, None
    try:
        return sheets, areas_of(cells)
    except ValueError:
        raise MaskingError(name, code="mask.no_range", claim=number) from None


def equal_number(cell: Cell, quote: str) -> bool:
    """Whether a cell that holds a number or a date shows what the quote says, as far as the quote tells its decimals."""
    if cell.number is None:
        return False
    if (wanted := number_in(quote)) is not None:
        exponent = wanted.as_tuple().exponent
        half = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) / 2
        factors = (1, 100) if "%" in quote else (1,)
        if any(abs(abs(cell.number) * factor - abs(wanted)) <= half for factor in factors):
            return True
    moment = _moment(cell.number)
    return moment is not None and compact(moment.date().isoformat()) in compact(quote)


def _moment(number: Decimal) -> datetime | None:
    from openpyxl.utils.datetime import from_excel

    if not 10_000 < number < 80_000:
        return None
    moment = from_excel(float(number))
    return (
        moment
        if isinstance(moment, datetime)
        else datetime.combine(moment, datetime.min.time())
        if isinstance(moment, date)
        else None
    )


def _in_cells(cells: Sequence[Cell], mark: Mark) -> list[CellPlace]:
    """The quote in the cells that the anchor names: in one cell's text, as one cell's number, or over all of them."""
    quote = mark.anchor.quote or ""
    within = [CellPlace(cell, mark.number, span) for cell in cells for span in spans_of(folded(cell.text), quote)]
    if within:
        return [_whole_if_all(place) for place in within]
    numbers = [CellPlace(cell, mark.number) for cell in cells if equal_number(cell, quote)]
    if numbers:
        return numbers
    wanted, joined = compact(quote), "".join(compact(cell.text) for cell in cells)
    alike = joined and (wanted in joined or joined in wanted)
    if alike or (cells and all(compact(cell.text) in wanted or equal_number_part(cell, quote) for cell in cells)):
        return [CellPlace(cell, mark.number) for cell in cells]
    return []


def equal_number_part(cell: Cell, quote: str) -> bool:
    """Whether the number of a cell is one of those in a quote over several cells."""
    return any(equal_number(cell, part) for part in quote.replace("\n", "\t").split("\t"))


def _whole_if_all(place: CellPlace) -> CellPlace:
    """Numbers, formulas and texts that are nothing but the quote are masked whole."""
    text, span = place.cell.text, place.span
    if span is None or place.cell.number is not None or place.cell.formula is not None:
        return CellPlace(place.cell, place.number)
    rest = compact(text[: span.start]) + compact(text[span.end :])
    return place if rest else CellPlace(place.cell, place.number)


def _everywhere(sheets: Sequence[Sheet], mark: Mark) -> list[CellPlace]:
    quote = mark.anchor.quote or ""
    found: list[CellPlace] = []
    for sheet in sheets:
        for cell in sheet.cells:
            spans = spans_for(folded(cell.text), mark.anchor) if cell.text else []
            if spans:
                found += [_whole_if_all(CellPlace(cell, mark.number, span)) for span in spans]
            elif equal_number(cell, quote):
                found.append(CellPlace(cell, mark.number))
    return found


def _by_quote(sheets: Sequence[Sheet], mark: Mark, name: str) -> list[CellPlace]:
    """A quote without cells: wherever it stands in a cell or over neighbouring cells, told apart by what stands around it."""
    rows = [_in_a_row(sheet.cells) for sheet in sheets]
    found = _everywhere(sheets, mark)
    if not mark.anchor.all_occurrences and any(place.cell.in_sight for place in found):
        found = [place for place in found if place.cell.in_sight]  # what is hidden is masked with it in any case
    groups = [([place], _context(rows, place, mark.anchor)) for place in found]
    if not found or mark.anchor.all_occurrences:
        groups += _over_cells(rows, mark)
    if mark.anchor.all_occurrences and groups:
        return [place for group, _ in groups for place in group]
    if not groups:
        return []
    return chosen(groups, lambda group: group[1], mark.number, name)[0]


def _in_a_row(cells: Sequence[Cell]) -> _Row:
    text: list[str] = []
    placed: list[tuple[Cell, int, int]] = []
    length, row = 0, 0
    for cell in cells:
        between = "\n" if cell.row != row else "\t"
        text += [between, cell.text]
        placed.append((cell, length + 1, length + 1 + len(cell.text)))
        length += 1 + len(cell.text)
        row = cell.row
    return _Row(folded("".join(text)), tuple(placed))


def _context(rows: Sequence[_Row], place: CellPlace, anchor: Anchor) -> int:
    for row in rows:
        for cell, start, end in row.cells:
            if cell is place.cell:
                span = Span(start + place.span.start, start + place.span.end) if place.span else Span(start, end)
                return context_of(row.text, span, anchor)
    return 0


def _over_cells(rows: Sequence[_Row], mark: Mark) -> list[tuple[list[CellPlace], int]]:
    found: list[tuple[list[CellPlace], int]] = []
    for row in rows:
        for span in spans_of(row.text, mark.anchor.quote or ""):
            places = []
            for cell, start, end in row.cells:
                low, high = max(start, span.start), min(end, span.end)
                if low < high:
                    places.append(_whole_if_all(CellPlace(cell, mark.number, Span(low - start, high - start))))
            if len(places) > 1:
                found.append((places, context_of(row.text, span, mark.anchor)))
    return found
