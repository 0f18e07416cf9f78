"""Runs as printed lines: what stands on one baseline, from left to right, and how lines join into text."""

from __future__ import annotations

import itertools
import re
from unicodedata import normalize

from app.core.document import Box, Line
from app.documents.pdf.shapes import Run

_LIGATURES = {
    0x00AD: None,
    0x00A0: " ",
    0x2007: " ",
    0x202F: " ",
    0x200B: None,
    0xFEFF: None,
    0x0009: " ",
    0xFFFE: None,
    0xFFFF: None,
}
for _code, _plain in zip(range(0xFB00, 0xFB07), ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True):
    _LIGATURES[_code] = _plain
_LIGATURES.update(dict.fromkeys([*range(0x01, 0x09), *range(0x0B, 0x20), 0x7F]))
_ODD = re.compile("[\u00ad\u00a0\u2007\u202f\u200b\ufeff\t\ufffe\uffff\ufb00-\ufb06\x01-\x08\x0b-\x1f\x7f]")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_SPACES = re.compile(r"\s{2,}")
_JOINED_BY_AND = re.compile(r"(och|eller|samt|and|or|respektive|resp\.?|till|to)\b")


class PrintedLine:
    """Runs on one baseline. `segments` are its runs joined where no wide gap parts them."""

    __slots__ = ("_box", "base", "bold", "hyphen", "page", "region", "runs", "size", "text", "x0", "x1", "y0", "y1")

    def __init__(self, page: int, runs: list[Run]) -> None:
        self.page = page
        self.runs = runs
        first = runs[0]
        self.x0 = first.x0
        if len(runs) == 1:
            self.x1, self.y0, self.y1 = first.x1, first.y0, first.y1
            self.base, self.size, self.bold, self.hyphen, self.text = first.base, first.size, first.bold, first.hyphen, first.text
        else:
            x1, y0, y1, longest, length = first.x1, first.y0, first.y1, first, len(first.text)
            for run in runs:
                x1 = run.x1 if run.x1 > x1 else x1
                y0 = run.y0 if run.y0 < y0 else y0
                y1 = run.y1 if run.y1 > y1 else y1
                if len(run.text) > length:
                    longest, length = run, len(run.text)
            self.x1, self.y0, self.y1 = x1, y0, y1
            self.base, self.size = longest.base, longest.size
            self.bold = longest.bold and all(run.bold for run in runs if len(run.text) > 1)
            self.hyphen = runs[-1].hyphen
            self.text = joined(runs)
        self.region: int | None = None
        self._box: Box | None = None

    @property
    def box(self) -> Box:
        """Where the line stands. Asked for when the line is final."""
        if self._box is None:
            self._box = Box(round(self.x0, 1), round(self.y0, 1), round(self.x1, 1), round(self.y1, 1))
        return self._box


def joined(runs: list[Run]) -> str:
    """The text of runs from left to right, with a blank where there is one to be seen."""
    parts = [runs[0].text]
    for last, run in itertools.pairwise(runs):
        gap = run.x0 - last.x1
        if gap > 0.12 * run.size:
            parts.append(" ")
        parts.append(run.text)
    return "".join(parts)


def clean(text: str) -> str:
    """Composed characters, plain blanks, no ligatures, soft hyphens or control characters."""
    if "  " not in text and text.isprintable():
        # Nothing to replace but ligatures, and plain text has none of those.
        if text.isascii():
            return text
        if not _LIGATURE.search(text):
            return normalize("NFC", text).strip()
    if _ODD.search(text):
        text = text.translate(_LIGATURES)
    return _SPACES.sub(" ", normalize("NFC", text)).strip()


def printed_lines(page: int, runs: list[Run]) -> list[PrintedLine]:
    """Lines from top to bottom. Runs belong together when their baselines agree and they do not overlap."""
    if not runs:
        return []
    if len(runs) == 1:
        return [PrintedLine(page, [*runs])] if runs[0].text else []
    upright = sorted((run for run in runs if run.upright), key=lambda run: (run.base, run.x0))
    lines: list[PrintedLine] = []
    group: list[Run] = []
    for run in upright:
        if group and run.base - group[0].base > 0.33 * min(run.size, group[0].size) + 0.4:
            lines.append(_line(page, group))
            group = []
        group.append(run)
    if group:
        lines.append(_line(page, group))
    lines = _with_raised([line for line in lines if line.text])
    lines.extend(PrintedLine(page, [run]) for run in runs if not run.upright)
    return [line for line in lines if line.text]


def _with_raised(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Raised and lowered marks (footnotes, square metres) put into the line that they stand at."""
    result: list[PrintedLine] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        if len(line.text) <= 4 and len(line.runs) == 1 and line.text[0] not in "•●▪-–":
            for other in (lines[index + 1] if index + 1 < len(lines) else None, result[-1] if result else None):
                if (
                    other is None
                    or line.size > 0.78 * other.size
                    or not -0.3 * other.size < other.base - line.base < 0.6 * other.size
                ):
                    continue
                near = min(min(abs(run.x1 - line.x0), abs(run.x0 - line.x1)) for run in other.runs)
                if near < 0.6 * other.size:
                    merged = _line(other.page, [*other.runs, *line.runs])
                    if other is not (result[-1] if result else None):
                        lines[index + 1] = merged
                    else:
                        result[-1] = merged
                    break
            else:
                result.append(line)
        else:
            result.append(line)
        index += 1
    return result


def _line(page: int, group: list[Run]) -> PrintedLine:
    if len(group) > 1:
        group.sort(key=lambda run: run.x0)
    return PrintedLine(page, group)


def join_lines(lines: list[PrintedLine]) -> tuple[str, tuple[Line, ...]]:
    """One text out of several lines, and where each line starts in it."""
    if not lines:
        return "", ()
    first = lines[0]
    text = first.text
    places = [Line(0, first.page, first.box)]
    for line in lines[1:]:
        text, glue = glue_between(text, line.text)
        text += glue
        places.append(Line(len(text), line.page, line.box))
        text += line.text
    return text, tuple(places)


def glue_between(text: str, following: str) -> tuple[str, str]:
    """The text so far and what goes between it and the next line.

    A hyphen that breaks one word is dropped; one that belongs to a compound or a number stays ("IT-konsulter", "2025-08-19");
    one that stands for a part left out keeps its blank ("ska- och börkrav").
    """
    if not text.endswith(("-", "\u2010")) or len(text) < 2 or not text[-2].isalnum():
        return text, " "
    if _JOINED_BY_AND.match(following):
        return text, " "
    word = re.split(r"[\s(/\"”]", text[:-1])[-1]
    if following[:1].islower() and word and word[-1].islower() and not (len(word) < 2 or word.isupper() or "-" in word):
        return text[:-1], ""
    return text, "" if following[:1].isalnum() else " "
