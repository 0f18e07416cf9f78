"""Text as it is compared: one way of writing each, whatever the program that wrote it did."""

from __future__ import annotations

import re
from unicodedata import normalize

__all__ = ["folded"]

_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Soft hyphens, and spaces and joints without width: nobody types them when looking for a word."""


def folded(text: str) -> str:
    """Small letters, ligatures as letters, nothing unseen; å, ä and ö stay what they are."""
    if text.isascii():
        return text.casefold()
    return normalize("NFC", _UNSEEN.sub("", normalize("NFKC", text)).casefold())
