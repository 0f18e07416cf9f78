"""Fields of the format and lines drawn to write on, with the words that say what goes into them."""

from __future__ import annotations

from app.core.document import AnswerType, BlockKind, Slot, SlotOrigin
from app.extraction import kept
from app.extraction.sections import ChapterKind
from app.extraction.slots.labels import ends_in_file, labels_in, question_before
from app.extraction.slots.lexicon import first, label, whole
from app.extraction.slots.marks import has_marks, runs
from app.extraction.slots.scan import Ask, Scan, Words, asks_for_file

_WORD = kept.pattern(r"[^\W\d_]{2}")
_MEANINGLESS = kept.pattern(
    r"(?i)(?:text|textfält|textruta|fält|field|undefined|kryssruta|"
    r"check ?box|drop-?down|combo ?box|list ?box|kontrollruta|txt|fill|"
    r"button|radio|group|untitled|form|f|c|t|rubrik|tag|klicka|click)?[\s_.-]*\d*(?:[\s._\[\]()#-]*\d+)*(?:_es_.*)?"
)
_LABEL_PART = kept.pattern(r"[^:?]{2,70}[:?]")
_CAPTION = kept.pattern(r"\(([^()]{3,60})\)")
_MANY = 12  # words: a label that is longer is a sentence


def buyer_states(scan: Scan, index: int, slots: tuple[Slot, ...]) -> bool:
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


def take_fields(scan: Scan, index: int, slots: tuple[Slot, ...]) -> None:
    """Drawn lines and boxes, form fields and controls: named by their block, their own label or what stands before."""
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
    pieces = labels_in(text) if len(slots) > 1 else []
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
        if (
            after is not None
            and after not in scan.taken
            and not scan.block(after).slots
            and _CAPTION.fullmatch(scan.block(after).text.strip()) is not None
        ):
            scan.taken.add(index)
            _add_field(scan, after, scan.whole(after), slot)
            return
        if index in scan.taken:
            return
    _add_field(scan, index, scan.whole(index), slot)


def _nameless(scan: Scan, index: int, slot: Slot) -> None:
    """A field without words in its block: its own label, or the words before it."""
    told = slot.label.strip() if slot.label and not _MEANINGLESS.fullmatch(slot.label.strip()) else None
    before = question_before(scan, index)
    if told is not None:
        ask = _field_ask(scan, scan.whole(index), slot, told, scan.whole(index))
        if slot.place is not None:
            ask.place = slot.place
        scan.add(ask)
    elif before is not None and whole("answer_part", scan.block(before).text.strip(" \t.:*")) is not None:
        asked = question_before(scan, before)
        if asked is not None:
            _add_field(scan, asked, scan.whole(asked), slot, scan.whole(before), scan.whole(index))
        else:
            scan.taken.update((before, index))
            scan.join(before)
    elif before is not None and not scan.outline.is_heading(before):
        _add_field(scan, before, scan.whole(before), slot, scan.whole(index))


def _add_field(scan: Scan, index: int, words: Words, slot: Slot, *takes: Words) -> None:
    text = scan.block(index).text[words.start : words.end]
    bare = text.strip().rstrip(" :")
    uploaded = whole("upload_lead", bare) is not None
    if (uploaded or whole("answer_lead", bare) is not None) and not takes:
        before = question_before(scan, index)
        if before is not None:
            ask = _field_ask(scan, scan.whole(before), slot, None, scan.whole(index))
            if uploaded:
                ask.type = AnswerType.FILE
            scan.add(ask)
            return
        if whole("answer_part", bare) is not None:
            scan.taken.add(index)
            scan.join(index)
            return
    scan.add(_field_ask(scan, words, slot, None, words, *takes))


def _field_ask(scan: Scan, words: Words, slot: Slot, quote: str | None, *takes: Words) -> Ask:
    text = quote or scan.block(words.block).text[words.start : words.end]
    named = label(text)
    kind = slot.type
    if kind is AnswerType.TEXT and named is not None:
        kind = named.type
    if kind is AnswerType.TEXT and (
        ends_in_file(text.rstrip(" :")) is not None or (asks_for_file(text) and slot.origin is SlotOrigin.DRAWN_BOX)
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
