"""Reading files into a desk, put together for the window: child processes read, the vault keeps, the desk takes in.

What reads is imported when the first file comes: a window without files opens sooner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from app.core.document import Document, Finding
from app.core.limits import Limits
from app.core.work import BidFileRecord, DocumentRecord
from app.gui.jobs import Control
from app.gui.showing import await_shown, begin_showing

if TYPE_CHECKING:
    from app.core.packaging import PortalProfile
    from app.workers.pages import PageReader
    from app.workers.runner import ProcessRunner
    from app.workers.spare import Spare
    from app.workflow.auditing import Audit, AuditBasis
    from app.workflow.bid import BidArrival, BidIntake, BidShelf
    from app.workflow.check import Step
    from app.workflow.desk import Desk
    from app.workflow.intake import Arrival, Blobs
    from app.workflow.review_folders import Inspector

__all__ = ["BidAudits", "BidReader", "ChildParser", "IntakeReader"]

_MANY = 50
"""Items that take a while to show."""


class IntakeReader:
    """The `Reader` of the real program. Each run has children of its own, ended with it."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._bids: BidReader | None = None
        self.spare: Spare | None = None
        """Where a child waits for the next run, if anywhere."""
        self._audits: BidAudits | None = None

    @property
    def audits(self) -> BidAudits:
        """As `Reader.audits`."""
        if self._audits is None:
            self._audits = BidAudits(self._blobs, self.bids.shelf)
        return self._audits

    @property
    def bids(self) -> BidReader:
        """As `Reader.bids`."""
        if self._bids is None:
            self._bids = BidReader(self._blobs)
        return self._bids

    def read(
        self, desk: Desk, paths: Sequence[Path], passwords: Sequence[str], control: Control, listed: Callable[[Any], None]
    ) -> None:
        """As `Reader.read`."""
        from app.workflow.intake import Intake, basis_of

        runner = self._runner()
        try:
            intake = Intake(runner, self._blobs, partial(basis_of, desk), partial(_bring, control))
            intake.read_paths(
                paths, passwords, progress=control.progress, cancelled=control.cancelled, listed=partial(_listed, listed)
            )
        finally:
            runner.close()

    def read_again(self, desk: Desk, documents: Sequence[DocumentRecord], passwords: Sequence[str], control: Control) -> None:
        """As `Reader.read_again`."""
        from app.workflow.intake import Intake, basis_of

        runner = self._runner()
        try:
            intake = Intake(runner, self._blobs, partial(basis_of, desk), partial(_bring, control))
            intake.read_again(documents, passwords, progress=control.progress, cancelled=control.cancelled)
        finally:
            runner.close()

    def settle(self, desk: Desk, arrival: Arrival) -> None:
        """As `Reader.settle`."""
        from app.workflow.intake import settle

        if len(arrival.puts) > _MANY:
            begin_showing()
        settle(desk, arrival)

    def _runner(self) -> ProcessRunner:
        from app.workers.runner import ProcessRunner

        return ProcessRunner(early=self.spare.take() if self.spare is not None else None)


class BidReader:
    """The `Bids` of the real program. Each file is read by a child of its own, ended with it."""

    def __init__(self, blobs: Blobs) -> None:
        from app.workflow.bid import BidShelf

        self._blobs = blobs
        self._shelf = BidShelf(blobs)

    @property
    def shelf(self) -> BidShelf:
        """As `Bids.shelf`."""
        return self._shelf

    def read(self, desk: Desk, paths: Sequence[Path], passwords: Sequence[str], control: Control) -> tuple[Finding, ...]:
        """As `Bids.read`."""
        with ChildParser(passwords) as parse:
            intake = self._intake(desk, control, parse)
            return intake.read_paths(paths, progress=control.progress, cancelled=control.cancelled)

    def read_again(
        self, desk: Desk, files: Sequence[BidFileRecord], passwords: Sequence[str], control: Control
    ) -> tuple[Finding, ...]:
        """As `Bids.read_again`."""
        with ChildParser(passwords) as parse:
            intake = self._intake(desk, control, parse)
            return intake.read_again(files, progress=control.progress, cancelled=control.cancelled)

    def settle(self, desk: Desk, arrival: BidArrival) -> None:
        """As `Bids.settle`."""
        from app.workflow.bid import settle_bid

        settle_bid(desk, arrival)

    def _intake(self, desk: Desk, control: Control, parse: ChildParser) -> BidIntake:
        from app.workflow.bid import BidIntake, bid_basis_of

        look = partial(bid_basis_of, desk)
        return BidIntake(parse, self._blobs, self._shelf, look, control.deliver, unpack=parse.unpack)


class BidAudits:
    """The `Audits` of the real program. Each file is inspected by a child of its own."""

    def __init__(self, blobs: Blobs, shelf: BidShelf) -> None:
        from app.workflow.auditing import Auditor

        self._auditor = Auditor(_inspector, blobs, shelf)

    def audit(self, basis: AuditBasis, now: datetime, control: Control, *, again: bool = False) -> Audit:
        """As `Audits.audit`."""
        return self._auditor.audit(basis, now, progress=control.progress, cancelled=control.cancelled, again=again)

    def use_portals(self, own: tuple[PortalProfile, ...]) -> None:
        """As `Audits.use_portals`."""
        self._auditor.own = own


class ChildParser:
    """Whole documents, one after another, read by a child process that holds no key. One that is lost is replaced by the next."""

    def __init__(self, passwords: Sequence[str] = ()) -> None:
        self._passwords = tuple(passwords)
        self._reader: PageReader | None = None
        self._runner: ProcessRunner | None = None

    def __enter__(self) -> ChildParser:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._reader is not None:
            self._reader.close()
        if self._runner is not None:
            self._runner.close()

    def __call__(self, name: str, data: bytes, limits: Limits) -> Document:
        """As `workflow.bid.Parse`."""
        from app.workers.pages import PageReader

        if self._reader is None:
            self._reader = PageReader(name, data, passwords=self._passwords, limits=limits)
            self._reader.open()
        else:
            self._reader.turn_to(name, data)
        return self._reader.document()

    def unpack(self, name: str, data: bytes, limits: Limits, cancelled: Callable[[], bool]) -> Iterator[Document | Finding]:
        """As `workflow.bid.Unpack`."""
        from app.core.points import Reading
        from app.workers.runner import ProcessRunner

        runner = self._runner = self._runner or ProcessRunner(limits, processes=1)
        from app.documents.reader import ReadRequest

        request = ReadRequest(name, None, data, self._passwords, limits, blocks_only=True)
        for _, found in runner.run([request], _unwatched, cancelled):
            if isinstance(found, Reading):
                yield found.document
            elif isinstance(found, Finding):
                yield found


def _unwatched(_step: Step) -> None:
    """The archive as a whole is told of."""


def _inspector(cancelled: Callable[[], bool]) -> Inspector:
    from app.workers.file_work import ProcessFileWork
    from app.workers.inspecting import WorkInspector

    return WorkInspector(ProcessFileWork(cancelled))


def _bring(control: Control, arrival: Arrival) -> None:
    """Hand it over once what came before is seen. After the last there is nothing to wait for: the reading is at its end."""
    await_shown(control.cancelled)
    control.deliver(arrival)


def _listed(tell: Callable[[Any], None], names: Sequence[str]) -> None:
    tell(tuple(names))
