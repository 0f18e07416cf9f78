"""Foreign text made fit for XML, HTML and a reader's eye. Nothing here changes the letters, only what is no letter."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["clipped", "legal", "one_line", "ranges"]

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""What XML 1.0 and HTML do not allow (C0, C1, surrogates, non-characters)."""
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
"""Marks that turn the reading direction or show nothing: a name could look like another with them."""


def legal(text: str) -> str:
    """The text without what XML and HTML forbid, its line breaks as \\n."""
    return _TURNING.sub("", _ILLEGAL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")))


def one_line(text: str) -> str:
    """The text on one line, single spaces between its words."""
    return " ".join(legal(text).split())


def clipped(text: str, most: int) -> str:
    """At most so many characters, and an ellipsis where it was cut."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def ranges(pages: Iterable[int]) -> str:
    """1–3, 7"""
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
