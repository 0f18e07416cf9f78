"""Questions printed as blocks of named parts below each other: "Fråga: …", "Typ: …", "Svar: ____", as rows or as lines.

The question is what is asked; the other parts say how it is answered and where, and are never asked by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from app.core.document import AnswerType, Block, BlockKind
from app.extraction import kept
from app.extraction.asking import question_number
from app.extraction.printouts import Key
from app.extraction.slots.answer_kinds import AnswerPlace, Told, answer_type, is_prompt, slots_of, told_by
from app.extraction.slots.lexicon import LEADS, header, is_comment, whole
from app.extraction.slots.marks import has_marks, is_empty, required_of, runs
from app.extraction.slots.scan import Ask, Scan, Words, answered_by_buyer, clean
from app.extraction.slots.table_shape import ROW_NUMBER, cell_starts

# What the first part begins with. Cheap: most documents hold no such block.
_BEGINS = kept.pattern(r"\s*(?:fråg|(?:ska-?|skall-?|bör-?)?krav|question|requirement|query)", re.IGNORECASE)
_NAMED = kept.pattern(r"\s*([^:\n]{3,32}?)\s*:(?:\s+|$)")
_NUMBERED = kept.pattern(
    r"\s*(?:fråga|question)\s(?:(?:nr|no)\.?\s)?[A-Z]{0,2}\d{1,3}(?:\.\d{1,3}){0,4}[a-z]?(?:[.):]\s|\s+[–-]\s|\s+(?=[A-ZÅÄÖ]))",
    re.IGNORECASE,
)
_BRACKET = kept.pattern(r"\s*\(([^()]{3,60})\)$")
_WORD = kept.pattern(r"[^\W\d_]{2}")
_WORTH = kept.pattern(r"(?:(?:max\w*|available) )?(?:poäng|points|marks|score|weight|vikt)", re.IGNORECASE)
_LIMIT = kept.pattern(r"(?:(word|page|character)s? (?:limit|count)|(ord|sid|tecken)(?:begränsning|gräns))", re.IGNORECASE)
_MOST_GOES_ON = 4  # blocks that a question goes on over
_MOST_ANSWER = 60  # blocks of a place to answer at, such as rows of a table to fill in
_LONGEST_GOES_ON = 700  # characters
_QUESTION, _KIND, _ATTRIBUTE, _ANSWER = "question", "kind", "attribute", "answer"


class _Part(NamedTuple):
    """A row or printed line: its words, what it is named as (None: nothing), its name, and where the words after it begin."""

    words: Words
    role: str | None
    name: str
    after: int


def find_stacked(scan: Scan) -> None:
    """Add the questions of blocks of named parts."""
    for index in scan.body:
        block = scan.block(index)
        if index in scan.taken or _BEGINS.match(block.text) is None or scan.contract(index):
            continue
        stacks: list[list[_Part]] = []
        above = _above(scan, index)
        for part in _parts_of(scan, index):
            if part.role == _QUESTION:
                stacks.append([])
            if stacks:
                stacks[-1].append(part)
        if stacks:
            stacks[-1] += _following(scan, index, any(part.role != _QUESTION for part in stacks[-1]))
        for number, stack in enumerate(stacks):
            _take(scan, stack, [] if number else above)


def _parts_of(scan: Scan, index: int) -> list[_Part]:
    """A row is one part; of a paragraph each printed line that begins with a name begins one."""
    block = scan.block(index)
    if block.kind is BlockKind.TABLE_ROW and sum(bool(cell.text.strip() or cell.slots) for cell in block.cells) > 1:
        first = next(place for place, cell in enumerate(block.cells) if cell.text.strip() or cell.slots)
        name = block.cells[first].text.strip(" \t.:*")
        role = _role(name, block.text[cell_starts(block)[first + 1] :])
        return [_Part(scan.whole(index), role, name, cell_starts(block)[first + 1] if role else 0)]
    edges = [line.start for line in block.lines[1:]] if block.kind is not BlockKind.TABLE_ROW else []
    parts: list[_Part] = []
    for start, end in zip([0, *edges], [*edges, len(block.text)], strict=True):
        role, name, after = _of_line(block.text[start:end])
        if role is None and parts:
            parts[-1] = parts[-1]._replace(words=Words(index, parts[-1].words.start, end))
        else:
            parts.append(_Part(Words(index, start, end), role, name, start + after))
    return parts


def _of_line(text: str) -> tuple[str | None, str, int]:
    """What a line is named as, its name, and where the words after the name begin."""
    named = _NAMED.match(text)
    if named is not None and (role := _role(named[1].strip(" \t.*"), text[named.end() :])) is not None:
        return role, named[1], named.end()
    numbered = _NUMBERED.match(text)
    if numbered is not None:
        return _QUESTION, "", numbered.end()
    blanks = runs(text)
    bare = text[: blanks[0][0] if blanks else len(text)]
    if whole("answer_part", bare.strip(" \t.:*")) is not None and is_empty(text[len(bare) :]):
        return _ANSWER, bare.strip(), len(bare)
    return None, "", 0


def _role(name: str, value: str) -> str | None:
    """What a part with this name is."""
    name = _BRACKET.sub("", name)
    if not 2 <= len(name) <= 40:
        return None
    if whole("part_question", name) is not None:
        return _QUESTION
    if whole("answer_part", name) is not None or whole("upload_lead", name) is not None:
        told = value.strip() and not has_marks(value) and told_by(" ".join(value.split())).type is not None
        return _KIND if told and not is_prompt(value) else _ANSWER
    if whole("part_kind", name) is not None or name.lower() in LEADS:
        return _KIND
    head = header(name)
    if head is not None and head.type is AnswerType.YES_NO and AnswerPlace(value.strip(), ()).waits:
        return _ANSWER
    if is_comment(name) and is_empty(value):
        return _ANSWER  # a place for what is said beside the answer
    tag = Key().tag(name)
    return _ATTRIBUTE if whole("attribute", name) is not None or (tag is not None and tag.must is not None) else None


def _following(scan: Scan, index: int, answered: bool) -> Iterator[_Part]:
    """The parts of the blocks after a question that belong to it."""
    block = scan.block(index)
    goes_on = rows = 0
    place = scan.after(index)
    while place is not None and place not in scan.taken and not scan.outline.is_heading(place):
        other = scan.block(place)
        parts = _parts_of(scan, place)
        if answered and other.kind is BlockKind.TABLE_ROW and _is_filled_in(other, block):
            parts = [_Part(scan.whole(place), None, "", 0)]  # stands beside the name of the place to answer at
        if not parts or parts[0].role == _QUESTION or other.kind is BlockKind.HEADING:
            return
        if parts[0].role is None:
            if answered:
                rows += 1
                if rows > _MOST_ANSWER or not _is_filled_in(other, block):
                    return
            else:
                goes_on += 1
                if goes_on > _MOST_GOES_ON or len(other.text) > _LONGEST_GOES_ON or other.table != block.table:
                    return
        answered = answered or any(part.role is not None for part in parts)
        for part in parts:
            if part.role == _QUESTION:
                return
            yield part
        place = scan.after(place)


def _is_filled_in(other: Block, question: Block) -> bool:
    """Whether a block after the named place to answer at is more of that place."""
    if other.kind is BlockKind.TABLE_ROW:
        if other.table != question.table or question.table is None:
            return False
        name = next((cell.column for cell in question.cells if cell.text.strip()), 0)
        return not any(cell.column == name and cell.text.strip() for cell in other.cells)
    return other.kind is BlockKind.ANSWER_SLOT or (is_empty(other.text) and bool(other.text.strip() or other.slots))


def _above(scan: Scan, index: int) -> list[_Part]:
    """The row right above a question that says its number or what it is worth."""
    before = scan.before(index)
    table = scan.block(index).table
    if before is None or before in scan.taken or table is None or scan.block(before).table != table:
        return []
    return [part for part in _parts_of(scan, before) if part.role == _ATTRIBUTE]


def _take(scan: Scan, stack: list[_Part], above: list[_Part]) -> None:
    """The question of a block whose parts say how or where it is answered."""
    asked = _asked(scan, stack)
    places = _places(scan, [part for part in stack if part.role == _ANSWER])
    told = [told_by(_value(scan, part)) for part in stack if part.role in (_KIND, _ATTRIBUTE)]
    kind = next((each for part, each in _kinds(scan, stack) if each.type is not None and part.role == _KIND), None)
    if asked is None or not (kind is not None or (places and all(place.waits for place in places))):
        return
    question, more = asked
    used = [part.words for part in (*stack, *above)]
    if kind is not None and kind.type is AnswerType.NONE:
        scan.leave({words.block for words in used} - {question.block})  # nothing to answer; what it says may bind all the same
        return
    if _is_buyers_own(scan, stack, question):
        scan.leave(words.block for words in used)
        return
    quote = clean(" ".join(scan.text(words) for words in (question, *more)))
    options = next((place.options for place in places if place.options), ())
    scan.add(
        Ask(
            question,
            answer_type(kind, places, options, quote),
            ("slot.stacked", *((kind.rule,) if kind is not None and kind.rule else ())),
            tuple(used),
            _must(scan, stack),
            next((each.required for each in told if each.required is not None), required_of(options)),
            options,
            next((each.limit for each in told if each.limit is not None), None) or _limit(scan, stack),
            _number(scan, stack[0]) or next((_value(scan, part) for part in above if len(_value(scan, part).split()) == 1), None),
            quote=quote,
        )
    )


def _is_buyers_own(scan: Scan, stack: list[_Part], question: Words) -> bool:
    """Whether the buyer answers: that stands with the question, with the kind of answer, or with every place to answer at.

    What it keeps a field for besides, such as points, is no answer.
    """
    kinds = [part for part in stack if part.role == _KIND]
    answers = [scan.text(part.words) for part in stack if part.role == _ANSWER]
    return (
        _is_buyers([scan.text(question), *(scan.text(part.words) for part in kinds)])
        or any(told_by(_value(scan, part)).buyers for part in kinds)
        or (bool(answers) and all(_is_buyers([text]) for text in answers))
    )


def _kinds(scan: Scan, stack: list[_Part]) -> list[tuple[_Part, Told]]:
    return [(part, told_by(_value(scan, part))) for part in stack if part.role == _KIND]


def _value(scan: Scan, part: _Part) -> str:
    return " ".join(scan.block(part.words.block).text[part.after : part.words.end].split())


def _asked(scan: Scan, stack: list[_Part]) -> tuple[Words, list[Words]] | None:
    """The words that ask, and those of further lines before the part that says how they are answered."""
    found: list[Words] = []
    for number, part in enumerate(stack):
        if part.role is not None and number:
            break
        words = _longest_cell(scan, part)
        if _WORD.search(scan.block(words.block).text[words.start : words.end]):
            found.append(words)
    return (found[0], found[1:]) if found else None


def _longest_cell(scan: Scan, part: _Part) -> Words:
    """The words of a part after its name; of a row with several cells those of the one with most words."""
    block = scan.block(part.words.block)
    if block.kind is not BlockKind.TABLE_ROW and question_number(block.text[part.words.start : part.words.end]) is not None:
        return part.words  # "Fråga 3: …": the number is printed with the words
    if block.kind is not BlockKind.TABLE_ROW or len(block.cells) < 3:
        return Words(part.words.block, part.after, part.words.end)
    starts = cell_starts(block)
    cells = [(place, cell) for place, cell in enumerate(block.cells) if starts[place] >= part.after]
    place, cell = max(cells, key=lambda found: len(found[1].text.split()))
    return Words(part.words.block, starts[place], starts[place] + len(cell.text))


def _limit(scan: Scan, stack: list[_Part]) -> str | None:
    """A cap on the answer in a part of its own: "Word limit: 500"."""
    for part in stack:
        if part.role == _ATTRIBUTE and _LIMIT.match(part.name) is not None:
            return f"{part.name}: {_value(scan, part)}"
    return None


def _number(scan: Scan, part: _Part) -> str | None:
    """The number in a cell of its own, or the one that the name ends with."""
    cells = scan.block(part.words.block).cells
    own = next((cell.text.strip() for cell in cells[1:] if ROW_NUMBER.fullmatch(cell.text.strip())), None)
    last = part.name.split()[-1:] if ROW_NUMBER.fullmatch(part.name.split()[-1] if part.name else "") else []
    return own.rstrip(".):") if own is not None else last[0] if last else None


def _places(scan: Scan, parts: list[_Part]) -> list[AnswerPlace]:
    return [AnswerPlace(_value(scan, part), slots_of(scan.block(part.words.block))) for part in parts]


def _must(scan: Scan, stack: list[_Part]) -> bool | None:
    """What the block's parts say of whether it must be answered: "Obligatorisk: Ja", "Svar krävs"; None when nothing is said."""
    bracket = _BRACKET.search(stack[0].name)
    if bracket is not None and (must := told_by(bracket[1]).must) is not None:
        return must
    for part in stack:
        if part.role not in (_KIND, _ATTRIBUTE):
            continue
        value = _value(scan, part).strip(" .").lower()
        if _WORTH.match(part.name) is not None and any(sign.isdigit() for sign in value):
            return False
        tag = Key().tag(part.name)
        if tag is not None and tag.must is not None and value in ("ja", "nej", "yes", "no"):
            return tag.must is (value in ("ja", "yes"))
        if (must := told_by(_value(scan, part)).must) is not None:
            return must
    return None


def _is_buyers(texts: list[str]) -> bool:
    return any(len(text) < 400 and answered_by_buyer(text) for text in texts)
