"""Everything that one document asks for: slots, statements, facts and the ledger of its lines."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from app.core.document import Document
from app.core.points import Point, Reading
from app.extraction import kept
from app.extraction.apart import set_apart
from app.extraction.contents import with_contents
from app.extraction.facts import find_facts
from app.extraction.ledger import account
from app.extraction.mentions import join_mentions
from app.extraction.questionnaires import with_limits
from app.extraction.sections import outline
from app.extraction.slots.find import look_through
from app.extraction.statements import find_statements

_LOT = kept.pattern(
    r"(?<!\w)(?:(?:anbuds|del)område|delkontrakt|(?:upphandlings|anbuds)del|lot|positionsgrupp)\s+(?:nr\s+)?(?:\d{1,3}|[A-ZÅÄÖ]\b)(?:\s*[:–-]\s*[^.;]{2,60})?",
    re.IGNORECASE,
)
_LOT_WORDS = ("område", "delkontrakt", "sdel", "lot", "positionsgrupp")  # one of them is in every match


def find(document: Document) -> Reading:
    """Points in reading order, facts, and the class of every line."""
    document = with_contents(document)
    chapters = outline(document)
    apart = set_apart(document, chapters)
    scan = look_through(document, chapters)  # a place to answer at is one whatever is said of the contract
    chapters = replace(chapters, contracts=(*chapters.contracts, *apart.declared.contracts))
    found = scan.points()
    apart = replace(apart, left=frozenset(scan.left))
    slots, statements = join_mentions(found, find_statements(document, chapters, found, apart))
    listed = with_limits(document, sorted([*slots, *statements], key=_position))
    points = tuple(_with_lot(point) for point in listed)
    facts = find_facts(document, chapters)
    lines, unassigned = account(document, chapters, points, facts, apart)
    return Reading(document, points, tuple(facts), lines, unassigned)


def _position(point: Point) -> tuple[int, int]:
    return (point.spans[0].block, point.spans[0].start) if point.spans else (0, 0)


def _with_lot(point: Point) -> Point:
    """Which lot a point is about, from its innermost heading that names one, else from its own words."""
    if point.lot is not None:
        return point
    lot = _lot_of(point.headings) or _lot_in(point.text)
    return point if lot is None else replace(point, lot=lot)


@lru_cache(maxsize=512)
def _lot_of(headings: tuple[str, ...]) -> str | None:
    return next((lot for heading in reversed(headings) if (lot := _lot_in(heading)) is not None), None)


def _lot_in(text: str) -> str | None:
    lowered = text.lower()
    if not any(word in lowered for word in _LOT_WORDS):
        return None
    match = _LOT.search(text)
    return match[0].strip() if match is not None else None
