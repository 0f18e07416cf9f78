"""Contract terms that ask nothing: what entitles a party to end the contract, told as what the other does."""

from __future__ import annotations

import re

from app.core.document import Block, BlockKind, Document
from app.extraction import kept
from app.extraction.cues import word
from app.extraction.sections import ChapterKind, Outline

_OPENINGS = (":", ",", " om", " att", " if", " when", " where", " där", " då", " när", " antingen")
_HINTS = ("häv", "säg", "förtida", "terminat", "rescind", "cancel")  # one of them is in every word of ending a contract
_ENTRY = kept.pattern(r"\s*(?:[•●○▪■□◦·‣⁃\-–—*]|\(?(?:\d{1,2}|[a-zåäö]|[ivx]{1,4})[.)])\s", re.IGNORECASE)


def ends_contract(text: str) -> bool:
    """Whether words speak of ending the contract without saying that anybody must."""
    lowered = text.lower()
    if not any(hint in lowered for hint in _HINTS):
        return False
    return word("terminates").search(text) is not None and word("modal").search(text) is None


def termination_grounds(document: Document, outline: Outline) -> frozenset[int]:
    """List items of contract terms under words that lead in the grounds for ending the contract."""
    found: set[int] = set()
    if outline.default is not ChapterKind.CONTRACT and not outline.contracts and not _has_contract(outline):
        return frozenset()
    grounds = False
    for index, block in document.body():
        if grounds and _is_entry(block) and not outline.is_heading(index):
            if word("modal").search(block.text) is None:
                found.add(index)
            continue
        text = block.text.rstrip()
        grounds = text.endswith(_OPENINGS) and outline.kind(index) is ChapterKind.CONTRACT and ends_contract(text)
    return frozenset(found)


def _has_contract(outline: Outline) -> bool:
    return any(heading.kind is ChapterKind.CONTRACT for heading in outline.headings)


def _is_entry(block: Block) -> bool:
    return block.kind is BlockKind.LIST_ITEM or (block.kind is BlockKind.PARAGRAPH and _ENTRY.match(block.text) is not None)
