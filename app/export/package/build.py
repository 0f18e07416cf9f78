"""The package on the disk: built beside its place and put there in one step, so that it is whole or not there at all.

The originals are read, never written. A file that is not as it was planned stops the building.
A package of ours is replaced only while nobody has changed it.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from app.core.errors import InputError
from app.core.packaging import PackageEntry
from app.export.file import Guard, output_error, unguarded
from app.export.package.manifest import (
    MANIFEST,
    ManifestFacts,
    as_json,
    as_text,
    files_of,
    is_package,
    is_package_archive,
    obstacles,
)
from app.export.package.plan import Planned
from app.export.package.sources import forget, trouble
from app.export.package.words import package_words

__all__ = ["FOLDER", "Built", "build_package"]

FOLDER = "anbud"
"""Within the package: what goes up, and nothing else."""
_PIECE = 1 << 20
_OLD = "gammalt"
_MOST_MANIFEST = 4 << 20
_PACKED = frozenset({".pdf", ".docx", ".xlsx", ".pptx", ".zip", ".jpg", ".jpeg", ".png"})
"""What is compressed already."""


@dataclass(frozen=True, slots=True)
class Built:
    """A package that was built: where it is, its ZIP if one was wished for, and its files as they lie there."""

    folder: Path
    archive: Path | None
    entries: tuple[PackageEntry, ...]


def build_package(
    planned: Planned,
    target: Path,
    facts: ManifestFacts,
    *,
    language: str = "sv",
    contents: Mapping[str, bytes] | None = None,
    sheet: bytes | None = None,
    archive: bool = False,
    bid: Path | None = None,
    guard: Guard = unguarded,
    step: Callable[[int, int, str], None] | None = None,
) -> Built:
    """Build the package at `target` (a folder), and `target`.zip beside it when `archive` is wished for.

    `contents` are the bytes of what lies on no disk, by hash; `sheet` is the run sheet as PDF; `bid` is the bid folder, which is
    never written over. `step` is told of each file before it is copied and may raise to stop.

    Raises InputError for what cannot be packed (upload.obstacles unless `facts.forced` says why to go on), OutputError for what
    cannot be written. Then nothing is left behind, and what was there before is there still.
    """
    if not planned.entries:
        raise InputError(code="upload.nothing")
    facts = replace(facts, findings=planned.findings)
    if (count := obstacles(facts.findings, facts.review)) and not facts.forced.strip():
        raise InputError(code="upload.obstacles", count=count)
    target = _place(target, bid)
    zipped = target.with_name(f"{target.name}.zip") if archive else None
    _check_target(target)
    if zipped is not None:
        _check_archive(zipped)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=f".{target.name[:60]}.", suffix=".part", dir=target.parent))
    except OSError as error:
        raise output_error(error, target.name) from error
    try:
        with guard(partial(_undone, part, target)):
            try:
                inner = part / "paket"
                entries = _fill(inner, planned, facts, language, contents or {}, sheet, step)
                packed = _zip(inner, part / "paket.zip", target.name, entries) if zipped is not None else None
                _put(inner, target, part / _OLD)
                if packed is not None and zipped is not None:
                    packed.replace(zipped)
            except OSError as error:
                raise output_error(error, target.name) from error
    finally:
        _undone(part, target)
    return Built(target, zipped, entries)


def _place(target: Path, bid: Path | None) -> Path:
    try:
        place = target.resolve()
        if bid is not None and (place == (home := bid.resolve()) or place in home.parents):
            raise InputError(target.name, code="upload.target_in_bid")
    except OSError as error:
        raise output_error(error, target.name) from error
    if not place.name:
        raise InputError(str(target), code="upload.target_taken")
    return place


def _check_target(target: Path) -> None:
    """Whether it may be written: nothing is there, an empty folder, or a package of ours that is as it was built."""
    try:
        if not target.exists() or (target.is_dir() and not any(target.iterdir())):
            return
        if not is_package(target):
            raise InputError(target.name, code="upload.target_taken")
        if (odd := _changed(target)) is not None:
            raise InputError(target.name, code="upload.target_worked_on", found=odd)
    except OSError as error:
        raise output_error(error, target.name) from error


def _changed(package: Path) -> str | None:
    """The first file of a package that is not as its manifest says, or that it does not name."""
    known = files_of((package / MANIFEST).read_bytes()[:_MOST_MANIFEST]) or {}
    for path in sorted(package.rglob("*")):
        name = path.relative_to(package).as_posix()
        if path.is_dir() or name == MANIFEST:
            continue
        if name not in known or path.is_symlink() or _digest(path) != known[name]:
            return name
    return None


def _check_archive(zipped: Path) -> None:
    """A file of that name is replaced only if it is the archive of a package."""
    try:
        if not zipped.exists() or is_package_archive(zipped):
            return
    except OSError as error:
        raise output_error(error, zipped.name) from error
    raise InputError(zipped.name, code="upload.target_taken")


def _fill(
    inner: Path,
    planned: Planned,
    facts: ManifestFacts,
    language: str,
    contents: Mapping[str, bytes],
    sheet: bytes | None,
    step: Callable[[int, int, str], None] | None,
) -> tuple[PackageEntry, ...]:
    words = package_words(language)
    (inner / FOLDER).mkdir(parents=True)
    entries = []
    for index, entry in enumerate(planned.entries):
        if step is not None:
            step(index, len(planned.entries), entry.name)
        entries.append(_copied(entry, inner / FOLDER / entry.name, contents))
    own: dict[str, bytes] = {}
    if sheet is not None:
        own[words.of("files", "sheet")] = sheet
    text = as_text(entries, planned.profile, facts, FOLDER, language, MANIFEST)
    own[words.of("files", "text")] = text
    hashes = {name: sha256(data).hexdigest() for name, data in own.items()}
    for name, data in (*own.items(), (MANIFEST, as_json(entries, planned.profile, facts, FOLDER, hashes))):
        with (inner / name).open("wb") as stream:
            stream.write(data)
            _settle(stream)
    return tuple(entries)


def _copied(entry: PackageEntry, target: Path, contents: Mapping[str, bytes]) -> PackageEntry:
    """The file as it lies in the package now. What was hashed when it was planned must be what is copied."""
    if not entry.path:
        data = contents.get(entry.sha256)
        if data is None:
            raise InputError(entry.name, code="upload.changed_meanwhile")
        with target.open("wb") as stream:
            stream.write(data)
            _settle(stream)
        return entry
    path, running, size = Path(entry.path), sha256(), 0
    try:
        source = path.open("rb")
    except OSError as error:
        raise _unread(error, path) from error
    with source, target.open("wb") as stream:
        while True:
            try:
                piece = source.read(_PIECE)
            except OSError as error:
                raise _unread(error, path) from error
            if not piece:
                break
            running.update(piece)
            size += len(piece)
            stream.write(piece)
        _settle(stream)
    if running.hexdigest() != entry.sha256 or _digest(target) != entry.sha256:
        forget(path)
        raise InputError(path.name, code="upload.changed_meanwhile")
    with suppress(OSError):
        times = path.stat()
        os.utime(target, ns=(times.st_atime_ns, times.st_mtime_ns))
    return replace(entry, size=size)


def _unread(error: OSError, path: Path) -> InputError:
    """A file of the bid that cannot be read is told apart from a package that cannot be written."""
    found = trouble(error, path, path.name)
    return InputError(found.file, code=found.code)


def _settle(stream: BinaryIO) -> None:
    stream.flush()
    os.fsync(stream.fileno())


def _digest(path: Path) -> str:
    running = sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            running.update(piece)
    return running.hexdigest()


def _zip(inner: Path, target: Path, root: str, entries: Sequence[PackageEntry]) -> Path:
    """The package as one file, in the order of the portal. Dates are those of the files, so that the same gives the same."""
    ordered = [inner / FOLDER / entry.name for entry in entries]
    rest = sorted(path for path in inner.iterdir() if path.is_file())
    with target.open("w+b") as stream:
        with ZipFile(stream, "w") as made:
            for path in (*ordered, *rest):
                name = f"{root}/{path.relative_to(inner).as_posix()}"
                info = ZipInfo.from_file(path, name, strict_timestamps=False)
                info.compress_type = ZIP_STORED if path.suffix.lower() in _PACKED else ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                with path.open("rb") as source, made.open(info, "w") as member:
                    shutil.copyfileobj(source, member, _PIECE)
        _settle(stream)
    return target


def _undone(part: Path, target: Path) -> None:
    """Nothing half left: the old package is put back if the new one has not taken its place, and the rest is deleted."""
    with suppress(OSError):
        if (part / _OLD).exists() and not target.exists():
            (part / _OLD).replace(target)
    shutil.rmtree(part, ignore_errors=True)


def _put(inner: Path, target: Path, away: Path) -> None:
    """The new folder in the place of the old one, which is kept aside until then."""
    mask = os.umask(0o077)
    os.umask(mask)
    with suppress(OSError):
        inner.chmod(0o777 & ~mask)
    if target.exists():
        target.replace(away)
    inner.replace(target)
