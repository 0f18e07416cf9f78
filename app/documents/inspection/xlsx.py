"""What a workbook holds beside its text: cells with their formulas, hidden sheets, rows and columns, comments, properties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from zipfile import ZipFile

from lxml import etree

from app.core.document import Place
from app.core.inspection import EXCERPT, CellFact, FileFacts, HiddenKind, Signature, Spot
from app.documents.inspection.office import local, properties, signed_package, xml_part
from app.documents.ooxml import checked_package, unpack_errors
from app.documents.reader import ReadRequest
from app.documents.xlsx.grid import Grid, Tally, clean, read_grid
from app.documents.xlsx.references import cell_of, moved_formula
from app.documents.xlsx.workbook import SheetPart, Workbook, open_workbook
from app.documents.xlsx.xml import stream

__all__ = ["inspect_xlsx"]

_MOST_CELLS = 50_000
_MOST = 500
_FORMULA = 400
"""Characters of a formula that is compared."""


def inspect_xlsx(request: ReadRequest, facts: FileFacts) -> FileFacts:
    """The facts with those of the format. A sheet that cannot be read was told by the reader."""
    with checked_package(request) as source, ZipFile(source) as package:
        tally = Tally(request.name, request.limits)
        book = open_workbook(package, tally)
        cells: list[CellFact] = []
        empty: list[tuple[str, str]] = []
        protected: list[str] = []
        hidden: list[Spot] = []
        for sheet in book.sheets:
            if sheet.hidden:
                hidden.append(Spot(Place(sheet=sheet.name), sheet.name, HiddenKind.SHEET))
            try:
                grid = _grid(package, sheet, book, Tally(request.name, request.limits))
                protected += [sheet.name] if grid.protected else []
                unlocked = _unlocked(grid, book)
                empty.extend((sheet.name, cell) for cell, holds in unlocked.items() if not holds)
                found = _cells(package, sheet, book, _MOST_CELLS - len(cells))
                cells.extend(replace(cell, open=True) if cell.cell in unlocked else cell for cell in found)
                hidden.extend(_hidden(sheet, grid))
            except (etree.XMLSyntaxError, *unpack_errors):
                continue
        return replace(
            facts,
            cells=tuple(cells),
            empty_cells=tuple(empty[:_MOST_CELLS]),
            protected=tuple(protected),
            hidden=tuple(hidden[:_MOST]),
            comments=tuple(_comments(package))[:_MOST],
            metadata=properties(package),
            links=tuple(_links(package))[:_MOST],
            signature=Signature.DIGITAL if signed_package(package) else Signature.NONE,
        )


def _grid(package: ZipFile, sheet: SheetPart, book: Workbook, tally: Tally) -> Grid:
    if sheet.part is None:
        return Grid()
    with package.open(sheet.part) as source:
        return read_grid(source, book.styles, book.strings, tally, book.from_1904)


def _unlocked(grid: Grid, book: Workbook) -> dict[str, bool]:
    """The cells of a protected sheet that may be changed all the same, and whether they hold something. Of merged cells the
    first."""
    if not grid.protected:
        return {}
    merged = {
        (row, column)
        for area in grid.merges
        if area.cells() <= _MOST
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
        if (row, column) != (area.top, area.left)
    }
    return {
        cell_of(row, column): bool(raw.text or raw.formula)
        for row, raws in grid.rows.items()
        for column, raw in raws.items()
        if (row, column) not in merged
        and (
            not book.styles[raw.style].locked
            or any(a.top <= row <= a.bottom and a.left <= column <= a.right for a in grid.open_areas)
        )
    }


def _hidden(sheet: SheetPart, grid: Grid) -> Iterator[Spot]:
    """Rows and columns out of sight that hold something, on sheets in sight."""
    if sheet.hidden:
        return
    for row in sorted(grid.hidden_rows):
        if any(raw.text for raw in grid.rows.get(row, {}).values()):
            yield Spot(Place(sheet=sheet.name, cell=f"A{row}"), str(row), HiddenKind.ROW)
    for first, last in grid.hidden_columns:
        if any(first <= column <= last and raw.text for cells in grid.rows.values() for column, raw in cells.items()):
            yield Spot(Place(sheet=sheet.name, cell=f"{letters(first)}1"), letters(first), HiddenKind.COLUMN)


def _cells(package: ZipFile, sheet: SheetPart, book: Workbook, most: int) -> Iterator[CellFact]:
    if sheet.part is None:
        return
    with package.open(sheet.part) as source:
        shared: dict[str, tuple[str, str]] = {}
        for element in stream(source, ("c",)):
            if most <= 0:
                return
            fact = _cell(element, sheet.name, book.strings, shared)
            if fact is not None:
                most -= 1
                yield fact


def _cell(element: etree._Element, sheet: str, strings: list[str], shared: dict[str, tuple[str, str]]) -> CellFact | None:
    kind, formula, text = element.get("t") or "n", None, ""
    for child in element:
        name = local(child)
        if name == "f":
            formula = _formula(child, element.get("r") or "", shared)[:_FORMULA]
        elif name == "v":
            text = child.text or ""
        elif name == "is":
            text = "".join(each.text or "" for each in child.iter() if local(each) == "t")
    if kind == "s":
        text = strings[int(text)] if text.isdigit() and int(text) < len(strings) else ""
    text = clean(text)
    if not text and formula is None:
        return None
    return CellFact(sheet, element.get("r") or "", text[:EXCERPT], formula, _number(kind, text), kind == "e")


def _formula(element: etree._Element, cell: str, shared: dict[str, tuple[str, str]]) -> str:
    """A formula as its cell has it. Programs write one that is shared by several cells once, or in every one of them."""
    text, number = element.text or "", element.get("si") or ""
    if element.get("t") != "shared":
        return text or f"<{element.get('t') or ''}>"
    if text:
        shared[number] = (text, cell)
        return text
    first = shared.get(number)
    return moved_formula(first[0], first[1], cell) if first is not None else f"<shared:{number}>"


def _number(kind: str, text: str) -> float | None:
    if kind not in ("n", ""):
        return None
    try:
        return float(text)
    except ValueError:
        return None


def _comments(package: ZipFile) -> Iterator[Spot]:
    """Notes and threads, with who wrote them."""
    for name in sorted(package.namelist()):
        low = name.lower()
        if not low.startswith("xl/") or "comment" not in low or not low.endswith(".xml"):
            continue
        root = xml_part(package, name)
        if root is None:
            continue
        authors = [each.text or "" for each in root.iter() if local(each) == "author"]
        for each in root.iter():
            if local(each) == "comment":
                number = each.get("authorId") or ""
                who = authors[int(number)] if number.isdigit() and int(number) < len(authors) else ""
                text = clean(_all_text(each))
                if not text.startswith("[Threaded comment]"):
                    yield Spot(Place(cell=each.get("ref")), text[:EXCERPT], who[:EXCERPT])
            elif local(each) == "threadedComment":
                yield Spot(Place(cell=each.get("ref")), clean(_all_text(each))[:EXCERPT], "")


def _all_text(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _links(package: ZipFile) -> Iterator[Spot]:
    for name in sorted(package.namelist()):
        if name.startswith("xl/worksheets/_rels/"):
            root = xml_part(package, name)
            for each in root if root is not None else ():
                target = each.get("Target") or ""
                if each.get("TargetMode") == "External" and target.lower().startswith(("http://", "https://")):
                    yield Spot(Place(), target[:EXCERPT], "hyperlink")


def letters(column: int) -> str:
    """A column's name by its number from 1."""
    name = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
