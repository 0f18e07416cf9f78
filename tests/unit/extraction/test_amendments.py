"""What a passage reads from now on is demanded, what is taken out of it is not."""

from __future__ import annotations

import pytest

from app.core.points import PointKind
from app.extraction.amendments import reworded
from app.extraction.reading import find
from tests.support.documents import document


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Fråga 9 har ändrats och lyder nu: Ange antal båtar.", "Ange antal båtar."),
        ("Texten ersätts med: Båten ska ha två åror.", "Båten ska ha två åror."),
        ("Section 3 is amended to read: State the number of boats.", "State the number of boats."),
        ("Följande mening utgår: Båten ska ha segel.", ""),
        ("The following is deleted: The boat shall have sails.", ""),
        ("Anbudet ska innehålla: Pris per båt.", "Anbudet ska innehålla: Pris per båt."),
        ("Avtalstiden löper ut: se punkt 3.", "Avtalstiden löper ut: se punkt 3."),
    ],
)
def test_the_new_wording_is_judged(sentence: str, words: str) -> None:
    assert reworded(sentence) == words


def test_an_amended_question_is_asked_and_a_deleted_demand_is_none() -> None:
    found = find(
        document(
            [
                "1 Ändringar",
                "Fråga 9 har ändrats och lyder nu: Ange antal båtar per hamn.",
                'Texten utgår: "Båten ska ha segel".',
                "Texten ersätts med: Båten ska ha två åror.",
            ]
        )
    ).points
    assert [point.kind for point in found] == [PointKind.QUESTION, PointKind.REQUIREMENT]
    assert found[1].source.quote.endswith("Båten ska ha två åror.")
