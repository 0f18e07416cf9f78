"""Claims for the tests: a good one, and sets of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.core.claims import Anchor, Bidder, BidFile, ClaimSet, ClaimTender, SecrecyClaim

__all__ = ["BIDDER", "FILES", "GOOD", "TENDER", "claim", "claim_set"]

TENDER = ClaimTender("IT-konsulttjänster 2031", "Exempelverket", "2031/0147")
BIDDER = Bidder("Norrsken Konsult AB", "556819-4798", "Åsa Öberg, vd", "Åsa Öberg, 070-174 06 05, asa.oberg@example.se")
FILES = (
    BidFile("pris", "bid/Prisbilaga.xlsx"),
    BidFile("metod", "bid/Genomförande.docx"),
    BidFile("cv", "bid/CV lösningsarkitekt.pdf"),
)
GOOD = SecrecyClaim(
    number=1,
    anchors=(Anchor("pris", quote="1 285", page=None, sheet="Pris", cells="D8"),),
    category="hourly-rate",
    ground="osl-31-16",
    used_by="De fyra andra konsultföretagen i ramavtalets område, som lämnar anbud på samma avrop varje kvartal.",
    how="Med vårt pris per nivå kan de räkna fram vårt påslag och lägga sig strax under i nästa avrop.",
    loss="Vi skulle förlora avrop för omkring tre miljoner kronor om året och behöva sänka priset i resten av avtalet.",
    title="Timpris för nivå fem",
    not_known_because="Prislistan finns bara hos tre personer och lämnas till kunder under sekretessavtal.",
    market="Fem leverantörer, samma roller avropas varje kvartal, priset sätts roll för roll.",
    duration="P2Y",
    may_be_released="Roller, antal timmar och totalpris.",
)


def claim(**changes: Any) -> SecrecyClaim:
    """The good claim with changes."""
    return replace(GOOD, **changes)


def claim_set(*claims: SecrecyClaim, **changes: Any) -> ClaimSet:
    """A set of claims over the files of the tests."""
    made = ClaimSet(TENDER, BIDDER, FILES, claims or (GOOD,))
    return replace(made, **changes)
