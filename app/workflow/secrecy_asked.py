"""Where the procurement itself speaks of secrecy, and the item that asks for the request: found, or chosen by the user."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from app.core.points import PointKind, Source
from app.core.resources import resource
from app.core.tables import read_table
from app.core.work import ItemState, WorkItem
from app.workflow.secrecy_desk import SecrecyDesk

__all__ = ["Passage", "annex_item", "candidates", "likeliest", "passages", "pattern"]

_FACT = "secrecy_instruction"


@dataclass(frozen=True, slots=True)
class Passage:
    """A place where the procurement speaks of secrecy. `item` is the key of the item that it is, if any."""

    source: Source
    text: str
    item: str | None = None


@cache
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of `resources/rules/secrecy/asked.toml`."""
    table = read_table(resource("rules", "secrecy", "asked.toml"))
    return re.compile(rf"(?<!\w)(?:{table[name]['pattern']})(?!\w)", re.IGNORECASE)


def annex_item(desk: SecrecyDesk) -> WorkItem | None:
    """The item that the annex answers: the one that the user has chosen, or the likeliest one."""
    return likeliest(desk.items(), desk.tender.secrecy.item)


def likeliest(items: Sequence[WorkItem], chosen: str | None) -> WorkItem | None:
    """Of these items, the one with the chosen key (none for an empty one), or the one that asks for the request most clearly."""
    if chosen is not None:
        return next((item for item in items if item.key == chosen), None) if chosen else None
    best: tuple[int, WorkItem] | None = None
    for item in items:
        weight = _weight(item)
        if weight and (best is None or weight > best[0]):
            best = (weight, item)
    return best[1] if best is not None else None


def candidates(items: Sequence[WorkItem]) -> tuple[WorkItem, ...]:
    """The items that the annex may answer: those that speak of secrecy first, then all others in the order of the list."""
    asked = [one for one in items if one.state is not ItemState.REJECTED and one.item.kind is not PointKind.CONTRACT]
    return tuple(sorted(asked, key=lambda one: -_weight(one)))


def passages(desk: SecrecyDesk) -> tuple[Passage, ...]:
    """All places in the tender documents, the facts that the extraction found first, none twice."""
    seen: set[tuple[str, str]] = set()
    found = []
    for passage in (*_facts(desk), *_items(desk)):
        key = (passage.source.document, " ".join(passage.source.quote.split()))
        if key not in seen:
            seen.add(key)
            found.append(passage)
    return tuple(found)


def _weight(item: WorkItem) -> int:
    """How likely it asks for the request; 0 for no."""
    text = f"{item.item.text} {item.item.source.quote}"
    if item.state is ItemState.REJECTED or item.item.kind is PointKind.CONTRACT or not pattern("speaks").search(text):
        return 0
    requested = pattern("request").search(text) is not None
    if pattern("owed").search(text) and not requested:
        return 0
    return 1 + 4 * requested + {PointKind.ATTACHMENT: 4, PointKind.QUESTION: 3}.get(item.item.kind, 0)


def _facts(desk: SecrecyDesk) -> Iterator[Passage]:
    for fact in desk.tender.found.facts:
        if fact.name == _FACT:
            yield Passage(fact.source, fact.source.quote or fact.value)


def _items(desk: SecrecyDesk) -> Iterator[Passage]:
    for item in desk.items():
        if item.item.kind is not PointKind.CONTRACT and pattern("speaks").search(item.item.text):
            yield Passage(item.item.source, item.item.text_after_number, item.key)
