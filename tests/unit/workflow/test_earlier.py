"""Earlier answers: the likest first, each once, none of the tender at hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.points import PointKind
from app.core.work import WorkItem
from app.storage.vault import Vault
from app.workflow.earlier import like, searched
from tests.support.vaults import OTHER, TENDER, Home, item, key_of, replace, tender

THIRD = "c" * 32


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    home = Home(tmp_path / "v")
    vault = home.create()
    for key, name in ((TENDER, "Den här"), (OTHER, "Drift 2025"), (THIRD, "Drift 2024")):
        vault.add_tender(replace(tender(key), found=replace(tender(key).found, name=name, tender_deadline=f"{name[-4:]}-03-01")))
    yield vault
    home.close()


def answered(number: int, of: str, question: str, answer: str) -> WorkItem:
    record = item(number, tender=of, kind=PointKind.QUESTION)
    return replace(record, key=key_of(number, of[0]), item=replace(record.item, text=question), answer=answer)


def test_answers_to_questions_like_this_one_come_first(vault: Vault) -> None:
    asked = "Beskriv hur ni säkerställer kontinuitet när en konsult lämnar uppdraget"
    rows = {
        OTHER: [
            (1, "Redogör för hur kontinuitet säkerställs om en konsult lämnar uppdraget.", "Två konsulter kan varje uppdrag."),
            (2, "Beskriv ert miljöarbete under uppdraget.", "ISO 14001 sedan 2012."),
            (3, "Ange organisationsnummer", "556677-8899"),
        ],
        THIRD: [(4, "Beskriv hur ni säkerställer kontinuitet när konsulter slutar", "Vi dokumenterar allt.")],
        TENDER: [(5, asked, "Det som skrivs nu.")],
    }
    for of, some in rows.items():
        vault.write(of, "answer", [answered(number, of, question, answer) for number, question, answer in some])
    found = like(vault, asked, TENDER)
    first = {one.answer: (one.tender_name, one.at) for one in found[:2]}
    assert first == {
        "Vi dokumenterar allt.": ("Drift 2024", "2024-03-01"),
        "Två konsulter kan varje uppdrag.": ("Drift 2025", "2025-03-01"),
    }
    assert "556677-8899" not in [one.answer for one in found]
    assert all(one.tender != TENDER for one in found)


def test_the_same_answer_is_offered_once_where_it_was_used_last(vault: Vault) -> None:
    for of in (OTHER, THIRD):
        vault.write(of, "answer", [answered(1, of, "Ange organisationsnummer", "556677-8899")])
    (only,) = like(vault, "Ange organisationsnummer", TENDER)
    assert only.tender_name == "Drift 2025"
    (only,) = searched(vault, "organisationsnummer 5566", TENDER)
    assert only.tender == OTHER
    assert searched(vault, "organisationsnummer finns inte", TENDER) == ()
    assert searched(vault, "", TENDER) == ()
