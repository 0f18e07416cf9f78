"""What each line of a plain text is by its looks, and how the whole text breaks its lines.

Used by the text reader only. Knows typography (markers, underlines, page feet), not procurement.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import pairwise

from app.core.document import Cell
from app.documents.text_pages import Shape, SourceLine, clean, pages_of

__all__ = ["Shape", "SourceLine", "TextStyle", "analyse", "clean"]


_BULLETS = "•◦▪‣●○■▸►➢➤·✓\uf0b7\uf0a7\u2013\u2014*+-"
_BULLET = re.compile(rf"[{re.escape(_BULLETS)}]\s+\S|[•◦▪‣●■▸►➢➤·\uf0b7\uf0a7]\S")
_NUMBER = r"(?:\d{1,3}|[a-zåäöA-ZÅÄÖ]|[ivxIVX]{1,5})[.)]|\((?:\d{1,3}|[a-zåäö]|[ivx]{1,5})\)"
_NUMBERED = re.compile(rf"(?:{_NUMBER})\s+\S")
_MARKER = re.compile(r"(?:[•◦▪‣●○■▸►➢➤·\uf0b7\uf0a7]|\d{1,3}[.)]|[a-z][.)])$")
_TRAILING_MARK = re.compile(r"(?<=\S)\s*([•◦▪‣●■▸►➢➤·\uf0b7\uf0a7])$")
_LEADING_MARK = re.compile(r"[•◦▪‣●■▸►➢➤·\uf0b7\uf0a7]\s*\S")
_TRAILING_NUMBER = re.compile(r"(?<=[a-zåäö,;.)])\s?(\d{1,2}\.)$")
_HASHES = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*$")
_WIKI = re.compile(r"(={2,5})\s+(\S.*?)\s+\1$")
_FILE_NAME = re.compile(r"\.[A-Za-z0-9]{2,5}$")
_LEVELS = re.compile(r"(\d{1,3}(?:\.\d{1,3}){1,5})\.?\s+(?=[A-ZÅÄÖÉÜ\"”(0-9])")
_CHAPTER = re.compile(r"(\d{1,2})\.?\s+(?=[A-ZÅÄÖÉÜ])")
_AMA = re.compile(r"[A-Z]{3}(?:\.\d{1,5})*\s+[A-ZÅÄÖ]")
_NAMED = re.compile(
    r"(?:Bilaga|Kapitel|Avsnitt|Del|Appendix|Annex|Chapter|Section|Part)\s+(?:\d{1,2}|[A-Z])(?:\s*[:.–-]\s*\S.{0,80})?$"
)
_CONTENTS = re.compile(r"\S.*?(?:\s*\.){4,}\s*\d{1,4}$|\S.*?(?:\t| {3,})\d{1,4}$")
_CONTENTS_TITLE = re.compile(r"(?:innehåll(?:sförteckning)?|table of contents|contents|innehållsöversikt)\W*$", re.I)
_FILL = re.compile(r"_{3,}|\.{6,}|…{3,}|[☐☑☒□❏❑]|\[\s?[xX]?\]\s")
_ANSWER_TYPE = re.compile(
    r"(?:ja\s*/\s*nej|yes\s*/\s*no)\b.{0,30}$|"
    r"(?:fritext|free text|bifogad fil|attached file|prisfält|flerval|envalsfråga|flervalsfråga)\W*$",
    re.I,
)
_UNDERLINE = re.compile(r"(?:={3,}|-{3,}|~{3,}|\*{3,})$")
_RULE = re.compile(r"\|?\s*:?-{2,}:?\s*(?:[|+]\s*:?-{2,}:?\s*)*[|+]?$")
_DIGITS = re.compile(r"\d+")
_END = re.compile(r"[.:?!…][\"”')\]]?$")


@dataclass(slots=True)
class TextStyle:
    """How a text as a whole breaks its lines."""

    width: int = 0
    soft_ends: bool = False
    trailing_markers: bool = False
    lengths: list[int] = field(default_factory=list)

    def joins(self, lines: list[SourceLine], after: SourceLine) -> bool:
        """Whether the paragraph of `lines` goes on in `after`."""
        last, follow = lines[-1], clean(after.text)
        text = last.text.rstrip()
        if last.mark or last.shape in (Shape.ALONE, Shape.CONTENTS):
            return False
        if last.shape is Shape.MARKER:
            return True
        first = follow.split(None, 1)[0]
        ends = _END.search(text) is not None
        if text.endswith("-") and len(text) > 1 and text[-2].isalnum():
            return True
        if self.soft_ends:
            if not last.soft:
                return False
            widest = max(*(len(line.text.rstrip()) for line in lines), len(after.text.rstrip()))
            together = len(text) + 1 + len(first)
            if follow[0].islower():
                return True
            # A blank also ends lines that were broken on purpose: those are short, or end a sentence with room to spare.
            return together > self.width * 0.5 and not (ends and together <= widest * 0.85)
        starts_low = follow[0].islower()
        if self.width > 160 or self.width < 30:
            # Lines that long were never wrapped, and lists of names are short: only a sentence in mid-air goes on.
            return starts_low and not ends
        fits = len(text) + 1 + len(first) <= self.width * 0.9
        return not fits or (starts_low and not ends)

    def goes_on(self, line: SourceLine) -> bool:
        """Whether a heading fills its line and is wrapped."""
        return self.soft_ends and line.soft and len(line.text) > self.width * 0.6


def analyse(content: str) -> tuple[list[SourceLine], TextStyle]:
    """All lines with page and shape, and the style of the text."""
    lines = pages_of(content)
    lines = _repeated(lines)
    style = _style(lines)
    return _shapes(lines, style), style


def _repeated(lines: list[SourceLine]) -> list[SourceLine]:
    """Marks lines that repeat, figures apart, at the top or foot of most pages as furniture."""
    pages: dict[int, list[int]] = {}
    for index, line in enumerate(lines):
        if line.page is not None and line.shape is Shape.PLAIN:
            pages.setdefault(line.page, []).append(index)
    if len(pages) < 3:
        return lines
    edges: dict[int, str] = {}
    for indexes in pages.values():
        for index in {*indexes[:4], *indexes[-4:]}:
            edges[index] = _DIGITS.sub("#", clean(lines[index].text))
    counts = Counter(edges.values())
    least = max(3, len(pages) // 2)
    result = list(lines)
    for index, key in edges.items():
        if counts[key] >= least and not _ANSWER_TYPE.match(key) and not _FILL.search(key):
            result[index] = replace(lines[index], shape=Shape.FURNITURE)
    return result


def _style(lines: list[SourceLine]) -> TextStyle:
    plain = [line for line in lines if line.shape is Shape.PLAIN]
    lengths = sorted(len(line.text.rstrip()) for line in plain)
    width = lengths[int(len(lengths) * 0.95)] if lengths else 0
    long = [line for line in plain if len(line.text.rstrip()) > width * 0.8]
    soft = sum(1 for line in long if line.soft)
    behind = sum(1 for line in plain if _TRAILING_MARK.search(line.text.rstrip()))
    before = sum(1 for line in plain if _LEADING_MARK.match(line.text.lstrip()))
    # Exports that keep the blank at which a line was wrapped tell by its absence where a paragraph ends.
    return TextStyle(width, len(long) > 5 and soft > len(long) * 0.5, behind > before)


def _shapes(lines: list[SourceLine], style: TextStyle) -> list[SourceLine]:
    chapters = {match.group(1).split(".", 1)[0] for line in lines if (match := _LEVELS.match(line.text.strip()))}
    behind = _counted_behind(lines) if style.trailing_markers else frozenset[int]()
    result: list[SourceLine] = []
    fenced = contents = False
    for index, line in enumerate(lines):
        if line.shape is not Shape.PLAIN:
            result.append(line)
            continue
        text = line.text.strip()
        if text.startswith("```"):
            fenced = not fenced
            result.append(replace(line, shape=Shape.FURNITURE))
            continue
        before = result[-1] if result else None
        after = lines[index + 1] if index + 1 < len(lines) else None
        shaped = _shape(line, text, before, after, chapters, style, index in behind)
        if _CONTENTS_TITLE.match(text.lstrip("#0123456789. ")):
            contents = True
        elif contents:
            contents = _CONTENTS.match(text) is not None
        if contents and _CONTENTS.match(text):
            shaped = replace(line, shape=Shape.CONTENTS)
        result.append(shaped)
    return result


def _counted_behind(lines: list[SourceLine]) -> frozenset[int]:
    """Lines that end in a number which counts up with one nearby: list numbers that were printed behind their items."""
    found: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        text = line.text.rstrip()
        match = _TRAILING_NUMBER.search(text) or re.match(r"\s*(\d{1,2}\.)$", text)
        if match:
            found.append((index, int(match.group(1)[:-1])))
    counted: set[int] = set()
    for (index, number), (later, following) in pairwise(found):
        if following == number + 1 and later - index < 8:
            counted |= {index, later}
    return frozenset(counted)


def _shape(
    line: SourceLine,
    text: str,
    before: SourceLine | None,
    after: SourceLine | None,
    chapters: set[str],
    style: TextStyle,
    numbered: bool,
) -> SourceLine:
    if match := _HASHES.match(text):
        return replace(line, text=match.group(2), shape=Shape.HEADING, level=len(match.group(1)))
    if match := _WIKI.match(text):
        if _FILE_NAME.search(match.group(2)):
            return replace(line, shape=Shape.FURNITURE)
        return replace(line, text=match.group(2), shape=Shape.HEADING, level=len(match.group(1)) - 1)
    if _UNDERLINE.match(text):
        ruled = before is not None and before.shape in (Shape.PLAIN, Shape.HEADING, Shape.ITEM)
        return replace(line, shape=Shape.UNDERLINE if ruled or "|" not in text else Shape.RULE)
    if ("|" in text or "+" in text) and _RULE.match(text):
        return replace(line, shape=Shape.RULE)
    if cells := _cells(line, before, after):
        return replace(line, shape=Shape.ROW, cells=cells)
    if _MARKER.match(text):
        return replace(line, shape=Shape.MARKER)
    if _dotted(text):
        return replace(line, shape=Shape.CONTENTS)
    if level := _heading_level(line, text, before, after, chapters, style):
        return replace(line, shape=Shape.HEADING, level=level, numbered=text[0].isdigit())
    mark, rest = "", text
    match = _behind(text, numbered) if style.trailing_markers else None
    if match:
        mark, rest = match.group(1), text[: match.start()].rstrip()
    if _ANSWER_TYPE.match(text) or _FILL.search(text):
        return replace(line, shape=Shape.ALONE)
    if _BULLET.match(text) or _NUMBERED.match(text) or (_LEVELS.match(text) and len(text.split(None, 2)) > 2):
        return replace(line, shape=Shape.ITEM)
    if mark:
        return replace(line, text=rest, mark=mark)
    return line


def _behind(text: str, numbered: bool) -> re.Match[str] | None:
    """The bullet, or the number known to count up, that stands behind its item."""
    return _TRAILING_MARK.search(text) or (_TRAILING_NUMBER.search(text) if numbered else None)


def _dotted(text: str) -> bool:
    return re.match(r"\S.*?(?:\s*\.){5,}\s*\d{1,4}$", text) is not None


def _cells(line: SourceLine, before: SourceLine | None, after: SourceLine | None) -> tuple[Cell, ...]:
    """The cells of a row drawn with bars, or of tab-separated columns that the line before or after has as well."""
    text = line.text.strip()
    if text.startswith("|") and text.count("|") > 1:
        parts = re.split(r"(?<!\\)\|", text.strip("|") if text.endswith("|") else text[1:])
    elif "|" in text and _neighbour(text.count("|"), "|", before, after):
        parts = text.split("|")
    elif "\t" in line.text.strip("\n") and _neighbour(line.text.count("\t"), "\t", before, after):
        parts = line.text.split("\t")
    else:
        return ()
    return tuple(Cell(clean(part.replace("\\|", "|")), column) for column, part in enumerate(parts))


def _neighbour(count: int, mark: str, before: SourceLine | None, after: SourceLine | None) -> bool:
    return any(line is not None and line.text.count(mark) == count for line in (before, after))


def _heading_level(
    line: SourceLine,
    text: str,
    before: SourceLine | None,
    after: SourceLine | None,
    chapters: set[str],
    style: TextStyle,
) -> int | None:
    """The level of a numbered, coded or capitalised heading; None when the line is something else."""
    if len(text) > 140 or (_END.search(text) and text[-1] != "?" and not text.endswith("...")):
        return None
    if before is not None and _goes_on(before, line, style):
        return None
    if (match := _LEVELS.match(text)) and not re.match(r"\d+\.\d+\s+(?:kr|SEK|%|–|-)", text):
        return match.group(1).count(".") + 1
    if (match := _CHAPTER.match(text)) and len(text) <= 90:
        own = match.group(1) in chapters
        apart = (before is None or before.shape in (Shape.BLANK, Shape.FURNITURE)) and (
            after is None or after.shape is Shape.BLANK or _LEVELS.match(after.text.strip()) is not None
        )
        follows = (
            after is not None
            and (found := _LEVELS.match(after.text.strip())) is not None
            and found.group(1).startswith(match.group(1) + ".")
        )
        if follows or (own and apart):
            return 1
        return None
    if _AMA.match(text) and text[:2] in ("AF", "AU", "AM") and len(text) < 110:
        return 1 + len(text.split(None, 1)[0].partition(".")[2])
    apart = before is None or before.shape in (Shape.BLANK, Shape.FURNITURE)
    alone = apart and (after is None or after.shape is not Shape.PLAIN or not _NAMED.match(after.text.strip()))
    if alone and _NAMED.match(text):
        return 1
    letters = [letter for letter in text if letter.isalpha()]
    if (
        apart
        and len(letters) > 4
        and text.isupper()
        and len(text) < 70
        and (after is None or after.shape is not Shape.PLAIN or len(after.text) > len(text))
    ):
        return 1
    return None


def _goes_on(before: SourceLine, line: SourceLine, style: TextStyle) -> bool:
    """Whether the line before is a sentence in mid-air, so that figures at the start of this one are no heading's."""
    if before.shape not in (Shape.PLAIN, Shape.ITEM) or _END.search(before.text.rstrip()):
        return False
    return style.joins([before], line)
