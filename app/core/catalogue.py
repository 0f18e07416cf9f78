"""Message files: keys to words in a language. Who shows words asks here; everyone else passes codes.

A text may hold `{names}` to be filled in. Where the number matters, an entry is a table with `one` and `other`: see `count`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from app.core.document import Finding
from app.core.durations import Duration
from app.core.resources import resource
from app.core.tables import read_table

__all__ = ["LANGUAGES", "Explained", "duration_words", "explain", "filled", "message_file", "plain", "window_words"]

LANGUAGES = ("sv", "en")
"""The first is the program's own."""


@cache
def message_file(language: str) -> Mapping[str, Any]:
    """What command line and window share: `words`, `findings` with text and remedy, `remedies` and `reasons` they may name.

    `<language>.toml` and every `<part>.<language>.toml` beside it, which has the words of one part in the same sections.
    """
    found: dict[str, dict[str, Any]] = {}
    for file in sorted(resource("messages").iterdir(), key=lambda file: file.name):
        if file.name == f"{language}.toml" or file.name.endswith(f".{language}.toml"):
            for section, entries in read_table(file).items():
                found.setdefault(section, {}).update(entries)
    return found


@cache
def window_words(language: str) -> Mapping[str, Any]:
    """The window's words: every file of `messages/window/<language>/`, each entry under `<file's name>.<key>`."""
    return _Words(language)


class Explained(NamedTuple):
    """A finding in words: where (empty when it is about no file), what is wrong, what to do about it."""

    place: str
    text: str
    remedy: str


def explain(finding: Finding, language: str) -> Explained:
    """What a code says to the user."""
    texts = message_file(language)
    entry = texts["findings"].get(finding.code, texts["findings"]["unknown"])
    given = dict(finding.values)
    remedy = texts["remedies"].get(given.get("remedy"), entry["remedy"])
    reason = given.get("reason", "")
    given["reason"] = texts["reasons"].get(reason, reason or texts["reasons"]["unknown"])
    if "expected" in given:
        given["expected"] = texts["expected"].get(given["expected"], given["expected"])
    values = {"detail": finding.code, **given}
    place = finding.file
    if finding.page is not None:
        last = given.get("last", str(finding.page))
        key = "place_page" if last == str(finding.page) else "place_pages"
        place = filled(texts["words"][key], {"file": finding.file, "page": finding.page, "last": last})
    return Explained(plain(place), plain(filled(entry["text"], values)), plain(filled(remedy, values)))


def duration_words(duration: Duration, language: str) -> str:
    """A length of time in words: "1 år och 6 månader"."""
    words = message_file(language)["durations"]
    *rest, last = [filled(words[unit], {"count": count}) for unit, count in duration._asdict().items() if count]
    return f"{', '.join(rest)} {words['and']} {last}" if rest else last


def filled(text: str | Mapping[str, str], values: Mapping[str, object]) -> str:
    """The text with its names filled in; a name without a value shows as a question mark rather than fail."""
    if not isinstance(text, str):
        text = text["one" if values.get("count") == 1 else "other"]
    if "{" not in text and "}" not in text:
        return text  # most words, and the window asks for thousands of them while its pages are made
    return text.format_map(_Gaps({name: str(value) for name, value in values.items()}))


def plain(text: str) -> str:
    """Without what could steer a terminal or turn the reading direction: names and texts come from foreign files."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() or character in "\n\u00ad" else " " for character in text)


class _Words(Mapping[str, Any]):
    """Each file is read when the first of its words is wanted: what is not shown is not waited for at the start."""

    def __init__(self, language: str) -> None:
        self._folder = resource("messages", "window", language)
        self._parts: dict[str, dict[str, Any]] = {}

    def __getitem__(self, key: str) -> Any:
        part, _, name = key.partition(".")
        return self._part(part)[name]

    def __iter__(self) -> Iterator[str]:
        for file in sorted(self._folder.iterdir(), key=lambda file: file.name):
            part = file.name.removesuffix(".toml")
            yield from (f"{part}.{name}" for name in self._part(part))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _part(self, part: str) -> dict[str, Any]:
        """The words of a file; none where there is no such file."""
        if part not in self._parts:
            file = self._folder.joinpath(f"{part}.toml")
            self._parts[part] = read_table(file) if file.is_file() else {}
        return self._parts[part]


class _Gaps(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"
