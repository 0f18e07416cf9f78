"""Text compared as a reader compares it: without blanks, hyphens, invisible signs, ligatures, or how an accent is encoded.

A folded text remembers where each of its signs came from, so that what is found in it is found exactly in the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from unicodedata import category, normalize

__all__ = ["Folded", "Span", "compact", "find", "folded", "is_numeric"]


class Span(NamedTuple):
    """Characters of a source: from `start` up to but not including `end`."""

    start: int
    end: int


class Folded(NamedTuple):
    """`text` is folded, `origin` the index in `source` of each of its signs."""

    source: str
    text: str
    origin: list[int]


_DROPPED = frozenset("\x00\x02\u0640\u00b7\ufffe\uffff" + "☐☒☑✓✗●■▪•○➢→⇨☎✉")
"""Among them boxes, bullets and arrows: symbol fonts hold them under other signs."""
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d\u00ad")
_ALIKE = {"\u2019": "'", "\u2018": "'", "\u201d": '"', "\u201c": '"', "\u00b4": "'", "`": "'"}
_folds: dict[str, str] = {}


def _fold(sign: str) -> str:
    known = _folds.get(sign)
    if known is None and "\uf020" < sign < "\uf07f":  # a font's own code for a plain sign
        known = _folds[sign] = _fold(chr(ord(sign) & 0xFF))
    if known is None:
        if sign in _DROPPED or sign in _DASHES or sign.isspace() or category(sign) in ("Cf", "Cc", "Cs", "Zs"):
            known = ""
        else:
            known = normalize("NFKD", normalize("NFKD", _ALIKE.get(sign, sign)).casefold())
            known = "".join(part for part in known if not part.isspace())
        _folds[sign] = known
    return known


def folded(source: str) -> Folded:
    """The source folded, sign by sign."""
    text: list[str] = []
    origin: list[int] = []
    for index, sign in enumerate(source):
        for part in _fold(sign):
            text.append(part)
            origin.append(index)
    return Folded(source, "".join(text), origin)


def compact(source: str) -> str:
    """The folded text alone."""
    return source.translate(_TABLE)


class _Table(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = folded_sign = _fold(chr(code))
        return folded_sign


_TABLE = _Table()


def is_numeric(text: str) -> bool:
    """Whether a folded text is a number: digits and what stands between them."""
    return bool(text) and any(sign.isdigit() for sign in text) and not any(sign.isalpha() for sign in text)


_BEFORE_NUMBER = re.compile(r"\d[\s.,'\u2019]?$")
_AFTER_NUMBER = re.compile(r"^(?:\d|[\s'\u2019]\d{3}(?!\d)|[.,]\d*[1-9])")


def find(where: Folded, wanted: str, *, bounded: bool) -> Iterator[Span]:
    """Every place of a folded text, in order. With `bounded`, not as a part of a longer word or of another number.

    A sign that stands for several folded ones (a ligature) is taken whole.
    """
    if not wanted:
        return
    start = where.text.find(wanted)
    while start >= 0:
        first, last = where.origin[start], where.origin[start + len(wanted) - 1]
        if not bounded or _stands_alone(where.source, first, last + 1, wanted):
            yield Span(first, last + 1)
        start = where.text.find(wanted, start + 1)


def _stands_alone(source: str, start: int, end: int, wanted: str) -> bool:
    before, after = source[max(0, start - 2) : start], source[end : end + 6]
    if wanted[0].isdigit() and _BEFORE_NUMBER.search(before):
        return False
    if wanted[-1].isdigit() and _AFTER_NUMBER.search(after):
        return False
    if wanted[0].isalnum() and before[-1:].isalnum():
        return False
    return not (wanted[-1].isalnum() and after[:1].isalnum())
