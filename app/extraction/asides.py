"""Sentences that illustrate, define or tell of somebody else's duties: none of them asks anything of the bidder."""

from __future__ import annotations

import re

from app.extraction import kept
from app.extraction.cues import word
from app.extraction.parties import Parties

_TERM = kept.pattern(
    r"[“”\"]?(?P<term>[A-ZÅÄÖ][\wåäöÅÄÖ /-]{2,40})[“”\"]?\s?[:–]\s(?:(?:en|ett|den|det|a|an|the)\s)?(?P<head>[a-zåäö]{3,})\w*\s"
)
_DONE = kept.pattern(
    r"\w+(?:as|es|[dglnrt]s)(?!\w)|(?:is|are|inom|senast|minst|högst|within|no later|at least)(?!\w)", re.IGNORECASE
)
_ILLUSTRATING = ("xempel", "xample", "nstance", ".ex", " ex", ". ex", "XEMPEL", "XAMPLE")  # one is in what opens an illustration
_ABOVE = ("egering", "iksdag", "epartement", "ommission", "overnment", "inistry", "arliament")
_OPENING = 24  # letters


def is_aside(sentence: str, parties: Parties) -> bool:
    """Whether a sentence only makes something clear, whatever words of demand it holds."""
    return (
        (any(map(sentence[:_OPENING].__contains__, _ILLUSTRATING)) and _illustrates(sentence, parties))
        or ((":" in sentence or "–" in sentence) and _defines(sentence))
        or (any(map(sentence.__contains__, _ABOVE)) and _reports_upwards(sentence))
    )


def _illustrates(sentence: str, parties: Parties) -> bool:
    """Such as "Exempel: en bruten säkring ska anses …". What is told of the bidder in the same way may still be asked of it."""
    if word("labelled_example").match(sentence) is not None:
        return True
    return word("opens_example").match(sentence) is not None and parties.bidder.search(sentence) is None


def _defines(sentence: str) -> bool:
    """Such as "Akut fel: fel som stoppar driften": a term, and its own last part once more with what it means."""
    found = _TERM.match(sentence)
    if found is not None and _DONE.match(sentence, found.end()) is not None:
        return False  # "Akut fel: fel åtgärdas inom en timme"
    if found is None or found["head"] not in found["term"].lower():
        return False
    return word("modal").search(sentence) is None


def _reports_upwards(sentence: str) -> bool:
    """What the government or an office above is to be told is the buyer's own errand."""
    return word("told_above").search(sentence) is not None and word("tender").search(sentence) is None
