"""The suggestions for reading: a line for each, with where it stands, what kind of information it is and why it was suggested.

What stands in the passage is shown, as the user's own screen may; it goes into no log and no error.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from app.cli.messages import plain, say
from app.secrecy.catalogue import category
from app.secrecy.suggestions import Suggestion

if TYPE_CHECKING:
    from app.core.claims import Anchor, ClaimSet
    from app.workflow.suggesting import Suggested

__all__ = ["reason", "show"]

_EXCERPT = 60


def reason(suggestion: Suggestion, language: str) -> str:
    """Why it was suggested, in words, with the rule that says so."""
    values = dict(suggestion.values)
    key = f"why_{suggestion.why}" if values.get("label") else f"why_{suggestion.why}_bare"
    return f"{say(language, key, **values)} ({suggestion.rule})"


def show(claims: ClaimSet, suggested: Suggested, language: str) -> None:
    """Print them: a table in a terminal, lines with tabs when piped."""
    rows = list(_rows(claims, suggested, language))
    if not rows:
        print(say(language, "suggested_none", count=len(claims.files)))
        return
    print(say(language, "suggested_count", count=len(rows), files=len(claims.files)))
    if not sys.stdout.isatty():
        for row in rows:
            print("\t".join(row))
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE)
    for key in ("column_number", "column_source", "column_kind", "column_text", "column_why"):
        table.add_column(say(language, key), overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    Console(highlight=False, markup=False, emoji=False).print(table)


def _rows(claims: ClaimSet, suggested: Suggested, language: str) -> Iterator[tuple[str, ...]]:
    names = {file.id: file.path.rpartition("/")[2] for file in claims.files}
    for claim, suggestion in zip(claims.claims, suggested.suggestions, strict=True):
        first = claim.anchors[0]
        where = " ".join(part for part in (names.get(first.file, ""), _place(first, language)) if part)
        more = len(claim.anchors) - 1
        text = _excerpt(first.quote or "") + (f" (+{more})" if more else "")
        kind = category(claim.category).name(language)
        yield str(claim.number), _line(where), kind, text, reason(suggestion, language)


def _place(anchor: Anchor, language: str) -> str:
    if anchor.sheet is not None:
        return f"{anchor.sheet}!{anchor.cells}" if anchor.cells else anchor.sheet
    if anchor.page is not None:
        return say(language, "page", page=anchor.page)
    return (anchor.heading or "").partition("\t")[0]


def _excerpt(text: str) -> str:
    line = _line(text)
    return line if len(line) <= _EXCERPT else line[: _EXCERPT - 1] + "…"


def _line(text: str) -> str:
    return " ".join(plain(text).split())
