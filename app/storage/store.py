"""Records, history, files and settings of all tenders in a database. Every method is one transaction, from any thread.

What an open tender is made of is asked for by name (`asked`). Everything else needs SQLAlchemy, and imports it when it is used:
the tenders are listed, and the first is opened, before it is there.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Any

from app.core.library import EarlierAnswer, LibraryDocument
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
from app.storage import library, questions, shelves
from app.storage.database import Database
from app.storage.questions import Hit, TenderCounts

__all__ = ["RecordStore"]


class RecordStore:
    """What the program keeps. Everything may raise VaultError; a method that raises has changed nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._fresh: set[str] = set()  # files put in by this session, which a record may be about to name
        self._collecting = Lock()

    # --- what is there

    def tenders(self) -> tuple[TenderRecord, ...]:
        """Every tender, archived ones too, in the order they were made."""
        with self._database.asking() as ask:
            return shelves.all_tenders(ask)

    def tender(self, key: str) -> TenderRecord:
        """The tender with a key. Raises NoTenderError."""
        with self._database.asking() as ask:
            return shelves.one_tender(ask, key)

    def items(self, tender: str) -> tuple[WorkItem, ...]:
        """All its items, in any order."""
        with self._database.asking() as ask:
            return shelves.of_tender(ask, WorkItem, tender)

    def documents(self, tender: str) -> tuple[DocumentRecord, ...]:
        """All its documents, in any order."""
        with self._database.asking() as ask:
            return shelves.of_tender(ask, DocumentRecord, tender)

    def links(self, tender: str) -> tuple[FileLink, ...]:
        """All its linked files, in any order."""
        with self._database.asking() as ask:
            return shelves.of_tender(ask, FileLink, tender)

    def bid_files(self, tender: str) -> tuple[BidFileRecord, ...]:
        """All files of its bid, in any order."""
        with self._database.asking() as ask:
            return shelves.of_tender(ask, BidFileRecord, tender)

    def claims(self, tender: str) -> tuple[ClaimRecord, ...]:
        """All its secrecy claims, in any order."""
        with self._database.asking() as ask:
            return shelves.of_tender(ask, ClaimRecord, tender)

    def kept_files(self, tender: str) -> tuple[KeptFile, ...]:
        """What is kept of its submission, in any order."""
        with self._database.asking() as ask:
            return shelves.of_tender(ask, KeptFile, tender)

    def overview(self) -> tuple[TenderCounts, ...]:
        """How far every tender has come, in the order of `tenders`. Counted by the database: no record is taken out."""
        with self._database.asking() as ask:
            return questions.overview(ask)

    def search(self, words: str, limit: int = 100) -> tuple[Hit, ...]:
        """Items of all tenders that have every one of the words, as parts of words too."""
        with self._database.reading() as connection:
            return questions.search(connection, words, limit)

    def answers(self, words: str, but: str | None = None, limit: int = 200) -> tuple[EarlierAnswer, ...]:
        """Answers that have any of the words in question or answer, of all tenders `but` one, those with the most words first.

        Their likeness is the share of the words that they have.
        """
        from app.storage import earlier

        with self._database.reading() as connection:
            return earlier.answers(connection, words, but, limit)

    def library(self) -> tuple[LibraryDocument, ...]:
        """The company's own documents, retired ones too, by kind and name."""
        with self._database.asking() as ask:
            return library.all_documents(ask)

    # --- what is done

    def add_tender(self, record: TenderRecord) -> None:
        """A new tender, or one as it should be, without a trace in the history: nothing to take back."""
        from app.storage.records import put, state_of

        with self._database.writing() as connection:
            put(connection, state_of(connection, [record.key]), {record.key: record})

    def write(
        self,
        tender: str,
        action: str,
        puts: Sequence[Record],
        deletes: Sequence[str] = (),
        values: Sequence[tuple[str, str]] = (),
        merge: bool = False,
    ) -> HistoryEntry:
        """One step, on the disk when this returns. A tender that is new is part of it, and stays when it is undone.

        With `merge` it joins the latest entry if it goes on with that (`HistoryEntry.goes_on`), which says its values then.
        What was undone is forgotten. Deleting what is not there does nothing. Raises ValueError for records of another tender,
        NoTenderError for no tender.
        """
        from app.storage import steps

        with self._database.writing() as connection:
            return steps.write(connection, tender, action, puts, deletes, values, merge)

    def undo(self, tender: str) -> Change | None:
        """Take back the latest step that is not undone; None when there is none."""
        from app.storage import steps

        with self._database.writing() as connection:
            return steps.undo(connection, tender)

    def redo(self, tender: str) -> Change | None:
        """Do again the step that was undone last; None when there is none."""
        from app.storage import steps

        with self._database.writing() as connection:
            return steps.redo(connection, tender)

    def history(self, tender: str, limit: int, before: int | None = None) -> tuple[HistoryEntry, ...]:
        """The latest entries, newest first; with `before`, those older than that number."""
        with self._database.asking() as ask:
            return shelves.entries(ask, tender, limit, before)

    def delete_tender(self, key: str) -> None:
        """Take away a tender with everything that is only its own, for good: history and files too."""
        from sqlalchemy import delete

        from app.storage.schema import tenders

        with self._database.writing() as connection:
            connection.execute(delete(tenders).where(tenders.c.key == key))
        self.collect_blobs()

    def put_library(self, document: LibraryDocument) -> None:
        """Keep a document of the company's own, new or as it is now."""
        with self._database.writing() as connection:
            library.put(connection, document)

    def delete_library(self, key: str) -> None:
        """Take a document off the library for good. What it became in tenders stays."""
        with self._database.writing() as connection:
            library.delete(connection, key)
        self.collect_blobs()

    # --- files

    def put_blob(self, data: bytes) -> str:
        """Keep a file's bytes; their SHA-256 (hexadecimal). A record should name it before the vault is closed."""
        from app.storage import blobs

        with self._collecting:
            name = blobs.keep(self._database, data)
            self._fresh.add(name)
        return name

    def blob(self, sha256: str) -> bytes:
        """The bytes again. Raises KeyError."""
        from app.storage import blobs

        with self._database.reading() as connection:
            return blobs.get(connection, sha256)

    def collect_blobs(self) -> int:
        """Drop files that nothing names any more, neither now nor after an undo; how many."""
        with self._collecting:
            with self._database.asking() as ask:  # mostly there is none
                if not ask("loose") and not ask("loose_part"):
                    return 0
            from app.storage import blobs

            with self._database.writing() as connection:
                return blobs.collect(connection, self._fresh)

    # --- settings

    def setting(self, name: str, default: Any = None) -> Any:
        """A value kept under a name: anything that JSON can say."""
        with self._database.asking() as ask:
            found = ask("setting", name=name)
        return found[0]["value"] if found else default

    def set_setting(self, name: str, value: Any) -> None:
        """Keep a value under a name."""
        from sqlalchemy import insert, update

        from app.storage.schema import settings

        with self._database.writing() as connection:
            changed = connection.execute(update(settings).where(settings.c.name == name).values(value=value))
            if not changed.rowcount:
                connection.execute(insert(settings).values(name=name, value=value))
