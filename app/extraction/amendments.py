"""Amendments of a document: what a passage reads from now on, and what is taken out of it."""

from __future__ import annotations

import re

from app.extraction import kept

# "Fråga 9 lyder nu: …", "Texten ersätts med: …", "Section 3 is amended to read: …".
_READS = kept.pattern(
    r"[^:?]{0,90}(?<!\w)(?:lyder nu|(?:ska|skall) (?:nu )?lyda|ny(?:a)? lydelse(?:n)?(?: är)?|får (?:följande|ny) lydelse|"
    r"ersätts (?:med|av)|ändras till|läggs till|tillkommer|now reads?|(?:amended|changed) to(?: read)?|"
    r"(?:is|are) (?:replaced (?:by|with)|added))(?: (?:följande|the following))?:\s+(?=[\"“”»]?[A-ZÅÄÖ])",
    re.IGNORECASE,
)
# "Meningen utgår: …", "The following is deleted: …".
_GONE = kept.pattern(
    r"[^:?]{0,90}(?<!\w)(?:utgår|stryks|tas bort|har (?:utgått|strukits|tagits bort)|(?:is|are) (?:deleted|removed|withdrawn))"
    r"(?: [^:?.]{0,30})?:\s+[\"“”»]?[A-ZÅÄÖ]",
    re.IGNORECASE,
)
_QUOTES = '"“”»«'


def reworded(sentence: str) -> str:
    """What a sentence demands of an amended passage: its new wording, nothing when it only says what goes, else the sentence."""
    if _GONE.match(sentence) is not None:
        return ""
    found = _READS.match(sentence)
    return sentence[found.end() :].strip(_QUOTES) if found is not None else sentence
