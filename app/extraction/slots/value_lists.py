"""Hidden sheets that only hold the values that lists offer: words to choose from, which ask for nothing themselves."""

from __future__ import annotations

from collections.abc import Iterator

from app.core.document import Block, BlockKind, Flag
from app.core.points import PointKind
from app.extraction.asking import told
from app.extraction.cues import word
from app.extraction.slots.scan import Scan

_MOST_WORDS = 8


def leave_value_lists(scan: Scan) -> None:
    """Leave the rows of hidden sheets without a sentence, and on other hidden sheets the values that lists offer."""
    hidden: dict[str, list[int]] = {}
    for index in scan.body:
        block = scan.block(index)
        if Flag.HIDDEN in block.flags and block.kind is not BlockKind.HEADING and (sheet := _sheet(block)) is not None:
            hidden.setdefault(sheet, []).append(index)
    if not hidden:
        return
    shown = {sheet for block in scan.document.blocks if Flag.HIDDEN not in block.flags and (sheet := _sheet(block)) is not None}
    offered: frozenset[str] | None = None
    for sheet, blocks in hidden.items():
        if sheet in shown:
            continue
        if all(_is_value(text) for index in blocks for text in _texts(scan.block(index))):
            scan.leave(blocks)
            continue
        offered = _offered(scan) if offered is None else offered
        scan.leave(index for index in blocks if all(text in offered for text in _texts(scan.block(index))))


def _sheet(block: Block) -> str | None:
    return block.place.sheet or next((cell.place.sheet for cell in block.cells if cell.place.sheet), None)


def _texts(block: Block) -> Iterator[str]:
    if block.cells:
        yield from (cell.text.strip() for cell in block.cells if cell.text.strip())
    elif block.text.strip():
        yield block.text.strip()


def _is_value(text: str) -> bool:
    asked = told(text)
    return (
        len(text.split()) <= _MOST_WORDS
        and not text.endswith((".", "?", "!", ":"))
        and word("modal").search(text) is None
        and (asked is None or asked[0] is not PointKind.ATTACHMENT)
    )


def _offered(scan: Scan) -> frozenset[str]:
    return frozenset(
        option for block in scan.document.blocks for cell in block.cells for slot in cell.slots for option in slot.options
    )
