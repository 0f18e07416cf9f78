"""A claim as the rules of strength look at it: its texts made plain, its ground and kind, what the buyer is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from app.core.claims import SecrecyClaim
from app.core.durations import Duration, parse_duration
from app.core.resources import resource
from app.core.tables import read_table
from app.secrecy.catalogue import category, ground

if TYPE_CHECKING:
    from app.secrecy.strength import Context

__all__ = ["HARM", "BuyerKind", "View", "buyer_kind", "harm_of", "length_of", "plain", "rule_table"]

HARM = ("used_by", "how", "loss")
_FEWEST_WORDS = {"used_by": 2, "how": 4, "loss": 4}
_SHORT, _OPENING = 80, 240
"""Characters of a marked passage: a line, and how a longer one begins."""
_LONG_ENOUGH = 20
"""Characters of a passage that cannot be the same as a public text by chance."""
_SENTENCE = re.compile(r"[.!?;] ")
_NOT = re.compile(
    r"\b(?:inte|aldrig|ej|ingen|inget|inga|ingenting|varken|knappt|utan att|not|never|no|none|nothing|neither|without)\b"
)
_NO_WORDS = re.compile(r"[\W_]*")


class BuyerKind(StrEnum):
    """What the law makes of the buyer."""

    AUTHORITY = "authority"
    COMPANY = "company"  # publicly controlled: 31 kap. 17 §
    ENTERPRISE = "enterprise"  # statligt affärsverk, FMV, kommunal affärsverksamhet: five years for contract terms


@dataclass
class View:
    """A claim as the rules look at it. Lives for one judgement."""

    claim: SecrecyClaim
    claims: Sequence[SecrecyClaim]
    context: Context
    texts: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        claim = self.claim
        self.ground = ground(claim.ground)
        self.category = category(claim.category)
        names = (*HARM, "title", "not_known_because", "market", "may_be_released", "note")
        self.texts = {name: plain(getattr(claim, name) or "") for name in names}
        quotes = [plain(anchor.quote[:_OPENING]) for anchor in claim.anchors if anchor.quote]
        # A word in the middle of a long passage does not make it a price or a presentation.
        self.texts["short"] = " ; ".join(quote for quote in quotes if len(quote) <= _SHORT)
        self.texts["opening"] = " ; ".join(quotes)
        # What stands right before the passage on its line: "Totalpris exkl. moms: ".
        self.texts["before"] = " ; ".join(_line_before(anchor.prefix) for anchor in claim.anchors if anchor.prefix)

    def given(self, name: str) -> bool:
        """Whether the field has any words."""
        return not _NO_WORDS.fullmatch(self.texts[name])

    def says(self, rule: str, unless: re.Pattern[str] | None = None) -> bool:
        """Whether a pattern of the rule is in one of its fields, not after `unless` in the same sentence."""
        fields, pattern = _patterns()[rule]
        found = (match for name in fields if self.texts[name] for match in pattern.finditer(self.texts[name]))
        return any(unless is None or not unless.search(_SENTENCE.split(match.string[: match.start()])[-1]) for match in found)

    @cached_property
    def buyer(self) -> BuyerKind:
        """What kind of buyer it is: as told, or as its name sounds."""
        return self.context.buyer or buyer_kind(self.context.buyer_name)

    @cached_property
    def length(self) -> Duration | None:
        """The duration asked for."""
        return length_of(self.claim.duration)

    @cached_property
    def terms_cap(self) -> str | None:
        """The longest for contract terms with this buyer. A company may be kommunal affärsverksamhet: the longer."""
        return self.ground.contract_terms if self.buyer is BuyerKind.AUTHORITY else self.ground.enterprise_terms

    @cached_property
    def harm(self) -> tuple[str, ...]:
        """Who, how and what loss; empty if none is told."""
        return harm_of(self.claim)

    @cached_property
    def told(self) -> tuple[str, ...]:
        """The fields of the harm that have words."""
        return tuple(name for name in HARM if self.given(name))

    @cached_property
    def public(self) -> bool:
        """Whether the bidder says that it is known already, or a public text shows it."""
        return _is_said(self)

    @cached_property
    def thin(self) -> tuple[str, ...]:
        """Those of them that have too few to say anything particular."""
        return tuple(name for name in self.told if len(self.texts[name].split()) < _FEWEST_WORDS[name])


def plain(text: str) -> str:
    """Lower case, single spaces, letters whole: as patterns read a text."""
    return _plain(text)


@lru_cache(maxsize=512)
def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


@lru_cache(maxsize=256)
def length_of(text: str | None) -> Duration | None:
    """The length of time, if it is one."""
    return parse_duration(text or "")


def _line_before(prefix: str) -> str:
    return plain(re.split(r"[\r\n]", prefix)[-1][-50:])


def harm_of(claim: SecrecyClaim) -> tuple[str, ...]:
    """Who, how and what loss as compared with other claims; empty if none is told."""
    return _told(claim.used_by, claim.how, claim.loss)


@lru_cache(maxsize=2048)
def _told(*texts: str) -> tuple[str, ...]:
    told = tuple(plain(text) for text in texts)
    return told if any(not _NO_WORDS.fullmatch(text) for text in told) else ()


@cache
def rule_table() -> Mapping[str, Any]:
    """The file of rules as it stands."""
    return read_table(resource("rules", "secrecy", "strength.toml"))


@cache
def _patterns() -> Mapping[str, tuple[tuple[str, ...], re.Pattern[str]]]:
    return {
        rule["id"]: (tuple(rule["fields"]), _bounded(rule["patterns"])) for rule in rule_table()["rule"] if "patterns" in rule
    }


def _bounded(alternatives: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)")


@lru_cache(maxsize=64)
def buyer_kind(name: str) -> BuyerKind:
    """What the buyer's name says of it. A hint: a name can deceive, so the user can say otherwise."""
    for kind in (BuyerKind.ENTERPRISE, BuyerKind.COMPANY):
        if _bounded(rule_table()["buyers"][kind.value]).search(plain(name)):
            return kind
    return BuyerKind.AUTHORITY


def _is_said(view: View) -> bool:
    if view.claim.number in view.context.said_public or view.says("public.said", _NOT):
        return True
    quotes = [plain(one.quote) for one in view.claim.anchors if one.quote]
    return any(len(quote) >= _LONG_ENOUGH and any(quote in plain(text) for text in view.context.public_texts) for quote in quotes)
