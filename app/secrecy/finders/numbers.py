"""Numbers that prove themselves: Swedish personal and coordination numbers by date and check digit, IBANs by their remainder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

__all__ = ["ibans", "is_personal_number", "personal_numbers"]

_PERSONAL = re.compile(r"(?<![\d\w./-])((?:18|19|20)?\d{2})(\d{2})(\d{2}) ?([-+–]?) ?(\d{4})(?![\d\w]|[-/.]\d)")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")


def personal_numbers(text: str) -> Iterator[re.Match[str]]:
    """Personal and coordination numbers (day plus 60): a real date and a right check digit.

    Ten digits without a hyphen or plus are not taken for one: too many other numbers pass by chance.
    """
    for match in _PERSONAL.finditer(text):
        if (match[4] or len(match[1]) == 4) and is_personal_number(match[0]):
            yield match


def is_personal_number(text: str) -> bool:
    """Date and check digit hold. Organisation numbers have a month of 20 or more."""
    match = _PERSONAL.fullmatch(text.strip())
    if match is None:
        return False
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    day -= 60 if day > 60 else 0
    years = [year] if len(match[1]) == 4 else [2000 + year, 1900 + year, 1800 + year]
    if not any(_is_date(each, month, day) for each in years):
        return False
    digits = match[1][-2:] + match[2] + match[3] + match[5]
    return _luhn(digits)


def ibans(text: str) -> Iterator[re.Match[str]]:
    """International bank account numbers whose remainder by 97 is 1 (ISO 13616)."""
    for match in _IBAN.finditer(text):
        bare = match[0].replace(" ", "")
        if 15 <= len(bare) <= 34 and int("".join(str(int(char, 36)) for char in bare[4:] + bare[:4])) % 97 == 1:
            yield match


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _luhn(digits: str) -> bool:
    """The Luhn sum of ten digits, the last of which checks the others."""
    doubled = [int(digit) * (2 - index % 2) for index, digit in enumerate(digits)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0
