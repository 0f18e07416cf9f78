"""Words of a passage, however it is set."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.checklist.identity import Identities, _spoken, text_key


@given(st.text(st.sampled_from("aÅ1_ \t\n\u00a0.,–-()/é\u0301²")))
def test_only_words_are_left(text: str) -> None:
    assert _spoken(text) == re.sub(r"[\W_]+", " ", text).strip()


@pytest.mark.parametrize("text", ["3.2 Anbudet ska undertecknas", "• anbudet ska\nundertecknas", "a) Anbudet (ska) undertecknas"])
def test_numbers_bullets_and_signs_have_no_part(text: str) -> None:
    assert text_key(text) == "anbudet ska undertecknas"


def test_a_number_alone_is_kept() -> None:
    assert text_key("3.2 17") == "3 2 17"


def test_identities_follow_document_words_and_titles() -> None:
    one = Identities().give("Krav.pdf", "Anbudet ska undertecknas", ("3 Krav", "3.1 Form"))
    assert Identities().give("Krav_rev2.pdf", "anbudet ska undertecknas.", ("4 Krav", "4.2 Form")) == one
    assert Identities().give("Krav.pdf", "Anbudet ska undertecknas", ("3 Krav",)) != one
    assert Identities().give("Krav.pdf", "Anbudet ska undertecknas", ("3 Krav 3.1 Form",)) != one
    again = Identities()
    assert again.give("Krav.pdf", "Anbudet ska undertecknas", ("3 Krav", "3.1 Form")) == one
    assert again.give("Krav.pdf", "Anbudet ska undertecknas", ("3 Krav", "3.1 Form")) != one
