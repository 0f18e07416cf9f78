"""Documents named in a row of questions beside the cell that waits for the answer: "Krav | Svar | Bevis som ska bifogas"."""

from __future__ import annotations

from app.core.document import AnswerType, Cell
from app.extraction import kept
from app.extraction.cues import word
from app.extraction.slots.lexicon import first, is_buyers, whole
from app.extraction.slots.scan import Ask, Scan, Words, clean
from app.extraction.slots.table_shape import Table, cell_starts

_WORD = kept.pattern(r"[^\W\d_]{2}")
_MOST_WORDS = 30
# Where proof is found rather than which: a page, an annex of the buyer's, what somebody else looks up.
_ELSEWHERE = kept.pattern(
    r"(?i)(?:se|jfr|enligt|see|cf\.?|kontroll\w*|kontrolleras|verifieras|hämtas|inhämtas|checked|verified|demo\w*)(?!\w)"
)


def add_evidence(scan: Scan, table: Table, index: int, question: int, must: bool | None, number: str | None) -> None:
    """Add the documents that a row's cells under the name of a column of proof ask for, beside its question."""
    block = scan.block(index)
    for place, cell in enumerate(block.cells):
        if place == question or not _is_document(table, cell):
            continue
        start = cell_starts(block)[place]
        words = Words(index, start, start + len(cell.text))
        if any(span.block == index and span.start == start for _, _, point in scan.found[-4:] for span in point.spans):
            continue  # a list of documents has it
        scan.add(
            Ask(
                words,
                AnswerType.FILE,
                ("slot.document_beside",),
                (words,),
                False if must is False else None,
                number=number,
                quote=clean(cell.text),
            )
        )


def _is_document(table: Table, cell: Cell) -> bool:
    """Whether a cell names a document to hand in: its column says that they are, or is one of proof and the words name one."""
    rule = whole("document_column", table.named.get(cell.column, "").strip(" .:*?"))
    text = cell.text.strip(" .")
    if rule is None or table.waits(cell) or not _WORD.search(text) or len(text.split()) > _MOST_WORDS:
        return False
    if any(whole(name, text) is not None for name in ("not_attached", "later_document")) or first("later_document", text):
        return False
    if is_buyers(text) or _ELSEWHERE.match(text) is not None:
        return False
    if rule.fields.get("listed"):
        return True
    return (
        whole("proof_column", table.named[cell.column].strip(" .:*?")) is not None
        and word("own_document").search(text) is not None
    )
