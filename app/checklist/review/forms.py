"""Rules about the buyer's own forms, filled in: what is unanswered, which fixed texts have changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from app.checklist.review.inputs import ReviewInputs
from app.checklist.review.matched import blocks_at, stem
from app.checklist.review.prices import cell_items, is_price, left_lots
from app.checklist.review.rows import spots
from app.core.checklist import ChecklistItem
from app.core.document import Place, document_id
from app.core.inspection import EXCERPT, BlockFact, FileFacts, Spot
from app.core.points import PointKind
from app.core.review import ReviewFinding, Severity

__all__ = ["changed_texts", "left_rows", "unanswered"]

_FIXED = 20
"""Characters of a paragraph that is a text of the buyer's and no label."""

_ALIKE = 0.6
_FIXED_CELL = 3


def unanswered(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Fields and cells that must be answered and are not. Of a lot that the bid leaves out, none must."""
    form = inputs.form_of.get(file.path)
    if form is None:
        return
    left = left_lots(file, form, inputs)
    found = [
        Spot(item.source.place, item.text_after_number[:EXCERPT])
        for item, cell in cell_items(file, form, inputs)
        if cell is None and item.must and not is_price(item) and item.lot not in left
    ]
    found += [_spot(item, block) for item, _, block, open_row in _block_items(file, form, inputs) if item.must and not open_row]
    yield from spots("form.unanswered", Severity.OBSTACLE, file, inputs, _once(found))


def left_rows(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Rows of a table left empty beside filled ones, and prices of a lot left out: seldom all rows are needed."""
    form = inputs.form_of.get(file.path)
    if form is None:
        return
    found = [_spot(item, block) for item, _, block, open_row in _block_items(file, form, inputs) if item.must and open_row]
    left = left_lots(file, form, inputs)
    found += [
        Spot(item.source.place, item.text_after_number[:EXCERPT])
        for item, cell in cell_items(file, form, inputs)
        if cell is None and item.must and item.lot in left
    ]
    yield from spots("form.left_rows", Severity.NOTE, file, inputs, _once(found))


def changed_texts(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Texts of the buyer's that are not the same any more: a changed requirement is a reservation."""
    form = inputs.form_of.get(file.path)
    if form is None:
        return
    yield from spots("form.changed", Severity.WARNING, file, inputs, [*_changed_cells(file, form, inputs), *_changed(file, form)])


def _block_items(
    file: FileFacts, form: FileFacts, inputs: ReviewInputs
) -> Iterator[tuple[ChecklistItem, BlockFact, BlockFact, bool]]:
    """Questions whose answer is missing: the item, where the form asks, the same place in the file, and whether it is one row
    of a table in which others are filled."""
    theirs, mine = blocks_at(form), blocks_at(file)
    document = document_id(form.name)
    started = {block.table for block in file.blocks if block.table is not None and _is_own_row(block, theirs)}
    for work in inputs.items:
        item = work.item
        if item.kind is not PointKind.QUESTION or item.source.document != document or item.source.place.cell is not None:
            continue
        asked = _asked(item, theirs)
        block = _same(asked, file, mine) if asked is not None else None
        if asked is None or block is None or not (asked.asked or _is_blank(asked)):
            continue
        missing = block.given < block.asked if block.asked else _plain(block.text) == _plain(asked.text)
        if missing:
            yield item, asked, block, not asked.asked and asked.table is not None and block.table in started


def _asked(item: ChecklistItem, blocks: dict[tuple[int | None, int | None], list[BlockFact]]) -> BlockFact | None:
    """Where the form asks: the block at the item's place that holds its words."""
    here = blocks.get((item.source.place.page, item.source.place.paragraph), [])
    quote = _plain(item.source.quote)[:40]
    return next((block for block in here if quote and quote in _plain(block.text)), here[0] if len(here) == 1 else None)


def _same(asked: BlockFact, file: FileFacts, mine: dict[tuple[int | None, int | None], list[BlockFact]]) -> BlockFact | None:
    """The place in the filled copy: first where it stood, then anywhere, as answers push what comes after them."""
    start = _plain(stem(asked.text))[:60]
    if not start:
        return None
    here = mine.get((asked.place.page, asked.place.paragraph), [])
    return next((block for block in (*here, *file.blocks) if _plain(block.text).startswith(start)), None)


def _is_blank(block: BlockFact) -> bool:
    """Whether the text itself leaves room: an empty cell, a line of underscores, a box."""
    cells = block.text.split("\t")
    return any(not cell.strip() for cell in cells) or "__" in block.text or "...." in block.text or "☐" in block.text


def _is_own_row(block: BlockFact, theirs: dict[tuple[int | None, int | None], list[BlockFact]]) -> bool:
    """Whether somebody has written into a row whose cells the form leaves empty."""
    form = theirs.get((block.place.page, block.place.paragraph), [])
    return any(
        _is_blank(other) and block.text != other.text and _plain(block.text).startswith(_plain(stem(other.text))[:60])
        for other in form
    )


def _changed_cells(file: FileFacts, form: FileFacts, inputs: ReviewInputs) -> Iterator[Spot]:
    asked = {(item.source.place.sheet, item.source.place.cell) for item, _ in cell_items(file, form, inputs)}
    now = {(cell.sheet, cell.cell): cell for cell in file.cells}
    for cell in form.cells:
        key = (cell.sheet, cell.cell)
        if key in asked or cell.open or cell.formula is not None or cell.number is not None or len(cell.text) < _FIXED_CELL:
            continue
        if key not in now or now[key].text != cell.text:
            yield Spot(Place(sheet=cell.sheet, cell=cell.cell), cell.text)


def _changed(file: FileFacts, form: FileFacts) -> Iterator[Spot]:
    """Paragraphs that are much like the form's at the same place, and not the same."""
    mine = blocks_at(file)
    everything = {_plain(block.text) for block in file.blocks}
    for block in form.blocks:
        start = _plain(stem(block.text))
        if len(start) < _FIXED or block.place.paragraph is None or start in everything:
            continue
        for other in mine.get((block.place.page, block.place.paragraph), []):
            now = _plain(other.text)
            if not now.startswith(start) and _is_like(start, now[: len(start) + 40]):
                yield Spot(other.place, other.text[:EXCERPT])


def _is_like(first: str, second: str) -> bool:
    return SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE


def _plain(text: str) -> str:
    return " ".join(text.replace("☒", "☐").replace("☑", "☐").split())


def _spot(item: ChecklistItem, block: BlockFact) -> Spot:
    return Spot(block.place, item.text_after_number[:EXCERPT])


def _once(found: Sequence[Spot]) -> list[Spot]:
    """A place once, however many items ask there."""
    return list({(spot.place, spot.text): spot for spot in found}.values())
