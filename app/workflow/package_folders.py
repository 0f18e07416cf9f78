"""A package from two folders, without a window: the procurement read, the bid's files paired with what asks for them.

What a user would decide is decided by how well a file fits; files that nothing asks for go last, for the folder is the bid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path, PurePath

from app.core.checklist import Checklist
from app.core.claims import BidFile, ClaimSet
from app.core.document import Finding, document_id
from app.core.errors import AnbudsklarError
from app.core.packaging import EntryRole, PackageSource, PortalProfile
from app.core.points import PointKind
from app.core.work import WorkItem
from app.documents.reader import ReadRequest
from app.export.package.plan import PlanItem, Planned, plan_package
from app.secrecy.masking.naming import copy_name
from app.workflow.annex import annex_of, annex_writer
from app.workflow.bid_folder import BidListing
from app.workflow.bid_matching import BidMatches, chosen, match_bid
from app.workflow.masking import Masker, marks_by_file
from app.workflow.packaging import Made, made_source
from app.workflow.review_folders import FolderReview
from app.workflow.secrecy_asked import likeliest

__all__ = ["FolderPlan", "annex_made", "masked_made", "plan_folders", "work_items"]


@dataclass(frozen=True, slots=True)
class FolderPlan:
    """The plan, what was paired with what, and what is told about files that are not in it."""

    planned: Planned
    matches: BidMatches
    left_out: tuple[Finding, ...] = ()


def work_items(checklist: Checklist, answers: Mapping[str, str] | None = None) -> tuple[WorkItem, ...]:
    """The items of a list that nobody has worked on, with answers by id."""
    given = answers or {}
    return tuple(
        WorkItem(item.id, "", float(position), item, answer=given.get(item.id)) for position, item in enumerate(checklist.items)
    )


def plan_folders(
    checklist: Checklist,
    listing: BidListing,
    profile: PortalProfile,
    *,
    heads: Mapping[str, tuple[str, ...]] | None = None,
    known: FolderReview | None = None,
    answers: Mapping[str, str] | None = None,
    made: Sequence[Made] = (),
) -> FolderPlan:
    """Pair the bid's files with the items and plan the package. `heads` are the first lines of files by hash.

    A review of the same folders is `known`: it has looked into the files already, so it tells the first lines, which files are
    filled copies of which forms, and what it has paired by what the forms say.
    """
    items = work_items(checklist, answers)
    if known is not None:
        heads = {facts.sha256: facts.heads for facts in known.inputs.files} | dict(heads or {})
    matches = match_bid(items, (), listing, checklist.documents, heads)
    pairs = {path: list(ids) for path, ids in chosen(matches.fits).items()}
    if known is not None:
        forms = {path: document_id(form.name) for path, form in known.inputs.form_of.items()}
        matches = replace(matches, forms={**matches.forms, **forms})
        takes_file = {item.item.id for item in items if item.item.kind is PointKind.ATTACHMENT}
        for path, asked in known.inputs.asked_of.items():
            some = pairs.setdefault(path, [])
            some += [one.item.id for one in asked if one.item.id in takes_file and one.item.id not in some]
    sources = []
    left_out = list(listing.findings)
    for source in listing.files:
        if source.path in matches.unfilled:
            left_out.append(Finding("upload.original_form", source.name, None, (("document", matches.unfilled[source.path]),)))
            continue
        sources.append(_placed(source, pairs.get(source.path, ()), matches))
    secrecy = likeliest(items, None)
    annexed = (secrecy.item.id,) if secrecy is not None else ()
    sources += [made_source(replace(one, items=annexed if one.role is EntryRole.ANNEX else ())) for one in made]
    planned = plan_package(
        [PlanItem(item.item, item.answer) for item in items if item.item.kind is not PointKind.CONTRACT],
        sources,
        checklist.documents,
        profile,
    )
    return FolderPlan(planned, matches, tuple(left_out))


def annex_made(claims: ClaimSet, language: str, day: date) -> Made:
    """The annex as a PDF in memory. Raises ClaimsError and OutputError."""
    held = BytesIO()
    annex = annex_of(claims, language, day)
    annex_writer("pdf", annex)(held)
    return Made(f"{annex.title}.pdf", EntryRole.ANNEX, held.getvalue())


def masked_made(
    claims: ClaimSet,
    folder: Path,
    masker: Masker,
    passwords: Sequence[str] = (),
    inside: Callable[[BidFile], bytes | None] | None = None,
) -> Iterator[Made | Finding]:
    """The masked copies in memory, and why there is none of a file, in the order of the claims' files.

    `inside` is that of `mask_bid`.
    """
    marks = marks_by_file(claims)
    quotes = [(mark.number, mark.anchor.quote) for some in marks.values() for mark in some if mark.anchor.quote]
    taken: set[str] = set()
    for file in claims.files:
        if file.id not in marks:
            continue
        name = PurePath(file.path).name
        own = {mark.anchor.quote for mark in marks[file.id]}
        others = [(number, quote) for number, quote in quotes if quote not in own]
        try:
            held = inside(file) if inside is not None else None
            data = held if held is not None else ReadRequest(name, path=folder / file.path).bytes()
        except AnbudsklarError as error:
            yield replace(error.finding(), file=name)
            continue
        except OSError:
            yield Finding("file.error", name)
            continue
        if file.sha256 is not None and _digest(data) != file.sha256.lower():
            yield Finding("mask.file_changed", name)
            continue
        outcome = masker.mask(ReadRequest(name, data=data, passwords=tuple(passwords)), marks[file.id], frozenset(), others)
        if isinstance(outcome, Finding):
            yield outcome
            continue
        copy, _ = copy_name(name, quotes, lambda wanted: wanted.casefold() in taken, outcome.named)
        taken.add(copy.casefold())
        yield from outcome.findings
        yield Made(copy, EntryRole.MASKED, outcome.data)


def _placed(source: PackageSource, items: Iterable[str], matches: BidMatches) -> PackageSource:
    ids = tuple(items)
    form = matches.forms.get(source.path)
    role = EntryRole.FORM if form is not None else EntryRole.ATTACHMENT if ids else EntryRole.EXTRA
    wished = next((matches.prescribed[one] for one in ids if one in matches.prescribed), None)
    return replace(source, role=role, items=ids, form_of=form, prescribed=wished)


def _digest(data: bytes) -> str:
    from hashlib import sha256

    return sha256(data).hexdigest()
