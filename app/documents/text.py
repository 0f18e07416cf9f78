"""Reads plain text and Markdown: what a text shows by line breaks, blanks, markers and underlines becomes blocks.

Text exported from a paged document keeps its wrapped lines, its page footers and bullets that ended up behind their
items; a hand-written file has blank lines and Markdown. Both are read by what the lines look like, not by the extension.
"""

from __future__ import annotations

from dataclasses import replace

from app.core.document import Block, BlockKind, Document, DocumentKind, Flag, Line, Place
from app.core.errors import CorruptFileError, EmptyFileError, LimitError
from app.documents.reader import ReadRequest
from app.documents.text_lines import Shape, SourceLine, TextStyle, analyse, clean

__all__ = ["decode", "read_text"]

# Control characters that no text has; a NUL in a text without a UTF-16 mark means that it is not text at all.
_CONTROLS = frozenset(chr(code) for code in (*range(0x00, 0x09), 0x0E, 0x0F, *range(0x10, 0x1A), *range(0x1C, 0x20)))


def read_text(request: ReadRequest) -> Document:
    """The text as blocks. Raises CorruptFileError when the bytes are no text in any encoding we know."""
    content = decode(request.bytes(), request.name)
    if len(content) > request.limits.characters:
        raise LimitError(request.name, code="limit.size", limit=request.limits.characters, size=len(content))
    if not content.strip():
        raise EmptyFileError(request.name)
    lines, style = analyse(content)
    blocks = _Builder(lines, style).build()
    pages = max((line.page for line in lines if line.page is not None and line.shape is not Shape.BLANK), default=None)
    request.report(1, 1)
    return Document(name=request.name, kind=DocumentKind.TEXT, sha256=request.digest(), blocks=tuple(blocks), pages=pages)


def decode(data: bytes, name: str) -> str:
    """Text of the bytes: by their mark, else UTF-8, else UTF-16 by its zeros, else Windows-1252, else Latin-1."""
    text = _decoded(data, name)
    sample = text[:20_000]
    odd = sum(1 for letter in sample if letter in _CONTROLS)
    if odd > max(2, len(sample) // 200):
        raise CorruptFileError(name)
    return text


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return _strict(data, "utf-32", name)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(data, "utf-16", name)
    head = data[:4000]
    zeros = head.count(0)
    if zeros and zeros > len(head) // 5:
        even = head[::2].count(0)
        return _strict(data, "utf-16-be" if even > zeros - even else "utf-16-le", name)
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise CorruptFileError(name) from error


class _Builder:
    """Joins classified lines into blocks."""

    def __init__(self, lines: list[SourceLine], style: TextStyle) -> None:
        self.lines, self.style = lines, style
        self.blocks: list[Block] = []
        self.open: list[SourceLine] = []
        self.edges: list[Block] = []
        self.table: int | None = None
        self.tables = 0
        self.row = 0

    def build(self) -> list[Block]:
        """All blocks in order."""
        previous: SourceLine | None = None
        for line in self.lines:
            if line.shape is Shape.FURNITURE:
                # A paragraph goes on behind a page's footer and header: it stays open.
                self._furniture(line)
                continue
            if line.shape is not Shape.ROW and line.shape is not Shape.RULE:
                self.table = None
            self._take(line, previous)
            previous = line
        self._close()
        return self.blocks

    def _take(self, line: SourceLine, previous: SourceLine | None) -> None:
        match line.shape:
            case Shape.BLANK:
                if not line.page_edge:
                    self._close()
            case Shape.ROW | Shape.RULE:
                self._close()
                self._row(line)
            case Shape.UNDERLINE:
                self._underline(line)
            case Shape.MARKER:
                self._marker(line)
            case Shape.HEADING | Shape.CONTENTS | Shape.ALONE:
                self._close()
                self.open.append(line)
                if line.shape is not Shape.HEADING or not self.style.goes_on(line):
                    self._close()
            case Shape.ITEM:
                self._close()
                self.open.append(line)
            case _:
                if self.open and (previous is None or not self.style.joins(self.open, line)):
                    self._close()
                self.open.append(line)

    def _close(self) -> None:
        if self.open:
            lines, self.open = self.open, []
            self.blocks.append(block_of(lines))
        self.blocks.extend(self.edges)
        self.edges.clear()

    def _furniture(self, line: SourceLine) -> None:
        block = Block(BlockKind.FURNITURE, clean(line.text), Place(page=line.page), (Line(0, line.page),))
        (self.edges if self.open else self.blocks).append(block)

    def _underline(self, line: SourceLine) -> None:
        """A row of = or - below one line makes a heading of it; alone it is a rule, which says nothing."""
        if len(self.open) == 1:
            title = self.open.pop()
            block = block_of([replace(title, shape=Shape.HEADING, level=1 if line.text.lstrip().startswith("=") else 2)])
            self.blocks.append(replace(block, lines=(*block.lines, Line(len(block.text), line.page))))
        else:
            self._close()
            self._furniture(line)

    def _row(self, line: SourceLine) -> None:
        if self.table is None:
            self.table, self.row = self.tables, 0
            self.tables += 1
        if line.shape is Shape.RULE:
            # The line of dashes that says: what stood above names the columns.
            if self.row == 1 and self.blocks and self.blocks[-1].kind is BlockKind.TABLE_ROW:
                head = self.blocks[-1]
                self.blocks[-1] = replace(
                    head, flags=head.flags | {Flag.HEADER_ROW}, lines=(*head.lines, Line(len(head.text), line.page))
                )
            else:
                self._furniture(line)
            return
        text = "\t".join(cell.text for cell in line.cells)
        self.blocks.append(
            Block(
                BlockKind.TABLE_ROW,
                text,
                Place(page=line.page),
                (Line(0, line.page),),
                cells=line.cells,
                table=self.table,
                row=self.row,
            )
        )
        self.row += 1

    def _marker(self, line: SourceLine) -> None:
        """A bullet or number alone on its line: it belongs to the item above or, in most texts, to the one below."""
        if not self.style.trailing_markers:
            self._close()
            self.open.append(replace(line, shape=Shape.ITEM))
            return
        if self.open and self.open[0].shape is Shape.ITEM:
            self._close()
            self.open.append(replace(line, shape=Shape.ITEM))
            return
        if self.open:
            self.open.insert(0, line)
            self._close()
            return
        # The item was closed by an item nested in it: give the mark to the nearest paragraph without one.
        for index in range(len(self.blocks) - 1, max(-1, len(self.blocks) - 12), -1):
            block = self.blocks[index]
            if block.kind is BlockKind.PARAGRAPH:
                mark = clean(line.text)
                moved = tuple(each._replace(start=each.start + len(mark) + 1) for each in block.lines)
                self.blocks[index] = replace(
                    block, kind=BlockKind.LIST_ITEM, text=f"{mark} {block.text}", lines=(Line(0, line.page), *moved)
                )
                return
            if block.kind not in (BlockKind.LIST_ITEM, BlockKind.FURNITURE):
                break
        self._furniture(line)


def block_of(lines: list[SourceLine]) -> Block:
    """One block of joined lines. A mark that stood behind its item comes first."""
    kind, level = BlockKind.PARAGRAPH, None
    head = lines[0]
    if head.shape in (Shape.ITEM, Shape.MARKER) or any(line.mark for line in lines):
        kind = BlockKind.LIST_ITEM
    if head.shape is Shape.HEADING:
        kind, level = BlockKind.HEADING, head.level
    places: list[Line] = []
    text = ""
    mark = next((line.mark for line in lines if line.mark), "")
    if mark:
        text = mark
    for line in lines:
        piece = clean(line.text)
        text, start = glue(text, piece)
        places.append(Line(0 if not places else start, line.page))
    if kind is BlockKind.HEADING and head.numbered and (len(text) > 160 or len(lines) > 2 or text.endswith((".", ":", ";"))):
        # A numbered clause that runs on is text with a number, not the name of a section.
        kind, level = BlockKind.LIST_ITEM, None
    flags = frozenset({Flag.CONTENTS}) if head.shape is Shape.CONTENTS else frozenset[Flag]()
    return Block(kind, text, Place(page=head.page), tuple(places), level=level, flags=flags)


_COORDINATING = ("och", "eller", "samt", "respektive", "resp.", "and", "or", "und", "till")


def glue(text: str, piece: str) -> tuple[str, int]:
    """Text with a further line joined to it, and where that line starts. A hyphen that only broke a word goes away."""
    if not text or not piece:
        return (text or piece), len(text)
    if len(text) > 1 and text[-1] in "-\u2010" and text[-2].isalnum():
        word = text[:-1].rsplit(None, 1)[-1]
        follow = piece.split(None, 1)[0]
        if follow.lower().rstrip(",.") in _COORDINATING:
            return f"{text} {piece}", len(text) + 1
        # "anbuds-" + "givare" was one word; "IT-" + "konsulter", "e-" + "post" and "2025-" + "08" have their hyphen.
        if word.isalpha() and word.islower() and len(word) > 1 and follow[0].islower():
            return text[:-1] + piece, len(text) - 1
        return text + piece, len(text)
    return f"{text} {piece}", len(text) + 1
