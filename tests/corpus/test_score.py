"""The checklists of the labelled documents don't get worse."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.corpus import MISSING, floors, gold_name, golds, row, scored
from tests.support.scoring import Score

pytestmark = pytest.mark.skipif(not golds(), reason=MISSING)
_LOWER_IS_BETTER = frozenset(["lumped"])
_ROUNDING = 0.0005


def _assert_floors(name: str, figures: dict[str, float], floor: dict[str, float]) -> None:
    for figure, bound in floor.items():
        reached = figures[figure]
        if figure in _LOWER_IS_BETTER:
            assert reached <= bound + _ROUNDING, f"{name}: {figure} {reached:.3f} is above {bound}"
        else:
            assert reached >= bound - _ROUNDING, f"{name}: {figure} {reached:.3f} is below {bound}"


@pytest.mark.parametrize("gold", [pytest.param(path, id=gold_name(path)) for path in golds()])
def test_a_document_keeps_its_floor(gold: Path) -> None:
    reached, baseline = scored(gold)
    print(row(gold_name(gold), reached.figures()))
    print(row("  five keywords", baseline.figures()))
    _assert_floors(gold_name(gold), reached.figures(), floors().get(gold_name(gold), {}))


def test_all_documents_together_keep_their_floor() -> None:
    reached = sum((scored(path)[0] for path in golds()), Score())
    baseline = sum((scored(path)[1] for path in golds()), Score())
    print(row("all documents", reached.figures()))
    print(row("  five keywords", baseline.figures()))
    _assert_floors("all documents", reached.figures(), floors()["pooled"])
    assert reached.figures()["statement_recall"] > baseline.figures()["statement_recall"]
    assert reached.figures()["precision"] > baseline.figures()["precision"]


def test_every_floor_is_one_of_a_document() -> None:
    assert set(floors()) <= {"pooled", *(gold_name(path) for path in golds())}
