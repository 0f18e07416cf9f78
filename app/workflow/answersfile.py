"""The answers file: JSON as `resources/schemas/answers.schema.json` describes it, read with all its faults told.

A fault names its place in the file ("answers[2].value") and never quotes what stands there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any

from app.core.document import Box, Finding, Place
from app.core.errors import FillError, InputError, LimitError, NotFoundError, PermissionDeniedError
from app.core.forms import FormAnswer

__all__ = ["FORMAT", "load_answers", "read_answers"]

FORMAT = "anbudsklar/answers-1"
_MOST_BYTES = 50 * 1024 * 1024
_MOST_ANSWERS = 100_000
_MOST_POINTS = 1_000_000
_KEYS = frozenset({"item", "place", "field", "question", "value"})
_PLACE = frozenset({"sheet", "cell", "paragraph", "page", "box"})


class _Faults:
    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[Finding] = []

    def add(self, code: str, place: str) -> None:
        self.found.append(Finding(code, self.name, None, (("place", place),)))


def read_answers(path: Path) -> tuple[FormAnswer, ...]:
    """The answers of a file. Raises InputError, LimitError, or FillError with the other faults in its `more`."""
    try:
        with path.open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise NotFoundError(path.name) from None
    except PermissionError:
        raise PermissionDeniedError(path.name) from None
    except (OSError, ValueError):
        raise InputError(path.name) from None
    return load_answers(content, path.name)


def load_answers(content: bytes, name: str = "") -> tuple[FormAnswer, ...]:
    """The answers in a file's bytes. Raises FillError, with the other faults in its `more`, or LimitError."""
    if len(content) > _MOST_BYTES:
        raise LimitError(name, limit=_MOST_BYTES)
    try:
        top = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise FillError(name, code="answers.not_json") from None
    faults = _Faults(name)
    if not isinstance(top, dict) or not isinstance(top.get("answers"), list):
        raise FillError(name, code="answers.no_list")
    if top.get("format", FORMAT) != FORMAT:
        raise FillError(name, code="answers.format", wanted=FORMAT)
    for key in top.keys() - {"format", "form", "answers"}:
        faults.add("answers.unknown", str(key))
    if len(top["answers"]) > _MOST_ANSWERS:
        raise LimitError(name, code="limit.count", limit=_MOST_ANSWERS)
    answers = [_answer(entry, f"answers[{number}]", faults) for number, entry in enumerate(top["answers"])]
    if faults.found:
        first, *more = faults.found
        raise FillError(name, code=first.code, more=more, place=dict(first.values)["place"])
    if not answers:
        raise FillError(name, code="answers.none")
    return tuple(answer for answer in answers if answer is not None)


def _answer(entry: object, place: str, faults: _Faults) -> FormAnswer | None:
    if not isinstance(entry, dict):
        faults.add("answers.not_object", place)
        return None
    for key in sorted(map(str, entry.keys() - _KEYS)):
        faults.add("answers.unknown", f"{place}.{key}")
    value = _value(entry.get("value"))
    if value is not None and not _whole(value):
        faults.add("answers.half_letter", f"{place}.value")
    if value is None:
        faults.add("answers.no_value", f"{place}.value")
    words = {key: _text(entry, key, place, faults) for key in ("item", "field", "question")}
    where = _place(entry["place"], f"{place}.place", faults) if entry.get("place") is not None else None
    if where is None and not any(words.values()):
        faults.add("answers.no_address", place)
    return FormAnswer(value or "", words["item"], where, words["field"], words["question"])


def _value(value: object) -> str | None:
    """Text as it is; a number without zeros at its end; yes or no; several choices a line each."""
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f").removesuffix(".0") if isfinite(value) else None
    if isinstance(value, list) and value and all(isinstance(each, str) for each in value):
        return "\n".join(value)
    return None


def _text(entry: Mapping[str, Any], key: str, place: str, faults: _Faults) -> str | None:
    value = entry.get(key)
    if isinstance(value, str) and not _whole(value):
        faults.add("answers.half_letter", f"{place}.{key}")
        return None
    if value is None or (isinstance(value, str) and value.strip()):
        return value
    faults.add("answers.not_text", f"{place}.{key}")
    return None


def _whole(text: str) -> bool:
    """Whether all its letters are whole: an escape can name half of one (a lone surrogate), which no file can hold."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _place(value: object, place: str, faults: _Faults) -> Place | None:
    if not isinstance(value, dict):
        faults.add("answers.not_object", place)
        return None
    for key in sorted(map(str, value.keys() - _PLACE)):
        faults.add("answers.unknown", f"{place}.{key}")
    sheet, cell = _text(value, "sheet", place, faults), _text(value, "cell", place, faults)
    whole = {key: _count(value, key, place, faults) for key in ("paragraph", "page")}
    box = value.get("box")
    if box is not None and not (
        isinstance(box, list)
        and len(box) == 4
        and all(isinstance(each, int | float) and not isinstance(each, bool) and abs(each) < _MOST_POINTS for each in box)
    ):
        faults.add("answers.no_box", f"{place}.box")
        box = None
    found = Place(whole["page"], Box(*map(float, box)) if box else None, whole["paragraph"], sheet, cell)
    if found.cell is None and found.paragraph is None and found.page is None:
        faults.add("answers.no_address", place)
    return found


def _count(value: Mapping[str, Any], key: str, place: str, faults: _Faults) -> int | None:
    found = value.get(key)
    if found is None or (isinstance(found, int) and not isinstance(found, bool) and found >= 0):
        return found
    faults.add("answers.not_number", f"{place}.{key}")
    return None
