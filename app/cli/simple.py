"""The commonest orders understood at once: typer, with the library it checks types by, takes longer than thirty pages to read.

Only what needs no explaining is taken: `check`, paths, and options in two words whose values are right. Everything else, help and
mistakes among it, is left to `app.cli.arguments`; what is taken here means exactly the same there, and a test compares them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.cli.checking import BINARY, FORMATS, CheckOrder, format_of
from app.cli.messages import LANGUAGES, language_of
from app.cli.options import passwords, target_of
from app.workflow.filters import FILTERS

__all__ = ["simple_order"]

_OPTIONS = {
    "--format": "format",
    "-f": "format",
    "--output": "output",
    "-o": "output",
    "--only": "only",
    "--password": "password",
    "--lang": "lang",
}
_CHOICES = {"format": FORMATS, "only": FILTERS, "lang": LANGUAGES}


def simple_order(arguments: Sequence[str]) -> CheckOrder | None:
    """The order, or None when it takes more to understand what was typed."""
    if arguments[:1] not in (("check",), ["check"]):
        return None
    paths: list[str] = []
    given: dict[str, list[str]] = {}
    words = iter(arguments[1:])
    for word in words:
        if word.startswith("-"):
            option, value = _OPTIONS.get(word), next(words, "")
            # An empty value, and one that looks like an option, mean different things to different options.
            if option is None or not value or value.startswith("-"):
                return None
            given.setdefault(option, []).append(value.lower() if option in _CHOICES else value)
        elif word:
            paths.append(word)
        else:
            return None
    if not paths or any(value not in choices for option, choices in _CHOICES.items() for value in given.get(option, ())):
        return None
    target = target_of(given.get("output", [""])[-1])
    chosen = format_of(given.get("format", [""])[-1], target)
    if chosen in BINARY and target is None:
        return None
    language = given["lang"][-1] if "lang" in given else language_of(arguments)
    return CheckOrder(
        paths=tuple(map(Path, paths)),
        format=chosen,
        output=target,
        only=tuple(given.get("only", ())),
        language=language,
        passwords=(*given.get("password", ()), *passwords("", language)),
    )
