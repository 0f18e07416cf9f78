"""The secret text is in no format of the annex, in no part of its file, unless the user asked for it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from app.core.claims import Anchor, BidFile, ClaimSet
from app.secrecy.revealing import reveals, secrets_of
from app.workflow.annex import annex_of, doubts
from tests.support.annexes import DAY, FORMATS, SEVERAL, everything_in, written
from tests.support.claims import claim, claim_set

SECRETS = (
    "1 285",
    "Zäta Quist-Örn",
    "kvartsvis förskjuten nattkörning\nmed reservbana Ypsilon",
    "zq.orn@hemlig.example",
    "73 915,50",
)


def guarded(**changes: object) -> ClaimSet:
    """Claims whose words, title and file's name tell their own secrets and one another's."""
    anchors = [(Anchor("cv", secret, "före 1", "efter 1", page=1, sheet="Kund zq.orn@hemlig.example"),) for secret in SECRETS]
    claims = [claim(number=number, anchors=anchor, **changes) for number, anchor in enumerate(anchors, 1)]
    claims[0] = replace(
        claims[0], loss="Om priset 1\u00a0285 kr blir känt, och att ZÄTA  QUIST-ÖRN ansvarar, förlorar vi avropet."
    )
    claims[1] = replace(claims[1], title="Namnet Zäta Quist-Örn", note="zq.orn@hemlig.example")
    claims[2] = replace(claims[2], how="De kan köra med reservbana Ypsilon själva.", market="Priset 73 915,50 är känt av tre.")
    return claim_set(*claims, files=(BidFile("cv", "bid/CV_Zäta_Quist-Örn.pdf"),))


def leaked(content: bytes, secret: str) -> bool:
    text = everything_in(content)
    pieces = [piece for piece in re.split(r"[\s,]+", secret) if len(piece) > 5]
    return reveals(text, secret) or any(piece in text for piece in pieces)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("form", FORMATS)
def test_no_secret_is_in_the_annex(form: str, language: str) -> None:
    content = written(form, guarded(), language)
    assert [secret for secret in SECRETS if leaked(content, secret)] == []
    assert ("[uppgift 1]" if language == "sv" else "[item 1]") in everything_in(content).replace("\u00a0", " ")


@pytest.mark.parametrize("form", FORMATS)
def test_the_search_finds_what_is_there(form: str) -> None:
    """The same search over an annex that repeats its secrets because it was asked to."""
    content = written(form, guarded(quote_in_annex=True))
    missed = [secret for secret in SECRETS if not leaked(content, secret)]
    assert missed == []


@pytest.mark.parametrize("form", FORMATS)
def test_one_claim_may_be_repeated_and_the_others_not(form: str) -> None:
    claims = guarded()
    asked = replace(claims.claims[4], quote_in_annex=True)
    content = written(form, replace(claims, claims=(*claims.claims[:4], asked)))
    assert leaked(content, SECRETS[4])
    assert [secret for secret in SECRETS[:4] if leaked(content, secret)] == []


@pytest.mark.parametrize("form", FORMATS)
def test_a_repeated_passage_does_not_tell_what_another_claim_keeps(form: str) -> None:
    row = claim(anchors=(Anchor("pris", "Lösningsarkitekt 1 285 kr", sheet="Pris", cells="B8:D8"),), quote_in_annex=True)
    price = claim(number=2, anchors=(Anchor("pris", "1 285", sheet="Pris", cells="D8"),))
    text = everything_in(written(form, claim_set(row, price))).replace("\u00a0", " ")
    assert not reveals(text, "1 285")
    assert "Lösningsarkitekt" in text
    alike = replace(price, anchors=(replace(price.anchors[0], quote="Lösningsarkitekt 1 285 kr"),))
    assert reveals(everything_in(written(form, claim_set(row, alike))), "Lösningsarkitekt 1 285 kr")


@pytest.mark.parametrize("form", FORMATS)
def test_context_notes_and_paths_stay_at_home(form: str) -> None:
    claims = claim_set(
        claim(anchors=(Anchor("pris", "1 285", "ordet framför", "ordet bakom", sheet="Pris"),), note="bara för oss")
    )
    text = everything_in(written(form, claims))
    for kept in ("ordet framför", "ordet bakom", "bara för oss", "bid/Prisbilaga"):
        assert kept not in text


def test_the_user_is_told_where_words_or_names_tell_a_secret() -> None:
    claims = guarded()
    told = {(one.code, dict(one.values)["number"]) for one in doubts(claims, annex_of(claims, "sv", DAY))}
    assert {("annex.secret_in_words", "1"), ("annex.secret_in_words", "2"), ("annex.secret_in_words", "3")} <= told
    assert ("annex.secret_in_name", "2, 4") in told
    assert not any(secret in str(doubts(claims, annex_of(claims, "sv", DAY))) for secret in secrets_of(claims.claims[1]))


def test_a_claim_on_what_the_annex_must_say_is_told() -> None:
    claims = claim_set(claim(anchors=(Anchor("cv", "Norrsken Konsult AB", page=1),)))
    (doubt,) = doubts(claims, annex_of(claims, "sv", DAY))
    assert (doubt.code, dict(doubt.values)["field"]) == ("annex.secret_in_facts", "bidder")


def test_a_place_that_nobody_can_find_is_told() -> None:
    told = [(one.code, dict(one.values)["number"]) for one in doubts(SEVERAL, annex_of(SEVERAL, "sv", DAY))]
    assert told == [("annex.vague_place", "4")]
