"""Names of organisations that buy, and numbers of cases, told by how they are made."""

from __future__ import annotations

import re

from app.extraction import kept
from app.extraction.facts.lists import word

PARTS = kept.pattern(r"\s+[|·•–—-]\s+|\t|,\s+|\s*[()]\s*")
"""What stands between the parts of a line on a title page."""
_NUMBER = kept.pattern(
    r"(?<![\w/.:-])(?!(?:SFS|ISO|IEC|EN|SS|TDOK|AFS|SOSFS|HSLF|FS|EU|EG|EC|RFC|AMA|AB|ABT|CPV|VER|REV|NR|TEL|BOX|KL|SEK|EUR|KR)\b)"
    r"(?:[A-ZÅÄÖ]{2,8}[ /-](?:20)?\d\d[-/:–]\d{2,6}(?:-\d{1,4})?|\d{2,4}-\d{3,6}-20\d\d)(?![\w/:]|-\d)"
)
_LONGEST = 90  # characters of a name
_AFTER_NUMBER = kept.pattern(r"\s*[–—:.,|-]?\s*")


def organisation_in(text: str) -> re.Match[str] | None:
    """The first name of an organisation in a text."""
    return word("organisations").search(text)


def organisation_before(text: str, at: int) -> tuple[int, int] | None:
    """Where the organisation stands that a text names right before `at`."""
    start = max(0, at - _LONGEST)
    end = start + len(text[start:at].rstrip(" ,(“”\"'"))
    found = next((match for match in word("organisations").finditer(text, start, end) if match.end() == end), None)
    return found.span() if found is not None else None


def organisation_after(text: str, at: int) -> tuple[int, int] | None:
    """Where the organisation stands that a text names right after `at`."""
    begin = len(text) - len(text[at:].lstrip())
    found = word("organisations").match(text, begin)
    return found.span() if found is not None else None


def is_organisation(text: str) -> bool:
    """Whether a text is the name of an organisation and nothing else."""
    return word("organisations").fullmatch(text.strip()) is not None


def organisation_in_front(text: str) -> str | None:
    """The organisation that a text begins with, where what follows is something of its own."""
    match = word("organisations").match(text)
    ends = match is not None and (match.end() == len(text) or PARTS.match(text, match.end()) is not None)
    return match[0] if match is not None and ends else None


def is_party(text: str) -> bool:
    """Whether a text is only a word for a party ("beställaren", "the Authority"), or a head of a column about one."""
    return word("parties").fullmatch(text.strip(" :.")) is not None


def number_in(text: str) -> re.Match[str] | None:
    """What is made like the number of a case ("KS 2031/0017"), though no label says so."""
    return _NUMBER.search(text)


def number_in_front(text: str) -> tuple[str | None, str]:
    """The number of a case that a text begins with, and the rest."""
    match = _NUMBER.match(text)
    if match is None:
        return None, text
    gap = _AFTER_NUMBER.match(text, match.end())
    return match[0], text[gap.end() if gap is not None else match.end() :]
