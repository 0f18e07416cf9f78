"""The package of an open tender: planned from its desk and the bid's files as they are now, built, and compared with a receipt.

Everything here waits for disks, and masking for child processes: for a job's thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.clock import day_in_sweden, in_sweden
from app.core.document import Finding
from app.core.errors import AnbudsklarError, ClaimsError
from app.core.packaging import PackageSource, PortalProfile
from app.core.review import Review
from app.core.work import ClaimState, DocumentRecord, FileLink, TenderRecord, WorkItem
from app.workflow.bid_folder import BidListing, look_at, look_into
from app.workflow.bid_matching import match_bid
from app.workflow.packaging import BuildOrder, Built, Made, Planned, build, made_source, plan_of, sources_of
from app.workflow.secrecy_asked import likeliest

if TYPE_CHECKING:
    from app.core.claims import ClaimSet
    from app.workflow.masking import Masker
    from app.workflow.package_desk import PackageDesk

__all__ = ["Heads", "PackageBasis", "PackageMade", "PackageView", "build_from", "package_basis_of", "planned_from"]


Heads = Mapping[str, tuple[str, ...]]
"""The first lines of files, by the hash of their bytes: they tell which form a file is a filled copy of."""


@dataclass(frozen=True, slots=True)
class PackageBasis:
    """What lies on a desk at a moment, to be taken to another thread. `own` are portals as the user knows them."""

    tender: TenderRecord
    items: tuple[WorkItem, ...]
    documents: tuple[DocumentRecord, ...]
    links: tuple[FileLink, ...]
    claims: ClaimSet
    asks_secrecy: bool = False
    own: tuple[PortalProfile, ...] = ()


@dataclass(frozen=True, slots=True)
class PackageView:
    """The plan and what it was made of. `files` are the bid's files as they were seen, `told` what is odd about the folder."""

    planned: Planned
    files: tuple[PackageSource, ...] = ()
    told: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class PackageMade:
    """What was built, from which plan, and what is doubtful about it."""

    built: Built
    planned: Planned
    doubts: tuple[Finding, ...] = ()


def package_basis_of(desk: PackageDesk, own: tuple[PortalProfile, ...] = ()) -> PackageBasis:
    """The desk as it is now."""
    asks = any(record.state is not ClaimState.WITHDRAWN for record in desk.claims())
    return PackageBasis(desk.tender, desk.items(), desk.documents, desk.links, desk.claim_set(), asks, own)


def planned_from(
    basis: PackageBasis,
    *,
    language: str,
    heads: Heads | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PackageView:
    """The plan: linked files as they are now, the annex where secrecy is asked for. Masked copies are made with the package.

    Raises CancelledError.
    """
    made, told = _annex(basis, language)
    planned, listing = _planned(basis, made, heads, cancelled)
    return PackageView(planned, listing.files, (*listing.findings, *told))


def build_from(
    basis: PackageBasis,
    target: Path,
    masker: Masker,
    *,
    language: str,
    review: Review | None = None,
    heads: Heads | None = None,
    forced: str = "",
    archive: bool = False,
    step: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PackageMade:
    """Plan again with the files as they are now, mask what is secret, and build.

    Raises InputError (upload.obstacles, and what cannot be packed), ClaimsError and OutputError; then nothing has changed.
    """
    made, doubts = _secrecy(basis, language, masker)
    planned, _ = _planned(basis, made, heads, cancelled)
    tender, folder = basis.tender, basis.tender.bid_folder
    now = datetime.now(UTC)
    order = BuildOrder(
        planned,
        target,
        tender.value("name") or "",
        tender.value("buyer") or "",
        tender.value("reference") or "",
        tender.value("tender_deadline") or "",
        tuple(item.item for item in basis.items),
        made,
        language,
        archive,
        Path(folder) if folder else None,
        review,
        forced,
        tender.package.done,
    )
    return PackageMade(build(order, now, in_sweden(now).date(), step=step), planned, doubts)


def _planned(
    basis: PackageBasis,
    made: Sequence[Made],
    heads: Heads | None,
    cancelled: Callable[[], bool] | None,
) -> tuple[Planned, BidListing]:
    listing = _listing(basis, cancelled)
    documents = [record.summary for record in basis.documents]
    matches = match_bid(basis.items, basis.links, listing, documents, heads)
    sources = [
        *sources_of(basis.items, basis.links, listing.files, forms=matches.forms, prescribed=matches.prescribed),
        *map(made_source, made),
    ]
    return plan_of(basis.items, documents, sources, basis.tender.package, basis.own), listing


def _annex(basis: PackageBasis, language: str) -> tuple[tuple[Made, ...], tuple[Finding, ...]]:
    """The annex, or why there is none yet."""
    try:
        return (_annex_of(basis, language),) if basis.asks_secrecy else (), ()
    except AnbudsklarError as error:
        return (), (error.finding(),)


def _secrecy(basis: PackageBasis, language: str, masker: Masker) -> tuple[tuple[Made, ...], tuple[Finding, ...]]:
    """The annex and the masked copies that go along, and what could not be made. Raises ClaimsError and OutputError."""
    if not basis.asks_secrecy:
        return (), ()
    from app.workflow.package_folders import masked_made

    made, doubts = [_annex_of(basis, language)], []
    for one in masked_made(basis.claims, Path("/"), masker):
        if isinstance(one, Finding):
            doubts.append(one)
        else:
            made.append(one)
    return tuple(made), tuple(doubts)


def _annex_of(basis: PackageBasis, language: str) -> Made:
    from app.workflow.annex import unnamed
    from app.workflow.package_folders import annex_made

    if lacking := unnamed(basis.claims):
        raise ClaimsError(code=lacking[0].code, page=None, more=(), **dict(lacking[0].values))
    item = likeliest(basis.items, basis.tender.secrecy.item)
    asked = (item.item.id,) if item is not None else ()
    return replace(annex_made(basis.claims, language, day_in_sweden()), items=asked)


def _listing(basis: PackageBasis, cancelled: Callable[[], bool] | None) -> BidListing:
    """The bid folder, and linked files that lie elsewhere."""
    folder = basis.tender.bid_folder
    listing = look_into(Path(folder), cancelled=cancelled) if folder else BidListing("")
    known = {source.path for source in listing.files}
    elsewhere = dict.fromkeys(link.path for link in basis.links if link.path not in known)
    return replace(listing, files=(*listing.files, *(look_at(Path(path)) for path in elsewhere)))
