"""Text made comparable: the same words whatever their line ends, hyphens, ligatures, accents and directions, with a way back.

Folded text has no white space and no hyphens or dashes: a passage reads the same in a narrow column, in a wide one and in a cell.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple
from unicodedata import category, combining, normalize

__all__ = ["Folded", "fold", "fold_text", "is_word", "numbers", "same_numbers"]

_PLAIN = re.compile(r"[\s\-]+")
_SINGLE = re.compile(r"[\u0000-\u024f\u2000-\u206f]*")
_CLUSTER = re.compile(r"(?s).[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]*")
_SAME = str.maketrans(
    {"’": "'", "‘": "'", "‚": "'", "´": "'", "`": "'", "”": '"', "“": '"', "„": '"', "«": '"', "»": '"', "−": ""}
)
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}|[.,'’]\d{3}(?!\d))+(?!\d)|\d+")
_SIGNED = re.compile(r"(?<![\w)])[-−–](?=\d)")


class Folded(NamedTuple):
    """Folded text, and for each of its characters where it comes from."""

    text: str
    offsets: tuple[int, ...]


def fold_text(text: str) -> str:
    """Without white space, hyphens, soft hyphens and marks of direction; ligatures and accents in one form."""
    if text.isascii():
        return _PLAIN.sub("", text)
    if _SINGLE.fullmatch(text):
        return text.translate(_table())
    return "".join(_cluster(match[0]) for match in _CLUSTER.finditer(text))


def fold(text: str) -> Folded:
    """The same with the offset in `text` of what each character comes from."""
    pieces: list[str] = []
    offsets: list[int] = []
    for match in _CLUSTER.finditer(text):
        piece = _cluster(match[0])
        pieces.append(piece)
        offsets += [match.start()] * len(piece)
    return Folded("".join(pieces), tuple(offsets))


@cache
def _table() -> dict[int, str]:
    """What becomes of the letters that stand by themselves."""
    return {code: _cluster(chr(code)) for code in (*range(0x250), *range(0x2000, 0x2070))}


@lru_cache(maxsize=4096)
def _cluster(cluster: str) -> str:
    """A letter with its accents, folded: nothing for what only separates or steers."""
    composed = normalize("NFKC", cluster)
    return "".join(
        character
        for character in composed.translate(_SAME)
        if not character.isspace() and category(character) not in ("Pd", "Cf", "Cc")
    )


def is_word(text: str, offset: int) -> bool:
    """A letter or digit stands at the offset (an accent belongs to its letter)."""
    return 0 <= offset < len(text) and (text[offset].isalnum() or text[offset] == "_" or combining(text[offset]) != 0)


def numbers(text: str) -> tuple[str, ...]:
    """The numbers of a text with their thousands joined: "1 285", "1.285" and "1285" are one number."""
    return tuple(re.sub(r"\D", "", match[0]) for match in _GROUPED.finditer(text))


def same_numbers(one: str, other: str) -> bool:
    """No sign was added or taken away, and no number falls apart into two that are none with their thousands."""
    if len(_SIGNED.findall(one)) != len(_SIGNED.findall(other)):
        return False
    return numbers(_joined(one)) == numbers(_joined(other))


def _joined(text: str) -> str:
    """Line ends after a hyphen inside a number closed up, as a reader may have left or taken the space."""
    return re.sub(r"(?<=\d-)\s+(?=\d)", "", text)
