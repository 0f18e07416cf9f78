"""The form of a claims file: which fields it has and what each may hold, and the faults of one that is not so."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from typing import Any

from app.core.document import Box, Finding
from app.core.durations import parse_duration
from app.core.errors import ClaimsError
from app.secrecy.catalogue import category, ground

__all__ = ["ANCHOR", "BIDDER", "CLAIM", "FILE", "MISSING", "TENDER", "TOP", "Faults", "Form", "shaped"]

MISSING: Any = object()
"""Stands for a field that is not there; null is a value."""

_CELLS = re.compile(r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6}(:\$?[A-Za-z]{1,3}\$?[1-9][0-9]{0,6})?")

_ELSEWHERE = re.compile(r"\s*[\\/]{2}")


class _FaultError(Exception):
    """A value is not what its field may hold."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        self.values = values
        super().__init__(code)


Check = Callable[[Any], Any]
"""Answers with the value as it is kept, or raises `_FaultError`."""


@dataclass(frozen=True, slots=True)
class Form:
    """An object's fields in the order they are written, with what each may hold, and those that must be there."""

    fields: Mapping[str, Check]
    required: frozenset[str]


class Faults:
    """What is wrong with a file, in the order it was found."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._found: list[Finding] = []
        self.warnings: list[Finding] = []

    def add(self, code: str, place: str, **values: object) -> None:
        """Something that makes the file useless."""
        self._found.append(self._finding(code, place, values))

    def warn(self, code: str, place: str, **values: object) -> None:
        """Something to look at."""
        self.warnings.append(self._finding(code, place, values))

    def raise_first(self) -> None:
        """Raises ClaimsError, if anything is wrong; the faults after the first are in its `more`."""
        if self._found:
            first, *more = self._found
            values: dict[str, Any] = dict(first.values)
            raise ClaimsError(first.file, code=first.code, more=more, **values)

    def _finding(self, code: str, place: str, values: Mapping[str, object]) -> Finding:
        told = {"place": place, **values}
        return Finding(code, self._name, None, tuple((key, str(value)) for key, value in sorted(told.items())))


def shaped(value: Any, form: Form, place: str, faults: Faults) -> Mapping[str, Any]:
    """The fields of an object that hold what they may hold; all others are told."""
    if value is MISSING:
        return {}  # told where it should have stood
    if not isinstance(value, dict):
        faults.add("claims.wrong_type", place or "$", expected="object")
        return {}
    prefix = f"{place}." if place else ""
    for name in form.fields:
        if name in form.required and name not in value:
            faults.add("claims.missing", f"{prefix}{name}")
    for name in value:
        if name not in form.fields and not name.startswith("$"):
            faults.warn("claims.unknown_field", f"{prefix}{name[:60]}")
    found: dict[str, Any] = {}
    for name, check in form.fields.items():
        if name in value:
            try:
                found[name] = check(value[name])
            except _FaultError as fault:
                faults.add(fault.code, f"{prefix}{name}", **fault.values)
    return found


def _any(value: Any) -> Any:
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise _FaultError("claims.wrong_type", expected="text")
    return value


def _named(value: Any) -> str:
    if not _text(value).strip():
        raise _FaultError("claims.blank")
    return str(value)


def _path(value: Any) -> str:
    """Never one of another machine: only to look for such a file would open a connection on Windows. And never one that leads out
    of the claims file's folder, whatever system reads it: claims may come from anybody."""
    if _ELSEWHERE.match(_named(value)):
        raise _FaultError("claims.network_path")
    if "\0" in value or _leads_out(PurePosixPath(value)) or _leads_out(PureWindowsPath(value)):
        raise _FaultError("claims.outside")
    return str(value)


def _leads_out(path: PurePath) -> bool:
    depth = 0
    for part in path.parts:
        depth += -1 if part == ".." else 1
        if depth < 0:
            return True
    return bool(path.anchor)


def _maybe(check: Check) -> Check:
    def checked(value: Any) -> Any:
        return None if value is None else check(value)

    return checked


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 10**6:
        raise _FaultError("claims.wrong_type", expected="count")
    return value


def _yes_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _FaultError("claims.wrong_type", expected="yes_no")
    return value


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _FaultError("claims.wrong_type", expected="list")
    return value


def _some(value: Any) -> list[Any]:
    if not _list(value):
        raise _FaultError("claims.blank")
    return list(value)


def _box(value: Any) -> Box:
    numbers = [one for one in _list(value) if isinstance(one, int | float) and not isinstance(one, bool) and math.isfinite(one)]
    if len(numbers) != 4 or len(value) != 4:
        raise _FaultError("claims.box")
    box = Box(*numbers)
    if box.x0 >= box.x1 or box.y0 >= box.y1 or min(box) < -1e5 or max(box) > 1e5:
        raise _FaultError("claims.box")
    return box


def _cells(value: Any) -> str:
    if not _CELLS.fullmatch(_text(value)):
        raise _FaultError("claims.cells")
    return str(value)


def _duration(value: Any) -> str:
    if parse_duration(_text(value)) is None:
        raise _FaultError("claims.duration")
    return str(value)


def _known(catalogue: Callable[[str], object]) -> Check:
    def checked(value: Any) -> str:
        try:
            catalogue(_text(value))
        except ClaimsError as error:
            raise _FaultError(error.code_used, id=value[:60]) from None
        return str(value)

    return checked


_maybe_text = _maybe(_text)

TOP = Form(
    {"format": _text, "tender": _any, "bidder": _any, "files": _list, "claims": _list},
    frozenset({"format", "tender", "bidder", "files", "claims"}),
)
TENDER = Form({"name": _text, "buyer": _text, "reference": _maybe_text}, frozenset({"name", "buyer", "reference"}))
BIDDER = Form(
    {"name": _text, "organisation_number": _text, "signatory": _maybe_text, "contact": _maybe_text},
    frozenset({"name", "organisation_number"}),
)
FILE = Form({"id": _named, "path": _path, "sha256": _maybe_text}, frozenset({"id", "path"}))
ANCHOR = Form(
    {
        "file": _named,
        "quote": _maybe(_named),
        "prefix": _maybe_text,
        "suffix": _maybe_text,
        "all_occurrences": _yes_no,
        "page": _maybe(_whole),
        "bbox": _maybe(_box),
        "sheet": _maybe_text,
        "cells": _maybe(_cells),
        "heading": _maybe_text,
        "order": _maybe(_whole),
        "count": _maybe(_whole),
    },
    frozenset({"file"}),
)
CLAIM = Form(
    {
        "number": _whole,
        "anchors": _some,
        "title": _maybe_text,
        "category": _known(category),
        "ground": _known(ground),
        "used_by": _text,
        "how": _text,
        "loss": _text,
        "not_known_because": _maybe_text,
        "market": _maybe_text,
        "duration": _maybe(_duration),
        "may_be_released": _maybe_text,
        "note": _maybe_text,
        "quote_in_annex": _yes_no,
    },
    frozenset({"number", "anchors", "category", "ground", "used_by", "how", "loss"}),
)
