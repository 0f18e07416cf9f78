"""Tables of service levels: "Klass 1 | inom 24 timmar | inom 72 timmar" requires without a single verb."""

from __future__ import annotations

import re

from app.core.document import Block, BlockKind, Document, Flag
from app.core.points import PointKind
from app.extraction import kept
from app.extraction.cues import word
from app.extraction.sections import ChapterKind, Outline
from app.extraction.verdicts import Verdict

SERVICE_LEVEL = Verdict(PointKind.REQUIREMENT, True, ("table.service_level",))
_CHAPTERS = (ChapterKind.REQUIREMENTS, ChapterKind.GENERAL)
# How long or how much, at the start of a cell.
_AMOUNT = kept.pattern(
    r"(?:inom|högst|max(?:imalt|\.)?|minst|senast|within|at most|no more than|at least|[<>≤≥])?\s*"
    r"(?:\d+(?:[.,]\d+)?|en|ett|två|tre|fyra|fem|sex|åtta|tio|one|two|three|four|five|six|eight|ten)\s?"
    r"(?:%|procent|per cent|percent|minut(?:er)?|min\.?|tim(?:me|mar|\.)?|h|sekunder|dygn|(?:arbets|vardags?)?dag(?:ar)?|"
    r"veck(?:a|or)|seconds?|minutes?|mins?|hours?|hrs?|(?:working |business |calendar )?days?|weeks?)(?!\w)",
    re.IGNORECASE,
)
_LONGEST_NAME = 40  # characters: a longer cell names no column


def service_rows(document: Document, outline: Outline) -> frozenset[int]:
    """Rows of tables whose columns name levels of service and whose cells hold how long or how much."""
    found: set[int] = set()
    table, columns = None, frozenset[int]()
    for index, block in document.body():
        if block.kind is not BlockKind.TABLE_ROW:
            continue
        if block.table != table or Flag.HEADER_ROW in block.flags:
            table, columns = block.table, _columns(block)
        elif columns and outline.kind(index) in _CHAPTERS and _holds_level(block, columns):
            found.add(index)
    return frozenset(found)


def _columns(block: Block) -> frozenset[int]:
    return frozenset(
        cell.column
        for cell in block.cells
        if len(cell.text) <= _LONGEST_NAME
        and word("service_column").fullmatch(" ".join(cell.text.split()).strip(" .:*")) is not None
    )


def _holds_level(block: Block, columns: frozenset[int]) -> bool:
    named = any(cell.text.strip() for cell in block.cells if cell.column not in columns)
    return named and any(_AMOUNT.match(cell.text.strip()) is not None for cell in block.cells if cell.column in columns)
