"""Bytes searched for marked texts in every writing that a file can hold them in.

Bytes are compared in UTF-8 (composed and decomposed), UTF-16 in both orders, Windows-1252, as hexadecimal digits, octal escapes,
percent escapes, XML character references and Base64; then they are read as text in each encoding and compared folded, which
finds a text across odd blanks, hyphens and ligatures. Letters' case never matters.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from functools import cached_property
from html import escape
from unicodedata import normalize
from urllib.parse import quote

from app.secrecy.masking.folding import is_numeric
from app.secrecy.masking.needles import Needle, Needles

__all__ = ["RawSearch", "byte_forms"]

_MOST_IN_BYTES = 80
"""Needles compared byte by byte, the most telling first; all of them are compared folded."""
_MOST_FOLDED = 6 * 1024 * 1024
_LEAST_FORM = 6


def byte_forms(text: str) -> frozenset[bytes]:
    """The text as bytes in all its writings, in lower case where bytes have a case."""
    found: set[bytes] = set()
    for written in {text, normalize("NFC", text), normalize("NFD", text), "".join(text.split())}:
        for cased in {written, written.lower(), written.upper()}:
            for encoding in ("utf-8", "utf-16-le", "utf-16-be", "cp1252"):
                try:
                    data = cased.encode(encoding)
                except UnicodeEncodeError:
                    continue
                found |= {data, data.hex().encode(), _octal(data)}
            found |= set(_base64(cased.encode("utf-8")))
            found.add(quote(cased).encode())
            found.add(escape(cased).encode("utf-8"))
            found.add("".join(f"&#{ord(sign)};" for sign in cased).encode())
            found.add("".join(f"&#x{ord(sign):x};" for sign in cased).encode())
            found.add(cased.encode("ascii", "xmlcharrefreplace"))
            found.add(cased.encode("ascii", "backslashreplace"))
    return frozenset(form.lower() for form in found if len(form) >= _LEAST_FORM)


def _octal(data: bytes) -> bytes:
    return b"".join(bytes([byte]) if 32 <= byte < 127 else b"\\%03o" % byte for byte in data)


def _base64(data: bytes) -> Iterator[bytes]:
    """The signs that the bytes always give, at each of the three places where they can begin."""
    for shift in range(3):
        coded = b64encode(b"\0" * shift + data)
        inner = coded[(0, 2, 3)[shift] : len(coded) - (4 if len(coded) % 4 == 0 else 0)]
        if len(inner) >= 12:
            yield inner


class RawSearch:
    """The needles of a file, made ready to be looked for in bytes."""

    def __init__(self, needles: Needles) -> None:
        self.needles = needles
        chosen = [needle for needle in needles.anywhere if len(needle.text) >= _LEAST_FORM][:_MOST_IN_BYTES]
        self._forms = [(form, needle) for needle in chosen for form in byte_forms(needle.source)]

    def find(self, data: bytes, *, text: bool = True) -> Needle | None:
        """A needle in the bytes, None when they are clean. `text`: they may be text, not only pictures or fonts."""
        lower = data.lower()
        for form, needle in self._forms:
            if form in lower:
                return needle
        if not text or len(data) > _MOST_FOLDED:
            return None
        for reading in _readings(data):
            if (found := self.needles.first_in(reading, anywhere=True)) is not None:
                return found
        return None

    def word_in(self, data: bytes) -> Needle | None:
        """A word in bytes that are no text, such as a picture's: one so long that it does not stand there by chance."""
        lower = data.lower()
        return next((needle for form, needle in self._words if form in lower), None)

    @cached_property
    def _words(self) -> tuple[tuple[bytes, Needle], ...]:
        long = [needle for needle in self.needles.all if len(needle.text) >= _LEAST_FORM and not is_numeric(needle.text)]
        encodings = ("utf-8", "utf-16-le", "utf-16-be", "cp1252")
        return tuple((needle.source.encode(way, "replace").lower(), needle) for needle in long for way in encodings)


def _readings(data: bytes) -> Iterator[str]:
    try:
        yield data.decode("utf-8")
    except UnicodeDecodeError:
        yield data.decode("cp1252", "ignore")
    if data.count(0) > len(data) // 8:
        for start in (0, 1):
            yield data[start:].decode("utf-16-le", "ignore")
            yield data[start:].decode("utf-16-be", "ignore")
