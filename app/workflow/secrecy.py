"""Secrecy for the window and the command line: what a judgement says, in words, and how much of the bid is claimed."""

from __future__ import annotations

from typing import NamedTuple

from app.core.catalogue import duration_words, filled, message_file, plain
from app.core.durations import parse_duration
from app.secrecy.catalogue import ground
from app.secrecy.strength import Reason, Share

__all__ = ["ReasonWords", "reason_words", "share_words"]


class ReasonWords(NamedTuple):
    """A reason in words: a few for a list, and a sentence or two that say what to do."""

    short: str
    text: str


def reason_words(reason: Reason, language: str) -> ReasonWords:
    """What a reason says to the user. Paragraphs, lengths of time and fields are in words."""
    texts = message_file(language)
    entry = texts["strength"][reason.rule]
    values = dict(reason.values)
    if "ground" in values:
        values["ground"] = ground(values["ground"]).paragraph(language)
    if "fields" in values:
        values["fields"] = ", ".join(texts["strength_fields"][name] for name in values["fields"].split(","))
    length = parse_duration(values.get("duration", ""))
    if length is not None:
        values["duration"] = duration_words(length, language)
    return ReasonWords(plain(filled(entry["short"], values)), plain(filled(entry["text"], values)))


def share_words(share: Share, language: str) -> str:
    """How much of a file is claimed, and what that means for the request. A claimed part is never told as nothing."""
    percent = round(share.ratio * 100)
    if share.claimed:
        percent = max(percent, 1)
    return filled(message_file(language)["strength_share"][share.verdict.value], {"percent": percent})
