"""How the rules about one file make their rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from app.checklist.review.inputs import ReviewInputs
from app.core.document import Place
from app.core.inspection import FileFacts, Spot
from app.core.review import Cause, ReviewFinding, Room, Severity

__all__ = ["about", "cells_said", "megabytes", "spots"]

_TOLD = 4
_LETTERS = re.compile(r"([A-Z]+)(\d+)")


def about(
    rule: str,
    severity: Severity,
    file: FileFacts,
    inputs: ReviewInputs,
    place: Place | None = None,
    values: Iterable[tuple[str, str]] = (),
    items: Sequence[str] | None = None,
) -> ReviewFinding:
    """A row about a file; what the file answers goes with it."""
    asked = tuple(items) if items is not None else tuple(item.item.id for item in inputs.asked_of.get(file.path, ()))
    return ReviewFinding(rule, severity, Cause(Room.FILE, file=file.name, items=asked, place=place or Place()), tuple(values))


def spots(
    rule: str, severity: Severity, file: FileFacts, inputs: ReviewInputs, found: Sequence[Spot], **values: str
) -> Iterator[ReviewFinding]:
    """One row for all places of a kind: the first is where it jumps to."""
    if found:
        first = found[0]
        told = (("count", str(len(found))), ("text", first.text), *values.items())
        yield about(rule, severity, file, inputs, first.place, told)


def cells_said(cells: Sequence[tuple[str, str]]) -> str:
    """Cells by sheet: "Pris D11, D13". Of many, the first few and how many more there are."""
    sheets: dict[str, list[str]] = {}
    for sheet, cell in cells[: 3 * _TOLD]:
        sheets.setdefault(sheet, []).append(cell)
    said = "; ".join(f"{sheet} {', '.join(names)}" for sheet, names in sheets.items())
    more = len(cells) - 3 * _TOLD
    return f"{said} (+{more})" if more > 0 else said


def megabytes(size: int) -> str:
    """A size in megabytes, as portals count them."""
    return f"{size / 1_048_576:.1f} MB".replace(".0 ", " ")
