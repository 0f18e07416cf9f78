"""Bars below the header: what could not be saved, what is being read, where dropped files should go. None of them blocks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QIcon, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.core.document import Finding
from app.gui.icons import icon
from app.gui.jobs import ImportJob
from app.gui.messages import explained, tr
from app.gui.shell.header import Elided
from app.workflow.check import Step

__all__ = ["Bars", "ChoiceBar", "ReadingBar", "TroubleBar"]


class _Bar(QFrame):
    def __init__(self, tone: str, picture: str, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setProperty("tone", tone)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(16, 6, 16, 6)
        self.row.setSpacing(12)
        self._picture = QLabel()
        self._icon: QIcon = icon(picture, role)
        self._picture.setFixedSize(16, 16)
        self.row.addWidget(self._picture)
        self.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the icon in the theme of the moment."""
        self._picture.setPixmap(self._icon.pixmap(16, 16))
        super().showEvent(event)

    def quiet(self, text: str) -> QPushButton:
        """A button of the bar."""
        button = QPushButton(text)
        button.setProperty("quiet", True)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        self.row.addWidget(button)
        return button


class TroubleBar(_Bar):
    """Stays while something is not saved. The work goes on in memory meanwhile."""

    retry = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("fault", "ph.warning", "error", parent)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.row.addWidget(self._text, 1)
        self.quiet(tr("shell.try_again")).clicked.connect(self.retry)

    def show_trouble(self, finding: Finding | None, unsaved: int) -> None:
        """What is wrong, or None when all is saved again."""
        self.setVisible(finding is not None)
        if finding is not None:
            words = explained(finding)
            lead = tr("shell.unsaved", count=max(1, unsaved))
            self._text.setText(f"{lead} {words.text} {words.remedy}")
            self.setAccessibleName(self._text.text())


class ReadingBar(_Bar):
    """How far reading has come, and the way to stop it."""

    def __init__(self, stop: QAction, parent: QWidget | None = None) -> None:
        super().__init__("reading", "ph.file-text", "ink_2", parent)
        self._job: ImportJob | None = None
        self._wanted = True
        self._text = Elided()
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._meter = QProgressBar()
        self._meter.setTextVisible(False)
        self._meter.setFixedWidth(240)
        self._meter.setAccessibleName(tr("shell.reading_meter"))
        self.row.addWidget(self._text, 1)
        self.row.addWidget(self._meter)
        button = self.quiet(tr("shell.stop"))
        button.setToolTip(stop.toolTip())
        button.clicked.connect(stop.trigger)

    def follow(self, job: ImportJob | None) -> None:
        """Show a job, or nothing."""
        self._job = job
        self.setVisible(job is not None and self._wanted)
        if job is not None:
            self._text.set_whole(tr("shell.reading_start"))
            self._meter.setRange(0, 0)
            job.progressed.connect(self._on_progress)

    def set_wanted(self, wanted: bool) -> None:
        """Whether to be seen while something is read."""
        self._wanted = wanted
        self.setVisible(wanted and self._job is not None)

    def _on_progress(self, _step: object) -> None:
        job = self._job
        if job is None:
            return
        share = job.share
        if share is not None:
            self._meter.setRange(0, 1000)
            self._meter.setValue(round(share * 1000))
        step = job.step
        if isinstance(step, Step):
            words = tr("shell.reading", done=len(job.done), count=len(job.names) or 1, file=step.document or step.file)
            if step.total > 1 and not step.finished:
                words += " · " + tr("shell.reading_page", page=step.done, count=step.total)
            self._text.set_whole(words)


class ChoiceBar(_Bar):
    """Files came while a tender is open: into this one, or a new one."""

    into_open = Signal(object)
    into_new = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("choice", "ph.file-plus", "accent", parent)
        self._paths: tuple[Path, ...] = ()
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self.row.addWidget(self._text, 1)
        self._here = self.quiet(tr("shell.choice_here"))
        self._here.clicked.connect(self._on_here)
        self.quiet(tr("shell.choice_new")).clicked.connect(self._on_new)
        self.quiet(tr("shell.choice_none")).clicked.connect(self.hide)

    def ask(self, paths: tuple[Path, ...]) -> None:
        """Ask where these should go."""
        self._paths = paths
        self._text.setText(tr("shell.choice", count=len(paths), file=paths[0].name[:80]))
        self.setAccessibleName(self._text.text())
        self.show()
        self._here.setFocus()

    def _on_here(self) -> None:
        self.hide()
        self.into_open.emit(self._paths)

    def _on_new(self) -> None:
        self.hide()
        self.into_new.emit(self._paths)


class Bars(QWidget):
    """The bars, one below the other."""

    def __init__(self, stop: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trouble = TroubleBar()
        self.choice = ChoiceBar()
        self.reading = ReadingBar(stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for bar in (self.trouble, self.choice, self.reading):
            column.addWidget(bar)
