"""What is done on a job's thread: a form fetched, filled in and written; a file of colleagues read and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.differences import Comparison
from app.core.errors import FillError, NotFoundError
from app.core.forms import FillReport, FormAnswer, Outcome
from app.core.work import DocumentRecord, FileLink, WorkItem
from app.gui.filling.compare_lines import compare_rows
from app.gui.filling.lines import Row
from app.gui.filling.report_lines import report_rows
from app.gui.jobs import Control
from app.workflow.check import CancelledError

if TYPE_CHECKING:
    from app.workflow.filling import FileWork

__all__ = [
    "Compared",
    "Fetched",
    "FillWish",
    "FormMade",
    "MakeWork",
    "Step",
    "compared_form",
    "compared_matrix",
    "filled_form",
    "in_children",
]

MakeWork = Callable[[Callable[[], bool]], "FileWork"]
"""Who does things with one file, given how to hear that it should stop."""


class Step:
    """How far it has come: what is told of progress."""

    FETCH, WORK, FINISH = range(3)


@dataclass(frozen=True, slots=True)
class Fetched:
    """Where a document of the procurement is fetched from, and what opens it."""

    record: DocumentRecord
    fetch: Callable[[DocumentRecord], bytes]
    passwords: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class FillWish:
    """Which form is filled in from which list, and where the copy goes. `documents` are all that the buyer sent."""

    form: Fetched
    target: Path
    items: tuple[WorkItem, ...] = field(repr=False)
    documents: tuple[DocumentRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class FormMade:
    """What became of it, also in rows. Nothing was `written` when no answer had a place.

    `linked` are the keys of the items that the file answers: the attachments that ask for the form; where there are none, the
    questions that were filled in.
    """

    report: FillReport
    target: Path
    written: bool
    rows: tuple[Row, ...] = ()
    linked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """A file beside the list, also in rows."""

    comparison: Comparison
    rows: tuple[Row, ...]


@contextmanager
def _drive_there(path: Path) -> Iterator[None]:
    """A drive that goes while a file is read is a file that is not there."""
    try:
        yield
    except OSError as error:
        raise NotFoundError(path.name) from error


def in_children(cancelled: Callable[[], bool]) -> FileWork:
    """Foreign files are read in processes that may crash."""
    from app.workers.file_work import ProcessFileWork

    return ProcessFileWork(cancelled)


def filled_form(wish: FillWish, make: MakeWork, control: Control) -> FormMade:
    """Fill in a copy. Raises errors of the tree; nothing half is left, and no file of the buyer's is written over."""
    from app.workflow.filling import answers_for, filled_copy, write_copy
    from app.workflow.form_list import form_request, is_original

    work = make(control.cancelled)
    control.progress(Step.FETCH)
    if is_original(wish.target, {one for record in wish.documents for one in (record.file, record.summary.sha256)}):
        raise FillError(wish.target.name, code="fill.same_file")
    request = form_request(wish.form.record, wish.form.fetch(wish.form.record), wish.form.passwords, work)
    control.progress(Step.WORK)
    answers = answers_for(wish.items, wish.form.record.summary.id)
    report, data = filled_copy(request, answers, work)
    if control.cancelled():
        raise CancelledError(wish.target.name)
    control.progress(Step.FINISH)
    written = report.count(Outcome.FILLED) > 0
    if written:
        write_copy(wish.target, data)
    keys = {one.item.id: one.key for one in wish.items}
    rows = report_rows(report, answers, keys)
    return FormMade(report, wish.target, written, rows, _linked(wish, report, answers, keys) if written else ())


def _linked(wish: FillWish, report: FillReport, answers: Sequence[FormAnswer], keys: Mapping[str, str]) -> tuple[str, ...]:
    from app.workflow.form_list import asking_for

    asking = asking_for(wish.target.name, wish.items, wish.documents)
    filled = [answers[entry.number].item for entry in report.entries if entry.outcome is Outcome.FILLED]
    return asking or tuple(dict.fromkeys(keys[item] for item in filled if item is not None and item in keys))


def compared_matrix(
    path: Path, items: Sequence[WorkItem], links: Mapping[str, Sequence[FileLink]], make: MakeWork, control: Control
) -> Compared:
    """A matrix beside the list. Raises errors of the tree."""
    from app.workflow.roundtrip import compare_matrix, matrix_of

    control.progress(Step.WORK)
    with _drive_there(path):
        sheet = matrix_of(path, items, work=make(control.cancelled))
    control.progress(Step.FINISH)
    comparison = compare_matrix(path.name, sheet, items, links)
    return Compared(comparison, compare_rows(comparison, items, form=False))


def compared_form(path: Path, form: Fetched, items: Sequence[WorkItem], make: MakeWork, control: Control) -> Compared:
    """A filled copy of a form beside the list. Raises errors of the tree."""
    from app.workflow.form_back import answers_of, compare_form
    from app.workflow.form_list import form_request

    work = make(control.cancelled)
    control.progress(Step.FETCH)
    request = form_request(form.record, form.fetch(form.record), form.passwords, work)
    control.progress(Step.WORK)
    with _drive_there(path):
        found = answers_of(request, path, work=work)
    control.progress(Step.FINISH)
    comparison = compare_form(path.name, found, items)
    return Compared(comparison, compare_rows(comparison, items, form=True))
