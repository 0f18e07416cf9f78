"""The shape of a table: which rows name its columns, which columns take answers, which cells are open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from app.core.document import AnswerType, Block, BlockKind, Cell, Document, Flag
from app.extraction import kept
from app.extraction.sections import FINITE_VERB
from app.extraction.slots.lexicon import Named, header, is_buyers, parallel, printed_choice, whole
from app.extraction.slots.marks import has_marks, is_empty, squares
from app.extraction.slots.scan import Scan, clean
from app.extraction.tables import mark, names_class

ROW_NUMBER = kept.pattern(r"(?:[A-ZÅÄÖ]{1,5}[-.]?)?\d{1,4}(?:[.\-]\d{1,4}){0,5}[a-z]?[.):]?|[a-zåäö][.)]")
"""What a question or its row is counted by: "3.2", "KR-014", "a)"."""
_MOST_NAME_WORDS = 8
_LINES_ABOVE = 2
_MOST_PROMPT_WORDS = 6
# What a cell states rather than asks for.
_STATED = kept.pattern(
    r"(?:ja|nej|yes|no|x|ingår|included|ej (?:aktuellt|tillämpligt)|n/?a|not applicable|st|tim|kr|sek)\W*", re.IGNORECASE
)
_LABELLED = kept.pattern(
    r"(?:[^:£$€]{1,30}:\s*(?:£|\$|€|kr|sek|%|yes ?/ ?no|ja ?/ ?nej|☐ ?(?:ja|yes) ?☐ ?(?:nej|no))(?:\s+|$))+", re.IGNORECASE
)
_LONGEST_LABELLED = 120  # characters
_WHERE = kept.pattern(r"(?<!\w)(?:här|here|sida|sid\.|s\.|page|p\.|rad|line|avsnitt|section)(?!\w)", re.IGNORECASE)
_FEWEST_BODY = 2
_FEWEST_SENTENCE_WORDS = 3
_DEMAND = kept.pattern(r"(?<!\w)(?:ska|skall|måste|shall|must)(?!\w)", re.IGNORECASE)
_WORD = kept.pattern(r"[^\W\d_]{2}")
_YES_NO_END = kept.pattern(r"(?:\W*(?<!\w)(?:ja|nej|yes|no)(?!\w))+\W*$", re.IGNORECASE)


@dataclass(slots=True)
class Table:
    """The rows of one table. `columns` names the columns that take answers, `named` all that have a name, `prompts` are the words
    that its cells show instead of an answer.
    """

    rows: list[int]
    head: list[int]
    columns: dict[int, Named]
    named: dict[int, str]
    above: list[int]
    prompts: frozenset[str] = frozenset()

    def waits(self, cell: Cell) -> bool:
        """Whether the cell waits for an answer."""
        return is_open(cell) or cell.text.strip() in self.prompts


def table_of(scan: Scan, rows: list[int]) -> Table:
    """Tell header rows, answer columns and body rows of a table apart."""
    head: list[int] = []
    for index in rows:
        if Flag.HEADER_ROW not in scan.block(index).flags:
            break
        head.append(index)
    above: list[int] = []
    if not head:
        # The names of the columns may stand below a caption or a few labelled fields in the same table.
        for place in range(min(4, len(rows) - 1)):
            if looks_like_head(scan.block(rows[place])) and not _same_choice(scan, rows[place], rows[place + 1]):
                above, head = rows[:place], rows[place : place + 1]
                break
        if not head and heads_open_column([scan.block(index) for index in rows]):
            head = rows[:1]
    head = [index for index in head if not any(is_open(cell) and cell.slots for cell in scan.block(index).cells)]
    columns: dict[int, Named] = {}
    named: dict[int, str] = {}
    for index in head:
        for cell in scan.block(index).cells:
            text = " ".join(cell.text.split())
            if not text:
                continue
            for column in range(cell.column, cell.column + cell.column_span):
                if cell.column_span > 1 and column in named:
                    continue
                named[column] = text
                found = header(text)
                if found is not None and found.type is not AnswerType.NONE:
                    columns[column] = found
                else:
                    columns.pop(column, None)
    body = [
        index
        for index in rows
        if index not in head and index not in above and whole("example_row", scan.block(index).text.strip()) is None
    ]
    # A column that stands empty in every row is there to be filled in, unless its name says that the buyer uses it.
    prompts = _prompts(scan, body, columns)
    for column, text in named.items():
        if column in columns or header(text) is not None or is_buyers(text) or len(body) < 1:
            continue
        cells = [cell for index in body for cell in scan.block(index).cells if cell.column == column]
        if (
            cells
            and len(cells) * 10 >= len(body) * 7
            and all(_open(cell, prompts) for cell in cells)
            and (len(body) > 1 or columns)
        ):
            columns[column] = Named("slot.empty_column", AnswerType.TEXT)
    for column, text in list(named.items()):
        if is_buyers(text):
            columns.pop(column, None)
    return Table(body, head, columns, named, above, prompts)


def shows_prompts(scan: Scan, rows: list[int]) -> bool:
    """Whether the last cells of a table's rows all show the same words instead of an answer. Cheap."""
    last = [scan.block(index).cells[-1] for index in rows[1:] if scan.block(index).cells]
    if len(last) < _FEWEST_BODY or last[-1].text != last[-2].text or not last[-1].text.strip():
        return False
    return last[-1].text.strip() in _prompts(scan, rows[1:], {})


def _prompts(scan: Scan, rows: list[int], columns: dict[int, Named]) -> frozenset[str]:
    """The few words that every filled cell of a column shows, beside cells that differ: what is to be written there."""
    shown: dict[int, list[str]] = {}
    mixed: set[int] = set()
    for index in rows:
        for cell in scan.block(index).cells:
            text = cell.text.strip()
            if not text or cell.column in mixed:
                continue
            texts = shown.setdefault(cell.column, [])
            if texts and texts[0] != text:
                mixed.add(cell.column)
            texts.append(text)
    return frozenset(
        texts[0]
        for column, texts in shown.items()
        if column not in mixed and len(texts) >= _FEWEST_BODY and _is_prompt(texts[0], column, columns)
    )


def _is_prompt(text: str, column: int, columns: dict[int, Named]) -> bool:
    """In a column that takes answers any words do; elsewhere they must tell to write, or where: "Ingår" in every row is none."""
    if not _WORD.search(text) or len(text.split()) > _MOST_PROMPT_WORDS:
        return False
    if names_class(text) or mark(text) is not None or _STATED.fullmatch(text) is not None:
        return False
    return column in columns or whole("prompt", text) is not None or (_WHERE.search(text) is not None and column > 0)


def _open(cell: Cell, prompts: frozenset[str]) -> bool:
    return is_open(cell) or cell.text.strip() in prompts


def _same_choice(scan: Scan, index: int, below: int) -> bool:
    """Whether yes and no are printed in this row as in the one below: they wait for an answer in both."""
    printed = {cell.column for cell in scan.block(below).cells if printed_choice(cell.text)}
    return any(cell.column in printed and printed_choice(cell.text) for cell in scan.block(index).cells)


def looks_like_head(block: Block) -> bool:
    """Whether a row that nothing marks as a header names columns all the same."""
    texts = [cell.text.strip() for cell in block.cells if cell.text.strip()]
    if len(texts) < 2 or any(cell.slots for cell in block.cells) or any(map(_is_sentence, texts)):
        return False
    if any(text.endswith("?") for text in texts) and any(printed_choice(text) for text in texts):
        return False
    if any(whole("fill_hint", text) is not None for text in texts):
        return False
    if len(parallel(texts)) > 1 and len(parallel(texts)) >= len(texts) - 1:
        return True
    known = [header(text) for text in texts]
    if any(name is not None and name.type is not AnswerType.NONE for name in known):
        return len(texts) == len(block.cells) or (sum(name is not None for name in known) * 2 >= len(texts) and len(texts) > 1)
    # Short words in every cell and nothing to fill in.
    return (
        len(texts) == len(block.cells)
        and all(len(text.split()) <= 6 and not text.endswith(":") for text in texts)
        and Flag.BOLD in block.flags
    )


def heads_open_column(rows: Sequence[Block]) -> bool:
    """Whether the first of these rows names their columns: short words in each cell, and below one of them nothing but open cells
    beside rows that say something.
    """
    first, *body = rows
    texts = [cell.text.strip() for cell in first.cells]
    if len(texts) > 2 and not texts[0]:
        texts = texts[1:]  # nothing stands over the names of the rows
    if (
        len(texts) < 2
        or len(body) < _FEWEST_BODY
        or any(not text or len(text.split()) > _MOST_NAME_WORDS or text[-1] in ":?." for text in texts)
        or any(
            cell.slots or printed_choice(cell.text) or not _WORD.search(cell.text)
            for cell in first.cells
            if cell.text not in ("", "#")
        )
    ):
        return False
    below = [{cell.column: cell for cell in row.cells} for row in body]
    open_columns = {cell.column for cell in first.cells if all(cell.column in row and is_open(row[cell.column]) for row in below)}
    return 0 < len(open_columns) < len(texts) and all(
        any(_WORD.search(cell.text) for column, cell in row.items() if column not in open_columns) for row in below
    )


def is_sum(block: Block) -> bool:
    """Whether a row only adds up what stands above it."""
    words = [cell.text.strip(" :*.") for cell in block.cells if _WORD.search(cell.text)]
    return len(words) == 1 and whole("sum", words[0]) is not None


def _is_sentence(text: str) -> bool:
    """Whether a cell says what somebody shall do, and so names no column: "Uppfylls kravet?" does, "Tjänsten ska nås alla dagar"
    does not."""
    count = len(text.split())
    return count > _FEWEST_SENTENCE_WORDS and (
        _DEMAND.search(text) is not None
        or (count > _MOST_NAME_WORDS and text[-1] == "." and FINITE_VERB.search(text) is not None and header(text) is None)
    )


def lone_rows(document: Document) -> frozenset[int | None]:
    """The tables that have one row: it names no columns, as there is nothing below it."""
    counts = Counter(block.table for _, block in document.body() if block.kind is BlockKind.TABLE_ROW)
    return frozenset(table for table, count in counts.items() if count == 1)


def names_columns(block: Block, lone: AbstractSet[int | None] = frozenset()) -> bool:
    """Whether a table's first row names its columns, marked as a header or not: short texts, most of them known as names."""
    if Flag.HEADER_ROW not in block.flags and (block.row != 0 or block.table in lone):
        return False
    texts = [cell.text.strip() for cell in block.cells if cell.text.strip()]
    if Flag.HEADER_ROW in block.flags or looks_like_head(block):
        return True
    if (
        len(texts) < 2
        or any(cell.slots for cell in block.cells)
        or any(len(text.split()) > _MOST_NAME_WORDS or _is_sentence(text) for text in texts)
    ):
        return False
    known = sum(header(text) is not None or whole("document_column", text.strip(" .:*")) is not None for text in texts)
    return known > 1 and known * 2 >= len(texts)


def is_open(cell: Cell) -> bool:
    """Whether the cell is empty or holds only what marks a place to fill in."""
    if is_empty(cell.text) or printed_choice(cell.text):
        return True
    if cell.text.rstrip().endswith(":") and len(cell.text) < 40:
        bare = cell.text.strip(" :")
        if any(whole(lead, bare) is not None for lead in ("file_lead", "answer_lead", "upload_lead")):
            return True
    if ":" in cell.text and len(cell.text) < _LONGEST_LABELLED and _LABELLED.fullmatch(cell.text.strip()) is not None:
        return True  # labels in the cell itself, each with its unit or its yes and no
    if has_marks(cell.text) and squares(cell.text):
        return len(cell.text.split()) <= 14
    return bool(cell.slots) and (
        not _WORD.search(cell.text) or any(slot.value and slot.value in cell.text for slot in cell.slots)
    )


def answers_above(text: str) -> bool:
    """Whether a row is the answer's own line, "Anbudsgivarens svar: Ja Nej", as in a box that was read as a table."""
    bare = _YES_NO_END.sub("", text)
    return bare != text and whole("answer_lead", bare.strip(" :")) is not None


def side_by_side(table: Table) -> frozenset[int]:
    """Columns whose names differ in a number alone ("Referens 1", "Referens 2"): each takes its own answers."""
    names = parallel(list(table.named.values()))
    return frozenset(column for column, text in table.named.items() if text in names)


def cell_starts(block: Block) -> dict[int, int]:
    """Where each cell's text starts in the row's text, by the cell's place in the row."""
    starts: dict[int, int] = {}
    at = 0
    for place, cell in enumerate(block.cells):
        starts[place] = at
        at += len(cell.text) + 1
    return starts


def lines_above(scan: Scan, index: int) -> list[str]:
    """The lines right above a table, whose first row this is, and the heading that it stands under."""
    texts: list[str] = []
    place = scan.before(index)
    while place is not None and len(texts) < _LINES_ABOVE and scan.block(place).kind is not BlockKind.TABLE_ROW:
        texts.append(scan.block(place).text)
        place = scan.before(place)
    heading = scan.outline.at(index)
    return texts if heading is None else [*texts, heading.title]


def caption_of(scan: Scan, index: int) -> str | None:
    """The short line above a table, when no other slot has it."""
    before = scan.before(index)
    if before is None or before in scan.taken:
        return None
    text = scan.block(before).text
    return clean(text).rstrip(":") if 2 < len(text) <= 100 and scan.block(before).kind is not BlockKind.TABLE_ROW else None
