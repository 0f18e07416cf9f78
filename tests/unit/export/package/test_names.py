"""Names that every system and the portal take."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.packaging import PortalProfile
from app.export.package.names import alike, fitted, natural, split_name
from app.export.package.profiles import profile_named
from tests.support.packages import OPEN

KOMMERS = profile_named("kommers")
KNOWN = PortalProfile("strict", "Sträng", ascii_names=True, name_length=30)


@pytest.mark.parametrize(
    ("wished", "name"),
    [
        ("Bilaga 3 – Årsredovisning för 2025.pdf", "Bilaga 3 - Arsredovisning for 2025.pdf"),
        (normalize("NFD", "Försäkringsbevis.pdf"), "Forsakringsbevis.pdf"),
        ("Straße Øresund Łódź.docx", "Strasse Oresund Lodz.docx"),
        ("Offert ”slutlig”.pdf", "Offert slutlig.pdf"),
        ("日本.pdf", "_.pdf"),
    ],
)
def test_swedish_letters_become_plain_ones(wished: str, name: str) -> None:
    made = fitted(wished, KOMMERS)
    assert made.name == name if wished != "日本.pdf" else made.name == "fil.pdf"
    assert "letters" in made.reasons


def test_a_name_that_fits_is_left_alone() -> None:
    assert fitted("4.1 CV Losningsarkitekt.docx", KOMMERS).name == "4.1 CV Losningsarkitekt.docx"
    assert not fitted("4.1 CV Losningsarkitekt.docx", KOMMERS).reasons
    assert fitted("Årsredovisning.pdf", OPEN).name == "Årsredovisning.pdf"


@pytest.mark.parametrize(
    ("wished", "name"),
    [
        ("con.pdf", "con_.pdf"),
        ("AUX", "AUX_"),
        ("Lpt1.txt.pdf", "Lpt1_.txt.pdf"),
        ("COM¹.pdf", "COM¹_.pdf"),
        ("nul .pdf", "nul_.pdf"),
        ("console.pdf", "console.pdf"),
        ("COM10.pdf", "COM10.pdf"),
    ],
)
def test_names_that_windows_keeps_for_itself(wished: str, name: str) -> None:
    assert fitted(wished, OPEN).name == name


@pytest.mark.parametrize(
    ("wished", "name"),
    [
        ('a<b>c:d"e/f\\g|h?i*j.pdf', "a-b-c-d-e-f-g-h-i-j.pdf"),
        ("rad\nbrytning.pdf", "rad-brytning.pdf"),
        ("bak\u202efdp.exe", "bakfdp.exe"),
        ("slut...", "slut"),
        ("  blank .pdf", "blank.pdf"),
        ("...", "fil"),
        ("", "fil"),
        (".pdf", ".pdf"),
    ],
)
def test_what_no_file_name_may_hold(wished: str, name: str) -> None:
    assert fitted(wished, OPEN).name == name


def test_a_long_name_keeps_its_ending() -> None:
    made = fitted("Beskrivning av " + "mycket " * 30 + "slut.pdf", KOMMERS, prefix="01_")
    assert len(made.name) <= 80
    assert made.name.startswith("01_Beskrivning av mycket")
    assert made.name.endswith(".pdf")
    assert "length" in made.reasons
    assert fitted("x" * 76 + ".pdf", KOMMERS).name == "x" * 76 + ".pdf"
    assert len(fitted("x" * 77 + ".pdf", KOMMERS).name) == 80


def test_long_names_fit_the_file_system_in_bytes() -> None:
    assert len(fitted("\u6f22" * 300 + ".pdf", OPEN).name.encode()) <= 240


def test_a_name_that_is_taken_gets_a_number_also_when_only_case_or_form_differ() -> None:
    taken = {alike("Årsredovisning.pdf")}
    for wished in ("ÅRSREDOVISNING.PDF", normalize("NFD", "årsredovisning.pdf"), "Årsredovisning.pdf"):
        made = fitted(wished, OPEN, taken)
        assert "taken" in made.reasons
        assert alike(made.name) not in taken
    taken.add(alike("Årsredovisning_2.pdf"))
    assert fitted("Årsredovisning.pdf", OPEN, taken).name == "Årsredovisning_3.pdf"


def test_a_number_fits_within_the_length() -> None:
    taken = {alike("x" * 26 + ".pdf")}
    made = fitted("x" * 40 + ".pdf", KNOWN, taken)
    assert made.name == "x" * 24 + "_2.pdf"


def test_what_the_buyer_prescribes_goes_before_our_guesses_but_not_before_known_limits() -> None:
    wished = "Bilaga 7 – Intyg från försäkringsgivaren om ansvar och egendom för hela avtalstiden och därefter.pdf"
    assert fitted(wished, KOMMERS, fixed=True).name == wished
    strict = fitted(wished, KNOWN, fixed=True).name
    assert strict.isascii()
    assert len(strict) <= 30


def test_numbers_sort_as_people_count() -> None:
    assert sorted(["Bilaga 10", "bilaga 2", "Bilaga 1"], key=natural) == ["Bilaga 1", "bilaga 2", "Bilaga 10"]


def test_a_section_number_is_no_ending() -> None:
    assert split_name("4.1 CV") == ("4.1 CV", "")
    assert split_name("4.1 CV.docx") == ("4.1 CV", ".docx")


@settings(deadline=None)
@given(st.text(max_size=150), st.sampled_from([OPEN, KOMMERS, KNOWN]), st.booleans())
def test_whatever_is_wished_for_the_name_can_be_used(wished: str, profile: PortalProfile, fixed: bool) -> None:
    made = fitted(wished, profile, fixed=fixed).name
    assert made
    assert not set(made) & set('<>:"/\\|?*\x00\n\r\t')
    assert made == made.strip(" ")
    assert not made.endswith(".")
    assert made not in (".", "..")
    if profile.ascii_names and not (fixed and "ascii_names" in profile.own):
        assert made.isascii()
    if profile.name_length and not (fixed and "name_length" in profile.own):
        assert len(made) <= profile.name_length
    assert fitted(made, profile, fixed=fixed).name == made
