"""A secret in words that others read is found however it is written, and nothing else is taken for it."""

from __future__ import annotations

import pytest

from app.core.claims import Anchor
from app.secrecy.revealing import reveals, secrets_of, without
from tests.support.claims import claim


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Priset 1285 kr", "1 285"),
        ("Priset 1\u00a0285,00", "1 285"),
        ("priset är 1285kr", "1285"),
        ("CV Anna Ek.pdf", "Anna Ek"),
        ("CV_ANNA EK", "cv_anna ek"),
        ("anna\n ek", "Anna Ek"),
        ("bid/CV_Anna-Ek_2031.pdf", "Anna Ek"),
        ("CV A\u030asa O\u0308berg.pdf", "Åsa Öberg"),
        ("CV ÅSA ÖBERG.pdf", "A\u030asa O\u0308berg"),
        ("e-post a.b@c.se.", "a.b@c.se"),
    ],
)
def test_a_secret_is_found(text: str, secret: str) -> None:
    assert reveals(text, secret)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("12850 kr", "1285"),
        ("11 285", "1 285"),
        ("Annas ekar", "Anna Ek"),
        ("två av fem", "5"),
        ("ja", "Ja"),
        ("", "1285"),
        ("a.b+c", "a-b"),
    ],
)
def test_what_only_resembles_it_is_left(text: str, secret: str) -> None:
    assert not reveals(text, secret)


def test_the_lines_of_a_long_passage_are_secrets_too() -> None:
    one = claim(anchors=(Anchor("cv", "Anna Ek\n070-174 06 05\tja"), Anchor("cv", page=2)))
    assert list(secrets_of(one)) == ["Anna Ek\n070-174 06 05\tja", "Anna Ek", "070-174 06 05"]


def test_secrets_are_replaced_the_longest_first() -> None:
    pairs = [("Anna Ek", "[1]"), ("Anna Ek, vd", "[2]")]
    assert without("Fråga Anna  Ek, vd, eller anna ek.", pairs) == "Fråga [2], eller [1]."
    assert without("Inget här: \\1 \\g<0>", [("här: \\1", "\\2")]) == "Inget \\2 \\g<0>"
