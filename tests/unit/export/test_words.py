"""The words of exported documents: both languages say the same things."""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from app.core.checklist import Checklist, Tender
from app.core.document import AnswerType, DocumentKind
from app.core.points import PointKind
from app.core.resources import resource
from app.export.view import View
from app.export.words import LANGUAGES, words_in
from tests.support.checklists import checklist, described


def template(language: str) -> dict[str, Any]:
    return tomllib.loads(resource("templates", f"export.{language}.toml").read_text("utf-8"))


def leaves(table: dict[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


def values(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_have_the_same_keys_and_values() -> None:
    swedish, english = (dict(leaves(template(language))) for language in LANGUAGES)
    assert swedish.keys() == english.keys()
    for key, text in swedish.items():
        assert values(text) == values(english[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_answer_and_format_has_words(language: str) -> None:
    table = template(language)
    assert table["kinds"].keys() == table["kinds_many"].keys() == {kind.value for kind in PointKind}
    assert table["answers"].keys() == {answer.value for answer in AnswerType}
    assert table["formats"].keys() == {kind.value for kind in DocumentKind}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_that_the_rules_find_has_a_label(language: str) -> None:
    rules = tomllib.loads(resource("rules", "facts.toml").read_text("utf-8"))
    found = {name for table in rules.values() if isinstance(table, list) for row in table if (name := row.get("fact"))}
    assert found
    assert found <= template(language)["facts"].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_formulas_compare_with_hold_no_quotation_mark_or_comma(language: str) -> None:
    table = template(language)
    told = [*table["status"].values(), *table["kinds"].values(), *table["must"].values()]
    assert not [word for word in told if '"' in word or "," in word or "'" in word]
    assert all(len(name) <= 31 and "'" not in name for name in table["sheets"].values())


def test_facts_come_with_deadlines_first_missing_ones_told_and_contradictions_kept() -> None:
    rows = list(View(checklist(), words_in("sv"), described).facts())
    assert [row.label for row in rows[:3]] == ["Sista anbudsdag", "Sista dag för frågor", "Anbudet giltigt till och med"]
    assert rows[0].value == "2026-12-04 23:59"
    assert rows[0].source is not None
    assert (rows[2].value, rows[2].found) == ("Hittades inte", False)
    assert ("Sista anbudsdag (annan uppgift)", "2026-12-01") in [(row.label, row.value) for row in rows]


def test_a_duty_of_the_contract_is_never_called_should() -> None:
    view = View(checklist(), words_in("sv"), described)
    assert {view.must(item) for item in view.contract_items} == {""}
    assert {view.must(item) for item in view.tender_items} == {"Ska", "Bör", ""}


def test_a_tender_without_anything_has_a_name_and_a_summary() -> None:
    view = View(Checklist(Tender(), (), ()), words_in("en"), described)
    assert view.name == "Procurement without a name"
    assert view.summary().startswith("0 points")
    assert not list(view.problems())
