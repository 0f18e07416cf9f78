"""Each format of the annex: the whole request in the order of the documents, and what the format itself must keep."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.core.claims import Anchor
from app.core.errors import OutputError
from app.export.annex.content import annex_words
from app.export.annex.text import DROPPED, as_text, length
from app.workflow.annex import FORMATS, Spot, annex_of, doubts
from tests.support.annexes import DAY, SEVERAL, everything_in, pages_of, written
from tests.support.claims import claim, claim_set

IN_ORDER = [1, 2, 3, 4, 5]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub("[\u00ad\u200b\u0002\ufffe]", "", text))


def test_rows_follow_the_documents_and_keep_their_numbers() -> None:
    assert [row.number for row in annex_of(SEVERAL, "sv", DAY).rows] == IN_ORDER
    turned = replace(SEVERAL, files=SEVERAL.files[::-1])
    assert [row.number for row in annex_of(turned, "sv", DAY).rows] == [4, 5, 3, 1, 2]


def test_places_are_told_in_words() -> None:
    rows = annex_of(SEVERAL, "sv", DAY).rows
    assert [row.where for row in rows] == [
        "Prisbilaga.xlsx, bladet Pris, cell D8",
        "Prisbilaga.xlsx, bladet Pris, cellerna D9:D14; bladet Pris, cell E9",
        "Genomförande.docx, s. 7, alla ställen i filen där uppgiften står",
        "CV lösningsarkitekt.pdf, markerad text",
        "CV lösningsarkitekt.pdf, ruta på s. 2; hela sidan 3",
    ]
    english = annex_of(SEVERAL, "en", DAY).rows
    assert english[1].where == "Prisbilaga.xlsx, sheet Pris, cells D9:D14; sheet Pris, cell E9"


def test_a_place_that_was_found_in_the_file_is_added() -> None:
    rows = annex_of(SEVERAL, "sv", DAY, {(4, 0): Spot(page=4, section="2.3")}).rows
    assert {row.number: row.where for row in rows}[4] == "CV lösningsarkitekt.pdf, avsnitt 2.3, s. 4"
    assert [row.number for row in rows] == [1, 2, 3, 5, 4]


def test_what_has_no_page_is_told_by_the_heading_above_it_and_never_by_a_secret_in_that() -> None:
    under = Anchor("metod", quote="Lodlinjen", heading="Vår metod Lodlinjen\tTid")
    told = annex_of(claim_set(claim(anchors=(under,))), "sv", DAY).rows[0].where
    assert told == "Genomförande.docx, under rubriken ”Vår metod [uppgift 1]”"
    assert not [
        doubt for doubt in doubts(claim_set(claim(anchors=(under,))), annex_of(SEVERAL, "sv", DAY)) if "vague" in doubt.code
    ]
    paged = annex_of(claim_set(claim(anchors=(replace(under, page=4),))), "en", DAY).rows[0].where
    assert paged == "Genomförande.docx, p. 4"
    found = annex_of(claim_set(), "en", DAY, {(1, 0): Spot(section="Method")}).rows[0].where
    assert found == "Prisbilaga.xlsx, under the heading “Method”, sheet Pris, cell D8"


def test_a_time_that_is_no_length_is_told_as_it_was_written() -> None:
    rows = annex_of(claim_set(claim(duration="till och med 2028")), "sv", DAY).rows
    assert rows[0].duration == "till och med 2028"
    assert (
        annex_of(claim_set(claim(duration="så länge 1 285 gäller")), "sv", DAY).rows[0].duration == "så länge [uppgift 1] gäller"
    )
    assert annex_of(claim_set(claim(duration=" ")), "sv", DAY).rows[0].duration == "Anges inte"


def test_two_files_of_one_name_are_told_by_their_paths() -> None:
    files = (*SEVERAL.files[:2], replace(SEVERAL.files[2], path="bid/Prisbilaga.xlsx"))
    names = {row.places[0].file for row in annex_of(replace(SEVERAL, files=files), "sv", DAY).rows}
    assert names == {"bid/Prisbilaga.xlsx", "Genomförande.docx"}


def test_durations_and_absent_fields_have_words() -> None:
    rows = {row.number: row for row in annex_of(SEVERAL, "sv", DAY).rows}
    assert rows[1].duration == "2 år från det att avtalet slöts"
    assert rows[3].duration == "10 år"
    assert rows[4].duration == "1 år och 6 månader"
    assert rows[5].duration == "Anges inte"
    assert rows[5].title == "Uppgifter i CV"
    assert rows[5].released == ""


def test_both_languages_have_the_same_words() -> None:
    swedish, english = annex_words("sv"), annex_words("en")
    for section in ("facts", "columns", "labels", "words", "dropped", "places", "sheets"):
        pairs = swedish.section(section), english.section(section)
        assert pairs[0].keys() == pairs[1].keys()
        for key, text in pairs[0].items():
            assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", pairs[1][key])), key


def test_every_part_that_may_be_dropped_has_a_word() -> None:
    assert annex_words("sv").section("dropped").keys() == set(DROPPED)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_says_all_of_it(form: str, language: str) -> None:
    text = squeezed(everything_in(written(form, SEVERAL, language)))
    annex = annex_of(SEVERAL, language, DAY)
    for _, value in annex.facts:
        assert value in text
    for row in annex.rows:
        for part in (row.ground, row.title.replace("&", "").split("<")[0].strip()):
            assert part.split(" ")[0] in text
        assert row.loss.split(" ")[0] in text
    assert annex.fingerprint in text


def test_the_annexes_language_is_not_that_of_the_interface() -> None:
    text = everything_in(written("docx", SEVERAL, "en"))
    assert "Request for secrecy" in text
    assert "Chapter 31, Section 16 OSL" in text
    assert "Begäran om sekretess" not in text


@pytest.mark.parametrize("form", FORMATS)
def test_an_annex_of_nothing_is_still_an_annex(form: str) -> None:
    assert written(form, replace(SEVERAL, claims=()))


# --- Word


def test_word_has_headings_real_tables_and_a_header_row_on_each_page() -> None:
    document = Document(BytesIO(written("docx")))
    styled = [(str(one.style and one.style.name), one.text) for one in document.paragraphs]
    headings = [(style, text) for style, text in styled if style.startswith(("Title", "Heading"))]
    assert headings == [
        ("Title", "Begäran om sekretess"),
        ("Heading 1", "Prövning och samråd"),
        ("Heading 1", "Uppgifter som begäran gäller"),
    ]
    table = document.tables[1]
    rows = table._tbl.findall(qn("w:tr"))
    assert rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    assert [row.cells[0].text for row in table.rows] == ["Nr", *map(str, IN_ORDER)]
    assert "Vem: De fyra andra konsultföretagen" in table.rows[1].cells[3].text
    assert [section.orientation for section in document.sections] == [0, 1]
    assert document.core_properties.author == "Norrsken Konsult AB"
    assert document.core_properties.language == "sv-SE"


# --- Excel


def test_the_name_of_a_file_fits_into_its_column_in_word() -> None:
    """A word without a blank is broken anywhere when it does not fit. Wide letters are 0.7 of their size on average."""
    table = Document(BytesIO(written("docx", SEVERAL))).tables[-1]
    widths = [column.width.mm for column in table.columns if column.width is not None]
    assert len("Systemutvecklare.docx") * 0.7 * Pt(9.5).mm < widths[1] - 2 * 1.9
    assert sum(widths) == pytest.approx(257, abs=0.5)


def test_excel_has_a_row_for_each_claim_and_no_formula() -> None:
    book = load_workbook(BytesIO(written("xlsx")))
    sheet = book["Begäran"]
    header = [cell.value for cell in sheet[2]]
    assert header[:4] == ["Nr", "Fil", "Sida, avsnitt eller cell", "Uppgift"]
    assert "Uppgiften" not in header
    assert [sheet.cell(row, 1).value for row in range(3, 8)] == IN_ORDER
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    formula = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=SUMMA(A1:A9)")
    assert formula.data_type == "s"
    assert formula.quotePrefix


def test_excel_has_a_column_for_the_secret_only_where_it_is_asked_for() -> None:
    asked = claim_set(claim(quote_in_annex=True), claim(number=2, anchors=(replace(claim().anchors[0], quote="ligger kvar"),)))
    sheet = load_workbook(BytesIO(written("xlsx", asked)))["Begäran"]
    column = [cell.value for cell in sheet[2]].index("Uppgiften") + 1
    assert [sheet.cell(row, column).value for row in (3, 4)] == ["1 285", None]


# --- JSON


def test_json_is_the_same_in_data() -> None:
    made = json.loads(written("json"))
    assert (made["format"], made["language"], made["date"]) == ("anbudsklar/annex-1", "sv-SE", "2031-04-12")
    assert [row["number"] for row in made["claims"]] == IN_ORDER
    assert made["claims"][1]["places"] == [
        {"file": "Prisbilaga.xlsx", "places": ["bladet Pris, cellerna D9:D14", "bladet Pris, cell E9"]}
    ]
    assert "quotes" not in made["claims"][0]
    assert "market" not in made["claims"][1]


# --- text for a portal's field


def test_a_text_that_fits_is_whole() -> None:
    annex = annex_of(SEVERAL, "sv", DAY)
    whole = as_text(annex)
    assert whole.dropped == ()
    assert as_text(annex, length(whole.text)) == whole


def test_a_text_that_does_not_fit_drops_what_can_be_spared_and_says_so() -> None:
    annex = annex_of(SEVERAL, "sv", DAY)
    whole = as_text(annex).text
    short = as_text(annex, length(whole) - 1)
    assert short.dropped == ("market",)
    assert "Marknad:" not in short.text
    assert "Förkortad för portalens fält: marknad står i bilagan som fil." in short.text
    assert length(short.text) < length(whole)
    assert short.text.count("Skada:") == 5


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_limit_is_kept_or_refused(language: str) -> None:
    annex = annex_of(SEVERAL, language, DAY)
    least = None
    for limit in range(length(as_text(annex).text), 200, -97):
        try:
            text = as_text(annex, limit)
        except OutputError as error:
            refused = error.finding()
            least = int(dict(refused.values)["least"])
            assert (refused.code, least > limit) == ("annex.too_long", True)
            continue
        assert least is None, "a shorter limit cannot be kept when a longer one cannot"
        assert length(text.text) <= limit
        assert all(row.loss in text.text and row.where in text.text for row in annex.rows)
    assert least is not None
    assert length(as_text(annex, least).text) == least


def test_a_portal_may_count_a_line_break_twice() -> None:
    assert length("ab\ncd") == 6


# --- texts that are not as they should be


@pytest.mark.parametrize("form", FORMATS)
def test_odd_characters_stop_no_format(form: str) -> None:
    odd = "a\x00b\x1fc\ud800d\uffffe 日本 😀 العربية \u202eomvänt "
    odd += '#let x = [*fet*] $x$ \\ "citat" <w:t> & {klammer}\n\nny rad\t\u200b'
    claims = claim_set(claim(used_by=odd, how=odd * 40, loss=odd, title=odd, market=odd, may_be_released=odd))
    tender = replace(claims.tender, name=odd, reference=odd)
    content = written(form, replace(claims, tender=tender, bidder=replace(claims.bidder, name=odd, signatory=odd, contact=odd)))
    text = everything_in(content)
    assert "\u202e" not in text.split("\n%PDF", maxsplit=1)[0] or form == "pdf"
    assert "*fet*" in squeezed(text) or form == "json"


def test_what_a_pdf_cannot_show_is_a_question_mark() -> None:
    (letter, table) = pages_of(written("pdf", claim_set(claim(loss="Vi förlorar 日本 och åäö ☐ → € till dem."))))
    assert "Vi förlorar ?? och åäö ☐ → € till dem." in squeezed(table)
    assert "Begäran om sekretess" in letter


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(), st.text(), st.text())
def test_any_words_can_be_written_in_every_format(one: str, two: str, three: str) -> None:
    claims = claim_set(claim(used_by=one, loss=two, title=three, may_be_released=one))
    for form in FORMATS:
        assert written(form, claims)
