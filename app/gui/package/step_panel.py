"""One step of the run sheet: what is asked, the answer to copy, the file to choose. On the page and in its companion."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QVBoxLayout, QWidget

from app.gui.flowing import FlowLayout
from app.gui.messages import tr
from app.gui.package.rows import StepRow
from app.gui.theme import theme
from app.gui.underlag.parts import button, label

__all__ = ["StepPanel"]

_LINES = 5
_SHORT, _WHOLE = 160, 400
"""Letters of a question that are shown."""


class StepPanel(QFrame):
    """`told` says what was copied. The answer can be read whole and is never changed here."""

    told = Signal(str)
    ticked = Signal(object)  # StepRow

    def __init__(self, parent: QWidget | None = None, *, beside: bool = False) -> None:
        """`beside` the portal the question is read whole, and the window's own button is the one that is loud."""
        super().__init__(parent)
        self.setObjectName("packageStep")
        self._beside = beside
        self._row: StepRow | None = None
        self._folder: Path | None = None
        self.title = label("", "strong", self)
        self.todo = label("", "muted", self)
        self.answer = QPlainTextEdit(self)
        self.answer.setReadOnly(True)
        self.answer.setTabChangesFocus(True)
        self.answer.setAccessibleName(tr("package.answer"))
        lines = _LINES if beside else max(2, round(_LINES / theme.scale**1.5))
        self.answer.setFixedHeight(self.answer.fontMetrics().lineSpacing() * lines + 16)
        self.files = label("", "", self)
        self.copy = button(tr("package.copy"), "plain" if beside else "primary", tr("package.copy_tip"), self)
        self.copy_names = button(tr("package.copy_name"), "plain", tr("package.copy_name_tip"), self)
        self.show_file = button(tr("package.show_file"), "plain", tr("package.show_file_tip"), self)
        self.tick = button(tr("package.tick"), "plain", tr("package.tick_tip"), self)
        for made, tip in (
            (self.copy, tr("package.copy_tip")),
            (self.copy_names, tr("package.copy_name_tip")),
            (self.show_file, tr("package.show_file_tip")),
            (self.tick, tr("package.tick_tip")),
        ):
            made.setToolTip(tip)
        buttons = FlowLayout()
        for made in (self.copy, self.copy_names, self.show_file, self.tick):
            buttons.addWidget(made)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(8)
        for part in (self.title, self.todo, self.answer, self.files):
            whole.addWidget(part)
        whole.addLayout(buttons)
        self.copy.clicked.connect(self._on_copy)
        self.copy_names.clicked.connect(self._on_copy_names)
        self.show_file.clicked.connect(self._on_show)
        self.tick.clicked.connect(self._on_tick)
        self.show_step(None, None)

    @property
    def row(self) -> StepRow | None:
        """The step in sight."""
        return self._row

    def show_step(self, row: StepRow | None, folder: Path | None) -> None:
        """A step; `folder` is where the package's files lie, once it has been built."""
        self._row, self._folder = row, folder
        self.setVisible(row is not None)
        if row is None:
            return
        step = row.step
        most = _WHOLE if self._beside else round(_SHORT / theme.scale**2)
        self.title.setText(row.title if len(row.title) <= most else f"{row.title[: most - 1].rstrip()}…")
        self.title.setToolTip(row.title)
        self.todo.setText(row.todo)
        self.todo.setVisible(bool(row.todo))
        self.answer.setVisible(bool(step.answer))
        self.copy.setVisible(bool(step.answer))
        if self.answer.toPlainText() != (step.answer or ""):
            self.answer.setPlainText(step.answer or "")
        self.files.setText(tr("package.choose_files", files=", ".join(step.files)) if step.files else "")
        self.files.setVisible(bool(step.files))
        self.copy_names.setVisible(bool(step.files))
        self.show_file.setVisible(bool(step.files))
        self.show_file.setEnabled(folder is not None)
        self.tick.setText(tr("package.untick") if row.done else tr("package.tick"))
        self.tick.setVisible(row.done or not self._beside)

    def copy_answer(self) -> None:
        """The answer to the clipboard, exactly as it is written."""
        if self._row is not None and self._row.step.answer:
            QGuiApplication.clipboard().setText(self._row.step.answer)
            self.told.emit(tr("package.copied"))

    def _on_copy(self) -> None:
        self.copy_answer()

    def _on_copy_names(self) -> None:
        """Where the first file lies, for the portal's own dialog; without a package its name."""
        if self._row is not None and self._row.step.files:
            first = self._row.step.files[0]
            QGuiApplication.clipboard().setText(str(self._folder / first) if self._folder is not None else first)
            self.told.emit(tr("package.name_copied"))

    def _on_show(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _on_tick(self) -> None:
        if self._row is not None:
            self.ticked.emit(self._row)
