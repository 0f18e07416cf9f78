"""What stands at the edge of pages: headers and page numbers are furniture, rows of tables and forms there are not."""

from __future__ import annotations

import pytest

from app.core.document import BlockKind, Document
from tests.support.pdfs import body, drawn, read, set_in, table, texts

PAGES = 6


def furniture(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.kind is BlockKind.FURNITURE]


def test_numbered_rows_at_the_head_of_each_page_are_the_tables_own() -> None:
    rows = [[str(number), f"Tjänsten ska klara fall {number} utan avbrott.", "Ska"] for number in range(1, 120)]
    document = read(set_in(table([["Nr", "Krav", "Typ"], *rows], [40, 340, 60])))
    words = " ".join(block.text for block in body(document))
    assert [number for number in range(1, 120) if f"fall {number} utan" not in words] == []
    assert set(furniture(document)) <= {"Nr\tKrav\tTyp"}, "the table's head, where it comes again"


def test_numbers_in_the_middle_of_high_rows_are_the_tables_own() -> None:
    pages = [
        texts(
            *((60, 60 + 80 * row, str(page * 9 + row + 1)) for row in range(9)),
            *((120, 50 + 80 * row, "Krav") for row in range(9)),
        )
        for page in range(PAGES)
    ]
    assert not [text for text in furniture(read(drawn(*pages))) if text.isdigit()]


@pytest.mark.parametrize("first", [1, 0, 12])
def test_bare_page_numbers_count_on_with_the_pages(first: int) -> None:
    pages = [texts((60, 300, f"Anbudsgivaren ska leverera del {page}."), (290, 815, str(page + first))) for page in range(PAGES)]
    assert furniture(read(drawn(*pages))) == [str(page + first) for page in range(PAGES)]


def test_the_same_words_at_each_question_are_no_header() -> None:
    def form(page: int) -> list[tuple[float, float, str]]:
        lines: list[tuple[float, float, str]] = []
        for box in range(8):
            lines.append((60, 40 + 95 * box, f"{page}.{box} Hur sköts uppgift {page * 8 + box} hos er?"))
            lines.append((60, 60 + 95 * box, "Fritext"))
        return lines

    document = read(drawn(*(texts(*form(page)) for page in range(1, PAGES + 1))))
    assert furniture(document) == []
    words = " ".join(block.text for block in body(document))
    assert words.count("Fritext") == 8 * PAGES


def test_a_header_whose_words_the_text_names_once_stays_a_header() -> None:
    pages = [
        texts(
            (60, 40, "Norrby kommun"),
            (60, 300, f"Del {page} av uppdraget ska utföras av"),
            (60, 330, "Norrby kommun" if page == 2 else "oss"),
        )
        for page in range(PAGES)
    ]
    assert furniture(read(drawn(*pages))) == ["Norrby kommun"] * PAGES
