"""The document's stories (body, header, footnote...) as blocks in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.core.document import Block, BlockKind, Box, Cell, Flag, Line, Place, Region, Slot, SlotOrigin
from app.core.errors import LimitError
from app.documents.docx.controls import control_slot, is_contents, is_placeholder, is_prompt
from app.documents.docx.inline import Inline, Piece, Shown, alternative
from app.documents.docx.numbering import Numbering, Printed
from app.documents.docx.paragraphs import Paragraph, blocks_of, flags_of, struck_in, text_of
from app.documents.docx.parts import MC, Element, W, value, whole
from app.documents.docx.styles import Styles
from app.documents.docx.tables import GridCell, GridRow, cell_control, grid, with_header_rows
from app.documents.reader import ReadRequest

__all__ = ["Story"]

_DESCEND = frozenset(W + tag for tag in ("customXml", "ins", "moveTo", "smartTag"))
_LABELS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING})


@dataclass(slots=True)
class _CellText:
    """What a cell shows, gathered paragraph by paragraph."""

    pieces: list[Piece] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    struck: list[Block] = field(default_factory=list)
    tables: list[Element] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    first: int | None = None


class Story:
    """Walks one story after the other with the same styles, lists and paragraph count."""

    def __init__(self, request: ReadRequest, styles: Styles, numbering: Numbering) -> None:
        self.request, self.styles, self.numbering = request, styles, numbering
        self.inline = Inline(styles)
        self.blocks: list[Block] = []
        self.regions: list[Region] = []
        self.struck: list[Block] = []
        self.paragraph = -1
        self.tables = 0
        self.region: int | None = None
        self.flags: frozenset[Flag] = frozenset()
        self.depth = 0
        self.footnotes: dict[str, Place] = {}
        self.endnotes: dict[str, Place] = {}
        self.comments: dict[str, Place] = {}
        self.characters = 0
        self.elements: list[Element] | None = None  # of each counted paragraph, when somebody wants to know

    def read(self, container: Element) -> list[Block]:
        """The blocks of a story."""
        self.blocks, self.inline.fields = [], []
        self._content(container)
        return self.blocks

    def _content(self, container: Element) -> None:
        for child in container:
            tag = child.tag
            if tag == W + "p":
                self._paragraph(child)
            elif tag == W + "tbl":
                self._table(child)
            elif tag == W + "sdt":
                self._control(child)
            elif tag in _DESCEND:
                self._content(child)
            elif tag == MC + "AlternateContent":
                self._content(alternative(child))

    # Paragraphs

    def _shown(self, element: Element) -> tuple[Shown, Printed | None, Place]:
        self._count([element])
        shown = self.inline.read(element)
        place = Place(paragraph=self.paragraph)
        for notes, ids in (
            (self.footnotes, shown.footnotes),
            (self.endnotes, shown.endnotes),
            (self.comments, shown.comments),
        ):
            for each in ids:
                notes.setdefault(each, place)
        properties = element.find(W + "pPr")
        own = properties.find(W + "numPr") if properties is not None else None
        num_id, level = value(own, "numId"), value(own, "ilvl")
        number_level = whole(level) if level is not None else None
        if num_id is None:
            num_id = shown.style.num_id
            number_level = shown.style.num_level if number_level is None else number_level
        mark = properties.find(f"{W}rPr/{W}del") if properties is not None else None
        gone = mark is not None and not text_of(shown.pieces)
        printed = None if gone else self.numbering.printed(num_id, number_level, shown.style_id)
        return shown, printed, place

    def _paragraph(self, element: Element) -> None:
        shown, printed, place = self._shown(element)
        kind, level = BlockKind.PARAGRAPH, None
        outline = value(element.find(W + "pPr"), "outlineLvl")
        outline_level = whole(outline, 9) if outline is not None else shown.style.outline
        if outline_level is not None and outline_level < 9:
            kind, level = BlockKind.HEADING, outline_level + 1
        elif shown.style.title:
            kind = BlockKind.HEADING
        elif printed is not None:
            kind = BlockKind.LIST_ITEM
        flags = self.flags | ({Flag.CONTENTS} if shown.contents else frozenset())
        if shown.contents:
            kind, level = BlockKind.PARAGRAPH, None
        if printed is not None and printed.box:
            shown.pieces.insert(0, Piece("☐ "))
        number = printed.number if printed is not None else None
        made = blocks_of(shown, Paragraph(kind, place, number, level, flags, self.region))
        for block in made:
            if block.kind is BlockKind.ANSWER_SLOT:
                for slot in block.slots:
                    self._place_slot(slot, place)
            else:
                self._append(block)
        for box in shown.boxes:
            self._text_box(box)

    def _count(self, elements: list[Element]) -> None:
        self.paragraph += len(elements)
        if self.elements is not None:
            self.elements.extend(elements)

    def _append(self, block: Block) -> None:
        self.characters += len(block.text)
        limits = self.request.limits
        if self.characters > limits.characters or len(self.blocks) >= limits.blocks:
            raise LimitError(self.request.name, code="limit.count", limit=limits.blocks)
        self.blocks.append(block)

    def _place_slot(self, slot: Slot, place: Place) -> None:
        """A slot without text in its paragraph belongs to the label right above it, if that has no slot yet."""
        last = self.blocks[-1] if self.blocks else None
        if last is not None and last.kind in _LABELS and not last.slots and Flag.CONTENTS not in last.flags:
            self.blocks[-1] = replace(last, slots=(replace(slot, place=place),))
        else:
            self._append(Block(BlockKind.ANSWER_SLOT, "", place, slots=(slot,), flags=self.flags, region=self.region))

    def _text_box(self, box: Element) -> None:
        before, flags = len(self.blocks), self.flags
        self.flags = flags | {Flag.TEXT_BOX}
        self._boxed(box)
        self.flags = flags
        last = self.blocks[before - 1] if before else None
        if len(self.blocks) == before and last is not None and last.text.rstrip().endswith((":", "?")):
            # An empty drawn box below a question or label is where its answer goes.
            self._place_slot(Slot(SlotOrigin.DRAWN_BOX), Place(paragraph=self.paragraph))

    def _boxed(self, container: Element) -> None:
        """Content inside a drawn box. A Word file knows no page, so the region tells only what belongs together."""
        outer = self.region
        self.region = len(self.regions)
        self.regions.append(Region(0, Box(0.0, 0.0, 0.0, 0.0), outlined=True))
        self._nested(container)
        self.region = outer

    def _nested(self, container: Element) -> None:
        self.depth += 1
        if self.depth > 40:
            raise LimitError(self.request.name, code="limit.depth", limit=40)
        self._content(container)
        self.depth -= 1

    def _control(self, control: Element) -> None:
        """A content control around whole paragraphs or tables."""
        content = control.find(W + "sdtContent")
        if content is None:
            return
        if is_contents(control):
            flags = self.flags
            self.flags = flags | {Flag.CONTENTS}
            self._nested(content)
            self.flags = flags
            return
        if content.find(W + "tbl") is not None and not is_placeholder(control):
            # Whoever wraps a whole table locks or repeats it; what is to be filled in stands in its cells.
            self._nested(content)
            return
        shown = " ".join(each.text or "" for each in content.iter(W + "t"))
        slot = control_slot(control, shown)
        if slot is None:
            self._nested(content)
            return
        if is_prompt(control, shown):
            self._count(content.findall(W + "p") or [control])
            self._place_slot(slot, Place(paragraph=self.paragraph))
            return
        before = len(self.blocks)
        self._nested(content)
        if len(self.blocks) > before:
            block = self.blocks[before]
            self.blocks[before] = replace(block, slots=(*block.slots, slot))
        else:
            self._place_slot(slot, Place(paragraph=self.paragraph))

    # Tables

    def _table(self, element: Element) -> None:
        rows = grid(element)
        if not rows:
            return
        if all(len(row.cells) == 1 for row in rows):
            for row in rows:
                self._box_row(row)
            return
        number = self.tables
        self.tables += 1
        made: list[Block] = []
        marked: set[int] = set()
        held: dict[int, tuple[list[Element], list[Element]]] = {}
        for index, row in enumerate(rows):
            block, tables, boxes = self._row(row, number, index)
            if row.header:
                marked.add(index)
            made.append(block)
            if tables or boxes:
                held[index] = (tables, boxes)
        struck, self.struck = self.struck, []
        for block in with_header_rows(made, marked, element, self.styles):
            self._append(replace(block, cells=tuple(replace(cell, flags=cell.flags - {Flag.FILL_IN}) for cell in block.cells)))
            tables, boxes = held.get(block.row or 0, ([], []))
            for table in tables:
                self.depth += 1
                if self.depth > 40:
                    raise LimitError(self.request.name, code="limit.depth", limit=40)
                self._table(table)
                self.depth -= 1
            for box in boxes:
                self._text_box(box)
        for block in struck:  # what is crossed out in cells stands below their table, so that it parts no rows
            self._append(replace(block, flags=block.flags | self.flags, region=self.region))

    def _box_row(self, row: GridRow) -> None:
        """A row that is one cell is a box with text in it, or an empty box to write in."""
        cell = row.cells[0]
        if cell.continues:
            return
        before, flags = len(self.blocks), self.flags
        self.flags = flags | ({Flag.INSERTED} if row.inserted else frozenset())
        self._boxed(cell.element)
        self.flags = flags
        slot, prompt = cell_control(cell, " ".join(block.text for block in self.blocks[before:]))
        if prompt and slot is not None:
            del self.blocks[before:]
        if len(self.blocks) > before:
            if slot is not None:
                self.blocks[before] = replace(self.blocks[before], slots=(*self.blocks[before].slots, slot))
        elif slot is not None or (before and not self.blocks[before - 1].slots):
            self._place_slot(slot or Slot(SlotOrigin.DRAWN_BOX), Place(paragraph=self.paragraph))

    def _row(self, row: GridRow, table: int, index: int) -> tuple[Block, list[Element], list[Element]]:
        cells: list[Cell] = []
        lines: list[Line] = []
        tables: list[Element] = []
        boxes: list[Element] = []
        row_flags = (
            self.flags | ({Flag.INSERTED} if row.inserted else frozenset()) | ({Flag.HIDDEN} if row.hidden else frozenset())
        )
        start, first = 0, None
        for grid_cell in row.cells:
            gathered = _CellText()
            self._gather(grid_cell.element, gathered, 0)
            if first is None:
                first = gathered.first
            if grid_cell.continues:
                continue
            cell = self._cell(grid_cell, gathered)
            if cells:
                start += 1
            offset = start
            if cell.text:
                for text in gathered.texts:
                    lines.append(Line(offset))
                    offset += len(text) + 1
            start += len(cell.text)
            row_flags |= cell.flags & {Flag.INSERTED}
            cells.append(cell)
            tables.extend(gathered.tables)
            self.struck.extend(gathered.struck)
            boxes.extend(gathered.boxes)
        text = "\t".join(cell.text for cell in cells)
        block = Block(
            BlockKind.TABLE_ROW,
            text,
            Place(paragraph=first if first is not None else max(0, self.paragraph)),
            tuple(lines),
            cells=tuple(cells),
            flags=frozenset(row_flags),
            region=self.region,
            table=table,
            row=index,
        )
        return block, tables, boxes

    def _cell(self, grid_cell: GridCell, gathered: _CellText) -> Cell:
        text = " ".join(gathered.texts)
        slot, prompt = cell_control(grid_cell, text)
        if slot is not None:
            gathered.slots.insert(0, slot)
        if (slot is not None and prompt) or (grid_cell.prompts and gathered.slots):
            text, gathered.texts = "", []
        flags = flags_of(gathered.pieces) | ({Flag.FILL_IN} if grid_cell.shaded else frozenset())
        return Cell(
            text,
            grid_cell.column,
            grid_cell.column_span,
            grid_cell.row_span,
            Place(paragraph=gathered.first),
            tuple(gathered.slots),
            flags,
        )

    def _gather(self, container: Element, into: _CellText, depth: int) -> None:
        """A cell's paragraphs as texts with their numbers; nested tables and boxes are kept for later."""
        if depth > 40:
            raise LimitError(self.request.name, code="limit.depth", limit=40)
        for child in container:
            tag = child.tag
            if tag == W + "p":
                self._gather_paragraph(child, into)
            elif tag == W + "tbl":
                into.tables.append(child)
            elif tag == W + "sdt":
                self._gather_control(child, into, depth)
            elif tag in _DESCEND:
                self._gather(child, into, depth + 1)
            elif tag == MC + "AlternateContent":
                self._gather(alternative(child), into, depth + 1)

    def _gather_paragraph(self, element: Element, into: _CellText) -> None:
        shown, printed, place = self._shown(element)
        if into.first is None:
            into.first = place.paragraph
        if struck := struck_in(shown.pieces):
            into.struck.append(Block(BlockKind.PARAGRAPH, text_of(struck), place, (Line(0),), flags=frozenset({Flag.STRUCK})))
            shown.pieces = [piece for piece in shown.pieces if not piece.struck]
        text = text_of(shown.pieces)
        if printed is not None:
            # A cell has no number of its own, and an automatic number is often all that an ID column holds.
            mark = printed.number or ("☐" if printed.box else "•" if text else "")
            text = f"{mark} {text}".strip()
        into.pieces.extend(shown.pieces)
        into.slots.extend(piece.slot for piece in shown.pieces if piece.slot is not None)
        into.boxes.extend(shown.boxes)
        if text:
            into.texts.append(text)

    def _gather_control(self, control: Element, into: _CellText, depth: int) -> None:
        content = control.find(W + "sdtContent")
        if content is None:
            return
        before = len(into.texts)
        self._gather(content, into, depth + 1)
        shown = " ".join(into.texts[before:])
        slot = control_slot(control, shown)
        if slot is not None:
            if is_prompt(control, shown):
                del into.texts[before:]
            into.slots.append(slot)
