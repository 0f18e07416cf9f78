"""Steps of the history: what records were before and after, so that every step can be taken back and done again, any time."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from app.core.errors import DamagedVaultError, NoTenderError
from app.core.work import BidFileRecord, Change, DocumentRecord, HistoryEntry, KeptFile, Record
from app.storage.asked import Asked
from app.storage.database import load_json, save_json
from app.storage.records import State, put, state_of
from app.storage.rows import SHELVES, plain, record_of, shelf_of
from app.storage.schema import history, history_files, history_parts, tenders
from app.storage.shelves import entries

__all__ = ["files_of", "packed", "redo", "rows_of", "state_of_rows", "undo", "unpacked", "write"]

_SHELVES = {shelf.name: shelf for shelf in SHELVES}
_SMALL = 400
"""Bytes below which compressing is not worth it."""


def now() -> str:
    """The time as records hold it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def write(
    connection: Connection,
    tender: str,
    action: str,
    puts: Sequence[Record],
    deletes: Sequence[str],
    values: Sequence[tuple[str, str]],
    merge: bool,
) -> HistoryEntry:
    """Do a step. What was undone before it cannot be done again. Raises ValueError, NoTenderError: see the store."""
    after: State = {record.key: record for record in puts} | dict.fromkeys(deletes)
    if any(record is not None and record.tender != tender for record in after.values()) or tender in deletes:
        raise ValueError("a step changes records of its own tender only, and never takes the tender away")
    if tender not in after and connection.scalar(select(tenders.c.key).where(tenders.c.key == tender)) is None:
        raise NoTenderError
    connection.execute(delete(history).where(history.c.tender == tender, history.c.undone))
    before = state_of(connection, after, tender)
    if any(record is not None and record.tender != tender for record in before.values()):
        raise ValueError("the key belongs to another tender")
    put(connection, before, after)
    # A tender's own beginning is not a thing to take back.
    kept = [key for key in after if not (key == tender and before[key] is None)]
    entry = _joined(connection, tender, action, values) if merge else None
    if entry is None:
        highest = connection.scalar(select(func.max(history.c.number)).where(history.c.tender == tender))
        entry = HistoryEntry((highest or 0) + 1, tender, now(), action, tuple(values))
        row = {"tender": tender, "number": entry.number, "at": entry.at, "action": action, "undone": False}
        connection.execute(insert(history).values(**row, details=[list(pair) for pair in values]))
    else:
        this = (history.c.tender == tender, history.c.number == entry.number)
        connection.execute(update(history).where(*this).values(at=now(), details=[list(pair) for pair in values]))
    _add_part(connection, entry, {key: before[key] for key in kept}, {key: after[key] for key in kept})
    return _entry(connection, tender, entry.number)


def undo(connection: Connection, tender: str) -> Change | None:
    """Take back the latest step that is not undone."""
    number = connection.scalar(select(func.max(history.c.number)).where(history.c.tender == tender, ~history.c.undone))
    return None if number is None else _turn(connection, tender, number, back=True)


def redo(connection: Connection, tender: str) -> Change | None:
    """Do again the step that was undone last."""
    number = connection.scalar(select(func.min(history.c.number)).where(history.c.tender == tender, history.c.undone))
    return None if number is None else _turn(connection, tender, number, back=False)


def _entry(connection: Connection, tender: str, number: int) -> HistoryEntry:
    return entries(Asked(connection), tender, 1, number + 1)[0]


def _joined(connection: Connection, tender: str, action: str, values: Sequence[tuple[str, str]]) -> HistoryEntry | None:
    """The latest entry, if a step of this kind goes on with it."""
    latest = entries(Asked(connection), tender, 1)
    return latest[0] if latest and latest[0].goes_on(action, tuple(values)) else None


def _add_part(connection: Connection, entry: HistoryEntry, before: State, after: State) -> None:
    """Add what a step did to its entry. Going on with the same records, as in typing, only moves where the last part ends."""
    if not after:
        return
    here = (history_parts.c.tender == entry.tender, history_parts.c.number == entry.number)
    columns = (history_parts.c.part, history_parts.c["keys"])
    last = connection.execute(select(*columns).where(*here).order_by(history_parts.c.part.desc()).limit(1)).first()
    keys = list(after)
    if last is not None and last[1] == keys:
        connection.execute(update(history_parts).where(*here, history_parts.c.part == last[0]).values(after=packed(after)))
    else:
        row = {"tender": entry.tender, "number": entry.number, "part": 0 if last is None else last[0] + 1, "keys": keys}
        connection.execute(insert(history_parts).values(**row, before=packed(before), after=packed(after)))
    files = files_of(before) | files_of(after)
    if files:
        of_entry = (history_files.c.tender == entry.tender, history_files.c.number == entry.number)
        known = set(connection.scalars(select(history_files.c.sha256).where(*of_entry)))
        rows = [{"tender": entry.tender, "number": entry.number, "sha256": name} for name in sorted(files - known)]
        if rows:
            connection.execute(insert(history_files), rows)


def files_of(state: State) -> set[str]:
    """Hashes of the files that the records name."""
    named: set[str | None] = set()
    for record in state.values():
        match record:
            case DocumentRecord() | BidFileRecord():
                named |= {record.file, record.reading}
            case KeptFile():
                named.add(record.file)
    return {name for name in named if name}


def _turn(connection: Connection, tender: str, number: int, *, back: bool) -> Change:
    side = history_parts.c.before if back else history_parts.c.after
    order = history_parts.c.part.desc() if back else history_parts.c.part
    this = (history_parts.c.tender == tender, history_parts.c.number == number)
    state: State = {}
    for data in connection.scalars(select(side).where(*this).order_by(order)):
        state |= unpacked(data)
    put(connection, state_of(connection, state), state)
    entry = (history.c.tender == tender, history.c.number == number)
    connection.execute(update(history).where(*entry).values(undone=back))
    records = tuple(record for record in state.values() if record is not None)
    gone = tuple(key for key, record in state.items() if record is None)
    return Change(records, gone, _entry(connection, tender, number))


def rows_of(state: State) -> list[list[Any]]:
    """Records by key as plain data: key, kind, content; only the key where there is none."""
    return [[key] if record is None else [key, shelf_of(record).name, plain(record)] for key, record in state.items()]


def state_of_rows(rows: Iterable[Sequence[Any]]) -> State:
    """The records again. Raises DamagedVaultError."""
    try:
        return {row[0]: None if len(row) == 1 else record_of(_SHELVES[row[1]], row[2]) for row in rows}
    except (LookupError, TypeError) as error:
        raise DamagedVaultError(code="vault.damaged") from error


def packed(state: State) -> bytes:
    """Records by key, small."""
    data = save_json(rows_of(state)).encode()
    return b"\x00" + data if len(data) < _SMALL else b"\x01" + zlib.compress(data, 1)


def unpacked(data: bytes) -> State:
    """The records again. Raises DamagedVaultError."""
    try:
        return state_of_rows(load_json(zlib.decompress(data[1:]) if data[:1] == b"\x01" else data[1:]))
    except (zlib.error, ValueError) as error:
        raise DamagedVaultError(code="vault.damaged") from error
