"""Answers from a file (`answersfile`) put to the questions of a list, for the run sheet.

Answers that name only a place in a form (a cell, a field) belong in that form, and are passed over here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.core.checklist import ChecklistItem
from app.core.document import Finding
from app.core.forms import FormAnswer

__all__ = ["PlacedAnswers", "place_answers"]


@dataclass(frozen=True, slots=True)
class PlacedAnswers:
    """Answers by the id of the item, and what could not be placed."""

    by_item: Mapping[str, str]
    findings: tuple[Finding, ...] = ()


def place_answers(answers: Iterable[FormAnswer], items: Iterable[ChecklistItem], file: str) -> PlacedAnswers:
    """Put answers to items: by id, else by the words of the item where only one has them."""
    by_id: dict[str, ChecklistItem] = {}
    by_words: dict[str, list[str]] = {}
    for item in items:
        by_id[item.id] = item
        for text in {_key(item.text), _key(item.text_after_number), _key(item.source.quote)}:
            by_words.setdefault(text, []).append(item.id)
    found: dict[str, str] = {}
    odd = []
    for number, answer in enumerate(answers, 1):
        asked = answer.question or ""
        named = [answer.item] if answer.item in by_id else by_words.get(_key(asked), []) if asked else []
        if len(named) == 1 and named[0] is not None:
            found[named[0]] = answer.value
        elif answer.item or asked:
            odd.append(Finding("upload.answer_unplaced", file, None, (("number", str(number)),)))
    return PlacedAnswers(found, tuple(odd))


def _key(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .:?")
