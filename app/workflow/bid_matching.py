"""The bid folder beside the list: what fits what, what is missing, what nobody asks for, what has changed since it was linked.

Suggestions only. The first lines of files are read by a runner, in child processes; each is read once for as long as its bytes
stay the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.checklist.matching import Fit, SeenFile, fits, form_of, prescribed_name
from app.checklist.review.ages import most_months
from app.core.checklist import DocumentSummary
from app.core.document import BlockKind, Document
from app.core.packaging import PackageSource
from app.core.points import Reading
from app.core.work import FileLink, WorkItem
from app.documents.reader import ReadRequest
from app.workflow.bid_folder import BidListing
from app.workflow.check import Runner, Step
from app.workflow.readiness import on_tender_list, without_file

__all__ = ["BidMatches", "ages_of", "chosen", "head_of", "heads_of", "match_bid"]

_LINES = 12
_LINE = 160
_PAGES = 2
_SURE = 0.6
_NEAR = 0.15


@dataclass(frozen=True, slots=True)
class BidMatches:
    """What the bid folder and the list say of each other.

    `fits` are suggestions by the id of the item, without files that are linked to it already. `missing` are the keys of items
    that must have a file and have none; `extra` the paths of files that are linked to nothing; `changed` the keys of links whose
    file is not what it was; `gone` the keys of links whose file cannot be read. `forms` tells which document of the procurement
    a file is a filled copy of, `unfilled` which files are such a document unchanged, both by path; `prescribed` the names that
    items ask for, by their ids.
    """

    fits: Mapping[str, tuple[Fit, ...]] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    forms: Mapping[str, str] = field(default_factory=dict)
    unfilled: Mapping[str, str] = field(default_factory=dict)
    prescribed: Mapping[str, str] = field(default_factory=dict)


def ages_of(items: Iterable[WorkItem]) -> dict[str, int]:
    """How many months old, on the tender's last day, what answers an item may be, by the item's id; where that is asked for."""
    return {item.item.id: months for item in items if (months := most_months(item.item)) is not None}


def match_bid(
    items: Sequence[WorkItem],
    links: Iterable[FileLink],
    listing: BidListing,
    documents: Sequence[DocumentSummary],
    heads: Mapping[str, tuple[str, ...]] | None = None,
) -> BidMatches:
    """Compare the folder with the list. `heads` are the first lines of files by hash, as far as they have been read."""
    asked = {item.key: item for item in items if on_tender_list(item)}
    links = tuple(links)
    seen = {source.path: source for source in listing.files}
    readable = [source for source in listing.files if source.error is None]
    known = heads or {}
    files = [SeenFile(one.path, one.name, one.sha256, known.get(one.sha256, ())) for one in readable]
    linked = {(link.item, link.path) for link in links}
    paths = {link.path for link in links if link.item in asked}
    found = fits((item.item for item in asked.values()), files, documents)
    by_id = {item.item.id: item.key for item in asked.values()}
    suggested = {
        id: kept for id, some in found.items() if (kept := tuple(fit for fit in some if (by_id[id], fit.path) not in linked))
    }
    originals = {document.sha256: document.name for document in documents}
    return BidMatches(
        suggested,
        without_file(asked.values(), links),
        tuple(source.path for source in listing.files if source.path not in paths),
        tuple(link.key for link in links if (now := seen.get(link.path)) and now.error is None and now.sha256 != link.sha256),
        tuple(link.key for link in links if (now := seen.get(link.path)) is not None and now.error is not None),
        {file.path: form for file in files if (form := form_of(file, documents)) is not None},
        {file.path: originals[file.sha256] for file in files if file.sha256 in originals},
        {item.item.id: name for item in asked.values() if (name := prescribed_name(item.item))},
    )


def chosen(found: Mapping[str, Sequence[Fit]]) -> dict[str, tuple[str, ...]]:
    """The ids of the items that each file goes to when nobody is there to ask, by path: those it surely fits, the best
    and what is nearly as good."""
    by_path: dict[str, list[Fit]] = {}
    for some in found.values():
        for fit in some:
            if fit.score >= _SURE:
                by_path.setdefault(fit.path, []).append(fit)
    made = {}
    for path, some in by_path.items():
        best = max(fit.score for fit in some)
        made[path] = tuple(fit.item for fit in some if fit.score >= best - _NEAR)
    return made


def heads_of(
    sources: Iterable[PackageSource],
    runner: Runner,
    known: Mapping[str, tuple[str, ...]] | None = None,
    *,
    passwords: Sequence[str] = (),
    progress: Callable[[Step], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> dict[str, tuple[str, ...]]:
    """The first lines of files by hash, `known` ones among them. A file that cannot be read has none. Raises CancelledError."""
    found = dict(known or {})
    wanted = {one.sha256: one for one in sources if one.error is None and one.path and one.sha256 not in found}
    order = list(wanted)
    requests = [
        ReadRequest(one.name, Path(one.path), passwords=tuple(passwords), last_page=_PAGES, blocks_only=True)
        for one in wanted.values()
    ]
    found.update(dict.fromkeys(order, ()))
    for index, result in runner.run(requests, progress or _ignore, cancelled or _never):
        if isinstance(result, Reading) and not found[order[index]]:
            found[order[index]] = head_of(result.document)
    return found


def head_of(document: Document) -> tuple[str, ...]:
    """What a file says of itself: its title, its first headings, then its first lines."""
    title = next((value for name, value in document.metadata if name.casefold() == "title"), "")
    headings: list[str] = []
    lines: list[str] = []
    for _, block in document.body():
        text = " ".join(block.text.split())[:_LINE]
        if text:
            (headings if block.kind is BlockKind.HEADING else lines).append(text)
        if len(headings) + len(lines) >= 3 * _LINES:
            break
    # A title that a program made up ("Microsoft Word - Document1") says less than the page does: it comes after it.
    return (*headings[:3], *lines[:_LINES], *headings[3:6], *([title] if title else []))


def _ignore(step: Step) -> None:
    del step


def _never() -> bool:
    return False
