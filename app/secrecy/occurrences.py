"""Every place in the bid where a text stands, to be confirmed or skipped one by one: also where nobody looks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from app.core.document import BlockKind, Document, Flag, Place
from app.secrecy.flow import Flow, Span
from app.secrecy.folding import fold, fold_text, is_word

__all__ = ["Occurrence", "Where", "count_occurrences", "each_occurrence", "occurrences"]

_AROUND = 40
_NUMBER = re.compile(r"\d{1,3}(?:[ \u00a0\u2009\u202f.,'’]\d{3})+(?!\d)|\d+")
_GROUP_BEFORE = re.compile(r"\d[ \u00a0\u2009\u202f.,'’]?$")
_GROUP_AFTER = re.compile(r"[ \u00a0\u2009\u202f.,'’]\d{3}(?!\d)|[.,](?!0{1,2}(?!\d))\d")


class Where(StrEnum):
    """What kind of place it is."""

    BODY = "body"
    FILE_NAME = "file_name"
    HEADER = "header"  # headers and footers, watermarks
    FOOTNOTE = "footnote"
    COMMENT = "comment"
    HIDDEN = "hidden"  # hidden sheets, rows, columns and text
    FIELD = "field"  # what a form field holds
    SHEET_NAME = "sheet_name"
    METADATA = "metadata"  # title, author and the like


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where the text stands, as it is written there, with some of the text around it.

    `file` is the document's name. `spans` are set in the kinds that are text of blocks; `key` is the metadata's name.
    """

    file: str
    where: Where
    text: str
    before: str = ""
    after: str = ""
    spans: tuple[Span, ...] = ()
    place: Place = field(default_factory=Place)
    key: str | None = None


def occurrences(documents: Iterable[Document], text: str) -> tuple[Occurrence, ...]:
    """Every place where the text stands, file by file: the name first, then the metadata, then the content in its order.

    Case, white space, hyphens at line ends and the thousands of numbers make no difference ("1 285", "1285", "1.285"); a longer
    word or a longer number is another one.
    """
    return tuple(each_occurrence(map(Flow, documents), text))


def each_occurrence(flows: Iterable[Flow], text: str) -> Iterator[Occurrence]:
    """The same one by one, of documents whose text is folded already: whoever shows some of them need not wait for the rest."""
    pattern = _pattern(text)
    if pattern is not None:
        for flow in flows:
            yield from _in_document(flow, pattern)


def count_occurrences(flows: Iterable[Flow], text: str) -> int:
    """How many there are, without telling where."""
    pattern = _pattern(text)
    if pattern is None:
        return 0
    return sum(_counted(flow, pattern) for flow in flows)


def _counted(flow: Flow, pattern: re.Pattern[str]) -> int:
    document = flow.document
    count = sum(1 for spans in _in_flow(flow, pattern) if not _is_sheet_name(document, spans[0]))
    return count + sum(1 for _ in _beside(document, pattern)) + sum(1 for _ in _in_fields(document, pattern))


def _beside(document: Document, pattern: re.Pattern[str]) -> Iterator[Occurrence]:
    """In the file's name, its metadata and the names of its sheets."""
    for start, end in _in_text(document.name, pattern):
        yield _short(document, Where.FILE_NAME, document.name, start, end)
    for key, value in document.metadata:
        for start, end in _in_text(value, pattern):
            yield _short(document, Where.METADATA, value, start, end, key=key)
    for sheet in document.sheets:
        for start, end in _in_text(sheet, pattern):
            yield _short(document, Where.SHEET_NAME, sheet, start, end, place=Place(sheet=sheet))


def _is_sheet_name(document: Document, first: Span) -> bool:
    """The name of a sheet that stands above its rows as a heading."""
    block = document.blocks[first.block]
    heading = block.kind is BlockKind.HEADING and block.text in document.sheets
    return heading and block.place.cell is None and bool(block.place.sheet)


def _in_document(flow: Flow, pattern: re.Pattern[str]) -> Iterator[Occurrence]:
    document = flow.document
    yield from _beside(document, pattern)
    found = [(spans[0], spans) for spans in _in_flow(flow, pattern)]
    for _, spans in sorted(found):
        first = spans[0]
        block = document.blocks[first.block]
        if _is_sheet_name(document, first):
            continue  # told above
        before, after = block.text[max(0, first.start - _AROUND) : first.start], _after(document, spans[-1])
        yield Occurrence(document.name, _where(flow, first), flow.written(spans), before, after, spans, flow.place(first))
    yield from _in_fields(document, pattern)


def _in_fields(document: Document, pattern: re.Pattern[str]) -> Iterator[Occurrence]:
    """In form fields that hold other text than the blocks."""
    for block in document.blocks:
        for slot in (*block.slots, *(slot for cell in block.cells for slot in cell.slots)):
            if slot.value and fold_text(slot.value) not in fold_text(block.text):
                for start, end in _in_text(slot.value, pattern):
                    yield _short(document, Where.FIELD, slot.value, start, end, place=slot.place or block.place, key=slot.label)


def _short(
    document: Document, where: Where, text: str, start: int, end: int, place: Place | None = None, key: str | None = None
) -> Occurrence:
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return Occurrence(document.name, where, text[start:end], before, after, (), place or Place(), key)


def _after(document: Document, last: Span) -> str:
    return document.blocks[last.block].text[last.end : last.end + _AROUND]


def _where(flow: Flow, span: Span) -> Where:
    block = flow.document.blocks[span.block]
    cell = flow.cell(span.block, span.start) if block.cells else None
    if Flag.HIDDEN in block.flags or (cell is not None and Flag.HIDDEN in cell.flags):
        return Where.HIDDEN
    kinds = {BlockKind.FURNITURE: Where.HEADER, BlockKind.FOOTNOTE: Where.FOOTNOTE, BlockKind.COMMENT: Where.COMMENT}
    return kinds.get(block.kind, Where.BODY)


def _pattern(text: str) -> re.Pattern[str] | None:
    """The text as a pattern over folded text in lower case: numbers with or without a mark between their thousands."""
    if not fold_text(text):
        return None
    parts: list[str] = []
    at = 0
    for match in _NUMBER.finditer(text):
        parts.append(_letters(text[at : match.start()]))
        parts.append(_thousands(re.sub(r"\D", "", match[0])))
        at = match.end()
    parts.append(_letters(text[at:]))
    return re.compile("".join(parts))


def _letters(text: str) -> str:
    escaped = re.escape(_lower(fold_text(text)))
    return re.sub(r"^(?:\\?[.,])$", "[.,]", escaped)


def _thousands(digits: str) -> str:
    groups: list[str] = []
    while len(digits) > 3:
        groups.insert(0, digits[-3:])
        digits = digits[:-3]
    return "[.,']?".join([digits, *groups])


def _in_text(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """In a single line of text. Underscores part words as spaces do, as the names of files have it."""
    spaced = text.replace("_", " ")
    folded = fold(spaced)
    for match in pattern.finditer(_lower(folded.text)):
        if match.start() == match.end():
            continue
        start, end = folded.offsets[match.start()], folded.offsets[match.end() - 1] + 1
        if _alone(spaced, start, end):
            yield start, end


def _in_flow(flow: Flow, pattern: re.Pattern[str]) -> Iterator[tuple[Span, ...]]:
    blocks = flow.document.blocks
    number = any(map(str.isdigit, pattern.pattern))
    for match in pattern.finditer(_lower(flow.text)):
        spans = flow.spans(match.start(), match.end())
        if not spans:
            continue
        first, last = spans[0], spans[-1]
        # A number is whole in one cell: "1" and "285" side by side are two.
        if number and len(match[0]) < 24 and (len(spans) > 1 or "\t" in blocks[first.block].text[first.start : first.end]):
            continue
        if _alone(blocks[first.block].text, first.start, None) and _alone(blocks[last.block].text, None, last.end):
            yield spans


def _alone(text: str, start: int | None, end: int | None) -> bool:
    """Not inside a longer word or number."""
    if start is not None and is_word(text, start):
        if is_word(text, start - 1):
            return False
        if (
            text[start].isdigit()
            and re.match(r"\d{3}(?!\d)", text[start:])
            and _GROUP_BEFORE.search(text[max(0, start - 2) : start])
        ):
            return False
    if end is not None and is_word(text, end - 1):
        if is_word(text, end):
            return False
        if text[end - 1].isdigit() and _GROUP_AFTER.match(text, end):
            return False
    return True


def _lower(text: str) -> str:
    """In lower case with every character in its place."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(low if len(low := char.lower()) == 1 else char for char in text)
