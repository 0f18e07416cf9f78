"""Forms without lines: labels below each other with nothing after them, and alternatives to circle."""

from __future__ import annotations

import re

from app.core.document import AnswerType, BlockKind, Flag
from app.core.points import PointKind
from app.extraction import kept
from app.extraction.slots.lexicon import is_buyers, label
from app.extraction.slots.marks import runs
from app.extraction.slots.scan import Ask, Scan, Words

_PART = kept.pattern(r"[^:]+:")
_LONGEST_LINE = 160  # characters
_CAPTION = kept.pattern(r"\(([^()]{3,60})\)")


def find_forms(scan: Scan) -> None:
    """Labels with nothing after them, several in a row: a form whose lines are not in the text."""
    run: list[int] = []
    for index in [*scan.body, -1]:
        if index >= 0 and _bare_label(scan, index):
            run.append(index)
            continue
        free = [place for place in run if place not in scan.taken]
        taken = len(run) - len(free)
        if (
            free
            and (len(run) >= 3 or taken)
            and not _of_buyer(scan, run[0])
            and (taken or sum(scan.block(p).text.rstrip().endswith(":") for p in run) * 3 >= len(run) * 2)
        ):
            for place in free:
                named = label(scan.block(place).text)
                if named is not None:
                    scan.add(Ask(scan.whole(place), named.type, ("slot.form_label", named.rule)))
        run = []


def find_label_lines(scan: Scan) -> None:
    """Labels beside each other in a line with nothing between them ("Namn: Titel: Datum:"): each is filled in by itself."""
    for index in scan.body:
        block = scan.block(index)
        text = block.text.rstrip()
        if (
            index in scan.taken
            or not text.endswith(":")
            or len(text) > _LONGEST_LINE
            or text.count(":") < 2
            or block.kind in (BlockKind.TABLE_ROW, BlockKind.FOOTNOTE)
            or scan.contract(index)
            or _of_buyer(scan, index)
        ):
            continue
        parts = [match.span() for match in _PART.finditer(text)]
        named = [label(text[start:end]) for start, end in parts]
        if parts[0][0] > 0 or any(name is None for name in named):
            continue
        for (start, end), name in zip(parts, named, strict=True):
            begin = start + len(text[start:end]) - len(text[start:end].lstrip())
            words = Words(index, begin, end)
            if name is not None:
                scan.add(Ask(words, name.type, ("slot.form_label", name.rule), (words,)))


def _bare_label(scan: Scan, index: int) -> bool:
    block = scan.block(index)
    text = block.text
    if (
        not 2 < len(text) <= 70
        or block.kind in (BlockKind.TABLE_ROW, BlockKind.FOOTNOTE, BlockKind.HEADING)
        or Flag.CONTENTS in block.flags
    ):
        return False
    if index in scan.taken:
        return (
            any(point.spans and point.spans[0].block == index for _, _, point in scan.found[-200:])
            and label(_before_mark(text)) is not None
        )
    return (
        not scan.contract(index)
        and (text.rstrip().endswith(":") or _CAPTION.search(text) is not None)
        and label(text) is not None
    )


def _before_mark(text: str) -> str:
    blanks = runs(text)
    return text[: blanks[0][0]] if blanks else text


def _of_buyer(scan: Scan, index: int) -> bool:
    before = scan.before(index)
    if before is None:
        return False
    text = scan.block(before).text
    return bool(
        re.match(
            r"(?i)(?:för|kontaktuppgifter(?: till)?|for) (?:regionen|kommunen|myndigheten|beställaren|köparen|"
            r"the (?:buyer|agency|authority))",
            text,
        )
    ) or is_buyers(text)


def find_circled(scan: Scan) -> None:
    """ "Ringa in …:" with the alternatives in the rows or lines below."""
    for index in scan.body:
        block = scan.block(index)
        if (
            index in scan.taken
            or len(block.text) > 120
            or not block.text.rstrip().endswith(":")
            or block.kind is BlockKind.TABLE_ROW
        ):
            continue
        if not re.match(
            r"(?i)(?:\d{1,2}[.)]\s*)?(?:ringa in|circle|stryk det som inte|kryssa för|markera med kryss|tick)\b", block.text
        ) or scan.contract(index):
            continue
        options: list[int] = []
        place = scan.after(index)
        while place is not None and place not in scan.taken and len(options) < 12 and len(scan.block(place).text) <= 100:
            if scan.block(place).kind not in (BlockKind.TABLE_ROW, BlockKind.LIST_ITEM) and options:
                break
            options.append(place)
            place = scan.after(place)
        if options:
            words = tuple(cell.text for p in options for cell in scan.block(p).cells) or tuple(
                scan.block(p).text for p in options
            )
            quote = " ".join([block.text, *(scan.block(p).text.replace("\t", " ") for p in options)])
            scan.add(
                Ask(
                    scan.whole(index),
                    AnswerType.CHOICE,
                    ("slot.circled", "slot.lead_in"),
                    tuple(scan.whole(p) for p in options),
                    False,
                    options=words,
                    kind=PointKind.QUESTION,
                    quote=quote,
                )
            )
