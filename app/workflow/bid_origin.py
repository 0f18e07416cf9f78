"""Where a file of the bid comes from: a file on the disk, or one inside an archive there; also after it was moved."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from app.core.document import Finding
from app.core.errors import AnbudsklarError
from app.core.work import BidFileRecord
from app.documents.reader import ReadRequest

__all__ = ["Origin", "file_name", "is_archive", "is_there", "moved_from"]


@dataclass(frozen=True)
class Origin:
    """A file on the disk with its bytes, read once. `member` is the path inside it, where it is an archive."""

    request: ReadRequest
    data: bytes = field(repr=False)
    member: str | None = None

    @property
    def path(self) -> str:
        """Where it lies."""
        return str(self.request.path)

    @property
    def name(self) -> str:
        """What the user knows it by."""
        return self.request.name if self.member is None else f"{self.request.name}/{self.member}"

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes."""
        return sha256(self.data).hexdigest()

    def member_of(self, name: str) -> str | None:
        """The path inside the archive, of what is named by it."""
        prefix = f"{self.request.name}/"
        return name.removeprefix(prefix) if name.startswith(prefix) else None

    def is_as_read(self, record: BidFileRecord) -> bool:
        """Whether a record says all that reading would."""
        known = record.summary.sha256 if record.member is None else record.file
        return known == self.digest and record.reading is not None and record.summary.error is None


def file_name(record: BidFileRecord) -> str:
    """The name of the file on the disk: a member's without the path inside the archive."""
    return record.summary.name if record.member is None else record.summary.name.removesuffix(f"/{record.member}")


def is_archive(finding: Finding) -> bool:
    """Whether a file could not be read because it is an archive of others."""
    return finding.code == "file.unsupported" and dict(finding.values).get("format") == "zip"


def is_there(record: BidFileRecord) -> bool:
    """Whether something lies where the file lay."""
    try:
        return Path(record.path).exists()
    except OSError:
        return False


def moved_from(request: ReadRequest, gone: Sequence[BidFileRecord]) -> tuple[BidFileRecord, ...]:
    """What lay elsewhere, of those that are gone: the file with the same content, else the only one of the same name.

    Of an archive, all that was taken from it.
    """
    if not gone:
        return ()
    with suppress(AnbudsklarError, OSError):
        digest = sha256(request.bytes()).hexdigest()
        same = [one for one in gone if (one.summary.sha256 if one.member is None else one.file) == digest]
        if same:
            return tuple(one for one in same if one.path == same[0].path)
    named = [one for one in gone if Path(one.path).name == Path(request.name).name]
    return tuple(named) if len({one.path for one in named}) == 1 else ()
