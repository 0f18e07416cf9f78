"""The words of `resources/rules/slots.toml`, by what they tell."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from app.core.document import AnswerType
from app.extraction.rules import Rule, rules

_NUMBERED = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[a-zåäö][.)])\s+(?=\D)")
_PUNCTUATION = " \t.,;:()[]–-*?"


class Named(NamedTuple):
    """What a line, a column or a field is told to be by its words, and the rule that tells."""

    rule: str
    type: AnswerType
    required: str | None = None
    must: bool | None = None
    limit: str | None = None


@cache
def group(name: str) -> tuple[Rule, ...]:
    """The rules that one reader uses, in their order."""
    return tuple(rule for rule in rules("slots") if rule.fields["group"] == name)


def first(name: str, text: str) -> Rule | None:
    """The first rule of a group that finds itself in the text."""
    return next((rule for rule in group(name) if rule.search(text) is not None), None)


def whole(name: str, text: str) -> Rule | None:
    """The first rule of a group that takes the whole text."""
    return next((rule for rule in group(name) if rule.pattern.fullmatch(text) is not None), None)


@cache
def limit_in(text: str) -> str | None:
    """How long an answer may be, in the document's words."""
    for rule in group("limit"):
        if (match := rule.search(text)) is not None:
            return match[0].strip()
    return None


@cache
def type_line(text: str) -> Named | None:
    """The kind of answer that a line names and nothing else: "Fritext", "Ja/Nej. Ja krävs", "Svarstyp: Heltal, max 10 tecken"."""
    if not 3 <= len(text) <= 110:
        return None
    stripped = _without_lead(text.strip(" \t()[]<>*•"))
    for rule in group("type_line"):
        match = rule.pattern.match(stripped)
        if match is None:
            continue
        rest = stripped[match.end() :].strip(_PUNCTUATION)
        if rest and not _says_how(rest):
            continue
        must = rule.fields.get("must")
        if must is None and rest:
            must = False if first("optional", rest) else True if first("mandatory", rest) else None
        return Named(
            rule.id, AnswerType(rule.fields["type"]), rule.fields.get("required"), must, limit_in(rest) if rest else None
        )
    return None


def _without_lead(text: str) -> str:
    head, colon, tail = text.partition(":")
    if colon and head.strip().lower() in _LEADS:
        return tail.strip(" \t()[]")
    return text


_LEADS = frozenset(
    {
        "svarstyp",
        "svarsformat",
        "svarsform",
        "typ av svar",
        "frågetyp",
        "typ",
        "format",
        "svar",
        "svarsalternativ",
        "answer type",
        "response type",
        "answer format",
        "type of answer",
        "response format",
    }
)


def _says_how(text: str) -> bool:
    """Whether words after a type line only say how long, how necessary or of which unit the answer is."""
    return (
        len(text) <= 60 and any(first(name, text) for name in ("limit", "optional", "mandatory", "margin"))
    ) or text.lower() in ("sek", "kr", "st", "%", "timmar", "pdf", "svar", "krav", "frivillig", "fritext", "kommentar")


@cache
def header(text: str) -> Named | None:
    """What kind of answer a column with this name takes; `NONE` for columns that hold what the buyer says."""
    stripped = " ".join(text.split()).strip(" \t:*.")
    if not stripped or len(stripped) > 120:
        return None
    if re.match(r"(?i)no\s*\.", text.strip()):
        return Named("slot.header_none", AnswerType.NONE)  # "No." numbers the rows, "No" is an answer
    for rule in group("header"):
        if rule.pattern.fullmatch(stripped) is not None:
            return Named(rule.id, AnswerType(rule.fields["type"]))
    return None


@cache
def label(text: str) -> Named | None:
    """What kind of answer a form's field with this name takes, when it is a name that forms use."""
    stripped = _NUMBERED.sub("", " ".join(text.split())).strip(" \t:*.#_")
    if not stripped or len(stripped) > 90:
        return None
    bare = stripped
    if stripped.endswith(")") and "(" in stripped:
        bare = stripped[: stripped.rindex("(")].strip(" :*.") or stripped.strip("()")
    for rule in group("label"):
        if rule.pattern.fullmatch(stripped) is not None or rule.pattern.fullmatch(bare) is not None:
            return Named(rule.id, AnswerType(rule.fields["type"]))
    parts = [part.strip(" .:*") for part in stripped.replace("&", "/").replace(" och ", "/").replace(",", "/").split("/")]
    if 1 < len(parts) <= 4 and all(len(part) > 1 for part in parts):
        for rule in group("label"):
            if rule.pattern.fullmatch(parts[0]) is not None and all(
                any(other.pattern.fullmatch(part) is not None for other in group("label")) for part in parts[1:]
            ):
                return Named(rule.id, AnswerType(rule.fields["type"]))
    return None


def is_margin(text: str) -> bool:
    """Whether the line belongs to the question beside it and says nothing of its own."""
    return len(text) <= 60 and (
        whole("margin", text.strip(" .")) is not None or text.strip(" .").replace(" ", "").rstrip("%").isdigit()
    )


def is_buyers(text: str) -> bool:
    """Whether the words say that the buyer fills this in."""
    return first("buyer", text) is not None


def is_instruction(text: str) -> bool:
    """Whether the words speak to whoever fills in the template, not to the bidder."""
    return text[:1] in "[<(" and any(rule.pattern.match(text) is not None for rule in group("instruction"))
