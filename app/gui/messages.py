"""Keys to words in the window's language: the one place where codes become what the user reads.

Keys are literal in the code ("checklist.reject"), so that the tests can compare them with `resources/messages/window/`.
"""

from __future__ import annotations

from app.core.catalogue import LANGUAGES, Explained, explain, filled, message_file, window_words
from app.core.document import Finding
from app.core.work import HistoryEntry

__all__ = ["explained", "fact_name", "happened", "language", "read_words", "set_language", "tr"]


class _Chosen:
    language = LANGUAGES[0]


def language() -> str:
    """The window's language, "sv" or "en"."""
    return _Chosen.language


def set_language(chosen: str) -> None:
    """Choose the language of everything that is made from now on."""
    _Chosen.language = chosen if chosen in LANGUAGES else LANGUAGES[0]


def read_words() -> None:
    """Read all words of the window's language, on any thread: they are read part by part when the first of each is shown."""
    len(window_words(_Chosen.language))


def tr(key: str, **values: object) -> str:
    """The words for a key. `count` chooses between one and other. Raises KeyError for a key that has no words."""
    return filled(window_words(_Chosen.language)[key], values)


def explained(finding: Finding) -> Explained:
    """Where, what and what to do, for a code that came from the core."""
    return explain(finding, _Chosen.language)


def fact_name(name: str) -> str:
    """What a field of `Tender` is called."""
    return str(message_file(_Chosen.language)["words"][f"fact_{name}"])


def happened(entry: HistoryEntry) -> str:
    """What an entry of the history did, in a few words: history.<its code>."""
    values: dict[str, object] = dict(entry.values)
    if "count" in values:
        values["count"] = int(str(values["count"]))
    if "fact" in values:
        values["name"] = fact_name(str(values["fact"]))
    key = f"history.{entry.action}"
    if entry.action in ("assign", "due") and not values.get("owner") and not values.get("day"):
        key += "_none"
    return tr(key if key in window_words(_Chosen.language) else "history.other", **values)
