"""What the law and the courts say: complete, in both languages, with a source, and honest about what is not certain."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from app.core.errors import ClaimsError
from app.secrecy.catalogue import (
    DEFAULT_GROUND,
    Case,
    Category,
    ContractTerms,
    Direction,
    Ground,
    GroundKind,
    Step,
    Told,
    cases,
    cases_of_ground,
    categories,
    category,
    ground,
    grounds,
    source,
    steps,
)


def texts_of(entry: Ground | Category | Case | Step) -> list[Told]:
    found = [getattr(entry, name) for name in entry.__slots__]
    if isinstance(entry, Category):
        found += [getattr(entry.ask, name) for name in entry.ask.__slots__]
    return [text for text in found if isinstance(text, Told)]


@pytest.mark.parametrize("entry", [*grounds(), *categories(), *cases(), *steps()], ids=lambda entry: entry.id)
def test_every_entry_has_words_in_both_languages_and_a_source(entry: Ground | Category | Case | Step) -> None:
    assert texts_of(entry)
    for text in texts_of(entry):
        assert text("sv").strip() == text.sv != ""
        assert text("en").strip() == text.en != ""
    assert entry.sources
    assert all(source(key) for key in entry.sources)


def test_ids_are_unique() -> None:
    for entries in (grounds(), categories(), cases(), steps()):
        assert max(Counter(entry.id for entry in entries).values()) == 1


def test_the_default_ground_comes_first() -> None:
    first = grounds()[0]
    assert first.id == DEFAULT_GROUND
    assert first.kind is GroundKind.BIDDER
    assert first.checked
    assert "31 kap. 16 §" in first.paragraph("sv")
    assert (first.longest, first.contract_terms, first.enterprise_terms) == ("P20Y", "P2Y", "P5Y")
    assert "av särskild anledning" in first.test("sv")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("osl-19-3-1", GroundKind.BUYER),
        ("osl-19-3-2", GroundKind.BUYER),
        ("osl-19-1", GroundKind.BUYER),
        ("osl-21-1", GroundKind.PERSON),
        ("osl-18-8", GroundKind.SECURITY),
        ("lou-12-20", GroundKind.NONE),
        ("lag-2018-558-2", GroundKind.NONE),
    ],
)
def test_what_is_not_the_bidders_ground_is_told_from_what_is(name: str, kind: GroundKind) -> None:
    assert ground(name).kind is kind
    assert not ground(name).is_for("unit-price")


def test_hints_are_not_law() -> None:
    hints = {one.id for one in grounds() if not one.checked}
    assert hints == {"osl-21-7", "osl-18-8", "osl-18-13", "osl-15-2"}
    assert all("own" in ground(name).sources for name in hints)
    assert all(one.longest is None for one in grounds() if not one.checked)


def test_a_ground_knows_what_it_fits() -> None:
    assert ground("osl-31-16").is_for("unit-price")
    assert not ground("osl-31-16").is_for("personal-data")
    assert ground("osl-21-1").is_for("cv")
    assert not ground("osl-21-1").is_for("hourly-rate")
    assert not any(ground("osl-31-23").is_for(kind.id) for kind in categories())


def test_a_category_proposes_grounds_that_fit_it() -> None:
    for kind in categories():
        assert kind.grounds
        assert [name for name in kind.grounds if not ground(name).is_for(kind.id)] == []
    named = {name for one in grounds() for name in (*one.fits, *(one.fits_all_but or ()))}
    assert named <= {kind.id for kind in categories()}


def test_the_kinds_of_the_claims_files_description_exist() -> None:
    for name in ("unit-price", "reference", "cv", "method", "technical-solution", "subcontractor", "personal-data", "customer"):
        assert category(name).id == name


def test_templates_ask_and_do_not_fill_in() -> None:
    for kind in categories():
        for name in kind.ask.__slots__:
            question: Told = getattr(kind.ask, name)
            assert "?" in question("sv"), f"{kind.id}.{name}"
            assert "?" in question("en"), f"{kind.id}.{name}"


def test_prices_become_contract_terms_and_references_do_not() -> None:
    assert category("unit-price").contract_terms is ContractTerms.YES
    assert category("hourly-rate").contract_terms is ContractTerms.YES
    assert category("reference").contract_terms is ContractTerms.NO
    assert category("total-price").normally_public
    assert [kind.id for kind in categories() if kind.normally_public] == ["total-price"]


def test_all_fifteen_rules_of_case_law_are_there() -> None:
    assert len(cases()) == 15
    known = {kind.id for kind in categories()}
    assert all(set(case.categories) <= known for case in cases())
    assert all(case.date is None or re.fullmatch(r"\d{4}(-\d\d-\d\d)?", case.date) for case in cases())


def test_unit_prices_and_cvs_go_both_ways() -> None:
    ways = {case.direction for case in cases("unit-price")}
    assert {Direction.SECRET, Direction.RELEASED} <= ways
    assert {case.cite for case in cases("cv")} >= {"KR Göteborg 129-13"}


def test_a_case_without_a_number_says_so() -> None:
    for case in cases():
        if case.number is None:
            assert case.uncertain is not None
    assert {case.id for case in cases_of_ground("osl-19-3-1")} == {"kr-stockholm-film", "kr-goteborg-2023-redone"}


def test_an_unknown_id_is_an_error_with_a_code() -> None:
    with pytest.raises(ClaimsError) as told:
        ground("osl-99-9")
    assert told.value.finding().code == "claims.unknown_ground"
    assert dict(told.value.values) == {"id": "osl-99-9"}
    for asked in (category, cases):
        with pytest.raises(ClaimsError) as told:
            asked("gissning")
        assert told.value.finding().code == "claims.unknown_category"


def test_how_secrecy_works_is_told_in_order_and_promises_nothing() -> None:
    assert [step.id for step in steps()] == ["tender", "request", "award", "asked", "consulted", "refused", "duration"]
    first = steps()[0]
    assert first.paragraph is not None
    assert "19 kap. 3 § andra stycket" in first.paragraph("sv")
    assert "inte lova" in steps()[1].text("sv")
