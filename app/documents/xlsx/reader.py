"""Reads a workbook: all sheets as stored first, since lists on one sheet are offered on another, then each as blocks."""

from __future__ import annotations

from zipfile import ZipFile

from lxml import etree

from app.core.document import Block, BlockKind, Document, DocumentKind, Finding, Flag, Line, Place
from app.core.errors import CorruptFileError, LimitError
from app.documents.ooxml import checked_package, package_findings, unpack_errors
from app.documents.reader import ReadRequest
from app.documents.xlsx.colours import fill_in_colours
from app.documents.xlsx.drawings import SheetExtras, read_extras
from app.documents.xlsx.grid import Grid, Tally, clean, read_grid
from app.documents.xlsx.layout import SheetLayout
from app.documents.xlsx.legends import Legend, legend, shared_legend
from app.documents.xlsx.references import areas, split_sheet
from app.documents.xlsx.slots import Options, Places
from app.documents.xlsx.workbook import SheetPart, Workbook, open_workbook

__all__ = ["read_xlsx"]


def read_xlsx(request: ReadRequest) -> Document:
    """The workbook as a document. Raises the errors of `core.errors` only."""
    try:
        with checked_package(request) as stream, ZipFile(stream) as package:
            return _read(request, package)
    except (etree.XMLSyntaxError, *unpack_errors) as error:
        raise CorruptFileError(request.name) from error
    except MemoryError as error:
        raise LimitError(request.name, code="limit.memory") from error


def _read(request: ReadRequest, package: ZipFile) -> Document:
    tally = Tally(request.name, request.limits)
    book = open_workbook(package, tally)
    warnings = list(package_findings(package, request.name))
    grids: dict[str, Grid] = {}
    drawn: dict[str, SheetExtras] = {}
    legends: dict[str, Legend] = {}
    for number, sheet in enumerate(book.sheets):
        grid = grids[sheet.name] = _grid(request, package, sheet, book, tally, warnings)
        extras = drawn[sheet.name] = read_extras(package, sheet, grid)
        legends[sheet.name] = legend(grid, book.styles, (box.block.text for box in extras.boxes))
        request.report(number + 1, 2 * len(book.sheets))
    options = Options(book, grids)
    open_grids = [grids[sheet.name] for sheet in book.sheets if not sheet.hidden and not grids[sheet.name].protected]
    colours = fill_in_colours(open_grids, book.styles)
    shared = shared_legend(legends[sheet.name] for sheet in book.sheets if not sheet.hidden)
    blocks: list[Block] = []
    tables = 0
    for number, sheet in enumerate(book.sheets):
        grid = grids[sheet.name]
        extras = drawn[sheet.name]
        places = Places(sheet.name, grid, book.styles, options, legends[sheet.name], shared, colours)
        layout = SheetLayout(sheet.name, sheet.hidden, grid, book.styles, places, _known_headers(book, number, grid, extras))
        made = layout.blocks(tables, extras.blocks(), extras.controls)
        blocks.extend(made)
        blocks.extend(_furniture(sheet, grid))
        tables = max((block.table + 1 for block in made if block.table is not None), default=tables)
        if len(blocks) > request.limits.blocks:
            raise LimitError(request.name, code="limit.cells", limit=request.limits.blocks)
        request.report(len(book.sheets) + number + 1, 2 * len(book.sheets))
    if tally.cut:
        warnings.append(Finding("sheet.rows_left_out", request.name, None, (("limit", str(request.limits.empty_rows)),)))
    unvalued = sum(raw.kind == "?" for grid in grids.values() for cells in grid.rows.values() for raw in cells.values())
    if unvalued:
        warnings.append(Finding("sheet.formulas_without_value", request.name, None, (("count", str(unvalued)),)))
    if not any(block.lines for block in blocks):
        warnings.append(Finding("file.no_text", request.name))
    return Document(
        request.name,
        DocumentKind.XLSX,
        request.digest(),
        tuple(blocks),
        warnings=tuple(warnings),
        metadata=book.metadata,
        sheets=tuple(sheet.name for sheet in book.sheets),
    )


def _grid(
    request: ReadRequest, package: ZipFile, sheet: SheetPart, book: Workbook, tally: Tally, warnings: list[Finding]
) -> Grid:
    """A sheet's cells. One damaged sheet does not take the others with it, but is reported."""
    if sheet.part is None and not sheet.missing:
        return Grid()
    try:
        with package.open(sheet.part or "") as source:  # a missing part is a KeyError
            return read_grid(source, book.styles, book.strings, tally, book.from_1904)
    except (etree.XMLSyntaxError, KeyError) as error:
        if len(book.sheets) == 1:
            raise CorruptFileError(request.name) from error
        warnings.append(Finding("sheet.unreadable", request.name, None, (("sheet", sheet.name),)))
        return Grid()


def _known_headers(book: Workbook, number: int, grid: Grid, extras: SheetExtras) -> frozenset[int]:
    """Rows that the file itself treats as headers: of tables and filters, frozen, or repeated on each printed page."""
    rows = extras.table_headers | grid.header_rows
    for piece in book.titles.get(number, "").split(","):
        _, reference = split_sheet(piece)
        for area in areas(reference):
            if area.right - area.left > 100:
                rows.update(range(area.top, area.bottom + 1) if area.bottom - area.top < 3 else (area.bottom,))
    return frozenset(rows)


def _furniture(sheet: SheetPart, grid: Grid) -> list[Block]:
    """The header and footer of the printed page, without its codes for fonts, dates and page numbers."""
    from app.documents.xlsx.drawings import furniture_text

    flags = frozenset({Flag.HIDDEN}) if sheet.hidden else frozenset[Flag]()
    texts = dict.fromkeys(clean(furniture_text(code)) for code in grid.furniture)
    return [Block(BlockKind.FURNITURE, text, Place(sheet=sheet.name), (Line(0),), flags=flags) for text in texts if text]
