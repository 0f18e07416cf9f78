"""How long a tender binds: what only caps a prolongation, or holds only if somebody appeals, is not how long it binds, nor is
how long the contract or an insurance runs."""

from __future__ import annotations

import re

from app.extraction import kept

_BINDING = frozenset(["valid_until", "validity_period"])
_CAP = kept.pattern(
    r"\b(?:längst|högst|som mest|max(?:imalt|imum)?|at most|not? (?:longer|more) than|"
    r"not exceed(?:ing)?|up to a maximum of)\b",
    re.IGNORECASE,
)
_CAPPED_DAY = kept.pattern(
    r"\b(?:dock|men|but|however)[\s,]+(?:\w+\s){0,2}?(?:längst|som längst|senast|no(?:t)? later)\b", re.IGNORECASE
)
_IF = kept.pattern(
    r"\b(?:överpröv|överklag|domstol|laga\s?kraft)\w*|\b(?:if|should|in (?:the )?(?:event|case) of|unless)\b|"
    r"\b(?:appeal|court|review)\w*|"
    r"\b(?:kan|får|må|komma att|may|can) (?:\w+ ){0,2}?(?:förläng|extend|prolong|be (?:extend|prolong))\w*|"
    r"\bpå (?:\w+ )?begäran\b|\bupon request\b",
    re.IGNORECASE,
)
# What binds, runs or is valid by itself, and the tender, which must be told of where one of these is.
_OTHER_TERM = kept.pattern(
    r"\b(?:(?:ram)?avtal|kontrakt|försäkring|certifikat|intyg|tillstånd|licens|fullmakt)\w*|"
    r"\b(?:contract|agreement|insurance|certificate|licen[cs]e|permit|policy|guarantee)s?\b",
    re.IGNORECASE,
)
_OF_TENDER = kept.pattern(
    r"\b(?:anbud(?!sgiv)|offert|avropssvar|svar(?:et|ets)?\b|tenders?\b|bids?\b|proposals?\b|offers?\b|quotations?\b)",
    re.IGNORECASE,
)
_START = kept.pattern(r"[.;!?\t]\s+(?=[A-ZÅÄÖ])|\t")


def is_no_term(name: str, text: str, start: int, quote: str) -> bool:
    """Whether the time that `quote`, at `start` of the text, tells for fact `name` is a cap, conditional or not the tender's."""
    if name not in _BINDING:
        return False
    begin = max((found.end() for found in _START.finditer(text, 0, start)), default=0)
    told = text[begin:start] + quote
    if _OTHER_TERM.search(told) is not None and _OF_TENDER.search(told) is None:
        return True
    return (
        _IF.search(told) is not None
        or _CAPPED_DAY.search(quote) is not None
        or (name == "validity_period" and _CAP.search(quote) is not None)
    )
