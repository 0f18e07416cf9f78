"""`--only` shows what was asked for."""

from __future__ import annotations

import pytest

from app.core.checklist import Checklist, ChecklistItem, Tender
from app.core.document import AnswerType
from app.core.points import Answer, PointKind, Source
from app.workflow.filters import FILTERS, only


def item(kind: PointKind, must: bool, answer: AnswerType = AnswerType.NONE) -> ChecklistItem:
    name = f"{kind.value}{'!' if must else ''}{'?' if answer is not AnswerType.NONE else ''}"
    return ChecklistItem(name, kind, must, name, Source("d", name), answer=Answer(answer))


ITEMS = (
    item(PointKind.QUESTION, True, AnswerType.TEXT),
    item(PointKind.QUESTION, False, AnswerType.YES_NO),
    item(PointKind.ATTACHMENT, True),
    item(PointKind.REQUIREMENT, True),
    item(PointKind.REQUIREMENT, False, AnswerType.YES_NO),
    item(PointKind.CONTRACT, True, AnswerType.TEXT),
)


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ([], ["question!?", "question?", "attachment!", "requirement!", "requirement?", "contract!?"]),
        (["must"], ["question!?", "attachment!", "requirement!", "contract!?"]),
        (["missing"], ["question!?", "question?", "attachment!", "requirement?"]),
        (["question"], ["question!?", "question?"]),
        (["question", "attachment"], ["question!?", "question?", "attachment!"]),
        (["must", "question"], ["question!?"]),
        (["must", "missing"], ["question!?", "attachment!"]),
        (["deadline"], []),
    ],
)
def test_only(filters: list[str], ids: list[str]) -> None:
    assert [kept.id for kept in only(Checklist(Tender(), (), ITEMS), filters).items] == ids


def test_every_kind_can_be_asked_for() -> None:
    assert {kind.value for kind in PointKind} <= set(FILTERS)
