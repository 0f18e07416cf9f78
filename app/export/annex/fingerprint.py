"""The fingerprint of the claims in an annex, so that an annex which is older than its claims can be told.

It is a checksum of what the annex shows anyway. The secret text has no part in it: whoever has the annex could otherwise try one
price after the other until the checksum fits.
"""

from __future__ import annotations

import re
import zlib
from collections import deque
from io import BytesIO
from zipfile import BadZipFile, ZipFile

__all__ = ["marker", "stored_fingerprint"]

_MARK = "anbudsklar-claims"
_FOUND = re.compile(rf"{_MARK}:([0-9a-f]{{16}})")
_IN_TEXT = re.compile(r"\b(?:kontrollkod|control code) ([0-9a-f]{16})\b", re.IGNORECASE)
_PROPERTIES = "docProps/core.xml"
_MOST = 1 << 20


def marker(fingerprint: str) -> str:
    """The fingerprint as a keyword of a document."""
    return f"{_MARK}:{fingerprint}"


def stored_fingerprint(content: bytes) -> str | None:
    """The fingerprint in an annex of any format, None if there is none. Reads nothing but the place where writers put it."""
    if content.startswith(b"PK"):
        text = _properties(content)
        found = _FOUND.search(text)
    elif content.startswith(b"%PDF"):
        # The description of an archival PDF (XMP) is never packed.
        found = _FOUND.search(content.decode("latin-1"))
    else:
        text = content.decode("utf-8", "replace")
        found = _FOUND.search(text) or _last(_IN_TEXT, text)
    return found[1] if found else None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(iter(deque(pattern.finditer(text), maxlen=1)), None)


def _properties(content: bytes) -> str:
    try:
        with ZipFile(BytesIO(content)) as archive, archive.open(_PROPERTIES) as member:
            return member.read(_MOST).decode("utf-8", "replace")
    except (BadZipFile, zlib.error, KeyError, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return ""
