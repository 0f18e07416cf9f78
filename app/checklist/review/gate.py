"""Rules about the whole bid: what is not answered or not attached, what is there unasked, what has changed, secrecy."""

from __future__ import annotations

from collections.abc import Iterator

from app.checklist.review.inputs import ReviewInputs
from app.checklist.review.pairing import is_conditional
from app.core.claims import Strength
from app.core.points import PointKind
from app.core.review import Cause, ReviewFinding, Room, Severity
from app.core.work import ClaimState, ItemState, WorkItem

__all__ = [
    "annex_missing",
    "annex_stale",
    "changed_files",
    "changed_items",
    "conditional_attachments",
    "draft_claims",
    "extra_files",
    "folder_lost",
    "gone_files",
    "lost_claims",
    "missing_attachments",
    "name_twins",
    "open_in_program",
    "open_items",
    "unlinked_attachments",
    "weak_claims",
]

_APART = 6
"""Missing attachments up to this many are told one by one."""


def open_items(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Questions, requirements and the rest that nobody has called done, as one row."""
    if not inputs.answers_known:
        return
    left = [item for item in inputs.items if item.state is ItemState.OPEN and item.item.kind is not PointKind.ATTACHMENT]
    if left:
        must = sum(item.item.must for item in left)
        yield ReviewFinding(
            "items.open",
            Severity.OBSTACLE if must else Severity.WARNING,
            Cause(Room.CHECKLIST, items=_ids(left)),
            (("count", str(len(left))), ("must", str(must))),
        )


def missing_attachments(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Attachments asked for that have no file and are not done: one by one, or as one row while there are many."""
    linked = {link.item for link in inputs.links}
    left = [
        item
        for item in inputs.items
        if item.item.kind is PointKind.ATTACHMENT and item.state is ItemState.OPEN and item.key not in linked
        if inputs.answers_known or not is_conditional(item.item)
    ]
    must = [item for item in left if item.item.must]
    if len(left) > _APART:
        yield ReviewFinding(
            "attachments.many",
            Severity.OBSTACLE if must else Severity.WARNING,
            Cause(Room.CHECKLIST, items=_ids(left)),
            (("count", str(len(left))), ("must", str(len(must)))),
        )
        return
    for item in left:
        yield ReviewFinding(
            "attachments.missing",
            Severity.OBSTACLE if item.item.must else Severity.WARNING,
            Cause(Room.ANSWERS, items=(item.item.id,)),
            (("item", item.item.text_after_number), ("number", item.item.number or "")),
        )


def conditional_attachments(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Attachments that only some bidders must hand in, where nobody has said whether this one must."""
    linked = {link.item for link in inputs.links}
    left = [
        item
        for item in inputs.items
        if item.item.kind is PointKind.ATTACHMENT and item.key not in linked and is_conditional(item.item)
    ]
    if left and not inputs.answers_known:
        yield ReviewFinding(
            "attachments.conditional",
            Severity.NOTE,
            Cause(Room.CHECKLIST, items=_ids(left)),
            (("count", str(len(left))), ("item", left[0].item.text_after_number)),
        )


def unlinked_attachments(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Attachments that are called done without a file."""
    linked = {link.item for link in inputs.links}
    for item in inputs.items:
        if item.item.kind is PointKind.ATTACHMENT and item.state is ItemState.DONE and item.key not in linked:
            yield ReviewFinding(
                "attachments.unlinked",
                Severity.WARNING,
                Cause(Room.ANSWERS, items=(item.item.id,)),
                (("item", item.item.text_after_number), ("number", item.item.number or "")),
            )


def extra_files(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Files that nobody asks for. A buyer may read them as a reservation."""
    linked = {link.path for link in inputs.links}
    for file in inputs.files:
        if file.path not in linked and file.path not in inputs.own_output:
            yield ReviewFinding("files.extra", Severity.WARNING, Cause(Room.ANSWERS, file=file.name))


def folder_lost(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """The bid folder cannot be reached: a network drive that is away, a folder that was moved."""
    if inputs.folder_lost:
        yield ReviewFinding("files.folder_lost", Severity.OBSTACLE, Cause(Room.ANSWERS))


def gone_files(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Linked files that are not where they were."""
    if inputs.folder_lost:
        return
    for path in dict.fromkeys(link.path for link in inputs.links):
        if path not in inputs.by_path:
            items = tuple(item.item.id for item in inputs.asked_of.get(path, ()))
            yield ReviewFinding("files.gone", Severity.OBSTACLE, Cause(Room.ANSWERS, file=_name(path), items=items))


def changed_files(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Linked files that are not as they were when they were linked."""
    told: set[str] = set()
    for link in inputs.links:
        file = inputs.by_path.get(link.path)
        if file is not None and link.sha256 and file.sha256 and file.sha256 != link.sha256 and link.path not in told:
            told.add(link.path)
            items = tuple(item.item.id for item in inputs.asked_of.get(link.path, ()))
            yield ReviewFinding(
                "files.changed", Severity.WARNING, Cause(Room.ANSWERS, file=file.name, items=items), (("now", file.sha256[:12]),)
            )


def open_in_program(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Locks that Word or Excel leave beside an open file: what is on the disk may not be what is on the screen."""
    for lock in inputs.locked:
        yield ReviewFinding("files.open", Severity.WARNING, Cause(Room.ANSWERS, file=lock.name))


def name_twins(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Names that are the same to some systems: one of the files may replace the other on its way."""
    for first, second in inputs.twins:
        yield ReviewFinding("name.twins", Severity.WARNING, Cause(Room.ANSWERS, file=first), (("other", second),))


def changed_items(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Items that newer documents ask differently, and that nobody has looked at since."""
    unseen = [item for item in inputs.items if item.changed]
    if unseen:
        yield ReviewFinding(
            "items.changed", Severity.OBSTACLE, Cause(Room.CHECKLIST, items=_ids(unseen)), (("count", str(len(unseen))),)
        )


def lost_claims(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Secrecy claims that point at something which is nowhere any more."""
    for claim in inputs.standing_claims:
        if claim.lost:
            yield _of_claim("secrecy.lost", Severity.OBSTACLE, claim.claim.number, claim.claim.title)


def weak_claims(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Secrecy claims that would hardly stand."""
    for claim in inputs.standing_claims:
        if inputs.strengths.get(claim.key) is Strength.WEAK:
            yield _of_claim("secrecy.weak", Severity.WARNING, claim.claim.number, claim.claim.title)


def draft_claims(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Claims that are not finished: they are not in the annex."""
    for claim in inputs.standing_claims:
        if claim.state is ClaimState.DRAFT:
            yield _of_claim("secrecy.draft", Severity.WARNING, claim.claim.number, claim.claim.title)


def annex_missing(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Claims without the annex that makes them, or an annex that is asked for in any case."""
    if (inputs.annex.asked or inputs.standing_claims) and not inputs.annex.written:
        yield ReviewFinding("secrecy.annex_missing", Severity.OBSTACLE, Cause(Room.SECRECY))


def annex_stale(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """The annex says something else than the claims do now."""
    if inputs.annex.written and inputs.annex.stale:
        yield ReviewFinding("secrecy.annex_stale", Severity.OBSTACLE, Cause(Room.SECRECY))


def _of_claim(rule: str, severity: Severity, number: int, title: str | None) -> ReviewFinding:
    return ReviewFinding(rule, severity, Cause(Room.SECRECY, claim=number), (("claim", str(number)), ("title", title or "")))


def _ids(items: list[WorkItem]) -> tuple[str, ...]:
    return tuple(item.item.id for item in items)


def _name(path: str) -> str:
    return path.replace("\\", "/").rsplit("/", 1)[-1]
