"""What each rule of strength looks at: a function for each id of `strength.toml`, which answers what it found or None."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from app.core.checkdigits import OrganisationNumber, check_organisation_number, luhn, organisation_number
from app.core.claims import Anchor
from app.secrecy.catalogue import Case, ContractTerms, Direction, GroundKind, cases, cases_of_ground
from app.secrecy.revealing import reveals, secrets_of
from app.secrecy.strength_view import HARM, BuyerKind, View, harm_of, length_of, plain

__all__ = ["CHECKS", "Found"]

_FEW_WORDS = 8
"""Of the whole harm: with fewer, a name for the information is all there is."""
_WHOLE = 0.9
_COMPANY_FORM = re.compile(r"\b(?:ab|aktiebolag|hb|kb|ek för|ekonomisk förening|publ|filial)\b\.?")
_LABELS = re.compile(
    r"\b(?:org(?:anisations)?\.? ?(?:nr|nummer|no)\.?|organi[sz]ation number|anbudsgivar(?:e|en)s?|leverantör(?:en)?|"
    r"företag(?:et)?|namn|firma|bolag(?:et)?|bidder|supplier|tenderer|company|name)\b"
)
_GIRO = re.compile(r"[0-9]{3,4}-[0-9]{4}")


class Found(NamedTuple):
    """What a rule has to say: values for its words, and cases to show."""

    values: Mapping[str, str] = {}
    cases: tuple[Case, ...] = ()


def _if(holds: bool, **values: str) -> Found | None:
    return Found(values) if holds else None


# --- what is claimed


def _whole_document(view: View) -> bool:
    bare = any(not (one.quote or one.page or one.box or one.sheet or one.cells) for one in view.claim.anchors)
    return bare or view.context.covered.get(view.claim.number, 0.0) >= _WHOLE


def _whole_page(view: View) -> bool:
    return any((one.page or one.sheet) and not (one.quote or one.box or one.cells) for one in view.claim.anchors)


def _is_bidder(view: View) -> bool:
    bidder = view.context.bidder
    if bidder is None:
        return False
    name = plain(bidder.name)
    names = [name, _COMPANY_FORM.sub("", name).strip(" ,()")]
    return any(one.quote and _only(plain(one.quote[:200]), names, bidder.organisation_number) for one in view.claim.anchors)


def _only(quote: str, names: Sequence[str], number: str) -> bool:
    """Whether nothing is left of the quote without the bidder's name and number, and labels before them."""
    left = quote
    digits = organisation_number(number)
    if digits:
        left = re.sub(rf"(?:se)?(?:16)?{digits[:6]}[-\u2010-\u2013 ]?{digits[6:]}(?:01)?", " # ", left)
    for name in names:
        if name:
            left = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " # ", left)
    found = "#" in left
    return found and not re.search(r"[^\W_]", _LABELS.sub(" ", left))


# --- the harm


def _missing(name: str) -> Callable[[View], Found | None]:
    def check(view: View) -> Found | None:
        return _if(bool(view.harm) and not view.given(name))

    return check


def _label(view: View) -> Found | None:
    """The harm is no more than a name for the information."""
    words = sum(len(view.texts[name].split()) for name in HARM)
    return _if(0 < words < _FEW_WORDS and len(view.told) < len(HARM) and view.says("harm.label"))


def _question(view: View) -> Found | None:
    asked = view.category.ask
    questions = {plain(getattr(asked, name)(language)) for name in HARM for language in ("sv", "en")}
    return _if(any(text in questions for text in view.harm))


def _same(view: View) -> Found | None:
    others = [one for one in view.claims if one.number != view.claim.number and harm_of(one) == view.harm]
    if not view.harm or not others:
        return None
    alone = len(others) == len(view.claims) - 1
    if alone or any(one.category != view.claim.category for one in others):
        return Found({"numbers": ", ".join(str(one.number) for one in others)})
    return None


def _same_all(view: View) -> Found | None:
    kinds = {one.category for one in view.claims}
    return _if(
        bool(view.harm) and len(view.claims) > 2 and len(kinds) > 1 and all(harm_of(one) == view.harm for one in view.claims)
    )


def _told_secret(view: View) -> Found | None:
    fields = (*HARM, "title", "not_known_because", "market", "may_be_released")
    secrets = list(secrets_of(view.claim))
    telling = [name for name in fields if any(reveals(getattr(view.claim, name) or "", secret) for secret in secrets)]
    return _if(bool(telling), fields=",".join(telling))


# --- the ground


def _wrong(kind: GroundKind) -> Callable[[View], Found | None]:
    def check(view: View) -> Found | None:
        if view.ground.kind is not kind:
            return None
        return Found(_named(view), cases_of_ground(view.ground.id))

    return check


def _named(view: View) -> dict[str, str]:
    return {"ground": view.ground.id}


def _fits(view: View) -> bool:
    return view.ground.is_for(view.claim.category) and not _needs_company(view)


def _needs_company(view: View) -> bool:
    return view.ground.id == "osl-31-17" and view.buyer is not BuyerKind.COMPANY


# --- known already


def _in_register(view: View) -> bool:
    return view.says("public.register") or any(_is_register_number(one) for one in view.claim.anchors)


def _is_register_number(anchor: Anchor) -> bool:
    quote = (anchor.quote or "").strip()
    giro = _GIRO.fullmatch(quote) is not None and luhn(quote.replace("-", "")) and "giro" in plain(anchor.prefix or "")
    return giro or check_organisation_number(quote) is OrganisationNumber.VALID


# --- how long


def _too_long(view: View) -> bool:
    cap = length_of(view.ground.longest)
    return cap is not None and view.length is not None and view.length.exceeds(cap)


def _longer_than_terms(view: View) -> bool:
    cap = length_of(view.terms_cap)
    return cap is not None and view.length is not None and view.length.exceeds(cap)


def _duration(holds: Callable[[View], bool], cap: Callable[[View], str | None]) -> Callable[[View], Found | None]:
    def check(view: View) -> Found | None:
        return Found({"duration": cap(view) or "", **_named(view)}) if holds(view) else None

    return check


def _terms(kind: ContractTerms) -> Callable[[View], bool]:
    def holds(view: View) -> bool:
        return view.category.contract_terms is kind and _longer_than_terms(view) and not _too_long(view)

    return holds


def _length_fits(view: View) -> bool:
    terms = view.category.contract_terms is ContractTerms.YES and _longer_than_terms(view)
    return view.length is not None and view.ground.longest is not None and not _too_long(view) and not terms


# --- case law


def _praxis(*ways: Direction) -> Callable[[View], Found | None]:
    """Cases of the kind of information that went these ways and no other. A case that went both ways is both."""

    def check(view: View) -> Found | None:
        found = cases(view.claim.category)
        seen = {way for case in found for way in (ways_of(case))}
        return Found({}, found) if found and seen == set(ways) else None

    return check


def ways_of(case: Case) -> Iterator[Direction]:
    """Secret, released, or each of them."""
    if case.direction is Direction.BOTH:
        yield from (Direction.SECRET, Direction.RELEASED)
    else:
        yield case.direction


CHECKS: Mapping[str, Callable[[View], Found | None]] = {
    "scope.document": lambda view: _if(_whole_document(view)),
    "scope.page": lambda view: _if(_whole_page(view) and not _whole_document(view)),
    "scope.item": lambda view: _if(not _whole_page(view) and not _whole_document(view)),
    "price.total": lambda view: _if(view.category.normally_public or view.says("price.total")),
    "identity.bidder": lambda view: _if(_is_bidder(view)),
    "wording.blanket": lambda view: _if(view.says("wording.blanket")),
    "wording.whole": lambda view: _if(view.says("wording.whole")),
    "harm.none": lambda view: _if(not view.harm),
    "harm.label": _label,
    "harm.question": _question,
    "harm.no_who": _missing("used_by"),
    "harm.no_how": _missing("how"),
    "harm.no_loss": _missing("loss"),
    "harm.thin": lambda view: _if(bool(view.thin), fields=",".join(view.thin)),
    "harm.complete": lambda view: _if(len(view.told) == len(HARM) and not view.thin),
    "harm.same": lambda view: None if _same_all(view) else _same(view),
    "harm.same_all": _same_all,
    "words.secret": _told_secret,
    "ground.buyer": _wrong(GroundKind.BUYER),
    "ground.none": _wrong(GroundKind.NONE),
    "ground.other_interest": lambda view: _if(
        view.ground.kind in (GroundKind.PERSON, GroundKind.SECURITY) and not view.ground.is_for(view.claim.category),
        **_named(view),
    ),
    "ground.copyright": lambda view: _if(view.ground.id == "osl-31-23"),
    "ground.persons": lambda view: _if(
        view.ground.kind is GroundKind.BIDDER and view.ground.id != "osl-31-23" and not view.ground.is_for(view.claim.category),
        **_named(view),
    ),
    "ground.company": lambda view: _if(_needs_company(view)),
    "ground.hint": lambda view: _if(not view.ground.checked, **_named(view)),
    "ground.fits": lambda view: _if(_fits(view), **_named(view)),
    "known.nothing": lambda view: _if(not view.given("not_known_because")),
    "known.kept": lambda view: _if(view.given("not_known_because") and not view.public),
    "public.said": lambda view: _if(view.public),
    "public.register": lambda view: _if(_in_register(view)),
    "public.presentation": lambda view: _if(view.says("public.presentation")),
    "duration.none": lambda view: _if(view.length is None),
    "duration.long": _duration(_too_long, lambda view: view.ground.longest),
    "duration.contract": _duration(_terms(ContractTerms.YES), lambda view: view.terms_cap),
    "duration.contract_maybe": _duration(_terms(ContractTerms.DEPENDS), lambda view: view.terms_cap),
    "duration.fits": _duration(_length_fits, lambda view: view.claim.duration),
    "released.nothing": lambda view: _if(not view.given("may_be_released")),
    "released.told": lambda view: _if(view.given("may_be_released")),
    "market.told": lambda view: _if(view.given("market")),
    "praxis.varies": _praxis(Direction.SECRET, Direction.RELEASED),
    "praxis.against": _praxis(Direction.RELEASED),
    "praxis.for": _praxis(Direction.SECRET),
}
"""Each rule by its id, in the order that reasons of one weight are told."""
