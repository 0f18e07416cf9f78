"""What stands over a sheet's cells: text boxes, notes, checkboxes and other controls, and the tables drawn around cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from zipfile import ZipFile

from lxml import etree

from app.core.document import AnswerType, Block, BlockKind, Flag, Line, Place, Slot, SlotOrigin
from app.documents.xlsx.grid import Grid, clean
from app.documents.xlsx.layout import Extra
from app.documents.xlsx.references import areas, cell_of
from app.documents.xlsx.workbook import SheetPart
from app.documents.xlsx.xml import children, local, parsed, relations

__all__ = ["SheetExtras", "furniture_text", "read_extras"]

_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")
_CONTROLS = {
    "checkbox": SlotOrigin.CHECKBOX,
    "radio": SlotOrigin.CHECKBOX,
    "drop": SlotOrigin.FORM_FIELD,
    "edit": SlotOrigin.FORM_FIELD,
}
_CODES = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&K\d\d[+-]\d{3}|&\d{1,3}|&[A-Za-z]|&\+|&-')
_MOST = 20_000


@dataclass(slots=True)
class SheetExtras:
    """What `read_extras` found on a sheet."""

    sheet: str
    boxes: list[Extra] = field(default_factory=list)
    notes: list[Extra] = field(default_factory=list)
    controls: dict[tuple[int, int], list[Slot]] = field(default_factory=dict)
    table_headers: set[int] = field(default_factory=set)

    def blocks(self) -> list[Extra]:
        """Text boxes where they stand, notes after the sheet's rows."""
        return [*self.boxes, *(Extra(1 << 30, note.block) for note in sorted(self.notes, key=lambda note: note.row))]


def read_extras(package: ZipFile, sheet: SheetPart, grid: Grid) -> SheetExtras:
    """What the sheet's relations lead to inside the package."""
    extras = SheetExtras(sheet.name)
    if sheet.part is None:
        return extras
    for kind, target, outside in relations(package, sheet.part).values():
        if outside:
            continue
        if kind == "drawing":
            _take_boxes(extras, parsed(package, target, forgiving=True))
        elif kind == "vmlDrawing":
            _take_controls(extras, parsed(package, target, forgiving=True), grid)
        elif kind == "comments":
            _take_notes(extras, parsed(package, target, forgiving=True), ("commentList", "comment"))
        elif kind == "threadedComment":
            _take_notes(extras, parsed(package, target, forgiving=True), ("threadedComment",))
        elif kind == "table":
            _take_table(extras, parsed(package, target, forgiving=True))
    return extras


def furniture_text(code: str) -> str:
    """The words of a printed header or footer."""
    return _CODES.sub(" ", code.replace("&&", "\0")).replace("\0", "&")


def _take_boxes(extras: SheetExtras, root: etree._Element | None) -> None:
    if root is None:
        return
    for anchor in root:
        if local(anchor) not in _ANCHORS or len(extras.boxes) >= _MOST:
            continue
        row, column = _corner(anchor)
        for shape in anchor.iter():
            if local(shape) != "txBody":
                continue
            place = Place(sheet=extras.sheet, cell=cell_of(row, column))
            for paragraph in children(shape, "p"):
                text = clean(" ".join("".join(part.text or "" for part in paragraph.iter() if local(part) == "t").split()))
                if text and not _is_control(shape):
                    block = Block(BlockKind.PARAGRAPH, text, place, (Line(0),), flags=frozenset({Flag.TEXT_BOX}))
                    extras.boxes.append(Extra(row, block))


def _is_control(body: etree._Element) -> bool:
    """The picture of a form control repeats the caption that its VML holds."""
    shape = body.getparent()
    if shape is None:
        return False
    return any(
        "a14" in (element.get("spid") or element.prefix or "") or "_x0000_s" in (element.get("spid") or "")
        for element in shape.iter()
        if local(element) == "compatExt"
    )


def _corner(anchor: etree._Element) -> tuple[int, int]:
    for corner in children(anchor, "from"):
        texts = {local(child): child.text or "" for child in corner}
        row, column = texts.get("row", ""), texts.get("col", "")
        if row.isdigit() and column.isdigit():
            return min(int(row) + 1, 1_048_576), min(int(column) + 1, 16_384)
    return 1, 1


def _take_controls(extras: SheetExtras, root: etree._Element | None, grid: Grid) -> None:
    """Form controls as VML, which Excel writes for all of them whatever newer form stands beside it."""
    if root is None:
        return
    for data in root.iter():
        kind = (data.get("ObjectType") or "").lower() if local(data) == "ClientData" else ""
        origin = _CONTROLS.get(kind)
        shape = next((above for above in data.iterancestors() if local(above) == "shape"), None)
        if origin is None or shape is None or len(extras.controls) >= _MOST:
            continue
        texts = {local(child).lower(): (child.text or "").strip() for child in data}
        numbers = [part.strip() for part in texts.get("anchor", "").split(",")]
        if len(numbers) < 8 or not all(part.isdigit() for part in numbers):
            continue
        left, top, bottom = int(numbers[0]), int(numbers[2]), int(numbers[6])
        # A control is drawn a little above or below its row: the row of its middle is the one it stands in.
        row = top + 1 if bottom - top <= 1 and int(numbers[3]) < 12 else (top + bottom) // 2 + 1
        captions = [" ".join("".join(str(part) for part in box.itertext()).split()) for box in shape if local(box) == "textbox"]
        caption = clean(" ".join(captions))
        cell = (row, left + 1)
        cell = _anchor_of(grid, cell)
        slot = Slot(
            origin,
            AnswerType.YES_NO if origin is SlotOrigin.CHECKBOX else AnswerType.CHOICE if kind == "drop" else AnswerType.TEXT,
            caption or None,
            value="☒" if texts.get("checked") == "1" else None,
            place=Place(sheet=extras.sheet, cell=cell_of(*cell)),
        )
        if cell[0] in grid.rows and not caption:
            extras.controls.setdefault(cell, []).append(slot)
            continue
        place = Place(sheet=extras.sheet, cell=cell_of(*cell))
        block = Block(BlockKind.ANSWER_SLOT, caption, place, (Line(0),) if caption else (), slots=(slot,))
        extras.boxes.append(Extra(cell[0] + 1, block))


def _anchor_of(grid: Grid, cell: tuple[int, int]) -> tuple[int, int]:
    for area in grid.merges:
        if area.top <= cell[0] <= area.bottom and area.left <= cell[1] <= area.right:
            return area.top, area.left
    return cell


def _take_notes(extras: SheetExtras, root: etree._Element | None, path: tuple[str, ...]) -> None:
    if root is None:
        return
    for note in children(root, *path):
        found = areas(note.get("ref") or "")
        text = clean("".join(part.text or "" for part in note.iter() if local(part) in ("t", "text")))
        # What Excel writes into the old note of a threaded comment; the comment itself has its own part.
        if not text or not found or len(extras.notes) >= _MOST or text.startswith("[Threaded comment]"):
            continue
        place = Place(sheet=extras.sheet, cell=cell_of(found[0].top, found[0].left))
        extras.notes.append(Extra(found[0].top, Block(BlockKind.COMMENT, text, place, (Line(0),))))


def _take_table(extras: SheetExtras, root: etree._Element | None) -> None:
    if root is None:
        return
    found = areas(root.get("ref") or "")
    count = root.get("headerRowCount", "1")
    if found and count.isdigit():
        extras.table_headers.update(range(found[0].top, found[0].top + min(int(count), 3)))
