"""What is said in place of what cannot be shown: a page, or a whole document."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.core.document import Finding
from app.gui.messages import explained, tr
from app.gui.passwords import secret_line
from app.gui.theme import LIGHT, font

__all__ = ["DocumentNotice", "PageNotice", "paint_unread"]

_WIDE = 360
_STRIP = 24


class PageNotice(QFrame):
    """On a page that could not be drawn: what happened, and a button to try once more."""

    again = Signal(object)  # int: the page

    def __init__(self, finding: Finding, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sourceNotice")
        self.finding = finding
        self.page = 0
        told = explained(finding)
        title = QLabel(tr("source.page_failed"))
        title.setProperty("role", "strong")
        text = QLabel(told.text)
        text.setWordWrap(True)
        text.setProperty("role", "muted")
        button = QPushButton(tr("source.again"))
        button.clicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for widget in (title, text, button):
            widget.setSizePolicy(widget.sizePolicy().horizontalPolicy(), widget.sizePolicy().verticalPolicy())
            column.addWidget(widget)
        self.setAccessibleName(f"{tr('source.page_failed')} {told.text}")

    def fit(self, page: QRectF) -> None:
        """Stand in the upper part of the page."""
        width = round(min(_WIDE, max(120.0, page.width() - 16)))
        height = self.heightForWidth(width) if self.hasHeightForWidth() else self.sizeHint().height()
        self.setGeometry(round(page.center().x() - width / 2), round(page.top() + min(64.0, page.height() / 8)), width, height)

    def _on_clicked(self) -> None:
        self.again.emit(self.page)


class DocumentNotice(QWidget):
    """In place of a document: nothing chosen, being opened, why it cannot be shown, or that it wants a password."""

    again = Signal()
    password = Signal(object)
    """str: what the user typed"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sourceEmpty")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title, self._text = QLabel(), QLabel()
        self._title.setProperty("role", "strong")
        self._text.setProperty("role", "muted")
        self._button = QPushButton(tr("source.again"))
        self._button.clicked.connect(self.again)
        self.field = secret_line(tr("source.password"), "", self)
        self.unlock = QPushButton(tr("source.unlock"))
        self.unlock.setProperty("primary", True)
        self._lock = QWidget()
        line = QHBoxLayout(self._lock)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.field)
        line.addWidget(self.unlock)
        self.field.textChanged.connect(self._on_typed)
        self.field.returnPressed.connect(self._on_entered)
        self.unlock.clicked.connect(self._on_entered)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(8)
        column.addStretch(2)
        for label in (self._title, self._text):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(label)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._lock, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        self._on_typed("")

    def say(self, title: str, text: str = "", *, again: bool = False) -> None:
        """Show these words, with the button to try once more or without it."""
        focused = self.window().focusWidget()
        had = focused is not None and self.isAncestorOf(focused)
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._button.setVisible(again)
        self._lock.hide()
        self.field.clear()
        self.setAccessibleName(f"{title} {text}".strip())
        if had:
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # what had the keys may be gone; they stay here

    def fail(self, finding: Finding) -> None:
        """Say why a document cannot be shown."""
        told = explained(finding)
        self.say(tr("source.document_failed"), " ".join(part for part in (told.text, told.remedy) if part), again=True)

    def ask(self, name: str, *, wrong: bool) -> None:
        """Ask for the password of a document: for the first time, or because the one typed does not open it."""
        self.say(tr("source.password_wrong") if wrong else tr("source.locked"), tr("source.locked_hint"))
        self.field.setAccessibleName(tr("source.password_of", file=name))
        self._lock.show()

    def take_focus(self) -> None:
        """The keys go to what can be done here."""
        for widget in (self.field, self._button):
            if widget.isVisibleTo(self) and self.hasFocus():
                widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keys on."""
        super().focusInEvent(event)
        self.take_focus()

    def _on_typed(self, text: str) -> None:
        self.unlock.setEnabled(bool(text))

    def _on_entered(self) -> None:
        password = self.field.text()
        if password:
            self.field.clear()
            self.password.emit(password)

    def text(self) -> str:
        """What is said."""
        return self.accessibleName()


def paint_unread(painter: QPainter, page: QRectF) -> None:
    """A strip at the top of a page that could not be read as text: the user has to look at it."""
    strip = QRectF(page.left(), page.top(), page.width(), _STRIP)
    painter.fillRect(strip, QColor(LIGHT.attachment_soft))
    painter.setPen(QColor(LIGHT.attachment))
    painter.setFont(font(12, strong=True))
    painter.drawText(strip.adjusted(12, 0, -12, 0), Qt.AlignmentFlag.AlignVCenter, f"! {tr('source.unread')}")
