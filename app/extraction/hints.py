"""Which rules a text can meet at all: a cheap look at its words spares most texts the patterns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from app.extraction import kept
from app.extraction.rules import Rule, rules
from app.extraction.triggers import PUNCTUATION
from app.extraction.vocabulary import Vocabulary

_WORD = kept.pattern(r"\w{3,}")
_KEY = 3


class Hints:
    """An index of rules by the beginnings of words that their texts hold. `hints` of a rule: one of them is in every such text.

    A hint of several words begins with a word of its own; all of it must be in the text.
    """

    def __init__(self, indexed: Sequence[Rule]) -> None:
        self._by_key: dict[str, list[tuple[str, int]]] = {}
        self._always: list[int] = []
        self._words = Vocabulary(self._learn)
        for number, rule in enumerate(indexed):
            hints = rule.fields.get("hints")
            if not hints:
                self._always.append(number)
            for hint in hints or ():
                self._by_key.setdefault(hint[:_KEY], []).append((hint, number))

    def wanted(self, text: str) -> list[int]:
        """Numbers of the rules that are worth trying on the text, in their order."""
        if not self._by_key:
            return self._always
        lowered = text.lower()
        found = set(self._always)
        for spoken_for in self._words.told(lowered.split()):
            for hint, number in spoken_for:
                if not hint or hint in lowered:
                    found.add(number)
        return sorted(found)

    def _learn(self, piece: str) -> tuple[tuple[str, int], ...]:
        """The rules that the words of a piece speak for, each with the hint of several words that the text must hold too, if any.

        A piece is what stands between white space: a text is cut there faster than words are found in it.
        """
        bare = piece.strip(PUNCTUATION)
        return tuple(
            ("" if word.startswith(hint) else hint, number)
            for word in ((bare,) if bare.isalnum() and len(bare) >= _KEY else _WORD.findall(piece))
            for hint, number in self._by_key.get(word[:_KEY], ())
            if word.startswith(hint) or " " in hint
        )


@cache
def hints_of(name: str) -> Hints:
    """The index of a rule file."""
    return Hints(rules(name))
