"""Masked copies of Word files."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document

from app.core.document import Box
from app.core.errors import CorruptFileError, MaskingError
from tests.support.hiding.words import bid_docx
from tests.support.leaks import leaks
from tests.support.masks import mark, masked
from tests.support.words import form_field, p, r, runs, tbl, tc, tr, word_file

SECRET = "Nordvik Kraftverk"


def body(data: bytes) -> str:
    return ZipFile(BytesIO(data)).read("word/document.xml").decode()


def paragraphs(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(data)).paragraphs]


def copied(inner: str, *marks: Any, **more: Any) -> Any:
    return masked("docx", word_file(inner), *marks, **more)


def test_text_in_several_runs_is_replaced_by_one_mask_on_grey() -> None:
    copy = masked("docx", bid_docx(SECRET), mark(SECRET))
    assert "Vi anger [█ 1 █] för hela perioden." in paragraphs(copy.data)
    assert copy.places == 1
    assert body(copy.data).count('w:fill="D9D9D9"') == 1


def test_the_mask_is_as_long_for_any_text() -> None:
    for secret in ("Ek", SECRET, SECRET * 4):
        assert "[█ 3 █]" in paragraphs(copied(p(f"Vi anger {secret} här"), mark(secret, 3, prefix="anger ")).data)[0]


def test_tables_within_tables_and_text_boxes_are_reached() -> None:
    inner = tbl(tr(tc(tbl(tr(tc(p(f"Kund: {SECRET}")))) + p())))
    box = (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>'
        f"{p('Ruta: Zephyrmetoden')}</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>"
        f"{p('Ruta: Zephyrmetoden')}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r>"
        f"<w:t>Efter rutan</w:t></w:r></w:p>"
    )
    copy = copied(inner + box, mark(SECRET, 1), mark("Zephyrmetoden", 2))
    assert leaks(copy.data, SECRET) == leaks(copy.data, "Zephyrmetoden") == []
    assert body(copy.data).count("[█ 2 █]") == 2
    assert "Efter rutan" in body(copy.data)


def test_a_claim_across_cells_has_a_mask_in_each() -> None:
    copy = copied(tbl(tr("Arkitekt", "1 165 kr"), tr("Testare", "990 kr")), mark("Arkitekt 1 165 kr"))
    assert [[cell.text for cell in row.cells] for row in Document(BytesIO(copy.data)).tables[0].rows] == [
        ["[█ 1 █]", "[█ 1 █]"],
        ["Testare", "990 kr"],
    ]


def test_overlapping_claims_share_their_mask() -> None:
    copy = copied(p(f"Vi anger {SECRET} AB här"), mark(SECRET, 1), mark("Kraftverk AB", 2))
    assert paragraphs(copy.data) == ["Vi anger [█ 1, 2 █] här"]


def test_soft_hyphens_and_odd_blanks_do_not_hide_a_text() -> None:
    copy = copied(runs(r("Vi anger Nord\u00advik\u00a0"), r("Kraft"), "<w:r><w:softHyphen/></w:r>", r("verk")), mark(SECRET))
    assert leaks(copy.data, SECRET) == []


def test_the_result_and_the_code_of_a_field_are_both_masked() -> None:
    copy = copied(runs(form_field(f'HYPERLINK "http://{SECRET}.se"', "", SECRET)), mark(SECRET))
    assert leaks(copy.data, SECRET) == []


def test_the_same_text_printed_openly_elsewhere_stops_the_copy() -> None:
    inner = p(f"Vi anger {SECRET} här") + p(f"Enligt {SECRET} gäller")
    with pytest.raises(MaskingError) as error:
        copied(inner, mark(SECRET, prefix="Vi anger "))
    assert error.value.code_used == "mask.elsewhere_text"
    assert copied(inner, mark(SECRET, all_occurrences=True)).places == 2
    left = copied(inner, mark(SECRET, prefix="Vi anger "), left=frozenset({1}))
    assert paragraphs(left.data) == ["Vi anger [█ 1 █] här", f"Enligt {SECRET} gäller"]


def test_two_places_without_anything_to_tell_them_apart_are_an_error() -> None:
    with pytest.raises(MaskingError, match=r"mask\.ambiguous"):
        copied(p(f"Vi anger {SECRET}") * 2, mark(SECRET))


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ({"quote": "finns inte"}, "mask.not_found"),
        ({"page": 1, "box": Box(1, 1, 5, 5)}, "mask.only_text"),
        ({"page": 1}, "mask.only_text"),
        ({}, "mask.only_text"),
    ],
)
def test_what_is_not_certain_is_an_error(place: dict[str, Any], expected: str) -> None:
    with pytest.raises(MaskingError) as error:
        copied(p(SECRET), mark(**place))
    assert error.value.code_used == expected


def test_text_that_only_stands_in_a_comment_can_be_marked() -> None:
    from tests.support.hiding.words import WORD_PLACES

    copy = masked("docx", WORD_PLACES["a comment"](bid_docx("öppet"), SECRET), mark(SECRET))
    assert leaks(copy.data, SECRET) == []


def test_what_is_no_word_file_is_broken() -> None:
    with pytest.raises(CorruptFileError):
        masked("docx", b"PK\x03\x04 trasig", mark(SECRET))


def test_everything_else_of_the_text_stays() -> None:
    data = bid_docx(SECRET)
    before, after = paragraphs(data), paragraphs(masked("docx", data, mark(SECRET)).data)
    assert [text.replace(SECRET, "[█ 1 █]") for text in before] == after


def symbol(code: int, font: str) -> str:
    return f'<w:r><w:sym w:font="{font}" w:char="{code:04X}"/></w:r>'


def test_all_occurrences_are_masked_also_where_a_symbol_parts_the_words_or_the_capitals_differ() -> None:
    parted = f"<w:p>{r('Vi byggde åt Nordvik')}{symbol(0xF0E0, 'Wingdings')}{r(' Kraftverk i fjol.')}</w:p>"
    inner = p(f"Kunden är {SECRET}.") + parted + p("NORDVIK KRAFTVERK och Nordvik Kraftverks ägare")
    copy = masked("docx", word_file(inner), mark(SECRET, all_occurrences=True))
    assert copy.places == 4
    assert "nordvik" not in body(copy.data).lower()


def test_a_secret_in_letters_of_a_picture_font_has_a_word_of_its_own() -> None:
    drawn = "".join(symbol(0xF000 + ord(sign), "Wingdings") for sign in SECRET)
    with pytest.raises(MaskingError) as caught:
        masked("docx", word_file(p(f"Kunden är {SECRET}.") + f"<w:p>{drawn}</w:p>"), mark(SECRET, all_occurrences=True))
    assert caught.value.code_used == "mask.in_symbols"
