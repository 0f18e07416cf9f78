"""Tables of a procurement's annexes that tell which come back with the tender: "Annex B | Price form | To be returned"."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from itertools import chain, pairwise

from app.core.document import AnswerType, Block, BlockKind, Cell
from app.extraction import kept
from app.extraction.slots.lexicon import first, group, whole
from app.extraction.slots.scan import Ask, Scan, Words
from app.extraction.slots.table_shape import cell_starts, lines_above

_WORD = kept.pattern(r"[^\W\d_]{2}")
_LABEL = kept.pattern(r"(?:[A-ZÅÄÖ]|[^\W\d_]{4,11} ?(?:[A-ZÅÄÖ]|\d{1,2}[a-z]?)|\d{1,2}(?:\.\d{1,2})?)\.?")
_RETURNED = kept.pattern(r"return|submit|tender|bid|återsänd|lämna|anbud|svar", re.IGNORECASE)
_YES = kept.pattern(r"yes|ja|[x✓✔☒☑]", re.IGNORECASE)
_SIGNS = '.,;:()[]”"'
_MOST_NOTE_WORDS = 14
_MOST_NAME_WORDS = 30


def find_returned_annexes(scan: Scan) -> None:
    """Add each annex of which its row says that it is to be returned, in tables that are not lists of documents to hand in."""
    told: dict[int, set[int] | None] = {}
    named = _named(scan)
    for index in scan.body:
        block = scan.block(index)
        if block.kind is not BlockKind.TABLE_ROW or block.table is None:
            continue
        if block.table not in told:
            told[block.table] = _columns(scan, index, block)
            continue
        columns = told[block.table]
        if columns is not None and index not in scan.taken and not scan.contract(index):
            _row(scan, index, block, columns, named)


def _columns(scan: Scan, index: int, header: Block) -> set[int] | None:
    """The columns that ask whether an annex is returned; None when the row names no annexes.

    Of the buyer's own documents "Included: Yes" says something else.
    """
    names = {cell.column: " ".join(cell.text.split()).strip(" .:*") for cell in header.cells}
    if not any(whole("annex_column", name) for name in names.values()):
        return None
    own = any(first("buyers_documents", text) is not None for text in lines_above(scan, index))
    return {
        column
        for column, name in names.items()
        if whole("attached_column", name) is not None and (not own or _RETURNED.search(name) is not None)
    }


def _row(scan: Scan, index: int, block: Block, columns: set[int], named: AbstractSet[str]) -> None:
    note = next((cell for cell in block.cells if _is_returned(cell, columns)), None)
    if note is None:
        return
    others = [cell for cell in block.cells if cell is not note and cell.text.strip()]
    label = next((cell for cell in others if _LABEL.fullmatch(" ".join(cell.text.split()))), None)
    names = [cell for cell in others if cell is not label and _WORD.search(cell.text)]
    name = names[0] if names else label
    if name is None or len(name.text.split()) > _MOST_NAME_WORDS:
        return
    if label is not None and len(label.text.strip()) > 2 and " ".join(label.text.split()).strip(_SIGNS) in named:
        return  # a list of what belongs to the tender has it
    place = block.cells.index(name)
    start = cell_starts(block)[place]
    scan.add(
        Ask(
            Words(index, start, start + len(name.text)),
            AnswerType.FILE,
            (group("returned_note")[0].id,),
            (scan.whole(index),),
            number=" ".join(label.text.split()) if label is not None and label is not name else None,
            place=name.place if name.place.cell is not None else None,
            context=(note.text,),
        )
    )


def _named(scan: Scan) -> frozenset[str]:
    """Single words and two in a row of what is found already: a label is one or two words."""
    words = [[word.strip(_SIGNS) for word in point.source.quote.split()] for _, _, point in scan.found]
    return frozenset([*chain(*words), *(" ".join(pair) for found in words for pair in pairwise(found))])


def _is_returned(cell: Cell, columns: set[int]) -> bool:
    note = " ".join(cell.text.split()).strip(" .*")
    if cell.column in columns and _YES.fullmatch(note):
        return True
    return 1 < len(note.split()) <= _MOST_NOTE_WORDS and whole("returned_note", note) is not None
