"""Facts that the blocks of a document hold already: fields and whether they are filled in, sizes of text, what is hidden."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.document import AnswerType, Block, BlockKind, Document, DocumentKind, Flag, Slot
from app.core.inspection import EXCERPT, FORM_TEXT, BlockFact, HiddenKind, Spot, TextSize

__all__ = ["block_facts", "hidden_text", "text_sizes"]

_MOST = 20_000
_QUIET = frozenset({BlockKind.FURNITURE, BlockKind.COMMENT})


def block_facts(document: Document) -> tuple[BlockFact, ...]:
    """The paragraphs and rows of a text document. Workbooks are compared cell by cell instead."""
    if document.kind is DocumentKind.XLSX:
        return ()
    return tuple(_fact(block) for block in document.blocks[:_MOST] if block.kind not in _QUIET)


def _fact(block: Block) -> BlockFact:
    slots = [*block.slots, *(slot for cell in block.cells for slot in cell.slots)]
    asked, given = _answers(slots)
    label = next((slot.label for slot in slots if slot.label), "") or ""
    value = next((slot.value for slot in slots if slot.value), "") or ""
    return BlockFact(block.place, block.text[:FORM_TEXT], asked, given, block.table, label[:EXCERPT], value[:EXCERPT])


def _answers(slots: Iterable[Slot]) -> tuple[int, int]:
    """How many answers are asked for, and how many given: boxes to tick that follow each other ask for one."""
    asked = given = 0
    ticking: list[Slot] = []
    for slot in (*slots, None):
        if slot is not None and slot.type is AnswerType.YES_NO and not slot.options:
            ticking.append(slot)
            continue
        if ticking:
            asked += 1
            given += any(box.value for box in ticking)
            ticking = []
        if slot is not None:
            asked += 1
            given += bool(slot.value)
    return asked, given


def text_sizes(document: Document) -> tuple[TextSize, ...]:
    """How much running text there is in each size, the smallest first; page headers, notes and comments aside."""
    if document.kind is DocumentKind.XLSX:
        return ()
    sizes: dict[float, TextSize] = {}
    for block in document.blocks:
        if block.font_size is None or block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            continue
        points = round(block.font_size * 2) / 2
        known = sizes.get(points)
        sizes[points] = TextSize(
            points, (known.characters if known else 0) + len(block.text), known.place if known else block.place
        )
    return tuple(sizes[points] for points in sorted(sizes))


def hidden_text(document: Document) -> tuple[Spot, ...]:
    """Blocks that are read and not in sight."""
    if document.kind is DocumentKind.XLSX:
        return ()
    return tuple(
        Spot(block.place, block.text[:EXCERPT], HiddenKind.TEXT)
        for block in document.blocks
        if Flag.HIDDEN in block.flags and block.text.strip()
    )[:100]
