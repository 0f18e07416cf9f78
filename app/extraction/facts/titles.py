"""Name and buyer as a title page and the file's metadata show them, where no label introduces them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from app.core.document import Block, BlockKind, Document
from app.core.points import Fact, Source
from app.extraction import kept
from app.extraction.facts.dates import moments
from app.extraction.facts.letterheads import letterheads
from app.extraction.facts.lists import word
from app.extraction.facts.organisations import is_organisation, is_party
from app.extraction.sentences import sentences

_NUMBERED = kept.pattern(
    r"(?i:(?:del|part|kapitel|kap|avsnitt|section|chapter|steg|step|fas|phase|blad|flik|sheet)\.?\s(?:\d{1,3}|[ivx]{1,4}|[a-zåäö]))(?!\w)|"
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
_PARTS = kept.pattern(r"\s+[|·•–—-]\s+|\t|,\s+")
_REFERENCE = kept.pattern(
    r"(?i:dnr|diarie\w+|ref|referens(?:nummer|nr)?|reference|ärende(?:nummer|nr)?)\b|"
    r"(?!20\d\d\W20\d\d)(?:[A-ZÅÄÖ]{1,8}[- ]?)?\d[\d/:–-]{3,}$"
)
_TITLES = 12  # blocks that the title is among
_FIRST = 30  # blocks of a title page
_LARGEST, _FIRST_HEADING, _SUBTITLE, _FIRST_CELL, _METADATA = 36, 34, 31, 28, 24
_RUNNING = 140  # characters of a paragraph that is running text
_MAIN, _ANNEX, _SHEET = 10, -15, -8


def titles(document: Document, *, annex: bool) -> Iterator[Fact]:
    """Candidates for the procurement's name and buyer, none of them heavier than a labelled one. `annex`: a contract draft."""
    first = [block for _, block in zip(range(_FIRST), _title_blocks(document), strict=False)]
    # A document that says what it is ("Upphandlingsdokument") names the procurement more likely than one of its annexes.
    says_so = word("main_documents").match(document.name.rpartition("/")[2]) or any(
        word("main_documents").match(block.text) for block in first[:8]
    )
    main = _ANNEX if annex else _MAIN if says_so else _SHEET if document.sheets else 0
    above = _above_text(first)
    if (largest := _largest(above[:_TITLES])) is not None:
        yield from _named(largest, document, _LARGEST + main)
    heading = next((block for block in above[:6] if block.kind is BlockKind.HEADING and _is_title(block)), None)
    if heading is not None and heading is not largest:
        yield from _named(heading, document, _FIRST_HEADING + main)
    if (subtitle := _subtitle(first[:_TITLES])) is not None:
        yield from _named(subtitle, document, _SUBTITLE + main)
    corner = next((block for block in first[:2] if block.place.cell == "A1"), None)
    if heading is None and corner is not None and _alone(corner) and _is_title(corner):
        yield from _named(corner, document, _FIRST_CELL + main)
    yield from letterheads(document, above)
    for key, value in document.metadata:
        name = " ".join(value.split())
        if key.lower().rpartition(":")[2] == "title" and 5 < len(name) <= 140 and _names(name) and not _technical(name):
            yield Fact("name", name, Source(document.id, name), _METADATA)


def _above_text(blocks: list[Block]) -> list[Block]:
    """The blocks above the running text; all of them where a page begins with it."""
    end = next((number for number, block in enumerate(blocks) if _is_running(block)), len(blocks))
    above = blocks[:end]
    return above if any(_is_title(block) for block in above) else blocks


def _is_running(block: Block) -> bool:
    return block.kind is BlockKind.PARAGRAPH and len(block.text) > _RUNNING and block.text.rstrip().endswith((".", ":", "!"))


def _subtitle(blocks: list[Block]) -> Block | None:
    """What stands right under a title that only says what kind of document it is ("Svarsformulär"), up to its first full stop."""
    for title, below in itertools.pairwise(blocks):
        if title.kind is not BlockKind.HEADING or (title.place.sheet is not None and title.place.cell is None):
            continue
        if _is_title(title) or title.number is not None or _NUMBERED.match(title.text) or _left(title.text) >= 4:
            return None
        if below.cells or below.kind is BlockKind.LIST_ITEM:
            return None
        begin, end = next(iter(sentences(below.text)), (0, 0))
        name = below.text[begin:end].rstrip(".") if end < len(below.text) else below.text
        return replace(below, text=name) if _names(name) and below.number is None else None
    return None


def _named(block: Block, document: Document, weight: int) -> Iterator[Fact]:
    """The name that a title gives, without the organisation and the number that stand in the same line as parts of their own."""
    parts = [part for part in _PARTS.split(" ".join(block.text.split())) if part.strip()]
    own = [part for part in parts if not is_organisation(part) and not _REFERENCE.match(part)]
    name = " ".join(block.text.split())
    if 0 < len(own) < len(parts):
        first, last = name.index(own[0]), name.rindex(own[-1]) + len(own[-1])
        name = name[first:last]
    if _names(name) and not is_organisation(name):
        yield Fact("name", name, Source(document.id, block.text, block.place), weight)


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
    return not of_sheet and block.number is None and _names(block.text) and not is_organisation(block.text)


def _alone(block: Block) -> bool:
    return sum(bool(cell.text.strip()) for cell in block.cells) < 2


def _names(text: str) -> bool:
    """Whether words read as a name of something: not the type of a document, a date or a sentence."""
    text = " ".join(text.split())
    if _NUMBERED.match(text):
        return False  # a chapter, not a title
    if (
        is_party(text)
        or not 5 <= len(text) <= 140
        or text.endswith((".", ":", ","))
        or not any(letter.isalpha() for letter in text)
    ):
        return False
    return _left(text) >= 4 and not moments(text) and not word("verbs").search(text)


def _left(text: str) -> int:
    """How many letters a title has beside the words for kinds of documents."""
    return len(re.sub(r"[\W\d_]", "", word("titles").sub("", text)))


def _technical(name: str) -> bool:
    return _TECHNICAL.search(name) is not None
