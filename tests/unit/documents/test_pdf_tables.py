"""Tables of PDFs: with lines and without, over page breaks, with empty cells."""

from __future__ import annotations

from typing import Any

from app.core.document import Block, BlockKind, Document, Flag
from tests.support.pdfs import HEIGHT, body, drawn, read, set_in, table

KRAV = "Systemet ska kunna hantera flera samtidiga användare med olika behörighet"


def rows(document: Document) -> list[Block]:
    return [block for block in body(document) if block.kind is BlockKind.TABLE_ROW]


def requirement_rows(count: int) -> list[list[str]]:
    head = ["Krav-ID", "Kravbeskrivning", "Klass", "Svar"]
    return [
        head,
        *([f"FR-{n:03}", " ".join([KRAV] * (1 + n % 3)), "Ska-krav" if n % 2 else "Bör-krav", ""] for n in range(count)),
    ]


def test_a_landscape_table_is_one_table_over_its_pages() -> None:
    document = read(set_in("Besvara samtliga krav.", table(requirement_rows(40), [60, 400, 80, 100], wrap=1), "Slut.", wide=True))
    found = rows(document)
    assert [block.cells[0].text for block in found] == ["Krav-ID", *(f"FR-{n:03}" for n in range(40))]
    assert {block.table for block in found} == {0}
    assert [block.row for block in found] == list(range(41))
    assert Flag.HEADER_ROW in found[0].flags
    assert not any(Flag.HEADER_ROW in block.flags for block in found[1:])
    assert all(len(block.cells) == 4 and block.cells[3].text == "" for block in found[1:])
    assert found[3].text == "\t".join(cell.text for cell in found[3].cells)


def test_header_rows_repeated_on_later_pages_are_furniture() -> None:
    document = read(set_in(table(requirement_rows(40), [60, 400, 80, 100], wrap=1), wide=True))
    repeated = [block for block in document.blocks if block.kind is BlockKind.FURNITURE]
    assert document.pages is not None
    assert len(repeated) == document.pages - 1
    assert all(block.text.startswith("Krav-ID\t") for block in repeated)


def test_a_table_without_lines_has_rows_with_wrapped_cells() -> None:
    data = [["Nr", "Krav", "Uppfylls"], *([str(n), " ".join([KRAV] * (1 + n % 2)), "Ja/Nej"] for n in range(1, 9))]
    document = read(set_in("Inledande text.", 20, table(data, [40, 300, 80], lines=False, wrap=1), 30, "Slut."))
    found = rows(document)
    assert [[cell.text for cell in block.cells] for block in found] == data
    assert [block.text for block in body(document) if block.table is None] == ["Inledande text.", "Slut."]


def test_rules_across_make_a_table_with_empty_answers() -> None:
    questions = ("Är ni certifierade?", "Har ni kollektivavtal?", "Finns F-skatt?")

    def page(paper: Any) -> None:
        for number, text in enumerate(("Krav", *questions)):
            paper.drawString(62, HEIGHT - 100 - 20 * number, text)
        paper.drawString(362, HEIGHT - 100, "Svar")
        for number in range(5):
            paper.line(60, HEIGHT - 86 - 20 * number, 480, HEIGHT - 86 - 20 * number)

    found = rows(read(drawn(page)))
    assert [[cell.text for cell in block.cells] for block in found] == [["Krav", "Svar"], *([text, ""] for text in questions)]
    assert Flag.HEADER_ROW in found[0].flags


def test_a_row_cut_by_the_page_is_one_block_on_two_pages() -> None:
    def page(top: float, texts: list[list[str]]) -> Any:
        def draw(paper: Any) -> None:
            for line in range(len(texts) + 1):
                paper.line(60, HEIGHT - top - 40 * line, 500, HEIGHT - top - 40 * line)
            for x in (60, 140, 500):
                paper.line(x, HEIGHT - top, x, HEIGHT - top - 40 * len(texts))
            for number, (left, right) in enumerate(texts):
                paper.drawString(64, HEIGHT - top - 40 * number - 16, left)
                paper.drawString(144, HEIGHT - top - 40 * number - 16, right)

        return draw

    first = page(680, [["K-1", "Ett kort krav."], ["K-2", "Leverantören ska under hela avtalstiden ha"]])
    document = read(drawn(first, page(60, [["", "en utsedd kontaktperson."], ["K-3", "Ett krav till."]])))
    found = rows(document)
    assert [block.cells[0].text for block in found] == ["K-1", "K-2", "K-3"]
    assert found[1].cells[1].text == "Leverantören ska under hela avtalstiden ha en utsedd kontaktperson."
    assert [line.page for line in found[1].lines] == [1, 1, 2]
    assert found[1].text[found[1].lines[2].start :] == "en utsedd kontaktperson."


def test_text_that_runs_over_a_cell_border_is_cut_there() -> None:
    def page(paper: Any) -> None:
        paper.grid([60, 88, 134, 200], [HEIGHT - 100, HEIGHT - 120, HEIGHT - 140])
        paper.drawString(62, HEIGHT - 115, "KOD TEXTER PRIS")
        paper.drawString(62, HEIGHT - 135, "A1")

    found = rows(read(drawn(page)))
    assert [[cell.text for cell in block.cells] for block in found] == [["KOD", "TEXTER", "PRIS"], ["A1", "", ""]]
