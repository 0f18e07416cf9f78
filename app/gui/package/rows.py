"""The rows of the page: files of the package in their order, and steps of the run sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.core.packaging import EntryRole, PackageEntry, RunStep, StepKind
from app.core.review import ReviewFinding, Severity
from app.gui.messages import language, tr
from app.workflow.packaging import Planned, step_words

__all__ = ["FileRow", "StepRow", "file_rows", "role_name", "size_words", "step_rows", "tip_of"]

_KILO = 1000
_TIP = 300
"""Letters of an answer in a tip."""


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of the package. `about` says where it comes from and what asks for it; `fault` what is odd about it."""

    key: str
    number: int
    entry: PackageEntry
    about: str
    fault: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step of the run sheet. `todo` is what is done there, `lacks` that an answer or file is asked for and missing."""

    key: str
    number: int
    step: RunStep
    title: str
    todo: str
    done: bool = False
    lacks: bool = False


def tip_of(row: FileRow | StepRow) -> str:
    """All that the row says, in lines; of an answer its beginning, as the panel has the rest."""
    if isinstance(row, FileRow):
        return "\n".join(filter(None, (row.entry.name, row.about, row.fault)))
    answer = " ".join((row.step.answer or "").split())
    return "\n".join(filter(None, (row.title, row.todo, answer[:_TIP], ", ".join(row.step.files))))


def role_name(role: EntryRole) -> str:
    """Why the file is in the package."""
    match role:
        case EntryRole.ATTACHMENT:
            return tr("package.role_attachment")
        case EntryRole.FORM:
            return tr("package.role_form")
        case EntryRole.ANNEX:
            return tr("package.role_annex")
        case EntryRole.MASKED:
            return tr("package.role_masked")
        case EntryRole.EXTRA:
            return tr("package.role_extra")


def size_words(size: int) -> str:
    """A size as people say it, in steps of a thousand, as portals count."""
    if size < _KILO:
        return tr("package.bytes", count=size)
    if size < _KILO**2:
        return tr("package.kilobytes", count=round(size / _KILO))
    text = f"{size / _KILO**2:.1f}"
    return tr("package.megabytes", size=text.replace(".", ",") if language() == "sv" else text)


def file_rows(
    planned: Planned, numbers: Mapping[str, str], said: Mapping[str, Sequence[tuple[ReviewFinding, str]]]
) -> list[FileRow]:
    """The package's files. `numbers` are the printed numbers of items by id, `said` findings with their words by file name."""
    rows = []
    for number, entry in enumerate(planned.entries, 1):
        asked = ", ".join(filter(None, dict.fromkeys(numbers.get(item, "") for item in entry.items)))
        source = Path(entry.path).name if entry.path else tr("package.made")
        parts = [source if source != entry.name else "", asked, size_words(entry.size) if entry.size else ""]
        findings = [*said.get(source, ()), *said.get(entry.name, ())]
        worst = min(findings, key=lambda pair: list(Severity).index(pair[0].severity), default=None)
        about = " · ".join((role_name(entry.role), *filter(None, parts)))
        fault, severity = (worst[1], worst[0].severity) if worst is not None else ("", None)
        rows.append(FileRow(entry.path or entry.name, number, entry, about, fault, severity))
    return rows


def step_rows(planned: Planned, done: Sequence[str]) -> list[StepRow]:
    """The run sheet's steps."""
    ticked = frozenset(done)
    rows = []
    for number, step in enumerate(planned.steps, 1):
        title, todo = step_words(step, language())
        question = step.kind is StepKind.QUESTION
        lacks = question and (not step.files if step.wants_file else not step.answer and not step.files)
        name = f"{step.number} {title}" if step.number and not title.startswith(step.number) else title
        rows.append(StepRow(step.id, number, step, name, todo, step.id in ticked, lacks))
    return rows
