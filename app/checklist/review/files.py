"""Rules about a file as a file: does it open, is it what it says, does the portal take it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from unicodedata import normalize

from app.checklist.review.inputs import ReviewInputs
from app.checklist.review.lexicon import first, rules_of
from app.checklist.review.procurement import ranges
from app.checklist.review.rows import about, megabytes
from app.core.inspection import FileFacts
from app.core.review import Cause, ReviewFinding, Room, Severity

__all__ = [
    "empty",
    "locked",
    "macros",
    "mismatch",
    "name_length",
    "name_letters",
    "name_prescribed",
    "not_taken",
    "opens",
    "scanned",
    "too_large",
    "total_size",
]

_EMPTY = "file.empty"
_KINDS = {
    "pdf": (".pdf", ".pdfa"),
    "docx": (".docx", ".docm", ".dotx", ".dotm"),
    "xlsx": (".xlsx", ".xlsm", ".xltx", ".xltm"),
    "doc": (".doc", ".dot"),
    "xls": (".xls", ".xlt"),
    "odt": (".odt", ".ott"),
    "ods": (".ods", ".ots"),
    "rtf": (".rtf", ".doc"),
    "zip": (".zip",),
    "image": (".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".heic", ".webp", ".jp2"),
}
_SUFFIXES = frozenset(suffix for suffixes in _KINDS.values() for suffix in suffixes)
_NOT_OPENED = frozenset({"file.unsupported", "file.needs_converter", "file.conversion_failed"})
"""Formats that are not read here: what of them can be told is their name and size."""


def opens(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """A damaged file, one beyond the limits, one that may not be read."""
    if file.error is None or file.encrypted or file.error.code == _EMPTY:
        return
    severity = Severity.WARNING if file.error.code in _NOT_OPENED else Severity.OBSTACLE
    yield about("open.failed", severity, file, inputs, values=(("code", file.error.code), *file.error.values))


def locked(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """A password: the buyer has none."""
    if file.encrypted:
        yield about("open.password", Severity.OBSTACLE, file, inputs)


def empty(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """No bytes, or no content in them."""
    no_bytes = file.error is not None and file.error.code == _EMPTY
    unread = bool(file.unreadable_pages) or file.format not in ("docx", "xlsx", "pdf", "text", "csv")
    if no_bytes or (file.error is None and not unread and not file.characters and not file.cells):
        yield about("open.empty", Severity.OBSTACLE, file, inputs)


def scanned(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Pages without text: nothing in them was checked. A scanned signature page is no fault."""
    if file.unreadable_pages:
        pages = file.unreadable_pages
        yield about(
            "open.scanned",
            Severity.NOTE,
            file,
            inputs,
            values=(("pages", ranges(sorted(pages))), ("count", str(len(pages)))),
        )


def mismatch(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """The name's ending promises another format than the bytes keep. Of bytes that nobody has seen (no hash) nothing is said."""
    suffix = _suffix(file)
    expected = _KINDS.get(file.format)
    plain = file.format in ("text", "html", "csv", "presentation", "mail", "drawing", "unknown", "archive", "7z", "rar")
    if (
        file.size
        and file.sha256
        and suffix in _SUFFIXES
        and ((expected and suffix not in expected) or (plain and not file.encrypted))
    ):
        yield about("format.mismatch", Severity.OBSTACLE, file, inputs, values=(("suffix", suffix), ("format", file.format)))


def not_taken(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """A format that the portal does not list."""
    profile = inputs.profile
    if profile is None or not profile.suffixes:
        return
    suffix = _suffix(file)
    if suffix not in {f".{known.lstrip('.').lower()}" for known in profile.suffixes}:
        severity = Severity.WARNING if "suffixes" in profile.own else Severity.OBSTACLE
        yield about("format.not_taken", severity, file, inputs, values=(("suffix", suffix or "?"), ("portal", profile.name)))


def too_large(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Larger than the portal takes a file."""
    profile = inputs.profile
    if profile is not None and profile.file_bytes is not None and file.size > profile.file_bytes:
        severity = Severity.WARNING if "file_bytes" in profile.own else Severity.OBSTACLE
        sizes = (("size", megabytes(file.size)), ("limit", megabytes(profile.file_bytes)), ("portal", profile.name))
        yield about("size.file", severity, file, inputs, values=sizes)


def total_size(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """All files together are more than the portal takes."""
    profile = inputs.profile
    total = sum(file.size for file in inputs.files)
    if profile is not None and profile.total_bytes is not None and total > profile.total_bytes:
        severity = Severity.WARNING if "total_bytes" in profile.own else Severity.OBSTACLE
        sizes = (("size", megabytes(total)), ("limit", megabytes(profile.total_bytes)), ("portal", profile.name))
        yield ReviewFinding("size.total", severity, Cause(Room.PACKAGE), sizes)


def name_prescribed(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """What the file answers prescribes another name for it."""
    wanted = []
    for work in inputs.asked_of.get(file.path, ()):
        for text in (work.item.text, work.item.source.quote, *(source.quote for source in work.item.also)):
            for rule in rules_of("naming"):
                match = rule.pattern.search(text)
                if match is not None:
                    wanted.append(((match["name"] or match["plain"]).strip(), work.item.id))
    given = PurePosixPath(normalize("NFC", file.name)).name.casefold()
    names = {name.casefold() for name, _ in wanted}
    if wanted and not any(given in (name, name + _suffix(file)) for name in names):
        yield about(
            "name.prescribed", Severity.WARNING, file, inputs, values=(("expected", wanted[0][0]),), items=(wanted[0][1],)
        )


def name_length(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """A name longer than the buyer or the portal takes."""
    limits = [inputs.profile.name_length] if inputs.profile is not None and inputs.profile.name_length else []
    for fact in inputs.tender.facts:
        match = first("name_length", fact.value) if fact.name == "file_naming" else None
        if match is not None:
            limits.append(int(next(group for group in match.groups() if group)))
    length = len(PurePosixPath(file.name).name)
    if limits and length > min(limits):
        values = (("length", str(length)), ("limit", str(min(limits))))
        yield about("name.length", Severity.WARNING, file, inputs, values=values)


def name_letters(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Characters that a portal known for it does not keep."""
    if inputs.profile is None or not inputs.profile.ascii_names:
        return
    odd = dict.fromkeys(letter for letter in normalize("NFC", PurePosixPath(file.name).name) if not letter.isascii())
    if odd:
        yield about("name.letters", Severity.NOTE, file, inputs, values=(("letters", " ".join(odd)),))


def macros(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Programs inside: many buyers' mail rooms stop them. The buyer's own form may have its own."""
    form = inputs.form_of.get(file.path)
    if file.macros and not (form is not None and form.macros):
        yield about("macros.left", Severity.WARNING, file, inputs)


def _suffix(file: FileFacts) -> str:
    return PurePosixPath(file.name).suffix.lower()
