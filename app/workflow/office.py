"""All tenders together: the overview, opening one, putting it away, search over all of them, backups and settings.

Everything here waits for the disk: the window calls it on its writer's thread. What listing the tenders does not need is
imported when it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.core.checklist import Checklist, Tender
from app.core.document import Finding
from app.core.points import PointKind
from app.core.work import DocumentRecord, FileLink, ItemState, TenderRecord, WorkItem, new_key
from app.storage.backups import Backup
from app.storage.questions import Hit, TenderCounts
from app.storage.vault import Vault
from app.workflow.readiness import Readiness, on_tender_list
from app.workflow.writer import Writer

if TYPE_CHECKING:
    from app.core.library import EarlierAnswer
    from app.workflow.desk import Desk
    from app.workflow.exports import Work
    from app.workflow.library import LibraryShelf

__all__ = ["Backup", "Hit", "Office", "Taken", "TenderOverview", "checklist_of", "export_list", "taken_from", "work_of"]

_ONE_VALUE = ("name", "buyer", "reference", "tender_deadline", "question_deadline", "valid_until")

_SAMPLE = "sample.tender"
"""The setting that names the sample's tender."""
_READING = "reading.files"
"""The setting that names the files that are being read."""
_DRAFT = "checklist.draft"
"""The setting that holds what is typed in a dialog."""


@dataclass(frozen=True, slots=True)
class TenderOverview:
    """A tender as the overview lists it. `due` is the first due date of what is not done."""

    record: TenderRecord
    readiness: Readiness
    documents: int = 0
    due: str | None = None


class Office:
    """The vault as the window uses it. Everything may raise errors of the tree."""

    def __init__(self, vault: Vault, writer: Writer) -> None:
        self.vault = vault
        self._writer = writer

    # --- tenders

    def tenders(self) -> tuple[TenderOverview, ...]:
        """Every tender, archived ones too, with how far it has come."""
        counts = {count.tender: count for count in self.vault.overview()}
        return tuple(_overview(record, counts.get(record.key)) for record in self.vault.tenders())

    def open(self, key: str) -> Desk:
        """The desk of a tender."""
        from app.workflow.desk import Desk
        from app.workflow.desk_state import records_of

        return Desk(records_of(key, self.vault), self.vault, self._writer)

    def create(self) -> Desk:
        """The desk of a new, empty tender."""
        record = TenderRecord(new_key(), datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S"))
        self.vault.add_tender(record)
        return self.open(record.key)

    def archive(self, key: str, archived: bool = True) -> None:
        """Put a tender that is not open away, or take it back."""
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
        record = replace(self.vault.tender(key), archived=now if archived else None)
        self.vault.write(key, "archive" if archived else "unarchive", [record])

    def delete(self, key: str) -> None:
        """Remove a tender and all that is only its own, for good."""
        if (draft := self.draft()) is not None and draft[0] == key:
            self.set_draft(None)
        self.vault.delete_tender(key)

    def sample(self) -> str:
        """The key of the tender that is made of the sample, which is new and empty the first time."""
        known = self.vault.setting(_SAMPLE)
        if any(record.key == known for record in self.vault.tenders()):
            return str(known)
        key = self.create().key
        self.vault.set_setting(_SAMPLE, key)
        return key

    def search(self, words: str, limit: int = 50) -> tuple[Hit, ...]:
        """Items of all tenders that have every one of the words."""
        return self.vault.search(words, limit)

    @property
    def library(self) -> LibraryShelf:
        """The company's own documents, used again from tender to tender."""
        from app.workflow.library import LibraryShelf

        return LibraryShelf(self.vault)

    def answers(self, words: str, but: str | None = None, limit: int = 200) -> tuple[EarlierAnswer, ...]:
        """Answers of all tenders `but` one that have any of the words, those with the most first."""
        return self.vault.answers(words, but, limit)

    def file(self, document: DocumentRecord) -> bytes:
        """The file that was read, as it was. A document inside an archive is a member of it. Raises KeyError."""
        return self.vault.blob(document.file)

    def keep_file(self, data: bytes) -> str:
        """Keep a file's bytes; their hash, which a record should name soon."""
        return self.vault.put_blob(data)

    def unread(self) -> tuple[tuple[str, tuple[Path, ...]], ...]:
        """Tenders and the files that were given to them, where the program ended before they were read."""
        known = {record.key for record in self.vault.tenders()}
        kept = self.vault.setting(_READING, [])
        return tuple((tender, tuple(map(Path, paths))) for tender, paths in kept if tender in known)

    def set_unread(self, files: Sequence[tuple[str, Sequence[Path]]]) -> None:
        """What is to be read, until it is."""
        self.vault.set_setting(_READING, [[tender, [str(path) for path in paths]] for tender, paths in files])

    def draft(self) -> tuple[str, ...] | None:
        """What was typed in a dialog that never ended: tender, what was done, item and text."""
        kept = self.vault.setting(_DRAFT)
        return tuple(kept) if kept else None

    def set_draft(self, draft: Sequence[str] | None) -> None:
        """What is typed in one now, until it is said or given up."""
        self.vault.set_setting(_DRAFT, draft and list(draft))

    def warm(self) -> None:
        """Load what the first search and the first change need, so that the user waits for neither. On any thread."""
        self.vault.warm()

    # --- files out and in

    def export_tender(self, key: str, passphrase: str, target: Path) -> None:
        """One tender as one encrypted file."""
        self.vault.export_tender(key, passphrase, target)

    def import_tender(self, source: Path, passphrase: str) -> str:
        """A tender from such a file; its key."""
        return self.vault.import_tender(source, passphrase)

    # --- backups and settings

    def backup_now(self) -> Backup:
        """A verified copy of everything."""
        return self.vault.backup_now()

    def backup_if_due(self) -> Backup | None:
        """A copy when the newest is a day old."""
        return self.vault.backup_now() if self.vault.backup_due() else None

    def backups(self) -> tuple[Backup, ...]:
        """The copies there are, newest first."""
        return self.vault.backups()

    def restore(self, backup: Path) -> Path | None:
        """Go back to a copy. What is there now is kept beside it. No desk may be open."""
        return self.vault.restore(backup)

    def setting(self, name: str, default: Any = None) -> Any:
        """A setting that belongs to the vault."""
        return self.vault.setting(name, default)

    def set_setting(self, name: str, value: Any) -> None:
        """Keep such a setting."""
        self.vault.set_setting(name, value)


@dataclass(frozen=True, slots=True)
class Taken:
    """What lay on a desk at a moment, to be looked through on another thread: twenty thousand items take a while."""

    tender: TenderRecord
    documents: tuple[DocumentRecord, ...]
    items: tuple[WorkItem, ...]
    links: tuple[FileLink, ...]


def taken_from(desk: Desk) -> Taken:
    """Everything on a desk as it is now. What is done there later changes nothing of it."""
    return Taken(desk.tender, desk.documents, desk.items(), desk.links)


def checklist_of(desk: Taken, keys: Sequence[str] | None = None) -> Checklist:
    """The tender's list as exports take it: what the user has made of it. With `keys`, only those, in the list's order.

    When `keys` leave nothing of the tender out, duties after award come along: they have a place of their own in every format.
    """
    wanted = None if keys is None else set(keys)
    whole = wanted is not None and all(item.key in wanted for item in desk.items if on_tender_list(item))
    items = tuple(
        item.item
        for item in desk.items
        if wanted is None or item.key in wanted or (whole and item.item.kind is PointKind.CONTRACT and _stays(item))
    )
    return Checklist(_facts(desk.tender), tuple(record.summary for record in desk.documents), items)


def work_of(desk: Taken, checklist: Checklist) -> Work:
    """What the user has made of a list, and how many items of the tender are not on it."""
    from app.workflow.exports import Work

    items = {item.item.id: item for item in desk.items}
    files: dict[str, tuple[FileLink, ...]] = {}
    for link in desk.links:
        files[link.item] = (*files.get(link.item, ()), link)
    listed = {item.id for item in checklist.items}
    left_out = sum(on_tender_list(item) and identity not in listed for identity, item in items.items())
    return Work(items, files, left_out)


def export_list(
    checklist: Checklist,
    target: Path,
    name: str,
    language: str,
    describe: Callable[[Finding, str], str],
    work: Work | None = None,
) -> None:
    """Write the list to a file in a format (xlsx, docx, html, json), whole or not at all. Raises OutputError."""
    from app.workflow.exports import NO_WORK, write_file, writer

    write_file(target, writer(name, checklist, language, describe, work or NO_WORK))


def _stays(item: WorkItem) -> bool:
    return item.state is not ItemState.REJECTED


def _facts(record: TenderRecord) -> Tender:
    """What the documents say, with the user's own values in their place."""
    fields: dict[str, Any] = {name: record.value(name) for name in _ONE_VALUE}
    return replace(record.found, **fields)


def _overview(record: TenderRecord, counts: TenderCounts | None) -> TenderOverview:
    if counts is None:
        return TenderOverview(record, Readiness())
    readiness = Readiness(
        counts.total,
        counts.done,
        counts.must_missing,
        counts.unreviewed,
        counts.unread_pages,
        counts.unread_documents,
        counts.unassigned,
        counts.owners,
        counts.lost_claims,
    )
    return TenderOverview(record, readiness, counts.documents, counts.next_due)
