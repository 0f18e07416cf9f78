"""How long a tender binds: what only caps a prolongation, or holds only if somebody appeals, is not how long it binds."""

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
_START = kept.pattern(r"[.;!?\t]\s+(?=[A-ZÅÄÖ])|\t")


def is_no_term(name: str, text: str, start: int, quote: str) -> bool:
    """Whether the time that `quote`, at `start` of the text, tells for fact `name` is a cap or holds on a condition only."""
    if name not in _BINDING:
        return False
    begin = max((found.end() for found in _START.finditer(text, 0, start)), default=0)
    told = text[begin:start] + quote
    return (
        _IF.search(told) is not None
        or _CAPPED_DAY.search(quote) is not None
        or (name == "validity_period" and _CAP.search(quote) is not None)
    )
