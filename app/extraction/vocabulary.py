"""What the words of texts mean to a finder, looked up once for each different word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

_MOST_WORDS = 50_000
Told = TypeVar("Told")


class Vocabulary(Generic[Told]):
    """Remembers what `learn` says of a word.

    Most words say nothing (None, or anything else that is false): these are passed over without a step of Python.
    """

    def __init__(self, learn: Callable[[str], Told | None]) -> None:
        self._known = _Known(learn)

    def told(self, words: Iterable[str]) -> Iterator[Told]:
        """What the words say that say anything, in their order."""
        if len(self._known) > _MOST_WORDS:
            self._known.clear()
        return filter(None, map(self._known.__getitem__, words))


class _Known(dict[str, Told | None]):
    def __init__(self, learn: Callable[[str], Told | None]) -> None:
        super().__init__()
        self._learn = learn

    def __missing__(self, word: str) -> Told | None:
        told = self[word] = self._learn(word)
        return told
