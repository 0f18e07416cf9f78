"""Numbers as Word shows them."""

from __future__ import annotations

import pytest

from app.core.document import BlockKind, Document
from app.documents.docx.numbering import formatted
from tests.support.words import level, listed, p, part, read, tbl, tc, tr


def numbers(document: Document) -> list[str | None]:
    return [block.number for block in document.blocks]


def numbering(*definitions: str, lists: str) -> dict[str, str]:
    abstract = "".join(f'<w:abstractNum w:abstractNumId="{i}">{inner}</w:abstractNum>' for i, inner in enumerate(definitions))
    return {"word/numbering.xml": part("numbering", abstract + lists)}


def num(number: int, abstract: int, change: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{change}</w:num>'


TREE = level(0, "%1") + level(1, "%1.%2") + level(2, "%1.%2.%3")


def test_levels_count_and_begin_again_below_a_new_parent() -> None:
    body = listed("A", 1) + listed("B", 1, 1) + listed("C", 1, 1) + listed("D", 1, 2) + listed("E", 1) + listed("F", 1, 1)
    document = read(body, numbering(TREE, lists=num(1, 0)))
    assert numbers(document) == ["1", "1.1", "1.2", "1.2.1", "2", "2.1"]
    assert {block.kind for block in document.blocks} == {BlockKind.LIST_ITEM}
    assert [block.text for block in document.blocks] == list("ABCDEF")


def test_lists_of_one_definition_share_their_counter_until_one_has_its_own_start() -> None:
    change = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = listed("A", 1) + listed("B", 2) + listed("C", 3) + listed("D", 3)
    assert numbers(read(body, numbering(level(0, "%1."), lists=num(1, 0) + num(2, 0) + num(3, 0, change)))) == [
        "1.",
        "2.",
        "1.",
        "2.",
    ]


def test_level_override_prints_otherwise() -> None:
    change = f'<w:lvlOverride w:ilvl="0">{level(0, "Krav %1", "decimalZero", 5)}</w:lvlOverride>'
    assert numbers(read(listed("A", 1) + listed("B", 1), numbering(level(0, "%1."), lists=num(1, 0, change)))) == [
        "Krav 05",
        "Krav 06",
    ]


def test_legal_numbering_turns_roman_parents_into_figures() -> None:
    levels = level(0, "%1", "upperRoman") + level(1, "%1.%2", more="<w:isLgl/>")
    assert numbers(read(listed("A", 1) + listed("B", 1, 1), numbering(levels, lists=num(1, 0)))) == ["I", "1.1"]


def test_level_that_never_restarts_counts_on() -> None:
    levels = level(0, "%1") + level(1, "K%2", more='<w:lvlRestart w:val="0"/>')
    body = listed("A", 1) + listed("B", 1, 1) + listed("C", 1) + listed("D", 1, 1)
    assert numbers(read(body, numbering(levels, lists=num(1, 0)))) == ["1", "K1", "2", "K2"]


def test_numbering_style_stands_for_another_list() -> None:
    styles = (
        '<w:style w:type="numbering" w:styleId="Krav"><w:name w:val="Krav"/>'
        '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    parts = numbering('<w:numStyleLink w:val="Krav"/>', level(0, "%1)", "lowerLetter"), lists=num(1, 0) + num(2, 1))
    assert numbers(read(listed("A", 1) + listed("B", 1), parts | {"word/styles.xml": part("styles", styles)})) == ["a)", "b)"]


def test_headings_take_number_and_level_from_inherited_styles() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Rubrik1"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Rubrik2"><w:name w:val="heading 2"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Egen"><w:name w:val="Egen"/><w:basedOn w:val="Rubrik2"/></w:style>'
    )
    body = p("Allmänt", '<w:pStyle w:val="Rubrik1"/>') + p("Syfte", '<w:pStyle w:val="Egen"/>')
    body += p("Utan nummer", '<w:pStyle w:val="Rubrik1"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    document = read(body, numbering(TREE, lists=num(1, 0)) | {"word/styles.xml": part("styles", styles)})
    assert [(b.kind, b.level, b.number) for b in document.blocks] == [
        (BlockKind.HEADING, 1, "1"),
        (BlockKind.HEADING, 2, "1.1"),
        (BlockKind.HEADING, 1, None),
    ]


def test_level_of_a_style_is_found_in_the_list() -> None:
    own = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = f'<w:style w:type="paragraph" w:styleId="U"><w:name w:val="U"/>{own}</w:style>'
    parts = numbering(level(0, "%1") + level(1, "%1.%2", more='<w:pStyle w:val="U"/>'), lists=num(1, 0))
    body = listed("A", 1) + p("B", '<w:pStyle w:val="U"/>')
    assert numbers(read(body, parts | {"word/styles.xml": part("styles", styles)})) == ["1", "1.1"]


def test_bullet_has_no_number_and_a_box_as_bullet_is_a_box() -> None:
    parts = numbering(level(0, "\uf0b7", "bullet"), level(0, "\uf0a8", "bullet"), lists=num(1, 0) + num(2, 1))
    document = read(listed("Punkt", 1) + listed("Bocka i", 2), parts)
    assert [(b.number, b.text) for b in document.blocks] == [(None, "Punkt"), (None, "☐ Bocka i")]


def test_automatic_number_is_the_text_of_an_id_cell() -> None:
    body = tbl(tr(tc(listed("", 1)), "Systemet ska logga."), tr(tc(listed("", 1)), "Systemet ska larma."))
    document = read(body, numbering(level(0, "FR-%1"), lists=num(1, 0)))
    assert [block.cells[0].text for block in document.blocks] == ["FR-1", "FR-2"]


def test_deleted_paragraph_does_not_count() -> None:
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr></w:pPr>'
        '<w:del w:id="2" w:author="x"><w:r><w:delText>Borta</w:delText></w:r></w:del></w:p>'
    )
    document = read(listed("A", 1) + gone + listed("B", 1), numbering(level(0, "%1."), lists=num(1, 0)))
    assert [(b.number, b.text) for b in document.blocks] == [("1.", "A"), ("2.", "B")]


@pytest.mark.parametrize(
    ("number", "kind", "expected"),
    [
        (27, "lowerLetter", "aa"),
        (53, "upperLetter", "AAA"),
        (1994, "lowerRoman", "mcmxciv"),
        (4, "upperRoman", "IV"),
        (7, "decimalZero", "07"),
        (3, "chineseCounting", "3"),
        (0, "lowerRoman", "0"),
    ],
)
def test_formats(number: int, kind: str, expected: str) -> None:
    assert formatted(number, kind) == expected
