"""Filled areas part a drawn frame into cells, as portals print their questions."""

from __future__ import annotations

from typing import Any

from app.core.document import BlockKind
from tests.support.pdfs import HEIGHT, body, drawn, read

BLUE, RED, PALE = (0.1, 0.3, 0.5), (0.7, 0.1, 0.1), (0.9, 0.95, 1.0)


def _fill(paper: Any, colour: tuple[float, float, float], *box: float) -> None:
    paper.setFillColorRGB(*colour)
    paper.rect(*box, stroke=0, fill=1)
    paper.setFillColorRGB(0, 0, 0)


def _rows(page: Any) -> list[list[str]]:
    return [[cell.text for cell in block.cells] for block in body(read(drawn(page))) if block.kind is BlockKind.TABLE_ROW]


def _frame(paper: Any, top: float) -> None:
    """A frame with an empty box at its foot."""
    paper.rect(50, HEIGHT - top - 54, 490, 54)
    paper.rect(90, HEIGHT - top - 54, 380, 18)


def test_the_bar_of_a_question_and_the_mark_beside_it_are_cells() -> None:
    def page(paper: Any) -> None:
        for number, top in enumerate((100, 180), 1):
            _fill(paper, PALE, 50, HEIGHT - top - 18, 490, 18)
            _fill(paper, RED, 470, HEIGHT - top - 18, 70, 18)
            _frame(paper, top)
            paper.drawString(56, HEIGHT - top - 13, f"1.{number}")
            paper.drawString(96, HEIGHT - top - 13, "Anbudsgivarens firma")
            paper.drawString(480, HEIGHT - top - 13, "Krav")
            paper.drawString(96, HEIGHT - top - 31, "Fritext (max 200 tecken)")
            paper.drawString(476, HEIGHT - top - 31, "5 poäng")

    rows = _rows(page)
    assert rows[:2] == [["1.1 Anbudsgivarens firma", "Krav"], ["Fritext (max 200 tecken)", "5 poäng"]]
    assert ["1.2 Anbudsgivarens firma", "Krav"] in rows


def test_colour_behind_words_and_ornaments_part_nothing() -> None:
    def page(paper: Any) -> None:
        _frame(paper, 100)
        _fill(paper, PALE, 130, HEIGHT - 116, 60, 12)
        _fill(paper, BLUE, 51, HEIGHT - 134, 4, 32)
        paper.drawString(60, HEIGHT - 113, "Anbudsgivarens fullständiga firma")
        paper.drawString(60, HEIGHT - 129, "skrivs i rutan nedan.")

    assert _rows(page)[0] == ["Anbudsgivarens fullständiga firma skrivs i rutan nedan."]
