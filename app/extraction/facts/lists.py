"""The word lists of the rules of facts."""

from __future__ import annotations

import re
from functools import cache

from app.extraction.rules import listed


@cache
def word(name: str) -> re.Pattern[str]:
    """A word list of the rules of facts as a pattern."""
    return listed("facts", name)
