"""Records in their tables: what lies under some keys, and putting it in any state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from app.core.work import Record, WorkItem
from app.storage.rows import SHELVES, Shelf, from_row, row_of, words_of
from app.storage.schema import item_answers, item_words

__all__ = ["State", "put", "state_of"]

State = dict[str, Record | None]
"""Records by key; None: there is no record of that key."""

_MANY = 300
"""Keys that are not each put into a question."""
_AT_ONCE = 4000
"""Keys in one question: drivers bound how many values a statement has."""


def state_of(connection: Connection, keys: Iterable[str], tender: str | None = None) -> State:
    """What lies under these keys now.

    With `tender`, many keys are looked for among those of that tender alone, which takes a tenth of the time when most are new;
    one that is another's is then met by the table's own primary key."""
    state: State = dict.fromkeys(keys)
    for shelf in SHELVES:
        wanted = [key for key, record in state.items() if record is None]
        if tender is not None and len(wanted) > _MANY:
            mine = shelf.table.c.tender if "tender" in shelf.table.c else shelf.table.c.key
            known = set(connection.scalars(select(shelf.table.c.key).where(mine == tender)))
            wanted = [key for key in wanted if key in known]
        for some in _batches(wanted):
            for row in connection.execute(select(shelf.table).where(shelf.table.c.key.in_(some))):
                record = from_row(shelf, dict(row._mapping))
                state[record.key] = record
    return state


def put(connection: Connection, before: State, after: State) -> None:
    """Make it `after`, where it is `before` (which must name the same keys)."""
    for shelf in reversed(SHELVES):
        gone = [key for key, record in after.items() if _differs(shelf, before[key], record)]
        _remove(connection, shelf, gone)
    for shelf in SHELVES:
        new: list[Record] = []
        changed: list[Record] = []
        for key, record in after.items():
            if record is None or type(record) is not shelf.kind or record == before[key]:
                continue
            (changed if type(before[key]) is shelf.kind else new).append(record)
        _write(connection, shelf.table, [row_of(record) for record in new], [row_of(record) for record in changed])
        if shelf.kind is WorkItem:
            _write(connection, item_words, _words(new), _words(changed))
            _drop(connection, item_answers, [record.key for record in changed])
            _write(connection, item_answers, _answers((*new, *changed)), [])


def _differs(shelf: Shelf, before: Record | None, after: Record | None) -> bool:
    """Whether a record leaves this shelf."""
    return type(before) is shelf.kind and type(after) is not shelf.kind


def _remove(connection: Connection, shelf: Shelf, keys: Sequence[str]) -> None:
    for some in _batches(keys):
        if shelf.kind is WorkItem:
            _drop(connection, item_words, some)
            _drop(connection, item_answers, some)
        _drop(connection, shelf.table, some)


def _drop(connection: Connection, table: Table, keys: Sequence[str]) -> None:
    for some in _batches(keys):
        connection.execute(delete(table).where(table.c.key.in_(some)))


def _write(connection: Connection, table: Table, new: list[dict[str, Any]], changed: list[dict[str, Any]]) -> None:
    if new:
        connection.execute(insert(table), new)
    if changed:
        columns = [column.name for column in table.columns if column.name != "key"]
        statement = update(table).where(table.c.key == bindparam("the_key")).values({name: bindparam(name) for name in columns})
        connection.execute(statement, [{**row, "the_key": row["key"]} for row in changed])


def _words(records: Sequence[Record]) -> list[dict[str, Any]]:
    items = (record for record in records if isinstance(record, WorkItem))
    return [{"key": item.key, "tender": item.tender, "position": item.position, "words": words_of(item)} for item in items]


def _answers(records: Sequence[Record]) -> list[dict[str, Any]]:
    items = (record for record in records if isinstance(record, WorkItem) and record.answer and not record.replaced)
    return [{"key": item.key, "tender": item.tender, "words": words_of(item)} for item in items]


def _batches(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))
