"""What is done on a job's thread: a form fetched, filled in and written; a file of colleagues read and compared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.differences import Comparison
from app.core.errors import FillError, NotFoundError
from app.core.forms import FillReport, FormAnswer, Outcome
from app.core.work import DocumentRecord, FileLink, WorkItem
from app.gui.jobs import Control
from app.workflow.check import CancelledError

if TYPE_CHECKING:
    from app.workflow.filling import FileWork

__all__ = [
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
    """Which answers go into a copy of which form, and where the copy goes. `originals` are hashes of what the buyer sent."""

    form: Fetched
    target: Path
    answers: tuple[FormAnswer, ...] = field(repr=False)
    originals: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class FormMade:
    """What became of it. Nothing was `written` when no answer had a place."""

    report: FillReport
    target: Path
    written: bool


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
    from app.workflow.filling import filled_copy, write_copy
    from app.workflow.form_list import form_request, is_original

    work = make(control.cancelled)
    control.progress(Step.FETCH)
    if is_original(wish.target, wish.originals):
        raise FillError(wish.target.name, code="fill.same_file")
    request = form_request(wish.form.record, wish.form.fetch(wish.form.record), wish.form.passwords, work)
    control.progress(Step.WORK)
    report, data = filled_copy(request, wish.answers, work)
    if control.cancelled():
        raise CancelledError(wish.target.name)
    control.progress(Step.FINISH)
    written = report.count(Outcome.FILLED) > 0
    if written:
        write_copy(wish.target, data)
    return FormMade(report, wish.target, written)


def compared_matrix(
    path: Path, items: Sequence[WorkItem], links: Mapping[str, Sequence[FileLink]], make: MakeWork, control: Control
) -> Comparison:
    """A matrix beside the list. Raises errors of the tree."""
    from app.workflow.roundtrip import compare_matrix, matrix_of

    control.progress(Step.WORK)
    with _drive_there(path):
        sheet = matrix_of(path, items, work=make(control.cancelled))
    control.progress(Step.FINISH)
    return compare_matrix(path.name, sheet, items, links)


def compared_form(path: Path, form: Fetched, items: Sequence[WorkItem], make: MakeWork, control: Control) -> Comparison:
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
    return compare_form(path.name, found, items)
