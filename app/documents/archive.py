"""The members of a ZIP, one at a time in memory, with every promise of the archive distrusted.

Sizes are counted while unpacking, never believed; names are repaired, then refused when they lead out of the archive.
"""

from __future__ import annotations

import stat
import struct
import zlib
from collections.abc import Iterator
from lzma import LZMAError
from pathlib import PurePosixPath
from struct import unpack_from
from unicodedata import category, normalize
from zipfile import BadZipFile, ZipFile, ZipInfo

from app.core.document import Finding
from app.core.errors import AnbudsklarError
from app.core.limits import Limits
from app.documents.reader import ReadRequest

__all__ = ["Budget", "archive_leaves", "is_clutter", "member_name", "safe_name"]

_PIECE = 1 << 18
# A small member may well be very compressible (a blank form, an empty sheet); only a large one can hurt.
_RATIO_FLOOR = 16 * 1024 * 1024
_DAMAGED = (BadZipFile, zlib.error, LZMAError, EOFError, OSError, ValueError, KeyError, IndexError, struct.error)
_ENCRYPTED = 0x1
_STRONG = 0x40
_UTF8 = 0x800
_UNICODE_PATH = 0x7075
_CLUTTER = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx", "$recycle.bin", "system volume information"})
_LETTERS = frozenset("åäöÅÄÖéÉüÜ–§")


class Budget:
    """What is left of the package's limits, shared by all archives in it."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.unpacked = 0
        self.files = 0

    def spend(self, name: str, size: int) -> Finding | None:
        """Count a file of `size` bytes; what limit it breaks, if any."""
        self.files += 1
        self.unpacked += size
        if self.files > self.limits.package_files:
            return Finding("limit.count", name, None, (("limit", str(self.limits.package_files)),))
        if self.unpacked > self.limits.unpacked_bytes:
            return Finding("limit.unpacked", name, None, (("limit", str(self.limits.unpacked_bytes)),))
        return None

    @property
    def spent(self) -> bool:
        """Whether nothing more may be unpacked."""
        return self.files > self.limits.package_files or self.unpacked > self.limits.unpacked_bytes


def is_clutter(name: str) -> bool:
    """Whether a file or folder is the system's or an editor's own: hidden, thumbnail, lock file of an open document."""
    return name.startswith((".", "~$", ".~lock.")) or name.lower() in _CLUTTER or (name.startswith("~") and name.endswith(".tmp"))


def safe_name(name: str) -> str:
    """A name to show: composed Unicode, no control or direction characters, no outer blanks."""
    composed = normalize("NFC", name)
    return "".join("_" if category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") else character for character in composed).strip()


def archive_leaves(request: ReadRequest, skip: frozenset[str], budget: Budget) -> Iterator[ReadRequest | Finding]:
    """The archive's files as requests held in memory, and what was left out. Nested archives come unopened."""
    try:
        with request.open() as stream, ZipFile(stream) as package:
            yield from _Archive(request, package, skip, budget).members()
    except AnbudsklarError as error:
        yield error.finding()
    except (NotImplementedError, *_DAMAGED):
        yield Finding("file.corrupt", request.name)


class _Archive:
    def __init__(self, request: ReadRequest, package: ZipFile, skip: frozenset[str], budget: Budget) -> None:
        self.request = request
        self.package = package
        self.skip = skip
        self.budget = budget
        self.passwords = _encoded(request.passwords)
        self.taken: set[str] = set()

    def members(self) -> Iterator[ReadRequest | Finding]:
        """Every member that is a file, in the archive's order; an archive without any says so."""
        nothing = True
        for info in self.package.infolist():
            if self.budget.spent:
                return
            inner, problem = member_name(info)
            nothing = nothing and problem is None
            if problem is not None:
                yield Finding("file.unsafe", f"{self.request.name}/{inner}", None, (("reason", problem),))
                continue
            if info.is_dir() or inner.endswith("/") or any(is_clutter(part) for part in inner.split("/")):
                continue
            nothing = False
            name = self._free(f"{self.request.name}/{inner}")
            self.taken.add(name)
            if name in self.skip:
                self.budget.files += 1
                continue
            yield self._member(info, name)
        if nothing:
            yield Finding("package.empty", self.request.name)

    def _member(self, info: ZipInfo, name: str) -> ReadRequest | Finding:
        if info.file_size > self.request.limits.file_bytes:
            return _finding("limit.size", name, limit=self.request.limits.file_bytes, size=info.file_size)
        if not info.flag_bits & _ENCRYPTED:
            return self._unpacked(info, name, None)
        if info.flag_bits & _STRONG or info.compress_type == 99:
            # AES and PKWARE's strong encryption: only weak ZIP encryption can be opened here.
            return _finding("file.unsupported", name, format="encrypted_zip", remedy="unpack")
        if not self.passwords:
            return _finding("file.password_needed", name)
        for password in tuple(self.passwords):
            outcome = self._unpacked(info, name, password)
            if not isinstance(outcome, Finding) or outcome.code.startswith("limit."):
                self.passwords.remove(password)
                self.passwords.insert(0, password)
                return outcome
        return _finding("file.password_wrong", name)

    def _unpacked(self, info: ZipInfo, name: str, password: bytes | None) -> ReadRequest | Finding:
        limits = self.request.limits
        pieces: list[bytes] = []
        size = 0
        try:
            with self.package.open(info, pwd=password) as part:
                while piece := part.read(_PIECE):
                    size += len(piece)
                    if size > limits.file_bytes:
                        return _finding("limit.size", name, limit=limits.file_bytes, size=size)
                    if size > _RATIO_FLOOR and size > limits.compression_ratio * max(1, info.compress_size):
                        self.budget.unpacked += size
                        return _finding("limit.ratio", name, limit=limits.compression_ratio)
                    if self.budget.unpacked + size > limits.unpacked_bytes:
                        return self.budget.spend(name, size) or _finding("limit.unpacked", name, limit=limits.unpacked_bytes)
                    pieces.append(piece)
        except NotImplementedError:
            return _finding("file.unsupported", name, format="zip_method", remedy="unpack")
        except RuntimeError:
            return _finding("file.password_wrong", name)
        except MemoryError:
            return _finding("limit.memory", name)
        except _DAMAGED:
            return _finding("file.corrupt", name)
        problem = self.budget.spend(name, size)
        if problem is not None:
            return problem
        request = self.request
        return ReadRequest(name, None, b"".join(pieces), request.passwords, limits, request.progress)

    def _free(self, name: str) -> str:
        if name not in self.taken:
            return name
        path, number = PurePosixPath(name), 2
        while (candidate := str(path.with_name(f"{path.stem} ({number}){path.suffix}"))) in self.taken:
            number += 1
        return candidate


def member_name(info: ZipInfo) -> tuple[str, str | None]:
    """A member's name to show, and why it must not be opened, if so: it leads out of the archive or is no plain file."""
    raw = _decoded_name(info).replace("\\", "/")
    name = safe_name(raw)
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) == stat.S_IFLNK:
        return name.strip("/"), "link"
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return name.strip("/"), "special"
    if name.startswith("/") or name[1:2] == ":":
        return name.lstrip("/"), "absolute"
    parts = name.split("/")
    if ".." in parts:
        return name, "traversal"
    plain = "/".join(part for part in parts[:-1] if part not in ("", ".")) + ("/" if len(parts) > 1 else "") + parts[-1]
    return plain.lstrip("/"), None if plain.strip("/") or not parts[-1] else "absolute"


def _decoded_name(info: ZipInfo) -> str:
    """The name in the letters it was meant in: older Windows archives say nothing of their encoding."""
    unicode_path = _unicode_path(info.extra)
    if unicode_path:
        return unicode_path
    name = info.orig_filename.split("\0", 1)[0]
    if info.flag_bits & _UTF8 or name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        pass
    readings = [raw.decode(encoding, "replace") for encoding in ("cp850", "cp1252", "mac-roman")]
    return max(readings, key=lambda reading: sum(character in _LETTERS for character in reading))


def _unicode_path(extra: bytes) -> str | None:
    """Info-ZIP's Unicode Path extra field (APPNOTE 4.6.9)."""
    position = 0
    while position + 4 <= len(extra):
        kind, size = unpack_from("<HH", extra, position)
        if kind == _UNICODE_PATH and size > 5:
            try:
                return extra[position + 9 : position + 4 + size].decode("utf-8")
            except UnicodeDecodeError:
                return None
        position += 4 + size
    return None


def _encoded(passwords: tuple[str, ...]) -> list[bytes]:
    """Each password in the encodings that archivers use."""
    found: dict[bytes, None] = {}
    for password in passwords:
        for encoding in ("utf-8", "cp850", "cp1252"):
            try:
                found[password.encode(encoding)] = None
            except UnicodeEncodeError:
                continue
    found.pop(b"", None)
    return list(found)


def _finding(code: str, name: str, **values: object) -> Finding:
    return Finding(code, name, None, tuple((key, str(value)) for key, value in sorted(values.items())))
