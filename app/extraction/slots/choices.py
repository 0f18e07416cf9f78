"""Squares to tick: yes and no, one of several alternatives, documents to hand in, or a single confirmation."""

from __future__ import annotations

import re

from app.core.document import AnswerType, Block, SlotOrigin
from app.core.points import PointKind
from app.extraction import kept
from app.extraction.sentences import sentences
from app.extraction.slots.lexicon import first, label, whole
from app.extraction.slots.marks import Square, has_marks, required_of, runs, squares, yes_no
from app.extraction.slots.scan import Ask, Scan, Words, asks_for_file

_WORD = kept.pattern(r"[^\W\d_]{2}")
_FILES = kept.pattern(
    r"(?i)(?<!\w)(?:bifoga[st]?|bifogade|bifogats|bifogar|biläggs|bilagts|bilagor|bilaga|checklista|"
    r"(?:följande|de) (?:handlingar|dokument|bilagor)|attachments?|attached|enclos\w+|"
    r"documents? (?:to be )?(?:submitted|included))(?!\w)"
)
# The words after "no" ask when they are a sentence of their own, not what goes with that answer ("Nej, ange varför").
_AFTER_NO = kept.pattern(
    r"\s*(nej|no|ja|yes)[\s.:–-]+(?!om (?:ja|nej)|if (?:yes|no))((?-i:[A-ZÅÄÖ0-9])\S*(?:\s+\S+){2,})", re.IGNORECASE
)
# A square that says itself that a document is enclosed, after the words that ask for it.
_ENCLOSED = kept.pattern(r"(?:bifogas?|bifogad|bifogat|bilagd|bilagt|biläggs|medföljer|attached|enclosed)\W*", re.IGNORECASE)
# Words that lead in a list of what is enclosed, each with its square: "Kryssa för det som följer med svaret", "Enclosed (tick)".
_ENCLOSING = kept.pattern(
    r"(?:kryssa|markera|bocka|tick|check|mark)\b[^?]{0,80}?(?<!\w)(?:följer med|medföljer|medskickas|bifogas|bifogats|bifogade|"
    r"biläggs|lämnas med|ingår i (?:anbudet|svaret|offerten)|enclosed?|attached|accompan\w+|submitted|included)(?!\w)[^?]{0,40}|"
    r"(?:följande (?:\w+ )?|de |bilagor och )?(?:handlingar|dokument|bilagor|intyg)?(?: som)? ?"
    r"(?:bifogas|biläggs|medföljer|följer med|medskickas)(?: (?:anbudet|svaret|offerten|ansökan))?(?: \([^()]{3,40}\))?|"
    r"(?:with (?:this|our|the) (?:tender|bid|proposal|offer),? )?(?:we enclose|(?:the following )?(?:documents? |attachments? )?"
    r"(?:are )?(?:enclosed|attached))(?: (?:with|to) (?:this|our|the) (?:tender|bid|proposal|offer))?(?: documents)?"
    r"(?: \([^()]{3,40}\))?|(?:enclosures|attachments|bilagor)(?: \([^()]{3,40}\))?",
    re.IGNORECASE,
)
_ONE = kept.pattern(r"(?<!\w)(?:ett|en|något|one|either|vilket|which) (?:av|of|alternativ)(?!\w)", re.IGNORECASE)
_SENTENCE = 4  # words
_EDGES = " \t:.;"
_MOST = 40


def options_of(block: Block) -> list[Square]:
    """The squares of a block, drawn or printed, with the words that each ticks."""
    found = squares(block.text)
    if found:
        return found
    ticks = [
        slot
        for slot in (*block.slots, *(s for cell in block.cells for s in cell.slots))
        if slot.origin is SlotOrigin.CHECKBOX or slot.type is AnswerType.YES_NO
    ]
    if not ticks:
        return []
    text = block.text
    offered = ticks[0].options if len(ticks) == 1 else ()
    if len(offered) > 1 and all(option in text for option in offered):
        starts = [text.rfind(option) for option in offered]
        return [Square(at, at, name, at, at + len(name)) for at, name in sorted(zip(starts, offered, strict=True))]
    words = list(re.finditer(r"(?i)(?<!\w)(?:ja|nej|yes|no)(?!\w)", text))
    tail = words[-len(ticks) :] if len(words) >= len(ticks) else []
    if tail and len(text[tail[-1].end() :].strip(" .:)")) <= 24:
        return [Square(match.start(), match.start(), match[0], match.start(), match.end()) for match in tail]
    if len(ticks) == 1:
        return [Square(0, 0, text.strip(), 0, len(text))]
    labels = [slot.label.strip() for slot in ticks if slot.label and slot.label.strip() in text]
    if len(labels) == len(ticks):
        return [Square(at := text.find(name), at, name, at, at + len(name)) for name in labels]
    return [Square(0, 0, text.strip(), 0, len(text))]


def take_choice(scan: Scan, index: int) -> None:
    """Make the points of a block with squares, and of the blocks right after it that go on with the same alternatives."""
    if _take_list(scan, index):
        return
    block = scan.block(index)
    found = options_of(block)
    if not found:
        return
    lead = block.text[: found[0].option_start if found[0].option_start < found[0].start else found[0].start]
    options = tuple(square.option for square in found)
    if _WORD.search(lead):
        if len(found) > 1 and not yes_no(options) and _ENCLOSING.fullmatch(lead.strip(_EDGES)) is not None:
            _each(scan, index, AnswerType.FILE)
            return
        _with_lead(scan, index, lead, found, options)
        return
    if _question_after(scan, index, found):
        return
    together = _together(scan, index)
    every = tuple(square.option for place in together for square in options_of(scan.block(place)) if square.option)
    question = _asking(scan, index)
    if (yes_no(options) and len(found) <= 3) or yes_no(every):
        _yes_no_below(scan, together if yes_no(every) else [index], every if yes_no(every) else options, question)
        return
    if len(every) == 1 and question is not None and not _is_lead(scan.block(question).text):
        question = None
    if question is not None and len(every) > 1 and _leads_files(scan.block(question).text):
        for place in together:
            _each(scan, place, AnswerType.FILE)
        return
    if question is not None and len(every) > 1 and _confirms(scan.block(question).text, every):
        for place in together:
            _each(scan, place, AnswerType.YES_NO)
        return
    if question is not None and len(every) > 1 and _is_lead(scan.block(question).text):
        kind = AnswerType.CHOICE
        scan.add(
            Ask(
                scan.whole(question),
                kind,
                ("slot.checkbox", "slot.options"),
                tuple(scan.whole(p) for p in together),
                options=every[:_MOST],
            )
        )
        return
    if question is not None and len(found) > 1:
        scan.add(Ask(scan.whole(question), AnswerType.CHOICE, ("slot.checkbox",), (scan.whole(index),), options=options))
        return
    for place in together:
        _each(scan, place, AnswerType.YES_NO)


def _with_lead(scan: Scan, index: int, lead: str, found: list[Square], options: tuple[str, ...]) -> None:
    """The question stands before its squares in the same line."""
    block = scan.block(index)
    said = sentences(lead)
    begin = said[-1][0]
    # The requirement can stand in the same paragraph before the question about it.
    takes = [Words(index, begin, len(block.text))]
    words = Words(index, begin, len(lead))
    bare = lead[begin:].strip().rstrip(" :?.")
    answers = tuple(option for option in options if option)
    kind = AnswerType.YES_NO if yes_no(answers) or not answers else AnswerType.CHOICE
    if whole("answer_lead", bare) is not None or bare.lower() in ("kravet uppfylls", "uppfylls", "markera", "kryssa"):
        if len(said) > 1:
            words = Words(index, *said[-2])
        elif (before := _asking(scan, index)) is not None:
            words = scan.whole(before)
    if kind is AnswerType.YES_NO and len(found) == 1 and len(found[0].option.split()) > 3:
        words = scan.whole(index)
    after = scan.after(index)
    if after is not None and after not in scan.taken and not answers:
        nothing = scan.block(after).text
        if yes_no((nothing,)) and len(nothing) < 12:
            takes.append(scan.whole(after))
    cues = ("slot.checkbox", "slot.yes_no_squares" if kind is AnswerType.YES_NO else "slot.options")
    if answers and all(_ENCLOSED.fullmatch(answer) is not None for answer in answers) and asks_for_file(lead):
        scan.add(Ask(words, AnswerType.FILE, ("slot.checkbox", "slot.attach"), tuple(takes)))
        return
    required = required_of(answers)
    scan.add(Ask(words, kind, cues, tuple(takes), None, required, answers, kind=PointKind.QUESTION))


def _take_list(scan: Scan, index: int) -> bool:
    """A list to choose yes or no from, beside its question or below it, whatever is chosen in it now."""
    block = scan.block(index)
    slots = (*block.slots, *(slot for cell in block.cells for slot in cell.slots))
    if len(slots) != 1 or slots[0].origin is SlotOrigin.CHECKBOX or not yes_no(slots[0].options) or squares(block.text):
        return False
    words = scan.whole(index)
    chosen = slots[0].value or ""
    if chosen and block.text.rstrip().endswith(chosen):
        words = Words(index, 0, block.text.rindex(chosen))
    if not _WORD.search(block.text[: words.end]):
        before = _asking(scan, index)
        if before is None:
            return False
        words = scan.whole(before)
    cues = (f"slot.{slots[0].origin.value}", "slot.yes_no_list")
    scan.add(Ask(words, AnswerType.YES_NO, cues, (scan.whole(index),), options=slots[0].options, kind=PointKind.QUESTION))
    return True


def _question_after(scan: Scan, index: int, found: list[Square]) -> bool:
    """Yes and no to tick before the words that ask: "[ ] Ja [ ] Nej  Anbudsgivaren har en depå"."""
    block = scan.block(index)
    last = found[-1]
    match = _AFTER_NO.match(block.text, last.option_start, last.option_end)
    if len(found) != 2 or match is None or not yes_no((found[0].option,)) or len(found[0].option.split()) != 1:
        return False
    before = _asking(scan, index)
    if before is not None and scan.block(before).text.rstrip().endswith("?"):
        return False
    options = (found[0].option, match[1])
    words = Words(index, match.start(2), last.option_end)
    cues = ("slot.checkbox", "slot.yes_no_squares")
    scan.add(Ask(words, AnswerType.YES_NO, cues, (scan.whole(index),), options=options, kind=PointKind.QUESTION))
    return True


def _together(scan: Scan, index: int) -> list[int]:
    """This block and those right after it that start with a square, too."""
    found = [index]
    place = scan.after(index)
    while place is not None and place not in scan.taken and len(found) < _MOST:
        block = scan.block(place)
        squares_here = options_of(block) if has_marks(block.text) or block.slots else []
        if not squares_here or _WORD.search(block.text[: min(s.start for s in squares_here)]):
            if runs(block.text) and not _WORD.search(block.text):
                found.append(place)
                place = scan.after(place)
                continue
            break
        found.append(place)
        place = scan.after(place)
    return found


def _asking(scan: Scan, index: int) -> int | None:
    """The block before, when no other slot has taken it and it is words."""
    before = scan.before(index)
    if before is None or before in scan.taken or not _WORD.search(scan.block(before).text):
        return None
    return before


def _leads_files(text: str) -> bool:
    """Whether words lead in a list of documents that come with the tender."""
    return _ENCLOSING.fullmatch(text.strip(_EDGES)) is not None or (_FILES.search(text) is not None and _is_lead(text))


def _confirms(text: str, options: tuple[str, ...]) -> bool:
    """Whether words lead in sentences that each are confirmed: "Anbudsgivaren intygar följande:"."""
    return (
        text.rstrip().endswith(":")
        and first("accept", text) is not None
        and _ONE.search(text) is None
        and all(len(option.split()) >= _SENTENCE for option in options)
    )


def _is_lead(text: str) -> bool:
    """Whether words lead in a list of alternatives; the name of a field does not."""
    stripped = text.rstrip()
    if label(stripped) is not None and not stripped.endswith("?"):
        return False
    return stripped.endswith((":", "?")) or first("lead_in", stripped) is not None or first("attach", stripped) is not None


def _yes_no_below(scan: Scan, places: list[int], options: tuple[str, ...], question: int | None) -> None:
    if question is None:
        return
    takes = tuple(scan.whole(place) for place in places)
    scan.add(
        Ask(
            scan.whole(question),
            AnswerType.YES_NO,
            ("slot.checkbox", "slot.yes_no_squares"),
            takes,
            None,
            required_of(options),
            options,
            kind=PointKind.QUESTION,
        )
    )


def _each(scan: Scan, index: int, kind: AnswerType) -> None:
    """Each square of the block is a point of its own."""
    for square in options_of(scan.block(index)):
        if not square.option or not _WORD.search(square.option):
            continue
        words = Words(index, square.option_start, square.option_end)
        file = kind is AnswerType.FILE or (asks_for_file(square.option) and first("accept", square.option) is None)
        scan.add(
            Ask(
                words,
                AnswerType.FILE if file else AnswerType.YES_NO,
                ("slot.checkbox", "slot.confirmation" if not file else "slot.attach"),
                (scan.whole(index),),
                quote=" ".join(square.option.split()),
            )
        )
