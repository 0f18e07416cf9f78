"""The package of a tender: planned from the list and its links, built into a folder, and told again what it is.

Nothing here knows the window or the vault: everything comes and goes as data, so that the command line does the same. A `Review`
may be given; without one only what the package itself shows can stop it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from app.core.checklist import ChecklistItem, DocumentSummary
from app.core.document import Finding
from app.core.packaging import EntryRole, PackagePlan, PackageSource, PortalProfile
from app.core.review import Review
from app.core.work import FileLink, WorkItem
from app.export.file import Guard, unguarded
from app.export.package.build import FOLDER, Built, build_package
from app.export.package.manifest import ManifestFacts, obstacles
from app.export.package.plan import PlanItem, Planned, finding_of, plan_package
from app.export.package.profiles import built_in, profile_named, profiles_with, read_profiles, written
from app.export.package.runsheet import SheetFacts, limits_in_words, run_sheet, step_words
from app.export.work import file_name
from app.workflow.readiness import on_tender_list

__all__ = [
    "FOLDER",
    "BuildOrder",
    "Built",
    "Made",
    "Planned",
    "build",
    "built_in",
    "finding_of",
    "limits_in_words",
    "made_source",
    "obstacles_left",
    "plan_of",
    "profile_named",
    "profiles_with",
    "read_profiles",
    "sheet_of",
    "sources_of",
    "step_words",
    "written",
]


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the package that this program has made and that lies on no disk: the annex, a masked copy."""

    name: str
    role: EntryRole
    data: bytes
    items: tuple[str, ...] = ()


def made_source(made: Made) -> PackageSource:
    """What is made as the plan takes it. The building finds its bytes again by the hash."""
    return PackageSource("", made.name, len(made.data), sha256(made.data).hexdigest(), made.role, made.items)


def sources_of(
    items: Sequence[WorkItem],
    links: Iterable[FileLink],
    seen: Iterable[PackageSource],
    *,
    forms: Mapping[str, str] | None = None,
    prescribed: Mapping[str, str] | None = None,
    extras: Iterable[str] = (),
) -> tuple[PackageSource, ...]:
    """The files that go into the package: those linked to items that the bid must deal with, and `extras` (paths).

    `seen` are the files as they are now (`bid_folder.look_at`), by path; a linked one that is not among them is gone. `forms`
    tells which document of the procurement a file is a filled copy of, by path; `prescribed` the name that an item asks for, by
    its id.
    """
    now = {source.path: source for source in seen}
    asked = {item.key: item.item for item in items if on_tender_list(item)}
    by_path: dict[str, list[FileLink]] = {}
    for link in links:
        if link.item in asked:
            by_path.setdefault(link.path, []).append(link)
    forms, names = forms or {}, prescribed or {}
    found = []
    for path, some in by_path.items():
        ids = tuple(asked[link.item].id for link in some)
        wished = next((names[one] for one in ids if one in names), None)
        changed = next((link.sha256 for link in some if path in now and link.sha256 != now[path].sha256), some[0].sha256)
        source = now.get(path) or _gone(path)
        role = EntryRole.FORM if path in forms else EntryRole.ATTACHMENT
        found.append(replace(source, role=role, items=ids, form_of=forms.get(path), prescribed=wished, linked=changed))
    for path in extras:
        if path not in by_path:
            form = forms.get(path)
            role = EntryRole.EXTRA if form is None else EntryRole.FORM
            found.append(replace(now.get(path) or _gone(path), role=role, form_of=form))
    return tuple(found)


def plan_of(
    items: Sequence[WorkItem],
    documents: Sequence[DocumentSummary],
    sources: Iterable[PackageSource],
    plan: PackagePlan,
    own: Iterable[PortalProfile] = (),
) -> Planned:
    """The plan of an open tender's package, for the portal, names and order that the user has chosen."""
    asked = [PlanItem(item.item, item.answer) for item in items if on_tender_list(item)]
    return plan_package(asked, sources, documents, profile_named(plan.profile, own), names=dict(plan.names), order=plan.order)


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """All that a package is built of. `made` is what this program has made for it, `items` are those that ask for files.

    `review` may be missing; `forced` is the reason to go on in spite of obstacles. `bid` is the bid folder, never written
    over. `done` are the steps that are ticked on the sheet.
    """

    planned: Planned
    target: Path
    name: str = ""
    buyer: str = ""
    reference: str = ""
    deadline: str = ""
    items: tuple[ChecklistItem, ...] = field(default=(), repr=False)
    made: tuple[Made, ...] = field(default=(), repr=False)
    language: str = "sv"
    archive: bool = False
    bid: Path | None = None
    review: Review | None = None
    forced: str = ""
    done: tuple[str, ...] = ()


def obstacles_left(planned: Planned, review: Review | None) -> int:
    """How many obstacles keep the package from being built without a reason. What plan and review both say counts once."""
    return obstacles(planned.findings, review)


def sheet_of(order: BuildOrder, day: date) -> bytes:
    """The run sheet alone. Raises OutputError."""
    facts = SheetFacts(order.name, order.buyer, order.reference, order.deadline, day)
    planned = order.planned
    return run_sheet(planned.steps, planned.entries, planned.profile, facts, order.language, order.done)


def build(
    order: BuildOrder, now: datetime, day: date, *, guard: Guard = unguarded, step: Callable[[int, int, str], None] | None = None
) -> Built:
    """Build the package with its run sheet. Waits for disks; `now` has a zone, `day` is today in Sweden.

    Raises InputError (upload.obstacles, upload.target_taken, a file that has changed, is locked or gone…) and OutputError; then
    everything is as it was before.
    """
    originals = {entry.name: file_name(entry.path) for entry in order.planned.entries if entry.path}
    facts = ManifestFacts(
        order.name,
        order.buyer,
        order.reference,
        order.deadline,
        now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        order.forced,
        order.review,
        items={item.id: item for item in order.items},
        originals=originals,
    )
    return build_package(
        order.planned,
        order.target,
        facts,
        language=order.language,
        contents={sha256(made.data).hexdigest(): made.data for made in order.made},
        sheet=sheet_of(order, day) if order.planned.entries else None,
        archive=order.archive,
        bid=order.bid,
        guard=guard,
        step=step,
    )


def _gone(path: str) -> PackageSource:
    name = file_name(path)
    return PackageSource(path, name, error=Finding("file.not_found", name))
