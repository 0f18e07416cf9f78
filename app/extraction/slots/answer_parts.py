"""Rows and lines that only name the place to answer at ("Svar", "Ange svar: ____"): what is asked stands above them.

Between the two a line may say how the question is answered. Neither is ever asked by itself.
"""

from __future__ import annotations

from app.core.document import Block, BlockKind, Flag
from app.extraction import kept
from app.extraction.slots.answer_kinds import AnswerPlace, Told, answer_type, only_tells, slots_of, told_by
from app.extraction.slots.lexicon import whole
from app.extraction.slots.marks import has_marks, required_of, runs, squares
from app.extraction.slots.scan import Ask, Scan, Words, answered_by_buyer, clean
from app.extraction.slots.table_shape import ROW_NUMBER, cell_starts, is_open

_WORD = kept.pattern(r"[^\W\d_]{2}")
_HINTS = ("svar", "answer", "response", "reply")
_LONGEST = 240  # characters


def find_answer_parts(scan: Scan) -> None:
    """Add the questions above rows and lines that name the place to answer at, and give such a place to its question."""
    for index in scan.body:
        block = scan.block(index)
        if index in scan.taken or len(block.text) > _LONGEST or not _names_answer(block.text) or scan.contract(index):
            continue
        place = _place(scan, index)
        if place is not None and place.waits:
            _take(scan, index, place)


def _names_answer(text: str) -> bool:
    """Whether a text holds a word for an answer. Cheap."""
    lowered = text.lower()
    return any(hint in lowered for hint in _HINTS)


def _place(scan: Scan, index: int) -> AnswerPlace | None:
    """The place to answer at that a block names and nothing else."""
    block = scan.block(index)
    if block.kind is not BlockKind.TABLE_ROW:
        if not block.slots and not has_marks(block.text):
            return None  # "Svar:" alone: what comes after it tells whether an answer is waited for
        edges = [*(start for start, _ in runs(block.text)), *(square.start for square in squares(block.text)), len(block.text)]
        bare = block.text[: min(edges)]
        named = whole("answer_part", bare.strip(" \t.:*")) is not None
        return AnswerPlace(block.text[len(bare) :].strip(), block.slots) if named else None
    worded = [cell for cell in block.cells if _WORD.search(cell.text)]
    if not worded or worded[0] is not next(cell for cell in block.cells if cell.text.strip()):
        return None
    bare = worded[0].text
    edges = [*(start for start, _ in runs(bare)), len(bare)]
    if whole("answer_part", bare[: min(edges)].strip(" \t.:*")) is None:
        return None
    others = [cell for cell in block.cells if cell is not worded[0]]
    if (
        not others
        and not worded[0].slots
        and not bare.rstrip().endswith(":")
        and len(edges) == 1
        and not _opens_below(scan, index)
    ):
        return None
    return AnswerPlace(" ".join(cell.text for cell in others).strip(), slots_of(block))


def _opens_below(scan: Scan, index: int) -> bool:
    """Whether the next row of the table is empty."""
    after = scan.after(index)
    return after is not None and scan.block(after).table == scan.block(index).table and not scan.block(after).text.strip()


def _take(scan: Scan, index: int, place: AnswerPlace) -> None:
    before = scan.worded_before(index)
    kinds: list[int] = []
    told: Told | None = None
    if before is not None and before not in scan.taken and only_tells(scan.block(before).text.replace("\t", " ").strip()):
        kinds, told = [before], told_by(scan.block(before).text.replace("\t", " ").strip())
        before = scan.worded_before(before)
    if scan.join(*kinds, index):
        return
    if before is None or not _may_ask(scan, before, index):
        return
    words, number = _asked(scan.block(before), before)
    used = (before, *kinds, index)
    if any(answered_by_buyer(scan.block(each).text) for each in used) or (told is not None and told.buyers):
        scan.leave(used)
        return
    quote = clean(scan.text(words))
    scan.add(
        Ask(
            words,
            answer_type(told, [place], place.options, quote),
            ("slot.answer_part",),
            tuple(scan.whole(each) for each in used),
            told.must if told is not None else None,
            (told.required if told is not None else None) or required_of(place.options),
            place.options,
            told.limit if told is not None else None,
            number,
        )
    )


def _may_ask(scan: Scan, before: int, index: int) -> bool:
    """Whether the words above are the question: a row of the same table, or what stands right above the table or line."""
    block, below = scan.block(before), scan.block(index)
    if block.kind is not BlockKind.TABLE_ROW:
        return True
    if below.kind is not BlockKind.TABLE_ROW or block.table != below.table:
        return below.kind is not BlockKind.TABLE_ROW and not _has_place(block)
    worded = [cell for cell in block.cells if _WORD.search(cell.text)]
    return not _has_place(block) and (len(worded) == 1 or Flag.HEADER_ROW not in block.flags)


def _has_place(block: Block) -> bool:
    """Whether a row has a place of its own to answer at."""
    return bool(slots_of(block)) or (len(block.cells) > 1 and any(map(is_open, block.cells[1:])))


def _asked(block: Block, index: int) -> tuple[Words, str | None]:
    """The words of a row's longest cell and the number beside it; all words of another block."""
    if block.kind is not BlockKind.TABLE_ROW:
        return Words(index, 0, len(block.text)), None
    place, cell = max(enumerate(block.cells), key=lambda found: len(found[1].text.split()))
    start = cell_starts(block)[place]
    number = next((other.text.strip().rstrip(".):") for other in block.cells if ROW_NUMBER.fullmatch(other.text.strip())), None)
    return Words(index, start, start + len(cell.text)), number
