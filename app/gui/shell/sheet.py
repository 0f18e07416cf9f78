"""The frame of every dialog: a title, what it is about, its content, and buttons with the way on at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.gui.messages import tr
from app.gui.theme import theme

__all__ = ["Sheet", "UnsavedDialog", "form_layout", "words"]


def words(text: str, role: str = "", *, wrap: bool = True) -> QLabel:
    """A label. `role` is one of those in window.qss."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    if role:
        label.setProperty("role", role)
    return label


def form_layout() -> QFormLayout:
    """Labels above or beside fields, in steps of 4."""
    form = QFormLayout()
    form.setContentsMargins(0, 4, 0, 4)
    form.setHorizontalSpacing(16)
    form.setVerticalSpacing(12)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


class Sheet(QDialog):
    """A dialog that is opened with `open()` and tells by `finished`. Destroyed when it is closed."""

    def __init__(self, title: str, lead: str = "", parent: QWidget | None = None, *, width: int = 520) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(round(width * max(1.0, theme.scale)))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 20)
        whole.setSpacing(12)
        heading = words(title, "large")
        heading.setAccessibleDescription(lead)
        whole.addWidget(heading)
        if lead:
            whole.addWidget(words(lead))
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        whole.addLayout(self.body)
        whole.addStretch(1)
        self._buttons = QHBoxLayout()
        self._buttons.setContentsMargins(0, 8, 0, 0)
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        whole.addLayout(self._buttons)

    def showEvent(self, event: QShowEvent) -> None:
        """As high as its words are at this width: Qt reckons with narrower ones, which leaves an empty strip."""
        layout = self.layout()
        if layout is not None and not event.spontaneous():
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))
        super().showEvent(event)

    def button(self, text: str, *, primary: bool = False, danger: bool = False, left: bool = False) -> QPushButton:
        """Add a button: in reading order, the primary one last; `left` sets it apart at the left."""
        button = QPushButton(text)
        button.setProperty("primary", primary)
        button.setProperty("danger", danger)
        button.setAutoDefault(False)
        if primary:
            button.setDefault(True)
        self._buttons.insertWidget(0 if left else self._buttons.count(), button)
        return button


class UnsavedDialog(Sheet):
    """Asks before unsaved changes are lost: when the window is closed, unless `lead` and `leave` say what else is done."""

    retry = Signal()
    leave = Signal()

    def __init__(self, count: int, parent: QWidget | None = None, lead: str = "", leave: str = "") -> None:
        super().__init__(tr("shell.unsaved", count=count), lead or tr("shell.unsaved_lead"), parent)
        self.button(leave or tr("shell.unsaved_leave"), danger=True).clicked.connect(self._on_leave)
        self.button(tr("shell.try_again"), primary=True).clicked.connect(self._on_retry)

    def _on_leave(self) -> None:
        self.accept()
        self.leave.emit()

    def _on_retry(self) -> None:
        self.accept()
        self.retry.emit()
