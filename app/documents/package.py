"""From what the user points at to the single files to read: folders walked, archives opened in memory.

Nothing is ever unpacked to the disk, so nothing can be written outside a target and nothing of a tender stays behind.
Links are never followed and special files never opened. What is left out is told as a Finding, never passed over.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from unicodedata import normalize

from app.core.document import Finding
from app.core.errors import AnbudsklarError
from app.core.limits import DEFAULT_LIMITS, Limits
from app.documents.archive import Budget, archive_leaves, is_clutter, safe_name
from app.documents.formats import Format, detect, is_foreign_text
from app.documents.reader import ReadRequest

__all__ = ["files_in", "leaves", "natural_key"]

_DIGITS = re.compile(r"(\d+)")
_HEAD = 8192  # bytes
_ARCHIVES = (Format.SEVEN_ZIP, Format.RAR, Format.ARCHIVE)


def files_in(
    paths: Sequence[Path], passwords: Sequence[str] = (), limits: Limits = DEFAULT_LIMITS
) -> tuple[list[ReadRequest], list[Finding]]:
    """The files that the paths lead to, in natural order, and what was left out and why. Raises nothing.

    A file's name is its path below the given folder, or its own name when it was given itself. Text of formats that no
    procurement uses (programs, logs) is read when it was given itself, and left out of folders and archives.
    """
    walk = _Walk(limits)
    for given in paths:
        walk.take(given)
    requests: list[ReadRequest] = []
    taken: set[str] = set()
    for root, name, path in walk.files:
        unique = _free_name(name, root, taken)
        taken.add(unique)
        requests.append(ReadRequest(unique, path=path, passwords=tuple(passwords), limits=limits))
    return requests, walk.findings


def leaves(request: ReadRequest, skip: frozenset[str] = frozenset()) -> Iterator[ReadRequest | Finding]:
    """The documents inside a file: an archive's members at any depth, a PDF and the files embedded in it, or itself.

    One member is held in memory at a time. Members named in `skip` are not unpacked, so nothing inside them is told
    either; of a PDF given itself and named in `skip`, the embedded files still are. Raises nothing.
    """
    yield from _leaves(request, skip, Budget(request.limits), 0)


def _leaves(request: ReadRequest, skip: frozenset[str], budget: Budget, depth: int) -> Iterator[ReadRequest | Finding]:
    try:
        kind = detect(request)
    except AnbudsklarError:
        # Reading it raises the same, with the same words: the caller hears of it once.
        kind = Format.UNKNOWN
    if kind is Format.ZIP:
        if depth >= request.limits.package_depth:
            limit = (("limit", str(request.limits.package_depth)),)
            yield Finding("limit.depth", request.name, None, limit)
            return
        for member in archive_leaves(request, skip, budget):
            if isinstance(member, Finding):
                yield member
            else:
                yield from _leaves(member, skip, budget, depth + 1)
            del member
        return
    if kind in _ARCHIVES:
        yield Finding("file.unsupported", request.name, None, (("format", str(kind)), ("remedy", "unpack")))
        return
    if depth and kind is Format.TEXT and is_foreign_text(request.name, request.head()):
        yield Finding("file.skipped", request.name)
        return
    if request.name not in skip:
        yield request
    if kind is Format.PDF:
        yield from _embedded(request, skip, budget, depth)


def _embedded(request: ReadRequest, skip: frozenset[str], budget: Budget, depth: int) -> Iterator[ReadRequest | Finding]:
    """The files inside a PDF. One that cannot be opened says so when it is read itself."""
    from app.documents.pdf.embedded import embedded_files

    taken: set[str] = set()
    try:
        for raw_name, data in embedded_files(request):
            inner = safe_name(raw_name.replace("\\", "/").rsplit("/", 1)[-1]) or "bilaga"
            name = _numbered(f"{request.name}/{inner}", taken)
            taken.add(name)
            if depth >= request.limits.package_depth:
                yield Finding("limit.depth", name, None, (("limit", str(request.limits.package_depth)),))
                return
            problem = budget.spend(name, len(data))
            if problem is not None:
                yield problem
                return
            member = ReadRequest(name, None, data, request.passwords, request.limits, request.progress)
            yield from _leaves(member, skip, budget, depth + 1)
    except AnbudsklarError as error:
        if error.code_used.startswith("limit."):
            yield error.finding()
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, OSError, RecursionError, MemoryError) as error:
        yield Finding("file.embedded_unread", request.name, None, (("cause", type(error).__name__),))


class _Walk:
    """Collects the files below the given paths: (name of the given folder, name, path)."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.files: list[tuple[str, str, Path]] = []
        self.findings: list[Finding] = []
        self._seen: set[str] = set()
        self._met = 0
        self._full = False

    def take(self, given: Path) -> None:
        """Take a path that the user gave: a file of any name, or a folder with what is in it."""
        shown = safe_name(given.name or str(given))
        try:
            mode = os.lstat(given).st_mode
        except (FileNotFoundError, NotADirectoryError):
            self._note("file.not_found", shown)
        except (OSError, ValueError) as error:
            self._note("file.permission" if isinstance(error, PermissionError) else "file.not_found", shown)
        else:
            if stat.S_ISDIR(mode):
                root = safe_name(given.name or given.absolute().name)
                before = self._met
                if self._folder(given, root, "", 0) and self._met == before:
                    self._note("package.empty", root)
            else:
                self._file(given, mode, "", shown)

    def _folder(self, folder: Path, root: str, prefix: str, depth: int) -> bool:
        """Take what is in a folder; whether it was looked into for the first time."""
        if depth > self.limits.package_depth:
            self._note("limit.depth", prefix.rstrip("/"), limit=self.limits.package_depth)
            return False
        if not self._first_time(folder):
            return False
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: natural_key(entry.name))
        except OSError as error:
            code = "file.permission" if isinstance(error, PermissionError) else "file.not_found"
            self._note(code, prefix.rstrip("/") or root)
            return False
        for entry in entries:
            if self._full:
                break
            if is_clutter(entry.name):
                continue
            name = prefix + safe_name(entry.name)
            try:
                mode = entry.stat(follow_symlinks=False).st_mode
            except OSError:
                self._note("file.permission", name)
                continue
            if stat.S_ISDIR(mode):
                self._folder(Path(entry.path), root, name + "/", depth + 1)
            else:
                self._file(Path(entry.path), mode, root, name)
        return True

    def _file(self, path: Path, mode: int, root: str, name: str) -> None:
        self._met += 1
        if stat.S_ISLNK(mode):
            self._note("file.link", name)
        elif not stat.S_ISREG(mode):
            self._note("file.unsafe", name, reason="special", remedy="plain_file")
        elif not os.access(path, os.R_OK):
            self._note("file.permission", name)
        elif self._first_time(path):
            if len(self.files) >= self.limits.package_files:
                self._full = True
                self._note("limit.count", root or name, limit=self.limits.package_files)
                return
            if root and _is_foreign(path, name):
                self._note("file.skipped", name)
                return
            self.files.append((root, name, path))

    def _first_time(self, path: Path) -> bool:
        real = os.path.realpath(path)
        if real in self._seen:
            return False
        self._seen.add(real)
        return True

    def _note(self, code: str, name: str, **values: object) -> None:
        self._met += 1
        self.findings.append(Finding(code, name, None, tuple((key, str(value)) for key, value in sorted(values.items()))))


def _is_foreign(path: Path, name: str) -> bool:
    try:
        with path.open("rb") as stream:
            return is_foreign_text(name, stream.read(_HEAD))
    except OSError:
        return False  # reading it tells what is wrong with it


def natural_key(name: str) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """Sorts "Bilaga 2" before "Bilaga 10", whatever the case."""
    parts = _DIGITS.split(normalize("NFC", name).casefold())
    return tuple((0, int(part[:300]), "") if index % 2 else (1, 0, part) for index, part in enumerate(parts)), name


def _free_name(name: str, root: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    with_root = f"{root}/{name}" if root else name
    return with_root if with_root not in taken else _numbered(with_root, taken)


def _numbered(name: str, taken: set[str]) -> str:
    """The name itself, or with a number before its ending when it is taken."""
    if name not in taken:
        return name
    folder, slash, file = name.rpartition("/")
    stem, dot, ending = file.rpartition(".")
    if not dot or not stem:
        stem, dot, ending = file, "", ""
    number = 2
    while (candidate := f"{folder}{slash}{stem} ({number}){dot}{ending}") in taken:
        number += 1
    return candidate
