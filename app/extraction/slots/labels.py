"""A label and its field: what kind of answer it takes, and where the question stands when the label is only "Svar:"."""

from __future__ import annotations

import re

from app.core.document import AnswerType
from app.extraction import kept
from app.extraction.rules import Rule
from app.extraction.slots.lexicon import label, limit_in, whole
from app.extraction.slots.marks import runs
from app.extraction.slots.scan import Ask, Scan, Words

_WORD = kept.pattern(r"[^\W\d_]{2}")


def question_before(scan: Scan, index: int) -> int | None:
    """The block that asks what is answered here: the one before, unless it is taken by another slot."""
    place = scan.before(index)
    steps = 0
    while place is not None and steps < 3:
        block = scan.block(place)
        if place in scan.taken:
            return None
        if _WORD.search(block.text) and not runs(block.text):
            return place
        place = scan.before(place)
        steps += 1
    return None


def add_label(scan: Scan, index: int, words: Words, text: str, cue: str) -> None:
    """A field by its label; a label that names a file is an attachment."""
    stripped = " ".join(text.split()).strip(" \t.…_")
    bare = stripped.rstrip(" :?.")
    named = label(stripped)
    lead = whole("answer_lead", bare)
    filed = whole("file_lead", bare) or ends_in_file(bare)
    if lead is not None or (filed is not None and len(bare.split()) <= 2):
        told = filed or lead
        before = question_before(scan, index) if not scan.block(index).text[: words.start].strip() else None
        if before is not None and told is not None:
            scan.add(
                Ask(
                    scan.whole(before),
                    AnswerType.FILE if filed else AnswerType.TEXT,
                    ("slot.answer_line", told.id),
                    (scan.whole(index),),
                    limit=limit_in(scan.block(index).text),
                )
            )
            return
        if before is None and whole("answer_part", bare) is not None:
            scan.taken.add(index)
            scan.join(index)
            return
    kind = AnswerType.FILE if filed is not None else named.type if named is not None else AnswerType.TEXT
    cues = (cue, *((named.rule,) if named is not None else (filed.id,) if filed is not None else ()))
    if (
        kind is AnswerType.TEXT
        and re.search(r"(?i)(?:kr|sek|€|\$)\W*$", scan.block(index).text)
        and re.search(r"(?i)pris|price|arvode|belopp|summa", text)
    ):
        kind = AnswerType.PRICE
    scan.add(Ask(words, kind, cues, (words,)))


def ends_in_file(text: str) -> Rule | None:
    """The rule that the last words name a file by, as in "Beskrivning enligt ovan bifogas: Bilaga nr"."""
    last = re.search(r"(?i)(?:bilag|fil|dokument|attachment|annex|appendix)[\w /.-]*$", text)
    return None if last is None else whole("file_lead", last[0].strip(" :."))


def labels_in(text: str) -> list[tuple[int, int]]:
    """Names of fields that stand beside each other in a line, as below signature lines."""
    if not text or len(text) > 160:
        return []
    pieces = [
        match.span() for match in re.finditer(r"[^\t|]+?(?=\t|\||\s{3,}|$)", text) if text[match.start() : match.end()].strip()
    ]
    if len(pieces) > 1 and all(label(text[start:end]) is not None for start, end in pieces):
        return [(start + len(text[start:end]) - len(text[start:end].lstrip()), end) for start, end in pieces]
    if label(text) is not None:
        words = text.split()
        if len(words) < 2:
            return [(0, len(text))]
    tokens = [match.span() for match in re.finditer(r"\S+", text)]
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(tokens):
        for stop in range(min(len(tokens), place + 5), place, -1):
            piece = text[tokens[place][0] : tokens[stop - 1][1]]
            if label(piece) is not None:
                found.append((tokens[place][0], tokens[stop - 1][1]))
                place = stop
                break
        else:
            return []
    return found
