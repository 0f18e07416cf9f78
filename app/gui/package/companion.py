"""The run sheet beside the portal: a small window that stays on top, a step at a time. Closed, it goes on where it was left."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.gui.actions import Actions
from app.gui.messages import tr
from app.gui.package.rows import StepRow
from app.gui.package.step_panel import StepPanel
from app.gui.theme import theme
from app.gui.underlag.parts import button, label

__all__ = ["Companion"]


class Companion(QWidget):
    """Follows the page's steps; what is ticked here is ticked there."""

    ticked = Signal(object)  # StepRow
    closed = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint)
        self.setObjectName("companion")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(tr("package.companion_title"))
        self.addActions([actions["undo"], actions["redo"]])  # what is ticked here can be taken back here
        scale = max(1.0, theme.scale)
        self.resize(round(440 * scale), round(380 * scale))
        self._rows: tuple[StepRow, ...] = ()
        self._folder: Path | None = None
        self._key = ""
        self.where = label("", "muted", self, wrap=False)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.panel = StepPanel(self, beside=True)
        self.said = label(tr("package.companion_keys"), "small", self)
        self.back = button(tr("package.back"), "plain", tr("package.back_tip"), self)
        self.next = button(tr("package.next"), "primary", tr("package.next_tip"), self)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.next)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 12, 12, 12)
        whole.setSpacing(8)
        whole.addWidget(self.where)
        whole.addWidget(self.progress)
        whole.addWidget(self.panel, 1)
        whole.addStretch(1)
        whole.addLayout(foot)
        self.panel.ticked.connect(self.ticked)
        self.panel.told.connect(self.said.setText)
        self.back.clicked.connect(self._on_back)
        self.next.clicked.connect(self._on_next)

    @property
    def row(self) -> StepRow | None:
        """The step in sight."""
        return next((row for row in self._rows if row.key == self._key), None)

    def show_steps(self, rows: Sequence[StepRow], folder: Path | None) -> None:
        """The steps as they are now. The one in sight stays; at first it is the first that is not done."""
        self._rows, self._folder = tuple(rows), folder
        if self.row is None:
            left = next((row for row in self._rows if not row.done), self._rows[0] if self._rows else None)
            self._key = left.key if left is not None else ""
        self._show()

    def go_to(self, key: str) -> None:
        """A step by its key."""
        if any(row.key == key for row in self._rows):
            self._key = key
            self.said.setText(tr("package.companion_keys"))
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """The keys go to what is done first."""
        super().showEvent(event)
        (self.panel.copy if self.panel.copy.isVisibleTo(self) else self.next).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes, Page Up and Page Down step."""
        match event.key():
            case Qt.Key.Key_Escape:
                self.close()
            case Qt.Key.Key_PageDown:
                self._step(1)
            case Qt.Key.Key_PageUp:
                self._step(-1)
            case _:
                super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """It can be opened again."""
        super().closeEvent(event)
        self.closed.emit()

    def _on_back(self) -> None:
        self._step(-1)

    def _on_next(self) -> None:
        """Done with this one, and on to the next."""
        row = self.row
        if row is not None and not row.done:
            self.ticked.emit(row)
        self._step(1)

    def _step(self, by: int) -> None:
        keys = [row.key for row in self._rows]
        if self._key in keys:
            self.go_to(keys[max(0, min(len(keys) - 1, keys.index(self._key) + by))])

    def _show(self) -> None:
        row = self.row
        done = sum(one.done for one in self._rows)
        self.progress.setRange(0, max(1, len(self._rows)))
        self.progress.setValue(done)
        self.progress.setAccessibleName(tr("package.steps_done", done=done, total=len(self._rows)))
        self.where.setText(tr("package.step_of", number=row.number, total=len(self._rows), done=done) if row is not None else "")
        self.panel.show_step(row, self._folder)
        self.back.setEnabled(row is not None and row.number > 1)
        last = row is not None and row.number == len(self._rows)
        self.next.setText(tr("package.finish") if last else tr("package.next"))
