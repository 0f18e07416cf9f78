"""What might be worth keeping secret in the bid's files, each with a lasting name, why, and its marks. Never a claim yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256

from app.core.claims import Anchor, AnchorState
from app.core.document import Place
from app.core.errors import AnbudsklarError
from app.core.work import BidFileRecord
from app.secrecy.anchors import Finder
from app.secrecy.catalogue import ContractTerms, category
from app.secrecy.finders import suggestions
from app.secrecy.suggestions import Suggestion
from app.workflow.insight import MarkPlace, Whereabouts, whereabouts
from app.workflow.marks import Finders, places_of, position_of
from app.workflow.secrecy_desk import Placed

__all__ = ["Proposal", "proposals"]

_TERMS = "P2Y"
"""What a claim on terms of the contract begins with: the law's longest with an authority (31 kap. 16 § OSL)."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Passages that might be worth it. `id` follows from file, kind and words, so that one turned down stays turned down."""

    id: str
    suggestion: Suggestion
    placed: tuple[Placed, ...]
    mark: MarkPlace
    where: Whereabouts
    duration: str | None = None


def proposals(finders: Finders, files: Sequence[BidFileRecord], stopped: Callable[[], bool] = bool) -> tuple[Proposal, ...]:
    """All proposals, in the order of the bid; none, once `stopped` says so. Files that were not read are passed over."""
    by_key: dict[str, Finder] = {}
    for file in files:
        with suppress(AnbudsklarError, KeyError):
            by_key[file.key] = finders.finder(file)
    found = suggestions([(key, finder.document) for key, finder in by_key.items()], stopped)
    made = [_proposal(by_key[one.file], one) for one in found if one.anchors and not stopped()]
    return () if stopped() else tuple(made)


def _proposal(finder: Finder, one: Suggestion) -> Proposal:
    first = one.anchors[0]
    places = finder.find(first, finder.document.sha256).places
    painted = next((places for places in places_of(finder, first) if places), ())
    return Proposal(
        _name(one),
        one,
        tuple(_placed(finder, anchor) for anchor in one.anchors),
        MarkPlace(one.file, painted[0], first.quote or "") if painted else MarkPlace(one.file, Place()),
        whereabouts(finder.document, first, places),
        _TERMS if category(one.category).contract_terms is ContractTerms.YES else None,
    )


def _placed(finder: Finder, anchor: Anchor) -> Placed:
    places = finder.find(anchor, finder.document.sha256).places
    return Placed(anchor, AnchorState.FOUND, position_of(places[0]) if places else 0.0)


def _name(one: Suggestion) -> str:
    parts = [one.file, one.category]
    parts += [f"{anchor.quote}|{anchor.sheet}|{anchor.cells}|{anchor.order}" for anchor in one.anchors]
    return sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
