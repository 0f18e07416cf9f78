"""Where quotes and words stand: on the pages of a PDF, in text that flows, in the cells of a sheet."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from app.core.document import Block, BlockKind, Box, Cell, Document, DocumentKind, Flag, Place
from app.core.work import ItemState
from app.gui.source.book import At, Book, area_of, column_letters
from app.gui.source.flowtext import FlowText, Spot, columns_of, shared_out
from app.gui.source.marks import Mark
from app.gui.source.opened import Quoted
from app.gui.source.pagemarks import PageMarks
from app.gui.source.pagetext import PageText, WordAt
from app.gui.source.placing import Placing
from app.gui.source.sheets import all_done
from app.gui.source.wanted import QuoteWanted
from app.workers.pages import PageWord
from tests.gui.source.support import QUOTE, mark


def words(*lines: str) -> tuple[PageWord, ...]:
    """Words of ten points each, a line every twenty."""
    return tuple(
        PageWord(word, Box(50 * column, 20 * line, 50 * column + 40, 20 * line + 12), line)
        for line, text in enumerate(lines)
        for column, word in enumerate(text.split())
    )


def test_marking_follows_the_lines() -> None:
    text = PageText()
    text.put(1, words("ett två tre", "fyra fem sex", "sju åtta nio"))
    text.anchor, text.head = text.nearest(1, 60, 5), text.nearest(1, 70, 30)
    assert text.marked() == (Place(1, Box(0, 0, 140, 32)), "två tre fyra fem")
    assert text.boxes(1) == (Box(50, 0, 140, 12), Box(0, 20, 90, 32))
    text.anchor, text.head = text.head, text.anchor
    assert text.marked() == (Place(1, Box(0, 0, 140, 32)), "två tre fyra fem")


def test_marking_goes_on_over_pages_and_joins_halved_words() -> None:
    text = PageText()
    text.put(1, (PageWord("fort", Box(0, 0, 40, 12), 0, joined=True),))
    text.put(2, words("sätter så"))
    text.anchor, text.head = WordAt(1, 0), WordAt(2, 1)
    assert text.marked() == (Place(1, Box(0, 0, 40, 12)), "fortsätter så")


def test_only_the_words_of_some_pages_are_kept() -> None:
    text = PageText()
    text.put(1, words("ett"))
    text.mark_word(WordAt(1, 0))
    for page in range(2, 100):
        text.put(page, words("ett två"))
    assert text.has(1)
    assert text.has(99)
    assert not text.has(2)


def test_the_box_of_a_place_stands_for_a_quote_until_it_is_found() -> None:
    marks = PageMarks()
    rough, first, second = Box(0, 0, 500, 60), Box(0, 0, 300, 12), Box(0, 20, 100, 32)
    marks.set([mark("a", "x.pdf", Place(2, rough))])
    assert marks.missing([2, 3]) == (QuoteWanted(2, QUOTE),)
    assert [one.boxes for one in marks.on(2)] == [(rough,)]
    marks.take(Quoted(QuoteWanted(2, QUOTE), ((2, first), (3, second))))
    assert marks.missing([2, 3]) == ()
    assert [one.boxes for one in marks.on(2)] == [(first,)]
    assert [one.boxes for one in marks.on(3)] == [(second,)]
    marks.take(Quoted(QuoteWanted(2, QUOTE), ()))
    assert [one.boxes for one in marks.on(2)] == [(rough,)]


def test_the_smallest_mark_is_hit_and_then_the_one_below_it() -> None:
    marks = PageMarks()
    large = mark("large", "x.pdf", Place(1, Box(0, 0, 500, 500)), "")
    small = mark("small", "x.pdf", Place(1, Box(10, 10, 50, 50)), "")
    marks.set([large, small])
    assert marks.at(1, 20, 20) == small
    assert marks.at(1, 20, 20, chosen="small") == large
    assert marks.at(1, 400, 400) == large
    assert marks.at(1, 600, 600) is None


def test_rejected_marks_are_painted_below_the_others() -> None:
    marks = PageMarks()
    box = Box(0, 0, 10, 10)
    marks.set([mark("a", "x.pdf", Place(1, box), ""), mark("b", "x.pdf", Place(1, box), "", ItemState.REJECTED)])
    assert [one.mark.key for one in marks.on(1)] == ["b", "a"]


def flowing(*blocks: Block) -> FlowText:
    return FlowText(Document("x.docx", DocumentKind.DOCX, "0" * 64, blocks))


def said(text: str, paragraph: int, kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
    return Block(kind, text, Place(paragraph=paragraph))


def row(paragraph: int, *texts: str) -> Block:
    cells = tuple(Cell(text, column) for column, text in enumerate(texts))
    return Block(BlockKind.TABLE_ROW, "\t".join(texts), Place(paragraph=paragraph), cells=cells, table=0, row=0)


def test_a_quote_is_found_in_its_paragraph_with_its_full_stop() -> None:
    text = flowing(said("Bifoga intyg.", 0), said("Inledning. Bifoga  intyg. Slut.", 1))
    assert text.spots(Place(paragraph=1), "Bifoga intyg.") == (Spot(1, 0, 11, 25),)


def test_a_quote_goes_on_over_paragraphs_and_cells_but_not_into_furniture() -> None:
    text = flowing(
        said("Följande ska", 3), said("Sida 2", 4, BlockKind.FURNITURE), said("bifogas", 5), row(6, "K-1", "ett intyg")
    )
    assert text.spots(Place(paragraph=3), "ska bifogas K-1 ett") == (
        Spot(0, 0, 9, 12),
        Spot(2, 0, 0, 7),
        Spot(3, 0, 0, 3),
        Spot(3, 1, 0, 3),
    )


def test_a_quote_that_is_not_there_marks_the_whole_block() -> None:
    text = flowing(said("Ett", 0), row(1, "Två", "", "Tre"))
    assert text.spots(Place(paragraph=1), "annat") == (Spot(1, 0, 0, 3), Spot(1, 2, 0, 3))
    assert text.spots(Place(sheet="Blad"), "annat") == ()


def test_a_quote_without_a_place_is_looked_for_everywhere() -> None:
    text = flowing(said("Ett", 0), said("Två tre", 1), said("fyra fem", 2))
    assert text.spots(Place(), "tre fyra") == (Spot(1, 0, 4, 7), Spot(2, 0, 0, 4))
    assert text.spots(Place(), "sex") == ()


def test_a_quote_of_a_page_is_looked_for_from_there_on() -> None:
    pages = (1, 1, 2, 2)
    blocks = [
        Block(BlockKind.PARAGRAPH, text, Place(page)) for page, text in zip(pages, ("a", "samma", "b", "samma"), strict=True)
    ]
    assert flowing(*blocks).spots(Place(2), "samma") == (Spot(3, 0, 0, 5),)
    assert flowing(*blocks).block_at(Place(2)) == 2
    assert flowing(*blocks).block_at(Place(9)) is None


def test_search_in_flowing_text_minds_no_case_and_stops_in_time() -> None:
    text = flowing(said("Intyg och INTYG", 0), row(1, "x", "ett intyg till"))
    found = list(text.find("intyg", 10))
    assert [hit.spot for hit in found] == [Spot(0, 0, 0, 5), Spot(0, 0, 10, 15), Spot(1, 1, 4, 9)]
    assert (found[2].before, found[2].text, found[2].after) == ("ett ", "intyg", " till")
    assert len(list(text.find("intyg", 2))) == 2
    assert list(text.find(" ", 2)) == []


def test_marked_text_keeps_rows_and_cells_apart() -> None:
    text = flowing(said("Ett två", 0), row(1, "a", "b"))
    assert text.text(Spot(0, 0, 4, 4), Spot(1, 1, 0, 1)) == "två\na\tb"


def test_columns_keep_words_and_answers_whole() -> None:
    narrow, wide, answer = columns_of([row(0, "Krav-ID", "Ett mycket långt krav " * 10, "Ja ☐ Nej ☐")])[0]
    assert narrow.unbroken == ("Krav-ID",)
    assert wide.wish > 3 * narrow.wish
    assert "Ja ☐ Nej ☐" in answer.unbroken


def test_the_widest_column_is_cut_down_before_words_of_others_are_broken() -> None:
    assert shared_out(100, [20, 30], [10, 40]) == pytest.approx([30, 70])
    assert shared_out(100, [20, 30], [0, 0]) == pytest.approx([45, 55])
    assert shared_out(100, [20, 90, 30], [1, 1, 1]) == pytest.approx([20, 50, 30])
    assert shared_out(100, [80, 90, 10], [1, 1, 1]) == pytest.approx([45, 45, 10])


def test_a_quote_that_is_a_block_of_its_own_is_not_found_inside_an_earlier_one() -> None:
    texts = ("Kravspecifikation", "Krav", "Se nedan. Bifoga intyg. Slut", "Bifoga intyg", "Krav")
    text = flowing(*[Block(BlockKind.PARAGRAPH, said, Place(page=1)) for said in texts])
    assert text.block_of(Place(page=1), "Krav") == 1
    assert text.block_of(Place(page=1), "Bifoga intyg.") == 2
    assert text.block_of(Place(page=1), "specifikation krav") == 0


def test_a_cell_is_ticked_when_all_its_items_are_done() -> None:
    opened, done, rejected = (
        mark(state, "x", Place(), "", state) for state in (ItemState.OPEN, ItemState.DONE, ItemState.REJECTED)
    )
    assert all_done([done, rejected])
    assert not all_done([done, opened])
    assert not all_done([rejected])
    assert not all_done([])


def test_only_the_marks_that_changed_are_looked_up_again(qapp: QApplication) -> None:
    asked: list[str] = []

    def where(one: Mark) -> list[str]:
        asked.append(one.key)
        return [one.quote]

    placing = Placing(where, qapp)
    first, second = mark("a", "x.txt", Place(), "här"), mark("b", "x.txt", Place(), "här")
    placing.set([first, second])
    done = replace(first, state=ItemState.REJECTED)
    placing.set([second, done])
    assert sorted(asked) == ["a", "b"]
    assert [one.state for one in placing.at("här")] == [ItemState.REJECTED, ItemState.OPEN]
    placing.set([replace(second, quote="där")])
    assert (placing.at("här"), [one.key for one in placing.at("där")]) == ([], ["b"])


def test_references_of_cells() -> None:
    assert area_of("B3") == (At(2, 1), At(2, 1))
    assert area_of("$AA$1:AB2") == (At(0, 26), At(1, 27))
    assert area_of(None) is None
    assert area_of("rad 3") is None
    assert [column_letters(column) for column in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def book() -> Book:
    head = Cell("Rubrik", 0, column_span=2, place=Place(sheet="Blad", cell="A1"))
    cells = (Cell("Roll", 0, place=Place(sheet="Blad", cell="A3")), Cell("", 1, place=Place(sheet="Blad", cell="B3")))
    blocks = (
        Block(BlockKind.HEADING, "Blad", Place(sheet="Blad")),
        Block(BlockKind.TABLE_ROW, "Rubrik", Place(sheet="Blad", cell="A1"), cells=(head,)),
        Block(BlockKind.TABLE_ROW, "Roll\t", Place(sheet="Blad", cell="A3"), cells=cells),
        Block(BlockKind.PARAGRAPH, "En ruta över cellen", Place(sheet="Blad", cell="A3"), flags=frozenset({Flag.TEXT_BOX})),
        Block(BlockKind.HEADING, "Listor", Place(sheet="Listor"), flags=frozenset({Flag.HIDDEN})),
    )
    return Book(Document("x.xlsx", DocumentKind.XLSX, "0" * 64, blocks, sheets=("Blad", "Listor")))


def test_a_book_has_its_cells_where_they_were() -> None:
    sheet = book().sheets[0]
    assert (sheet.rows, sheet.columns) == (3, 2)
    assert sheet.spans == {At(0, 0): (1, 2)}
    assert sheet.cells[At(2, 0)].text == "Roll\nEn ruta över cellen"
    assert sheet.lines[2] == 2
    assert book().sheets[1].hidden


def test_a_mark_in_a_sheet_covers_its_cell_and_those_that_it_quotes() -> None:
    made = book()
    assert made.cells_of(Place(sheet="Blad", cell="B3"), "Roll\nEn ruta över cellen: namn") == (At(2, 0), At(2, 1))
    assert made.cells_of(Place(sheet="Blad", cell="B3"), "annat") == (At(2, 1),)
    assert made.cells_of(Place(sheet="Borta", cell="B3"), "annat") == ()
    assert [(number, at) for number, at, _, _ in made.find("ruta")] == [(0, At(2, 0))]
