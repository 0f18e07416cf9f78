"""What the page knows of the files: where marks are painted, how that is said, how much is claimed."""

from __future__ import annotations

from app.core.document import Place
from app.core.work import ClaimState
from app.workflow.insight import Insights
from app.workflow.marks import Selection, selected
from app.workflow.proposals import proposals
from tests.support.bids import METHOD, PRICES, bid_desk, placed


def test_marks_are_told_where_they_stand() -> None:
    desk, _, shelf = bid_desk()
    text = desk.mark([placed(shelf, desk, METHOD, "Steg två körs om natten.")], "method", "osl-31-16")
    cells = selected(shelf.finder(desk.bid_file(PRICES)), Selection(PRICES, "1285", Place(sheet="Pris"), "C2:C3"))
    assert cells is not None
    price = desk.mark([cells], "hourly-rate", "osl-31-16")
    known = Insights(shelf).of(desk.bid_files, desk.claims())
    (where,) = known.where[text.key]
    assert (where.section, where.heading, where.paragraph) == ("2.3", "Metod", 2)
    (where,) = known.where[price.key]
    assert (where.sheet, where.cells) == ("Pris", "C2:C3")
    ((painted,),) = known.marks[price.key]
    assert (painted.file, painted.place.sheet, painted.place.cell) == (PRICES, "Pris", "C2:C3")
    ((painted,),) = known.marks[text.key]
    assert painted.quote == "Steg två körs om natten."


def test_the_share_counts_every_character_once_and_withdrawn_ones_never() -> None:
    desk, _, shelf = bid_desk()
    one = desk.mark([placed(shelf, desk, METHOD, "Steg två körs om natten.")], "method", "osl-31-16")
    insights = Insights(shelf)
    alone = insights.of(desk.bid_files, desk.claims())
    assert 0 < alone.shares[METHOD] < 0.5
    assert alone.shares[PRICES] == 0
    assert alone.share < alone.shares[METHOD]
    assert alone.covered[one.key] == alone.shares[METHOD]
    desk.mark([placed(shelf, desk, METHOD, "körs om natten")], "method", "osl-31-16")
    assert insights.of(desk.bid_files, desk.claims()).shares == alone.shares, "a part of what is claimed already adds nothing"
    desk.set_claim_state([record.key for record in desk.claims()], ClaimState.WITHDRAWN)
    assert insights.of(desk.bid_files, desk.claims()).share == 0


def test_proposals_keep_their_names_so_that_one_turned_down_stays_so() -> None:
    desk, _, shelf = bid_desk()
    first = proposals(shelf, desk.bid_files)
    assert first
    assert any(one.suggestion.file == PRICES for one in first), "hourly rates in a price sheet"
    assert [one.id for one in proposals(shelf, desk.bid_files)] == [one.id for one in first]
    assert len({one.id for one in first}) == len(first)
