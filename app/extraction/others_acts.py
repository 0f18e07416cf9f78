"""Acts that look like the bidder's and are not: the buyer's own, and what somebody is let do until a time."""

from __future__ import annotations

from app.extraction.cues import Cues, word
from app.extraction.parties import Actor
from app.extraction.sections import ChapterKind

_ASSESSES = ("buyer.assesses",)
_RUNS_OUT = ("deadline.runs_out",)


def is_buyers_act(sentence: str, cues: Cues, chapter: ChapterKind) -> bool:
    """Whether a sentence tells of an act of the buyer's, whoever its subject is.

    Where the work is specified assessing may be the work itself: "The team shall carry out the risk assessment".
    """
    ids = cues.ids("buyer")
    works = ids == _ASSESSES and chapter is ChapterKind.REQUIREMENTS
    return bool(ids) and not (works and word("tender").search(sentence) is None)


def waits(sentence: str, ids: tuple[str, ...], actor: Actor) -> bool:
    """Whether a time is one until which something stays as it is or the buyer acts, not one to act by: "hemliga fram till"."""
    if ids != _RUNS_OUT or word("takes_in").search(sentence) is not None:
        return False
    return actor is Actor.BUYER or word("made_known").search(sentence) is not None


def is_let(sentence: str) -> bool:
    """Whether a time is one until which something may be taken back or changed, which nobody has to do."""
    return word("taken_back").search(sentence) is not None


def stays(sentence: str, cues: Cues) -> bool:
    """Whether something is told to stay as it is. What shall be seen to is a demand: "ska säkerställa att det inte ändras"."""
    told = next((match for rule, match in cues.found.get("explain", ()) if rule.id == "explain.unchanged"), None)
    must = cues.first("must")
    if told is None:
        return False
    return must is None or not any(that in sentence[must.end() : told.start()] for that in (" att ", " that "))
