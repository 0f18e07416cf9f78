"""Codes to words, in Swedish and English: `resources/messages/<language>.toml`."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from app.core.catalogue import LANGUAGES, explain, filled, message_file, plain
from app.core.document import Finding

__all__ = ["LANGUAGES", "describe", "language_of", "plain", "say"]


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


def say(language: str, key: str, **values: object) -> str:
    """The words for a key of the interface."""
    return filled(message_file(language)["words"][key], values)


def describe(finding: Finding, language: str) -> str:
    """File, page, what is wrong and what to do about it."""
    place, text, remedy = explain(finding, language)
    return f"{place}: {text} {remedy}" if place else f"{text} {remedy}"
