from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.extraction import sentences as module
from app.extraction.sentences import sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Anbudet ska vara på svenska. Intyg får vara på engelska.", 2),
        ("Se t.ex. Bilaga 2 och 13 kap. 1 § LOU.", 1),
        ("Priset är 1.5 miljoner kr. Moms tillkommer.", 2),
        ("Anbud lämnas senast kl. 12.00 den 3 maj. Sena anbud prövas inte.", 2),
        ("Kontakta info@exempel.se vid frågor", 1),
        ("Kan ni leverera? Svara ja eller nej.", 2),
        ("Bids are due at 2:00 p.m. on May 3. Late bids are rejected.", 2),
        ("Kan ni leverera? Ja/Nej", 1),
        ("Do you hold a licence? (Yes / No) State its number.", 2),
        ("Beskriv metoden. (högst 500 ord) Ange priset.", 2),
        ("Kravet är uppfyllt. (frivilligt att lämna intyg)", 2),
        ("Prices shall be stated in Annex D. All cells are completed.", 2),
        ("Tenderers use revision B. Older forms are not read.", 2),
        ("Priserna ska anges i bilaga D. Alla celler fylls i.", 2),
        ("Annex D. Price form", 1),
        ("Motorn uppfyller Euro 6. Hytten rymmer tre.", 2),
        ("Lampan tänds när växeln läggs i. Vågen är krönt.", 2),
        ("Enligt avsnitt 4. Anbud lämnas digitalt.", 1),
        ("The contact person is A. Smith of the agency.", 1),
        ("", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@given(st.text(alphabet="abc .ÅÄö!?\n\t123()Ja/Nej", max_size=200))
def test_spans_are_in_order_and_lose_no_letter(text: str) -> None:
    spans = sentences(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    kept = sum(char.isalnum() for start, end in spans for char in text[start:end])
    assert kept == sum(char.isalnum() for char in text)


_PIECES = st.sampled_from(
    [
        *' .!?…"(1AÅa\n',
        "approx",
        "forts",
        "resp",
        "avtalet",
        "Avtalstiden",
        "bl.a",
        "kap",
        "3.2.1",
        "fr.o.m",
        "(högst 10 ord)",
        ". ",
        "? A",
    ]
)


@given(st.lists(_PIECES, max_size=14).map("".join), st.integers(0, 6), st.integers(0, 6))
def test_the_short_ways_find_the_same_sentences(text: str, start: int, cut: int) -> None:
    """Texts without a sign, and words too long for an abbreviation, are told without a search: never otherwise than with one."""
    stop = max(start, len(text) - cut)
    short = sentences(text, start, stop)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_SIGNS", ("",))
        patch.setattr(module, "_is_abbreviation", lambda ending: module._ABBREVIATION.search(ending) is not None)
        assert sentences(text, start, stop) == short
