"""A part of a secret in the words of a request: a name or a figure is told, an ordinary word is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.core.claims import Anchor
from app.secrecy.hinting import PartTold, names_in, parts_told
from app.workflow.annex import Spot, annex_of, doubts
from tests.support.annexes import DAY
from tests.support.claims import TENDER, claim, claim_set

FIELDS = ("title", "how", "may_be_released")


def told(quote: str, **words: str) -> list[PartTold]:
    blank = {"title": "Uppgift", "how": "", "may_be_released": ""}
    return list(parts_told(claim_set(claim(anchors=(Anchor("cv", quote, page=1),), **{**blank, **words})), FIELDS))


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("Karlsson Bygg", "att kunden Karlsson finns"),
        ("Karlsson Bygg", "Vi nämner gärna Karlssons ort."),
        ("Systemutvecklare Anna Öhrn", "Öhrn har arbetat hos oss länge"),
        ("Lösningsarkitekt 1 285 kr", "att priset 1285 gäller"),
        ("Lösningsarkitekt 1285,00 kr", "att priset 1 285 gäller"),
        ("Vi byter under natten varje server i den ordning som Zäta har prövat.", "Metoden kommer från Zäta-projektet."),
    ],
)
def test_a_name_or_a_figure_out_of_a_quote_is_told(quote: str, words: str) -> None:
    assert told(quote, may_be_released=words) == [PartTold(1, (1,), ("may_be_released",))]


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("Karlsson Bygg", "Vår gren är bygg. Bygg är allt vi gör."),
        ("Lösningsarkitekt 1 285 kr", "att rollen Lösningsarkitekt finns, från 2031"),
        ("Systemutvecklare Anna Ek", "titeln Systemutvecklare"),
        ("Anna Ek, Developer", "the role of Developer"),
        ("Projekt Falken", "Projekt som detta är vanliga."),
        ("Avtal från 2029 med Nordvik", "avtalet löper från 2029"),
        ("Vi byter under natten varje server. Ordningen är ny och prövad av oss.", "Ordningen kan inte lämnas ut."),
        ("Karlsson Bygg", "att kunden Karlsson Bygg finns"),
    ],
)
def test_ordinary_words_roles_and_years_are_not_told(quote: str, words: str) -> None:
    assert told(quote, may_be_released=words) == []


def test_what_stands_at_the_top_of_the_annex_anyway_is_not_told() -> None:
    quoted = claim(anchors=(Anchor("cv", "Kunden är Mörkby kommun", page=1),), may_be_released="att Mörkby är kund")
    assert list(parts_told(claim_set(quoted, tender=replace(TENDER, buyer="Storstad")), FIELDS)) == [
        PartTold(1, (1,), ("may_be_released",))
    ]
    assert list(parts_told(claim_set(quoted, tender=replace(TENDER, buyer="Mörkby kommun")), FIELDS)) == []


def test_a_quote_that_the_annex_repeats_has_no_parts_to_keep() -> None:
    quoted = claim(anchors=(Anchor("cv", "Karlsson Bygg", page=1),), may_be_released="att kunden Karlsson finns")
    assert list(parts_told(claim_set(replace(quoted, quote_in_annex=True)), FIELDS)) == []


def test_the_user_is_told_of_claim_and_field_and_not_of_the_secret() -> None:
    claims = claim_set(
        claim(number=1, anchors=(Anchor("cv", "Karlsson Bygg", page=1),)),
        claim(number=2, anchors=(Anchor("cv", page=2),), may_be_released="att kunden Karlsson finns"),
    )
    (doubt,) = doubts(claims, annex_of(claims, "sv", DAY))
    assert doubt.code == "annex.part_in_words"
    assert dict(doubt.values) == {"number": "2", "of": "1", "fields": "may_be_released"}


def test_a_heading_that_tells_a_part_of_the_name_below_it_is_told_as_the_place() -> None:
    claims = claim_set(claim(number=1, anchors=(Anchor("cv", "Hamnverket Öst", page=1),)))
    (doubt,) = doubts(claims, annex_of(claims, "sv", DAY, {(1, 0): Spot(1, "Arbetet hos Hamnverket", 0)}))
    assert dict(doubt.values) == {"number": "1", "of": "1", "fields": "place"}
    assert not doubts(claims, annex_of(claims, "sv", DAY, {(1, 0): Spot(1, "Uppdrag 1: Hamnverket Öst", 0)})), "it has a mark"
    assert not doubts(claims, annex_of(claims, "sv", DAY, {(1, 0): Spot(1, "Uppdrag 1", 0)}))


def test_a_name_is_a_capital_that_its_place_does_not_call_for() -> None:
    assert names_in("Vi kör Zäta. Sedan Nordvik\nOch\tDessa") == {"Zäta", "Nordvik"}
