"""Places to fill in that PDFs show by form fields or by drawing."""

from __future__ import annotations

from typing import Any

from app.core.document import AnswerType, Block, SlotOrigin
from app.extraction.reading import find
from tests.support.pdfs import HEIGHT, body, drawn, read


def with_slots(page: Any) -> list[Block]:
    return [block for block in body(read(drawn(page))) if block.slots or any(cell.slots for cell in block.cells)]


def test_form_fields_sit_on_their_printed_labels() -> None:
    def page(paper: Any) -> None:
        form = paper.acroForm
        paper.drawString(60, 760, "Anbudsgivarens namn:")
        form.textfield(name="f1", tooltip="Företagets namn", x=200, y=752, width=200, height=20, maxlen=40, fieldFlags="required")
        paper.drawString(60, 700, "Nivå:")
        form.choice(name="niva", x=200, y=695, width=100, height=20, options=["1", "2", "3"], value="1", fieldFlags="combo")
        form.checkbox(name="kryss", x=60, y=640, size=14, fieldFlags="")
        paper.drawString(80, 644, "Registreringsbevis bifogas")

    name, level, tick = with_slots(page)
    assert (name.text, name.slots[0].label, name.slots[0].limit) == ("Anbudsgivarens namn:", "Företagets namn", "40")
    assert name.slots[0].required
    assert (level.text, level.slots[0].type, level.slots[0].options) == ("Nivå:", AnswerType.CHOICE, ("1", "2", "3"))
    assert (tick.text, tick.slots[0].type) == ("Registreringsbevis bifogas", AnswerType.YES_NO)
    assert not tick.slots[0].required


def test_the_printed_limit_stands_beside_the_cap_of_the_field() -> None:
    def page(paper: Any) -> None:
        for number, (words, most) in enumerate(
            (("Beskriv arbetssättet (max 2 sidor):", 900), ("Motivera (max 500 tecken):", 400), ("Ange ort:", 60))
        ):
            y = 760 - 60 * number
            paper.drawString(60, y, words)
            paper.acroForm.textfield(name=f"f{number}", x=300, y=y - 8, width=200, height=20, maxlen=most)

    limits = [point.answer.limit for point in find(read(drawn(page))).points]
    assert limits == ["max 2 sidor; 900", "400; max 500 tecken", "60"]


def test_radio_buttons_of_one_name_are_one_choice() -> None:
    def page(paper: Any) -> None:
        paper.drawString(60, 720, "Accepteras villkoren?")
        for x, word in ((230, "Ja"), (290, "Nej")):
            paper.acroForm.radio(name="villkor", value=word, x=x, y=716, size=14)
            paper.drawString(x + 20, 720, word)

    (block,) = with_slots(page)
    (slot,) = block.slots
    assert (slot.origin, slot.type, slot.options) == (SlotOrigin.FORM_FIELD, AnswerType.YES_NO, ("Ja", "Nej"))


def test_drawn_boxes_lines_and_squares() -> None:
    def page(paper: Any) -> None:
        paper.drawString(60, HEIGHT - 100, "Kontaktperson")
        paper.rect(60, HEIGHT - 140, 300, 30)
        paper.drawString(60, HEIGHT - 200, "Telefon:")
        paper.line(120, HEIGHT - 202, 300, HEIGHT - 202)
        paper.rect(60, HEIGHT - 250, 10, 10)
        paper.drawString(76, HEIGHT - 249, "Vi godtar villkoren")

    person, phone, tick = with_slots(page)
    assert (person.text, person.slots[0].origin) == ("Kontaktperson", SlotOrigin.DRAWN_BOX)
    assert (phone.text, phone.slots[0].origin) == ("Telefon:", SlotOrigin.DRAWN_LINE)
    assert (tick.text, tick.slots[0].origin) == ("Vi godtar villkoren", SlotOrigin.CHECKBOX)


def test_two_boxes_on_one_line_and_two_lines_above_their_labels_are_apart() -> None:
    def page(paper: Any) -> None:
        for x, word in ((60, "E-post:"), (260, "Mobil:")):
            paper.drawString(x, HEIGHT - 100, word)
            paper.rect(x + 50, HEIGHT - 106, 120, 18)
        for x, word in ((60, "Ort och datum"), (300, "Namnteckning")):
            paper.line(x, HEIGHT - 300, x + 160, HEIGHT - 300)
            paper.drawString(x, HEIGHT - 312, word)

    blocks = with_slots(page)
    assert [block.text for block in blocks] == ["E-post:", "Mobil:", "Ort och datum", "Namnteckning"]
    assert all(len(block.slots) == 1 for block in blocks)


def test_an_underlined_heading_and_a_separator_are_no_places_to_write() -> None:
    def page(paper: Any) -> None:
        paper.drawString(60, HEIGHT - 100, "Viktiga upplysningar")
        paper.line(60, HEIGHT - 102, 165, HEIGHT - 102)
        paper.drawString(60, HEIGHT - 150, "Text ovanför en linje som skiljer avsnitten åt på sidan och är lång.")
        paper.line(60, HEIGHT - 170, 530, HEIGHT - 170)
        paper.drawString(60, HEIGHT - 200, "Text under linjen.")

    assert with_slots(page) == []


def test_cells_of_a_drawn_form_with_small_labels_are_places_to_write() -> None:
    def page(paper: Any) -> None:
        paper.grid([60, 260, 460], [HEIGHT - 100, HEIGHT - 130, HEIGHT - 160])
        paper.setFont("Helvetica", 7)
        for row, words in enumerate((("Leverantörens namn", "Organisationsnummer"), ("Kontaktperson", "Telefon"))):
            for column, word in enumerate(words):
                paper.drawString(63 + 200 * column, HEIGHT - 108 - 30 * row, word)

    blocks = with_slots(page)
    assert [cell.text for block in blocks for cell in block.cells if cell.slots] == [
        "Leverantörens namn",
        "Organisationsnummer",
        "Kontaktperson",
        "Telefon",
    ]
