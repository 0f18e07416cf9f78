"""Names of files and what asks for them, made alike: small letters without dots and rings, their numbers and telling words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Set
from functools import cache, lru_cache
from math import log
from unicodedata import combining, normalize

from rapidfuzz import fuzz

from app.core.resources import resource
from app.core.tables import read_table

__all__ = ["Telling", "annexes", "leading_number", "sections", "simple", "suffix_of", "telling"]

_SUFFIX = re.compile(r"\.[A-Za-z0-9]{2,5}\Z")
_APART = re.compile(r"[^0-9a-z.]+")
_CAMEL = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ][a-zåäö])")
_ANNEX = re.compile(
    r"\b(?:bilag(?:a|or)|bil|annex|appendix|attachment|schedule)\.? ?(?:nr\.? ?)?"
    r"(\d{1,3}[a-z]?|(?<= )(?!i\b)[a-z]\d{0,2})(?![a-z0-9])"
)
_SECTION = re.compile(
    r"(?:avsnitt|punkt|kapitel|kap\.?|p\.?|section|clause|chapter|§)\s*((?:\d{1,2}\.)*\d{1,2})(?![\d%])", re.IGNORECASE
)
_LEADING = re.compile(r"\A\W*((?:\d{1,3}[._])*\d{1,3})(?=[\s._\-)]|\D)")
_WORD = re.compile(r"[a-z]{2,}")
_ENDINGS = ("erna", "orna", "arna", "ens", "ets", "en", "et", "er", "or", "ar", "na", "s", "a", "e", "n", "t")


@lru_cache(maxsize=4096)
def simple(text: str, ending: bool = True) -> str:
    """Small letters and figures with single spaces between, å ä ö as a a o; without the file's ending where it is not wanted.

    Points stay inside numbers ("4.1"), and nowhere else.
    """
    shown = normalize("NFC", text)
    if not ending:
        shown = _SUFFIX.sub("", shown)
    shown = _CAMEL.sub(" ", shown)
    bare = "".join(c for c in normalize("NFKD", shown.casefold()) if not combining(c))
    bare = bare.translate({ord("ø"): "o", ord("æ"): "ae", ord("ß"): "ss"})
    spaced = _APART.sub(" ", bare)
    return " ".join(re.sub(r"(?<!\d)\.|\.(?!\d)", " ", spaced).split())


def suffix_of(name: str) -> str:
    """The ending with its dot, in small letters; empty for none."""
    found = _SUFFIX.search(name)
    return found[0].lower() if found and not found[0][1:].isdigit() else ""


@lru_cache(maxsize=4096)
def annexes(text: str) -> frozenset[str]:
    """Numbers of annexes in a text made simple: "bilaga 3" gives 3."""
    return frozenset(found[1] for found in _ANNEX.finditer(text))


def sections(text: str) -> frozenset[str]:
    """Numbers of sections that a text names: "enligt avsnitt 4.1" gives 4.1."""
    return frozenset(found[1] for found in _SECTION.finditer(text))


def leading_number(name: str) -> str | None:
    """The number that a file name begins with: "4.1 CV.docx" gives 4.1."""
    found = _LEADING.match(_SUFFIX.sub("", name))
    return found[1].replace("_", ".") if found else None


@lru_cache(maxsize=8192)
def telling(text: str) -> frozenset[str]:
    """The words of a text made simple that tell which document it is."""
    return frozenset(word for word in _WORD.findall(text) if word not in _plain() and _stem(word) not in _plain())


@cache
def _plain() -> frozenset[str]:
    """Words that say nothing of which document it is."""
    table = read_table(resource("rules", "bid_files.toml"))
    words = [simple(word) for word in table["plain"]]
    return frozenset((*words, *map(_stem, words)))


class Telling:
    """How much two sets of words share. Words that many items have weigh less."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for text in texts:
            counts.update({_stem(word) for word in telling(simple(text))})
            total += 1
        self._counts = counts
        self._total = total

    def shared(self, words: Set[str], others: Set[str]) -> float:
        """How much of `words` is among `others`, 0 to 1, weighed by how telling each is. A single short word is not enough."""
        if not words or not others:
            return 0.0
        whole = found = longest = 0.0
        for word in words:
            weight = self._weight(word)
            best = max(_alike(word, other) for other in others)
            whole += weight
            found += weight * best
            if best >= 0.6:
                longest = max(longest, len(word))
        return found / whole if whole and longest >= 5 else 0.0

    def _weight(self, word: str) -> float:
        return log(1 + (self._total + 1) / (self._counts.get(_stem(word), 0) + 1)) * min(len(word), 12) / 12


@lru_cache(maxsize=16_384)
def _alike(one: str, other: str) -> float:
    """How alike two words are. Swedish compounds share their beginning or end: "referens" and "referensuppdrag"."""
    if one == other:
        return 1.0
    a, b = _stem(one), _stem(other)
    if a == b:
        return 0.95
    short, long = sorted((a, b), key=len)
    if len(short) >= 5 and (long.startswith(short) or long.endswith(short)):
        return 0.8
    if len(short) >= 6 and fuzz.ratio(a, b) >= 85:  # a slip of the finger
        return 0.75
    return 0.0


@lru_cache(maxsize=16_384)
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
