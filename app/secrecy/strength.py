"""How well a claim would stand: strong, fair or weak, with every reason for and against. Pure, and fit for every keystroke.

Rules are in `resources/rules/secrecy/strength.toml`; what each looks at is in `strength_rules`. A judgement is advice to the one
who writes. It is never a promise: the authority decides, item by item, when somebody asks for the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from app.core.claims import Bidder, ClaimSet, SecrecyClaim, Strength
from app.secrecy.catalogue import Case
from app.secrecy.strength_rules import CHECKS, Found
from app.secrecy.strength_view import BuyerKind, View, buyer_kind, rule_table

__all__ = [
    "BuyerKind",
    "Context",
    "Judgement",
    "Reason",
    "Severity",
    "Share",
    "ShareVerdict",
    "Speaks",
    "buyer_kind",
    "judge",
    "judge_all",
    "share_claimed",
]

_WEAK_FROM = 3
"""Weaknesses that together make a claim weak."""


class Severity(StrEnum):
    """What a reason weighs."""

    OBSTACLE = "obstacle"  # alone makes the claim weak
    WEAKNESS = "weakness"
    PLUS = "plus"
    NOTE = "note"  # to know, without weight


class Speaks(StrEnum):
    """The side that a reason is on."""

    FOR = "for"
    AGAINST = "against"
    BOTH = "both"


_ORDER = {severity: place for place, severity in enumerate(Severity)}
_SIDES = {
    Severity.OBSTACLE: Speaks.AGAINST,
    Severity.WEAKNESS: Speaks.AGAINST,
    Severity.PLUS: Speaks.FOR,
    Severity.NOTE: Speaks.BOTH,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against. `rule` is its id, and the key of its words under `strength` in the message files.

    `values` fill the gaps of the words; `cases` are the judgments to show with it; `sources` are keys of `catalogue.source`.
    """

    rule: str
    severity: Severity
    values: tuple[tuple[str, str], ...] = ()
    cases: tuple[Case, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def speaks(self) -> Speaks:
        """For, against, or both as case law may."""
        return _SIDES[self.severity]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The strength, and the reasons: obstacles first, then weaknesses, what speaks for it, and notes."""

    strength: Strength
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the claims. `buyer` None: told from the buyer's name.

    `covered` is the largest share of any one file that a claim covers, by claim number. `public_texts` are what the bidder lets
    anybody read, such as its website. `said_public` are numbers of claims whose text the bidder says is public elsewhere.
    """

    bidder: Bidder | None = None
    buyer_name: str = ""
    buyer: BuyerKind | None = None
    covered: Mapping[int, float] = field(default_factory=dict)
    public_texts: tuple[str, ...] = ()
    said_public: frozenset[int] = frozenset()

    @classmethod
    def of(cls, claims: ClaimSet) -> Context:
        """What the claims themselves tell of bidder and buyer."""
        return cls(bidder=claims.bidder, buyer_name=claims.tender.buyer)


def judge(claim: SecrecyClaim, claims: Sequence[SecrecyClaim], context: Context) -> Judgement:
    """Judge one claim among all of them. Raises ClaimsError for an unknown category or ground."""
    view = View(claim, claims, context)
    reasons = [_reason(rule, found) for rule, check in CHECKS.items() if (found := check(view)) is not None]
    reasons.sort(key=lambda reason: _ORDER[reason.severity])
    return Judgement(_strength(reasons), tuple(reasons))


def judge_all(claims: ClaimSet, context: Context | None = None) -> dict[int, Judgement]:
    """The judgement of every claim, by its number."""
    given = context or Context.of(claims)
    return {claim.number: judge(claim, claims.claims, given) for claim in claims.claims}


def _strength(reasons: Iterable[Reason]) -> Strength:
    weights = [reason.severity for reason in reasons]
    weaknesses = weights.count(Severity.WEAKNESS)
    if Severity.OBSTACLE in weights or weaknesses >= _WEAK_FROM:
        return Strength.WEAK
    return Strength.FAIR if weaknesses else Strength.STRONG


@cache
def _rules() -> Mapping[str, tuple[Severity, tuple[str, ...]]]:
    return {rule["id"]: (Severity(rule["severity"]), tuple(rule["sources"])) for rule in rule_table()["rule"]}


def _reason(rule: str, found: Found) -> Reason:
    severity, sources = _rules()[rule]
    return Reason(rule, severity, tuple(sorted(found.values.items())), found.cases, sources)


class ShareVerdict(StrEnum):
    """How much of a file is claimed. Steps of our own, not of the law: secrecy is for items, openness is the rule."""

    NOTHING = "nothing"
    LITTLE = "little"
    MUCH = "much"  # from a quarter
    MOST = "most"  # from a half
    ALL = "all"  # from nine tenths: as a request for the whole document, which is seldom granted


_STEPS = ((0.9, ShareVerdict.ALL), (0.5, ShareVerdict.MOST), (0.25, ShareVerdict.MUCH))


@dataclass(frozen=True, slots=True)
class Share:
    """Characters of a file, and those of them that are claimed by at least one claim."""

    characters: int
    claimed: int
    verdict: ShareVerdict

    @property
    def ratio(self) -> float:
        """From 0 to 1."""
        return self.claimed / self.characters if self.characters else 0.0


def share_claimed(document_characters: int, spans: Iterable[tuple[int, int]]) -> Share:
    """How much of a file its claimed spans cover. In characters; overlaps count once, what lies outside not at all."""
    claimed = reached = 0
    for start, end in sorted(spans):
        first, last = max(start, reached), min(end, document_characters)
        if last > first:
            claimed += last - first
            reached = last
    share = claimed / document_characters if document_characters else 0.0
    if not claimed:
        verdict = ShareVerdict.NOTHING
    else:
        verdict = next((step for least, step in _STEPS if share >= least), ShareVerdict.LITTLE)
    return Share(document_characters, claimed, verdict)
