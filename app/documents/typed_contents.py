"""Tables of contents that were typed by hand: titles that end in page numbers, with no dots between and no field behind."""

from __future__ import annotations

import re
from collections.abc import Sequence

_TITLE = re.compile(r"(?:innehåll(?:sförteckning|söversikt)?|table of contents|contents)\W*$", re.IGNORECASE)
_ENTRY = re.compile(r"(?=.*[^\W\d_]{2}).{2,110}\s(?P<page>\d{1,3})$")
_FEWEST = 3


def typed_contents(texts: Sequence[str]) -> frozenset[int]:
    """Which of the texts are lines of a table of contents: a row of them under its title, whose pages never go back."""
    found: set[int] = set()
    for index, text in enumerate(texts):
        if len(text) < 30 and _TITLE.match(text) is not None:
            run = _run(texts, index + 1)
            if len(run) >= _FEWEST:
                found.update(run)
    return frozenset(found)


def _run(texts: Sequence[str], start: int) -> range:
    last = 0
    for index in range(start, len(texts)):
        entry = _ENTRY.match(texts[index])
        if entry is None or int(entry["page"]) < last:
            return range(start, index)
        last = int(entry["page"])
    return range(start, len(texts))
