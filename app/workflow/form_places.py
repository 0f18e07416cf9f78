"""Where in a form an answer goes: the items of the form with the places that were found for them, as targets for its writer.

A question's place on the list is where it is asked. Where it is answered follows from the document's blocks: the cell itself in a
workbook, the open cell beside the question, the field, the blank or the squares after its words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.checklist.identity import Identities, text_key
from app.checklist.merging import Entry, merge
from app.core.document import AnswerType, Block, BlockKind, Cell, Document, DocumentKind, Place, Slot
from app.core.points import Point, PointKind, Reading
from app.export.forms import Target
from app.extraction.slots.lexicon import printed_choice
from app.extraction.slots.marks import has_marks, runs
from app.extraction.slots.table_shape import cell_starts, is_open

__all__ = ["Asked", "FormPlaces"]

_ASKING = frozenset({PointKind.QUESTION, PointKind.ATTACHMENT})


@dataclass(frozen=True, slots=True)
class Asked:
    """An item of the form: its id and what asks for it."""

    id: str
    point: Point

    @property
    def has_place(self) -> bool:
        """Whether the form has a place to fill in for it, rather than words that demand something."""
        return any(cue.startswith(("slot.", "column.")) for cue in self.point.cues)


@dataclass(slots=True)
class FormPlaces:
    """The items of one form. `elements` are the paragraph elements of a Word file by the numbers of its paragraphs."""

    reading: Reading
    elements: tuple[int | None, ...] = ()
    asked: tuple[Asked, ...] = ()
    _by_id: dict[str, Asked] = field(default_factory=dict)
    _slot_cells: Mapping[tuple[str, str], Slot] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Give the items their ids, as the list does."""
        name, identities = self.reading.document.name, Identities()
        entries = merge([Entry(name, point) for point in self.reading.points])
        self.asked = tuple(
            Asked(identities.give(entry.document, entry.point.source.quote, entry.point.headings), entry.point)
            for entry in entries
        )
        self._by_id = {asked.id: asked for asked in self.asked}
        self._slot_cells = {
            (cell.place.sheet, cell.place.cell): cell.slots[0]
            for block in self.document.blocks
            for cell in block.cells
            if cell.slots and cell.place.sheet and cell.place.cell
        }

    @property
    def document(self) -> Document:
        """The form as read."""
        return self.reading.document

    def by_id(self, item: str | None) -> Asked | None:
        """The item with the id."""
        return self._by_id.get(item or "")

    def by_words(self, question: str | None) -> list[Asked]:
        """The items whose text, or else whose quote, is these words, but for case, punctuation and numbers."""
        wanted = text_key(question or "")
        if not wanted:
            return []
        asking = [asked for asked in self.asked if asked.point.kind in _ASKING] or list(self.asked)
        for words in (_text, _quote, _text_and_options):
            if found := [asked for asked in asking if words(asked.point, wanted)]:
                return found
        return []

    def at(self, place: Place) -> Asked | None:
        """The item that is answered in a cell."""
        return next((asked for asked in self.asked if place.cell and asked.point.source.place == place), None)

    def placed(self, number: int, value: str, place: Place) -> Target:
        """A target at a place that was given."""
        asked = self.at(place)
        answer = asked.point.answer if asked is not None else None
        slot = self._slot_cells.get((place.sheet or "", place.cell or ""))
        paragraphs: tuple[int, ...] = ()
        if place.paragraph is not None and 0 <= place.paragraph < len(self.elements):
            element = self.elements[place.paragraph]
            paragraphs = (element,) if element is not None else ()
        return Target(
            number,
            value,
            place,
            None,
            answer.type if answer is not None else slot.type if slot is not None else AnswerType.TEXT,
            slot.options if slot is not None else answer.options if answer is not None else (),
            answer.required if answer is not None else None,
            paragraphs,
            whole_cell=True,
            slot=slot is not None or asked is not None,
        )

    def target(self, number: int, value: str, asked: Asked) -> Target | None:
        """The target of an item; None when the form has no place for it."""
        point = asked.point
        answer = point.answer
        made = Target(
            number,
            value,
            point.source.place,
            None,
            answer.type,
            answer.options,
            answer.required,
            after=point.source.quote,
            slot=True,
        )
        if self.document.kind is DocumentKind.XLSX:
            if point.source.place.cell is None or not asked.has_place:
                return None
            slot = self._slot_cells.get((point.source.place.sheet or "", point.source.place.cell))
            return replace(made, options=slot.options or answer.options if slot is not None else answer.options)
        if answer.type is AnswerType.PRICE_TABLE or not point.spans or not asked.has_place:
            return None
        cells, blocks, heads = self._region(point)
        column = self._column(asked, len(cells))
        if column is not None and cells:
            cells, heads = [cells[column]], ()
        if self.document.kind is DocumentKind.PDF:
            slots = [slot for cell in cells for slot in cell.slots] + [slot for block in blocks for slot in _slots_of(block)]
            slot = self._slot(asked, slots)
            if slot is None or slot.place is None:
                return None
            return replace(made, place=slot.place, options=slot.options or answer.options, type=slot.type)
        numbers = [cell.place.paragraph for cell in cells] or [block.place.paragraph for block in blocks]
        numbers += [slot.place.paragraph for block in blocks for slot in block.slots if slot.place is not None]
        paragraphs = dict.fromkeys(
            element
            for each in numbers
            if each is not None and each < len(self.elements) and (element := self.elements[each]) is not None
        )
        if not paragraphs:
            return None
        place = Place(paragraph=next(each for each in numbers if each is not None))
        return replace(
            made, place=place, paragraphs=tuple(paragraphs), whole_cell=bool(cells), heads=heads, column=self._turn(asked)
        )

    def column_of(self, asked: Asked) -> list[Place]:
        """The open cells of an item that is a whole column of a workbook (its prices), from the top."""
        place = asked.point.source.place
        first, _, last = (place.cell or "").partition(":")
        letters = first.rstrip("0123456789")
        if self.document.kind is not DocumentKind.XLSX or not last.startswith(letters):
            return []
        rows = {f"{letters}{row}" for row in range(int(first[len(letters) :]), int(last[len(letters) :]) + 1)}
        return [
            cell.place
            for block in self.document.blocks
            for cell in block.cells
            if cell.slots and cell.place.sheet == place.sheet and cell.place.cell in rows
        ]

    # Which cells and blocks hold the answer

    def _region(self, point: Point) -> tuple[list[Cell], list[Block], tuple[str, ...]]:
        """The cells that are open beside the question with the names of their columns, or the blocks where the question
        stands."""
        first = point.spans[0]
        for span in point.spans:
            block = self.document.blocks[span.block]
            if block.kind is BlockKind.TABLE_ROW and block.cells:
                cells = _cells_for(block, span.start)
                if cells:
                    return cells, [], self._heads(span.block, cells)
        blocks = [self.document.blocks[number] for number in dict.fromkeys(span.block for span in point.spans)]
        after = max(span.block for span in point.spans) + 1
        while after < len(self.document.blocks) and _only_slot(self.document.blocks[after]):
            blocks.append(self.document.blocks[after])
            after += 1
        lead = self.document.blocks[first.block]
        if not any(_marked(block) for block in blocks) and after < len(self.document.blocks) and not _slots_of(lead):
            # The line to write on can stand below: read as a block of its own, and taken without words.
            below = self.document.blocks[after]
            if runs(below.text) and not below.text.strip(" \t_.…"):
                blocks.append(below)
        return [], blocks, ()

    def _heads(self, number: int, cells: Sequence[Cell]) -> tuple[str, ...]:
        """What the columns of the cells are called: the nearest row above in the table that has words there and no place."""
        table = self.document.blocks[number].table
        for above in range(number - 1, -1, -1):
            block = self.document.blocks[above]
            if block.kind is not BlockKind.TABLE_ROW or block.table != table:
                break
            names = {cell.column: cell.text.strip() for cell in block.cells}
            named = all(any(letter.isalpha() for letter in names.get(cell.column, "")) for cell in cells)
            if named and not any(cell.slots for cell in block.cells):
                return tuple(names[cell.column] for cell in cells)
        return ()

    def _column(self, asked: Asked, count: int) -> int | None:
        """Which of the open cells of its row is the item's own, when the row has an item for each of them."""
        row = [other for other in self._row(asked) if other.point.spans[0].start == asked.point.spans[0].start]
        return row.index(asked) if len(row) > 1 and len(row) == count else None

    def _turn(self, asked: Asked) -> int:
        """The how-manieth item of its block this one is."""
        return self._row(asked).index(asked)

    def _row(self, asked: Asked) -> list[Asked]:
        block = asked.point.spans[0].block
        found = [other for other in self.asked if other.point.spans and other.point.spans[0].block == block and other.has_place]
        found = found if asked in found else [*found, asked]
        return sorted(found, key=lambda other: other.point.spans[0].start)

    def _slot(self, asked: Asked, slots: Sequence[Slot]) -> Slot | None:
        """The item's own of several fields at one text: the one with its name, or the one at its turn."""
        if len(slots) < 2:
            return slots[0] if slots else None
        quote = text_key(asked.point.source.quote)
        named = [slot for slot in slots if slot.label and text_key(slot.label) == quote]
        if len(named) == 1:
            return named[0]
        turn = self._turn(asked)
        return slots[min(turn, len(slots) - 1)]


def _text(point: Point, wanted: str) -> bool:
    return text_key(point.text) == wanted


def _quote(point: Point, wanted: str) -> bool:
    return text_key(point.source.quote) == wanted


def _text_and_options(point: Point, wanted: str) -> bool:
    """Whether nothing but the printed answers follows: "Har ni kollektivavtal? Ja Nej"."""
    return bool(point.answer.options) and text_key(point.text) == text_key(f"{wanted} {' '.join(point.answer.options)}")


def _cells_for(block: Block, start: int) -> list[Cell]:
    """The question's own cell when its place is in there; else the open cells after it, up to the next words; else those
    before."""
    starts = cell_starts(block)
    own = max((place for place in starts if starts[place] <= start), default=0)
    cell = block.cells[own]
    if cell.slots or (has_marks(cell.text) and not is_open(cell)):
        return [cell]
    found: list[Cell] = []
    for other in block.cells[own + 1 :]:
        if is_open(other) or printed_choice(other.text):
            found.append(other)
        elif found:
            break
    if found:
        return found
    yes_no = [other for other in block.cells if other is not cell and other.slots]
    return yes_no or [other for other in block.cells[:own] if is_open(other)]


def _slots_of(block: Block) -> list[Slot]:
    return [*block.slots, *(slot for cell in block.cells for slot in cell.slots)]


def _only_slot(block: Block) -> bool:
    return block.kind is BlockKind.ANSWER_SLOT and not block.text


def _marked(block: Block) -> bool:
    return bool(_slots_of(block)) or has_marks(block.text) or bool(runs(block.text))
