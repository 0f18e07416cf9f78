"""The annex as plain text to paste into a field of a portal, which often takes only so many characters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from app.core.errors import OutputError
from app.export.annex.content import Annex, AnnexRow
from app.export.plain import legal, one_line
from app.export.target import writing

__all__ = ["DROPPED", "Text", "as_text", "length", "write_text"]

DROPPED = ("market", "kept", "numbers", "after", "quote", "category", "what", "decides", "buyer", "signatory")
"""What is left out to keep a limit, the most dispensable first. Number, place, provision, harm, duration and what may be released
always stay."""


@dataclass(frozen=True, slots=True)
class Text:
    """The text and what was left out of it, keys of `DROPPED`. The text itself says what was left out, too."""

    text: str
    dropped: tuple[str, ...] = ()


def as_text(annex: Annex, limit: int | None = None) -> Text:
    """The annex in at most `limit` characters. Raises OutputError (annex.too_long) with the shortest length that could be had."""
    whole = Text(_written(annex, ()))
    if limit is None or length(whole.text) <= limit:
        return whole
    shortest = whole
    present = [part for part in DROPPED if _written(annex, (part,)) != whole.text]
    for count in range(1, len(present) + 1):
        dropped = tuple(present[:count])
        shortest = Text(_written(annex, dropped), dropped)
        if length(shortest.text) <= limit:
            return shortest
    raise OutputError("txt", code="annex.too_long", limit=limit, least=length(shortest.text))


def write_text(annex: Annex, target: BinaryIO, limit: int | None = None) -> None:
    """Write the text as UTF-8. Raises OutputError."""
    text = as_text(annex, limit).text
    with writing("txt"):
        target.write(text.encode("utf-8"))


def length(text: str) -> int:
    """Characters as the strictest portal counts them: a line break is two."""
    return len(text) + text.count("\n")


def _written(annex: Annex, dropped: tuple[str, ...]) -> str:
    parts = [_head(annex, dropped), "\n".join(_intro(annex, dropped))]
    parts += ["\n".join(_row(annex, row, dropped)) for row in annex.rows] or [annex.words("none")]
    parts.append("\n".join(_closing(annex, dropped)))
    if dropped:
        names = ", ".join(annex.words.of("dropped", part) for part in dropped)
        parts.append(annex.words("shortened", dropped=names))
    parts.append(annex.last_line())
    return "\n\n".join(parts) + "\n"


def _head(annex: Annex, dropped: tuple[str, ...]) -> str:
    facts = [
        f"{annex.words.of('facts', key)}: {one_line(value)}"
        for key, value in annex.facts
        if key not in dropped and key != "contact"
    ]
    return "\n".join((annex.title.upper(), *facts))


def _intro(annex: Annex, dropped: tuple[str, ...]) -> Iterator[str]:
    quoted = [str(row.number) for row in annex.rows if row.quotes]
    yield one_line(annex.words("intro", bidder=annex.bidder))
    if "what" in dropped:
        pass
    elif quoted and "quote" not in dropped:
        yield annex.words("intro_quotes", numbers=", ".join(quoted))
    else:
        yield annex.words("intro_places")
    if "numbers" not in dropped:
        yield annex.words("intro_numbers")


def _row(annex: Annex, row: AnnexRow, dropped: tuple[str, ...]) -> Iterator[str]:
    yield f"{row.number}. {one_line(row.title if 'category' in dropped else row.named)}"
    label = partial(annex.words.of, "labels")
    yield f"{label('place')} {one_line(row.where)}"
    yield f"{label('ground')} {row.ground}"
    for key in ("used_by", "how", "loss", "kept", "market"):
        text = one_line(getattr(row, key))
        if text and key not in dropped:
            yield f"{label(key)} {text}"
    yield f"{label('duration')} {row.duration}"
    if row.released.strip():
        yield f"{label('released')} {one_line(row.released)}"
    if "quote" not in dropped:
        for quote in row.quotes:
            yield f"{label('quote')} {legal(quote)}"


def _closing(annex: Annex, dropped: tuple[str, ...]) -> Iterator[str]:
    after, decides, ask = annex.closing()
    if "after" not in dropped:
        yield after
    if "decides" not in dropped:
        yield decides
    yield one_line(ask)
