"""Logs of questions and answers: what bidders have asked there is not asked of the bidder."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.document import Block, BlockKind, Cell, Document
from app.core.points import Span
from app.extraction import kept
from app.extraction.cues import word
from app.extraction.slots.answer_kinds import only_tells

_FEWEST_ENTRIES = 4
_OPENERS = frozenset("0123456789FfSsQqAaPp")
_WORDS = kept.pattern(r"[^\W\d_]{2}")
_UNANSWERED = kept.pattern(r"[☐□❑❒▢◻⬜◯○]|_{3}|(?:ja|yes) ?[/,|]? ?(?:nej|no)\s*$", re.IGNORECASE)
_EDGES = " \t.:"
_LONGEST_NAME = 40  # characters: a longer cell names no column
_FEWEST_ANSWER_WORDS = 2
_HEADER_ROWS = 2


@dataclass(frozen=True, slots=True)
class QuestionLog:
    """Whether a document is a log of questions and answers, and what other bidders have asked in it or in its tables."""

    whole: bool
    others: tuple[Span, ...]


def question_log(document: Document) -> QuestionLog:
    """What a document holds of others' questions."""
    whole = _is_log(document)
    return QuestionLog(whole, (*_in_tables(document), *(_in_entries(document) if whole else ())))


def repeats(answer: str) -> bool:
    """Whether an answer tells what another document asks for, rather than asking itself: "se avsnitt 5.2"."""
    return word("repeats").search(answer) is not None


def _is_log(document: Document) -> bool:
    """Whether entries begin as questions and answers again and again."""
    entries = asked = answered = spelt = 0
    waiting = False  # an answer's mark stands on a line of its own
    for block in document.blocks:
        text = block.text
        if text[:1] not in _OPENERS or block.kind is BlockKind.FURNITURE or word("log_entry").match(text) is None:
            if waiting and text and block.kind is not BlockKind.FURNITURE:
                answered += _says_anything(text)
                waiting = False
            continue
        entries += 1
        asked += word("log_question").match(text) is not None
        answer = word("log_answer").match(text)
        # "A1." may as well number a part of a form: with nothing asked, only a word says that these are answers.
        spelt += answer is not None and answer[0][:2].isalpha()
        waiting = answer is not None and not _says_anything(text[answer.end() :])
        answered += answer is not None and not waiting
    # A form can number its questions as a log does; without answers it is one.
    return (
        entries >= _FEWEST_ENTRIES
        and entries * 25 >= len(document.blocks)
        and (answered > 0 or asked < entries // 2)
        and (asked > 0 or spelt > 0)
    )


def _says_anything(text: str) -> bool:
    """Whether an answer is given, rather than a place for it or the kind that is asked for: "Svar: Fritext (max 200 tecken)"."""
    return _WORDS.search(text) is not None and _UNANSWERED.search(text) is None and not only_tells(text.strip(_EDGES))


def _in_entries(document: Document) -> list[Span]:
    """From the words that open a question to those that open its answer."""
    found: list[Span] = []
    asking = False
    for index, block in enumerate(document.blocks):
        # An entry's first line can stand where page headers do.
        if word("log_answer").match(block.text) is not None:
            asking = False
        elif word("log_question").match(block.text) is not None:
            asking = True
        if asking:
            # Question and answer can stand in one paragraph.
            answer = word("log_answer_inside").search(block.text)
            found.append(Span(index, 0, answer.start() if answer is not None else len(block.text)))
            asking = answer is None
    return found


def _in_tables(document: Document) -> list[Span]:
    """The cells of questions in tables that have a column for questions and one for the answers to them."""
    found: list[Span] = []
    columns: tuple[int, int] | None = None
    table, rows = None, 0
    for index, block in enumerate(document.blocks):
        if block.kind is not BlockKind.TABLE_ROW:
            continue
        if block.table != table:
            table, rows, columns = block.table, 0, None
        rows += 1
        if columns is None:
            columns = _columns(block) if rows <= _HEADER_ROWS else None
            continue
        spans = {cell.column: span for cell, span in _cells(index, block)}
        question, answer = (spans.get(column) for column in columns)
        if question is not None and answer is not None:
            said = block.text[answer.start : answer.end]
            if len(said.split()) >= _FEWEST_ANSWER_WORDS or (said.strip() and block.text[: question.end].rstrip()[-1:] == "?"):
                found.append(question)
    return found


def _columns(block: Block) -> tuple[int, int] | None:
    """The columns of questions and of answers that a row names."""
    named: dict[str, int] = {}
    for cell in block.cells:
        text = " ".join(cell.text.split()).strip(" .:*")
        for name in ("question_column", "answer_column"):
            if len(text) <= _LONGEST_NAME and word(name).fullmatch(text) is not None:
                named.setdefault(name, cell.column)
    return (named["question_column"], named["answer_column"]) if len(named) == 2 else None


def _cells(index: int, block: Block) -> list[tuple[Cell, Span]]:
    """The cells of a row with their words."""
    start = 0
    found = []
    for cell in block.cells:
        found.append((cell, Span(index, start, start + len(cell.text))))
        start += len(cell.text) + 1
    return found
