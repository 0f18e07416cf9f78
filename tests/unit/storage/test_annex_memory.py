"""That an annex was written, and whether it still is right, is known again when the tender is opened the next time."""

from __future__ import annotations

from dataclasses import replace

from app.storage.vault import Vault
from app.workflow.desk import Desk
from app.workflow.desk_state import records_of
from app.workflow.secrecy_desk import Placed
from app.workflow.writer import SerialWriter
from tests.support.vaults import OTHER, TENDER, Home, bid_file, claim, tender


def opened(vault: Vault, key: str = TENDER) -> Desk:
    return Desk(records_of(key, vault), vault, SerialWriter())


def test_what_an_annex_said_is_known_after_another_tender_was_open(home: Home, vault: Vault) -> None:
    first = vault
    marked = claim(1, bid_file(1))
    first.write(TENDER, "create", [tender(), bid_file(1), marked])
    first.write(OTHER, "create", [tender(OTHER)])
    desk = opened(first)
    desk.annex_written()
    written = desk.tender.secrecy.exported
    assert written is not None
    assert not opened(first, OTHER).annex_stale
    again = opened(first)
    assert (again.tender.secrecy.exported, again.annex_stale) == (written, False)
    first.close()
    second = home.open()
    later = opened(second)
    assert (later.tender.secrecy.exported, later.annex_stale) == (written, False)
    later.edit_claim(marked.key, loss="Priset pressas i nästa avrop.")
    assert later.annex_stale
    fresh = opened(second)
    assert fresh.annex_stale
    changed = [record for record in fresh.claims() if record.exported is not None]
    assert [record.key for record in changed] == [marked.key]


def test_an_annex_that_is_written_while_another_tender_is_open_is_remembered_too(vault: Vault) -> None:
    store = vault
    store.write(TENDER, "create", [tender(), bid_file(1), claim(1, bid_file(1))])
    store.write(OTHER, "create", [tender(OTHER)])
    desk = opened(store)
    order = desk.claim_set()
    other = opened(store, OTHER)
    desk.mark([Placed(replace(desk.claims()[0].claim.anchors[0], quote="vår metod"))], "method", "osl-31-16")
    desk.annex_written(order)
    assert not other.annex_stale
    assert opened(store).annex_stale, "a claim came after the annex was made"
