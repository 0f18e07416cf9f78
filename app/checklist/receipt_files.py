"""The files that a receipt names against those that were meant to go up: by name, and by size or checksum where it tells them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import combining, normalize

__all__ = ["FileVerdict", "SubmittedFile", "compare_files"]

_ENDINGS = "pdf|docx?|xlsx?|xlsm|pptx?|zip|txt|jpe?g|png|rtf|od[ts]|xml|csv|msg|eml|p7m|asice"
_NAME = re.compile(rf"[^\n\t:;|•<>\"”“*?]{{1,180}}?\.(?:{_ENDINGS})(?![\w.]*\w)", re.IGNORECASE)
_SIZE = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:[ \u00a0.]\d{3})+|\d+(?:[.,]\d+)?)\s*(bytes?|byte|kb|kib|mb|mib|gb|b)(?!\w)", re.IGNORECASE
)
_HASH = re.compile(r"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])", re.IGNORECASE)
_UNITS = {"b": 0, "byte": 0, "bytes": 0, "kb": 1, "kib": 1, "mb": 2, "mib": 2, "gb": 3}
_APART = re.compile(rf"[\n\t:;|•<>\"”“,()]|\.(?:{_ENDINGS})\b", re.IGNORECASE)
_LEAD = re.compile(
    r"\A\W*(?:(?:bifogade?|uppladdade?|attached|uploaded) (?:filer?|dokument|files?|document)|fil(?:er|namn)?|bilag(?:a|or)"
    r"|attachments?|file(?: ?name)?s?)\s*(?:[:：]|-\s)\s*|\A(?:\d{1,3}[.)]\s+)|\A[\s•·\-–☑✓]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SubmittedFile:
    """A file of the package by its name in there, size in bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class FileVerdict:
    """What the receipt says of a file: "same", "missing", "different" (`ours` and `theirs` tell how) or "extra"."""

    name: str
    outcome: str
    ours: str = ""
    theirs: str = ""


def compare_files(pieces: Sequence[str], files: Iterable[SubmittedFile]) -> tuple[FileVerdict, ...]:
    """One verdict for each file, then those that the receipt names beside them. Of a receipt that names no file at all every one
    is missing: only what was received counts."""
    wanted = sorted(files, key=lambda file: -len(file.name))
    left = list(pieces)
    verdicts: dict[str, FileVerdict] = {}
    for file in wanted:
        index, rest, span = _found(left, file.name)
        if index is None:
            verdicts[file.name] = FileVerdict(file.name, "missing")
            continue
        beside = span + " " + " ".join(left[index + 1 : index + 4] if span.strip() == "" else ())
        left[index] = rest
        verdicts[file.name] = _judged(file, beside)
    extra = []
    for piece in left:
        for found in _NAME.findall(piece):
            name = _LEAD.sub("", found).strip(" ,")
            if name and not any(_key(name) == _key(file.name) for file in wanted):
                extra.append(FileVerdict(name, "extra"))
    ordered = sorted(wanted, key=lambda file: file.name)
    return (*(verdicts[file.name] for file in ordered), *dict.fromkeys(extra))


def _found(pieces: Sequence[str], name: str) -> tuple[int | None, str, str]:
    """The piece that names a file, what is left of it without the name, and what stands after the name in it."""
    wanted = _key(name)
    for index, piece in enumerate(pieces):
        letters, places = _letters(piece)
        at = letters.find(wanted)
        while at >= 0:
            start, end = places[at], places[at + len(wanted) - 1] + 1
            if not piece[end : end + 1].isalnum() and not (start and piece[start - 1].isalnum()) and _whole(piece, start):
                after = _NAME.split(piece[end:])[0]
                return index, piece[:start] + "\n" + piece[end:], after
            at = letters.find(wanted, at + 1)
    return None, "", ""


def _whole(piece: str, start: int) -> bool:
    """Whether a name begins there, and is not the end of a longer one: "Annas CV.pdf" does not name CV.pdf."""
    before = _APART.split(piece[:start])[-1].strip(" -–☑✓·.")
    before = re.sub(r"\A\d{1,3}[.)]?\s*", "", _LEAD.sub("", before))
    return not any(letter.isalpha() for letter in before)


def _judged(file: SubmittedFile, beside: str) -> FileVerdict:
    if (digest := _HASH.search(beside)) is not None:
        if digest[0].lower() != file.sha256:
            return FileVerdict(file.name, "different", file.sha256[:12], digest[0].lower()[:12])
        return FileVerdict(file.name, "same")
    if (size := _SIZE.search(beside)) is not None and not _may_be(size[1], size[2].lower(), file.size):
        return FileVerdict(file.name, "different", f"{file.size} B", size[0].strip())
    return FileVerdict(file.name, "same")


def _may_be(number: str, unit: str, size: int) -> bool:
    """Whether a size as it is printed can be this one: rounded, by thousands or by 1024."""
    plain = re.sub(r"[ \u00a0]", "", number)
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", plain) and _UNITS[unit] == 0:
        plain = plain.replace(".", "")
    value = float(plain.replace(",", "."))
    decimals = len(plain.replace(",", ".").partition(".")[2])
    power = _UNITS[unit]
    if power == 0:
        return int(value) == size
    slack = 10.0**-decimals  # rounded up, down or to the nearest
    return any((value - slack) * base**power <= size <= (value + slack) * base**power for base in (1000, 1024))


def _letters(text: str) -> tuple[str, list[int]]:
    """Letters and figures in small plain letters, and where each stands."""
    letters, places = [], []
    for place, character in enumerate(text):
        for part in normalize("NFKD", character.casefold()):
            if part.isalnum() and not combining(part):
                letters.append(part)
                places.append(place)
    return "".join(letters), places


def _key(name: str) -> str:
    return _letters(name)[0]
