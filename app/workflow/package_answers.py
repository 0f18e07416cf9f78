"""Answers from a file (the format anbudsklar/answers-1, as `anbudsklar fill` takes it), put to the questions of a list.

Answers that name only a place in a form (a cell, a field) belong in that form, and are passed over here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.checklist import ChecklistItem
from app.core.document import Finding
from app.core.errors import InputError, LimitError, NotFoundError, PermissionDeniedError

__all__ = ["PlacedAnswers", "place_answers", "read_answers"]

_MOST = 16 << 20
_FORMAT = "anbudsklar/answers-1"


@dataclass(frozen=True, slots=True)
class PlacedAnswers:
    """Answers by the id of the item, and what could not be placed."""

    by_item: Mapping[str, str]
    findings: tuple[Finding, ...] = ()


def read_answers(path: Path) -> tuple[Mapping[str, Any], ...]:
    """The entries of an answers file. Raises InputError (upload.answers, with the place) and LimitError."""
    name = path.name
    try:
        with path.open("rb") as stream:
            data = stream.read(_MOST + 1)
    except FileNotFoundError as error:
        raise NotFoundError(name) from error
    except OSError as error:
        raise PermissionDeniedError(name) from error
    if len(data) > _MOST:
        raise LimitError(name, limit=_MOST // 1_000_000)
    try:
        table = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(name, code="upload.answers", place="JSON") from error
    if not isinstance(table, dict) or table.get("format", _FORMAT) != _FORMAT:
        raise InputError(name, code="upload.answers", place="format")
    answers = table.get("answers")
    if not isinstance(answers, list):
        raise InputError(name, code="upload.answers", place="answers")
    for number, entry in enumerate(answers):
        if not isinstance(entry, dict) or "value" not in entry:
            raise InputError(name, code="upload.answers", place=f"answers[{number}].value")
        for key in ("item", "question"):
            if not isinstance(entry.get(key, ""), str):
                raise InputError(name, code="upload.answers", place=f"answers[{number}].{key}")
        if _text(entry["value"]) is None:
            raise InputError(name, code="upload.answers", place=f"answers[{number}].value")
    return tuple(answers)


def place_answers(entries: Iterable[Mapping[str, Any]], items: Iterable[ChecklistItem], file: str) -> PlacedAnswers:
    """Put answers to items: by id, else by the words of the item where only one has them."""
    by_id: dict[str, ChecklistItem] = {}
    by_words: dict[str, list[str]] = {}
    for item in items:
        by_id[item.id] = item
        for text in {_key(item.text), _key(item.text_after_number), _key(item.source.quote)}:
            by_words.setdefault(text, []).append(item.id)
    found: dict[str, str] = {}
    odd = []
    for number, entry in enumerate(entries, 1):
        wanted, asked = entry.get("item", ""), entry.get("question", "")
        named = [wanted] if wanted in by_id else by_words.get(_key(asked), []) if asked else []
        if len(named) == 1:
            found[named[0]] = _text(entry["value"]) or ""
        elif wanted or asked:
            odd.append(Finding("upload.answer_unplaced", file, None, (("number", str(number)),)))
    return PlacedAnswers(found, tuple(odd))


def _text(value: object) -> str | None:
    match value:
        case bool():
            return "Ja" if value else "Nej"
        case str():
            return value
        case int() | float():
            return str(value)
        case list() if value and all(isinstance(part, str) for part in value):
            return ", ".join(value)
        case _:
            return None


def _key(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .:?")
