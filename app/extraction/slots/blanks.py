"""Slots of running text: blanks to write on, squares to tick, fields and controls, "Svar:" lines."""

from __future__ import annotations

import re
from functools import cache

from app.core.document import AnswerType, Block, BlockKind, Flag, SlotOrigin
from app.extraction import kept
from app.extraction.rules import Rule
from app.extraction.sentences import sentences
from app.extraction.slots.choices import take_choice
from app.extraction.slots.fields import buyer_states, take_fields
from app.extraction.slots.forms import find_circled, find_forms, find_label_lines
from app.extraction.slots.labels import add_label, labels_in, question_before
from app.extraction.slots.lexicon import first, group, is_instruction, label, whole
from app.extraction.slots.marks import has_marks, may_be_control, runs, squares, yes_no
from app.extraction.slots.scan import Ask, Scan, Words, buyers

_WORD = kept.pattern(r"[^\W\d_]{2}")
_CONTROL = kept.pattern(r"\[|[Kk]licka|[Vv]älj|[Cc]lick|[Cc]hoose")
_MANY = 12  # words: a label that is longer is a sentence
_FEW = 6  # words of a label that is not known, beside others of its line


def find_blanks(scan: Scan) -> None:
    """Add what is left when questions with type lines and tables are taken."""
    for index in scan.body:
        if index in scan.taken:
            continue
        block = scan.block(index)
        marked = has_marks(block.text)
        if not marked and not block.slots and not _cell_slots(block):
            if block.text.rstrip().endswith((":", "…")):
                _answer_lead(scan, index)
            elif may_be_control(block.text) and _CONTROL.search(block.text) and runs(block.text) and not scan.contract(index):
                _written(scan, index, runs(block.text))
            continue
        if Flag.CONTENTS in block.flags or is_instruction(block.text) or _is_contents(block.text) or buyers(scan, index):
            continue
        if scan.contract(index) and first("accept", block.text) is None:
            continue
        _marked(scan, index)
    find_label_lines(scan)
    find_forms(scan)
    find_circled(scan)


def _cell_slots(block: Block) -> bool:
    return any(cell.slots for cell in block.cells)


def _is_contents(text: str) -> bool:
    """A line of a table of contents: dots and a page number."""
    return re.search(r"(?:\.\s?){4,}\s*\d{1,4}\s*$", text) is not None


def _marked(scan: Scan, index: int) -> None:
    """A block with blanks, squares or fields."""
    block = scan.block(index)
    slots = (*block.slots, *(slot for cell in block.cells for slot in cell.slots))
    if squares(block.text):
        take_choice(scan, index)
        return
    blanks = runs(block.text)
    if blanks:
        _written(scan, index, blanks)
        return
    ticks = [
        slot
        for slot in slots
        if slot.origin is SlotOrigin.CHECKBOX
        or (slot.type is AnswerType.YES_NO and (len(slot.options) < 2 or yes_no(slot.options)))
    ]
    if ticks and len(ticks) == len(slots):
        take_choice(scan, index)
        return
    if slots and not buyer_states(scan, index, slots):
        take_fields(scan, index, slots)


def _written(scan: Scan, index: int, blanks: list[tuple[int, int]]) -> None:
    """Blanks in a line: each has its label before it, or below it, or the whole sentence is one question."""
    text = scan.block(index).text
    edges = [0, *(end for _, end in blanks)]
    labels = [(edges[number], start) for number, (start, _) in enumerate(blanks)]
    tail = text[blanks[-1][1] :].strip(" .,;)")
    words = [text[start:end].strip(" \t,;") for start, end in labels]
    if not any(_WORD.search(word) for word in words) and not _WORD.search(tail):
        _unlabelled(scan, index, len(blanks))
        return
    short = [bool(_WORD.search(word)) and (len(word.split()) <= _MANY or word.endswith(":")) for word in words]
    bracket = re.match(r"\s*\([^()]{2,60}\)\W*", text[blanks[-1][1] :])
    labelled = all(short) and (len(tail.split()) <= 3 or (bracket is not None and len(text) - blanks[-1][1] - bracket.end() < 20))
    form_like = all(word.endswith((":", "?")) or label(word) is not None for word in words) or (
        not _WORD.search(tail) and all(word[:1].isupper() and len(word.split()) <= _FEW for word in words)
    )
    if labelled and (form_like or len(blanks) == 1 or all(label(word) is not None for word in words if word != words[0])):
        for (start, end), word in zip(labels, words, strict=True):
            begin = start + len(text[start:end]) - len(text[start:end].lstrip(" \t,;"))
            add_label(scan, index, Words(index, begin, end), word, "slot.blank")
        if len(blanks) == 1 and text[blanks[-1][1] :].lstrip().startswith("("):
            scan.taken.add(index)
        return
    if not _WORD.search(words[0]) and len(blanks) == 1 and _WORD.search(tail) and label(tail) is not None:
        add_label(scan, index, Words(index, blanks[0][1], len(text)), tail, "slot.blank")
        return
    if not _WORD.search(words[0]) and form_like is False and all(label(part) is not None for part in (*words[1:], tail) if part):
        ends = [*(end for _, end in labels[1:]), len(text)]
        for (_, begin), end in zip(blanks, ends, strict=True):
            if _WORD.search(text[begin:end]):
                add_label(scan, index, Words(index, begin, end), text[begin:end], "slot.blank")
        return
    # Blanks inside sentences: one question for each sentence that has any.
    for start, end in _sentences_with(text, blanks):
        scan.add(
            Ask(
                Words(index, start, end),
                AnswerType.TEXT,
                ("slot.blank_in_sentence",),
                (Words(index, start, end),),
                quote=" ".join(text[start:end].split()),
            )
        )


def _sentences_with(text: str, blanks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    # Dots inside a blank must not end a sentence.
    covered = list(text)
    for start, end in blanks:
        covered[start:end] = "_" * (end - start)
    found = sentences("".join(covered))
    kept = [(start, end) for start, end in found if any(start <= blank < end for blank, _ in blanks)]
    return kept or [(0, len(text))]


def _unlabelled(scan: Scan, index: int, count: int) -> None:
    """Blanks alone on their line: the label stands below (as under a signature) or before."""
    after = scan.after(index)
    if after is not None and after not in scan.taken:
        below = scan.block(after)
        parts = labels_in(below.text)
        if (
            below.kind is not BlockKind.HEADING
            and parts
            and not runs(below.text)
            and (len(parts) >= count or label(below.text) is not None)
        ):
            if count == 1 and label(below.text) is not None:
                parts = [(0, len(below.text))]
            for start, end in parts:
                add_label(scan, after, Words(after, start, end), below.text[start:end], "slot.signature_line")
            scan.taken.add(index)
            return
    before = scan.before(index)
    if before is None:
        return
    if before in scan.taken:
        scan.taken.add(index)
        scan.join(index)  # one more line for the same answer
        return
    if scan.outline.is_heading(before) or _WORD.search(scan.block(before).text):
        scan.add(Ask(scan.whole(before), _type_of(scan.block(before).text), ("slot.blank_below",), (scan.whole(index),)))


def _type_of(text: str) -> AnswerType:
    named = label(text)
    return named.type if named is not None else AnswerType.TEXT


def _answer_lead(scan: Scan, index: int) -> None:
    """ "Svar:" or "Bilaga nr:" with nothing after it."""
    text = scan.block(index).text.strip()
    if len(text) > 400 or scan.contract(index) or buyers(scan, index):
        return
    bare = text.rstrip(" :…").strip()
    lead = whole("answer_lead", bare)
    filed = None if lead is not None else whole("file_lead", bare)
    if lead is not None or (filed is not None and len(bare) > 6):
        if bare.lower() in (
            "beskrivning",
            "kommentar",
            "description",
            "comments",
            "specifikation",
            "redovisning",
            "motivering",
            "bilaga",
        ):
            return
        before = question_before(scan, index)
        after = scan.after(index)
        goes_on = after is not None and scan.block(after).kind is BlockKind.LIST_ITEM
        if before is not None and not goes_on:
            kind = AnswerType.FILE if filed is not None else AnswerType.TEXT
            rule = lead or filed
            scan.add(Ask(scan.whole(before), kind, ("slot.answer_line", rule.id if rule else ""), (scan.whole(index),)))
        elif before is None and whole("answer_part", bare) is not None:
            scan.join(index)
        return
    # The lead can stand at the end of the question itself: "Beskriv er organisation. Svar:"
    for name in ("file_lead", "answer_lead") if text.endswith(":") and len(text) < 400 else ():
        for rule in group(name):
            match = _at_end(rule).search(text.replace("\n", " "))
            if match is not None and match.start() > 8:
                kind = AnswerType.FILE if name == "file_lead" else AnswerType.TEXT
                scan.add(Ask(Words(index, 0, match.start()), kind, ("slot.answer_line", rule.id), (scan.whole(index),)))
                return


@cache
def _at_end(rule: Rule) -> re.Pattern[str]:
    """The rule as it ends a text, after the end of a sentence."""
    return kept.pattern(rf"(?<=[.:?!]) *({rule.source}) ?:$", re.IGNORECASE)
