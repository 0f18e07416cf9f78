"""Hypothesis strategies for documents as readers may give them."""

from __future__ import annotations

from hypothesis import strategies as st

from app.core.document import Block, BlockKind, Box, Cell, Document, DocumentKind, Flag, Line, Place

_PHRASES = (
    "Anbudet ska vara giltigt till 2031-06-30 den 11 april 2031 kl. 23.59 måste bifogas Fritext Ja/Nej ____ ☐ • a) 3.2.1 AFB.41",
    "Bifogad fil Leverantören Kommunen kommer att CV bör senast : . ? Dnr KS 2031/17 shall no later than 4 månader \u0130 ﬁ",
)
_WORDS = [word for phrase in _PHRASES for word in phrase.split()]


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Words of the field in any order, or any characters at all."""
    if draw(st.booleans()):
        return " ".join(draw(st.lists(st.sampled_from(_WORDS), max_size=25)))
    return draw(st.text(max_size=120))


@st.composite
def blocks(draw: st.DrawFn, paged: bool) -> Block:
    """A block with lines in order inside its text."""
    kind = draw(st.sampled_from(list(BlockKind)))
    cells: tuple[Cell, ...] = ()
    text = draw(texts())
    if kind is BlockKind.TABLE_ROW:
        cells = tuple(Cell(entry, column) for column, entry in enumerate(draw(st.lists(texts(), min_size=1, max_size=4))))
        text = "\t".join(cell.text for cell in cells)
    starts = sorted(draw(st.lists(st.integers(0, max(0, len(text) - 1)), max_size=5, unique=True)))
    page = draw(st.integers(1, 3)) if paged else None
    box = Box(70, 100, 500, 112) if paged else None
    lines = tuple(Line(start, page, box) for start in ([0, *starts[1:]] if starts else []))
    return Block(
        kind=kind,
        text=text,
        place=Place(page, box, None if paged else draw(st.integers(0, 99))),
        lines=lines,
        level=draw(st.none() | st.integers(1, 6)),
        number=draw(st.none() | st.sampled_from(["1", "3.2", "a)", "AFB.41"])),
        cells=cells,
        flags=draw(st.frozensets(st.sampled_from([Flag.BOLD, Flag.CONTENTS, Flag.HEADER_ROW, Flag.HIDDEN]), max_size=2)),
        table=draw(st.integers(0, 2)) if cells else None,
        row=draw(st.integers(0, 9)) if cells else None,
        font_size=draw(st.none() | st.sampled_from([9.0, 11.0, 16.0])),
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A document of up to a dozen blocks, with pages or without."""
    paged = draw(st.booleans())
    found = tuple(draw(st.lists(blocks(paged), max_size=12)))
    return Document(
        name=draw(st.sampled_from(["Underlag.pdf", "Bilaga 1 – Krav.docx", "Avtal/Utkast till avtal.docx"])),
        kind=DocumentKind.PDF if paged else DocumentKind.DOCX,
        sha256="0" * 64,
        blocks=found,
        pages=3 if paged else None,
        page_sizes=((595.0, 842.0),) * 3 if paged else (),
    )
