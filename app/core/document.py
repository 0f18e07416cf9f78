"""A document as read: blocks in reading order, each knowing its place. No parsing and no judgement here.

Lengths are points (1/72 inch) from the top left of the page as shown (rotation applied), pages are 1-based.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple
from unicodedata import normalize


class DocumentKind(StrEnum):
    """The families of formats that a reader exists for."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    TEXT = "text"
    OTHER = "other"


class BlockKind(StrEnum):
    """What a block is in the document's own layout."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    ANSWER_SLOT = "answer_slot"
    FURNITURE = "furniture"
    FOOTNOTE = "footnote"
    COMMENT = "comment"


class Flag(StrEnum):
    """What a reader saw about a block or cell that its text does not say."""

    INSERTED = "inserted"  # tracked insertion: counts as text
    HIDDEN = "hidden"  # hidden sheet, row, column or text: read all the same
    HEADER_ROW = "header_row"  # names the columns of the table below it
    BOLD = "bold"
    TEXT_BOX = "text_box"
    FILL_IN = "fill_in"  # coloured or otherwise marked as a place to fill in
    UNLOCKED = "unlocked"  # the only kind of cell a protected sheet lets anybody change
    CONTENTS = "contents"  # a line of a table of contents
    STRUCK = "struck"  # crossed out by hand: read apart from the text around it, and no longer holds
    COMPUTED = "computed"  # a formula gives its value, whether it is stored or not: nobody fills it in


class AnswerType(StrEnum):
    """What kind of answer a slot takes."""

    TEXT = "text"
    YES_NO = "yes_no"
    FILE = "file"
    PRICE = "price"
    PRICE_TABLE = "price_table"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    NONE = "none"


class SlotOrigin(StrEnum):
    """How a reader knows that something is to be filled in here."""

    FORM_FIELD = "form_field"  # AcroForm field
    CONTENT_CONTROL = "content_control"  # Word structured document tag
    LEGACY_FIELD = "legacy_field"  # Word FORMTEXT, FORMCHECKBOX, FORMDROPDOWN
    UNLOCKED_CELL = "unlocked_cell"
    VALIDATED_CELL = "validated_cell"
    COLOURED_CELL = "coloured_cell"
    EMPTY_CELL = "empty_cell"
    DRAWN_BOX = "drawn_box"
    DRAWN_LINE = "drawn_line"
    CHECKBOX = "checkbox"
    UNDERSCORES = "underscores"


class Box(NamedTuple):
    """A rectangle: x0, y0, x1, y1 in points from the page's top left."""

    x0: float
    y0: float
    x1: float
    y1: float


class Line(NamedTuple):
    """One line of the source inside a block: where its text starts in the block's text, and where it stands."""

    start: int
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands. Only the coordinates that the format has are set."""

    page: int | None = None
    box: Box | None = None
    paragraph: int | None = None
    sheet: str | None = None
    cell: str | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to fill in that the file format or the drawing itself reveals.

    `label` is what the format calls it (a field's tooltip or name, a content control's title), not what stands beside it.
    """

    origin: SlotOrigin
    type: AnswerType = AnswerType.TEXT
    label: str | None = None
    options: tuple[str, ...] = ()
    required: bool = False
    value: str | None = None
    place: Place | None = None
    limit: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table row. `column` and `row_span`/`column_span` count grid columns and rows from 0."""

    text: str
    column: int
    column_span: int = 1
    row_span: int = 1
    place: Place = field(default_factory=Place)
    slots: tuple[Slot, ...] = ()
    flags: frozenset[Flag] = frozenset()


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a document in reading order.

    `text` is what a reader would read aloud, lines joined by one space (hyphens at line ends kept where they belong).
    In a table row it is the cells' texts joined by a tab. `number` is the printed number ("3.2.1", "a)", "AFB.41") where
    the format or the layout keeps it apart from the text; for PDF and plain text it stays in `text`.
    `lines` has one entry per source line, in order of `start`; a block without source lines has none.
    `region` is an index into `Document.regions` when a drawn box encloses the block.
    `table` numbers the tables of the document, `row` the rows of a table, both from 0.
    """

    kind: BlockKind
    text: str
    place: Place = field(default_factory=Place)
    lines: tuple[Line, ...] = ()
    level: int | None = None
    number: str | None = None
    cells: tuple[Cell, ...] = ()
    slots: tuple[Slot, ...] = ()
    flags: frozenset[Flag] = frozenset()
    region: int | None = None
    table: int | None = None
    row: int | None = None
    font_size: float | None = None

    def line_at(self, offset: int) -> int:
        """Index of the line that holds the character at `offset` of the text (0 when the block has one line or none)."""
        if len(self.lines) < 2:
            return 0
        # A line is a tuple that begins with its start, and one of a start alone comes before all lines that start there.
        return max(0, bisect_left(self.lines, (offset + 1,)) - 1)

    def first_words(self) -> int:
        """Where the first cell begins that says something, in the text of a row."""
        start = 0
        for cell in self.cells:
            if any(letter.isalpha() for letter in cell.text):
                return start
            start += len(cell.text) + 1
        return 0

    def _cell_at(self, offset: int) -> Place:
        end = 0
        for cell in self.cells:
            end += len(cell.text) + 1
            if offset < end and cell.place.cell is not None:
                return cell.place
        return self.place

    def place_of(self, start: int, end: int) -> Place:
        """Where the characters from `start` to `end` stand: their first page and the box around their lines on it; in a sheet
        the cell in which they begin."""
        if self.place.cell is not None:
            return self._cell_at(start)
        if not self.lines:
            return self.place
        first, last = self.line_at(start), self.line_at(max(start, end - 1))
        page = self.lines[first].page
        if first == last and page is not None and self.lines[first].box is not None:
            return Place(page, self.lines[first].box, self.place.paragraph, self.place.sheet, self.place.cell)
        boxes = [line.box for line in self.lines[first : last + 1] if line.page == page and line.box is not None]
        box = (
            Box(
                min(b.x0 for b in boxes),
                min(b.y0 for b in boxes),
                max(b.x1 for b in boxes),
                max(b.y1 for b in boxes),
            )
            if boxes
            else self.place.box
        )
        return Place(
            page if page is not None else self.place.page,
            box,
            self.place.paragraph,
            self.place.sheet,
            self.place.cell,
        )


@dataclass(frozen=True, slots=True)
class Region:
    """A drawn rectangle that encloses text: filled (`fill` as red, green, blue 0..255) or outlined.

    `continues` is set when the box goes on from the region before it over a page break.
    """

    page: int
    box: Box
    fill: tuple[int, int, int] | None = None
    outlined: bool = False
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A small picture as shown: its visible box, and how far the whole picture's top lies above the visible top (points).

    A sprite sheet shown through a clip has a large `offset`, which tells the icons of one sheet apart.
    `digest` tells one picture's data from another's.
    """

    page: int
    box: Box
    offset: float = 0.0
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the user must know about a file or page: a stable code and the values its message needs."""

    code: str
    file: str
    page: int | None = None
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read. `name` is its path inside the package with forward slashes, `sha256` the hash of its bytes.

    `pages` is None where the format has no pages. `metadata` holds title, author and the like in the format's own words.
    """

    name: str
    kind: DocumentKind
    sha256: str
    blocks: tuple[Block, ...] = ()
    pages: int | None = None
    page_sizes: tuple[tuple[float, float], ...] = ()
    unreadable_pages: tuple[int, ...] = ()
    warnings: tuple[Finding, ...] = ()
    regions: tuple[Region, ...] = ()
    pictures: tuple[Picture, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    sheets: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Short identity within a checklist: follows the name, so that a new version of the file keeps it."""
        return document_id(self.name)

    def line_count(self) -> int:
        """How many source lines the ledger must account for."""
        return sum(len(block.lines) for block in self.blocks)

    def body(self) -> Iterator[tuple[int, Block]]:
        """Blocks that are not page furniture, with their index."""
        for index, block in enumerate(self.blocks):
            if block.kind is not BlockKind.FURNITURE:
                yield index, block


def document_id(name: str) -> str:
    """Twelve hexadecimal digits that follow from a document's name in the package."""
    return sha256(normalize("NFC", name).encode("utf-8", "surrogatepass")).hexdigest()[:12]
