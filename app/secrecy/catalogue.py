"""What the law and the courts say, as data: grounds, kinds of information and cases of `resources/rules/secrecy/`.

Nothing here judges. What was not checked against a source is marked (`checked`, `uncertain`) and must be shown so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from app.core.errors import ClaimsError
from app.core.resources import resource
from app.core.tables import read_table

__all__ = [
    "DEFAULT_GROUND",
    "Case",
    "Category",
    "ContractTerms",
    "Direction",
    "Ground",
    "GroundKind",
    "Questions",
    "Step",
    "Told",
    "cases",
    "cases_of_ground",
    "categories",
    "category",
    "ground",
    "grounds",
    "source",
    "steps",
]

DEFAULT_GROUND = "osl-31-16"


@dataclass(frozen=True, slots=True)
class Told:
    """A text in both languages: `ground.name("sv")`."""

    sv: str
    en: str

    def __call__(self, language: str) -> str:
        """The text in the language; Swedish for one that there is none in."""
        return self.en if language == "en" else self.sv


class GroundKind(StrEnum):
    """Whose interest a provision protects, and so who can rest on it."""

    BIDDER = "bidder"  # the bidder's business: what a request rests on
    PERSON = "person"  # a person whom the bid tells of
    SECURITY = "security"  # safety, security measures, defence
    BUYER = "buyer"  # the public or the buyer: the buyer's to invoke, not the bidder's
    NONE = "none"  # often named, but keeps nothing secret with an authority


class ContractTerms(StrEnum):
    """Whether the information becomes terms of the contract when the bid wins: then secrecy lasts for two years at most."""

    YES = "yes"
    DEPENDS = "depends"
    NO = "no"


class Direction(StrEnum):
    """What became of the information in a case."""

    SECRET = "secret"  # noqa: S105 - no password
    RELEASED = "released"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Ground:
    """A provision. Durations are ISO 8601, None where the provision sets no time or it was not checked.

    `contract_terms` is the longest for a document that states the terms of a contract, from its signing; `enterprise_terms` the
    same with statliga affärsverk, FMV and kommunal affärsverksamhet. `checked` is false for what is a hint and not law.
    """

    id: str
    kind: GroundKind
    paragraph: Told
    name: Told
    protects: Told
    test: Told
    binds: Told
    longest: str | None
    contract_terms: str | None
    enterprise_terms: str | None
    checked: bool
    sources: tuple[str, ...]
    fits: frozenset[str]
    fits_all_but: frozenset[str] | None

    def is_for(self, category: str) -> bool:
        """Whether the provision may fit this kind of information."""
        return category not in self.fits_all_but if self.fits_all_but is not None else category in self.fits


@dataclass(frozen=True, slots=True)
class Questions:
    """What the form asks in each field. Questions, not sentences to copy: a harm sentence is the bidder's own."""

    used_by: Told
    how: Told
    loss: Told
    not_known_because: Told
    market: Told
    may_be_released: Told


@dataclass(frozen=True, slots=True)
class Category:
    """A kind of information. `title` is what the annex calls it when the user has no words of their own."""

    id: str
    name: Told
    title: Told
    ask: Questions
    contract_terms: ContractTerms
    releasable: Told
    grounds: tuple[str, ...]
    normally_public: bool
    checked: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A judgment. `date` is as exact as it is known ("2019-10-01", "2016"); `uncertain` is shown wherever the case is."""

    id: str
    court: Told
    number: str | None
    cite: str
    date: str | None
    direction: Direction
    says: Told
    categories: tuple[str, ...]
    grounds: tuple[str, ...]
    uncertain: Told | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of how secrecy works, from the tender to a request for the bid."""

    id: str
    name: Told
    text: Told
    paragraph: Told | None
    sources: tuple[str, ...]


def grounds() -> tuple[Ground, ...]:
    """All provisions, the default first."""
    return tuple(_grounds().values())


def ground(name: str) -> Ground:
    """The provision with this id. Raises ClaimsError."""
    try:
        return _grounds()[name]
    except KeyError:
        raise ClaimsError(code="claims.unknown_ground", id=name) from None


def categories() -> tuple[Category, ...]:
    """All kinds of information, in the order that a form lists them."""
    return tuple(_categories().values())


def category(name: str) -> Category:
    """The kind of information with this id. Raises ClaimsError."""
    try:
        return _categories()[name]
    except KeyError:
        raise ClaimsError(code="claims.unknown_category", id=name) from None


@cache
def cases(category_id: str | None = None) -> tuple[Case, ...]:
    """All cases, or those about a kind of information. Raises ClaimsError."""
    if category_id is None:
        return _cases()
    return tuple(case for case in _cases() if category(category_id).id in case.categories)


def cases_of_ground(ground_id: str) -> tuple[Case, ...]:
    """The cases that turn on another provision than the default. Raises ClaimsError."""
    return tuple(case for case in _cases() if ground(ground_id).id in case.grounds)


@cache
def steps() -> tuple[Step, ...]:
    """How secrecy works, in the order that it happens."""
    return tuple(
        Step(
            id=entry["id"],
            name=Told(**entry["name"]),
            text=Told(**entry["text"]),
            paragraph=Told(**entry["paragraph"]) if "paragraph" in entry else None,
            sources=tuple(entry["sources"]),
        )
        for entry in _table("steps")["step"]
    )


def source(key: str) -> str:
    """Where a fact comes from, in words."""
    found: str = _table("sources")["sources"][key]
    return found


@cache
def _table(name: str) -> Mapping[str, Any]:
    return read_table(resource("rules", "secrecy", f"{name}.toml"))


@cache
def _grounds() -> Mapping[str, Ground]:
    found = [_ground(entry) for entry in _table("grounds")["ground"]]
    return {one.id: one for one in sorted(found, key=lambda one: one.id != DEFAULT_GROUND)}


def _ground(entry: Mapping[str, Any]) -> Ground:
    named = entry["categories"]
    return Ground(
        id=entry["id"],
        kind=GroundKind(entry["kind"]),
        paragraph=Told(**entry["paragraph"]),
        name=Told(**entry["name"]),
        protects=Told(**entry["protects"]),
        test=Told(**entry["test"]),
        binds=Told(**entry["binds"]),
        longest=entry.get("longest"),
        contract_terms=entry.get("contract_terms"),
        enterprise_terms=entry.get("enterprise_terms"),
        checked=entry["checked"],
        sources=tuple(entry["sources"]),
        fits=frozenset(one for one in named if one != "*" and not one.startswith("-")),
        fits_all_but=frozenset(one[1:] for one in named if one.startswith("-")) if "*" in named else None,
    )


@cache
def _categories() -> Mapping[str, Category]:
    return {entry["id"]: _category(entry) for entry in _table("categories")["category"]}


def _category(entry: Mapping[str, Any]) -> Category:
    return Category(
        id=entry["id"],
        name=Told(**entry["name"]),
        title=Told(**entry["title"]),
        ask=Questions(**{field: Told(**texts) for field, texts in entry["ask"].items()}),
        contract_terms=ContractTerms(entry["contract_terms"]),
        releasable=Told(**entry["releasable"]),
        grounds=tuple(entry["grounds"]),
        normally_public=entry.get("public", False),
        checked=entry.get("checked", True),
        sources=tuple(entry["sources"]),
    )


@cache
def _cases() -> tuple[Case, ...]:
    table = _table("cases")
    courts = {name: Told(entry["sv"], entry["en"]) for name, entry in table["courts"].items()}
    return tuple(
        Case(
            id=entry["id"],
            court=courts[entry["court"]],
            number=entry.get("number"),
            cite=entry["cite"],
            date=entry.get("date"),
            direction=Direction(entry["direction"]),
            says=Told(**entry["says"]),
            categories=tuple(entry["categories"]),
            grounds=tuple(entry.get("grounds", ())),
            uncertain=Told(**entry["uncertain"]) if "uncertain" in entry else None,
            sources=tuple(entry["sources"]),
        )
        for entry in table["case"]
    )
