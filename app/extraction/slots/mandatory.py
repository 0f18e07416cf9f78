"""Whether a bid can do without an answer, and on which condition it is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from app.core.document import AnswerType
from app.extraction import kept
from app.extraction.sentences import sentences
from app.extraction.slots.lexicon import first, group, limit_in

_LEADING_NUMBER = kept.pattern(r"\s*(?:[(\[]?(?:[a-zåäö]|[A-ZÅÄÖ]{0,3}-?\d{1,3}(?:\.\d{1,3})*)[.)\]:]\s*)?")
_BOTH = kept.pattern(r"(?:ska|skall|s)(?:-?krav)?\s*[/|]\s*(?:bör|b)(?:-?krav)?|(?:shall|must)\s*/\s*should", re.IGNORECASE)
# "Fullmakt, om annan än firmatecknare undertecknar": asked for only sometimes. "om högst två sidor" is a size.
_ONLY_IF = kept.pattern(
    r"(?:,\s+(?:endast\s+)?|\((?:endast\s+)?)((?:om|ifall|if|where)\s+(?!högst|minst|max|cirka|ca|\d)[^,;()]{3,160})",
    re.IGNORECASE,
)
_STAR = kept.pattern(r"\w\)?\s?\*(?:\s|:|$)|^\*\s?\w")

_BOUND = kept.pattern(
    r"(?<!\w)(?:får (?:inte|ej) (?:över|under)\w+|(?:may|must|shall) not (?:exceed|be (?:less|more))|krävs|måste|is required)"
    r"(?!\w)",
    re.IGNORECASE,
)

_MOST_BESIDE = 10


class Duty(NamedTuple):
    """`must` as judged, the condition in the document's words, and the rules that decided."""

    must: bool
    when: str | None
    cues: tuple[str, ...]


def duty(quote: str, context: Sequence[str], told: bool | None, required: str | None, answer: AnswerType) -> Duty:
    """Judge a question. `told` is what a mark, an icon or a column of classes says; it outweighs the words."""
    # "Ska/Bör" above a column names the choice, not the answer; what stands in the row tells it.
    context = [text for text in context if _BOTH.fullmatch(text.strip()) is None]
    when, when_cue = condition(quote)
    if when is None and answer is AnswerType.FILE and (only := _ONLY_IF.search(quote)) is not None:
        when, when_cue = only[1].strip(), "slot.only_if"
    cues: list[str] = [when_cue] if when_cue else []
    if told is not None:
        return Duty(told, when, tuple(cues))
    if required is not None:
        return Duty(True, when, ("slot.required_answer", *cues))
    for rule in group("anyway"):
        if rule.search(quote) is not None:
            return Duty(True, when, (rule.id, *cues))
    for rule in group("mandatory"):
        if any(rule.search(text) is not None for text in (quote, *context)) and not _says_optional((quote, *context)):
            return Duty(True, when, (rule.id, *cues))
    if when is not None:
        return Duty(False, when, tuple(cues))
    for text in context:
        # Beside it, in a cell of its own: "Om underleverantör anlitas".
        beside, cue = condition(text)
        if beside is not None and cue is not None and beside == text.strip(" .") and len(beside.split()) <= _MOST_BESIDE:
            return Duty(False, beside, (cue, *cues))
    for text in (quote, *context):
        for rule in group("optional"):
            match = rule.search(text)
            if match is None or (rule.id == "slot.secrecy" and answer is AnswerType.YES_NO):
                continue
            if rule.id == "slot.scored" and _BOUND.search(quote.replace(limit_in(quote) or "", "")) is not None:
                continue  # what earns points within a bound must be told all the same
            if text is quote and rule.id == "slot.optional" and answer is AnswerType.YES_NO and match.start() > 30:
                # "… för eventuell underleverantör" inside something to be confirmed does not make the confirmation optional.
                continue
            return Duty(False, _around(text, match) if rule.id == "slot.optional" else None, (rule.id, *cues))
    if any(_STAR.search(text) is not None for text in (quote,)):
        return Duty(True, None, ("slot.star",))
    return Duty(True, None, tuple(cues))


def bearing(text: str) -> str:
    """What words over many answers say of the duty of each of them; nothing when they tell of some of them alone.

    "Gula celler är frivilliga" tells of the cells of a colour, "i kommentarsfältet" of one field, and that a tender without
    answers is rejected makes none of them optional. What is optional beside something demanded is a part as well.
    """
    if not _is_judged(text):
        return text
    said = [text[start:end] for start, end in sentences(text)]
    kept_words = [sentence for sentence in said if first("of_some", sentence) is None and not _says_both(sentence)]
    if len(kept_words) > 1 and any(first("demanded", sentence) is not None for sentence in kept_words):
        kept_words = [sentence for sentence in kept_words if not _says_optional((sentence,))]
    return " ".join(kept_words) if len(kept_words) < len(said) else text


def _is_judged(text: str) -> bool:
    """Whether a text says anything of duty at all."""
    return condition(text)[0] is not None or first("optional", text) is not None or first("mandatory", text) is not None


def _says_both(sentence: str) -> bool:
    """Whether a sentence tells what is obligatory from what is not, and so means neither for all: "A krävs, B är frivilligt"."""
    without = group("optional")[0].pattern.sub("", sentence)
    return without != sentence and first("demanded", without) is not None


def condition(text: str) -> tuple[str | None, str | None]:
    """The condition that a question starts with, and the rule that knows it."""
    begin = _LEADING_NUMBER.match(text)
    start = begin.end() if begin is not None else 0
    for rule in group("condition"):
        match = rule.pattern.match(text, start)
        if match is not None and not text[match.end() :].lstrip().startswith("?"):
            return match[0].strip(), rule.id
    return None, None


def _says_optional(texts: Sequence[str]) -> bool:
    rule = group("optional")[0]
    return any(rule.search(text) is not None for text in texts)


def _around(text: str, match: re.Match[str]) -> str:
    """The bracket or clause around a word of condition."""
    opening = text.rfind("(", 0, match.start() + 1)
    closing = text.find(")", match.end() - 1)
    if opening >= 0 and closing > 0 and ")" not in text[opening : match.start()]:
        return text[opening + 1 : closing].strip()
    return match[0].strip()
