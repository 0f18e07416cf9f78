"""Marking text by keys: F7 and the arrows, on pages, in text that flows and in a grid."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.document import Block, BlockKind, Box, Cell, Place, document_id
from app.core.work import DocumentRecord
from app.gui.actions import Actions
from app.gui.source.caret import Caret, Step, by_word, word_at
from app.gui.source.marks import Marked
from app.gui.source.opened import Worded
from app.gui.source.pagetext import PageText, WordAt
from app.gui.source.paper import PaperView
from app.gui.source.view import SourceView
from app.workers.pages import PageWord
from tests.gui.source.support import QUOTE, grid, looking, mark, on_page, paper, record
from tests.support.words import word_file

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
PDF, WORD, EXCEL = "inbjudan.pdf", "bilaga.docx", "priser.xlsx"
FILES = {
    PDF: paper(3),
    WORD: word_file("".join(f"<w:p><w:r><w:t>Stycke {number}. {QUOTE}</w:t></w:r></w:p>" for number in range(60))),
    EXCEL: grid(),
}
RECORDS = tuple(record(name, data, number) for number, (name, data) in enumerate(FILES.items()))
LONG = 30_000


def load(document: DocumentRecord) -> bytes:
    return FILES[document.summary.name]


@pytest.fixture
def view(qtbot: QtBot, actions: Actions) -> Iterator[SourceView]:
    with looking(qtbot, actions) as made:
        made.set_documents(RECORDS, load)
        yield made


def show(view: SourceView, qtbot: QtBot, name: str, place: Place) -> Any:
    def sharp() -> bool:
        return view.document == document_id(name) and view.surface is not None and view.surface.is_sharp()

    view.show_place(document_id(name), place, QUOTE)
    qtbot.waitUntil(sharp, timeout=LONG)
    surface = view.surface
    if isinstance(surface, PaperView):
        qtbot.waitUntil(lambda: bool(surface.text.has(surface.page)), timeout=LONG)
    return surface


def press(surface: Any, *keys: Key, shift: bool = False) -> None:
    for key in keys:
        QTest.keyClick(surface, key, SHIFT if shift else Qt.KeyboardModifier.NoModifier)


def test_a_page_is_marked_by_words_and_lines_from_the_chosen_passage(view: SourceView, qtbot: QtBot, actions: Actions) -> None:
    told: list[Marked | None] = []
    view.text_marked.connect(told.append)
    view.set_marks((mark("krav", PDF, on_page(2)),))
    surface = show(view, qtbot, PDF, on_page(2))
    view.select_mark("krav")
    qtbot.waitUntil(lambda: len(surface.marks.boxes(on_page(2), QUOTE)) == 2, timeout=LONG)
    actions["mark_text"].trigger()
    assert surface.hasFocus()
    assert surface.caret_on
    assert surface.marked() is None
    press(surface, Key.Key_Right, shift=True)
    assert surface.marked() == (surface.marked()[0], "Anbudsgivaren")
    press(surface, Key.Key_Right, Key.Key_Right, shift=True)
    assert surface.marked()[1] == "Anbudsgivaren ska bifoga"
    press(surface, Key.Key_Down, shift=True)
    press(surface, Key.Key_End, shift=True)
    assert surface.marked()[1] == QUOTE
    assert isinstance(told[-1], Marked)
    assert (told[-1].document, told[-1].place.page, told[-1].text) == (document_id(PDF), 2, QUOTE)
    press(surface, Key.Key_Left, shift=True)
    assert surface.marked()[1] == QUOTE.removesuffix(" skatter.")
    press(surface, Key.Key_Escape)
    assert surface.marked() is None
    assert told[-1] is None
    assert surface.caret_on
    press(surface, Key.Key_Escape)
    assert not surface.caret_on


def test_the_caret_goes_on_to_the_next_page_and_stays_in_sight(view: SourceView, qtbot: QtBot, actions: Actions) -> None:
    surface = show(view, qtbot, PDF, Place(page=1))
    actions["mark_text"].trigger()
    surface.text.caret = WordAt(1, 0)

    def moved(before: WordAt) -> bool:
        return bool(surface.text.caret != before)

    def on_second() -> bool:
        return bool(surface.text.caret.page == 2)

    for _ in range(12):
        if on_second():
            break
        before = surface.text.caret
        press(surface, Key.Key_Down)
        qtbot.waitUntil(partial(moved, before), timeout=LONG)
    assert surface.text.caret == WordAt(2, 0)
    rect = surface.caret_rect()
    assert rect is not None
    assert 0 <= rect.top() < rect.bottom() <= surface.viewport().height()
    press(surface, Key.Key_Up)
    assert surface.text.caret.page == 1


def test_text_that_flows_is_marked_by_words_and_lines(view: SourceView, qtbot: QtBot, actions: Actions) -> None:
    told: list[Marked | None] = []
    view.text_marked.connect(told.append)
    surface = show(view, qtbot, WORD, Place(paragraph=30))
    view.set_marks((mark("krav", WORD, Place(paragraph=30)),))
    view.select_mark("krav")
    actions["mark_text"].trigger()
    assert surface.caret_rect() is not None
    press(surface, Key.Key_Right, Key.Key_Right, shift=True)
    assert surface.marked() == (Place(paragraph=30), "Anbudsgivaren ska")
    press(surface, Key.Key_End, shift=True)
    assert surface.marked()[1] == QUOTE
    press(surface, Key.Key_Down, shift=True)
    assert surface.marked()[1].startswith(f"{QUOTE}\nStycke 31. ")
    press(surface, Key.Key_Up, Key.Key_Home, shift=True)
    assert surface.marked()[1] == "Stycke 30."
    last = told[-1]
    assert last is not None
    assert (last.document, last.text) == (document_id(WORD), "Stycke 30.")
    for _ in range(40):
        press(surface, Key.Key_Down)
    rect = surface.caret_rect()
    assert surface.marked() is None
    assert 0 <= rect.top() < rect.bottom() <= surface.viewport().height()
    for _ in range(100):
        press(surface, Key.Key_Up)
    assert surface._at.block == 0


def test_cells_are_marked_from_where_the_keys_are(view: SourceView, qtbot: QtBot, actions: Actions) -> None:
    surface = show(view, qtbot, EXCEL, Place(sheet="Krav", cell="A5"))
    actions["mark_text"].trigger()
    assert surface.table.hasFocus()
    press(surface.table, Key.Key_Down, Key.Key_Down, shift=True)
    assert surface.marked()[1].splitlines()[-1] == "Rad 7 ska besvaras."


def test_without_a_caret_the_arrows_scroll(view: SourceView, qtbot: QtBot) -> None:
    surface = show(view, qtbot, PDF, Place(page=1))
    surface.setFocus()
    at = surface.verticalScrollBar().value()
    press(surface, Key.Key_Down)
    assert surface.verticalScrollBar().value() > at
    assert not surface.caret_on
    press(surface, Key.Key_Right, shift=True)
    assert surface.caret_on, "Shift and an arrow begin to mark at once"
    assert surface.marked() is not None


def test_a_caret_asked_for_before_the_words_are_known_comes_with_them(view: SourceView, qtbot: QtBot, actions: Actions) -> None:
    surface = show(view, qtbot, PDF, Place(page=1))
    known = surface.text._words.pop(1)
    actions["mark_text"].trigger()
    assert surface.hasFocus()
    assert not surface.caret_on
    surface._on_worded(Worded(1, known))
    assert surface.caret_on
    assert surface.caret_rect() is not None


def words(*lines: str) -> tuple[PageWord, ...]:
    """Words of a page, each ten points wide."""
    return tuple(
        PageWord(text, Box(20.0 * column, 20.0 * line, 20.0 * column + 10, 20.0 * line + 10), line)
        for line, row in enumerate(lines)
        for column, text in enumerate(row.split())
    )


def test_steps_on_pages_pass_empty_pages_and_end_at_the_last() -> None:
    text = PageText()
    text.put(1, words("a b c", "d e"))
    text.put(2, ())
    text.put(3, words("f"))
    text.caret = WordAt(1, 2)
    assert text.move(Step.DOWN, extend=False) is None
    assert text.caret == WordAt(1, 4), "the nearest word of the next line"
    text.move(Step.RIGHT, extend=False)
    assert text.caret == WordAt(3, 0)
    assert text.move(Step.RIGHT, extend=False) == 4, "a page that nothing is known of"
    assert text.caret == WordAt(3, 0)
    text.move(Step.LEFT, extend=True)
    text.move(Step.LEFT, extend=True)
    text.move(Step.HOME, extend=True)
    marked = text.marked()
    assert marked is not None
    assert marked[1] == "d e f"
    text.caret = WordAt(1, 0)
    assert text.move(Step.UP, extend=False) == 0


def test_the_page_with_the_caret_is_not_forgotten() -> None:
    text = PageText()
    text.put(1, words("a"))
    text.caret = WordAt(1, 0)
    for page in range(2, 60):
        text.put(page, words("b"))
    assert text.has(1)
    assert text.box(WordAt(1, 0)) is not None
    assert text.box(WordAt(2, 0)) is None


BLOCKS = (
    Block(BlockKind.PARAGRAPH, "Ett  två", Place(paragraph=0)),
    Block(BlockKind.PARAGRAPH, " ", Place(paragraph=1)),
    Block(BlockKind.TABLE_ROW, "x\ty", Place(paragraph=2), cells=(Cell("tre", 0), Cell("", 1), Cell("fyra fem", 2))),
)


@pytest.mark.parametrize(
    ("start", "forward", "end"),
    [
        (Caret(0, 0, 0), True, Caret(0, 0, 3)),
        (Caret(0, 0, 3), True, Caret(0, 0, 8)),
        (Caret(0, 0, 8), True, Caret(2, 0, 3)),
        (Caret(2, 0, 3), True, Caret(2, 2, 4)),
        (Caret(2, 2, 8), True, Caret(2, 2, 8)),
        (Caret(2, 2, 8), False, Caret(2, 2, 5)),
        (Caret(2, 2, 0), False, Caret(2, 0, 0)),
        (Caret(2, 0, 0), False, Caret(0, 0, 5)),
        (Caret(0, 0, 0), False, Caret(0, 0, 0)),
    ],
)
def test_steps_by_word_go_over_blocks_and_cells(start: Caret, forward: bool, end: Caret) -> None:
    assert by_word(BLOCKS, start, forward) == end


def test_a_word_is_what_stands_between_blanks() -> None:
    assert word_at("ett två", 5) == (4, 7)
    assert word_at("ett två", 99) == (4, 7)
    assert word_at("", 0) == (0, 0)
