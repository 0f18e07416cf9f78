"""Answers that were given before, offered beside a question: by words and by likeness. Nothing is put in by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from app.core.folding import folded
from app.core.library import EarlierAnswer

__all__ = ["Answers", "like", "searched"]

_LEAST = 0.45
"""Less alike than this is another question."""
_QUESTION, _WORDS = 0.75, 0.25
"""How much the likeness of the questions weighs against the words that question and answer share."""


class Answers(Protocol):
    """The vault, as far as answers are asked of it."""

    def answers(self, words: str, but: str | None = None, limit: int = 200) -> tuple[EarlierAnswer, ...]:
        """Answers that have any of the words, those with the most first."""
        ...


def like(store: Answers, question: str, but: str, most: int = 8) -> tuple[EarlierAnswer, ...]:
    """Answers to questions like this one in all tenders `but` the one at hand, most alike first. Waits for the disk."""
    from rapidfuzz import fuzz

    asked = folded(question)
    judged = []
    for found in store.answers(question, but):
        alike = fuzz.token_set_ratio(asked, folded(found.question)) / 100
        alike = min(alike, (fuzz.token_sort_ratio(asked, folded(found.question)) / 100 + alike) / 2)
        judged.append(replace(found, likeness=round(_QUESTION * alike + _WORDS * found.likeness, 3)))
    return _best((found for found in judged if found.likeness >= _LEAST), most)


def searched(store: Answers, words: str, but: str, most: int = 50) -> tuple[EarlierAnswer, ...]:
    """Answers with every one of the words in question or answer. Waits for the disk."""
    wanted = folded(words).split()
    found = store.answers(words, but, 1000)
    text = {one.item: folded(f"{one.question}\n{one.answer}") for one in found}
    return _best((one for one in found if all(word in text[one.item] for word in wanted)), most)


def _best(found: Iterable[EarlierAnswer], most: int) -> tuple[EarlierAnswer, ...]:
    """The best of them, each answer once: the same words to the same question count where they were used last."""
    once: dict[tuple[str, str], EarlierAnswer] = {}
    for one in sorted(found, key=lambda one: one.at, reverse=True):
        once.setdefault((folded(one.question), folded(one.answer)), one)
    return tuple(sorted(once.values(), key=lambda one: (-one.likeness, one.at), reverse=False)[:most])
