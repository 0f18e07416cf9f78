"""Text of PDFs: reading order, paragraphs, lists, headings, hyphens, furniture, columns, rotation."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4

from app.core.document import BlockKind, Flag
from tests.support.pdfs import HEIGHT, body, drawn, in_columns, read, texts

LONG = "Leverantören ansvarar för att arbetet utförs fackmässigt och att all personal har rätt utbildning"


def test_lines_of_a_paragraph_are_one_block_and_paragraphs_are_two() -> None:
    document = read(drawn(texts((60, 100, LONG), (60, 114, "enligt avtalet."), (60, 142, "Ett nytt stycke."))))
    assert [block.text for block in body(document)] == [f"{LONG} enligt avtalet.", "Ett nytt stycke."]
    assert len(body(document)[0].lines) == 2


def test_every_line_starts_at_its_own_words() -> None:
    block = body(read(drawn(texts((60, 100, LONG), (60, 114, "enligt avtalet.")))))[0]
    assert block.text[block.lines[1].start :] == "enligt avtalet."
    box = block.lines[1].box
    assert box is not None
    assert box.y0 < 114 < box.y1


def test_hyphens_at_line_ends() -> None:
    page = texts(
        (60, 100, "Detta är ett stycke om anbuds-"),
        (60, 114, "givare, om IT-"),
        (60, 128, "konsulter, om 2025-"),
        (60, 142, "08-19 och om ska-"),
        (60, 156, "och börkrav"),
    )
    expected = "Detta är ett stycke om anbudsgivare, om IT-konsulter, om 2025-08-19 och om ska- och börkrav"
    assert body(read(drawn(page)))[0].text == expected


def test_each_bullet_is_a_block_even_when_its_mark_is_drawn_after_it() -> None:
    def page(paper: Any) -> None:
        for number, item in enumerate(("Registreringsbevis", "Prisbilaga", "Referenser")):
            paper.drawString(90, HEIGHT - 100 - 14 * number, item)
            paper.drawString(75, HEIGHT - 100 - 14 * number, "•")

    blocks = body(read(drawn(page)))
    assert [block.text for block in blocks] == ["• Registreringsbevis", "• Prisbilaga", "• Referenser"]
    assert {block.kind for block in blocks} == {BlockKind.LIST_ITEM}


def test_letters_and_numbers_start_items_and_wrapped_items_stay_whole() -> None:
    page = texts((60, 100, "a) " + LONG), (74, 114, "och erfarenhet."), (60, 128, "b) Pris"), (60, 142, "2.1 Krav på bolag"))
    assert [block.text for block in body(read(drawn(page)))] == [f"a) {LONG} och erfarenhet.", "b) Pris", "2.1 Krav på bolag"]


def test_a_sentence_goes_on_in_the_indented_lines_below_a_label_that_hangs_out() -> None:
    page = texts(
        (60, 100, "K7 " + LONG),
        (100, 114, "för sina uppgifter. Anbudsgivaren beskriver hur rätt utbildning ges åt alla som utför arbetet,"),
        (100, 128, "även tillfälligt."),
        (60, 142, "K8 " + LONG + "."),
        (100, 156, "Ett indraget stycke som börjar för sig."),
    )
    found = [block.text for block in body(read(drawn(page)))]
    assert [text[:2] for text in found] == ["K7", "K8", "Et"]
    assert found[0].endswith("även tillfälligt.")


def test_a_number_in_a_column_of_its_own_heads_its_title() -> None:
    def page(paper: Any) -> None:
        paper.setFont("Helvetica-Bold", 13)
        paper.drawString(60, HEIGHT - 100, "2.1.3")
        paper.drawString(130, HEIGHT - 100, "Upphandlingsförfarande")
        paper.setFont("Helvetica", 10)
        for number in range(4):
            paper.drawString(130, HEIGHT - 125 - 12 * number, LONG[:80])

    first = body(read(drawn(page)))[0]
    assert (first.kind, first.text, first.level) == (BlockKind.HEADING, "2.1.3 Upphandlingsförfarande", 3)
    assert Flag.BOLD in first.flags
    assert first.font_size == 13


def test_header_and_page_numbers_are_furniture_but_changing_rows_are_not() -> None:
    def page(number: int) -> Any:
        return texts(
            (60, 40, "Dnr 2026/17 Kravspecifikation"),
            (60, 90, f"Rad {number * 7}: detta krav står först på sidan {'abcdef'[number]}"),
            (280, 810, f"Sida {number + 1}/6"),
        )

    document = read(drawn(*(page(number) for number in range(6))))
    assert [block.text[:4] for block in body(document)] == ["Rad "] * 6
    furniture = [block.text for block in document.blocks if block.kind is BlockKind.FURNITURE]
    assert furniture[:2] == ["Dnr 2026/17 Kravspecifikation", "Sida 1/6"]


def test_numbered_rows_at_the_edge_of_a_page_are_no_page_numbers() -> None:
    head = [(60, 40, "Hulta kommun")]
    foot = [(60, 810, "Inbjudan SBK 26-0097")]
    first = [(60, 740 + 15 * number, str(number + 1)) for number in range(3)]
    first += [(90, 740 + 15 * number, f"Handling {'abc'[number]}") for number in range(3)]
    second = [(60, 60, "4"), (90, 60, "Handling d")]
    document = read(drawn(texts(*head, *first, *foot, (520, 810, "1 (2)")), texts(*head, *second, *foot, (520, 810, "2 (2)"))))
    said = " ".join(block.text for block in body(document))
    assert all(f"Handling {letter}" in said for letter in "abcd")
    furniture = " ".join(block.text for block in document.blocks if block.kind is BlockKind.FURNITURE)
    assert "Handling" not in furniture
    assert "2 (2)" in furniture


def test_a_page_number_alone_in_the_margin_is_furniture() -> None:
    document = read(
        drawn(*(texts((60, 90, f"Sidan {word}"), (290, 810, str(number))) for number, word in ((7, "sju"), (8, "åtta"))))
    )
    assert [block.text for block in body(document)] == ["Sidan sju", "Sidan åtta"]


def test_a_paragraph_goes_on_over_the_page_break() -> None:
    document = read(drawn(texts((60, 780, LONG)), texts((60, 60, "enligt det avtal som gäller."))))
    block = body(document)[0]
    assert block.text == f"{LONG} enligt det avtal som gäller."
    assert [line.page for line in block.lines] == [1, 2]
    assert block.place_of(len(LONG) + 1, len(block.text)).page == 2


def test_two_columns_are_read_one_after_the_other() -> None:
    document = read(in_columns(*(f"Stycke {chr(97 + n)}. {LONG[n:]} och {LONG[2 * n :]} varje år." for n in range(22))))
    starts = [block.text[:8] for block in body(document)]
    assert starts == [f"Stycke {chr(97 + n)}" for n in range(22)]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_rotated_page_is_read_as_shown(turn: int) -> None:
    def page(paper: Any) -> None:
        # Drawn so that it is upright once the viewer has turned the page clockwise.
        paper.translate(*{90: (A4[0], 0), 180: A4, 270: (0, A4[1])}[turn])
        paper.rotate(turn)
        paper.drawString(60, 500, "Liggande sida med krav")
        paper.drawString(60, 460, "Leverantören ska lämna pris")

    writer = PdfWriter(clone_from=PdfReader(BytesIO(drawn(page))))
    writer.pages[0].rotate(turn)
    target = BytesIO()
    writer.write(target)
    document = read(target.getvalue())
    assert [block.text for block in body(document)] == ["Liggande sida med krav", "Leverantören ska lämna pris"]
    width, height = document.page_sizes[0]
    assert (width > height) == (turn != 180)
    box = body(document)[0].place.box
    assert box is not None
    assert round(box.x0) in (60, 61)
    assert box.y0 < height - 500 < box.y1


def test_lines_of_a_table_of_contents_are_flagged() -> None:
    page = texts((60, 100, "1 Inledning ............................ 3"), (60, 114, "2 Krav ............................ 12"))
    blocks = body(read(drawn(page)))
    assert len(blocks) == 2
    assert all(Flag.CONTENTS in block.flags for block in blocks)


def test_small_text_below_a_short_rule_is_a_footnote() -> None:
    def page(paper: Any) -> None:
        for number in range(6):
            paper.drawString(60, HEIGHT - 100 - 14 * number, LONG)
        paper.line(60, 120, 200, 120)
        paper.setFont("Helvetica", 8)
        paper.drawString(60, 108, "1 Lagen om offentlig upphandling (2016:1145)")

    last = body(read(drawn(page)))[-1]
    assert (last.kind, last.text) == (BlockKind.FOOTNOTE, "1 Lagen om offentlig upphandling (2016:1145)")
    assert not last.slots


def test_text_in_a_filled_box_has_a_region_and_is_no_heading() -> None:
    def page(paper: Any) -> None:
        paper.drawString(60, HEIGHT - 80, "Frågor")
        paper.setFillColorRGB(0.99, 0.98, 0.94)
        paper.rect(60, HEIGHT - 160, 450, 60, stroke=0, fill=1)
        paper.setFillColorRGB(0, 0, 0)
        paper.setFont("Helvetica-Bold", 11)
        paper.drawString(70, HEIGHT - 120, "a. Ange organisationsnummer")
        paper.setFont("Helvetica", 8)
        paper.drawString(70, HEIGHT - 140, "Fritext")

    document = read(drawn(page))
    question, kind = [block for block in body(document) if block.region is not None]
    assert (question.text, kind.text) == ("a. Ange organisationsnummer", "Fritext")
    assert question.kind is not BlockKind.HEADING
    assert question.region is not None
    assert document.regions[question.region].fill == (252, 250, 240)


def test_letters_set_backwards_have_a_box_all_the_same() -> None:
    def page(paper: Any) -> None:
        paper.drawString(60, 700, "Bifoga en beskrivning av bemanningen.", charSpace=-6.1)
        paper.drawString(60, 600, "Drift dygnet runt", charSpace=-9)
        for x in range(40, 90, 4):
            paper.line(x, 580, x, 720)

    boxes = [line.box for block in read(drawn(page)).blocks for line in block.lines if line.box is not None]
    assert boxes
    assert all(box.x0 <= box.x1 and box.y0 <= box.y1 for box in boxes)
