"""Strength: each rule with claims it must speak of and claims it must leave, from its own data; and the verdicts as a whole."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from typing import Any

import pytest

from app.core.catalogue import LANGUAGES, message_file
from app.core.claims import Anchor, SecrecyClaim, Strength
from app.core.document import Box
from app.core.errors import ClaimsError
from app.core.resources import resource
from app.secrecy.catalogue import Direction, cases, source
from app.secrecy.strength import (
    BuyerKind,
    Context,
    Judgement,
    Severity,
    ShareVerdict,
    Speaks,
    buyer_kind,
    judge,
    judge_all,
    share_claimed,
)
from app.secrecy.strength_rules import CHECKS
from tests.support.claims import BIDDER, GOOD, TENDER, claim, claim_set

RULES = tomllib.loads(resource("rules", "secrecy", "strength.toml").read_text("utf-8"))["rule"]
CONTEXT = Context(bidder=BIDDER, buyer_name=TENDER.buyer)


def examples(field: str) -> list[Any]:
    return [
        pytest.param(rule["id"], given, id=f"{rule['id']}-{index}") for rule in RULES for index, given in enumerate(rule[field])
    ]


def made(changes: Mapping[str, Any], number: int) -> SecrecyClaim:
    given = dict(changes)
    anchor = given.pop("anchor", None)
    if anchor is not None:
        box = Box(*anchor["box"]) if "box" in anchor else None
        given["anchors"] = (Anchor(**{**anchor, "box": box}),)
    return claim(number=number, **given)


def judged(changes: Mapping[str, Any]) -> Judgement:
    given = dict(changes)
    others = given.pop("others", [])
    covered = {1: given.pop("covered")} if "covered" in given else {}
    texts = tuple(given.pop("public_texts", ()))
    context = Context(bidder=BIDDER, buyer_name=given.pop("buyer", TENDER.buyer), covered=covered, public_texts=texts)
    claims = [made(given, 1), *(made(other, number) for number, other in enumerate(others, 2))]
    return judge(claims[0], claims, context)


def rules_of(judgement: Judgement) -> set[str]:
    return {reason.rule for reason in judgement.reasons}


@pytest.mark.parametrize(("rule", "changes"), examples("takes"))
def test_a_rule_speaks_of_its_examples(rule: str, changes: Mapping[str, Any]) -> None:
    assert rule in rules_of(judged(changes))


@pytest.mark.parametrize(("rule", "changes"), examples("leaves"))
def test_a_rule_is_silent_on_its_near_misses(rule: str, changes: Mapping[str, Any]) -> None:
    assert rule not in rules_of(judged(changes))


def test_rules_and_checks_are_the_same_and_have_sources() -> None:
    assert [rule["id"] for rule in RULES] == sorted({rule["id"] for rule in RULES}, key=[rule["id"] for rule in RULES].index)
    assert {rule["id"] for rule in RULES} == set(CHECKS)
    for rule in RULES:
        assert rule["takes"], rule["id"]
        assert rule["leaves"], rule["id"]
        assert all(source(key) for key in rule["sources"]), rule["id"]
        assert rule["sources"], rule["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_words_whose_gaps_it_fills(language: str) -> None:
    words = message_file(language)["strength"]
    assert words.keys() == CHECKS.keys()
    for rule in RULES:
        texts = words[rule["id"]]
        assert texts["text"].endswith("."), rule["id"]
        assert not texts["short"].endswith("."), rule["id"]
        gaps = {name for text in texts.values() for _, name, _, _ in string.Formatter().parse(text) if name}
        for changes in rule["takes"]:
            reason = next(one for one in judged(changes).reasons if one.rule == rule["id"])
            assert gaps <= dict(reason.values).keys(), rule["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_words_promise_anything(language: str) -> None:
    told = " ".join(text for entry in message_file(language)["strength"].values() for text in entry.values()).lower()
    for promise in ("kommer att beviljas", "garanter", "säkert hemlig", "will be granted", "guarantee", "is secret"):
        assert promise not in told


def test_the_good_claim_is_strong_and_says_why() -> None:
    judgement = judge(GOOD, [GOOD], CONTEXT)
    assert judgement.strength is Strength.STRONG
    assert rules_of(judgement) >= {"scope.item", "harm.complete", "known.kept", "duration.fits", "ground.fits", "released.told"}
    assert {reason.severity for reason in judgement.reasons} == {Severity.PLUS, Severity.NOTE}


def test_case_law_that_goes_both_ways_comes_with_its_cases_and_never_as_a_reason_for() -> None:
    judgement = judge(GOOD, [GOOD], CONTEXT)
    varies = next(reason for reason in judgement.reasons if reason.rule == "praxis.varies")
    assert varies.speaks is Speaks.BOTH
    assert varies.cases == cases("hourly-rate")
    assert {case.direction for case in varies.cases} == {Direction.SECRET, Direction.RELEASED}
    wrong = next(reason for reason in judged({"ground": "osl-19-3-1"}).reasons if reason.rule == "ground.buyer")
    assert [case.id for case in wrong.cases] == ["kr-stockholm-film", "kr-goteborg-2023-redone"]


@pytest.mark.parametrize(
    ("changes", "strength"),
    [
        ({}, Strength.STRONG),
        ({"duration": ""}, Strength.FAIR),
        ({"duration": "", "may_be_released": ""}, Strength.FAIR),
        ({"duration": "", "may_be_released": "", "not_known_because": ""}, Strength.WEAK),
        ({"category": "cv"}, Strength.FAIR),
        ({"category": "total-price"}, Strength.WEAK),
        ({"ground": "osl-19-3-1"}, Strength.WEAK),
        ({"anchor": {"file": "metod"}}, Strength.WEAK),
        ({"anchor": {"file": "cv", "page": 1}}, Strength.FAIR),
        ({"used_by": "", "how": "", "loss": ""}, Strength.WEAK),
    ],
)
def test_obstacles_make_weak_and_weaknesses_add_up(changes: Mapping[str, Any], strength: Strength) -> None:
    assert judged(changes).strength is strength


def test_reasons_come_with_the_gravest_first() -> None:
    reasons = judged({"ground": "osl-19-3-1", "duration": "", "market": ""}).reasons
    order = [list(Severity).index(reason.severity) for reason in reasons]
    assert order == sorted(order)
    assert reasons[0].rule == "ground.buyer"


def test_all_claims_are_judged_by_number() -> None:
    claims = claim_set(
        claim(number=4), claim(number=9, category="cv", loss="Att ersätta arkitekten tar sex månader.", duration=None)
    )
    judgements = judge_all(claims)
    assert {number: judgement.strength for number, judgement in judgements.items()} == {4: Strength.STRONG, 9: Strength.FAIR}


def test_the_user_can_say_what_the_name_of_the_buyer_does_not() -> None:
    one = claim(ground="osl-31-17")
    assert "ground.company" in rules_of(judge(one, [one], CONTEXT))
    told = Context(bidder=BIDDER, buyer_name=TENDER.buyer, buyer=BuyerKind.COMPANY)
    assert "ground.company" not in rules_of(judge(one, [one], told))
    said = Context(said_public=frozenset({1}))
    assert "public.said" in rules_of(judge(GOOD, [GOOD], said))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Exempelverket", BuyerKind.AUTHORITY),
        ("Bolagsverket", BuyerKind.AUTHORITY),
        ("Exempelstads kommun", BuyerKind.AUTHORITY),
        ("Exempelstads Energi AB", BuyerKind.COMPANY),
        ("AB Exempelbostäder", BuyerKind.COMPANY),
        ("Fastighetsbolaget Exempel", BuyerKind.COMPANY),
        ("Försvarets materielverk", BuyerKind.ENTERPRISE),
        ("", BuyerKind.AUTHORITY),
    ],
)
def test_what_a_buyers_name_tells(name: str, kind: BuyerKind) -> None:
    assert buyer_kind(name) is kind


def test_an_unknown_kind_or_ground_is_an_error() -> None:
    for changes in ({"category": "gissning"}, {"ground": "gissning"}):
        with pytest.raises(ClaimsError):
            judged(changes)


def test_judging_changes_nothing_and_gives_the_same_again() -> None:
    claims = [GOOD, claim(number=2, category="cv")]
    assert judge(GOOD, claims, CONTEXT) == judge(GOOD, claims, CONTEXT)


@pytest.mark.parametrize(
    ("characters", "spans", "claimed", "verdict"),
    [
        (1000, [], 0, ShareVerdict.NOTHING),
        (1000, [(0, 90)], 90, ShareVerdict.LITTLE),
        (1000, [(0, 90), (50, 100), (50, 60)], 100, ShareVerdict.LITTLE),
        (1000, [(900, 1200), (-50, 100)], 200, ShareVerdict.LITTLE),
        (1000, [(0, 250)], 250, ShareVerdict.MUCH),
        (1000, [(500, 1000)], 500, ShareVerdict.MOST),
        (1000, [(0, 950)], 950, ShareVerdict.ALL),
        (1000, [(10, 10), (20, 5)], 0, ShareVerdict.NOTHING),
        (0, [(0, 10)], 0, ShareVerdict.NOTHING),
    ],
)
def test_how_much_is_claimed(characters: int, spans: list[tuple[int, int]], claimed: int, verdict: ShareVerdict) -> None:
    share = share_claimed(characters, spans)
    assert (share.claimed, share.verdict) == (claimed, verdict)
    assert 0 <= share.ratio <= 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_verdict_and_strength_has_words(language: str) -> None:
    words = message_file(language)
    assert words["strength_share"].keys() == {verdict.value for verdict in ShareVerdict}
    assert words["strength_names"].keys() == {strength.value for strength in Strength}
