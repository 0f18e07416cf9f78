"""One tender as one encrypted file: for a colleague, or another machine. Whoever opens it trusts nothing in it unchecked.

Inside the sealing stand frames: a kind, a length, bytes. First the records with their history (JSON, compressed), then each file.
"""

from __future__ import annotations

import os
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

import msgspec
from sqlalchemy import Connection, insert, select

from app.core.errors import (
    DamagedVaultError,
    InputError,
    NewerVaultError,
    NotFoundError,
    PermissionDeniedError,
    VaultWriteError,
)
from app.core.work import BidFileRecord, ClaimRecord, DocumentRecord, FileLink, KeptFile, Record, TenderRecord, WorkItem, new_key
from app.storage.asked import Asked
from app.storage.database import Database, load_json, save_json
from app.storage.envelope import Cost
from app.storage.folder import disk_is_full
from app.storage.records import State, put, state_of
from app.storage.schema import blob_parts, history, history_files, history_parts
from app.storage.schema import blobs as blob_table
from app.storage.sealing import Opener, Sealer, damaged
from app.storage.shelves import of_tender, one_tender
from app.storage.steps import files_of, packed, rows_of, state_of_rows, unpacked

__all__ = ["export_tender", "import_tender"]

_VERSION = 3
"""2 has the bid's files and secrecy claims as well, 3 what the portal gave. A file of an earlier version has none of it."""
_FRAME = struct.Struct(">cQ")
_RECORDS, _FILE, _END = b"R", b"F", b"E"
_RECORDS_LIMIT = 1 << 30
"""Bytes of records, unpacked."""
_NAME = 64
"""Characters of a file's hash, which stand before its bytes."""
_KEY = re.compile(r'"([0-9a-f]{32})"')


@dataclass(frozen=True, slots=True)
class _Part:
    before: list[list[Any]]
    after: list[list[Any]]


@dataclass(frozen=True, slots=True)
class _Step:
    number: int
    at: str
    action: str
    details: list[list[str]]
    undone: bool
    parts: list[_Part]


@dataclass(frozen=True, slots=True)
class _Content:
    version: int
    tender: str
    records: list[list[Any]]
    steps: list[_Step]


def export_tender(connection: Connection, key: str, passphrase: str, target: Path, cost: Cost) -> None:
    """Write everything of a tender to a file, whole or not at all. Raises ValueError, VaultError."""
    records = _all_records(connection, key)
    steps = _all_steps(connection, key)
    content = _Content(_VERSION, key, rows_of({record.key: record for record in records}), steps)
    files = _needed(records, steps)
    partial = target.with_name(f"{target.name}.partial")
    try:
        partial.unlink(missing_ok=True)
        number = os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(number, "wb") as file:
            sealer = Sealer(file, passphrase, cost)
            data = zlib.compress(save_json(msgspec.to_builtins(content)).encode())
            sealer.write(_FRAME.pack(_RECORDS, len(data)) + data)
            for name in sorted(files):
                _export_file(connection, name, sealer)
            sealer.write(_FRAME.pack(_END, 0))
            sealer.finish()
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except OSError as error:
        code = "vault.transfer_full" if disk_is_full(error) else "vault.transfer_unwritable"
        raise VaultWriteError(target.name, code=code) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)


def import_tender(database: Database, keep: Callable[[bytes], str], source: Path, passphrase: str) -> str:
    """Take such a file's tender in; its key. Raises VaultError, InputError; what is here is then as it was.

    Read twice: first to see that all of it is what it says, then file by file, so that nobody who writes meanwhile waits long.
    """
    try:
        with source.open("rb") as file:
            content = _content(_opened(file, passphrase)[1])
            records = _checked(content)
            wanted = _needed([record for record in records.values() if record is not None], content.steps)
            for again in (False, True):
                file.seek(0)
                opener, _ = _opened(file, passphrase)
                for data in _files(opener, wanted):
                    if again:
                        keep(data)
                opener.finish()
        with database.writing() as connection:
            renamed = _renamed(connection, content, records)
            after = _checked(renamed)
            put(connection, dict.fromkeys(after), after)
            _put_steps(connection, renamed)
            return renamed.tender
    except FileNotFoundError as error:
        raise NotFoundError(source.name) from error
    except PermissionError as error:
        raise PermissionDeniedError(source.name) from error
    except OSError as error:
        raise InputError(source.name) from error
    except NewerVaultError:
        raise
    except (DamagedVaultError, OverflowError, RecursionError) as error:
        raise damaged() from error


def _all_records(connection: Connection, key: str) -> list[Record]:
    ask = Asked(connection)
    kinds = (DocumentRecord, WorkItem, FileLink, BidFileRecord, ClaimRecord, KeptFile)
    return [one_tender(ask, key), *(record for kind in kinds for record in of_tender(ask, kind, key))]


def _all_steps(connection: Connection, key: str) -> list[_Step]:
    parts: dict[int, list[_Part]] = {}
    for row in connection.execute(
        select(history_parts).where(history_parts.c.tender == key).order_by(history_parts.c.number, history_parts.c.part)
    ):
        part = _Part(rows_of(unpacked(row.before)), rows_of(unpacked(row.after)))
        parts.setdefault(row.number, []).append(part)
    rows = connection.execute(select(history).where(history.c.tender == key).order_by(history.c.number))
    return [_Step(row.number, row.at, row.action, row.details, row.undone, parts.get(row.number, [])) for row in rows]


def _needed(records: Iterable[Record], steps: Iterable[_Step]) -> set[str]:
    """The files that the records or any step name."""
    states = [state_of_rows(rows) for step in steps for part in step.parts for rows in (part.before, part.after)]
    return files_of({record.key: record for record in records}).union(*map(files_of, states))


def _export_file(connection: Connection, name: str, sealer: Sealer) -> None:
    size = connection.scalar(select(blob_table.c.size).where(blob_table.c.sha256 == name))
    if size is None:
        return  # named, but not kept: a document that could not be read
    sealer.write(_FRAME.pack(_FILE, _NAME + size) + name.encode("ascii"))
    numbers = select(blob_parts.c.part).where(blob_parts.c.sha256 == name).order_by(blob_parts.c.part)
    for number in connection.scalars(numbers).all():
        part = connection.scalar(select(blob_parts.c.data).where(blob_parts.c.sha256 == name, blob_parts.c.part == number))
        sealer.write(part or b"")


def _opened(file: BinaryIO, passphrase: str) -> tuple[Opener, bytes]:
    """A file, read up to the end of its records; these."""
    opener = Opener(file, passphrase)
    kind, length = _FRAME.unpack(opener.read(_FRAME.size))
    if kind != _RECORDS or length > _RECORDS_LIMIT:
        raise damaged()
    unpacker = zlib.decompressobj()
    try:
        data = unpacker.decompress(opener.read(length), _RECORDS_LIMIT)
    except zlib.error as error:
        raise damaged() from error
    if not unpacker.eof:
        raise damaged()
    return opener, data


def _content(data: bytes) -> _Content:
    try:
        plain = load_json(data)
        if isinstance(plain, dict) and isinstance(plain.get("version"), int) and plain["version"] > _VERSION:
            raise NewerVaultError(code="vault.transfer_newer")
        return msgspec.convert(plain, _Content)
    except (ValueError, msgspec.ValidationError) as error:
        raise damaged() from error


def _renamed(connection: Connection, content: _Content, records: State) -> _Content:
    """The same with new keys, if any of its keys is taken here: what is here already stays untouched."""
    keys = {*records, *(key for before, after in _sides(content) for key in (*before, *after))}
    if all(record is None for record in state_of(connection, keys).values()):
        return content
    new = {key: new_key() for key in keys}
    text = save_json(msgspec.to_builtins(content))
    return _content(_KEY.sub(lambda match: f'"{new.get(match[1], match[1])}"', text).encode())


def _sides(content: _Content) -> Iterator[tuple[State, State]]:
    """What records were before and after each part of each step."""
    for step in content.steps:
        for part in step.parts:
            yield state_of_rows(part.before), state_of_rows(part.after)


def _checked(content: _Content) -> State:
    """The records, when all of them, now and in every step, are of this tender, which is among them."""
    records = state_of_rows(content.records)
    if not isinstance(records.get(content.tender), TenderRecord) or None in records.values():
        raise damaged()
    states = [records]
    for before, after in _sides(content):
        if before.keys() != after.keys():
            raise damaged()
        states += [before, after]
    for state in states:
        for key, record in state.items():
            if len(key) != 32 or (record is not None and (record.tender != content.tender or record.key != key)):
                raise damaged()
    if len({step.number for step in content.steps}) < len(content.steps):
        raise damaged()
    return records


def _put_steps(connection: Connection, content: _Content) -> None:
    steps, parts, files = [], [], []
    for step in content.steps:
        this = {"tender": content.tender, "number": step.number}
        details = [pair for pair in step.details if len(pair) == 2]
        steps.append({**this, "at": step.at, "action": step.action, "details": details, "undone": step.undone})
        named: set[str] = set()
        for place, part in enumerate(step.parts):
            before, after = state_of_rows(part.before), state_of_rows(part.after)
            parts.append({**this, "part": place, "keys": list(after), "before": packed(before), "after": packed(after)})
            named |= files_of(before) | files_of(after)
        files += [{**this, "sha256": name} for name in sorted(named)]
    for table, rows in ((history, steps), (history_parts, parts), (history_files, files)):
        if rows:
            connection.execute(insert(table), rows)


def _files(opener: Opener, wanted: set[str]) -> Iterator[bytes]:
    """Each file's bytes, when they are what their hash says and a record names it."""
    left = set(wanted)
    while True:
        kind, length = _FRAME.unpack(opener.read(_FRAME.size))
        if kind == _END:
            return
        if kind != _FILE or length < _NAME:
            raise damaged()
        name = opener.read(_NAME).decode("ascii", "replace")
        data = opener.read(length - _NAME)
        if name not in left or sha256(data).hexdigest() != name:
            raise damaged()
        left.remove(name)
        yield data
