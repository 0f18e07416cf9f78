"""Identities of items: the same passage in a new version of its document keeps its own.

An identity follows from the document's name without its revision, the words, and the titles above them. Pages, kinds, numbers of
chapters and what stands before or after have no part in it. Passages that are equal in all of that are told apart by counting.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from hashlib import sha256
from unicodedata import normalize

_EXTENSION = re.compile(r"\.[a-z]{1,5}\d?$")
_REVISION = re.compile(
    r"[\s_,.\-–(\[]+(?:\(\d{1,2}\)|\d{1,2}\)|(?:rev(?:iderad|ision|\.)?|ver(?:sion|\.)?|utg(?:åva|\.)?|v|r)[\s_.\-]*(?:\d+(?:[.\-]\d+)*|[a-e])?|"
    r"(?:rev(?:iderad|ision|\.)?|ver(?:sion)?\.?)?[\s_.\-]*(?:20)?\d{2}[\-_.]?\d{2}[\-_.]?\d{2}|kopia|copy|slutlig|slutversion|final|uppdaterad|ny|ändrad|updated)"
    r"[\s_)\].]*$"
)
_LEADING = re.compile(r"^(?:[•·▪◦*–—-]+\s+|\(?(?:\d{1,3}|[a-zåäö]|[ivx]{1,4})[.)]\s+|\d+(?:\.\d+)+[a-z]?[.)]?\s+)+")
_HEADING_NUMBER = re.compile(
    r"^(?:(?:kapitel|avsnitt|del|bilaga|section|chapter|part|annex|appendix)\s+)?(?:[a-zåäö]{1,3}\.?)?\d+(?:\.\d+)*[a-z]?[.):]?\s+|"
    r"^[a-zåäö][.)]\s+|^af[a-z](?:\.\d+)*\s+|^[ivx]{1,5}[.)]\s+"
)
_WORDS = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1024)
def document_key(name: str) -> str:
    """A document's name without folders, extension, revision, date and number of copy."""
    key = normalize("NFKC", name).casefold().rstrip("/").rpartition("/")[2]
    key = _EXTENSION.sub("", key)
    while (shorter := _REVISION.sub("", key)) != key and shorter.strip():
        key = shorter
    return _spoken(key)


@lru_cache(maxsize=16_384)
def text_key(text: str) -> str:
    """Words of a passage without the number or bullet before them, case and punctuation."""
    key = normalize("NFKC", text).casefold().replace("\u00ad", "").strip()
    leading = _LEADING.match(key)
    shorter = key[leading.end() :] if leading is not None else key
    return _spoken(shorter if any(map(str.isalpha, shorter)) else key)


@lru_cache(maxsize=4096)
def title_key(heading: str) -> str:
    """Title of a heading without its number."""
    key = normalize("NFKC", heading).casefold().strip()
    leading = _HEADING_NUMBER.match(key)
    shorter = key[leading.end() :] if leading is not None else key
    return _spoken(shorter if any(map(str.isalpha, shorter)) else key)


def _spoken(text: str) -> str:
    """Words alone, a blank between them. Most of what stands between white space is a word already."""
    return " ".join(
        [
            piece if piece.isalnum() else found
            for piece in text.split()
            if piece.isalnum() or (found := " ".join(_WORDS.findall(piece)))
        ]
    )


@lru_cache(maxsize=1024)
def _titles(headings: tuple[str, ...]) -> str:
    return "".join(f"\x1f{title_key(heading)}" for heading in headings)


class Identities:
    """Gives out identities; equal passages get different ones in the order they come."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def give(self, document: str, quote: str, headings: tuple[str, ...]) -> str:
        """Sixteen hexadecimal digits for a passage of the document with this name."""
        passage = f"{document_key(document)}\x1f{text_key(quote)}{_titles(headings)}"
        self._seen[passage] += 1
        return sha256(f"{passage}\x1e{self._seen[passage]}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
