"""Planning and building the package on a job's thread, and looking through the portal's printout afterwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.core.clock import in_sweden
from app.core.document import Finding
from app.core.packaging import PortalProfile
from app.core.review import Review
from app.gui.following import Following
from app.gui.jobs import Control, Job
from app.gui.messages import language
from app.gui.session import Session

if TYPE_CHECKING:
    from app.workflow.auditing import Audit
    from app.workflow.desk import Desk
    from app.workflow.desk_package import Heads, PackageBasis, PackageMade, PackageView
    from app.workflow.receipts import Comparison

__all__ = ["BuildWish", "Compared", "Packing"]

_CALM = 250
"""Milliseconds in which changes are gathered."""


@dataclass(frozen=True, slots=True)
class BuildWish:
    """Where the package goes, whether a ZIP is wished for, and why in spite of obstacles."""

    target: Path
    archive: bool = False
    forced: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """A printout that was read: its name and bytes, and what came of comparing; or why it could not be read."""

    name: str
    data: bytes
    comparison: Comparison | None = None
    error: Finding | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    view: PackageView
    review: Review | None
    heads: Heads


class Packing(Following):
    """Plans again whenever something has changed; builds and reads one piece at a time beside it."""

    planned = Signal(object)  # PackageView
    built = Signal(object)  # PackageMade
    compared = Signal(object)  # Compared
    progressed = Signal(object, object, object)  # done, total, name
    busy_changed = Signal(object)  # bool: a package is being built or a printout read

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(session, _CALM, parent)
        self._working: Job | None = None
        self.view: PackageView | None = None
        self.review: Review | None = None
        self._heads: Heads = {}
        self.own: tuple[PortalProfile, ...] = ()  # portals as the user knows them

    @property
    def obstacles(self) -> int:
        """How many obstacles remain, of the plan and of the review: the package is built in spite of them only with a reason."""
        from app.workflow.packaging import Planned, obstacles_left, profile_named

        planned = self.view.planned if self.view is not None else Planned(profile_named(""))
        return obstacles_left(planned, self.review)

    @property
    def busy(self) -> bool:
        """Whether a plan is due, or something is being built or read."""
        return super().busy or self.working

    @property
    def working(self) -> bool:
        """Whether something is being built or read."""
        return self._working is not None

    def build(self, wish: BuildWish) -> None:
        """Build it. Does nothing while something else is being worked on."""
        desk = self._desk
        if desk is not None:
            from app.workflow.desk_package import package_basis_of

            work = partial(_built, package_basis_of(desk, self.own), wish, self.review, self._heads, language())
            self._work(work, partial(self._on_built, desk))

    def compare(self, path: Path) -> None:
        """Read the portal's printout and compare it with the package that was built last."""
        desk, view = self._desk, self.view
        if desk is not None and view is not None:
            plan, tender = desk.tender.package, desk.tender
            facts = (tender.value("name") or "", tender.value("reference") or "")
            work = partial(_compared, path, view.planned.steps, plan.entries or view.planned.entries, facts)
            self._work(work, partial(self._on_compared, desk))

    def stop(self) -> None:
        """Stop what is being built or read: nothing half is left."""
        if self._working is not None:
            self._working.cancel()

    def shut(self) -> None:
        """End it, and wait for it."""
        super().shut()
        job, self._working = self._working, None
        if job is not None:
            job.close()

    # --- planning

    def _forget(self) -> None:
        self.view = self.review = None
        self._heads = {}
        if self._working is not None:
            self._working.forget()

    def _job_for(self, desk: Desk) -> Job:
        from app.workflow.auditing import audit_basis_of
        from app.workflow.desk_package import package_basis_of

        reader = self._session.reader
        audits = partial(reader.audits.audit, audit_basis_of(desk)) if reader is not None else None
        job = Job(partial(_planned, package_basis_of(desk, self.own), audits, language()), None, self)
        job.finished.connect(partial(self._on_planned, desk))
        return job

    def _on_planned(self, desk: Desk, found: _Found) -> None:
        if desk is self._desk:
            self.view, self.review, self._heads = found.view, found.review, found.heads
            self.planned.emit(self.view)

    # --- building and comparing

    def _work(self, work: Callable[[Control], Any], then: Callable[[Any], None]) -> None:
        if self._working is not None:
            return
        self._working = Job(work, None, self)
        self._working.progressed.connect(self._on_progressed)
        self._working.finished.connect(then)
        self._working.failed.connect(self._session.failed)
        self._working.ended.connect(self._on_work_ended)
        self.busy_changed.emit(True)
        self._working.start()

    def _on_progressed(self, step: tuple[int, int, str]) -> None:
        self.progressed.emit(*step)

    def _on_built(self, desk: Desk, made: PackageMade) -> None:
        desk.built(str(made.built.folder), made.built.entries)
        if desk is self._desk:
            self.built.emit(made)

    def _on_compared(self, desk: Desk, compared: Compared) -> None:
        if desk is self._desk:
            self.compared.emit(compared)

    def _on_work_ended(self) -> None:
        job, self._working = self._working, None
        if job is not None:
            job.deleteLater()
        self.busy_changed.emit(False)


def _planned(basis: PackageBasis, audits: Callable[[datetime, Control], Audit] | None, chosen: str, control: Control) -> _Found:
    """The plan, and the review that stands before it: files that have been looked through are not looked through again."""
    from app.workflow.desk_package import planned_from

    audit = audits(in_sweden(), control) if audits is not None else None
    heads = {file.sha256: file.heads for file in audit.inputs.files if file.sha256} if audit is not None else {}
    view = planned_from(basis, language=chosen, heads=heads, cancelled=control.cancelled)
    return _Found(view, audit.review if audit is not None else None, heads)


def _built(
    basis: PackageBasis, wish: BuildWish, review: Review | None, heads: Heads, chosen: str, control: Control
) -> PackageMade:
    from app.workers.masking import ProcessMasker
    from app.workflow.check import CancelledError
    from app.workflow.desk_package import build_from

    def step(done: int, total: int, name: str) -> None:
        if control.cancelled():
            raise CancelledError(name)
        control.progress((done, total, name))

    return build_from(
        basis,
        wish.target,
        ProcessMasker(control.cancelled),
        language=chosen,
        review=review,
        heads=heads,
        forced=wish.forced,
        archive=wish.archive,
        step=step,
        cancelled=control.cancelled,
    )


def _compared(path: Path, steps: Any, entries: Any, facts: tuple[str, str], control: Control) -> Compared:
    from app.documents.reader import ReadRequest
    from app.workers.runner import ProcessRunner
    from app.workflow.receipts import compare, read_printout

    control.progress((0, 1, path.name))
    data = ReadRequest(path.name, path).bytes()
    runner = ProcessRunner()
    try:
        printout = read_printout(path.name, data, runner)
    finally:
        runner.close()
    if isinstance(printout, Finding):
        return Compared(path.name, data, error=printout)
    name, reference = facts
    return Compared(path.name, data, compare(printout, steps, entries, name=name, reference=reference))
