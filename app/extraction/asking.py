"""Words put to the bidder: sentences that begin by telling it what to do, and questions that address it."""

from __future__ import annotations

import re
from functools import cache

from app.core.points import PointKind
from app.extraction import kept
from app.extraction.cues import by_role, word
from app.extraction.rules import Rule

_ENUMERATOR = kept.pattern(
    r"(?:\(?(?:\d{1,3}|[a-i])\)|\d{1,3}\.|\d{1,3}(?:\.\d{1,3}){1,5}\.?|(?:Fråga|Question|Q|F)\s?\d{1,3}(?:\.\d{1,3}){0,3}[.:)]?)\s+(?=\w)"
)
# "Fråga 3: …", "Question 4.2. …": with a sign after it. "Fråga 3 besvaras av …" speaks of a question, it is none.
_NUMBERED = kept.pattern(
    r"\s*(?:Fråga|FRÅGA|Question|QUESTION|Q|F)\s?(?:(?:nr|no|nummer|number)\.?\s)?(\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?)(?:[.:)]\s|\s[–-]\s)"
)
_DEMAND = kept.pattern(r"([A-ZÅÄÖ]\w+(?: [^\W\d][\w-]*){0,4}) (?:ska|skall|måste|shall|must) [^\W\d_]{2,}")
# What a heading is about rather than what it demands: "Vad anbudet ska innehålla", "Krav som ska uppfyllas".
_CLAUSE = kept.pattern(
    r"(?<!\w)(?:vad|hur|när|var|vart|vem|vilk[ae]n?|vilket|varför|som|om|where|what|how|when|who|which|why|that|if)(?!\w)",
    re.IGNORECASE,
)
_NUMBERING = frozenset("0123456789(abcdefghiFQ")
_NOUN = kept.pattern(
    r"(?:List|Index|Register) of (?:the |all )?(?:appendi\w+|annex\w*|attachments|enclosures|contents|tables|figures|"
    r"abbreviations|definitions|(?:procurement |tender )?documents)\W*$",
    re.IGNORECASE,
)
_LETTERS = kept.pattern(r"[a-zåäö]{2,}")
_OPENING = 3  # letters
_FEWEST_WORDS = 3  # fewer after a number are a title


def without_number(sentence: str) -> str:
    """The sentence without the number printed before it, which is no part of it."""
    if sentence[:1] in _NUMBERING and (numbered := _ENUMERATOR.match(sentence)) is not None and numbered.end() < len(sentence):
        return sentence[numbered.end() :]
    return sentence


def question_number(text: str) -> str | None:
    """The number of a text that begins as a numbered question of a questionnaire."""
    found = _NUMBERED.match(text)
    return found[1] if found is not None else None


def told(sentence: str) -> tuple[PointKind, Rule] | None:
    """Whether a sentence begins by telling the bidder to answer or to attach something, and the rule that knows it."""
    if not sentence[0].isupper():
        return None
    polite = word("please").match(sentence) if sentence[0] in "PVK" else None
    start = polite.end() + 1 if polite is not None else 0
    if _NOUN.match(sentence, start) is not None:
        return None  # "List of appendices" names what the procurement consists of
    if word("told_not").match(sentence, start) is not None:
        return None  # "Attach no other documents"
    if sentence[start : start + _OPENING].lower().split(" ", 1)[0] not in _openings():
        return None
    for role, kind in (("imperative_attach", PointKind.ATTACHMENT), ("imperative", PointKind.QUESTION)):
        for rule in by_role()[role]:
            if rule.pattern.match(sentence, start) and (len(sentence.split()) > 1 or sentence[-1] == ":"):
                return kind, rule
    return None


@cache
def _openings() -> frozenset[str]:
    """The first letters of every word in the patterns that tell: most sentences begin with none of them."""
    sources = (rule.source for role in ("imperative_attach", "imperative") for rule in by_role()[role])
    return frozenset(found[:_OPENING] for source in sources for found in _LETTERS.findall(source))


def asked(sentence: str) -> Rule | None:
    """The rule that knows a question as put to the bidder: "Kan ni leverera på fem dagar? Ja/Nej"."""
    if word("talk").search(sentence) is not None:
        return None
    return next((rule for rule in by_role()["asked"] if rule.pattern.match(sentence) is not None), None)


def puts_to_bidder(text: str) -> bool:
    """Whether a text asks a question or begins by telling the bidder what to do, after the number that may stand before it."""
    words = without_number(text)
    # "List of annexes" is a name, whatever its first word may tell one to do.
    return words.endswith("?") or (bool(words) and words.split(None, 2)[1:2] not in (["of"], ["av"]) and told(words) is not None)


def demands(heading: str) -> bool:
    """Whether a heading says who or what shall do something: "Systemet ska logga alla händelser", not "Hur anbud ska lämnas"."""
    words = without_number(heading.strip())
    found = _DEMAND.match(words)
    return found is not None and _CLAUSE.search(found[1]) is None


def reads_as_question(text: str) -> bool:
    """Whether words after a number are put to the bidder rather than a title ("2 List of Annexes", "3 Ange pris")."""
    words = without_number(text).split()
    if not puts_to_bidder(text):
        return False
    return text.rstrip()[-1] in ".:?" or (len(words) >= _FEWEST_WORDS and words[1][0].islower())
