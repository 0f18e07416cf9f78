"""Counts and search over all tenders."""

from __future__ import annotations

import random
from dataclasses import fields, replace

from app.core.document import Finding
from app.core.points import PointKind
from app.core.work import ItemState, WorkItem
from app.storage.questions import KindCount
from app.storage.vault import Vault
from app.workflow.readiness import Readiness, readiness
from tests.support.vaults import OTHER, TENDER, document, filled, item, tender


def varied(count: int, of: str, seed: int) -> list[WorkItem]:
    chance = random.Random(seed)
    return [
        item(
            number,
            tender=of,
            kind=chance.choice(list(PointKind)),
            must=chance.random() < 0.6,
            state=chance.choice(list(ItemState)),
            reviewed=chance.random() < 0.5,
            replaced=chance.random() < 0.1,
            withdrawn=chance.random() < 0.1,
            owner=chance.choice([None, "Åsa", "eva", "Per\x00"]),
            due=chance.choice([None, "2026-12-24", "2026-12-01"]),
        )
        for number in range(1, count)
    ]


def test_the_overview_counts_as_an_open_tender_does(vault: Vault) -> None:
    papers = [
        document(1, tender=OTHER, acknowledged=(3,)),
        document(2, tender=OTHER),
        replace(document(3, tender=OTHER), summary=replace(document(3).summary, error=Finding("file.corrupt", "a.pdf"))),
    ]
    items = {TENDER: varied(400, TENDER, 1), OTHER: varied(300, OTHER, 2)}
    vault.write(OTHER, "create", [tender(OTHER), *items[OTHER], *papers])
    vault.write(TENDER, "create", [tender(), *items[TENDER]])
    found = {counts.tender: counts for counts in vault.overview()}
    assert [counts.tender for counts in vault.overview()] == [record.key for record in vault.tenders()]
    for key, counts in found.items():
        wanted = readiness(items[key], papers if key == OTHER else [])
        assert {field.name: getattr(counts, field.name) for field in fields(Readiness)} == {
            field.name: getattr(wanted, field.name) for field in fields(Readiness)
        }
        assert (counts.missing, counts.share) == (wanted.missing, wanted.share)
    listed = [one for one in items[TENDER] if not one.replaced and not one.withdrawn]
    assert found[TENDER].rejected == sum(one.state is ItemState.REJECTED for one in listed)
    assert found[TENDER].next_due == "2026-12-01"
    for kind in found[TENDER].kinds:
        these = [one for one in listed if one.item.kind is kind.kind and one.state is not ItemState.REJECTED]
        assert kind == KindCount(kind.kind, len(these), sum(one.state is ItemState.DONE for one in these))
    assert (found[OTHER].documents, found[OTHER].unread_pages, found[OTHER].unread_documents) == (3, 5, 1)


def test_a_withdrawn_item_is_not_counted_and_comes_back_as_it_was(vault: Vault) -> None:
    vault.write(TENDER, "create", [tender(), item(1), *(gone := [item(2, withdrawn=True), item(3, replaced=True)])])
    (counts,) = vault.overview()
    assert (counts.total, counts.missing) == (1, 1)
    assert {one.key: one for one in vault.items(TENDER)} == {one.key: one for one in (item(1), *gone)}
    assert len(vault.search("driftsäkerhet")) == 2  # what was answered is still found; what was split stands in its parts


def test_an_empty_tender_is_in_the_overview(vault: Vault) -> None:
    vault.add_tender(tender())
    (counts,) = vault.overview()
    assert (counts.tender, counts.total, counts.share, counts.owners) == (TENDER, 0, 0.0, ())


def test_search_needs_every_word_and_minds_no_case(vault: Vault) -> None:
    items = filled(vault, 40)
    vault.write(OTHER, "create", [tender(OTHER), replace(item(7, tender=OTHER), answer="JOUR ÅRET om", note="100 % _säkert\\")])
    for words, count in (
        ("krav 17 driftsäkerhet", 1),
        ("AVTALSTIDEN", 41),
        ("avtalstiden krav 4", 5),  # 4, 14, 24, 34, 40: parts of words count
        ("jour året", 1),
        ("jour A\u030aRET", 1),
        ("jour aret", 0),
        ("100 %", 1),
        ("_säkert\\", 1),
        ("%", 1),
        ("finns inte", 0),
        ("", 0),
        ("  ", 0),
    ):
        assert len(vault.search(words)) == count, words
    hit = vault.search("3.17 krav")[0]
    assert (hit.tender, hit.item, hit.kind, hit.number, hit.text) == (
        TENDER,
        items[16].key,
        PointKind.QUESTION,
        "3.17",
        items[16].item.text,
    )
    assert [found.item for found in vault.search("avtalstiden", 7)] == [one.key for one in items[:7]]


def test_search_follows_every_change(vault: Vault) -> None:
    (one, *_) = filled(vault)
    vault.write(TENDER, "answer", [replace(one, answer="Reservkraftverk")])
    assert len(vault.search("reservkraft")) == 1
    vault.undo(TENDER)
    assert vault.search("reservkraft") == ()
    vault.redo(TENDER)
    assert len(vault.search("reservkraft")) == 1
    vault.write(TENDER, "split", [replace(one, answer="Reservkraftverk", replaced=True)])
    assert vault.search("reservkraft") == ()
    vault.undo(TENDER)
    vault.write(TENDER, "remove", [], [one.key])
    assert vault.search("reservkraft") == ()
