"""Notes in the margin of a page: small type beside the text, which goes on by itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.core.document import Block, BlockKind
from tests.support.pdfs import HEIGHT, body, drawn, in_columns, read, texts

_LEFT, _NOTE = 170.0, 60.0
_TEXT = (
    "Leverantören ansvarar för att arbetet utförs fackmässigt och att alla som",
    "arbetar på platsen har den utbildning som krävs för maskinen och kan visa",
    "det med ett intyg som inte är äldre än tre år när arbetet börjar.",
)

_OTHER = (
    "Den som beställer tjänsten får när som helst begära att en annan person utför",
    "arbetet, om den som har utsetts inte har den erfarenhet som avtalet förutsätter",
    "eller om samarbetet av andra skäl inte har fungerat som det ska.",
)

_ROWS = (("Tjänst", "Pris"), ("Service", "400"), ("Jour", "900"))


def _page(*draws: Callable[[Any], None]) -> Callable[[Any], None]:
    def page(paper: Any) -> None:
        for draw in draws:
            draw(paper)

    return page


def _paragraphs(count: int, text: tuple[str, ...] = _TEXT) -> Callable[[Any], None]:
    lines = [(_LEFT, 100.0 + 58 * number + 12 * row, line) for number in range(count) for row, line in enumerate(text)]
    return texts(*lines, size=9.5)


def _texts(blocks: list[Block]) -> list[str]:
    return [block.text for block in blocks]


_WHOLE = " ".join(_TEXT)


@pytest.mark.parametrize("x", [_NOTE, 515.0])
def test_a_note_in_the_margin_cuts_no_sentence(x: float) -> None:
    note = texts((x, 157, "Visas med: in-"), (x, 166.5, "tyg från banken."), size=7)
    found = body(read(drawn(_page(_paragraphs(4), note))))
    assert _texts(found) == [_WHOLE, "Visas med: intyg från banken.", _WHOLE, _WHOLE, _WHOLE]
    assert {block.kind for block in found} == {BlockKind.PARAGRAPH}


def test_a_note_that_hangs_over_the_end_of_its_paragraph_stays_one() -> None:
    lines = tuple((_NOTE, 157 + 9.5 * number, f"rad {number} av en not") for number in range(6))
    found = body(read(drawn(_page(_paragraphs(4), texts(*lines, size=7)))))
    assert _texts(found) == [_WHOLE, " ".join(text for _, _, text in lines), _WHOLE, _WHOLE, _WHOLE]


def test_a_short_page_is_read_like_the_one_before_it() -> None:
    note = texts((_NOTE, 157, "Visas med: in-"), (_NOTE, 166.5, "tyg från banken."), size=7)
    short = texts((_NOTE, 99, "Visas med: för-"), (_NOTE, 108.5, "säkringsbrev."), size=7)
    found = body(read(drawn(_page(_paragraphs(4), note), _page(_paragraphs(1), short))))
    assert _texts(found)[-2:] == ["Visas med: försäkringsbrev.", _WHOLE]


def test_a_note_parts_no_list_from_what_introduces_it() -> None:
    items = texts((_LEFT, 332, "Anbudet ska innehålla:"), (_LEFT, 346, "a) pris,"), (_LEFT, 360, "b) tidplan."), size=9.5)
    note = texts((_NOTE, 345, "Se även kapitlet"), (_NOTE, 354.5, "om priser."), size=7)
    found = _texts(body(read(drawn(_page(_paragraphs(4), items, note)))))
    assert found[-4:] == ["Se även kapitlet om priser.", "Anbudet ska innehålla:", "a) pris,", "b) tidplan."]


def test_a_sentence_goes_on_over_the_page_beside_notes() -> None:
    first = texts((_LEFT, 760, "Kravet gäller även den som utför arbete åt leverantören och som under"), size=9.5)
    rest = texts((_LEFT, 60, "uppdraget byter ut någon av de maskiner som nämns i anbudet."), size=9.5)
    note = texts((_NOTE, 157, "Visas med intyg"), (_NOTE, 166.5, "från banken."), size=7)
    beside = texts((_NOTE, 59, "Visas vid byte"), (_NOTE, 68.5, "av maskin."), size=7)
    found = _texts(body(read(drawn(_page(_paragraphs(4), note, first), _page(rest, _paragraphs(4, _OTHER), beside)))))
    assert (
        "Kravet gäller även den som utför arbete åt leverantören och som under "
        "uppdraget byter ut någon av de maskiner som nämns i anbudet." in found
    )
    assert "Visas vid byte av maskin." in found


def test_a_heading_in_the_margin_as_large_as_the_text_stays_where_it_stands() -> None:
    heads = texts((_NOTE, 100, "2 Uppdraget"), (_NOTE, 216, "3 Priser"), size=9.5)
    found = " | ".join(_texts(body(read(drawn(_page(_paragraphs(4), heads))))))
    assert found.index("2 Uppdraget") < found.index("Leverantören") < found.index("3 Priser")
    assert found[found.index("3 Priser") :].count("Leverantören") == 2


@pytest.mark.parametrize("marks", [("K1", "K2", "K3", "K4"), ("1", "2", "3", "4")])
def test_numbers_in_the_margin_stay_at_their_lines(marks: tuple[str, ...]) -> None:
    numbers = texts(*((_NOTE, 100.0 + 58 * number, mark) for number, mark in enumerate(marks)), size=7)
    found = _texts(body(read(drawn(_page(_paragraphs(4), numbers)))))
    assert all(any(text.startswith(mark) for text in found) for mark in marks)


def test_labels_before_every_paragraph_are_a_table() -> None:
    words = ("Frågor om upphandlingen", "Inlämning av anbud", "Hur länge anbudet gäller", "Vad som är hemligt")
    labels = texts(*((_NOTE - 10, 100.0 + 58 * number, word) for number, word in enumerate(words)), size=8)
    found = body(read(drawn(_page(_paragraphs(4), labels))))
    assert [block.cells[0].text for block in found if block.cells] == list(words)


def test_a_note_beside_a_drawn_table_parts_no_rows() -> None:
    def grid(paper: Any) -> None:
        for y in (340, 362, 384, 406):
            paper.line(_LEFT, HEIGHT - y, 520, HEIGHT - y)
        for x in (_LEFT, 340, 520):
            paper.line(x, HEIGHT - 340, x, HEIGHT - 406)

    cells = [(x, y, text) for y, row in zip((355, 377, 399), _ROWS, strict=True) for x, text in zip((175, 345), row, strict=True)]
    note = texts((_NOTE, 376, "Gäller per styck"), (_NOTE, 385.5, "och månad."), size=7)
    found = body(read(drawn(_page(_paragraphs(4), grid, texts(*cells, size=9.5), note))))
    assert _texts(found)[-4:] == ["Gäller per styck och månad.", *("\t".join(row) for row in _ROWS)]
    assert len({block.table for block in found[-3:]}) == 1


def test_two_columns_stay_columns() -> None:
    story = [" ".join(_TEXT)] * 12
    found = _texts(body(read(in_columns(*story))))
    assert "".join(found).replace(" ", "").count("Leverantörenansvarar") == 12
