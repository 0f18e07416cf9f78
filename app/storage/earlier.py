"""Answers of all tenders, looked up by words: the narrow list first, the wide rows only for what is shown."""

from __future__ import annotations

from sqlalchemy import Connection, or_, select

from app.core.errors import DamagedVaultError
from app.core.folding import folded
from app.core.library import EarlierAnswer
from app.core.work import TenderRecord, WorkItem
from app.storage.rows import SHELVES, from_row
from app.storage.schema import item_answers, items, tenders

__all__ = ["answers"]

_MOST_WORDS = 24
"""Words of a question that are looked for: the longest say most."""
_LEAST_LETTERS = 4
"""Shorter words stand in every question; unless there are no others."""


def answers(connection: Connection, words: str, but: str | None, limit: int) -> tuple[EarlierAnswer, ...]:
    """As `RecordStore.answers`."""
    wanted = _wanted(words)
    if not wanted:
        return ()
    question = select(item_answers.c.key, item_answers.c.words).where(
        or_(*(item_answers.c.words.contains(word, autoescape=True) for word in wanted))
    )
    if but is not None:
        question = question.where(item_answers.c.tender != but)
    shares = {key: sum(word in text for word in wanted) / len(wanted) for key, text in connection.execute(question)}
    best = sorted(shares, key=lambda key: (-shares[key], key))[:limit]
    if not best:
        return ()
    shelf = next(shelf for shelf in SHELVES if shelf.kind is WorkItem)
    known: dict[str, WorkItem] = {}
    for row in connection.execute(select(items).where(items.c.key.in_(best))):
        record = from_row(shelf, dict(row._mapping))
        if isinstance(record, WorkItem):
            known[record.key] = record
    owners = _tenders(connection, {record.tender for record in known.values()})
    return tuple(_answer(known[key], owners[known[key].tender], shares[key]) for key in best if key in known)


def _wanted(words: str) -> list[str]:
    every = sorted({*folded(words).split()}, key=lambda word: (-len(word), word))
    telling = [stripped for word in every if len(stripped := word.strip(".,;:!?()\"'")) >= _LEAST_LETTERS]
    return (telling or every)[:_MOST_WORDS]


def _tenders(connection: Connection, keys: set[str]) -> dict[str, TenderRecord]:
    shelf = SHELVES[0]
    found = (from_row(shelf, dict(row._mapping)) for row in connection.execute(select(tenders).where(tenders.c.key.in_(keys))))
    known = {record.key: record for record in found if isinstance(record, TenderRecord)}
    if keys - known.keys():
        raise DamagedVaultError(code="vault.damaged")
    return known


def _answer(item: WorkItem, tender: TenderRecord, share: float) -> EarlierAnswer:
    return EarlierAnswer(
        tender.key,
        item.key,
        tender.value("name") or "",
        tender.value("buyer") or "",
        tender.value("tender_deadline") or tender.created,
        item.item.text,
        item.answer or "",
        share,
    )
