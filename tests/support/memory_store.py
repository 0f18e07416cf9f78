"""A vault in memory, behaving like the real one: for tests of what stands above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from app.core.errors import VaultWriteError
from app.core.work import (
    BidFileRecord,
    Change,
    ClaimRecord,
    DocumentRecord,
    FileLink,
    HistoryEntry,
    KeptFile,
    Record,
    TenderRecord,
    WorkItem,
)


class MemoryStore:
    """Keeps records and history. With `full` set, writing fails as on a full disk."""

    def __init__(self, *records: Record) -> None:
        self.records: dict[str, Record] = {record.key: record for record in records}
        self.entries: list[HistoryEntry] = []
        self.before: dict[int, dict[str, Record | None]] = {}
        self.after: dict[int, dict[str, Record | None]] = {}
        self.blobs: dict[str, bytes] = {}
        self.full = False
        self.writes = 0

    def tender(self, key: str) -> TenderRecord:
        record = self.records[key]
        assert isinstance(record, TenderRecord)
        return record

    def items(self, tender: str) -> tuple[WorkItem, ...]:
        return tuple(r for r in self.records.values() if isinstance(r, WorkItem) and r.tender == tender)

    def documents(self, tender: str) -> tuple[DocumentRecord, ...]:
        return tuple(r for r in self.records.values() if isinstance(r, DocumentRecord) and r.tender == tender)

    def links(self, tender: str) -> tuple[FileLink, ...]:
        return tuple(r for r in self.records.values() if isinstance(r, FileLink) and r.tender == tender)

    def bid_files(self, tender: str) -> tuple[BidFileRecord, ...]:
        return tuple(r for r in self.records.values() if isinstance(r, BidFileRecord) and r.tender == tender)

    def claims(self, tender: str) -> tuple[ClaimRecord, ...]:
        return tuple(r for r in self.records.values() if isinstance(r, ClaimRecord) and r.tender == tender)

    def kept_files(self, tender: str) -> tuple[KeptFile, ...]:
        return tuple(r for r in self.records.values() if isinstance(r, KeptFile) and r.tender == tender)

    def history(self, tender: str, limit: int, before: int | None = None) -> tuple[HistoryEntry, ...]:
        found = [e for e in reversed(self.entries) if e.tender == tender and (before is None or e.number < before)]
        return tuple(found[:limit])

    def write(
        self,
        tender: str,
        action: str,
        puts: Sequence[Record],
        deletes: Sequence[str] = (),
        values: Sequence[tuple[str, str]] = (),
        merge: bool = False,
    ) -> HistoryEntry:
        self.writes += 1
        if self.full:
            raise VaultWriteError(code="vault.disk_full")
        self.entries = [e for e in self.entries if not (e.undone and e.tender == tender)]
        before = {key: self.records.get(key) for key in [*(record.key for record in puts), *deletes]}
        after: dict[str, Record | None] = {**{record.key: record for record in puts}, **dict.fromkeys(deletes)}
        self._put(after)
        last = next((e for e in reversed(self.entries) if e.tender == tender), None)
        if merge and last is not None and last.goes_on(action, tuple(values)):
            self.before[last.number] = {**before, **self.before[last.number]}
            self.after[last.number] = {**self.after[last.number], **after}
            entry = replace(last, values=tuple(values), records=tuple(self.after[last.number]))
            self.entries[self.entries.index(last)] = entry
            return entry
        number = max((e.number for e in self.entries), default=0) + 1
        entry = HistoryEntry(number, tender, "2026-11-25T10:00:00", action, tuple(values), tuple(after))
        self.entries.append(entry)
        self.before[number], self.after[number] = before, after
        return entry

    def undo(self, tender: str) -> Change | None:
        found = [e for e in self.entries if e.tender == tender and not e.undone]
        return self._turn(found[-1], True, self.before[found[-1].number]) if found else None

    def redo(self, tender: str) -> Change | None:
        found = [e for e in self.entries if e.tender == tender and e.undone]
        return self._turn(found[0], False, self.after[found[0].number]) if found else None

    def put_blob(self, data: bytes) -> str:
        name = sha256(data).hexdigest()
        self.blobs[name] = data
        return name

    def blob(self, sha256: str) -> bytes:
        return self.blobs[sha256]

    def _turn(self, entry: HistoryEntry, undone: bool, state: dict[str, Record | None]) -> Change:
        turned = replace(entry, undone=undone)
        self.entries[self.entries.index(entry)] = turned
        self._put(state)
        records = tuple(record for record in state.values() if record is not None)
        return Change(records, tuple(key for key, record in state.items() if record is None), turned)

    def _put(self, state: dict[str, Record | None]) -> None:
        for key, record in state.items():
            if record is None:
                self.records.pop(key, None)
            else:
                self.records[key] = record
