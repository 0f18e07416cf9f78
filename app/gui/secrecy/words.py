"""The page's words for codes of the core: kinds of information, grounds, strengths, durations, how a mark was found."""

from __future__ import annotations

import re

from app.core.claims import AnchorState, SecrecyClaim, Strength
from app.core.errors import AnbudsklarError
from app.core.work import ClaimRecord, ClaimState
from app.gui.messages import language, tr
from app.gui.secrecy.rows import ClaimRow, Filter, Header
from app.secrecy.catalogue import ContractTerms, category, ground

__all__ = [
    "cap",
    "category_name",
    "chip",
    "claim_title",
    "diamonds",
    "duration",
    "ground_name",
    "known",
    "noted",
    "one_line",
    "parse_duration",
    "place_word",
    "spoken_claim",
    "strength",
    "strength_role",
]

_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?")
_DIAMONDS = {Strength.STRONG: 3, Strength.FAIR: 2, Strength.WEAK: 1}
_ROLES = {Strength.STRONG: "done", Strength.FAIR: "attachment", Strength.WEAK: "error"}


def one_line(text: str, longest: int = 400) -> str:
    """On one line, cut where it goes on too long."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[: longest - 1].rstrip() + "…"


def category_name(name: str) -> str:
    """A kind of information; its id for one that this version does not know."""
    try:
        return category(name).name(language())
    except AnbudsklarError:
        return name


def ground_name(name: str) -> str:
    """A provision's paragraph."""
    try:
        return ground(name).paragraph(language())
    except AnbudsklarError:
        return name


def claim_title(claim: SecrecyClaim) -> str:
    """What the annex calls it: the user's words, or those of its kind."""
    if claim.title and claim.title.strip():
        return one_line(claim.title)
    try:
        return category(claim.category).title(language())
    except AnbudsklarError:
        return claim.category


def strength(value: Strength) -> str:
    """In a word."""
    match value:
        case Strength.STRONG:
            return tr("secrecy.strong")
        case Strength.FAIR:
            return tr("secrecy.fair")
        case Strength.WEAK:
            return tr("secrecy.weak")


def diamonds(value: Strength) -> int:
    """How many diamonds stand for it."""
    return _DIAMONDS[value]


def strength_role(value: Strength) -> str:
    """The theme's role for it."""
    return _ROLES[value]


def chip(chosen: Filter) -> str:
    """What a chip says beside its number."""
    match chosen:
        case Filter.ALL:
            return tr("secrecy.chip_all")
        case Filter.WEAK:
            return tr("secrecy.chip_weak")
        case Filter.MOVED:
            return tr("secrecy.chip_moved")
        case Filter.LOST:
            return tr("secrecy.chip_lost")
        case Filter.SUGGESTIONS:
            return tr("secrecy.chip_suggestions")


def place_word(state: AnchorState) -> str:
    """How a mark was found, where that needs a word."""
    match state:
        case AnchorState.MOVED:
            return tr("secrecy.place_moved")
        case AnchorState.CHANGED:
            return tr("secrecy.place_changed")
        case AnchorState.LOST:
            return tr("secrecy.place_lost")
        case AnchorState.FOUND:
            return ""


def noted(record: ClaimRecord) -> str:
    """The most urgent thing about where its marks are."""
    if record.state is ClaimState.WITHDRAWN:
        return ""
    for state in (AnchorState.LOST, AnchorState.CHANGED, AnchorState.MOVED):
        if state in record.places:
            return place_word(state)
    return ""


def known(row: ClaimRow) -> str:
    """The grey line: where, on which ground, how far it has come."""
    parts = [row.where]
    more = len(row.record.claim.anchors) - 1
    if more > 0:
        parts.append(tr("secrecy.more_places", count=more))
    if word := noted(row.record):
        parts.append(word)
    else:
        parts.append(ground_name(row.record.claim.ground))
    if row.record.state is ClaimState.DRAFT:
        parts.append(tr("secrecy.state_draft"))
    return " · ".join(part for part in parts if part)


def spoken_claim(row: ClaimRow) -> str:
    """A row for a screen reader."""
    record = row.record
    parts = [tr("secrecy.request", number=record.claim.number)] if record.claim.number else [tr("secrecy.withdrawn")]
    parts += [claim_title(record.claim), known(row)]
    if row.strength is not None and record.state is not ClaimState.WITHDRAWN:
        parts.append(strength(row.strength))
    return ", ".join(part for part in parts if part)


def header(row: Header) -> str:
    """A file's name, or what was withdrawn."""
    return row.file.summary.name.rsplit("/", 1)[-1] if row.file is not None else tr("secrecy.withdrawn_header")


def duration(value: str | None) -> str:
    """ "2 år" for P2Y; as it is for anything else."""
    found = _DURATION.fullmatch(value or "")
    if found is None or not (found[1] or found[2]):
        return value or ""
    years, months = int(found[1] or 0), int(found[2] or 0)
    parts = [tr("secrecy.years", count=years)] if years else []
    parts += [tr("secrecy.months", count=months)] if months else []
    return " ".join(parts)


def parse_duration(text: str) -> str | None:
    """ISO 8601 for "2 år", "18 månader", "2 years 6 months" or P2Y; None for anything else."""
    plain = " ".join(text.casefold().split())
    if not plain:
        return None
    if _DURATION.fullmatch(plain.upper()) and len(plain) > 1:
        return plain.upper()
    found = re.fullmatch(
        r"(?:(\d{1,3}) ?(?:år|years?|y))?(?:,| och| and)? ?(?:(\d{1,4}) ?(?:månad(?:er)?|mån|months?))?(?: (?:från|from) .*)?",
        plain,
    )
    if found is None or not (found[1] or found[2]):
        return None
    years, months = int(found[1] or 0), int(found[2] or 0)
    years, months = years + months // 12, months % 12
    return "P" + (f"{years}Y" if years else "") + (f"{months}M" if months else "") if years or months else None


def cap(kind: str, name: str) -> str:
    """How long secrecy lasts at most, and why."""
    try:
        provision, asked = ground(name), category(kind)
    except AnbudsklarError:
        return ""
    if provision.longest is None:
        return tr("secrecy.cap_none")
    longest = duration(provision.longest)
    if provision.contract_terms is None or asked.contract_terms is ContractTerms.NO:
        return tr("secrecy.cap", longest=longest)
    terms, enterprise = duration(provision.contract_terms), duration(provision.enterprise_terms)
    if asked.contract_terms is ContractTerms.YES:
        return tr("secrecy.cap_terms", longest=longest, terms=terms, enterprise=enterprise)
    return tr("secrecy.cap_maybe", longest=longest, terms=terms, enterprise=enterprise)
