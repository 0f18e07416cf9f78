"""Numbers that prove themselves, and those that only look like it."""

from __future__ import annotations

import pytest

from app.secrecy.finders.numbers import ibans, is_personal_number, personal_numbers


@pytest.mark.parametrize(
    "number", ["18900101-9802", "900101+9802", "189001019802", "18900366-0017", "911112+2389", "18900101 9802"]
)
def test_a_personal_number_has_a_date_and_a_check_digit(number: str) -> None:
    assert is_personal_number(number)
    assert [match[0] for match in personal_numbers(f"Personnummer {number}, mobil")] == [number]


@pytest.mark.parametrize(
    "number", ["18900101-9803", "18901301-9802", "18900132-9802", "18900393-0017", "559999-9990", "202100-5521", "9001019802"]
)
def test_a_wrong_date_or_check_digit_and_an_organisation_number_are_none(number: str) -> None:
    assert list(personal_numbers(number)) == []


@pytest.mark.parametrize("text", ["ref 118900101-9802", "1.900101-9802", "900101-98021", "X900101-9802"])
def test_a_part_of_something_longer_is_none(text: str) -> None:
    assert list(personal_numbers(text)) == []


def test_an_iban_has_a_remainder_of_one() -> None:
    assert [match[0] for match in ibans("IBAN SE45 5000 0000 0583 9825 7466.")] == ["SE45 5000 0000 0583 9825 7466"]
    assert list(ibans("IBAN SE46 5000 0000 0583 9825 7466.")) == []
    assert list(ibans("order 4500 1234 5678")) == []
