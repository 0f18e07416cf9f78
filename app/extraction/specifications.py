"""Specifications that say how things are to be without saying that they must: "Golvet läggs flytande"."""

from __future__ import annotations

import re

from app.core.document import Document
from app.core.points import PointKind
from app.extraction import kept
from app.extraction.cues import word
from app.extraction.parties import Actor, Parties
from app.extraction.sections import ChapterKind, Outline
from app.extraction.verdicts import Verdict

_MODAL = kept.pattern(
    r"(?<!\w)(?:ska|skall|måste|bör|krävs|erfordras|åligger|skyldig|shall|must|should|required)(?!\w)", re.IGNORECASE
)
# A Swedish passive in the present; the genitive of a plural ends alike.
_PASSIVE = kept.pattern(
    r"(?<!\w)(?!hoppas|hopas|finnas|trivas|vistas|lyckas|andas|minnas|kräkas|åldras|saknas|behövas|kallas|benämnas)"
    r"[a-zåäö]{3,}(?<!rn)(?<!nn)(?:as|äggs|görs|[dlnt]s)(?!\w)"
)
_IS = kept.pattern(r"(?<!\w)är (?:\w+ )?[a-zåäö]{3,}(?:ad|at|ade|fri|fritt|fria)(?!\w)")
_FEWEST_WORDS = 3


def is_bare(document: Document, outline: Outline) -> bool:
    """Whether the document specifies without a single word of demand in the chapters that do."""
    specifies = False
    requires = any(heading.kind is ChapterKind.REQUIREMENTS for heading in outline.headings)
    if not requires and outline.default is not ChapterKind.REQUIREMENTS:
        return False
    for index, block in document.body():
        if outline.kind(index) is ChapterKind.REQUIREMENTS:
            if _MODAL.search(block.text) is not None:
                return False
            specifies = specifies or not outline.is_heading(index)
    return specifies


def named_part(text: str) -> Verdict | None:
    """What an entry of a list of such a specification names: "Rutschkana i rostfritt stål"."""
    if len(text.split()) < _FEWEST_WORDS or text.rstrip().endswith((":", "?")):
        return None
    return Verdict(PointKind.REQUIREMENT, True, ("specified.listed",))


def plainly_specified(sentence: str, parties: Parties) -> Verdict | None:
    """What a sentence of such a specification says is done, unless the buyer does it or it is so already."""
    verb = _PASSIVE.search(sentence) or _IS.search(sentence)
    if verb is None or sentence.rstrip().endswith(":") or word("nowadays").search(sentence) is not None:
        return None
    if parties.actor(sentence, verb.start(), verb.end()) in (Actor.BUYER, Actor.AGREEMENT):
        return None
    return Verdict(PointKind.REQUIREMENT, True, ("specified.plainly",))
