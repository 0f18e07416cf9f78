"""Printing: the system's dialog, then page after page between everything else that the window does."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF, QObject, QTimer, Signal
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog

from app.core.clock import in_sweden
from app.core.document import Finding
from app.core.errors import OutputError
from app.gui.checklist.page import ChecklistPage
from app.gui.checklist.wording import Wording
from app.gui.messages import tr
from app.gui.printing.content import passages, rows_of, title_of
from app.gui.printing.pages import Pages
from app.gui.session import Session
from app.gui.shell.window import CHECKLIST, MainWindow

__all__ = ["PrintJob", "Printing"]

_MARGIN = 16.0
"""Millimetres."""


class PrintJob(QObject):
    """Paints pages onto a device, one in each turn of the event loop. `finished` has their number, -1 when it failed."""

    finished = Signal(object)

    def __init__(self, device: QPagedPaintDevice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.device = device
        self._painter = QPainter()
        self._pages: Pages | None = None
        self._turn = QTimer(self)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._on_turn)

    def start(self, session: Session, page: ChecklistPage | None) -> None:
        """Begin with what is on the list now: as the page shows it, or all of it."""
        desk = session.desk
        if desk is None or not self._painter.begin(self.device):
            self.finished.emit(-1)
            return
        wording = page.wording if page is not None else Wording()
        rows = tuple(page.model.rows) if page is not None else rows_of(desk, wording)
        now = in_sweden().replace(tzinfo=None)
        self._pages = Pages(self._painter, self.device, passages(desk, rows, wording, now), title_of(desk))
        self._turn.start()

    def stop(self) -> None:
        """Leave it."""
        self._turn.stop()
        if self._painter.isActive():
            self._painter.end()

    def _on_turn(self) -> None:
        pages = self._pages
        if pages is None or pages.paint_next():
            return
        self._turn.stop()
        self.finished.emit(pages.count if self._painter.end() else -1)


class Printing(QObject):
    """Prints the list of a window."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._printer: QPrinter | None = None
        self._job: PrintJob | None = None
        window.closed.connect(self._on_closed)

    def ask(self) -> None:
        """Show the system's dialog. Nothing happens while a list is being printed."""
        if self._session.desk is None or self._job is not None:
            return
        self._window.flush()
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName("Anbudsklar")  # others can read the queue of a printer
        self._printer.setPageMargins(QMarginsF(*[_MARGIN] * 4), QPageLayout.Unit.Millimeter)
        dialog = QPrintDialog(self._printer, self._window)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, False)
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintSelection, False)
        dialog.accepted.connect(self._on_accepted)
        dialog.finished.connect(dialog.deleteLater)
        QDialog.open(dialog)  # its own wants the name of a slot

    def print_on(self, device: QPagedPaintDevice) -> None:
        """Print what is in sight."""
        page = self._window.page(CHECKLIST)
        self._job = PrintJob(device, self)
        self._job.finished.connect(self._on_finished)
        self._job.start(self._session, page if isinstance(page, ChecklistPage) else None)

    def _on_accepted(self) -> None:
        if self._printer is not None:
            self.print_on(self._printer)

    def _on_finished(self, count: int) -> None:
        job, self._job = self._job, None
        if job is not None:
            job.deleteLater()
        if count < 0:
            self._session.failed.emit(Finding(OutputError.code, ""))
        else:
            self._window.toast.tell(tr("print.done", count=count), can_undo=False)

    def _on_closed(self) -> None:
        if self._job is not None:
            self._job.stop()
            self._job = None
