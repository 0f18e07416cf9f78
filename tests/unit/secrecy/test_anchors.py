"""An anchor is made from a mark and finds it again, or says what became of it."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from app.core.claims import Anchor, AnchorState
from app.core.document import Block, BlockKind, Box, Cell, Document, DocumentKind, Flag, Line, Place
from app.documents import read
from app.documents.reader import ReadRequest
from app.secrecy.anchors import CONTEXT, Finder, anchor_of, find
from app.secrecy.flow import Span
from tests.support.pdfs import read as read_pdf
from tests.support.pdfs import set_in

FOUND, MOVED, CHANGED, LOST = AnchorState.FOUND, AnchorState.MOVED, AnchorState.CHANGED, AnchorState.LOST


def text(*paragraphs: str) -> Document:
    return Document("a.docx", DocumentKind.DOCX, "", tuple(Block(BlockKind.PARAGRAPH, one) for one in paragraphs))


def mark(document: Document, quote: str, number: int = 0) -> Anchor:
    """The anchor of the quote where it stands for the numberth time in the document's blocks."""
    places = [
        Span(index, at, at + len(quote))
        for index, block in enumerate(document.blocks)
        for at in range(len(block.text))
        if block.text.startswith(quote, at)
    ]
    return anchor_of(document, "1", [places[number]])


def sheet(*rows: tuple[object, ...], name: str = "Pris", more: tuple[str, ...] = ()) -> Document:
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for other in more:
        book.create_sheet(other)["A1"] = "Annat"
    made = book.create_sheet(name)
    for row in rows:
        made.append(row)
    target = BytesIO()
    book.save(target)
    return read(ReadRequest("p.xlsx", data=target.getvalue()))


PRICES = (("Roll", "Timpris"), ("Chef", 1285), ("Arkitekt", 1140), ("Testare", 990), ("Utbildare", 1285))


def test_in_an_unchanged_file_a_mark_is_told_by_its_number_as_by_its_words() -> None:
    rows = [f"Roll {number % 3}: timpriset är 1 285 kr enligt tabell {number % 2}." for number in range(40)]
    document = replace(text(*rows), sha256="ab" * 32)
    finder = Finder(document)
    for number in range(40):
        anchor = mark(document, "1 285 kr", number)
        by_words = finder.find(anchor)
        by_number = finder.find(anchor, document.sha256)
        assert (by_number.state, by_number.places[0].spans[0].block) == (FOUND, number)
        assert (by_number.text, by_number.places) == (by_words.text, by_words.places)


def test_a_number_that_does_not_fit_the_words_around_it_is_not_believed() -> None:
    document = replace(text("Chefen kostar 900 kr.", "Testaren kostar 900 kr."), sha256="ab" * 32)
    anchor = replace(mark(document, "900 kr", 0), order=2)
    found = Finder(document).find(anchor, document.sha256)
    assert found.places[0].spans[0].block == 0, "the neighbours know better"
    counted = replace(mark(document, "900 kr", 1), count=3)
    assert Finder(document).find(counted, document.sha256).places[0].spans[0].block == 1


def test_a_range_that_grows_does_not_reach_for_a_value_it_has_by_chance() -> None:
    anchor = Finder(sheet(*PRICES)).of_cells("1", "Pris", "B2:B4")
    grown = sheet(("Roll", "Timpris"), ("Chef", 1285), ("Ny", 700), *PRICES[2:])
    found = find(grown, anchor)
    assert (found.state, found.places[0].cells) == (CHANGED, "B2:B5")


def test_an_amount_whose_row_is_gone_is_not_the_head_of_its_column() -> None:
    anchor = Finder(sheet(*PRICES)).of_cells("1", "Pris", "B2")
    assert find(sheet(PRICES[0], *PRICES[2:]), anchor).state is LOST


def test_an_anchor_keeps_the_exact_words_and_at_most_sixty_characters_around_them() -> None:
    document = text("Först kommer detta. " * 5 + "Priset är 1 285 kr." + " Sedan kommer detta." * 5)
    anchor = mark(document, "1 285")
    assert anchor.quote == "1 285"
    assert anchor.prefix is not None
    assert anchor.prefix.endswith("Priset är")
    assert anchor.suffix is not None
    assert anchor.suffix.startswith("kr. Sedan")
    assert max(len(anchor.prefix), len(anchor.suffix)) <= CONTEXT


def test_an_unchanged_document_has_every_mark_where_it_was() -> None:
    document = text("Vi mäter allt.", "Priset är 1 285 kr.", "Vi loggar allt.")
    for quote in ("Vi mäter allt.", "1 285", "allt"):
        found = find(document, mark(document, quote))
        assert (found.state, found.text) == (FOUND, quote)


def test_of_equal_quotes_the_surroundings_decide() -> None:
    document = text("Alva kostar 900 kr.", "Kaisa kostar 900 kr.", "Tuva kostar 900 kr.")
    for number in range(3):
        found = find(document, mark(document, "900", number))
        assert found.places[0].spans[0].block == number


def test_of_equal_quotes_in_equal_surroundings_the_number_among_them_decides() -> None:
    document = text(*["Pris 900 kr per dag."] * 5)
    for number in range(5):
        anchor = mark(document, "900", number)
        assert (anchor.order, anchor.count) == (number + 1, 5)
        assert find(document, replace(anchor, prefix="Pris", suffix="kr per dag.")).places[0].spans[0].block == number


def test_all_occurrences_are_every_place_and_never_a_part_of_a_longer_number() -> None:
    document = text("Pris 285 kr.", "Rum 1 285 och 2850.", "Åter 285.")
    found = find(document, replace(mark(document, "285"), all_occurrences=True))
    assert [place.spans[0].block for place in found.places][:1] == [0]
    assert 2 in [place.spans[0].block for place in found.places]


def test_another_number_in_the_same_words_is_a_change_and_shows_the_new_one() -> None:
    before, after = text("Vårt timpris är 1 285 kronor för alla."), text("Vårt timpris är 1 310 kronor för alla.")
    found = find(after, mark(before, "1 285"))
    assert (found.state, found.text) == (CHANGED, "1 310")


def test_a_passage_that_was_taken_out_is_lost_though_one_like_it_stands_elsewhere() -> None:
    before = text("Konsulten Alva kostar 1 285 kr.", "Mellan dem står detta.", "Konsulten Tuva kostar 990 kr.", "Sist.")
    after = text("Mellan dem står detta.", "Konsulten Tuva kostar 990 kr.", "Sist.")
    assert find(after, mark(before, "Konsulten Alva kostar 1 285 kr.")).state is LOST
    assert find(after, mark(before, "1 285")).state is LOST


def test_a_name_that_went_on_after_a_hyphen_has_changed() -> None:
    before, after = text("Ansvarig är Sixten Rådström hos oss."), text("Ansvarig är Sixten Rådström-Lod hos oss.")
    found = find(after, mark(before, "Sixten Rådström"))
    assert (found.state, found.text) == (CHANGED, "Sixten Rådström-Lod")


def test_a_sign_before_a_number_is_a_change() -> None:
    before, after = text("Avvikelsen var 25 enheter i fjol."), text("Avvikelsen var −25 enheter i fjol.")
    found = find(after, mark(before, "25"))
    assert (found.state, found.text) == (CHANGED, "−25")


@pytest.mark.parametrize(
    "spelled",
    [
        lambda text: normalize("NFD", text),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("fi", "ﬁ"),
        lambda text: text.replace("konfi", "kon\u00adfi"),
        lambda text: text.replace("detalj", "de-\ntalj"),
        lambda text: "\u202b" + text + "\u202c",
    ],
    ids=["accents apart", "hard spaces", "ligatures", "soft hyphens", "line-end hyphens", "direction marks"],
)
def test_other_ways_to_write_the_same_words_are_the_same(spelled: object) -> None:
    passage = "Vår konfidentiella lösning är beskriven i detalj här på åtta sidor."
    before = text("Före står detta.", passage, "Efter står detta.")
    after = text("Före står detta.", spelled(passage), "Efter står detta.")  # type: ignore[operator]
    assert find(after, mark(before, passage)).state is FOUND


def test_right_to_left_text_is_found() -> None:
    passage = "המחיר לשעה הוא סודי"
    before, after = text("Pris:", passage, "Slut"), text("Nytt.", "Pris:", f"\u2067{passage}\u2069", "Slut")
    assert find(after, mark(before, passage)).state is FOUND


def test_a_mark_inside_a_word_is_found_in_that_word_only() -> None:
    document = text("Metoden Lodlinjen2027 och ordet linjen.")
    anchor = anchor_of(document, "1", [Span(0, 11, 17)])
    found = find(document, anchor)
    assert found.text == "linjen"
    assert found.places[0].spans[0].start == 11


def test_a_passage_over_a_page_break_is_one_although_a_footer_stands_between() -> None:
    blocks = (
        Block(BlockKind.PARAGRAPH, "Vi mäter varje vecka och för in", lines=(Line(0, 1, Box(10, 700, 90, 710)),), place=Place(1)),
        Block(BlockKind.FURNITURE, "Sida 1", place=Place(1)),
        Block(BlockKind.PARAGRAPH, "resultatet i en gemensam logg.", lines=(Line(0, 2, Box(10, 50, 90, 60)),), place=Place(2)),
    )
    document = Document("a.pdf", DocumentKind.PDF, "", blocks, 2)
    anchor = anchor_of(document, "1", [Span(0, 3, 31), Span(2, 0, 30)])
    found = find(document, anchor)
    assert found.state is FOUND
    assert [place.page for place in found.places[0].places] == [1, 2]


def test_a_passage_on_another_page_has_moved() -> None:
    prose = [f"Stycke {number} handlar om något helt annat och är ganska långt." for number in range(90)]
    secret = "Vår hemliga metod består av tre steg som ingen annan känner till."
    before, after = read_pdf(set_in(secret, *prose)), read_pdf(set_in(*prose, secret))
    assert find(before, mark(before, secret)).state is FOUND
    found = find(after, mark(before, secret))
    assert found.state is MOVED
    assert found.places[0].page == after.pages


def test_a_cell_follows_rows_columns_and_sheets() -> None:
    before = sheet(*PRICES)
    anchor = Finder(before).of_cells("1", "Pris", "B3")
    assert (anchor.quote, anchor.cells, anchor.heading) == ("1140", "B3", "Pris\tTimpris")
    rows = sheet(("Ny rad",), *PRICES, more=("Först",))
    assert (find(rows, anchor).state, find(rows, anchor).places[0].cells) == (MOVED, "B4")
    columns = sheet(*((row[0], "x", *row[1:]) for row in PRICES))
    assert (find(columns, anchor).state, find(columns, anchor).places[0].cells) == (MOVED, "C3")


def test_another_price_in_the_cell_of_the_same_row_is_a_change() -> None:
    anchor = Finder(sheet(*PRICES)).of_cells("1", "Pris", "B3")
    edited = [(role, 1310 if role == "Arkitekt" else price) for role, price in PRICES]
    found = find(sheet(("Ny rad",), *edited), anchor)
    assert (found.state, found.text, found.places[0].cells) == (CHANGED, "1310", "B4")


def test_an_emptied_cell_is_lost() -> None:
    anchor = Finder(sheet(*PRICES)).of_cells("1", "Pris", "B2")
    edited = [(role, None if role == "Chef" else price) for role, price in PRICES]
    assert find(sheet(*edited), anchor).state is LOST


def test_a_range_follows_its_cells_and_grows_with_a_row_inside() -> None:
    anchor = Finder(sheet(*PRICES)).of_cells("1", "Pris", "B2:B5")
    assert anchor.quote == "1285\n1140\n990\n1285"
    assert find(sheet(*PRICES), anchor).state is FOUND
    moved = find(sheet(("Ny",), ("Ny",), *PRICES), anchor)
    assert (moved.state, moved.places[0].cells) == (MOVED, "B4:B7")
    grown = find(sheet(*PRICES[:3], ("Ny", 1455), *PRICES[3:]), anchor)
    assert (grown.state, grown.places[0].cells) == (CHANGED, "B2:B6")
    assert grown.text == "1285\n1140\n1455\n990\n1285"
    assert find(sheet(("Annat", "Blad"), ("helt", "tomt")), anchor).state is LOST


def test_a_range_of_empty_cells_is_sure_only_in_an_unchanged_file() -> None:
    document = sheet(*PRICES)
    anchor = Finder(document).of_cells("1", "Pris", "D2:E3")
    assert anchor.quote is None
    assert find(document, anchor, document.sha256).state is FOUND
    assert find(sheet(*PRICES, ("Ny", 1)), anchor, document.sha256).state is CHANGED
    assert find(sheet(*PRICES, name="Annat"), anchor, document.sha256).state is LOST


def test_cells_need_a_range() -> None:
    with pytest.raises(ValueError, match="no range"):
        Finder(sheet(*PRICES)).of_cells("1", "Pris", "Timpris")
    with pytest.raises(ValueError, match="nothing marked"):
        anchor_of(text("a"), "1")


def test_a_page_is_known_by_its_first_and_last_words() -> None:
    pages = [
        ["Här börjar vår beskrivning av jouren och dess bemanning.", "Jouren slutar klockan åtta på morgonen varje dag."],
        ["Metoden bygger på tre steg, som alla mäts för sig.", "Sista steget är klart när kunden klarar sig själv."],
        ["Priserna gäller i två år från det att avtalet börjar.", "Index räknas upp en gång om året, i mars månad."],
    ]

    def pdf(*order: int) -> Document:
        blocks = tuple(
            Block(BlockKind.PARAGRAPH, one, Place(number), (Line(0, number, Box(0, 0, 9, 9)),))
            for number, page in enumerate(order, 1)
            for one in pages[page]
        )
        return Document("a.pdf", DocumentKind.PDF, str(order), blocks, len(order))

    anchor = anchor_of(pdf(0, 1, 2), "1", page=2)
    assert anchor.quote is None
    assert find(pdf(0, 1, 2), anchor).state is FOUND
    moved = find(pdf(0, 2, 1), anchor)
    assert (moved.state, moved.places[0].page) == (MOVED, 3)
    assert find(pdf(0, 2), anchor).state is LOST


def test_a_box_on_a_scanned_page_is_sure_only_in_an_unchanged_file() -> None:
    scan = Document("s.pdf", DocumentKind.PDF, "one", (), 2, unreadable_pages=(1, 2))
    anchor = anchor_of(scan, "1", page=2, box=Box(1, 2, 30, 40))
    found = find(scan, anchor, "one")
    assert (found.state, found.places[0].places) == (FOUND, (Place(2, Box(1, 2, 30, 40)),))
    assert find(replace(scan, sha256="two"), anchor, "one").state is CHANGED
    assert find(replace(scan, pages=1), anchor, "two").state is LOST


def page_of(*lines: tuple[str, float], page: int = 1, pages: int = 2) -> Document:
    """Lines of a page with how far down they stand."""
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, words, Place(page), (Line(0, page, Box(72, down, 300, down + 10)),)) for words, down in lines
    )
    return Document("a.pdf", DocumentKind.PDF, str((lines, page)), blocks, pages)


DRAWN = (("Så ser vår lösning ut", 80.0), ("Bilden visar tre delar", 300.0), ("Sista raden", 320.0))
BOX = Box(72, 100, 300, 290)


def test_a_box_among_the_same_words_is_found_though_the_file_has_changed() -> None:
    before = Finder(page_of(*DRAWN))
    anchor = before.of_page("1", 1, BOX)
    after = Finder(page_of(*DRAWN, ("Ny rad långt ner", 700.0)))
    assert after.find(anchor, "x").state is CHANGED, "nothing is known of how it was"
    found = after.find(anchor, "x", before)
    assert (found.state, found.places[0].places) == (FOUND, (Place(1, BOX),))


def test_a_box_follows_the_words_around_it() -> None:
    before = Finder(page_of(*DRAWN))
    anchor = before.of_page("1", 1, BOX)
    down = Finder(page_of(("En ny rubrik", 40.0), *((words, at + 30) for words, at in DRAWN))).find(anchor, "x", before)
    assert (down.state, down.places[0].places) == (MOVED, (Place(1, Box(72, 130, 300, 320)),))
    other = Finder(page_of(*DRAWN, page=2)).find(anchor, "x", before)
    assert (other.state, other.places[0].places) == (MOVED, (Place(2, BOX),))


def test_a_box_with_other_words_in_it_or_around_it_has_changed() -> None:
    held = (*DRAWN, ("Priset är 1 285", 200.0))
    before = Finder(page_of(*held))
    anchor = before.of_page("1", 1, BOX)
    for now in (DRAWN, (*DRAWN, ("Priset är 1 310", 200.0)), (*held, ("En rad till", 220.0)), (held[3], ("Annat", 300.0))):
        assert Finder(page_of(*now)).find(anchor, "x", before).state is not FOUND


def test_an_anchor_from_elsewhere_needs_no_more_than_its_quote() -> None:
    document = text("Vi mäter allt.", "Priset är 1 285 kr.")
    assert find(document, Anchor("1", "1 285")).state is FOUND
    assert find(document, Anchor("1", "finns inte alls")).state is LOST
    assert find(document, Anchor("1")).state is LOST


rows = st.lists(st.text(st.characters(codec="utf-8"), min_size=0, max_size=40), min_size=1, max_size=4)


@settings(max_examples=60, deadline=None)
@given(st.lists(rows, min_size=1, max_size=6), st.lists(rows, min_size=0, max_size=6), st.data())
def test_whatever_the_text_a_mark_is_found_in_its_own_document_and_places_stay_inside(
    before: list[list[str]], after: list[list[str]], data: st.DataObject
) -> None:
    def made(content: list[list[str]]) -> Document:
        blocks: list[Block] = []
        for number, row in enumerate(content):
            cells = tuple(Cell(cell, column) for column, cell in enumerate(row))
            flags = frozenset({Flag.HEADER_ROW} if number == 0 else ())
            table = Block(BlockKind.TABLE_ROW, "\t".join(row), cells=cells, flags=flags, table=0, row=number)
            blocks.append(table if len(row) > 1 else Block(BlockKind.PARAGRAPH, row[0]))
        return Document("a", DocumentKind.DOCX, "", tuple(blocks))

    document = made(before)
    index = data.draw(st.integers(0, len(document.blocks) - 1))
    length = len(document.blocks[index].text)
    start = data.draw(st.integers(0, length))
    end = data.draw(st.integers(start, length))
    if start == end:
        return
    anchor = anchor_of(document, "1", [Span(index, start, end)])
    for other in (document, made(after)):
        found = find(other, anchor)
        assert (found.state is LOST) == (not found.places)
        for span in (span for place in found.places for span in place.spans):
            assert 0 <= span.start < span.end <= len(other.blocks[span.block].text)
