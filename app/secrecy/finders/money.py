"""Whose money an amount is: the bidder's price, or a wage, a penalty, an insured sum, what the buyer allows, a turnover.

In a sentence the nearest word decides: the last before the amount, else the first after it in its clause, else the last of the
sentence. A ceiling is the buyer's unless the bidder says that it is its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from app.secrecy.finders.rules import finder_rules, first, says

__all__ = ["is_of_wages", "is_other_money", "is_own_price", "sentence_around"]

_SENTENCE = re.compile(r"[.!?]\s+(?=[A-ZÅÄÖ])|\n")
_ANY_AMOUNT = re.compile(r"\d[\d .,'’]*")
_CLAUSE = re.compile(r"[,;:](?!\d)|\s(?:och|and|men|but)\s")
_COVERED = re.compile(r"\b(?:in(?:kl|cl)\w*\.?|innefatt\w*|inbegrip\w*|ingår|omfatt\w*|täck\w*|cover\w*)\W", re.IGNORECASE)
_ASIDE = re.compile(
    r"\b(?:(?:in|ex)(?:kl|cl)\w*\.?|innefatt\w*|inbegrip\w*|utan|förutom|oavsett|oberoende av|without|besides|regardless of)"
    r"(?:\s+[\w-]+){0,1}\s+$",
    re.IGNORECASE,
)
"""Before what is no more than mentioned: "exklusive trängselskatt"."""
_OWN = re.compile(r"\b(?:vår|vårt|våra|our|offererat|offererade)((?:\s+[\w-]+){0,2})\s+$", re.IGNORECASE)
_OTHERS = re.compile(r"(?:\w+(?:ens|ets|arnas)|['’]s|\bers?|\bert|\byour)\s+$", re.IGNORECASE)
"""Whose a ceiling is, when it is somebody else's: "kommunens tak"."""
_NEAR = 40
_KINDS = ("wage", "not_price", "ceiling")


class _Cue(NamedTuple):
    end: int
    other: bool
    start: int


def is_own_price(text: str, start: int, end: int, heading: str = "") -> bool:
    """Whether an amount in running text may be what the bidder charges. `heading` is the one above the text."""
    begin, last = sentence_around(text, start)
    sentence = text[begin:last]
    since = max((begin + match.end() for match in _ANY_AMOUNT.finditer(text[begin:start])), default=begin)
    if says("never", "demand", sentence) or _is_limit_of_buyer(text[since:start], sentence):
        return False
    cues = list(_cues(text, begin, last))
    near = [cue for cue in cues if since <= cue.start and cue.end <= start]
    if near:
        return not max(near).other
    after = text[end:last]
    closes = [match.start() for match in (_CLAUSE.search(after), _ANY_AMOUNT.search(after)) if match is not None]
    clause = after[: min(closes, default=len(after))]
    behind = [cue for cue in cues if end <= cue.start and cue.end <= end + len(clause)]
    if behind and not _COVERED.search(text[end : min(behind, key=lambda cue: cue.start).start]):
        return not min(behind, key=lambda cue: (cue.start, not cue.other)).other
    before = [cue for cue in cues if cue.end <= start]
    if before:
        return not max(before).other
    return not is_other_money(heading) or first("column", "price", heading) is not None


def is_other_money(label: str, *, wages: bool = True) -> bool:
    """Whether a column's name, a row's or a heading speaks of money that is no price of the bidder's."""
    return any(says("never", of, label) for of in _KINDS if of != "ceiling" and (wages or of != "wage")) or any(
        not _is_own(label, match) for rule in finder_rules("never", "ceiling") for match in rule.pattern.finditer(label)
    )


def is_of_wages(names: Sequence[str]) -> bool:
    """Whether columns of these names tell wages and what is added to them, and no price."""
    wages = [name for name in names if says("never", "wage", name)]
    return bool(wages) and not any(says("value", "price_noun", name) for name in names if name not in wages)


def sentence_around(text: str, at: int) -> tuple[int, int]:
    """Where the sentence that holds a position begins and ends."""
    begin = 0
    for match in _SENTENCE.finditer(text):
        if match.end() > at:
            return begin, match.start() + 1
        begin = match.end()
    return begin, len(text)


def _cues(text: str, begin: int, last: int) -> Iterator[_Cue]:
    """The words of a sentence that tell what an amount is. One that is a part of another's ("avgift" of "förseningsavgift") ends
    with it, and the one for other money counts."""
    sentence = text[begin:last]
    for rule in finder_rules("value", "price_cue"):
        yield from (_Cue(begin + match.end(), False, begin + match.start()) for match in rule.pattern.finditer(sentence))
    for of in _KINDS:
        for rule in finder_rules("never", of):
            for match in rule.pattern.finditer(sentence):
                own = of == "ceiling" and _is_own(sentence, match)
                if not _ASIDE.search(sentence, max(0, match.start() - _NEAR), match.start()):
                    yield _Cue(begin + match.end(), not own, begin + match.start())


def _is_own(text: str, match: re.Match[str]) -> bool:
    """The bidder says that a ceiling is its own: "our ceiling", or "we offer a ceiling". In the definite form only the first."""
    before = text[: match.start()]
    if _OTHERS.search(before):
        return False
    own = _OWN.search(before)
    known = _is_known(match[0]) or re.search(r"\b(?:det|den|that|the)\s+$", before, re.IGNORECASE) is not None
    if own is not None and (not own[1] or not known):
        return True
    clause = max((found.end() for found in _CLAUSE.finditer(before)), default=0)
    return not known and says("value", "own_offer", before[clause:])


def _is_known(word: str) -> bool:
    """A ceiling in the definite form is one that was there before the bid: the buyer's."""
    return re.search(r"(?:et|en|the .*)$", word.lower()) is not None


def _is_limit_of_buyer(before: str, sentence: str) -> bool:
    """What is said to be the most is the buyer's limit where the sentence speaks of demands, not of what the bidder charges."""
    if not says("value", "at_most", before[-_NEAR:]) or says("value", "own_offer", sentence):
        return False
    return says("value", "buyers_demand", sentence) or (
        says("never", "duty", sentence) and not says("value", "own_voice", sentence)
    )
