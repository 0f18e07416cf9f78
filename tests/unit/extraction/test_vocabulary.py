from __future__ import annotations

import pytest

from app.extraction import vocabulary
from app.extraction.vocabulary import Vocabulary


def test_words_that_say_nothing_are_passed_over() -> None:
    lengths = Vocabulary(lambda word: len(word) if word.isalpha() else None)
    assert list(lengths.told(["ska", "12", "bifogas", "ska"])) == [3, 7, 3]


def test_each_word_is_learnt_once() -> None:
    asked: list[str] = []

    def learn(word: str) -> bool:
        asked.append(word)
        return word == "ska"

    words = Vocabulary(learn)
    assert list(words.told(["ska", "och", "ska", "och"])) == [True, True]
    assert asked == ["ska", "och"]


def test_what_is_known_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_MOST_WORDS", 2)
    asked: list[str] = []
    words: Vocabulary[None] = Vocabulary(asked.append)
    for word in ("a", "b", "c", "c", "a"):
        list(words.told([word]))
    assert asked == ["a", "b", "c", "c", "a"]
