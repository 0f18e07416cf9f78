"""Printed lines as blocks: paragraphs, list items and headings."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field

from app.core.document import Block, BlockKind, Box, Cell, Flag, Line, Place, Slot
from app.documents.pdf.lines import PrintedLine, join_lines

BULLETS = "•◦▪▫●○■□◆◇❖➢►▶‣⁃∙·–—✓"
_BULLET = re.compile(rf"(?:[{BULLETS}]|-|o|\*)(?:\s+|$)")
_BARE_BULLET = re.compile(rf"[{BULLETS}\-o*]$")
_MARKER = re.compile(
    r"(?:\(?[a-zåäö]\)|[a-zåäö]\.|\(?\d{1,3}\)|\d{1,3}\.|\(?[ivx]{1,5}[).]|[A-ZÅÄÖ][.)])\s+\S|\d{1,2}[.)][A-ZÅÄÖ]"
)
_DOTTED = re.compile(r"(?:\d{1,2}|[A-Z])(?:\.(?!0)\d{1,3}){1,6}\.?\s+\S")
_ITEM = re.compile("|".join(pattern.pattern for pattern in (_BULLET, _MARKER, _DOTTED)))
_NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.(?!0)\d{1,3}){0,6}\.?|[A-ZÅÄÖ]{2,3}(?:\.\d{1,5})?|[A-Z]\.(?:\d{1,3}\.?)*"
    r"|(?:Bilaga|Appendix|Kapitel|Chapter|Section|Avsnitt)\s+\w+)\s+\S",
)
_HANGS = 6.0  # font sizes: a wider indent than this is another column
_DEPTH = re.compile(r"\d{1,2}((?:\.\d{1,3})*)")
_CODE = re.compile(r"[A-ZÅÄÖ]{2,3}(?:\.(\d{1,5}))?\s")
_CONTENTS = re.compile(r"(?:\.\s?){4,}\s*\d{1,4}$|…{2,}\s*\d{1,4}$|\s_{4,}\s*\d{1,4}$")


@dataclass(slots=True)
class Draft:
    """A block in the making; its kind may change when the whole document is known."""

    kind: BlockKind
    text: str
    page: int
    box: Box
    lines: tuple[Line, ...]
    size: float = 0.0
    bold: bool = False
    region: int | None = None
    cells: list[Cell] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    flags: set[Flag] = field(default_factory=set)
    level: int | None = None
    table: int | None = None
    row: int | None = None
    shaded: bool = False

    def block(self) -> Block:
        """The finished block."""
        if self.bold:
            self.flags.add(Flag.BOLD)
        return Block(
            self.kind,
            self.text,
            Place(self.page, self.box),
            self.lines,
            self.level,
            None,
            tuple(self.cells),
            tuple(self.slots),
            frozenset(self.flags),
            self.region,
            self.table,
            self.row,
            round(self.size, 1) or None,
        )


def draft_of(lines: list[PrintedLine], kind: BlockKind = BlockKind.PARAGRAPH) -> Draft:
    """One block out of lines of one page."""
    text, places = join_lines(lines)
    first = lines[0]
    if len(lines) == 1:
        return Draft(kind, text, first.page, first.box, places, first.size, first.bold, first.region)
    x0, y0, x1, y1 = first.box
    bold = first.bold
    for line in lines:
        left, top, right, bottom = line.box
        x0 = left if left < x0 else x0
        y0 = top if top < y0 else y0
        x1 = right if right > x1 else x1
        y1 = bottom if bottom > y1 else y1
        bold = bold and line.bold
    return Draft(kind, text, first.page, Box(x0, y0, x1, y1), places, first.size, bold, first.region)


def paragraphs(lines: list[PrintedLine], pitch: float, right: float) -> list[Draft]:
    """Blocks out of the lines of one column, in order. `pitch` is the usual distance of baselines in parts of the font size."""
    drafts: list[Draft] = []
    group: list[PrintedLine] = []
    for line in _with_bullets(lines):
        if group and _parts(group, line, pitch, right):
            drafts.append(_finished(group))
            group = []
        group.append(line)
    if group:
        drafts.append(_finished(group))
    return drafts


def _with_bullets(lines: list[PrintedLine]) -> list[PrintedLine]:
    """Lines with a bullet that stands on a line of its own put in front of its item."""
    result: list[PrintedLine] = []
    waiting: PrintedLine | None = None
    for line in lines:
        if waiting is not None:
            close = abs(line.base - waiting.base) < 0.8 * max(line.size, waiting.size)
            if close and line.x0 > waiting.x0 and not _BULLET.match(line.text):
                line.text = f"{waiting.text} {line.text}"
                line.x0 = waiting.x0
            else:
                result.append(waiting)
            waiting = None
        if len(line.text) == 1 and _BARE_BULLET.match(line.text):
            last = result[-1] if result else None
            if (
                last is not None
                and abs(last.base - line.base) < 0.5 * last.size
                and last.x0 > line.x1
                and not _BULLET.match(last.text)
            ):
                last.text = f"{line.text} {last.text}"
                last.x0 = line.x0
            else:
                waiting = line
            continue
        result.append(line)
    if waiting is not None:
        result.append(waiting)
    return result


def is_item(text: str) -> bool:
    """Whether a text starts with a bullet, letter or number of a list."""
    if text[1:2].isalpha() and text[0] not in "(ivx":
        # Words are the rule: no mark but a Roman number has a letter in the second place.
        return False
    return _ITEM.match(text) is not None


def _is_numbered(text: str) -> bool:
    if text[:1].islower():
        return is_item(text) and _MARKER.match(text) is not None
    return _MARKER.match(text) is not None or _NUMBERED.match(text) is not None


def _is_contents(text: str) -> bool:
    return text[-1:].isdecimal() and _CONTENTS.search(text) is not None


def _kind_of_mark(text: str) -> str:
    mark = text.split(" ", 1)[0]
    return (
        "".join("1" if char.isdigit() else "a" if char.isalpha() else char for char in mark).replace("11", "1").replace("11", "1")
    )


def _finished(group: list[PrintedLine]) -> Draft:
    draft = draft_of(group)
    if is_item(draft.text):
        draft.kind = BlockKind.LIST_ITEM
    if _is_contents(draft.text):
        draft.flags.add(Flag.CONTENTS)
    return draft


def _parts(group: list[PrintedLine], line: PrintedLine, pitch: float, right: float) -> bool:
    """Whether a line starts a new block after the lines of `group`."""
    last = group[-1]
    if line.region != last.region or line.page != last.page:
        return True
    size = max(last.size, line.size)
    if abs(last.size - line.size) > 0.08 * size or last.bold != line.bold:
        return True
    gap = line.base - last.base
    usual = pitch * size
    if len(group) > 1:
        usual = min(usual, group[1].base - group[0].base) if usual else group[1].base - group[0].base
    if gap > 1.22 * max(usual, size) + 0.3 or gap < 0.4 * size:
        return True
    if _BULLET.match(line.text) or _is_contents(last.text):
        return True
    first = group[0]
    wrapped = last.x1 + _first_word(line) > right - 0.2 * size
    if (
        abs(line.x0 - first.x0) < 3
        and is_item(line.text)
        and is_item(first.text)
        and _kind_of_mark(line.text) == _kind_of_mark(first.text)
    ):
        return True
    if _is_numbered(line.text) and not (wrapped and not last.text.endswith((".", ":", ";", "?", ","))):
        return True
    hanging = is_item(first.text)
    body = group[1].x0 if len(group) > 1 else first.x0
    if line.x0 < body - 0.6 * size:
        return not (len(group) == 1 and wrapped and first.x0 - line.x0 < 5 * size)
    if hanging and line.x0 <= first.x0 + 0.3 * size and len(group) > 1 and group[1].x0 > first.x0 + 0.8 * size:
        return True
    if line.x0 > last.x0 + 0.8 * size and not (len(group) == 1 and (hanging or (wrapped and _goes_on(last, line, size)))):
        return True
    if line.text[:1].islower() or last.hyphen or (last.text.endswith("-") and last.text[-2:-1].isalnum()):
        return False
    return not wrapped and (last.text.endswith((".", ":", "?", "!", ";")) or last.x1 < right - 0.25 * (right - first.x0))


def _goes_on(last: PrintedLine, line: PrintedLine, size: float) -> bool:
    """Whether an indented line goes on with the sentence of one that hangs out to its left: "M3 The boat shall have a / deck"."""
    return line.text[:1].islower() and not last.text.endswith((".", ":", ";", "?", "!")) and line.x0 < last.x0 + _HANGS * size


def _first_word(line: PrintedLine) -> float:
    words = line.text.split(None, 1)
    length = len(words[0]) if words else 1
    return (length + 1) * (line.x1 - line.x0) / max(1, len(line.text))


def usual_pitch(lines: list[PrintedLine]) -> float:
    """The commonest distance between baselines, in parts of the font size; 1.2 where nothing repeats."""
    counts: Counter[float] = Counter()
    for last, line in itertools.pairwise(lines):
        ratio = (line.base - last.base) / max(1.0, last.size)
        if 0.9 < ratio < 1.9 and abs(line.size - last.size) < 0.5:
            counts[round(ratio * 20) / 20] += 1
    if not counts:
        return 1.2
    total = sum(counts.values())
    often = [ratio for ratio, count in counts.items() if count >= 2 and count >= 0.15 * total]
    return min(often) if often else min(1.25, *counts)


def mark_headings(drafts: list[Draft]) -> None:
    """Headings: short, larger or bold, at the start of what they head. Needs the whole document for its usual size."""
    weights: Counter[float] = Counter()
    for draft in drafts:
        if draft.kind not in (BlockKind.TABLE_ROW, BlockKind.FURNITURE):
            weights[round(draft.size * 2) / 2] += len(draft.text)
    body = weights.most_common(1)[0][0] if weights else 10.0
    sizes = set()
    for draft in drafts:
        if _is_heading(draft, body):
            draft.kind = BlockKind.HEADING
            sizes.add(round(draft.size * 2) / 2)
    ranks = {size: rank for rank, size in enumerate(sorted(sizes, reverse=True), 1)}
    for draft in drafts:
        if draft.kind is BlockKind.HEADING:
            draft.level = _level(draft.text) or ranks[round(draft.size * 2) / 2]


def _is_heading(draft: Draft, body: float) -> bool:
    if draft.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or Flag.CONTENTS in draft.flags or draft.region is not None:
        return False
    larger = draft.size > 1.12 * body
    if not larger and not draft.bold:
        return False
    text = draft.text
    if len(text) > 180 or len(draft.lines) > 3 or not any(char.isalpha() for char in text):
        return False
    if text.endswith((".", ",", ";")) and not _NUMBERED.match(text):
        return False
    numbered = _NUMBERED.match(text) is not None
    if draft.kind is BlockKind.LIST_ITEM and not (numbered and (larger or draft.bold)):
        return False
    if larger:
        return draft.size > 1.3 * body or draft.bold or numbered or len(text) < 90
    return draft.bold and draft.size > 0.93 * body and (numbered or len(text) < 100)


def _level(text: str) -> int | None:
    found = _DEPTH.match(text)
    if found and (found.group(1) or text[found.end() :].lstrip(".").startswith(" ")):
        return 1 + found.group(1).count(".")
    code = _CODE.match(text)
    if code:
        return 1 + len(code.group(1) or "")
    return None
