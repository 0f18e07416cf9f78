"""Icons of questions, calibrated by the document's own legend."""

from __future__ import annotations

import pytest

from app.core.document import Block, BlockKind, Box, Document, DocumentKind, Flag, Line, Picture, Place, Region
from tests.support.slots import slots_of

_LEGEND = (
    ("Texten/frågan innehåller krav som måste uppfyllas", 40.0),
    ("Frågan ställs endast upplysningsvis", 80.0),
    ("Frågan besvaras av upphandlaren", 120.0),
)


def _block(text: str, y: float, region: int | None = None, flags: frozenset[Flag] = frozenset(), page: int = 1) -> Block:
    box = Box(90, y, 400, y + 10)
    return Block(BlockKind.PARAGRAPH, text, Place(page, box), (Line(0, page, box),), region=region, flags=flags)


def _document(offset: float) -> Document:
    legend = [_block(text, 120 + 24.0 * number) for number, (text, _) in enumerate(_LEGEND)]
    icons = [Picture(1, Box(70, 116 + 24.0 * n, 88, 134 + 24.0 * n), height, "sprite") for n, (_, height) in enumerate(_LEGEND)]
    blocks = (
        _block("Symbolförklaring", 100),
        *legend,
        _block("Redogör för depåns läge:", 100, 0, frozenset({Flag.BOLD}), 2),
        _block("Fritext", 120, 0, page=2),
    )
    region = Region(2, Box(70, 95, 518, 135), (253, 251, 241))
    pictures = (*icons, Picture(2, Box(490, 100, 508, 118), offset, "sprite"))
    return Document("u.pdf", DocumentKind.PDF, "0" * 64, blocks, pages=2, regions=(region,), pictures=pictures)


@pytest.mark.parametrize(("offset", "must"), [(40.3, True), (79.8, False)])
def test_the_icon_tells_whether_it_must_be_answered(offset: float, must: bool) -> None:
    (point,) = slots_of(_document(offset))
    assert point.must is must


def test_what_the_buyer_answers_is_left_out() -> None:
    assert slots_of(_document(120.2)) == []


def test_an_unknown_icon_says_nothing() -> None:
    (point,) = slots_of(_document(300.0))
    assert not any(cue.startswith("tendsign.") for cue in point.cues)


def test_a_question_over_a_page_break_is_one() -> None:
    blocks = (
        _block("Beskriv hur ni avser", 700, 0, frozenset({Flag.BOLD})),
        _block("att sköta vagnparken:", 80, 1, frozenset({Flag.BOLD}), 2),
        _block("Fritext", 100, 1, page=2),
    )
    regions = (
        Region(1, Box(70, 690, 518, 760), (253, 251, 241)),
        Region(2, Box(70, 70, 518, 120), (253, 251, 241), continues=True),
    )
    document = Document("u.pdf", DocumentKind.PDF, "0" * 64, blocks, pages=2, regions=regions)
    (point,) = slots_of(document)
    assert point.source.quote == "Beskriv hur ni avser att sköta vagnparken:"
    assert point.source.place.page == 1
