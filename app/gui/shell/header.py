"""The top of the window: which tender is open, the way to everything, and how long is left."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from app.core.clock import in_sweden
from app.core.work import TenderRecord
from app.gui.messages import language, tr
from app.gui.shell.countdown import Urgency, countdown
from app.gui.theme import theme

__all__ = ["Elided", "Header"]

_MINUTE = 60_000


class Elided(QLabel):
    """A label that gives way: it shows as much of its text as there is room for, and all of it as a tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(24)

    def set_whole(self, text: str) -> None:
        """The text to show."""
        self._whole = text
        self.setAccessibleName(text)
        self.setText(text)
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shorten to the width there is."""
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.contentsRect().width() + 1)
        if shown != self.text():
            self.setText(shown)
            self.setToolTip(self._whole if shown != self._whole else "")
        super().paintEvent(event)

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        hint = super().sizeHint()
        hint.setWidth(self.fontMetrics().horizontalAdvance(self._whole) + 2)
        return hint


class Header(QWidget):
    """Name, buyer and reference of the open tender, the search field that opens the palette, and the deadline."""

    search_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(round(48 * max(1.0, theme.scale)))
        self._record: TenderRecord | None = None
        self._settled: tuple[str, str, str] | None = None  # key, name and the rest of what was shown when nothing was read
        self._name = Elided()
        self._name.setProperty("role", "strong")
        self._about = Elided()
        self._about.setProperty("role", "muted")
        self._search = _Search()
        self._search.clicked.connect(self.search_wanted)
        self._deadline = QLabel()
        self._deadline.setObjectName("deadline")
        self._deadline.setProperty("level", Urgency.NONE.value)
        self._deadline.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(12)
        row.addWidget(self._name)
        row.addWidget(self._about)
        row.addStretch(1)
        row.addWidget(self._search)
        row.addWidget(self._deadline)
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE)
        self._clock.timeout.connect(self._count)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._count)  # after sleep the clock has gone on without the timer
        self.show_tender(None)

    def show_tender(self, record: TenderRecord | None, *, reading: bool = False) -> None:
        """What to show; None when no tender is open. While it is being read the name may still change with every document:
        the one from before stays, and where there is none it says that it is being read. A name of the user's own holds."""
        self._record = record
        if record is None:
            self._name.set_whole("Anbudsklar")
            self._about.set_whole("")
        else:
            name = record.value("name") or ""
            about = " · ".join(part for part in (record.value("buyer"), record.value("reference")) if part)
            if reading and not dict(record.edits).get("name"):
                before = self._settled if self._settled is not None and self._settled[0] == record.key else None
                name, about = before[1:] if before is not None and before[1] else (tr("shell.being_read"), "")
            else:
                self._settled = (record.key, name, about)
            self._name.set_whole(name or tr("shell.unnamed"))
            self._about.set_whole(about)
        self._count()

    def _count(self) -> None:
        deadline = self._record.value("tender_deadline") if self._record is not None else None
        self._deadline.setVisible(self._record is not None)
        if self._record is None:
            self._clock.stop()
            return
        self._clock.start()
        left = countdown(deadline, in_sweden(), language())
        shape = "◷" if left.urgency in (Urgency.NONE, Urgency.CALM, Urgency.SOON) else "!"
        self._deadline.setText(f"{shape} " + " · ".join(part for part in (left.left, left.when) if part))
        self._deadline.setAccessibleName(tr("shell.deadline_name", left=left.left, when=left.when))
        if self._deadline.property("level") != left.urgency.value:  # to be dressed anew takes three milliseconds
            self._deadline.setProperty("level", left.urgency.value)
            self._deadline.style().unpolish(self._deadline)
            self._deadline.style().polish(self._deadline)


class _Search(QPushButton):
    """Looks like a search field with its shortcut, and opens the palette."""

    def __init__(self) -> None:
        super().__init__(tr("shell.search"))
        self.setObjectName("search")
        self.setAccessibleName(tr("shell.search"))
        self.setAccessibleDescription(tr("actions.palette_tip"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumWidth(180)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._keys = keys = QLabel(QKeySequence("Ctrl+K").toString(QKeySequence.SequenceFormat.NativeText).replace("+", " "))
        keys.setProperty("role", "key")
        keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(12, 0, 8, 0)
        inside.addStretch(1)
        inside.addWidget(keys, 0, Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The shortcut gives way before the words do."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        self._keys.setVisible(self.width() > words + self._keys.sizeHint().width() + 32)
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        """Three hundred pixels where there is room."""
        hint = super().sizeHint()
        hint.setWidth(300)
        return hint
