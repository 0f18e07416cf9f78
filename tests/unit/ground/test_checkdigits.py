"""Organisation numbers: the ones of the field pass, and each way of being wrong is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.checkdigits import OrganisationNumber, check_organisation_number, luhn, organisation_number

# Försäkringskassan, Primona, Adda.
REAL = ("2021005521", "5565832374", "5568194798")


@pytest.mark.parametrize("number", [*REAL, "50501709", "8608572"])
def test_numbers_of_the_field_have_their_check_digit(number: str) -> None:
    assert luhn(number)


@pytest.mark.parametrize("number", REAL)
@pytest.mark.parametrize("written", ["{0}", "{1}-{2}", "{1}–{2}", "16{0}", "SE{0}01", "SE {0} 01", " {1} {2} "])
def test_an_organisation_number_is_known_however_it_is_written(number: str, written: str) -> None:
    text = written.format(number, number[:6], number[6:])
    assert organisation_number(text) == number
    assert check_organisation_number(text) is OrganisationNumber.VALID


@pytest.mark.parametrize("text", ["", "Exempel AB", "202100-552", "202100-55211", "20210O-5521", "٢٠٢١٠٠٥٥٢١", "202100-5521 x"])
def test_what_is_not_ten_digits_is_not_one(text: str) -> None:
    assert check_organisation_number(text) is OrganisationNumber.SHAPE


@pytest.mark.parametrize("text", ["202100-5522", "202100-5251", "556583-2373"])
def test_a_slip_of_the_finger_is_caught(text: str) -> None:
    assert check_organisation_number(text) is OrganisationNumber.CHECK_DIGIT


def test_a_sole_traders_number_is_a_personal_number() -> None:
    assert check_organisation_number("811218-9876") is OrganisationNumber.PERSONAL


@given(st.text(alphabet="0123456789", min_size=9, max_size=9))
def test_exactly_one_digit_is_the_right_one(digits: str) -> None:
    assert sum(luhn(f"{digits}{last}") for last in range(10)) == 1


@given(st.text())
def test_any_text_is_answered(text: str) -> None:
    assert check_organisation_number(text) in OrganisationNumber
    assert isinstance(luhn(text), bool)
