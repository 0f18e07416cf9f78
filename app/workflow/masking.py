"""Masked copies of a bid's files: the claims' anchors file by file, each file masked and proven elsewhere, and written whole.

What is marked and cannot be masked with certainty leaves the file without a copy; the other files get theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol

from app.core.claims import BidFile, ClaimSet
from app.core.document import Finding
from app.core.errors import AnbudsklarError
from app.core.limits import DEFAULT_LIMITS, Limits
from app.documents.reader import ReadRequest
from app.export.file import Guard, to_file
from app.secrecy.masking import Mark, Masked
from app.secrecy.masking.naming import copy_name

__all__ = ["FileOutcome", "Masker", "marks_by_file", "mask_bid", "mask_file"]


class Masker(Protocol):
    """Masks a file somewhere: in this process or in a child that may crash."""

    def mask(
        self, request: ReadRequest, marks: Sequence[Mark], left: frozenset[int], others: Sequence[tuple[int, str]] = ()
    ) -> Masked | Finding:
        """The verified copy, or why there is none. `others` are the texts that are marked in other files of the bid."""
        ...


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of a file: its copy's path, or the error that left it without one; warnings in any case. With neither, nothing
    is marked in it."""

    name: str
    copy: Path | None = None
    error: Finding | None = None
    warnings: tuple[Finding, ...] = ()
    places: int = 0


def mask_file(
    request: ReadRequest, marks: Sequence[Mark], left: frozenset[int], others: Sequence[tuple[int, str]] = ()
) -> Masked:
    """The masked copy of one file. Runs in the child process, where foreign bytes are parsed. Raises errors of the tree."""
    from app.documents.formats import Format, detect
    from app.documents.ooxml import checked_package
    from app.secrecy.masking import MaskJob, mask

    form = detect(request)
    if form in (Format.DOCX, Format.XLSX, Format.ENCRYPTED):  # an encrypted one is told apart from a broken one here
        checked_package(request).close()
    return mask(MaskJob(request.name, request.bytes(), tuple(marks), request.passwords, left, tuple(others)), form.value)


def marks_by_file(claims: ClaimSet) -> Mapping[str, tuple[Mark, ...]]:
    """What is to be masked, by the file's id, in the order of the claims."""
    found: dict[str, list[Mark]] = {}
    for claim in claims.claims:
        for anchor in claim.anchors:
            found.setdefault(anchor.file, []).append(Mark(claim.number, anchor))
    return {file: tuple(marks) for file, marks in found.items()}


def mask_bid(
    claims: ClaimSet,
    folder: Path,
    target: Path,
    *,
    masker: Masker,
    passwords: Sequence[str] = (),
    left: frozenset[int] = frozenset(),
    limits: Limits = DEFAULT_LIMITS,
    guard: Guard | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    inside: Callable[[BidFile], bytes | None] | None = None,
) -> Iterator[FileOutcome]:
    """Masks the files of a bid (their paths are relative to `folder`) and writes the copies to `target`, one outcome per file.

    `inside` brings the bytes of a file that lies in an archive, None for others; it may raise errors of the tree.
    A copy is written whole or not at all, and never over a file of the bid. Raises OutputError when `target` cannot be made.
    """
    marks = marks_by_file(claims)
    quotes = [(mark.number, mark.anchor.quote) for some in marks.values() for mark in some if mark.anchor.quote]
    paths = [folder / file.path for file in claims.files]
    taken = {_same(path) for path in paths}
    _make(target)
    for index, (file, path) in enumerate(zip(claims.files, paths, strict=True)):
        name = Path(file.path).name
        if progress is not None:
            progress(index, len(paths), name)
        try:
            held = inside(file) if inside is not None else None
        except AnbudsklarError as error:
            yield FileOutcome(name, error=replace(error.finding(), file=name))
            continue
        request = ReadRequest(name, path if held is None else None, held, tuple(passwords), limits)
        if file.id not in marks:
            yield FileOutcome(name, warnings=_unmarked(request, quotes, masker))
            continue
        outcome = _masked(request, file.sha256, marks[file.id], left, _of_others(quotes, marks[file.id]), masker)
        if isinstance(outcome, Finding):
            yield FileOutcome(name, error=outcome)
            continue
        copy, renamed = copy_name(name, quotes, lambda wanted: _same(target / wanted) in taken, outcome.named)
        taken.add(_same(target / copy))
        try:
            if guard is None:
                to_file(target / copy, _writing(outcome.data))
            else:
                to_file(target / copy, _writing(outcome.data), guard)
        except AnbudsklarError as error:
            yield FileOutcome(name, error=error.finding())
            continue
        warnings = (*outcome.findings, *([Finding("mask.renamed", name, None, (("copy", copy),))] if renamed else []))
        yield FileOutcome(name, target / copy, None, warnings, outcome.places)


def _masked(
    request: ReadRequest,
    hash_when_marked: str | None,
    marks: Sequence[Mark],
    left: frozenset[int],
    others: Sequence[tuple[int, str]],
    masker: Masker,
) -> Masked | Finding:
    """The bytes that were hashed are those that are masked: the file is read once."""
    try:
        data = request.bytes()
    except AnbudsklarError as error:
        return error.finding()
    except OSError:
        return Finding("file.error", request.name)
    if hash_when_marked is not None and sha256(data).hexdigest() != hash_when_marked.lower():
        return Finding("mask.file_changed", request.name)
    held = ReadRequest(request.name, data=data, passwords=request.passwords, limits=request.limits)
    return masker.mask(held, marks, left, others)


def _unmarked(request: ReadRequest, quotes: Sequence[tuple[int, str]], masker: Masker) -> tuple[Finding, ...]:
    """What is said of a file without marks: which of the bid's marked texts stand open in it, or that it can stay as it is."""
    outcome = _masked(request, None, (), frozenset(), quotes, masker) if quotes else None
    open_here = [found for found in outcome.findings if found.code == "mask.open_here"] if isinstance(outcome, Masked) else []
    if open_here:
        return tuple(open_here)
    return (Finding("mask.not_searched" if isinstance(outcome, Finding) else "mask.nothing_marked", request.name),)


def _of_others(quotes: Sequence[tuple[int, str]], marks: Sequence[Mark]) -> list[tuple[int, str]]:
    """The marked texts that are not marked in this file."""
    own = {mark.anchor.quote for mark in marks}
    return [(number, quote) for number, quote in quotes if quote not in own]


def _make(target: Path) -> None:
    from app.export.file import output_error

    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise output_error(error, target.name) from error


def _same(path: Path) -> str:
    """A path as a key: two that lead to one file are equal, also where the system does not tell capitals apart."""
    return str(path.resolve()).casefold()


def _writing(data: bytes) -> Callable[[BinaryIO], None]:
    def write(stream: BinaryIO) -> None:
        stream.write(data)

    return write
