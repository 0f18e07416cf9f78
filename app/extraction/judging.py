"""What a sentence is in one document: the verdict on its words, by the parties' names and by what the document is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from app.core.points import PointKind
from app.extraction.asides import is_aside
from app.extraction.logs import repeats
from app.extraction.parties import Parties
from app.extraction.sections import ChapterKind
from app.extraction.specifications import plainly_specified
from app.extraction.verdicts import Verdict, judge

_REMEMBERED = 1024  # sentences: many are asked about more than once, as items, as what goes on from a lead-in and as lead-ins


def judging(parties: Parties, bare: bool, no_slots: bool, log: bool) -> Callable[[str, ChapterKind], Verdict | None]:
    """What a sentence is in its chapter, for one document. Knows no finder: it would keep the document from going away."""

    @lru_cache(_REMEMBERED)
    def judged(sentence: str, chapter: ChapterKind) -> Verdict | None:
        if is_aside(sentence, parties):
            return None
        verdict = judge(sentence, chapter, parties, questions=not log)
        if (
            verdict is not None
            and verdict.kind in (PointKind.QUESTION, PointKind.ATTACHMENT)
            and (no_slots or (log and repeats(sentence)))
        ):
            return replace(verdict, kind=PointKind.REQUIREMENT)
        if verdict is None and bare and chapter is ChapterKind.REQUIREMENTS:
            return plainly_specified(sentence, parties)
        return verdict

    return judged
