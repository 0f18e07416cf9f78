"""Notes in the margin: small type in a narrow column beside the text, with lines of its own.

A note read along with the line beside it cuts that line's sentence. What tells notes from the first column of a table is that
they are set smaller than the text, and that most paragraphs have none beside them. A heading or a number in the margin, as large
as the text or a single word, belongs to the line it stands at.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace
from statistics import median

from app.core.document import BlockKind
from app.documents.pdf.blocks import Draft, draft_of
from app.documents.pdf.lines import printed_lines
from app.documents.pdf.shapes import Run

_FEWEST = 6  # lines of text that make a column
_SMALLER = 0.92  # of the size of the text
_ALIKE = 0.4  # points between sizes that are the same
_WIDE, _NARROW = 0.35, 0.3  # of the page: a line of the text at least, a note's column at most
_WORDS = re.compile(r"[^\W\d_]{2,}")

Note = list[Run]


@dataclass(frozen=True, slots=True)
class Margin:
    """Where the text of a page stands, and how large it and the notes beside it are set."""

    left: float
    right: float
    size: float
    notes: float = 0.0


def margin_notes(runs: list[Run], width: float, known: Margin | None) -> tuple[list[Run], list[Note], Margin | None]:
    """The runs without the notes in the margin, each note's runs, and the margin where there are any.

    `known` is the margin of an earlier page: where text and notes are set alike, a page too short to tell is read like that one.
    """
    if not runs or min(run.size for run in runs) > _SMALLER * max(run.size for run in runs):
        return runs, [], None
    column = _like(runs, known) or _column(runs, width)
    if column is None:
        return runs, [], None
    beside = [
        run
        for run in runs
        if run.size < _SMALLER * column.size
        and run.upright
        and run.x1 - run.x0 < _NARROW * width
        and (run.x1 < column.left - 4 or run.x0 > column.right + 4)
    ]
    notes = [note for side in (True, False) for note in _stacks([run for run in beside if (run.x1 < column.left) is side])]
    notes = [note for note in notes if sum(len(_WORDS.findall(run.text)) for run in note) > 1]
    if not notes:
        return runs, [], None
    size = median(run.size for note in notes for run in note)
    if not (column is known and abs(size - column.notes) < _ALIKE) and not _are_notes(notes, runs, column):
        return runs, [], None
    taken = {id(run) for note in notes for run in note}
    return [run for run in runs if id(run) not in taken], notes, replace(column, notes=size)


def _like(runs: list[Run], known: Margin | None) -> Margin | None:
    """The known margin, where the page has lines of that text."""
    if known is None:
        return None
    lines = (run for run in runs if abs(run.x0 - known.left) < 2 and abs(run.size - known.size) < _ALIKE)
    return known if any(run.x1 < known.right + 2 for run in lines) else None


def _column(runs: list[Run], width: float) -> Margin | None:
    """The text that fills the page: its long lines begin at one place."""
    sizes: Counter[float] = Counter()
    for run in runs:
        sizes[round(run.size, 1)] += len(run.text)
    size = sizes.most_common(1)[0][0]
    long = [run for run in runs if run.x1 - run.x0 > _WIDE * width and abs(run.size - size) < _ALIKE]
    if len(long) < _FEWEST:
        return None
    edge, count = Counter(round(run.x0) for run in long).most_common(1)[0]
    if count < 0.5 * len(long):
        return None
    return Margin(float(edge), max(run.x1 for run in long), size)


def _stacks(runs: list[Run]) -> list[Note]:
    """Notes out of the runs of one margin: lines that follow each other closely."""
    result: list[Note] = []
    for run in sorted(runs, key=lambda run: (run.base, run.x0)):
        if not result or run.base - result[-1][-1].base > 1.7 * run.size:
            result.append([])
        result[-1].append(run)
    return result


def _are_notes(notes: list[Note], runs: list[Run], column: Margin) -> bool:
    """Whether the text goes on by itself beside them: enough of its paragraphs and headings begin without one."""
    lines = sorted({round(run.base, 1) for run in runs if abs(run.x0 - column.left) < 3 and run.size > _SMALLER * column.size})
    gaps = [below - above for above, below in itertools.pairwise(lines) if below - above > 0.5 * column.size]
    if not gaps:
        return False
    pitch = median(gaps)
    starts = [below for above, below in zip([-pitch, *lines], lines, strict=False) if below - above > 1.15 * pitch]
    noted = sum(1 for start in starts if any(abs(note[0].base - start) < column.size for note in notes))
    return len(starts) - noted >= max(2, noted / 2)


def place_notes(drafts: list[Draft], notes: list[Note], page: int) -> None:
    """Put each note before the paragraph that it stands beside, so that it parts no sentence, list or table."""
    for note in notes:
        draft = draft_of(printed_lines(page, note), BlockKind.PARAGRAPH)
        drafts.insert(_place(drafts, draft), draft)


def _place(drafts: list[Draft], note: Draft) -> int:
    top = note.box.y0 + 0.5 * note.size
    index = next(
        (number for number, draft in enumerate(drafts) if draft.box.y1 > top and draft.box.x0 != note.box.x0), len(drafts)
    )
    while 0 < index < len(drafts) and _belongs(drafts[index - 1], drafts[index]):
        index -= 1
    # What begins a page in small letters goes on from the page before.
    return 1 if index == 0 and drafts and drafts[0].text[:1].islower() else index


def _belongs(above: Draft, below: Draft) -> bool:
    """Whether nothing may come between two: rows of a table, items of a list, and what introduces them."""
    if below.table is not None and above.table == below.table:
        return True
    return below.kind is BlockKind.LIST_ITEM or (above.kind is not BlockKind.HEADING and above.text.endswith(":"))
