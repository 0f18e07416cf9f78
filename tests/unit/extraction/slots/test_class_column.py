from __future__ import annotations

from app.core.document import AnswerType
from app.extraction.slots.mandatory import duty


def test_a_header_that_names_both_classes_decides_nothing() -> None:
    for header in ("Ska/Bör", "ska-krav / bör-krav", "Must/Should"):
        judged = duty("Systemet har inloggning", (header, "Ska"), None, None, AnswerType.YES_NO)
        assert judged.must, header


def test_the_class_in_the_row_still_decides() -> None:
    assert not duty("Systemet har mobilapp", ("Ska/Bör", "Bör"), None, None, AnswerType.YES_NO).must
