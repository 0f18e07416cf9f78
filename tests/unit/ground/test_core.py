"""What the nouns say of themselves."""

from __future__ import annotations

import pytest

from app.core.checklist import ChecklistItem
from app.core.points import PointKind, Source


@pytest.mark.parametrize(
    ("number", "text", "shown"),
    [
        ("5", "5. Uppfylls kraven i kapitel 4?", "Uppfylls kraven i kapitel 4?"),
        ("3.2", "3.2 Kreditvärdighet", "Kreditvärdighet"),
        ("5", "50 konsulter ska finnas", "50 konsulter ska finnas"),
        ("3.2", "3.2.1 Kreditvärdighet", "3.2.1 Kreditvärdighet"),
        (None, "Beskriv arbetet", "Beskriv arbetet"),
        ("5", "5", "5"),
    ],
)
def test_a_number_is_not_said_twice(number: str | None, text: str, shown: str) -> None:
    item = ChecklistItem("a", PointKind.QUESTION, True, text, Source("d", text), number=number)
    assert item.text_after_number == shown
