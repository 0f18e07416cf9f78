from __future__ import annotations

import pytest

from app.extraction.parties import Actor, find_parties
from tests.support.documents import document

BUYER_DOCUMENT = document(
    [
        "Fjällverket förbehåller sig rätten att avbryta.",
        "Fjällverket kommer att teckna avtal med en leverantör.",
    ]
)


@pytest.mark.parametrize(
    ("sentence", "verb", "actor"),
    [
        ("Anbudsgivaren ska bifoga ett intyg", "ska", Actor.BIDDER),
        ("Myndigheten ska fatta beslut", "ska", Actor.BUYER),
        ("Om anbudet är oklart ska myndigheten begära förtydligande", "ska", Actor.BUYER),
        ("På myndighetens begäran ska leverantören visa intyg", "ska", Actor.BIDDER),
        ("Kommunens krav ska uppfyllas", "ska", Actor.OTHER),
        ("Vid avrop ställs krav på att leverantören ska vara oberoende", "ska", Actor.BIDDER),
        ("Fjällverket ska betala inom 30 dagar", "ska", Actor.BUYER),
        ("Avtalet ska gälla i två år", "ska", Actor.AGREEMENT),
        ("The authority shall evaluate the tenders", "shall", Actor.BUYER),
        ("Bidders must sign the form", "must", Actor.BIDDER),
        ("Lokalen ska vara ljus", "ska", Actor.OTHER),
    ],
)
def test_who_acts(sentence: str, verb: str, actor: Actor) -> None:
    start = f" {sentence} ".index(f" {verb} ")
    assert find_parties(BUYER_DOCUMENT).actor(sentence, start, start + len(verb)) is actor


def test_names_are_learnt_only_from_acting_as_the_buyer_does() -> None:
    parties = find_parties(document(["Nordbolaget ska leverera.", "Nordbolaget lämnar anbud."]))
    assert parties.buyer.search("Nordbolaget ska") is None
