"""Numbers that carry their own check: the Luhn digit of Swedish organisation numbers and the like."""

from __future__ import annotations

import re
from enum import StrEnum

__all__ = ["OrganisationNumber", "check_organisation_number", "luhn", "organisation_number"]

_SHAPE = re.compile(r"\s*(?:SE\s?)?(?:16)?([0-9]{6})[-\u2010\u2011\u2012\u2013\u2212 ]?([0-9]{4})(?:\s?01)?\s*")
"""Also with the century that registers put before it, and as the number for VAT (SE, ten digits, 01)."""


class OrganisationNumber(StrEnum):
    """What a text that should be an organisation number is."""

    VALID = "valid"
    SHAPE = "shape"  # not ten digits
    CHECK_DIGIT = "check_digit"  # a digit is wrong or two have changed places
    PERSONAL = "personal"  # the check digit is right, but the third digit is below two: a personal number, as of a sole trader


def luhn(digits: str) -> bool:
    """Whether the last of the digits is the check digit of those before it."""
    if not (digits.isascii() and digits.isdigit()):
        return False
    # Every second digit counts double, from the one before the check digit and to the left.
    total = sum(int(digit) if place % 2 == 0 else sum(divmod(2 * int(digit), 10)) for place, digit in enumerate(reversed(digits)))
    return total % 10 == 0


def organisation_number(text: str) -> str | None:
    """The ten digits of what is written as an organisation number, checked or not; None if it is not written as one."""
    found = _SHAPE.fullmatch(text)
    return found[1] + found[2] if found else None


def check_organisation_number(text: str) -> OrganisationNumber:
    """Shape, check digit (Luhn) and third digit, which is two or more for everyone but sole traders."""
    digits = organisation_number(text)
    if digits is None:
        return OrganisationNumber.SHAPE
    if not luhn(digits):
        return OrganisationNumber.CHECK_DIGIT
    return OrganisationNumber.VALID if digits[2] >= "2" else OrganisationNumber.PERSONAL
