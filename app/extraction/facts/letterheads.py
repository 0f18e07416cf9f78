"""Who buys, and under which number, as letterheads, title pages, headers, footers and metadata show it without saying so.

An organisation is told by how its name is made ("Norrviks kommun", "Statens kustverk", "Harbour Board of Westmere"). On a title
page it fills a line or a part of one ("Norrviks kommun, tekniska kontoret", "Västra Hamn AB – Skötsel av kajer"); what repeats at
the top or foot of pages holds it anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from app.core.document import Block, BlockKind, Document
from app.core.points import Fact, Source
from app.extraction import kept
from app.extraction.facts.organisations import PARTS, is_organisation, number_in, organisation_in
from app.extraction.facts.values import spans_of_lines

_LINE, _FURNITURE, _AUTHOR, _NUMBER = 34, 36, 20, 42
_LONGEST = 160  # characters of a line on a title page
_REPEATING = 40  # texts that repeat, of which the first tell whose paper it is
# A line that names who drew the plans or made the template is no letterhead of the buyer's.
_OTHERS = kept.pattern(
    r"\b(?:konsult|projekterande|arkitekt|consult|designer|engineer|mall\b|template|ramavtal|framework)", re.IGNORECASE
)
_AUTHORS = frozenset(["author", "creator", "company"])


def letterheads(document: Document, first: Iterable[Block]) -> Iterator[Fact]:
    """Candidates for the buyer, and for the number of the case. `first`: the blocks of the title page, above the running text."""
    for block in first:
        if block.cells or len(block.text) > 2 * _LONGEST:
            continue
        for begin, stop in spans_of_lines(block):
            found = _part_of(block.text[begin:stop])
            if found is not None:
                yield _fact("buyer", found, document, block, begin, stop, _LINE)
                break
        if len(block.text) <= _LONGEST and (number := number_in(block.text)) is not None:
            yield _fact("reference", number[0], document, block, number.start(), number.end(), _NUMBER)
    for block in _repeating(document):
        match = organisation_in(block.text)
        if match is not None and _OTHERS.search(block.text) is None:
            yield _fact("buyer", match[0], document, block, match.start(), match.end(), _FURNITURE)
        if (number := number_in(block.text)) is not None:
            yield _fact("reference", number[0], document, block, number.start(), number.end(), _NUMBER)
    for key, value in document.metadata:
        if key.lower().rpartition(":")[2] in _AUTHORS and is_organisation(value):
            yield Fact("buyer", value.strip(), Source(document.id, value.strip()), _AUTHOR)


def _part_of(line: str) -> str | None:
    """The organisation that a line is, or that a part of it is."""
    if len(line) > _LONGEST:
        return None
    return next((part.strip() for part in PARTS.split(line) if is_organisation(part)), None)


def _repeating(document: Document) -> list[Block]:
    seen: dict[str, Block] = {}
    for block in document.blocks:
        if block.kind is BlockKind.FURNITURE and block.text:
            seen.setdefault(block.text, block)
            if len(seen) == _REPEATING:
                break
    return list(seen.values())


def _fact(name: str, value: str, document: Document, block: Block, begin: int, stop: int, weight: int) -> Fact:
    quote = block.text[begin:stop].strip()
    return Fact(name, " ".join(value.split()), Source(document.id, quote, block.place_of(begin, stop)), weight)
