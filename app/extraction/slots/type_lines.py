"""Questions followed by a line that names their kind of answer: "Fritext", "Ja/Nej. Ja krävs", "Bifogad fil"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.core.document import AnswerType, Block, BlockKind, Flag, SlotOrigin
from app.extraction import kept
from app.extraction.asking import puts_to_bidder, question_number
from app.extraction.printouts import Tag, is_points
from app.extraction.sentences import sentences
from app.extraction.slots.answer_kinds import kind_in_clauses
from app.extraction.slots.boxes import same_box
from app.extraction.slots.lexicon import Named, is_margin, leading_tag, names_kind, printed_choice, type_line
from app.extraction.slots.scan import Ask, Scan, Words, alternatives, answered_by_buyer, asked_words, joined_kind
from app.extraction.systems import tendsign

# In lower case: a search without regard to case would take four times as long.
HINTS = kept.pattern(
    r"fri text|free|text|ja|yes|nej|no\b|fil|upload|ladda|pris|price|belopp|tal|datum|date|val|rull|drop|choice|"
    r"svar|numer|box|ruta|j/n|y/n|integer|procent|beräkn|automat|calcul|read.only|ändra|åååå|yyyy|kostnad|amount|"
    r"alternativ|select|choose|type your|kravet|kraven|villkor|requirement|condition|espd|antal|skriv",
)
_BRACKET = kept.pattern(r"[(\[]([^()\[\]]{3,90})[)\]]\s*[.:]?\s*$")
_BULLET = kept.pattern(r"[-–•·*▪]\s|\d{1,2}[.)]\s")
_LETTERED = kept.pattern(r"\(?[a-zåäö][.)]\s")
_LEVELLED = kept.pattern(r"\s*(?:[A-ZÅÄÖ]{1,5}[-.]?)?\d{1,3}(?:\.\d{1,3})+[a-z]?[.):]?\s")
_MOST_LINES = 6  # blocks of one question in a bar
_MOST_MARKS = 12  # between a question and its type line
_FEW = 20  # words of alternatives in a line
_LONG = 90  # words: more than this is not all question


def may_name_kind(text: str) -> bool:
    """Whether a text holds letters of the words that name a kind of answer. Cheap."""
    return "·" in text or HINTS.search(text.lower()) is not None


def find_type_lines(scan: Scan) -> None:
    """Add every question that a type line follows, also over page breaks and in boxes of their own."""
    icons = tendsign.icons(scan.document)
    blocks = scan.document.blocks
    for index in scan.body:
        block = blocks[index]
        if index in scan.taken or block.kind is BlockKind.TABLE_ROW or not block.text:
            continue
        if (named := _named(block.text)) is not None:
            _take(scan, index, named, icons)
        elif len(block.lines) > 1 and (last := joined_kind(scan, scan.whole(index))) is not None:
            _take_joined(scan, index, *last)
        elif block.text[-3:].rstrip(" .:").endswith((")", "]")) and (match := _BRACKET.search(block.text)) is not None:
            inside = type_line(match[1]) if names_kind(match[1]) else None
            if inside is not None and match.start() > 8:
                _take_inline(scan, index, match, inside)


def _named(text: str) -> Named | None:
    if len(text) > 110:
        return None
    named = type_line(text) if HINTS.search(text.lower()) is not None else None
    return named or kind_in_clauses(text)


def _take(scan: Scan, index: int, named: Named, icons: tendsign.Icons) -> None:
    block = scan.block(index)
    question = _question(scan, index)
    if not question:
        return
    takes = [scan.whole(index), *(scan.whole(other) for other in _following(scan, index, named.type))]
    first, last = question[0], question[-1]
    asked = [asked_words(scan, words) for words in _words(scan, question)]
    beside = _beside(scan, first, index, question)
    lead = leading_tag(scan.key, block.text)
    tags = [tag for words in asked for tag in words.tags] + ([lead] if lead is not None else [])
    tags += [tag for place in (*beside, *(take.block for take in takes[1:])) if (tag := scan.key.tag(scan.block(place).text))]
    boxed = same_box(scan, scan.block(first), block)
    if not boxed and (named.boxed or (named.weak and not tags and not _is_put(scan, first))):
        return
    around = [scan.block(place).text for place in (index, *question, *(take.block for take in takes[1:]))]
    meaning = icons.of(scan.document, block, scan.block(first))
    used = (*question, *beside, *(take.block for take in takes))
    if named.type is AnswerType.NONE or meaning == "buyer" or _is_buyers(tags, around):
        scan.leave(used)
        return
    must = named.must
    if must is None and meaning is not None:
        must = {"must": True, "information": False, "espd": True, "qualification": True}.get(meaning)
    if must is None:
        must = next((tag.must for tag in tags if tag.must is not None), None)
    if must is None and scan.key.starred:
        must = any("*" in scan.block(place).text for place in question)
    cues = ["slot.answer_type_line", named.rule, *dict.fromkeys(f"printout.tag_{tag.meaning}" for tag in tags)]
    if meaning is not None:
        cues.append(f"tendsign.{meaning}")
    quote = asked[0].quote
    if last != first and (block.region is not None or scan.block(first).region is not None):
        quote = " ".join(words.quote or scan.text(words.words) for words in asked)
    words = asked[0].words
    scan.add(
        Ask(
            words,
            named.type,
            tuple(cues),
            (*(scan.whole(place) for place in (*question, *beside) if place != words.block), *takes),
            must,
            named.required,
            alternatives(block.text) or _choices(scan, [take.block for take in takes[1:]]),
            named.limit,
            quote=quote,
        )
    )


def _is_buyers(tags: Sequence[Tag], texts: Sequence[str]) -> bool:
    return any(tag.buyers for tag in tags) or any(answered_by_buyer(text) for text in texts if len(text) < 400)


def _is_put(scan: Scan, index: int) -> bool:
    """Whether a block is plainly a question of a form: numbered as one, or put to the bidder."""
    text = scan.block(index).text.strip()
    return _LEVELLED.match(text) is not None or question_number(text) is not None or puts_to_bidder(text)


def _beside(scan: Scan, first: int, index: int, question: Sequence[int]) -> list[int]:
    """Tags between a question and its type line, and the one read before the question that stands on its height."""
    found = [place for place in scan.between(first, index) if place not in question and place not in scan.taken]
    before = scan.before(first)
    if before is not None and before not in scan.taken and scan.key.tag(scan.block(before).text) is not None:
        box, own = scan.block(before).place.box, scan.block(first).place.box
        if box is not None and own is not None and box.y0 < own.y1 and own.y0 < box.y1:
            found.append(before)
    return found


def _take_joined(scan: Scan, index: int, named: Named, start: int) -> None:
    """A paragraph whose last printed line names the kind of answer to the question before it."""
    asked = asked_words(scan, Words(index, 0, start))
    if named.type is AnswerType.NONE or _is_buyers(asked.tags, [scan.block(index).text]):
        scan.leave([index])
        return
    scan.add(
        Ask(
            asked.words,
            named.type,
            ("slot.answer_type_line", named.rule, *(f"printout.tag_{tag.meaning}" for tag in asked.tags)),
            (scan.whole(index),),
            named.must if named.must is not None else next((tag.must for tag in asked.tags), None),
            named.required,
            alternatives(scan.block(index).text[start:]),
            named.limit,
            quote=asked.quote,
        )
    )


def _take_inline(scan: Scan, index: int, match: re.Match[str], named: Named) -> None:
    if answered_by_buyer(scan.block(index).text) or scan.contract(index):
        return
    scan.add(
        Ask(
            Words(index, 0, match.start()),
            named.type,
            ("slot.answer_type_bracket", named.rule),
            (scan.whole(index),),
            named.must,
            named.required,
            limit=named.limit,
        )
    )


def _question(scan: Scan, index: int) -> list[int]:
    """The blocks that hold the question: those before the type line in the same box, or else the one before it."""
    block = scan.block(index)
    found: list[int] = []
    place = scan.before(index)
    passed = 0
    while place is not None and place not in scan.taken:
        other = scan.block(place)
        if _is_mark(scan, other) or (not found and names_kind(other.text)):
            if (passed := passed + 1) > _MOST_MARKS:
                break
            place = scan.before(place)
            continue
        if found and (not same_box(scan, other, block) or not _goes_on(scan.block(found[0]), other)):
            break
        if other.kind is BlockKind.TABLE_ROW and not same_box(scan, other, block):
            break
        if block.region is not None and not same_box(scan, other, block) and other.region is not None:
            break
        found.insert(0, place)
        if block.region is None and len(found) == 1 and _BULLET.match(other.text) is not None:
            return _above_list(scan, place)
        if block.region is None and other.region is not None:
            return _whole_bar(scan, found)
        if block.region is None or not same_box(scan, other, block):
            break
        place = scan.before(place)
    return found


def _whole_bar(scan: Scan, found: list[int]) -> list[int]:
    """All of a question that is printed in a bar of its own above the type line, from its number on."""
    question = list(found)
    while _LEVELLED.match(scan.block(question[0]).text) is None:
        place = scan.before(question[0])
        if place is None or place in scan.taken or len(question) == _MOST_LINES:
            return found
        other = scan.block(place)
        if not same_box(scan, other, scan.block(question[0])) or names_kind(other.text):
            return found
        if not _is_mark(scan, other):
            question.insert(0, place)
    return question


def _is_mark(scan: Scan, block: Block) -> bool:
    """Whether a block only marks the question beside it."""
    if block.kind is BlockKind.HEADING:
        return is_margin(block.text)
    return is_margin(block.text) or is_points(block.text) or scan.key.tag(block.text) is not None


def _above_list(scan: Scan, index: int) -> list[int]:
    """A list right above a type line belongs to the question before it: its lettered start, or the words that lead it in."""
    found = [index]
    place = scan.before(index)
    lead: list[int] | None = None
    while place is not None and place not in scan.taken and len(found) < 25 and not scan.outline.is_heading(place):
        text = scan.block(place).text
        if names_kind(text):
            break
        found.insert(0, place)
        if _LETTERED.match(text) is not None:
            return found
        if lead is None and _BULLET.match(text) is None:
            lead = list(found)
        place = scan.before(place)
    return lead or [index]


def _goes_on(block: Block, before: Block) -> bool:
    """Whether a block of the same box is more of the question rather than another one (each letter starts one)."""
    return not names_kind(before.text) and not _LETTERED.match(block.text)


def _words(scan: Scan, question: list[int]) -> list[Words]:
    """Of a long paragraph only the last sentence is the question."""
    index = question[0]
    text = scan.block(index).text
    if len(question) == 1 and len(text) > _LONG * 5 and len(text.split()) > _LONG:
        start, end = sentences(text)[-1]
        return [Words(index, start, end)]
    return [scan.whole(place) for place in question]


def _following(scan: Scan, index: int, kind: AnswerType) -> list[int]:
    """What belongs to the question after its type line: margin notes, and the rows of a price table."""
    found: list[int] = []
    place = scan.after(index)
    table: int | None = None
    while place is not None and len(found) < 400:
        block = scan.block(place)
        if (
            (len(block.text) <= 60 and answered_by_buyer(block.text) and _LEVELLED.match(block.text) is None)
            or is_margin(block.text)
            or _offers(scan, place, index, kind)
            or (_is_mark(scan, block) and not _of_next(scan, place))
            or (not block.text and not block.slots)
            or (block.slots and not block.text)
        ):
            found.append(place)
        elif kind is AnswerType.PRICE_TABLE and block.kind is BlockKind.TABLE_ROW and table in (None, block.table):
            table = block.table
            found.append(place)
        elif kind is AnswerType.PRICE_TABLE and block.kind is not BlockKind.HEADING and _row_without_table(scan, place, found):
            found.append(place)
        else:
            break
        place = scan.after(place)
    return found


def _offers(scan: Scan, place: int, index: int, kind: AnswerType) -> bool:
    """Whether a block below a type line holds the answers to choose from: yes and no, or ticks in the same box."""
    block = scan.block(place)
    if kind is AnswerType.YES_NO:
        return bool(printed_choice(block.text)) and same_box(scan, block, scan.block(index))
    if kind is not AnswerType.CHOICE or not same_box(scan, block, scan.block(index)):
        return False
    after = scan.after(place)
    asks = after is not None and names_kind(scan.block(after).text)
    return not asks and (bool(block.slots) or len(block.text.split()) <= _FEW)


def _choices(scan: Scan, places: Sequence[int]) -> tuple[str, ...]:
    """The alternatives printed in blocks of their own."""
    blocks = [scan.block(place) for place in places]
    ticks = [option for block in blocks for slot in block.slots if slot.origin is SlotOrigin.CHECKBOX for option in slot.options]
    return tuple(ticks) or next((found for block in blocks if (found := printed_choice(block.text))), ())


def _of_next(scan: Scan, index: int) -> bool:
    """Whether a mark stands on the height of what is read after it, as the tag of the next question does."""
    after = scan.after(index)
    box, other = scan.block(index).place.box, scan.block(after).place.box if after is not None else None
    if after is None or box is None or other is None or scan.block(index).place.page != scan.block(after).place.page:
        return False
    return box.y0 < other.y1 and other.y0 < box.y1


_TABLE_HEAD = kept.pattern(r"specifikation|kvantitet|enhet|pris per", re.IGNORECASE)
_ROW_END = kept.pattern(r"\d\s*(?:SEK|kr|EUR)\b|/\s?(?:timm[ae]|tim|st|tillfälle|enhet|månad|år|påbörjad)", re.IGNORECASE)


def _row_without_table(scan: Scan, index: int, found: list[int]) -> bool:
    """Rows of a price table in an export without a layout: after its header, until the next heading or question."""
    block = scan.block(index)
    if scan.outline.is_heading(index) or Flag.BOLD in block.flags or len(block.text) > 240:
        return False
    text = block.text
    if len(_TABLE_HEAD.findall(text)) >= 2:
        return True
    headed = any(len(_TABLE_HEAD.findall(scan.block(place).text)) >= 2 for place in found)
    if not headed:
        return False
    if _ROW_END.search(text) is not None:
        return True
    after = scan.after(index)
    return (
        after is not None
        and not scan.outline.is_heading(after)
        and len(text) < 160
        and _ROW_END.search(scan.block(after).text) is not None
        and not names_kind(scan.block(after).text)
    )
