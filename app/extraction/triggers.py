"""Words that a text must hold for a pattern to match it, so that most patterns need not be tried on most texts.

They are read off the pattern itself: of each alternative every word that no match can do without, by its letters. A text in which
no word begins so cannot match. A word that ends within those letters is marked by a space after it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from operator import or_

from app.extraction.vocabulary import Vocabulary

LENGTH = 8
PUNCTUATION = '.,:;()!?"”'
"""What mostly stands beside words. None of it is part of one."""
_WORD = re.compile(rf"(?<!\w)\w{{1,{LENGTH}}}")
_ZERO_WIDTH = ("?=", "?!", "?<=", "?<!")
_LETTERS = re.compile(r"[^\W_]+(?![?*+{])")
_QUANTIFIER = re.compile(r"(?:[?*+]|\{(\d*),?\d*\})\??")
# What the structure of a pattern hangs on. Escapes and classes are passed over whole: brackets and bars in them are letters.
_STRUCTURE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]")
_GROUP_HEAD = re.compile(r"\?(?:P<\w+>|[a-z-]*:)")

Needs = tuple[tuple[frozenset[str], ...], ...]
"""Of each alternative of a pattern the words that all its matches hold, the most telling first; each as how it may begin."""


def needs(pattern: str) -> Needs | None:
    """What every text that the pattern can match holds: all words of one of its alternatives. None when it doesn't tell."""
    found: list[tuple[frozenset[str], ...]] = []
    for alternative in alternatives(pattern.lower()):
        telling = [words for place in _word_starts(alternative) if (words := _words_at(alternative[place:])) is not None]
        if not telling:
            return None
        telling.sort(key=lambda words: (-min(len(word.strip()) for word in words), len(words)))
        found.append(tuple(dict.fromkeys(telling)))
    return tuple(found)


class Triggers:
    """Patterns by the words they need: tells which of them are worth trying on a text.

    Every different word needed is a bit, and a text the sum of the bits it holds. The most telling word of an alternative
    brings the pattern up, and the sum of all its words decides.
    """

    def __init__(self, needed: Sequence[Needs | None]) -> None:
        self._always = frozenset(number for number, of_pattern in enumerate(needed) if of_pattern is None)
        # Texts are cut at their white space, which is three times faster than to look for words; what stands between is looked
        # into once for each different piece.
        self._pieces = Vocabulary(self._learn)
        self._words = Vocabulary(self._meant)
        self._bits: dict[str, int] = {}
        self._brought: dict[int, list[tuple[int, int]]] = {}
        bit_of: dict[frozenset[str], int] = {}
        for number, of_pattern in enumerate(needed):
            for words in of_pattern or ():
                bits = [bit_of.setdefault(word, 1 << len(bit_of)) for word in words]
                self._brought.setdefault(bits[0], []).append((number, sum(bits)))
        self._telling = sum(self._brought)
        for word, bit in bit_of.items():
            for letters in word:
                self._bits[letters] = self._bits.get(letters, 0) | bit

    def wanted(self, folded: str) -> list[int]:
        """Numbers of the patterns that a folded text may match, in their order."""
        held = reduce(or_, self._pieces.told(folded.split()), 0)
        found = set(self._always)
        telling = held & self._telling
        while telling:
            lowest = telling & -telling
            telling ^= lowest
            for number, needed in self._brought[lowest]:
                if needed & held == needed:
                    found.add(number)
        return sorted(found)

    def _learn(self, piece: str) -> int:
        """The bits of all words in a piece of a text."""
        bare = piece.strip(PUNCTUATION)
        if bare.isalnum():
            # One word, as most pieces are: what the pattern would find, at a tenth of the time.
            return next(self._words.told((bare[:LENGTH],)), 0)
        return reduce(or_, self._words.told(_WORD.findall(piece)), 0)

    def _meant(self, word: str) -> int:
        """The bits of what a word of a text may be meant as: by two letters or more, or all of it with a space after it."""
        bits = 0 if len(word) == LENGTH else self._bits.get(word + " ", 0)
        for length in range(2, len(word) + 1):
            bits |= self._bits.get(word[:length], 0)
        return bits


def _words_at(sequence: str) -> frozenset[str] | None:
    """Beginnings of the word that stands at the start of a sequence; None when they are not all of two letters or more."""
    found = frozenset(letters for letters, _ in _expand(sequence, ""))
    return found if all(len(letters) > 1 for letters in found) else None


def _word_starts(sequence: str) -> list[int]:
    """Places outside groups where a word begins that every match holds."""
    places: list[int] = []
    place, at_start = 0, True
    while place < len(sequence):
        char = sequence[place]
        if char == "(":
            end = _group_end(sequence, place)
            inner = sequence[place + 1 : end]
            rest, optional = _after(sequence, end + 1)
            if not inner.startswith(_ZERO_WIDTH):
                head = _GROUP_HEAD.match(inner)
                closed = all(body.endswith(" ") for body in alternatives(inner[head.end() :] if head else inner))
                if at_start and not optional:
                    places.append(place)
                at_start = closed and (at_start or not optional)
            place = len(sequence) - len(rest)
            continue
        if char == " ":
            at_start = True
            place += 1
            continue
        if at_start:
            places.append(place)
            at_start = False
        if char == "[":
            place = _class_end(sequence, place)
        else:
            place += 2 if char == "\\" else 1
        if sequence[place : place + 1] in ("?", "*"):
            # What may be absent is no word to rely on, nor is what follows it the start of one.
            places = places[:-1] if places and places[-1] == place - 1 else places
    return places


def alternatives(pattern: str) -> list[str]:
    """Split at the bars that stand outside every group and class."""
    found, depth, start = [], 0, 0
    for match in _STRUCTURE.finditer(pattern):
        sign = match[0]
        if sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
        elif sign == "|" and depth == 0:
            found.append(pattern[start : match.start()])
            start = match.end()
    return [*found, pattern[start:]]


def _expand(sequence: str, before: str) -> set[tuple[str, bool]]:
    """Beginnings of a sequence after the letters `before`, each with whether the whole sequence was read (more may follow)."""
    place = 0
    while place < len(sequence):
        if len(before) >= LENGTH:
            return {(before[:LENGTH], False)}
        char = sequence[place]
        if char == "\\" and sequence[place + 1 : place + 2] in ("A", "a", "b"):
            place += 2
            continue
        if char == "(":
            end = _group_end(sequence, place)
            inner = sequence[place + 1 : end]
            rest, optional = _after(sequence, end + 1)
            if inner.startswith(_ZERO_WIDTH):
                place = len(sequence) - len(rest)
                continue
            head = _GROUP_HEAD.match(inner)
            return _group(inner[head.end() :] if head else inner, rest, before, optional)
        if char == " ":
            # Where the space may be absent, the word may go on.
            ends = before and sequence[place + 1 : place + 2] != "?"
            return {(before + " " if ends else before, False)}
        plain = _LETTERS.match(sequence, place)
        if plain is not None:
            before += plain[0]
            place = plain.end()
            continue
        if not char.isalnum():
            # A class or an escape: the literal letters end here.
            return {(before, False)}
        rest, optional = _after(sequence, place + 1)
        if optional:
            return _expand(rest, before) | _expand(rest, before + char)
        before += char
        place += 1
    return {(before[:LENGTH], True)}


def _group(body: str, rest: str, before: str, optional: bool) -> set[tuple[str, bool]]:
    found = _expand(rest, before) if optional else set()
    for alternative in alternatives(body):
        for letters, whole in _expand(alternative, before):
            found |= _expand(rest, letters) if whole else {(letters, False)}
    return found


def _after(sequence: str, place: int) -> tuple[str, bool]:
    """What follows a quantifier at `place`, and whether the quantifier allows nothing at all."""
    match = _QUANTIFIER.match(sequence, place)
    if match is None:
        return sequence[place:], False
    return sequence[match.end() :], match[0][0] in "?*" or match[0].startswith("{0")


def _group_end(sequence: str, place: int) -> int:
    depth = 0
    for match in _STRUCTURE.finditer(sequence, place):
        depth += (match[0] == "(") - (match[0] == ")")
        if depth == 0 and match[0] == ")":
            return match.start()
    return len(sequence)


def _class_end(pattern: str, place: int) -> int:
    """Index after the bracket that closes the class opened at `place`."""
    match = _STRUCTURE.match(pattern, place)
    return match.end() if match is not None else len(pattern)
