"""The company's own documents: taken in, judged against a tender's deadline, copied into a bid's folder. Waits for the disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from app.core.errors import InputError
from app.core.library import LibraryDocument, LibraryKind, LibraryUse
from app.core.work import new_key
from app.documents.reader import ReadRequest
from app.export.target import writing

__all__ = ["AHEAD", "Freshness", "LibraryShelf", "Placed", "Standing", "standing", "to_renew"]

AHEAD = timedelta(days=60)
"""How long ahead a document that runs out is told of: time to order a new one."""


class Freshness(StrEnum):
    """How a document stands on a day."""

    VALID = "valid"
    ENDING = "ending"  # runs out soon after the day
    EXPIRED = "expired"
    OLD = "old"  # issued longer ago than is asked for
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a document stands, and by how many days: left until it runs out, or past it; its age for one that is too old."""

    freshness: Freshness
    days: int = 0


class LibraryStore(Protocol):
    """The vault, as far as the library goes."""

    def library(self) -> tuple[LibraryDocument, ...]:
        """Every document."""
        ...

    def put_library(self, document: LibraryDocument) -> None:
        """Keep it."""
        ...

    def delete_library(self, key: str) -> None:
        """Take it away for good."""
        ...

    def put_blob(self, data: bytes) -> str:
        """Keep the bytes."""
        ...

    def blob(self, sha256: str) -> bytes:
        """The bytes again. Raises KeyError."""
        ...


@dataclass(frozen=True, slots=True)
class Placed:
    """A copy in the bid's folder: where it lies, what it is. `new` is false when the same bytes lay there already."""

    path: Path
    sha256: str
    size: int
    new: bool = True


def standing(document: LibraryDocument, on: date, most_months: int | None = None) -> Standing:
    """How it stands on a day, which for a tender is its last day. `most_months` is how old it may be, when that is asked for."""
    expires, issued = _day(document.expires), _day(document.issued)
    if expires is not None and expires < on:
        return Standing(Freshness.EXPIRED, (on - expires).days)
    if issued is not None and most_months is not None and issued < _months_before(on, most_months):
        return Standing(Freshness.OLD, (on - issued).days)
    if expires is not None and expires - on <= AHEAD:
        return Standing(Freshness.ENDING, (expires - on).days)
    if expires is None and issued is None:
        return Standing(Freshness.UNDATED)
    return Standing(Freshness.VALID, (expires - on).days if expires is not None else 0)


def to_renew(documents: tuple[LibraryDocument, ...], today: date) -> tuple[tuple[LibraryDocument, Standing], ...]:
    """Documents that have run out or soon will, the most pressing first; retired ones are left alone."""
    judged = ((document, standing(document, today)) for document in documents if document.retired is None)
    pressing = [(one, how) for one, how in judged if how.freshness in (Freshness.EXPIRED, Freshness.ENDING)]
    return tuple(sorted(pressing, key=lambda pair: (pair[0].expires or "", pair[0].name)))


class LibraryShelf:
    """The library as the window uses it: every method waits for the disk."""

    def __init__(self, store: LibraryStore, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._store = store
        self._now = now

    def documents(self) -> tuple[LibraryDocument, ...]:
        """Every document, retired ones too, by kind and name."""
        return self._store.library()

    def take_in(
        self, path: Path, name: str, kind: LibraryKind, *, issued: str | None = None, expires: str | None = None
    ) -> LibraryDocument:
        """Keep a copy of a file. The file itself stays where it is. Raises errors of the tree."""
        data = ReadRequest(path.name, path).bytes()
        if not data:
            raise InputError(path.name, code="file.empty")
        file = self._store.put_blob(data)
        title = " ".join(name.split()) or path.stem
        document = LibraryDocument(new_key(), title, kind, path.name, file, len(data), self._at(), issued, expires)
        self._store.put_library(document)
        return document

    def change(self, document: LibraryDocument) -> None:
        """It is as it says now."""
        self._store.put_library(document)

    def retire(self, document: LibraryDocument, retired: bool = True) -> LibraryDocument:
        """Keep it, and offer it no more; or again."""
        new = replace(document, retired=self._at()[:10] if retired else None)
        self._store.put_library(new)
        return new

    def delete(self, document: LibraryDocument) -> None:
        """Take it away for good. Copies in bids stay."""
        self._store.delete_library(document.key)

    def renew(self, document: LibraryDocument, path: Path, *, issued: str | None, expires: str | None) -> LibraryDocument:
        """A newer issue takes its place; the older is retired, and still there."""
        newer = self.take_in(path, document.name, document.kind, issued=issued, expires=expires)
        self.retire(document)
        return newer

    def place(self, document: LibraryDocument, folder: Path, tender: str, tender_name: str) -> Placed:
        """Copy it into a bid's folder, over nothing: beside a file of that name it gets a number. Raises errors of the tree."""
        try:
            data = self._store.blob(document.file)
        except KeyError as error:
            raise InputError(document.filename, code="library.no_file") from error
        with writing(document.filename):
            folder.mkdir(parents=True, exist_ok=True)
            placed = _placed(folder, document.filename, data)
        use = LibraryUse(tender, tender_name, self._at(), str(placed.path))
        others = tuple(known for known in document.uses if (known.tender, known.path) != (use.tender, use.path))
        self._store.put_library(replace(document, uses=(*others, use)))
        return placed

    def _at(self) -> str:
        return self._now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def _placed(folder: Path, filename: str, data: bytes) -> Placed:
    digest = sha256(data).hexdigest()
    name = Path(filename.replace("\\", "/")).name
    stem, suffix = Path(name).stem, Path(name).suffix
    number = 1
    while True:
        path = folder / (name if number == 1 else f"{stem} ({number}){suffix}")
        try:
            descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o644)
        except FileExistsError:
            if path.is_file() and path.stat().st_size == len(data) and sha256(path.read_bytes()).hexdigest() == digest:
                return Placed(path, digest, len(data), new=False)
            number += 1
            continue
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except BaseException:
            with suppress(OSError):
                path.unlink()
            raise
        return Placed(path, digest, len(data))


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last day of a month that has no such day."""
    month = day.year * 12 + day.month - 1 - months
    year, number = divmod(month, 12)
    for wanted in range(day.day, 27, -1):
        with suppress(ValueError):
            return date(year, number + 1, wanted)
    return date(year, number + 1, min(day.day, 28))
