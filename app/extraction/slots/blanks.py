"""Slots of running text: blanks to write on, squares to tick, fields and controls, "Svar:" lines and forms of labels."""

from __future__ import annotations

import re

from app.core.document import AnswerType, Block, BlockKind, Flag, Slot, SlotOrigin
from app.core.points import PointKind
from app.extraction.rules import Rule
from app.extraction.sections import ChapterKind
from app.extraction.sentences import sentences
from app.extraction.slots.choices import take_choice
from app.extraction.slots.lexicon import first, group, is_buyers, is_instruction, label, limit_in, whole
from app.extraction.slots.marks import has_marks, runs, squares
from app.extraction.slots.scan import Ask, Scan, Words, asks_for_file, buyers

_WORD = re.compile(r"[^\W\d_]{2}")
_MEANINGLESS = re.compile(
    r"(?i)(?:text|textfält|textruta|fält|field|undefined|kryssruta|check ?box|drop-?down|combo ?box|list ?box|kontrollruta|txt|fill|button|radio|group|untitled|form|f|c|t|rubrik|tag|klicka|click)?[\s_.-]*\d*(?:[\s._\[\]()#-]*\d+)*(?:_es_.*)?"
)
_LABEL_PART = re.compile(r"[^:?]{2,70}[:?]")
_CAPTION = re.compile(r"\(([^()]{3,60})\)")
_MANY = 12  # words: a label that is longer is a sentence


def find_blanks(scan: Scan) -> None:
    """Add what is left when questions with type lines and tables are taken."""
    for index in scan.body:
        if index in scan.taken:
            continue
        block = scan.block(index)
        marked = has_marks(block.text)
        if not marked and not block.slots and not _cell_slots(block):
            if block.text.endswith((":", "…")) or (len(block.text) < 60 and block.text.rstrip().endswith(":")):
                _answer_lead(scan, index)
            elif "[" in block.text or "lick" in block.text or "älj" in block.text or "hoose" in block.text:
                if runs(block.text) and not scan.contract(index):
                    _written(scan, index, runs(block.text))
            continue
        if Flag.CONTENTS in block.flags or is_instruction(block.text) or _is_contents(block.text) or buyers(scan, index):
            continue
        if scan.contract(index) and first("accept", block.text) is None:
            continue
        _marked(scan, index)
    _forms(scan)
    _circled(scan)


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
        slot for slot in slots if slot.origin is SlotOrigin.CHECKBOX or (slot.type is AnswerType.YES_NO and not slot.options)
    ]
    if ticks and len(ticks) == len(slots):
        take_choice(scan, index)
        return
    if slots and not _states(scan, index, slots):
        _fields(scan, index, slots)


def _states(scan: Scan, index: int, slots: tuple[Slot, ...]) -> bool:
    """Whether the buyer fills in these controls: filled in already, or in words that state what the buyer decides."""
    controls = [slot for slot in slots if slot.origin in (SlotOrigin.CONTENT_CONTROL, SlotOrigin.LEGACY_FIELD)]
    if len(controls) < len(slots):
        return False
    text = scan.block(index).text
    if all(
        slot.value and slot.type is not AnswerType.YES_NO and not has_marks(slot.value) and not runs(slot.value)
        for slot in controls
    ):
        return True
    if first("buyer_states", text) is not None:
        return True
    return scan.outline.kind(index) in (ChapterKind.EVALUATION, ChapterKind.INFORMATION) and len(text.split()) > _MANY


def _question_before(scan: Scan, index: int) -> int | None:
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
    form_like = all(word.endswith((":", "?")) or label(word) is not None for word in words)
    if labelled and (form_like or len(blanks) == 1 or all(label(word) is not None for word in words if word != words[0])):
        for (start, end), word in zip(labels, words, strict=True):
            begin = start + len(text[start:end]) - len(text[start:end].lstrip(" \t,;"))
            _add_label(scan, index, Words(index, begin, end), word, "slot.blank")
        if len(blanks) == 1 and text[blanks[-1][1] :].lstrip().startswith("("):
            scan.taken.add(index)
        return
    if not _WORD.search(words[0]) and len(blanks) == 1 and _WORD.search(tail) and label(tail) is not None:
        _add_label(scan, index, Words(index, blanks[0][1], len(text)), tail, "slot.blank")
        return
    if not _WORD.search(words[0]) and form_like is False and all(label(part) is not None for part in (*words[1:], tail) if part):
        ends = [*(end for _, end in labels[1:]), len(text)]
        for (_, begin), end in zip(blanks, ends, strict=True):
            if _WORD.search(text[begin:end]):
                _add_label(scan, index, Words(index, begin, end), text[begin:end], "slot.blank")
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


def _add_label(scan: Scan, index: int, words: Words, text: str, cue: str) -> None:
    """A field by its label; a label that names a file is an attachment."""
    stripped = " ".join(text.split()).strip(" \t.…_")
    bare = stripped.rstrip(" :?.")
    named = label(stripped)
    lead = whole("answer_lead", bare)
    filed = whole("file_lead", bare) or _ends_in_file(bare)
    if lead is not None or (filed is not None and len(bare.split()) <= 2):
        told = filed or lead
        before = _question_before(scan, index) if not scan.block(index).text[: words.start].strip() else None
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
    kind = AnswerType.FILE if filed is not None else named.type if named is not None else AnswerType.TEXT
    cues = (cue, *((named.rule,) if named is not None else (filed.id,) if filed is not None else ()))
    if (
        kind is AnswerType.TEXT
        and re.search(r"(?i)(?:kr|sek|€|\$)\W*$", scan.block(index).text)
        and re.search(r"(?i)pris|price|arvode|belopp|summa", text)
    ):
        kind = AnswerType.PRICE
    scan.add(Ask(words, kind, cues, (words,)))


def _ends_in_file(text: str) -> Rule | None:
    last = re.search(r"(?i)(?:bilag|fil|dokument|attachment|annex|appendix)[\w /.-]*$", text)
    return None if last is None else whole("file_lead", last[0].strip(" :."))


def _unlabelled(scan: Scan, index: int, count: int) -> None:
    """Blanks alone on their line: the label stands below (as under a signature) or before."""
    after = scan.after(index)
    if after is not None and after not in scan.taken:
        below = scan.block(after)
        parts = _labels_in(below.text)
        if (
            below.kind is not BlockKind.HEADING
            and parts
            and not runs(below.text)
            and (len(parts) >= count or label(below.text) is not None)
        ):
            if count == 1 and label(below.text) is not None:
                parts = [(0, len(below.text))]
            for start, end in parts:
                _add_label(scan, after, Words(after, start, end), below.text[start:end], "slot.signature_line")
            scan.taken.add(index)
            return
    before = scan.before(index)
    if before is None:
        return
    if before in scan.taken:
        scan.taken.add(index)  # one more line for the same answer
        return
    if scan.outline.is_heading(before) or _WORD.search(scan.block(before).text):
        scan.add(Ask(scan.whole(before), _type_of(scan.block(before).text), ("slot.blank_below",), (scan.whole(index),)))


def _type_of(text: str) -> AnswerType:
    named = label(text)
    return named.type if named is not None else AnswerType.TEXT


def _labels_in(text: str) -> list[tuple[int, int]]:
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


def _fields(scan: Scan, index: int, slots: tuple[Slot, ...]) -> None:
    """Drawn lines and boxes, form fields and controls: with the words of their block, the label of the format, or what stands before."""
    block = scan.block(index)
    text = block.text
    own = [slot for slot in slots if slot.label and not _MEANINGLESS.fullmatch(slot.label.strip())]
    if not _WORD.search(text):
        for slot in slots:
            _nameless(scan, index, slot)
        return
    if block.kind is BlockKind.ANSWER_SLOT:
        return
    caption = _CAPTION.fullmatch(text.strip())
    if caption is not None:
        _captioned(scan, index, slots[0])
        return
    parts = [match.span() for match in _LABEL_PART.finditer(text)]
    if len(slots) > 1 and len(parts) >= 2 and len(parts) >= len(slots) - 1 and parts[0][0] == 0:
        for number, (start, end) in enumerate(parts):
            begin = start + len(text[start:end]) - len(text[start:end].lstrip())
            _add_field(scan, index, Words(index, begin, end), slots[min(number, len(slots) - 1)])
        return
    pieces = _labels_in(text) if len(slots) > 1 else []
    if len(pieces) == len(slots):
        for (start, end), slot in zip(pieces, slots, strict=True):
            _add_field(scan, index, Words(index, start, end), slot)
        return
    if len(slots) > 1 and len(own) == len(slots) and len({slot.label for slot in own}) > 1:
        for slot in slots:
            at = text.find(slot.label or "")
            words = Words(index, at, at + len(slot.label or "")) if at >= 0 else scan.whole(index)
            scan.add(_field_ask(scan, words, slot, slot.label, words))
        return
    after = scan.after(index)
    if after is not None and after not in scan.taken:
        below = _CAPTION.fullmatch(scan.block(after).text.strip())
        if below is not None and (label(below[1]) is not None) and len(text.split()) <= 4:
            quote = f"{text.strip()} {scan.block(after).text.strip()}"
            ask = _field_ask(scan, scan.whole(index), slots[0], quote, scan.whole(index))
            ask.takes = (*ask.takes, scan.whole(after))
            scan.add(ask)
            _captioned(scan, after, scan.block(after).slots[0]) if scan.block(after).slots else None
            return
    _add_field(scan, index, scan.whole(index), slots[0])


def _captioned(scan: Scan, index: int, slot: Slot) -> None:
    """A caption in brackets belongs to the line above it; a line on its own block belongs to the caption below it."""
    after = scan.after(index)
    if index in scan.taken or (scan.before(index) in scan.taken):
        if after is not None and after not in scan.taken and _CAPTION.fullmatch(scan.block(after).text.strip()) is not None:
            scan.taken.add(index)
            _add_field(scan, after, scan.whole(after), slot)
            return
        if index in scan.taken:
            return
    _add_field(scan, index, scan.whole(index), slot)


def _nameless(scan: Scan, index: int, slot: Slot) -> None:
    """A field without words in its block: its own label, or the words before it."""
    told = slot.label.strip() if slot.label and not _MEANINGLESS.fullmatch(slot.label.strip()) else None
    before = _question_before(scan, index)
    if told is not None:
        ask = _field_ask(scan, scan.whole(index), slot, told, scan.whole(index))
        if slot.place is not None:
            ask.place = slot.place
        scan.add(ask)
    elif before is not None and not scan.outline.is_heading(before):
        _add_field(scan, before, scan.whole(before), slot, scan.whole(index))


def _add_field(scan: Scan, index: int, words: Words, slot: Slot, *takes: Words) -> None:
    text = scan.block(index).text[words.start : words.end]
    bare = text.strip().rstrip(" :")
    if whole("answer_lead", bare) is not None and not takes:
        before = _question_before(scan, index)
        if before is not None:
            scan.add(_field_ask(scan, scan.whole(before), slot, None, scan.whole(index)))
            return
    scan.add(_field_ask(scan, words, slot, None, words, *takes))


def _field_ask(scan: Scan, words: Words, slot: Slot, quote: str | None, *takes: Words) -> Ask:
    text = quote or scan.block(words.block).text[words.start : words.end]
    named = label(text)
    kind = slot.type
    if kind is AnswerType.TEXT and named is not None:
        kind = named.type
    if kind is AnswerType.TEXT and (
        _ends_in_file(text.rstrip(" :")) is not None or (asks_for_file(text) and slot.origin is SlotOrigin.DRAWN_BOX)
    ):
        kind = AnswerType.FILE
    return Ask(
        words,
        kind,
        (f"slot.{slot.origin.value}", *((named.rule,) if named is not None else ())),
        tuple(takes),
        True if slot.required else None,
        None,
        slot.options[:30],
        slot.limit,
        quote=quote,
    )


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
        before = _question_before(scan, index)
        after = scan.after(index)
        goes_on = after is not None and scan.block(after).kind is BlockKind.LIST_ITEM
        if before is not None and not goes_on:
            kind = AnswerType.FILE if filed is not None else AnswerType.TEXT
            rule = lead or filed
            scan.add(Ask(scan.whole(before), kind, ("slot.answer_line", rule.id if rule else ""), (scan.whole(index),)))
        return
    # The lead can stand at the end of the question itself: "Beskriv er organisation. Svar:"
    for name in ("file_lead", "answer_lead"):
        for rule in group(name):
            match = re.search(rf"(?i)(?<=[.:?!]) *({rule.source}) ?:$", text.replace("\n", " ")) if len(text) < 400 else None
            if match is not None and match.start() > 8:
                kind = AnswerType.FILE if name == "file_lead" else AnswerType.TEXT
                scan.add(Ask(Words(index, 0, match.start()), kind, ("slot.answer_line", rule.id), (scan.whole(index),)))
                return


def _forms(scan: Scan) -> None:
    """Labels with nothing after them, several in a row: a form that was drawn without lines, or whose lines are not in the text."""
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
            r"(?i)(?:för|kontaktuppgifter(?: till)?|for) (?:regionen|kommunen|myndigheten|beställaren|köparen|the (?:buyer|agency|authority))",
            text,
        )
    ) or is_buyers(text)


def _circled(scan: Scan) -> None:
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
