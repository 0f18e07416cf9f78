"""The grid of a Word table: which cell stands in which column, what is merged, which rows are headers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from app.core.document import Block, Flag, Slot
from app.documents.docx.controls import control_slot, is_placeholder, is_prompt
from app.documents.docx.parts import Element, W, is_on, value, whole
from app.documents.docx.styles import Styles

__all__ = ["GridCell", "GridRow", "grid", "with_header_rows"]

_REQUIREMENT = 4  # words
_MOST_PROMPT = 8  # words
_WRAPPERS = frozenset(W + tag for tag in ("customXml", "ins", "smartTag"))


@dataclass(slots=True)
class GridCell:
    """A cell where it stands. `control` is the content control around the whole cell, if it is one to fill in. The cell `prompts`
    when all that it shows are the words of an empty control that what stands beside it asks for.
    """

    element: Element
    column: int
    column_span: int = 1
    row_span: int = 1
    continues: bool = False
    control: Element | None = None
    shaded: bool = False
    prompts: bool = False


@dataclass(slots=True)
class GridRow:
    """A row's cells; `header` when Word repeats it on each page."""

    cells: list[GridCell]
    header: bool = False
    inserted: bool = False
    hidden: bool = False


def grid(table: Element) -> list[GridRow]:
    """The rows of a table, deleted ones left out, vertical merges counted."""
    rows = [row for element in _rows(table) if (row := _row(element)) is not None]
    above: dict[int, GridCell] = {}
    for row in rows:
        current: dict[int, GridCell] = {}
        for cell in row.cells:
            holder = above.get(cell.column)
            if cell.continues and holder is not None and holder.column_span == cell.column_span:
                holder.row_span += 1
                current[cell.column] = holder
            else:
                cell.continues = False
                current[cell.column] = cell
        above = current
    _mark_prompts(rows)
    return rows


def _mark_prompts(rows: list[GridRow]) -> None:
    """Mark the cells that show nothing but an empty control's own words beside a requirement ("Sida i CV"), or the same words in
    several cells. What a control says once beside a short name, or beside nothing, may itself be what is asked.
    """
    shown = {id(cell.element): (cell, _held_prompt(cell)) for row in rows for cell in row.cells}
    often = Counter(prompt for _, prompt in shown.values() if prompt)
    for row in rows if often else ():
        prompts = [cell for cell in row.cells if shown[id(cell.element)][1]]
        beside = max((len(_text(cell.element).split()) for cell in row.cells if cell not in prompts), default=0)
        for cell in prompts:
            prompt = shown[id(cell.element)][1]
            cell.prompts = beside >= _REQUIREMENT or (beside > 0 and often[prompt] > 1)


def _held_prompt(cell: GridCell) -> str:
    """The words of the empty controls in a cell that shows nothing else, when they are few and no question."""
    controls = [cell.control] if cell.control is not None else list(cell.element.iter(W + "sdt"))
    if not controls or not all(is_placeholder(control) for control in controls):
        return ""
    text = _text(cell.element)
    own = " ".join(_text(control) for control in controls)
    few = 0 < len(text.split()) <= _MOST_PROMPT and not text.endswith("?")
    return text if few and (cell.control is not None or own.split() == text.split()) else ""


def _text(element: Element) -> str:
    return " ".join("".join(each.text or "" for each in element.iter(W + "t")).split())


def with_header_rows(rows: list[Block], marked: set[int], table: Element, styles: Styles) -> list[Block]:
    """Flags the rows that name the columns: those Word repeats, else a first row that looks like it."""
    if not marked and _looks_like_header(rows, table, styles):
        marked = {0}
    return [replace(row, flags=row.flags | {Flag.HEADER_ROW}) if row.row in marked else row for row in rows]


def _looks_like_header(rows: list[Block], table: Element, styles: Styles) -> bool:
    """A first row of several short texts in another look than the row below it, and nothing to fill in."""
    if len(rows) < 2 or len(rows[0].cells) < 2:
        return False
    first, second = rows[0], rows[1]
    if any(not cell.text or len(cell.text) > 150 or cell.slots for cell in first.cells):
        return False
    if len(first.cells) == len(second.cells) and all(Flag.BOLD in cell.flags for cell in second.cells):
        return False
    if all(Flag.BOLD in cell.flags for cell in first.cells):
        return True
    own_look = all(Flag.FILL_IN in cell.flags for cell in first.cells) and not all(
        Flag.FILL_IN in cell.flags for cell in second.cells
    )
    look = table.find(f"{W}tblPr/{W}tblLook")
    first_row = look is not None and (look.get(W + "firstRow") in ("1", "true", "on") or bool(_hex(look.get(W + "val")) & 0x20))
    return own_look or (first_row and styles.of(value(table.find(W + "tblPr"), "tblStyle")).head_row)


def _rows(parent: Element) -> list[Element]:
    found: list[Element] = []
    for child in parent:
        if child.tag == W + "tr":
            found.append(child)
        elif child.tag == W + "sdt":
            content = child.find(W + "sdtContent")
            found.extend(_rows(content) if content is not None else [])
        elif child.tag in _WRAPPERS:
            found.extend(_rows(child))
    return found


def _row(element: Element) -> GridRow | None:
    properties = element.find(W + "trPr")
    if properties is not None and properties.find(W + "del") is not None:
        return None
    cells: list[GridCell] = []
    _cells(element, whole(value(properties, "gridBefore")), None, cells)
    return GridRow(
        cells,
        header=bool(is_on(properties, "tblHeader")),
        inserted=properties is not None and properties.find(W + "ins") is not None,
        hidden=bool(is_on(properties, "hidden")),
    )


def _cells(parent: Element, column: int, control: Element | None, cells: list[GridCell]) -> int:
    for child in parent:
        if child.tag == W + "tc":
            properties = child.find(W + "tcPr")
            span = max(1, min(63, whole(value(properties, "gridSpan"), 1)))
            merge = properties.find(W + "vMerge") if properties is not None else None
            shade = properties.find(W + "shd") if properties is not None else None
            cells.append(
                GridCell(
                    child,
                    column,
                    span,
                    continues=merge is not None and merge.get(W + "val", "continue") == "continue",
                    control=control,
                    shaded=shade is not None and shade.get(W + "fill", "auto").lower() not in ("auto", "ffffff", ""),
                )
            )
            column += span
        elif child.tag == W + "sdt":
            content = child.find(W + "sdtContent")
            if content is not None:
                column = _cells(content, column, child, cells)
        elif child.tag in _WRAPPERS:
            column = _cells(child, column, control, cells)
    return column


def cell_control(cell: GridCell, shown: str) -> tuple[Slot | None, bool]:
    """The slot of the control around the cell, and whether the cell only shows the control's prompt."""
    if cell.control is None:
        return None, False
    return control_slot(cell.control, shown), is_prompt(cell.control, shown)


def _hex(text: str | None) -> int:
    try:
        return int(text or "0", 16)
    except ValueError:
        return 0
