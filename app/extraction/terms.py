"""Contract terms that ask nothing: what entitles a party to end the contract, told as what the other does."""

from __future__ import annotations

import re

from app.core.document import Block, BlockKind, Document
from app.extraction.cues import word
from app.extraction.sections import ChapterKind, Outline

_OPENS = re.compile(r"(?::|(?<!\w)(?:om|att|if|when|where|där|då|när|antingen))\s*$|[:,]\s*$", re.IGNORECASE)
_ENTRY = re.compile(r"\s*(?:[•●○▪■□◦·‣⁃\-–—*]|\(?(?:\d{1,2}|[a-zåäö]|[ivx]{1,4})[.)])\s", re.IGNORECASE)


def ends_contract(text: str) -> bool:
    """Whether words speak of ending the contract without saying that anybody must."""
    return word("terminates").search(text) is not None and word("modal").search(text) is None


def termination_grounds(document: Document, outline: Outline) -> frozenset[int]:
    """List items of contract terms under words that lead in the grounds for ending the contract."""
    found: set[int] = set()
    grounds = False
    for index, block in document.body():
        if grounds and _is_entry(block) and not outline.is_heading(index):
            if word("modal").search(block.text) is None:
                found.add(index)
            continue
        text = block.text
        grounds = _OPENS.search(text) is not None and outline.kind(index) is ChapterKind.CONTRACT and ends_contract(text)
    return frozenset(found)


def _is_entry(block: Block) -> bool:
    return block.kind is BlockKind.LIST_ITEM or (block.kind is BlockKind.PARAGRAPH and _ENTRY.match(block.text) is not None)
