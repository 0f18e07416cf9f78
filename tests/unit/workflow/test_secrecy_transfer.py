"""The claims as a file for the command line or another machine, and back."""

from __future__ import annotations

import json
from pathlib import Path

from app.core.claims import AnchorState, Bidder
from app.secrecy.claimsfile import read_claims
from app.workflow.secrecy_transfer import bring, export_claims, files_of
from tests.support.bids import METHOD, PRICES, bid_desk, placed


def test_claims_go_out_and_come_back_to_the_same_places(tmp_path: Path) -> None:
    desk, _, shelf = bid_desk()
    made = desk.mark([placed(shelf, desk, METHOD, "Steg två körs om natten.")], "method", "osl-31-16", "Arbetssätt")
    desk.edit_claim(made.key, used_by="Konkurrenter", how="De gör likadant.", loss="Vårt försprång.")
    desk.edit_bidder(Bidder("Vi AB", "556000-4615"))
    target = tmp_path / "sekretess.json"
    elsewhere = export_claims(desk.claim_set(), target)
    told = json.loads(target.read_text("utf-8"))
    assert [file["id"] for file in told["files"]] == ["f1"]
    assert elsewhere is not None, "the bid does not lie below the claims file, which may name nothing outside"
    assert (elsewhere / told["files"][0]["path"]).resolve() == Path("/bud/Metod.docx").resolve()
    assert read_claims(target).claims.claims[0].how == "De gör likadant."

    other, _, others = bid_desk()
    brought = bring(target, other.bid_files, others)
    assert (brought.left, brought.bidder) == (0, Bidder("Vi AB", "556000-4615"))
    other.take_claims(brought.claims, brought.bidder)
    (claim,) = other.claims()
    assert (claim.claim.title, claim.claim.anchors[0].file, claim.places) == ("Arbetssätt", METHOD, (AnchorState.FOUND,))
    assert claim.position == made.position


def test_claims_on_files_that_are_not_in_the_bid_are_counted_and_left(tmp_path: Path) -> None:
    desk, _, shelf = bid_desk()
    desk.mark([placed(shelf, desk, METHOD, "Steg två körs om natten.")], "method", "osl-31-16")
    desk.mark([placed(shelf, desk, PRICES, "1090")], "hourly-rate", "osl-31-16")
    desk.edit_bidder(Bidder("Vi AB", "556000-4615"))
    export_claims(desk.claim_set(), tmp_path / "a.json")
    desk.remove_bid_file(PRICES)
    brought = bring(tmp_path / "a.json", desk.bid_files, shelf)
    assert (len(brought.claims), brought.left) == (1, 1)
    assert files_of(tmp_path / "a.json") == (), "files that are not there are not offered"
