"""The annex as JSON, for other programs."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from app.export.annex.content import Annex, AnnexRow
from app.export.annex.fingerprint import marker
from app.export.plain import legal
from app.export.target import writing

__all__ = ["write_json"]

_FORMAT = "anbudsklar/annex-1"
_TEXTS = ("category", "title", "ground", "used_by", "how", "loss", "kept", "market", "duration", "released")


def write_json(annex: Annex, target: BinaryIO) -> None:
    """Write the annex. Raises OutputError."""
    made = {
        "format": _FORMAT,
        "language": annex.words.language,
        "title": annex.title,
        "date": annex.day.isoformat(),
        **{key: legal(value) for key, value in annex.facts if key != "day"},
        "intro": [legal(text) for text in annex.intro()],
        "claims": [_row(row) for row in annex.rows],
        "closing": [legal(text) for text in annex.closing()],
        "fingerprint": marker(annex.fingerprint),
    }
    with writing("json"):
        target.write((json.dumps(made, indent=2, ensure_ascii=False) + "\n").encode("utf-8"))


def _row(row: AnnexRow) -> dict[str, Any]:
    made: dict[str, Any] = {
        "number": row.number,
        "places": [{"file": legal(one.file), "places": [legal(place) for place in one.places]} for one in row.places],
    }
    made |= {name: legal(text) for name in _TEXTS if (text := getattr(row, name))}
    if row.quotes:
        made["quotes"] = [legal(quote) for quote in row.quotes]
    return made
