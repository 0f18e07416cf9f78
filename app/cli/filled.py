"""The report of a filled form: as lines to read, and as JSON for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from app.cli.messages import describe, plain, say
from app.core.catalogue import explain
from app.core.document import Finding, Place
from app.core.forms import Entry, FillReport, Outcome

__all__ = ["as_json", "as_lines", "place_words"]

_MOST_WORDS = 90
_MOST_OPTIONS = 12
_FORMAT = "anbudsklar/fill-report-1"


def as_lines(report: FillReport, copy: str, language: str) -> Iterator[str]:
    """What was filled in, what did not fit, what has no place, which questions are left, and a sum."""
    for outcome, key in (
        (Outcome.FILLED, "fill_filled"),
        (Outcome.UNFIT, "fill_unfit"),
        (Outcome.NO_PLACE, "fill_no_place"),
    ):
        entries = [entry for entry in report.entries if entry.outcome is outcome]
        if entries:
            yield say(language, key, count=len(entries))
            for entry in entries:
                yield from _entry_lines(entry, language)
            yield ""
    if report.unanswered:
        yield say(language, "fill_unanswered", count=len(report.unanswered))
        for left in report.unanswered:
            mark = f" ({say(language, 'fill_must')})" if left.must else ""
            yield f"  {place_words(left.place, None, language)}: {_short(left.question)}{mark}"
        yield ""
    if report.count(Outcome.FILLED):
        yield say(language, "fill_sum", file=plain(copy), done=report.count(Outcome.FILLED), total=len(report.entries))


def _entry_lines(entry: Entry, language: str) -> Iterator[str]:
    said = entry.question or entry.field or entry.item or f"#{entry.number + 1}"
    written = f" = {_short(entry.written)}" if entry.outcome is Outcome.FILLED else ""
    where = place_words(entry.place, entry.field, language)
    yield f"  {where}: {_short(said)}{written}" if where else f"  {_short(said)}{written}"
    for finding in (*((entry.reason,) if entry.reason else ()), *entry.notes):
        yield f"    {describe(finding, language)}"
    if entry.options:
        shown = ", ".join(plain(option) for option in entry.options[:_MOST_OPTIONS])
        more = " …" if len(entry.options) > _MOST_OPTIONS else ""
        yield f"    {say(language, 'fill_options', options=shown)}{more}"


def place_words(place: Place, name: str | None, language: str) -> str:
    """A place as a reader finds it; empty when nothing is known of it."""
    if name:
        return say(language, "fill_field", name=plain(name))
    if place.cell:
        return plain(f"{place.sheet}!{place.cell}" if place.sheet else place.cell)
    if place.page is not None:
        return say(language, "fill_page", page=place.page)
    return say(language, "fill_paragraph", number=place.paragraph) if place.paragraph is not None else ""


def _short(text: str) -> str:
    line = " ".join(plain(text).split())
    return line if len(line) <= _MOST_WORDS else line[: _MOST_WORDS - 1] + "…"


def as_json(report: FillReport, language: str) -> str:
    """The same for programs; reasons come as code and in words."""
    data = {
        "format": _FORMAT,
        "form": report.form,
        "filled": report.count(Outcome.FILLED),
        "answers": [_entry_data(entry, language) for entry in report.entries],
        "unanswered": [
            {"item": left.item, "question": left.question, "must": left.must, "place": _place_data(left.place)}
            for left in report.unanswered
        ],
        "findings": [_finding_data(finding, language) for finding in report.findings],
        "changed_parts": list(report.changed),
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _entry_data(entry: Entry, language: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "number": entry.number,
        "outcome": entry.outcome.value,
        "item": entry.item,
        "question": entry.question or None,
        "place": _place_data(entry.place),
        "field": entry.field,
        "written": entry.written if entry.outcome is Outcome.FILLED else None,
        "reason": _finding_data(entry.reason, language) if entry.reason else None,
        "notes": [_finding_data(finding, language) for finding in entry.notes] or None,
        "options": list(entry.options) or None,
    }
    return {key: value for key, value in data.items() if value is not None}


def _place_data(place: Place) -> dict[str, Any] | None:
    data = {"page": place.page, "box": place.box, "paragraph": place.paragraph, "sheet": place.sheet, "cell": place.cell}
    return {key: value for key, value in data.items() if value is not None} or None


def _finding_data(finding: Finding, language: str) -> dict[str, str]:
    told = explain(finding, language)
    return {"code": finding.code, "message": told.text, "remedy": told.remedy}
