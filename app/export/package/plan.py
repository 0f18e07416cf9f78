"""What the package will hold, what is done at the portal step by step, and what is odd about it. Nothing is read or written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath

from app.core.checklist import ChecklistItem, DocumentSummary
from app.core.document import AnswerType, Finding
from app.core.packaging import EntryRole, PackageEntry, PackageSource, PortalProfile, RunStep, StepKind
from app.core.points import PointKind
from app.core.review import Cause, ReviewFinding, Room, Severity
from app.export.package.names import alike, fitted, natural, split_name
from app.export.package.order import document_order, portal_order

__all__ = ["PlanItem", "Planned", "finding_of", "plan_package"]

_LINK = re.compile(r"(?:https?://|www\.)\S", re.IGNORECASE)
_ASKS = (PointKind.QUESTION, PointKind.ATTACHMENT)
_ROLES = (EntryRole.FORM, EntryRole.ATTACHMENT, EntryRole.ANNEX, EntryRole.MASKED, EntryRole.EXTRA)
"""In the order of the package, where nothing else decides."""


@dataclass(frozen=True, slots=True)
class PlanItem:
    """An item of the list that concerns the bid, with the answer written to it."""

    item: ChecklistItem
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A package before it is built: `profile` is the portal it is made for."""

    profile: PortalProfile
    entries: tuple[PackageEntry, ...] = ()
    steps: tuple[RunStep, ...] = ()
    findings: tuple[ReviewFinding, ...] = ()

    @property
    def obstacles(self) -> tuple[ReviewFinding, ...]:
        """What a package is not built with, unless the user says why."""
        return tuple(finding for finding in self.findings if finding.blocks)


def plan_package(
    items: Iterable[PlanItem],
    sources: Iterable[PackageSource],
    documents: Sequence[DocumentSummary],
    profile: PortalProfile,
    *,
    names: Mapping[str, str] | None = None,
    order: Sequence[str] = (),
) -> Planned:
    """The plan. `names` are names the user has chosen and `order` paths in the user's own order, both by the paths of sources."""
    given = {item.item.id: item for item in items}
    asked = [given[item.id] for item in portal_order((one.item for one in given.values()), documents)]
    place = {item.item.id: number for number, item in enumerate(asked)}
    ranked = sorted(sources, key=lambda source: _rank(source, place, documents, order))
    found: list[ReviewFinding] = []
    usable = []
    for source in ranked:
        if source.error is not None:
            found.append(_of_file("upload.unreadable", Severity.OBSTACLE, source, reason=source.error.code))
        else:
            usable.append(source)
    entries = _entries(usable, profile, names or {}, found)
    for source in usable:
        found += _size_and_kind(source, profile)
    total = sum(entry.size for entry in entries)
    if profile.total_bytes is not None and total > profile.total_bytes:
        values = {"size": _megabytes(total), "limit": _megabytes(profile.total_bytes), "portal": profile.name}
        found.append(_finding("upload.total_size", _severity(profile, "total_bytes"), Cause(Room.PACKAGE), values))
    named = tuple(zip(usable, entries, strict=True))
    steps = _steps(asked, named, documents)
    found += _gaps(asked, steps, profile)
    ordered = sorted(found, key=lambda finding: list(Severity).index(finding.severity))
    return Planned(profile, entries, steps, tuple(ordered))


def finding_of(finding: ReviewFinding) -> Finding:
    """A finding as messages take it."""
    return Finding(finding.rule, finding.cause.file or "", finding.cause.place.page, finding.values)


def _rank(
    source: PackageSource, place: Mapping[str, int], documents: Sequence[DocumentSummary], order: Sequence[str]
) -> tuple[object, ...]:
    """The user's own order first; then by the first question that asks for it; then by what it is."""
    own = order.index(source.path) if source.path and source.path in order else len(order)
    first = min((place[item] for item in source.items if item in place), default=len(place))
    forms = document_order(documents)
    form = forms.index(source.form_of) if source.form_of in forms else len(forms)
    late = source.role in (EntryRole.ANNEX, EntryRole.MASKED, EntryRole.EXTRA) and first == len(place)
    return (own, late, _ROLES.index(source.role) if late else 0, first, form, natural(source.name))


def _entries(
    sources: Sequence[PackageSource], profile: PortalProfile, names: Mapping[str, str], found: list[ReviewFinding]
) -> tuple[PackageEntry, ...]:
    """Names in the package. Those that are prescribed or chosen are given away first, so that no other takes them."""
    fixed = [names.get(source.path) or source.prescribed for source in sources]
    plain = _named(sources, fixed, profile, False)
    in_order = [alike(name) for name, _ in plain]
    # A folder shows names in their order: where they are not in the portal's already, a number goes before those that may change.
    numbered = in_order != sorted(in_order) or [natural(name) for name in in_order] != sorted(map(natural, in_order))
    given = _named(sources, fixed, profile, numbered) if numbered else plain
    entries = []
    for source, (name, reasons) in zip(sources, given, strict=True):
        told = [reason for reason in reasons if reason in ("letters", "length", "taken", "characters", "reserved", "empty")]
        if told:
            found.append(_of_file("upload.renamed", Severity.NOTE, source, new=name, reason=f"name_{told[0]}"))
        entries.append(PackageEntry(name, source.path, source.role, source.items, source.sha256, source.size))
    for source, wished in zip(sources, fixed, strict=True):
        if wished and source.prescribed and source.path not in names:
            suffix = split_name(source.prescribed)[1]
            if suffix and suffix.lower() != split_name(_base(source.name))[1].lower():
                found.append(_of_file("upload.prescribed_kind", Severity.WARNING, source, wanted=source.prescribed))
    found += _same_names(sources)
    return tuple(entries)


def _named(
    sources: Sequence[PackageSource], fixed: Sequence[str | None], profile: PortalProfile, numbered: bool
) -> list[tuple[str, tuple[str, ...]]]:
    given: dict[int, tuple[str, tuple[str, ...]]] = {}
    taken: set[str] = set()
    width = max(2, len(str(len(sources))))
    for index in sorted(range(len(sources)), key=lambda number: not fixed[number]):
        source, wished = sources[index], fixed[index]
        own = split_name(_base(source.name))[1]
        name = _base(source.name) if not wished else wished if split_name(wished)[1] else wished + own
        prefix = f"{index + 1:0{width}}_" if numbered and not wished else ""
        made = fitted(name, profile, taken, prefix=prefix, fixed=bool(wished))
        taken.add(alike(made.name))
        given[index] = (made.name, made.reasons)
    return [given[index] for index in range(len(sources))]


def _same_names(sources: Sequence[PackageSource]) -> Iterable[ReviewFinding]:
    """Files that people, and some systems, cannot tell apart: in one folder only by capitals or by how a letter is stored."""
    seen: dict[str, PackageSource] = {}
    for source in sources:
        key = alike(source.name)
        if key in seen and source.path:
            yield _of_file("upload.same_name", Severity.WARNING, source, other=seen[key].name)
        else:
            seen[key] = source


def _size_and_kind(source: PackageSource, profile: PortalProfile) -> Iterable[ReviewFinding]:
    if source.size == 0:
        yield _of_file("upload.empty", Severity.OBSTACLE, source)
    if profile.file_bytes is not None and source.size > profile.file_bytes:
        values = {"size": _megabytes(source.size), "limit": _megabytes(profile.file_bytes), "portal": profile.name}
        rule = "upload.size_guess" if "file_bytes" in profile.own else "upload.size"
        yield _of_file(rule, _severity(profile, "file_bytes"), source, **values)
    suffix = split_name(_base(source.name))[1].lower()
    if profile.suffixes and suffix not in profile.suffixes:
        rule = "upload.kind_guess" if "suffixes" in profile.own else "upload.kind"
        kinds = ", ".join(part.lstrip(".").upper() for part in profile.suffixes)
        yield _of_file(rule, _severity(profile, "suffixes"), source, kinds=kinds, portal=profile.name)
    if source.linked is not None and source.linked != source.sha256:
        yield _of_file("upload.changed", Severity.WARNING, source)
    if source.role is EntryRole.EXTRA:
        yield _of_file("upload.extra", Severity.WARNING, source)


def _steps(
    asked: Sequence[PlanItem], named: Sequence[tuple[PackageSource, PackageEntry]], documents: Sequence[DocumentSummary]
) -> tuple[RunStep, ...]:
    """A step for each question of the portal. What the buyer's own forms ask is answered in them: a form is one step."""
    forms: dict[str, list[str]] = {}
    for source, entry in named:
        if source.form_of:
            forms.setdefault(source.form_of, []).append(entry.name)
    titles = {document.id: document.name for document in documents}
    covered: dict[str, list[str]] = {}
    for one in asked:
        if one.item.source.document in forms:
            covered.setdefault(one.item.source.document, []).append(one.item.id)
    elsewhere = {one.item.id for one in asked if one.item.source.document not in forms}
    # A form that an attachment asks for is chosen there: it is no step of its own as well.
    chosen = {source.form_of for source, _ in named if source.form_of and elsewhere & set(source.items)}
    steps = [RunStep("start", None, None, "", kind=StepKind.START)]
    told: set[str | None] = set(chosen)
    for one in asked:
        form = one.item.source.document
        files = tuple((source, entry.name) for source, entry in named if one.item.id in source.items)
        if form in forms:
            if form not in told:
                told.add(form)
                steps.append(_form_step(form, titles, forms, covered))
            files = tuple((source, name) for source, name in files if name not in forms[form])
            if not files:
                continue
        answered = {source.form_of for source, _ in files if source.form_of in chosen}
        covers = tuple(item for document in forms if document in answered for item in covered.get(document, ()))
        if step := _question(one, tuple(name for _, name in files), covers, titles):
            steps.append(step)
    steps += [_form_step(form, titles, forms, covered) for form in forms if form not in told]
    told_of = {name for step in steps for name in step.files}
    secret = (EntryRole.ANNEX, EntryRole.MASKED)
    kept = tuple(entry.name for _, entry in named if entry.role in secret and entry.name not in told_of)
    if kept:
        steps.append(RunStep("secrecy", None, None, "", None, kept, StepKind.SECRECY))
    used = {name for step in steps for name in step.files}
    loose = tuple(entry.name for _, entry in named if entry.name not in used)
    if loose:
        steps.append(RunStep("extra", None, None, "", None, loose, StepKind.EXTRA))
    return (
        *steps,
        RunStep("submit", None, None, "", kind=StepKind.SUBMIT),
        RunStep("receipt", None, None, "", kind=StepKind.RECEIPT),
    )


def _question(one: PlanItem, files: tuple[str, ...], covers: tuple[str, ...], titles: Mapping[str, str]) -> RunStep | None:
    """A question as a step; None for what the portal does not ask."""
    item, answer = one.item, (one.answer or "").strip() or None
    if not (files or answer or item.kind in _ASKS or item.answer.type is not AnswerType.NONE):
        return None
    return RunStep(
        item.id,
        item.id,
        item.number,
        item.text_after_number,
        answer,
        files,
        must=item.must,
        heading=item.headings[-1] if item.headings else None,
        document=titles.get(item.source.document, ""),
        covers=covers,
        wants_file=item.kind is PointKind.ATTACHMENT or item.answer.type is AnswerType.FILE,
    )


def _form_step(form: str, titles: Mapping[str, str], forms: Mapping[str, list[str]], covered: Mapping[str, list[str]]) -> RunStep:
    name, items = titles.get(form, ""), tuple(covered.get(form, ()))
    return RunStep(f"form-{form}", None, None, name, None, tuple(forms[form]), StepKind.FORM, True, None, name, items)


def _gaps(asked: Sequence[PlanItem], steps: Sequence[RunStep], profile: PortalProfile) -> Iterable[ReviewFinding]:
    """Steps at which there is nothing to do, and answers that the portal does not take as they are."""
    kinds = {one.item.id: one.item.kind for one in asked}
    for step in steps:
        if step.item is None:
            continue
        cause = Cause(Room.ANSWERS if kinds[step.item] is not PointKind.ATTACHMENT else Room.CHECKLIST, items=(step.item,))
        label = {"number": step.number or "–", "text": _clipped(step.text)}
        if not step.files and not step.answer and step.must and kinds[step.item] in _ASKS:
            rule = "upload.no_file" if kinds[step.item] is PointKind.ATTACHMENT else "upload.no_answer"
            yield _finding(rule, Severity.WARNING, cause, label)
        if step.answer and profile.text_length is not None and len(step.answer) > profile.text_length:
            values = label | {"length": str(len(step.answer)), "limit": str(profile.text_length)}
            yield _finding("upload.answer_long", _severity(profile, "text_length"), cause, values)
        if step.answer and profile.links_ignored and _LINK.search(step.answer):
            yield _finding("upload.answer_link", Severity.WARNING, cause, label | {"portal": profile.name})


def _severity(profile: PortalProfile, limit: str) -> Severity:
    return Severity.WARNING if limit in profile.own else Severity.OBSTACLE


def _of_file(rule: str, severity: Severity, source: PackageSource, **values: str) -> ReviewFinding:
    return _finding(rule, severity, Cause(Room.FILE, source.name, items=source.items), values)


def _finding(rule: str, severity: Severity, cause: Cause, values: Mapping[str, str]) -> ReviewFinding:
    return ReviewFinding(rule, severity, cause, tuple(sorted(values.items())))


def _base(name: str) -> str:
    return PureWindowsPath(name).name if "\\" in name else PurePosixPath(name).name


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f}".rstrip("0").rstrip(".").replace(".", ",")


def _clipped(text: str, most: int = 80) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
