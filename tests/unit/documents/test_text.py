"""Plain text and Markdown."""

from __future__ import annotations

import pytest

from app.core.document import BlockKind, Document, Flag
from app.core.errors import AnbudsklarError, CorruptFileError, EmptyFileError
from app.documents.reader import ReadRequest
from app.documents.text import decode, glue, read_text


def read(text: str | bytes) -> Document:
    data = text.encode() if isinstance(text, str) else text
    return read_text(ReadRequest("underlag.txt", data=data))


def shapes(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in document.blocks]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.kind is not BlockKind.FURNITURE]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "utf-32"])
def test_encodings(encoding: str) -> None:
    assert texts(read("Anbudsgivaren är skyldig att följa åtagandet.".encode(encoding))) == [
        "Anbudsgivaren är skyldig att följa åtagandet."
    ]


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(CorruptFileError):
        decode(bytes(range(256)) * 10, "a.txt")
    with pytest.raises(EmptyFileError):
        read(" \n\n ")


def test_wrapped_lines_are_one_paragraph_with_a_line_each() -> None:
    text = (
        "Anbudsgivaren ska lämna sitt anbud elektroniskt i systemet senast den dag som\n"
        "anges ovan. Anbud som kommer in för sent prövas inte, vilket följer av den lag\n"
        "som gäller.\n\nNytt stycke.\n"
    )
    first, second = read(text).blocks
    assert first.text.endswith(
        "senast den dag som anges ovan. Anbud som kommer in för sent prövas inte, vilket följer av den lag som gäller."
    )
    assert [first.text[line.start :].split()[0] for line in first.lines] == ["Anbudsgivaren", "anges", "som"]
    assert second.text == "Nytt stycke."


def test_blank_at_the_end_tells_a_wrapped_line_from_a_finished_one() -> None:
    body = "Leverantören ska under hela avtalstiden ha de försäkringar som krävs för att bedriva \nverksamheten.\n"
    text = body * 6 + "Har ni försäkringar enligt ovan? \nFritext\nDel A\n"
    assert texts(read(text))[-3:] == ["Har ni försäkringar enligt ovan?", "Fritext", "Del A"]
    assert len(texts(read(text))) == 9


def test_markdown() -> None:
    text = "# Underlag\n\n## 2 Krav\n\nText om kraven.\n\n- ett\n- två\n  fortsätter här\n\n| Krav | Svar |\n|---|---|\n| A | |\n"
    document = read(text)
    assert shapes(document) == [
        ("heading", "Underlag"),
        ("heading", "2 Krav"),
        ("paragraph", "Text om kraven."),
        ("list_item", "- ett"),
        ("list_item", "- två fortsätter här"),
        ("table_row", "Krav\tSvar"),
        ("table_row", "A\t"),
    ]
    assert [block.level for block in document.blocks[:2]] == [1, 2]
    assert Flag.HEADER_ROW in document.blocks[5].flags
    assert document.line_count() == 9


def test_underlined_headings() -> None:
    document = read("Krav\n====\n\nPriser\n------\nText.\n")
    assert [(block.text, block.level) for block in document.blocks[:2]] == [("Krav", 1), ("Priser", 2)]


def test_numbered_headings_clauses_and_figures() -> None:
    text = (
        "1. Allmänt\n1.1 Syfte\n\nTakvärdet är\n\n"
        "1.2 Leverantören ska svara på alla frågor i detta dokument.\n\n2.5 kr per styck\n"
    )
    document = read(text)
    assert shapes(document) == [
        ("heading", "1. Allmänt"),
        ("heading", "1.1 Syfte"),
        ("paragraph", "Takvärdet är"),
        ("list_item", "1.2 Leverantören ska svara på alla frågor i detta dokument."),
        ("paragraph", "2.5 kr per styck"),
    ]


def test_list_items_wrapped_and_marked_in_many_ways() -> None:
    text = (
        "a) intyg som visar att leverantören har betalat skatter och avgifter enligt den lag\n   som gäller\n"
        "b) årsredovisning\n(1) ett\n• två\n– tre\n"
    )
    assert texts(read(text)) == [
        "a) intyg som visar att leverantören har betalat skatter och avgifter enligt den lag som gäller",
        "b) årsredovisning",
        "(1) ett",
        "• två",
        "– tre",
    ]


def test_marks_printed_behind_their_items_stand_first() -> None:
    text = (
        "Bifoga:\nCV för konsulten•\nIntyg om försäkring för hela den tid som\navtalet gäller\n•\nÖvrigt•\n"
        "Kvalificering 1. \nUtvärdering 2. \n"
    )
    document = read(text)
    assert texts(document) == [
        "Bifoga:",
        "• CV för konsulten",
        "• Intyg om försäkring för hela den tid som avtalet gäller",
        "• Övrigt",
        "1. Kvalificering",
        "2. Utvärdering",
    ]
    assert document.line_count() == 8


def test_form_lines_and_answer_types_are_blocks_of_their_own() -> None:
    text = (
        "Uppgifter om leverantören\nNamn: ____________\nOrg.nr: ____________\n☐ Ja ☐ Nej\n"
        "Accepteras villkoren\nJa/Nej. Ja krävs\n"
    )
    assert texts(read(text))[-5:] == [
        "Namn: ____________",
        "Org.nr: ____________",
        "☐ Ja ☐ Nej",
        "Accepteras villkoren",
        "Ja/Nej. Ja krävs",
    ]


def test_contents_are_flagged() -> None:
    document = read("Innehåll\n1 Allmänt ........ 3\n2 Krav ........ 14\n\nText.\n")
    assert [Flag.CONTENTS in block.flags for block in document.blocks] == [False, True, True, False]


def test_page_feet_give_pages_and_are_furniture() -> None:
    page = "{}\nUpphandling av möbler\nSida {}/4\n\n"
    document = read("".join(page.format(text, n) for n, text in enumerate(["Ett här.", "Två här.", "Tre här.", "Fyra."], 1)))
    assert [(b.text, b.place.page) for b in document.blocks if b.kind is not BlockKind.FURNITURE] == [
        ("Ett här.", 1),
        ("Två här.", 2),
        ("Tre här.", 3),
        ("Fyra.", 4),
    ]
    assert sum(block.kind is BlockKind.FURNITURE for block in document.blocks) == 8
    assert document.pages == 4


def test_form_feeds_and_page_marks() -> None:
    assert [b.place.page for b in read("Ett.\fTvå.\fTre.").blocks] == [1, 2, 3]
    marked = read("[page 1]\nEtt.\n\n[page 2]\nTvå.\n")
    assert [(b.text, b.place.page) for b in marked.blocks if b.kind is BlockKind.PARAGRAPH] == [("Ett.", 1), ("Två.", 2)]


def test_paragraph_goes_on_over_a_page_break() -> None:
    page = "Leverantören ska lämna en beskrivning av hur arbetet med miljö bedrivs i hela den\n{}\nSida {}/3\n\n"
    text = page.format("verksamhet som omfattas av avtalet samt bifoga de intyg som visar detta tydligt i", 1)
    text += "anbudet.\nSida 2/3\n\nSlut.\nSida 3/3\n"
    first = read(text).blocks[0]
    assert first.text.endswith("tydligt i anbudet.")
    assert [line.page for line in first.lines] == [1, 1, 2]


@pytest.mark.parametrize(
    ("text", "piece", "expected"),
    [
        ("en anbuds-", "givare", "en anbudsgivare"),
        ("alla IT-", "konsulter", "alla IT-konsulter"),
        ("per e-", "post", "per e-post"),
        ("den 2025-", "08-19", "den 2025-08-19"),
        ("alla ska-", "och börkrav", "alla ska- och börkrav"),
        ("pris -", "kvalitet", "pris - kvalitet"),
    ],
)
def test_hyphens_at_line_ends(text: str, piece: str, expected: str) -> None:
    assert glue(text, piece)[0] == expected


def test_tabs_in_neighbouring_lines_are_columns() -> None:
    rows = read("Roll\tPris\nArkitekt\t\nUtvecklare\t900\n").blocks
    assert [(row.kind, [cell.text for cell in row.cells]) for row in rows] == [
        (BlockKind.TABLE_ROW, ["Roll", "Pris"]),
        (BlockKind.TABLE_ROW, ["Arkitekt", ""]),
        (BlockKind.TABLE_ROW, ["Utvecklare", "900"]),
    ]


@pytest.mark.parametrize(
    "text", ["-", "\t", "|", "||\n||", "#", "# ", "===", "a\n===\n===", "•", "•\n•", "1.\n2.", "[page 99999]", "\f\f", "```"]
)
def test_odd_texts_are_read_or_refused(text: str) -> None:
    try:
        document = read(text)
    except AnbudsklarError:
        return
    for block in document.blocks:
        assert all(0 <= line.start <= len(block.text) for line in block.lines)


def test_every_line_of_the_source_is_accounted_for() -> None:
    text = "# Rubrik\nText\n- punkt\n\n| a | b |\n|---|---|\n| c | d |\n----\nNamn: ____\n"
    assert read(text).line_count() == sum(1 for line in text.split("\n") if line.strip())
