"""Whether an organisation that a sentence names is the buyer, or somebody else who is told of."""

from __future__ import annotations

import re

from app.extraction import kept
from app.extraction.facts.changes import Span
from app.extraction.facts.lists import word
from app.extraction.sentences import sentences

_IS = kept.pattern(r"(?:är|is)\b", re.IGNORECASE)
# "leverantören Städ AB", "leverantör är i dag Städ AB", "leverantör: Städ AB": what may stand between the party and its name.
_SINCE = (
    r"(?:[\s:,–-]+(?:sedan|i dag|idag|nu|för närvarande|fortfarande|alltjämt|bolaget|företaget|firman?|since|currently|"
    r"still|today|the|company|\d{4})\b)*"
)
_NAMES = kept.pattern(
    r"(?:[\s:,–-]+(?:i|för|på|of|for|under) (?!dag\b|närvarande\b)\w+)?"
    + _SINCE
    + r"(?:[\s:,–-]+(?:är|heter|var|blev|har varit|is|was|has been)\b)?"
    + _SINCE
    + r"[\s:,–-]+",
    re.IGNORECASE,
)
# "Städ AB (bolaget) är nuvarande leverantör", "Städ AB (bolaget), som är leverantör".
_IS_ONE = kept.pattern(r"[\s)”\"’',]*(?:som |which |who )?(?:är|var|har varit|is|was|has been)\s+", re.IGNORECASE)
_FEW = kept.pattern(r"(?:(?!(?:inte|ej|not|av|för|till|åt|hos|med|of|to|for|with)\b)\w+\s+){0,3}", re.IGNORECASE)
_CLAUSE = kept.pattern(r"[,;:–(]\s")


def is_another(text: str, name: Span, told: Span) -> bool:
    """Whether a name, with the words `told` that may make it the buyer's, belongs to another party, or stands in an aside.

    "Städ Norr AB är leverantör" and "ett uppdrag där Region Söder är beställare" tell of no buyer of this procurement.
    """
    begin, end = next(((begin, end) for begin, end in sentences(text) if begin <= name[0] < end), (0, len(text)))
    if _IS.match(text, told[0]) is not None:
        clause = max((found.end() for found in _CLAUSE.finditer(text, begin, name[0])), default=begin)
        return word("aside").search(text, clause, name[0]) is not None or word("referred").search(text) is not None
    if any(_NAMES.fullmatch(text, found.end(), name[0]) for found in word("others").finditer(text, begin, name[0])):
        return True
    after = _IS_ONE.match(text, told[1], end)
    return after is not None and any(
        _FEW.fullmatch(text, after.end(), found.start()) for found in word("others").finditer(text, after.end(), end)
    )
