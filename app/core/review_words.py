"""A finding of the review in words: its row in the window, in the report and on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from app.core.catalogue import filled, message_file, plain
from app.core.document import Place
from app.core.review import ReviewFinding

__all__ = ["Worded", "place_words", "rule_name", "worded"]


class Worded(NamedTuple):
    """A row: what is wrong, where and how much, what to do, what the button says; a question to the buyer where one is ready."""

    title: str
    detail: str
    remedy: str
    button: str
    question: str = ""


def worded(finding: ReviewFinding, language: str) -> Worded:
    """The words of a finding. Values that have words of their own (a language, the reason of an error) get them."""
    texts = message_file(language)
    entry = texts["review"].get(finding.rule) or _told(texts, finding.rule)
    given: dict[str, object] = {**dict(finding.values), **dict(finding.shown)}
    given["file"] = (finding.cause.file or "").rsplit("/", 1)[-1]
    place = place_words(finding.cause.place, language)
    given["place"] = f"{place[:1].upper()}{place[1:]}:" if place else ""
    given["where"] = f"{given['file']}, {place}" if place else given["file"]
    given["reason"] = _reason(texts, given)
    for name in ("found", "asked"):
        given[name] = texts["review_places"].get(given.get(name), given.get(name, ""))
    count = given.get("count")
    if isinstance(count, str) and count.isdigit():
        given["count"] = int(count)

    def said(key: str) -> str:
        return " ".join(plain(filled(entry.get(key, ""), given)).split()).removesuffix(":")

    return Worded(said("title"), said("detail"), said("remedy"), said("button"), said("question"))


def rule_name(rule: str, language: str) -> str:
    """What a rule checks, in a few words: for the list of what was found in order."""
    name: str = message_file(language)["review"][rule]["name"]
    return name


def place_words(place: Place, language: str) -> str:
    """Where something stands; empty where there is nothing to say."""
    words = message_file(language)["review_places"]
    if place.sheet is not None:
        return filled(words["cell" if place.cell else "sheet"], {"sheet": place.sheet, "cell": place.cell or ""})
    if place.page is not None:
        return filled(words["page"], {"page": place.page})
    if place.paragraph is not None:
        return filled(words["paragraph"], {"paragraph": place.paragraph})
    return ""


def _told(texts: Mapping[str, Any], rule: str) -> Mapping[str, str]:
    """Rules of the package and the receipt have their words where all codes have theirs. Raises KeyError for one without."""
    entry = texts["findings"][rule]
    return {"title": entry["text"], "remedy": entry["remedy"], "detail": "{where}"}


def _reason(texts: Mapping[str, Any], given: Mapping[str, object]) -> str:
    """What the code of an error says."""
    code = given.get("code")
    if not isinstance(code, str):
        return ""
    entry = texts["findings"].get(code, texts["findings"]["unknown"])
    reason = str(given.get("reason", ""))
    return filled(entry["text"], {"detail": code, **given, "reason": texts["reasons"].get(reason, reason)})
