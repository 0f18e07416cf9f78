"""The annex as a PDF to sign and submit: tagged for reading aloud (PDF/UA-1), archival (PDF/A-2b), set from a template."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, BinaryIO

from app.export import typesetting
from app.export.annex.content import Annex, AnnexRow
from app.export.annex.fingerprint import marker
from app.export.plain import legal, one_line
from app.export.target import writing
from app.export.typesetting import set_pdf

__all__ = ["COLUMNS", "as_pdf", "unshown", "write_pdf"]

COLUMNS = ("number", "place", "kind", "harm", "duration", "released")
"""Of the table."""
_HARM = ("used_by", "how", "loss", "kept", "market")
_TALL = 1500
"""Characters of a cell that may not fit on one page, so its row may be broken."""
_TOKEN = re.compile(r"\S{14,}")
_ACROSS = {"place": 21, "kind": 22, "harm": 56, "released": 17}
"""Characters that surely fit in a column, in its type."""
_IN_NUMBER = re.compile(r"(?<=\d) (?=\d)")
_BREAK = "\u200b"


def write_pdf(annex: Annex, target: BinaryIO) -> None:
    """Write the PDF. Raises OutputError."""
    content = as_pdf(annex)
    with writing("pdf"):
        target.write(content)


def as_pdf(annex: Annex) -> bytes:
    """The PDF. Characters that no font here has are shown as question marks (see `unshown`). Raises OutputError."""
    # Noon, so that the day is the same wherever the document is opened.
    made = datetime(annex.day.year, annex.day.month, annex.day.day, 12, tzinfo=UTC)
    return set_pdf("annex.typ", _data(annex), int(made.timestamp()), "annex.not_set")


def unshown(annex: Annex) -> frozenset[str]:
    """The characters of the annex that the fonts cannot show. An archival PDF must not hold any."""
    return typesetting.unshown(_data(annex))


def _data(annex: Annex) -> dict[str, Any]:
    words = annex.words
    language, _, region = words.language.partition("-")
    reference = dict(annex.facts).get("reference", "")
    return {
        "lang": language,
        "region": region,
        "title": annex.title,
        "tender": one_line(annex.tender),
        "bidder": one_line(annex.bidder),
        "subject": words("subject"),
        "marker": marker(annex.fingerprint),
        "lead": _text(annex.lead),
        "footer": _text(" · ".join(part for part in (annex.title, reference) if part)),
        "page_of": words("page_of", page="{page}", pages="{pages}"),
        "about": words("about"),
        "fact": words("fact"),
        "facts": [[label, _text(value)] for label, value in annex.labelled_facts()],
        "intro": [_text(text) for text in annex.intro()],
        "claims_heading": words("claims"),
        "none": words("none"),
        "columns": [words.of("columns", name) for name in COLUMNS],
        "rows": [_row(annex, row) for row in annex.rows],
        "closing_heading": words("closing"),
        "closing": [_text(text) for text in annex.closing()],
        "place_day": words("place_day"),
        "signature": words("signature"),
        "signatory": _text(annex.signatory),
        "last_line": annex.last_line(),
    }


def _row(annex: Annex, row: AnnexRow) -> dict[str, Any]:
    def labelled(key: str, text: str) -> dict[str, str]:
        return {"label": annex.words.of("labels", key), "text": _text(text, _ACROSS["kind" if key == "quote" else "harm"])}

    harm = [labelled(key, text) for key in _HARM if (text := getattr(row, key)).strip()]
    quotes = [labelled("quote", quote) for quote in row.quotes]
    cells = (row.where, row.title + "".join(row.quotes), "".join(part["text"] for part in harm), row.released)
    return {
        "number": str(row.number),
        "places": [
            {"file": _text(one.file, _ACROSS["place"]), "where": _text(one.where, _ACROSS["place"])} for one in row.places
        ],
        "title": _text(row.title, _ACROSS["kind"]),
        "category": "" if row.category.casefold() == row.title.casefold() else row.category,
        "ground": row.ground,
        "quotes": quotes,
        "harm": harm,
        "duration": row.duration,
        "released": _text(row.released, _ACROSS["released"]),
        "long": any(len(cell) > _TALL for cell in cells),
        "long_words": any(
            len(word) > _ACROSS["released"] for text in (row.title, row.category, row.released) for word in text.split()
        ),
    }


def _text(text: str, across: int = 70) -> str:
    """Fit for the page: no characters that show nothing, numbers in one piece, and places where a line may end in words that are
    longer than a column of `across` characters, such as addresses. What fits is left as it is, so that it can be copied."""

    def fit(token: re.Match[str]) -> str:
        return token[0] if len(token[0]) <= across else _breakable(token[0])

    return _TOKEN.sub(fit, _IN_NUMBER.sub("\u00a0", legal(text).strip()))


def _breakable(text: str) -> str:
    """Words of letters are left to the hyphenation, unless they are longer than any word is."""
    if text.strip(",.;:()").isalpha() and len(text) <= 50:
        return text
    parts = re.sub(r"(?<=[/_.@=&\-])(?=\w)", _BREAK, text)
    return re.sub(r"([^\u200b]{14})(?=[^\u200b]{3})", rf"\1{_BREAK}", parts)
