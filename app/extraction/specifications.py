"""Specifications that say how things are to be without saying that they must: "Golvet läggs flytande"."""

from __future__ import annotations

import re

from app.core.document import Document
from app.core.points import PointKind
from app.extraction import kept
from app.extraction.cues import find_cues, word
from app.extraction.declarations import declared_word
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
# What is done in the present: "redovisas", "is reported". Words that end alike and tell nothing of the work are left.
_DONE = kept.pattern(
    r"(?<!\w)(?!hoppas|finnas|trivas|vistas|lyckas|saknas|kallas|benämnas|beräknas|uppskattas|bedöms|förväntas|planeras|avses|menas|"
    r"publiceras|betalas|ersätts|beslutas|fastställs|tilldelas|annonseras)[a-zåäö]{2,}(?:[aeäå]r?s|[dglnt]s)(?!\w)"
    r"|(?<!\w)(?:is|are) (?:\w+ )?(?:\w+ed|given|kept|made|sent|taken|done|held|written)(?!\w)"
)
_DONE_BY = kept.pattern(r"(?<!\w)(?:av|by) (?:the )?(?:[A-ZÅÄÖ]|\w+(?:na|erna|arna)(?!\w))")
# A finite verb in the present, by its form; plurals end alike, so that it only tells where the subject ends.
_PRESENT = kept.pattern(
    r"(?<=\s)(?:är|har|kan|får|går|ska|ingår|finns|sker|ges|görs|\w+(?:ar|er|år|ör|yr)|\w+är|tål|\w{2,}(?:[aeåäöy]s|[dglnrt]s)|"
    r"is|are|has|have|can|may|will|does|\w{2,}s)(?!\w)"
)
_POINTING = kept.pattern(r"(?:de|den|det|dessa|denna|detta|han|hon|they|it|these|this)(?!\w)", re.IGNORECASE)
_DECLARED_WORDS = 40  # a longer sentence argues


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


def regularly_done(sentence: str, parties: Parties) -> Verdict | None:
    """What a chapter of requirements says is done so often or so soon: "Lagersaldot redovisas månadsvis."."""
    verb = _DONE.search(sentence) if declared_word("timed").search(sentence) is not None else None
    if verb is None or sentence.rstrip().endswith((":", "?")) or word("nowadays").search(sentence) is not None:
        return None
    if _DONE_BY.search(sentence) is not None and parties.bidder.search(sentence) is None:
        return None
    if _explains(sentence) or parties.actor(sentence, verb.start(), verb.end()) in (Actor.BUYER, Actor.AGREEMENT):
        return None
    return Verdict(PointKind.REQUIREMENT, True, ("specified.regularly",))


def declared_requirement(sentence: str, parties: Parties, *, listed: bool, goes_on: bool) -> Verdict | None:
    """What a sentence says where all that is said is required. `listed`: it is an entry, which may lack verb and full stop.

    `goes_on` tells that the sentence before it is a requirement: a pronoun speaks of the same thing, or else of another's.
    """
    said = sentence.rstrip()
    count = len(said.split())
    if not _FEWEST_WORDS <= count <= _DECLARED_WORDS or said.endswith("?") or not (listed or said.endswith((".", ":"))):
        return None
    if not (listed or said[0].isupper() or said[0].isdigit()):
        return None  # the rest of a sentence that was broken off
    if (_POINTING.match(said) is not None and not goes_on) or word("nowadays").search(said) is not None or _explains(said):
        return None
    verb = _PRESENT.search(said)
    if verb is None:
        return Verdict(PointKind.REQUIREMENT, True, ("declared.listed",)) if listed and not said.endswith(":") else None
    if parties.actor(said, verb.start(), verb.end()) in (Actor.BUYER, Actor.AGREEMENT):
        return None
    return Verdict(PointKind.REQUIREMENT, True, ("declared.stated",))


def _explains(sentence: str) -> bool:
    """Whether it explains, waives, or tells of the buyer's acts."""
    cues = find_cues(sentence, making=False)
    return declared_word("no_statement").search(sentence) is not None or (
        cues is not None and cues.any("explain", "waived", "buyer", "later")
    )
