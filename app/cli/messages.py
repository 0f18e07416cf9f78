"""Codes to words, in Swedish and English: `resources/messages/<language>.toml`."""

from __future__ import annotations

import os
import string
import sys
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from app.core.document import Finding
from app.core.resources import resource

__all__ = ["LANGUAGES", "catalogue", "describe", "language_of", "plain", "say"]

LANGUAGES = ("sv", "en")


def language_of(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> str:
    """The language asked for with `--lang`, else that of the system if it is English, else Swedish."""
    for index, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            asked = value or next(iter(arguments[index + 1 : index + 2]), "")
            if asked in LANGUAGES:
                return asked
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(variable, ""):
            return "en" if value.lower().startswith("en") else "sv"
    if sys.platform == "win32":
        import ctypes

        english = 9
        return "en" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == english else "sv"
    return "sv"


@cache
def catalogue(language: str) -> Mapping[str, Any]:
    """The message file: `words` of the interface, `findings` with text and remedy, `remedies` and `reasons` they may name."""
    return tomllib.loads(resource("messages", f"{language}.toml").read_text("utf-8"))


def say(language: str, key: str, **values: object) -> str:
    """The words for a key of the interface."""
    return _filled(catalogue(language)["words"][key], {name: str(value) for name, value in values.items()})


def describe(finding: Finding, language: str) -> str:
    """File, page, what is wrong and what to do about it."""
    texts = catalogue(language)
    entry = texts["findings"].get(finding.code, texts["findings"]["unknown"])
    given = dict(finding.values)
    remedy = texts["remedies"].get(given.get("remedy"), entry["remedy"])
    reason = given.get("reason", "")
    given["reason"] = texts["reasons"].get(reason, reason or texts["reasons"]["unknown"])
    text = _filled(f"{entry['text']} {remedy}", {"detail": finding.code, **given})
    place = finding.file
    if finding.page is not None:
        last = given.get("last", str(finding.page))
        key = "place_page" if last == str(finding.page) else "place_pages"
        place = say(language, key, file=finding.file, page=finding.page, last=last)
    return plain(f"{place}: {text}" if place else text)


def plain(text: str) -> str:
    """Without what could steer a terminal or turn the reading direction: names and texts come from foreign files."""
    return "".join(character if character.isprintable() or character in "\n\u00ad" else " " for character in text)


class _Gaps(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def _filled(template: str, values: Mapping[str, str]) -> str:
    return string.Formatter().vformat(template, (), _Gaps(values))
