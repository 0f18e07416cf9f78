"""The package of a tender: planned from the list and its links, built into a folder, and told again what it is.

Nothing here knows the window or the vault: everything comes and goes as data, so that the command line does the same. A `Review`
may be given; without one only what the package itself shows can stop it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from app.core.checklist import ChecklistItem, DocumentSummary
from app.core.packaging import EntryRole, PackagePlan, PackageSource, PortalProfile
from app.core.work import FileLink, WorkItem
from app.export.package.plan import PlanItem, Planned, finding_of, plan_package
from app.export.package.profiles import built_in, profile_named, profiles_with, read_profiles, written
from app.workflow.readiness import on_tender_list

__all__ = [
    "Made",
    "Planned",
    "built_in",
    "finding_of",
    "made_source",
    "plan_of",
    "profile_named",
    "profiles_with",
    "read_profiles",
    "sources_of",
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


def items_by_id(items: Iterable[WorkItem]) -> dict[str, ChecklistItem]:
    """What asks, as a manifest names it."""
    return {item.item.id: item.item for item in items}


def _gone(path: str) -> PackageSource:
    from app.core.document import Finding
    from app.export.work import file_name

    name = file_name(path)
    return PackageSource(path, name, error=Finding("file.not_found", name))
