"""Masked copies of text files: plain text, Markdown, and tables of separated values."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence

from app.core.claims import Anchor
from app.core.document import Finding
from app.core.errors import MaskingError
from app.secrecy.masking.book import areas_of
from app.secrecy.masking.choosing import chosen, context_of, spans_for
from app.secrecy.masking.folding import Folded, Span, compact, find, folded
from app.secrecy.masking.model import Mark, Masked, MaskJob, mask_text
from app.secrecy.masking.naming import named_after
from app.secrecy.masking.needles import Needle, Needles, open_from_others, places_of_needle, whole
from app.secrecy.masking.raw import RawSearch

__all__ = ["mask_plain"]

_BARRIER = "\ue000"
_SEPARATORS = ";\t,"


def mask_plain(job: MaskJob) -> Masked:
    """The masked copy, in the encoding of the original. Raises MaskingError."""
    encoding, mark = _encoding(job.data)
    source = job.data[len(mark) :].decode(encoding)
    text = folded(source)
    spans = [(span, one.number) for one in job.marks for span in _spans(text, one, job.name)]
    numbers = _numbers(spans)
    open_text = folded("".join(_BARRIER if index in numbers else sign for index, sign in enumerate(source)))

    def in_sight(needle: Needle) -> bool:
        return next(places_of_needle(open_text, needle), None) is not None

    findings = [*_elsewhere(job, open_text), *open_from_others(job.others, in_sight, job.name)]
    covered = [(one.number, one.anchor.quote) for one in job.marks if one.anchor.quote]
    covered += [(number, source[span.start : span.end]) for span, number in spans]
    needles = Needles.of(covered, in_sight)
    masked = _masked(source, numbers)
    try:
        data = mark + masked.encode(encoding)
    except UnicodeEncodeError:
        data = mark + masked.replace("█", "#").encode(encoding)
    _prove(data, encoding, job.name, needles)
    return Masked(data, tuple(findings), len(spans), named_after(job.name, covered))


def _encoding(data: bytes) -> tuple[str, bytes]:
    """How the text is written, and the mark at its start that says so."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return encoding, mark
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1" if any(byte in data for byte in b"\x81\x8d\x8f\x90\x9d") else "cp1252", b""
    return "utf-8", b""


def _spans(text: Folded, mark: Mark, name: str) -> list[Span]:
    anchor = mark.anchor
    if anchor.box is not None:
        raise MaskingError(name, code="mask.only_text", claim=mark.number)
    within = _cells(text.source, anchor, mark.number, name) if anchor.cells else []
    if not compact(anchor.quote or ""):
        if not within:
            raise MaskingError(name, code="mask.nothing", claim=mark.number)
        return within
    found = spans_for(text, anchor)
    if anchor.all_occurrences and found:
        return found
    if anchor.cells:
        found = [span for span in found if any(cell.start <= span.start and span.end <= cell.end for cell in within)]
        if found:
            return found
        raise MaskingError(name, code="mask.not_found", claim=mark.number)
    return [chosen(found, lambda span: context_of(text, span, anchor), mark.number, name)]


def _cells(source: str, anchor: Anchor, number: int, name: str) -> list[Span]:
    try:
        areas = areas_of((anchor.cells or "").rpartition("!")[2])
    except ValueError:
        raise MaskingError(name, code="mask.no_range", claim=number) from None
    first = source.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=first.count)
    return [
        span
        for row, column, span in _fields(source, separator)
        if span.end > span.start and any(area.holds(row, column) for area in areas)
    ]


def _fields(source: str, separator: str) -> Iterator[tuple[int, int, Span]]:
    """Row, column and place of every value, without its quotation marks."""
    field = re.compile(rf'"((?:[^"]|"")*)"|([^{separator}\r\n]*)')
    row, column, at = 1, 1, 0
    while at <= len(source):
        match = field.match(source, at)
        if match is None:
            return
        group = 1 if match.group(1) is not None else 2
        yield row, column, Span(match.start(group), match.end(group))
        at = match.end()
        if source.startswith(separator, at):
            at, column = at + 1, column + 1
        elif at < len(source):
            at += 2 if source.startswith("\r\n", at) else 1
            row, column = row + 1, 1
        else:
            return


def _numbers(spans: Sequence[tuple[Span, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for span, number in spans:
        for index in range(span.start, span.end):
            found.setdefault(index, set()).add(number)
    return found


def _elsewhere(job: MaskJob, open_text: Folded) -> Iterable[Finding]:
    """A secret that is also printed openly is none: stop, unless it is left there on purpose or is a mere number."""
    for mark in job.marks:
        needle = whole(mark.anchor.quote or "", mark.number)
        same = list(find(open_text, needle.text, bounded=needle.bounded))
        spans = sorted(places_of_needle(open_text, needle))
        if spans and mark.number not in job.left:
            line = open_text.source.count("\n", 0, spans[0].start) + 1
            if needle.telling and same:
                raise MaskingError(job.name, code="mask.elsewhere_text", claim=mark.number, count=len(same), paragraph=line)
            yield Finding("mask.number_elsewhere", job.name, None, (("claim", str(mark.number)), ("places", str(line))))


def _masked(source: str, numbers: dict[int, set[int]]) -> str:
    """Each line that a mask touches has a mask of its own, so that lines stay lines."""
    parts: list[str] = []
    index = 0
    while index < len(source):
        if index not in numbers or source[index] in "\r\n":
            parts.append(source[index])
            index += 1
            continue
        here: set[int] = set()
        while index in numbers and source[index] not in "\r\n":
            here |= numbers[index]
            index += 1
        parts.append(mask_text(tuple(here)))
    return "".join(parts)


def _prove(data: bytes, encoding: str, name: str, needles: Needles) -> None:
    needle = needles.first_in(data.decode(encoding)) or RawSearch(needles).find(data)
    if needle is not None:
        raise MaskingError(name, code="mask.left", claim=needle.number, reason="mask_text")
