"""Name and buyer as a title page and the file's metadata show them, where no label introduces them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from app.core.document import Block, BlockKind, Document
from app.core.points import Fact, Source
from app.extraction import kept
from app.extraction.facts.dates import moments
from app.extraction.facts.values import spans_of_lines
from app.extraction.rules import words, words_pattern

_NUMBERED = kept.pattern(
    r"\(?(?:\d+[.)]|\d+(?:\.\d+)+|[A-Z]{1,3}\.?\d|[A-Z]{2,3}\.\d[\d.:]*|AF[A-Z]|[A-Za-z][.)])\s"
    r"|\d{1,2} [A-ZÅÄÖ]|[A-ZÅÄÖ]{1,3} [A-ZÅÄÖ]{4}"
)
# What programs call a document that nobody has named.
_TECHNICAL = kept.pattern(
    r"\.(?:docx?|docm|xlsx?|xlsm|pptx?|pdf|indd|dotx?|odt|rtf|txt|dwg)$|^microsoft |^powerpoint|_|^\W*$|"
    r"^\W*(?:anonym(?:ous)?|unspecified|unknown|untitled|no title|title|none|null|okänd|namnlös\w*|ospecificerad|"
    r"utan (?:titel|namn)|(?:new |nytt |scanned |skannat )?(?:document|dokument)|presentation|book|workbook|bok|arbetsbok|"
    r"sheet|worksheet|blad|kalkylblad|slide|bild|layout|page|sida|drawing|ritning|scan|print|mall|template|normal|word|excel)"
    r"[\s-]*\d*\W*$",
    re.IGNORECASE,
)
_TITLES = 12  # blocks that the title is among
_FIRST = 30  # blocks of a title page
_LARGEST, _FIRST_HEADING, _FIRST_CELL, _METADATA, _ORGANISATION = 36, 34, 28, 24, 34
_MAIN, _ANNEX, _SHEET = 10, -15, -8


def titles(document: Document, *, annex: bool) -> Iterator[Fact]:
    """Candidates for the procurement's name and buyer, none of them heavier than a labelled one. `annex`: a contract draft."""
    first = [block for _, block in zip(range(_FIRST), _title_blocks(document), strict=False)]
    # A document that says what it is ("Upphandlingsdokument") names the procurement more likely than one of its annexes.
    says_so = _main().match(document.name.rpartition("/")[2]) or any(_main().match(block.text) for block in first[:8])
    main = _ANNEX if annex else _MAIN if says_so else _SHEET if document.sheets else 0
    if (largest := _largest(first[:_TITLES])) is not None:
        yield _fact("name", largest, document, _LARGEST + main)
    heading = next((block for block in first[:6] if block.kind is BlockKind.HEADING and _is_title(block)), None)
    if heading is not None and heading is not largest:
        yield _fact("name", heading, document, _FIRST_HEADING + main)
    corner = next((block for block in first[:2] if block.place.cell == "A1"), None)
    if heading is None and corner is not None and _alone(corner) and _is_title(corner):
        yield _fact("name", corner, document, _FIRST_CELL + main)
    for block in first:
        if block.cells or len(block.text) > 400:
            continue
        for begin, stop in spans_of_lines(block):
            line = block.text[begin:stop].strip()
            if len(line) < 80 and _organisation().fullmatch(line):
                yield Fact("buyer", line, Source(document.id, line, block.place_of(begin, stop)), _ORGANISATION)
                break
    for key, value in document.metadata:
        name = " ".join(value.split())
        if key.lower().rpartition(":")[2] == "title" and 5 < len(name) <= 140 and _names(name) and not _technical(name):
            yield Fact("name", name, Source(document.id, name), _METADATA)


def _title_blocks(document: Document) -> Iterator[Block]:
    for _, block in document.body():
        if block.place.page not in (None, 1):
            return
        yield block


def _largest(blocks: list[Block]) -> Block | None:
    """The text in the largest type of the page, if it stands out and reads as a name."""
    sized = [block for block in blocks if block.font_size and _is_title(block) and not block.cells]
    if len({round(block.font_size or 0, 1) for block in sized}) < 2:
        return None
    return max(sized, key=lambda block: block.font_size or 0)


def _is_title(block: Block) -> bool:
    """Whether a block names something itself: no chapter with a number of its own, and not the name of a sheet."""
    of_sheet = block.place.sheet is not None and block.place.cell is None
    return not of_sheet and block.number is None and _names(block.text)


def _alone(block: Block) -> bool:
    return sum(bool(cell.text.strip()) for cell in block.cells) < 2


def _names(text: str) -> bool:
    """Whether words read as a name of something: not the type of a document, a date or a sentence."""
    text = " ".join(text.split())
    if _NUMBERED.match(text):
        return False  # a chapter, not a title
    if not 5 <= len(text) <= 140 or text.endswith((".", ":", ",")) or not any(letter.isalpha() for letter in text):
        return False
    rest = _generic().sub("", text)
    return len(re.sub(r"[\W\d_]", "", rest)) >= 4 and not moments(text) and not _sentence().search(text)


def _technical(name: str) -> bool:
    return _TECHNICAL.search(name) is not None


def _fact(name: str, block: Block, document: Document, weight: int) -> Fact:
    return Fact(name, " ".join(block.text.split()), Source(document.id, block.text, block.place), weight)


@cache
def _generic() -> re.Pattern[str]:
    return words_pattern(words("facts")["titles"])


@cache
def _main() -> re.Pattern[str]:
    return words_pattern(words("facts")["main_documents"])


@cache
def _sentence() -> re.Pattern[str]:
    return words_pattern(words("facts")["verbs"])


@cache
def _organisation() -> re.Pattern[str]:
    return words_pattern(words("facts")["organisations"])
