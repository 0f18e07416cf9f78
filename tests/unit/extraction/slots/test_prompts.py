"""Cells that show a prompt instead of an answer, and captions of places to sign at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.core.document import Block
from tests.support.documents import document, row
from tests.support.pdfs import HEIGHT
from tests.support.pdfs import drawn as drawn_pages
from tests.support.pdfs import read as read_pdf
from tests.support.slots import slots_of
from tests.support.words import r, read, sdt, tbl, tc, tr


def _asked(*blocks: Block | str) -> list[str]:
    return [point.source.quote for point in slots_of(document(blocks))]


def _prompt(words: str) -> str:
    return tc(f"<w:p>{sdt('<w:showingPlcHdr/><w:text/>', r(words))}</w:p>")


def test_the_words_of_empty_controls_beside_requirements_are_not_asked() -> None:
    document = read(
        tbl(
            tr("Krav", "Montör 1", "Montör 2"),
            tr("Minst tre års arbete med ventilation", _prompt("Sida, stycke"), _prompt("Sida, stycke")),
            tr("Giltigt certifikat för kylmedel", _prompt("Sida, stycke"), _prompt("Sida, stycke")),
        )
    )
    assert [cell.text for block in document.blocks[1:] for cell in block.cells[1:]] == ["", "", "", ""]
    asked = {point.source.quote for point in slots_of(document)}
    assert asked == {"Minst tre års arbete med ventilation", "Giltigt certifikat för kylmedel"}


def test_what_a_control_says_alone_or_beside_a_name_is_what_is_asked() -> None:
    document = read(
        tbl(
            tr("1", _prompt("Beskriv hur avfall sorteras")),
            tr("2", _prompt("Ange ansvarig montör")),
        )
    )
    assert {point.source.quote for point in slots_of(document)} == {"Beskriv hur avfall sorteras", "Ange ansvarig montör"}


@pytest.mark.parametrize(
    ("head", "prompt"),
    [
        ("Var framgår det i CV?", "Sida och rad"),
        ("Response", "page/line"),
        ("Svar", "[text]"),
        ("Anbudsgivarens svar", "fylls i"),
    ],
)
def test_the_same_few_words_in_each_row_of_an_answer_column(head: str, prompt: str) -> None:
    asked = _asked(
        row("Krav", head, header=True),
        row("Kranen ska lyfta tjugo ton.", prompt),
        row("Kranen ska ha hytt.", prompt),
        row("Kranen ska vara besiktigad.", prompt),
    )
    assert asked == ["Kranen ska lyfta tjugo ton.", "Kranen ska ha hytt.", "Kranen ska vara besiktigad."]


def test_a_form_whose_cells_say_write_here() -> None:
    asked = _asked(row("Företagsnamn:", "Skriv här"), row("Telefon:", "Skriv här"), row("Bolagets antal anställda", "Skriv här"))
    assert asked == ["Företagsnamn:", "Telefon:", "Bolagets antal anställda"]


@pytest.mark.parametrize(
    "rows",
    [
        (("Tjänst", "Omfattning"), ("Fönsterputs", "Ingår"), ("Golvvård", "Ingår")),
        (("Krav", "Klass", "Bevis"), ("Systemet loggar", "Ska", "Se avsnitt 3"), ("Systemet larmar", "Ska", "Se avsnitt 3")),
        (("Vara", "Enhet"), ("Rör", "meter"), ("Kabel", "meter")),
    ],
)
def test_the_same_words_in_a_column_that_states_something(rows: tuple[tuple[str, ...], ...]) -> None:
    assert _asked(*(row(*cells, header=not number) for number, cells in enumerate(rows))) == []


def _ruled(*captions: tuple[float, float, str]) -> Callable[[Any], None]:
    def draw(paper: Any) -> None:
        paper.drawString(60, HEIGHT - 60, "Anbudet lämnas av nedanstående företag.")
        paper.setFont("Helvetica", 8)
        for left, top, text in captions:
            paper.line(left, HEIGHT - top + 14, left + 200, HEIGHT - top + 14)
            paper.drawString(left, HEIGHT - top + 3, text)

    return draw


def _dotted(*captions: tuple[float, float, str]) -> Callable[[Any], None]:
    def draw(paper: Any) -> None:
        paper.drawString(60, HEIGHT - 60, "Anbudet lämnas av nedanstående företag.")
        for left, top, text in captions:
            paper.setFont("Helvetica", 11)
            paper.drawString(left, HEIGHT - top + 14, "." * 50)
            paper.setFont("Helvetica", 8)
            paper.drawString(left, HEIGHT - top + 3, text)

    return draw


@pytest.mark.parametrize("under", [_ruled, _dotted])
@pytest.mark.parametrize(
    "captions",
    [
        ("Ort och datum", "Underskrift av firmatecknare", "Namnförtydligande", "Befattning"),
        ("Place and date", "Signature of authorised representative", "Name in block letters", "Position held"),
        ("Datum och ort", "Firmatecknarens namnteckning", "Namnförtydligande, titel", "Telefon"),
    ],
)
def test_captions_below_lines_to_sign_on(under: Callable[..., Any], captions: tuple[str, ...]) -> None:
    places = ((60, 140), (320, 140), (60, 200), (320, 200))
    drawn = under(*((x, y, text) for (x, y), text in zip(places, captions, strict=True)))
    assert [point.source.quote for point in slots_of(read_pdf(drawn_pages(drawn)))] == list(captions)


def test_captions_below_lines_in_one_column_and_in_brackets() -> None:
    captions = ("(place and date)", "(signature)", "(name in capital letters)")
    drawn = _ruled(*((60, 140 + 60 * number, text) for number, text in enumerate(captions)))
    assert [point.source.quote for point in slots_of(read_pdf(drawn_pages(drawn)))] == list(captions)


def test_captions_in_the_cells_of_a_table() -> None:
    assert _asked(row("Place and date", "Signature of tenderer"), row("Name in block letters", "Position held")) == [
        "Place and date",
        "Signature of tenderer",
        "Name in block letters",
        "Position held",
    ]
