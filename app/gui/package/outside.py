"""What the page has to do with the disk and the vault beside the package: targets, receipts, printouts, the calendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.clock import in_sweden
from app.gui.messages import language, tr
from app.gui.session import Session

if TYPE_CHECKING:
    from app.workflow.calendar import CalendarOrder
    from app.workflow.desk import Desk

__all__ = ["Outside"]

_LONGEST = 80
"""Characters of a name that is proposed."""


class _Keeps(Protocol):
    def keep_file(self, data: bytes) -> str:
        """Keep the bytes in the vault; their hash."""
        ...


class Outside(QObject):
    """Asks, and does what was answered on the writer's thread."""

    printout_chosen = Signal(object)  # Path
    told = Signal(str)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._desk: Desk | None = None

    def follow(self, desk: Desk | None) -> None:
        """Another tender."""
        self._desk = desk

    def ask_target(self, then: Callable[[Path], None]) -> None:
        """The folder that becomes the package: a new one inside the one that is chosen."""
        dialog = self._dialog(tr("package.choose_target"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda folder: then(self._target(Path(folder))))
        dialog.open()

    def ask_receipt(self) -> None:
        """The portal's receipt, to be kept with the tender."""
        dialog = self._dialog(tr("package.choose_receipt"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._on_receipt)
        dialog.open()

    def ask_printout(self) -> None:
        """The portal's own printout of what was submitted."""
        dialog = self._dialog(tr("package.choose_printout"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("package.printout_files")])
        dialog.fileSelected.connect(self._on_printout)
        dialog.open()

    def ask_calendar(self) -> None:
        """Where the dates go as a calendar."""
        if self._desk is None:
            return
        dialog = self._dialog(tr("package.choose_calendar"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["iCalendar (*.ics)"])
        dialog.setDefaultSuffix("ics")
        dialog.selectFile(self._name(tr("package.calendar_name")))
        dialog.fileSelected.connect(self._on_calendar)
        dialog.open()

    def toggle_submitted(self) -> None:
        """The bid has gone up now; or it has not after all."""
        if self._desk is not None:
            at = self._desk.tender.package.submitted_at
            self._desk.submitted(None if at else f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S}")

    def keep(self, use: str, name: str, data: bytes) -> None:
        """Keep what the portal gave with the tender, once."""
        desk = self._desk
        if desk is not None:
            office = self._session.office
            then = partial(self._on_kept, desk, use, name, len(data))
            self._session.writer.submit(partial(office.keep_file, data), then, self._session.failed.emit)

    # --- how

    def _on_receipt(self, path: str) -> None:
        desk = self._desk
        if desk is not None:
            work = partial(_kept, self._session.office, Path(path))
            then = partial(self._on_receipt_kept, desk, Path(path).name)
            self._session.writer.submit(work, then, self._session.failed.emit)

    def _on_receipt_kept(self, desk: Desk, name: str, kept: tuple[str, int]) -> None:
        self._on_kept(desk, "receipt", name, kept[1], kept[0])
        self.told.emit(tr("package.receipt_kept", file=name))

    def _on_kept(self, desk: Desk, use: str, name: str, size: int, sha256: str) -> None:
        if all((one.use, one.file) != (use, sha256) for one in desk.kept_files):
            desk.keep_file(use, name, sha256, size)

    def _on_printout(self, path: str) -> None:
        self.printout_chosen.emit(Path(path))

    def _on_calendar(self, path: str) -> None:
        from app.workflow.calendar import CalendarOrder

        if self._desk is not None:
            order = CalendarOrder.of(self._desk.tender, self._desk.items(), language())
            self.write_calendar(order, Path(path))

    def write_calendar(self, order: CalendarOrder, target: Path) -> None:
        """Write it, whole or not at all."""
        then = partial(self._on_written, target.name)
        self._session.writer.submit(partial(_calendar, order, target), then, self._session.failed.emit)

    def _on_written(self, name: str, count: int) -> None:
        self.told.emit(tr("package.calendar_written", count=count, file=name))

    def _target(self, folder: Path) -> Path:
        return folder / self._name(tr("package.folder_name"))

    def _name(self, kind: str) -> str:
        name = self._desk.tender.value("name") if self._desk is not None else ""
        plain = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', " ", name or "")
        return " ".join((kind, *plain.split()))[:_LONGEST].rstrip(" .")

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog


def _kept(office: _Keeps, path: Path) -> tuple[str, int]:
    from app.documents.reader import ReadRequest

    data = ReadRequest(path.name, path).bytes()
    return office.keep_file(data), len(data)


def _calendar(order: CalendarOrder, target: Path) -> int:
    from app.workflow.calendar import write_calendar

    now = datetime.now(UTC)
    return write_calendar(order, target, now, in_sweden(now).date())
