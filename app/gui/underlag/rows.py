"""The documents as the page lists them: what is read, what is being read, what waits. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from app.core.document import DocumentKind
from app.core.work import DocumentRecord
from app.gui.passwords import can_be_unlocked
from app.workflow.check import Step

__all__ = ["Again", "DocumentRow", "Run", "Stage", "file_of", "kind_of", "needs_password"]

_ENDINGS = {
    ".pdf": DocumentKind.PDF,
    ".docx": DocumentKind.DOCX,
    ".docm": DocumentKind.DOCX,
    ".doc": DocumentKind.DOCX,
    ".xlsx": DocumentKind.XLSX,
    ".xlsm": DocumentKind.XLSX,
    ".xls": DocumentKind.XLSX,
    ".txt": DocumentKind.TEXT,
}


@dataclass(frozen=True, slots=True)
class Again:
    """Documents to be read once more. The passwords are in no text made of this."""

    documents: tuple[DocumentRecord, ...]
    passwords: tuple[str, ...] = field(default=(), repr=False)


class Stage(Enum):
    """Where a document stands."""

    WAITING = "waiting"
    READING = "reading"
    READ = "read"
    WARNED = "warned"
    LOCKED = "locked"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A row. `record` is None for a file that nothing has been read of yet. `done` of `total` pages are read while it is
    being read (0 where the reader cannot tell). `items` is how many points of the list come from it."""

    name: str
    record: DocumentRecord | None = None
    stage: Stage = Stage.WAITING
    done: int = 0
    total: int = 0
    items: int = 0

    @property
    def title(self) -> str:
        """The file's own name."""
        return self.name.rsplit("/", 1)[-1]

    @property
    def folder(self) -> str:
        """The path to it inside what was dropped; empty for a file that lay by itself."""
        return self.name.rpartition("/")[0]

    @property
    def unread_pages(self) -> tuple[int, ...]:
        """Unreadable pages that nobody has said to have read."""
        if self.record is None:
            return ()
        return tuple(page for page in self.record.summary.unreadable_pages if page not in self.record.acknowledged)

    @property
    def wants_attention(self) -> bool:
        """Whether the user has something to do here before the document can be relied on."""
        return self.stage is Stage.LOCKED or (self.settled and bool(self.unread_pages))

    @property
    def settled(self) -> bool:
        """Whether reading it is over."""
        return self.stage not in (Stage.WAITING, Stage.READING)


class Run:
    """One run of reading: which files it takes and how far each has come."""

    def __init__(self, files: Iterable[str] = ()) -> None:
        self._steps: dict[str, Step | None] = dict.fromkeys(files)
        self._file_of: dict[str, str | None] = {}

    @property
    def files(self) -> tuple[str, ...]:
        """The files in the order in which they are read."""
        return tuple(self._steps)

    @property
    def finished(self) -> int:
        """How many files nothing more comes from."""
        return sum(step is not None and step.finished for step in self._steps.values())

    @property
    def share(self) -> float:
        """How far the whole has come, 0 to 1, a file being worth as much as any other."""
        if not self._steps:
            return 0.0
        parts = [
            0.0 if step is None else 1.0 if step.finished else step.done / step.total if step.total else 0.0
            for step in self._steps.values()
        ]
        return min(1.0, sum(parts) / len(parts))

    def note(self, step: Step) -> None:
        """The run has come this far."""
        if step.file not in self._steps:
            self._file_of.clear()
        self._steps[step.file] = step

    def file_of(self, name: str) -> str | None:
        """Which file of the run a document comes out of."""
        if name in self._steps:
            return name
        if name not in self._file_of:
            self._file_of[name] = next((file for file in self._steps if name.startswith(file + "/")), None)
        return self._file_of[name]

    def row(self, name: str, record: DocumentRecord | None, items: int) -> DocumentRow:
        """A document as it stands now."""
        file = self.file_of(name)
        if file is not None:
            step = self._steps[file]
            if step is None:
                return DocumentRow(name, record, Stage.WAITING, items=items)
            if not step.finished and name in (step.document, file):
                return DocumentRow(name, record, Stage.READING, step.done, step.total, items)
            if record is None:
                stage = Stage.READING if step.finished else Stage.WAITING
                return DocumentRow(name, None, stage, step.done, step.total, items)
        if record is None:
            return DocumentRow(name)
        return DocumentRow(name, record, _settled(record), items=items)


def _settled(record: DocumentRecord) -> Stage:
    summary = record.summary
    if needs_password(record):
        return Stage.LOCKED
    if summary.error is not None:
        return Stage.FAILED
    if summary.warnings or set(summary.unreadable_pages) - set(record.acknowledged):
        return Stage.WARNED
    return Stage.READ


def needs_password(record: DocumentRecord) -> bool:
    """Whether a password is all that is missing."""
    return can_be_unlocked(record.summary.error)


def kind_of(row: DocumentRow) -> DocumentKind:
    """The document's kind; before it is read, what its name says."""
    if row.record is not None and row.record.summary.kind is not DocumentKind.OTHER:
        return row.record.summary.kind
    return _ENDINGS.get("." + row.title.rsplit(".", 1)[-1].lower(), DocumentKind.OTHER)


def file_of(record: DocumentRecord) -> str:
    """The name of the file that was dropped, which may hold several documents."""
    name = record.summary.name
    return name.removesuffix(f"/{record.member}") if record.member else name
