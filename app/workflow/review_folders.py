"""A review of two folders, without a window: the procurement's documents are read, the bid's files inspected, and the rules
asked.

Nobody has linked files here and nobody has said what is answered, so files are paired with attachments by what they are called
and how they begin, and forms with their filled copies by content.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from unicodedata import normalize

from app.core.checklist import Checklist, Tender
from app.core.document import Finding
from app.core.errors import AnbudsklarError
from app.core.inspection import FileFacts
from app.core.limits import DEFAULT_LIMITS, Limits
from app.core.packaging import PortalProfile
from app.core.review import Review
from app.core.work import DocumentRecord, WorkItem
from app.workflow.check import CancelledError, Runner, Step, check

if TYPE_CHECKING:
    from app.documents.reader import ReadRequest
    from app.workflow.reviewing import ReviewInputs

__all__ = ["FolderReview", "Inspector", "inspected", "locks_and_twins", "portals", "review_folders"]

_LOCKS = ("~$", ".~lock.")
_LOCKED = ("file.password_needed", "file.password_wrong")


class Inspector(Protocol):
    """Inspects a file somewhere: in this process or in a child that may crash."""

    def inspect(self, request: ReadRequest) -> tuple[FileFacts, ...] | Finding:
        """The facts of the file, of an archive those of its members, or why there are none."""
        ...


@dataclass(frozen=True, slots=True)
class FolderReview:
    """The review, what it was made of, and what of the bid folder was left out."""

    review: Review
    checklist: Checklist
    inputs: ReviewInputs
    left_out: tuple[Finding, ...] = ()


def review_folders(
    procurement: Sequence[Path],
    bid: Path,
    passwords: Sequence[str] = (),
    limits: Limits = DEFAULT_LIMITS,
    *,
    runner: Runner,
    inspector: Inspector,
    now: datetime,
    deadline: str | None = None,
    profile: PortalProfile | str | None = None,
    progress: Callable[[Step], None] | None = None,
    listed: Callable[[Sequence[ReadRequest]], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> FolderReview:
    """The review of the bid in a folder. What cannot be read is a row of it, never an exception. Raises CancelledError."""
    from app.checklist.review.matched import matched_forms
    from app.checklist.review.pairing import pair
    from app.documents.package import files_in
    from app.workflow.bid_folder import bid_files
    from app.workflow.reviewing import Locked, ReviewInputs, review_of

    checklist = check(procurement, passwords, limits, runner=runner, progress=progress, listed=listed, cancelled=cancelled)
    originals, _ = files_in(procurement, passwords, limits)
    requests, left_out = bid_files(bid, limits)
    known = list(_inspected(originals, inspector, cancelled))
    files = tuple(_inspected(requests, inspector, cancelled))
    items = tuple(WorkItem(f"{number}", "", float(number), item) for number, item in enumerate(checklist.items))
    links = pair(items, files, matched_forms(files, known), checklist.documents)
    locks, twins = locks_and_twins(bid)
    inputs = ReviewInputs(
        now=now,
        tender=checklist.tender,
        tender_deadline=deadline,
        items=items,
        documents=tuple(DocumentRecord(one.id, "", place, one, "") for place, one in enumerate(checklist.documents)),
        files=files,
        links=links,
        originals=tuple(known),
        profile=profile if isinstance(profile, PortalProfile) else _portal(profile, checklist.tender),
        locked=tuple(map(Locked, locks)),
        twins=twins,
        folder_lost=not bid.is_dir(),
        answers_known=False,
    )
    return FolderReview(review_of(inputs), checklist, inputs, tuple(left_out))


def portals() -> tuple[str, ...]:
    """The ids of the portals that are known."""
    from app.export.package.profiles import built_in

    return tuple(profile.id for profile in built_in())


def _portal(name: str | None, tender: Tender) -> PortalProfile:
    from app.export.package.profiles import profile_named

    return profile_named(name) if name else _portal_of(tender)


def _portal_of(tender: Tender) -> PortalProfile:
    """The portal that the documents name; one of which nothing is known, if they name none that is known."""
    from app.export.package.profiles import built_in, profile_named

    ways = [fact.value.casefold() for fact in tender.facts if fact.name == "submission_way"]
    named = (profile for way in ways for profile in built_in() if profile.name.casefold() in way)
    return next(named, None) or profile_named("generic")


def locks_and_twins(folder: Path) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Names of files that are open in a program, and pairs of names that are one to systems which compare them loosely."""
    locks: list[str] = []
    twins: list[tuple[str, str]] = []
    seen: dict[str, str] = {}
    for name in _names(folder):
        base = name.rsplit("/", 1)[-1]
        if base.startswith(_LOCKS):
            locks.append(_locked_name(base, folder / name))
            continue
        key = normalize("NFC", name).casefold()
        if key in seen:
            twins.append((seen[key], name))
        else:
            seen[key] = name
    return tuple(locks), tuple(twins)


def _names(folder: Path) -> Iterator[str]:
    """Every file's path below the folder, but for packages of ours. A folder that cannot be listed has none."""
    from app.export.package.manifest import is_package

    for root, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_package(Path(root, name)))
        below = os.path.relpath(root, folder).replace(os.sep, "/")
        for name in sorted(files):
            yield name if below == "." else f"{below}/{name}"


def _locked_name(base: str, lock: Path) -> str:
    """The file that a lock is about: Word leaves out its first two letters, so the folder is asked."""
    if base.startswith(".~lock."):
        return base.removeprefix(".~lock.").removesuffix("#")
    end = base.removeprefix("~$")
    try:
        return next((path.name for path in sorted(lock.parent.iterdir()) if path.name[2:] == end or path.name == end), end)
    except OSError:
        return end


def inspected(request: ReadRequest, inspector: Inspector) -> tuple[FileFacts, ...]:
    """The facts of a file, of an archive those of its members. One that cannot be read is facts with an error."""
    path = str(request.path)
    try:
        found = inspector.inspect(request)
    except AnbudsklarError as error:
        found = error.finding()
    except OSError:
        found = Finding("file.error", request.name)
    if isinstance(found, Finding):
        return (FileFacts(request.name, path, _size(request), error=found, encrypted=found.code in _LOCKED),)
    return tuple(replace(facts, path=path if len(found) == 1 else f"{path}/{facts.name}") for facts in found)


def _inspected(
    requests: Sequence[ReadRequest], inspector: Inspector, cancelled: Callable[[], bool] | None
) -> Iterator[FileFacts]:
    for request in requests:
        if cancelled is not None and cancelled():
            raise CancelledError(request.name)
        yield from inspected(request, inspector)


def _size(request: ReadRequest) -> int:
    try:
        return request.path.stat().st_size if request.path is not None else 0
    except OSError:
        return 0
