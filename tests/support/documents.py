"""Documents made of a few words, for tests of what is found in them."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.document import Block, BlockKind, Cell, Document, DocumentKind, Flag, Line, Place


def heading(text: str, level: int | None = None, *, bold: bool = True) -> Block:
    """A block that the layout marks as a heading."""
    return Block(BlockKind.HEADING, text, level=level, flags=frozenset({Flag.BOLD}) if bold else frozenset())


def paragraph(text: str, *flags: Flag) -> Block:
    """A paragraph."""
    return Block(BlockKind.PARAGRAPH, text, flags=frozenset(flags))


def item(text: str, number: str | None = None) -> Block:
    """A list item, its bullet in the text."""
    return Block(BlockKind.LIST_ITEM, text, number=number)


def row(*cells: str, table: int = 0, header: bool = False) -> Block:
    """A table row."""
    flags = frozenset({Flag.HEADER_ROW}) if header else frozenset[Flag]()
    return Block(
        BlockKind.TABLE_ROW,
        "\t".join(cells),
        cells=tuple(Cell(text, column) for column, text in enumerate(cells)),
        table=table,
        flags=flags,
    )


def furniture(text: str) -> Block:
    """A page header or footer."""
    return Block(BlockKind.FURNITURE, text)


def document(blocks: Iterable[Block | str], name: str = "underlag.pdf", kind: DocumentKind = DocumentKind.PDF) -> Document:
    """A document of one page; a text alone is a paragraph, and every block is one source line."""
    made = [paragraph(block) if isinstance(block, str) else block for block in blocks]
    placed = tuple(
        Block(
            block.kind,
            block.text,
            Place(page=1),
            (Line(0, 1),),
            block.level,
            block.number,
            block.cells,
            block.slots,
            block.flags,
            block.region,
            block.table,
            block.row,
            block.font_size,
        )
        for block in made
    )
    return Document(name, kind, "0" * 64, placed, pages=1, page_sizes=((595.0, 842.0),))
