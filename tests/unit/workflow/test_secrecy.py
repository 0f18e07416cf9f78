"""What a judgement says, in words."""

from __future__ import annotations

import pytest

from app.core.catalogue import LANGUAGES
from app.secrecy.strength import Context, judge, share_claimed
from app.workflow.secrecy import reason_words, share_words
from tests.support.claims import BIDDER, TENDER, claim

CONTEXT = Context(bidder=BIDDER, buyer_name=TENDER.buyer)


def told(language: str = "sv", **changes: object) -> dict[str, str]:
    one = claim(**changes)
    return {reason.rule: reason_words(reason, language).text for reason in judge(one, [one], CONTEXT).reasons}


def test_paragraphs_durations_and_fields_are_in_words() -> None:
    assert told(ground="osl-19-3-1")["ground.buyer"].startswith("19 kap. 3 § första stycket OSL skyddar det allmänna, inte er.")
    assert "i högst 2 år från det att avtalet slöts (31 kap. 16 § OSL)" in told(duration="P5Y")["duration.contract"]
    assert "(hur, skada)" in told(how="Kopierar", loss="Mycket")["harm.thin"]
    assert "Chapter 31, Section 16 OSL" in told("en", duration="P30Y")["duration.long"]
    assert "20 years" in told("en", duration="P30Y")["duration.long"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_gap_is_left_open(language: str) -> None:
    for changes in ({}, {"ground": "osl-21-1"}, {"ground": "lou-12-20"}, {"duration": "P50Y", "how": "x"}, {"loss": "1285"}):
        assert not [text for text in told(language, **changes).values() if "?" in text or "{" in text]


def test_a_share_is_told_in_whole_percent_and_never_as_nothing() -> None:
    assert share_words(share_claimed(1000, [(0, 90)]), "sv") == "9 % av texten begärs hemlig."
    assert share_words(share_claimed(10_000, [(0, 3)]), "sv") == "1 % av texten begärs hemlig."
    assert share_words(share_claimed(1000, []), "en") == "None of the text is claimed."
    assert "brukar inte räcka" in share_words(share_claimed(100, [(0, 99)]), "sv")
