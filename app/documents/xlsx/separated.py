"""Values separated by commas, semicolons or tabs: a table without a sheet. The text's own encoding and mark are found out."""

from __future__ import annotations

import csv
from collections import Counter
from io import StringIO

from app.core.document import Block, BlockKind, Cell, Document, DocumentKind, Flag, Line, Place
from app.core.errors import CorruptFileError, LimitError
from app.documents.reader import ReadRequest
from app.documents.xlsx.grid import clean
from app.documents.xlsx.references import cell_of

__all__ = ["read_separated"]

_MARKS = ";\t,|"


def read_separated(request: ReadRequest) -> Document:
    """One TABLE_ROW per line that holds something. The first row names the columns when nothing in it is a number."""
    text = _decoded(request.bytes())
    if len(text) > request.limits.characters:
        raise LimitError(request.name, code="limit.unpacked", limit=request.limits.characters)
    blocks: list[Block] = []
    cells = 0
    reader = csv.reader(StringIO(text, newline=""), delimiter=_mark(text))
    try:
        for number, values in enumerate(reader, 1):
            cells += len(values)
            if cells > request.limits.cells:
                raise LimitError(request.name, code="limit.cells", limit=request.limits.cells)
            block = _row(number, [clean(value) for value in values[:16_384]], len(blocks))
            if block is not None:
                blocks.append(block)
    except csv.Error as error:
        raise CorruptFileError(request.name) from error
    return Document(request.name, DocumentKind.TEXT, request.digest(), tuple(blocks))


def _row(number: int, texts: list[str], index: int) -> Block | None:
    if not any(texts):
        return None
    cells = tuple(Cell(text, column, place=Place(cell=cell_of(number, column + 1))) for column, text in enumerate(texts))
    first = next(cell for cell in cells if cell.text)
    header = index == 0 and len(texts) > 1 and all(texts) and not any(any(letter.isdigit() for letter in text) for text in texts)
    flags = frozenset({Flag.HEADER_ROW}) if header else frozenset[Flag]()
    place = Place(paragraph=number, cell=first.place.cell)
    return Block(BlockKind.TABLE_ROW, "\t".join(texts), place, (Line(0),), cells=cells, flags=flags, table=0, row=index)


def _mark(text: str) -> str:
    """The mark that splits the first lines most evenly."""
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:50]

    def evenness(mark: str) -> tuple[int, int]:
        counts = Counter(line.count(mark) for line in lines)
        counts.pop(0, None)
        return max(counts.values(), default=0), -_MARKS.index(mark)

    return max(_MARKS, key=evenness)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
