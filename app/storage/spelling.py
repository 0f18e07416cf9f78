"""Any text whatever as databases take it: they refuse halves of characters, and PostgreSQL the zero character."""

from __future__ import annotations

import re

__all__ = ["spelled", "unspelled"]

_UNSTORABLE = re.compile("[\x00\x1a\ud800-\udfff]")
_STORED = re.compile("\x1a([0-9a-f]{4})")


def spelled(text: str) -> str:
    """The text with what cannot be stored spelled out."""
    return _UNSTORABLE.sub(lambda match: f"\x1a{ord(match[0]):04x}", text)


def unspelled(text: str) -> str:
    """The text as it was."""
    return _STORED.sub(lambda match: chr(int(match[1], 16)), text)
