"""What every export shows of a document's state and of an answer's limit."""

from __future__ import annotations

import pytest

from app.core.checklist import Checklist, DocumentSummary, Tender
from app.core.document import AnswerType, DocumentKind, Finding
from app.core.points import Answer, Fact, Source
from app.export.view import View
from app.export.words import words_in
from tests.support.checklists import described, item


def test_unreadable_pages_are_told_once() -> None:
    warnings = (
        Finding("page.unreadable", "Karta.pdf", 2, (("first", "2"), ("last", "3"))),
        Finding("page.unreadable", "Karta.pdf", 5, (("first", "5"), ("last", "5"))),
        Finding("pdf.active_content", "Karta.pdf"),
    )
    document = DocumentSummary("a", "Karta.pdf", DocumentKind.PDF, "0" * 64, 5, (2, 3, 5), warnings)
    view = View(Checklist(Tender(), (document,), ()), words_in("sv"), described)
    assert list(view.problems()) == [
        "Karta.pdf: sidorna 2–3, 5 har ingen text som går att läsa.",
        described(warnings[2]),
    ]
    assert view.warnings(document) == warnings[2:]


@pytest.mark.parametrize(
    ("language", "limit", "shown"),
    [
        ("sv", "max 2 sidor; 900", "max 2 sidor; 900 tecken"),
        ("en", "400; max 500 characters", "400 characters; max 500 characters"),
        ("sv", "60", "60 tecken"),
        ("sv", "högst 4 A4-sidor", "högst 4 A4-sidor"),
        ("sv", None, ""),
    ],
)
def test_the_cap_of_a_field_is_shown_with_its_unit(language: str, limit: str | None, shown: str) -> None:
    view = View(Checklist(Tender(), (), ()), words_in(language), described)
    assert view.limit(item("Beskriv", answer=Answer(AnswerType.TEXT, limit=limit))) == shown


def test_a_day_that_is_only_told_in_words_is_shown_in_them_and_a_counted_one_names_its_words() -> None:
    words = Fact(
        "question_deadline", "fem arbetsdagar före sista anbudsdag", Source("a", "fem arbetsdagar före sista anbudsdag"), 9
    )
    shown = list(View(Checklist(Tender(facts=(words,)), (), ()), words_in("sv"), described).facts())
    assert [(row.value, row.source) for row in shown if row.label == "Sista dag för frågor"] == [(words.value, words.source)]
    assert "Hittades inte" not in [row.value for row in shown if row.label == "Sista dag för frågor"]
    counted = Tender(question_deadline="2031-03-10", facts=(words,))
    shown = list(View(Checklist(counted, (), ()), words_in("sv"), described).facts())
    assert [(row.value, row.source) for row in shown if row.label == "Sista dag för frågor"] == [("2031-03-10", words.source)]
