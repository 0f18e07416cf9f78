"""The bars of the page: what is being read, what has to be looked at, where the procurement asks, and the ways out."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.core.work import WorkItem
from app.gui.actions import Actions
from app.gui.checklist.tag import restyle
from app.gui.messages import tr
from app.gui.secrecy.copying import Copying
from app.gui.secrecy.links import LineLink
from app.gui.secrecy.reading import BidReading
from app.gui.secrecy.unlocking import locked_files
from app.gui.secrecy.words import one_line
from app.gui.source.head import Head
from app.gui.source.leading import tab_after
from app.workflow.check import Step
from app.workflow.desk import Desk

__all__ = ["TopBar"]

_MENU = (
    ("preview_annex", "export_annex", "choose_annex_item", "export_masked"),
    ("add_bid_files", "read_bid_again", "bid_file_up", "bid_file_down", "remove_bid_file"),
    ("edit_bidder", "restore_suggestions"),
    ("export_claims", "import_claims"),
    ("secrecy_guide",),
)


class TopBar(QWidget):
    """Lines that come when there is something to say, and the buttons that stand in the document's own head."""

    item_wanted = Signal()
    again_wanted = Signal()
    password_wanted = Signal()

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._state = _Line()
        self.item = LineLink()
        self.item.clicked.connect(self.item_wanted)
        self.choose = QPushButton(tr("bid.item_change"))
        self.choose.setProperty("quiet", True)
        self.choose.setAccessibleName(actions["choose_annex_item"].text())
        self.choose.setToolTip(actions["choose_annex_item"].toolTip())
        self.choose.clicked.connect(actions["choose_annex_item"].trigger)
        self.nothing = QLabel(tr("bid.item_missing"))
        self.nothing.setProperty("role", "small")
        self.nothing.setWordWrap(True)
        self.asked = QFrame()
        self.asked.setObjectName("secrecyAsked")
        line = QHBoxLayout(self.asked)
        line.setContentsMargins(12, 4, 12, 4)
        line.setSpacing(8)
        line.addWidget(self.item, 1)
        line.addWidget(self.nothing, 1)
        line.addWidget(self.choose)
        self.unlock = QPushButton(tr("bid.give_password"))
        self.unlock.setProperty("quiet", True)
        self.unlock.clicked.connect(self.password_wanted)
        self.again = QPushButton(tr("secrecy.read_again"))
        self.again.setProperty("quiet", True)
        self.again.clicked.connect(self.again_wanted)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        for shown in (self.words, self.unlock, self.again):
            self._state.row.addWidget(shown)
        self._state.row.addStretch(1)
        self.reading = Progress()
        self.copying = Progress()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.reading)
        column.addWidget(self.copying)
        column.addWidget(self._state)
        self._state.hide()
        self.preview = QPushButton(tr("secrecy.preview"))
        self.preview.setAccessibleName(actions["preview_annex"].text())
        self.preview.setToolTip(actions["preview_annex"].toolTip())
        self.preview.clicked.connect(actions["preview_annex"].trigger)
        self.more = QToolButton()
        self.more.setText(tr("secrecy.more"))
        self.more.setProperty("underlag", "tool")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setAccessibleName(tr("secrecy.more_name"))
        menu = QMenu(self.more)
        for number, group in enumerate(_MENU):
            if number:
                menu.addSeparator()
            for name in group:
                menu.addAction(actions[name])
        self.more.setMenu(menu)

    def join(self, head: Head) -> None:
        """Put the buttons at the end of the document's head."""
        head.documents.setMinimumContentsLength(8)
        # Rarer buttons give way to names.
        head.percent.hide()
        for button in head.findChildren(QToolButton):
            if button.defaultAction() in (self._actions["thumbnails"], self._actions["fit_width"]):
                button.hide()
        line = head.layout()
        if isinstance(line, QHBoxLayout):
            line.addSpacing(4)
            before = head.findChildren(QToolButton)[-1]
            line.addWidget(self.preview)
            line.addWidget(self.more)
            tab_after(tab_after(before, self.preview), self.more)  # as they stand

    def show_state(self, desk: Desk, item: WorkItem | None, changed: int) -> None:
        """What has to be looked at now, the most urgent alone."""
        lost = sum(record.lost for record in desk.claims())
        tone, text, again, locked = "", "", False, len(locked_files(desk))
        if lost:
            tone, text = "fault", tr("secrecy.lost_blocks", count=lost)
        elif locked:
            tone, text = "choice", tr("bid.files_locked", count=locked)
        elif changed:
            tone, text, again = "choice", tr("secrecy.files_changed", count=changed), True
        elif desk.annex_stale:
            tone, text = "choice", tr("secrecy.annex_stale")
        self.words.setText(text)
        self.again.setVisible(again)
        self.unlock.setVisible(bool(locked) and not lost)
        restyle(self._state, "tone", tone)
        self._state.setVisible(bool(text))
        self.asked.setVisible(item is not None or bool(desk.items()))
        self.item.setVisible(item is not None)
        self.nothing.setVisible(item is None)
        if item is not None:
            number = item.item.number
            words = one_line(item.item.text_after_number, 160)
            where = f"{number} {words}" if number else words
            self.item.show_words(tr("secrecy.asked_at", where=where))
            self.item.setToolTip(f"{tr('secrecy.asked_at', where=where)}\n{tr('secrecy.asked_tip')}")

    def follow(self, reading: BidReading, copying: Copying) -> None:
        """Show how far the reading of files and the making of copies have come, and let them be stopped."""
        self.reading.follow(reading, tr("secrecy.reading"), _read)
        self.copying.follow(copying, tr("secrecy.masking"), _masked)


class _Line(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(12, 4, 12, 4)
        self.row.setSpacing(12)


class Progress(_Line):
    """Something long: what it is at, how far it is, and a button that stops it."""

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(200)
        self.stop = QPushButton(tr("secrecy.stop"))
        self.stop.setProperty("quiet", True)
        parts: tuple[QWidget, ...] = (self.words, self.bar, self.stop)
        for part in parts:
            self.row.addWidget(part)
        self.row.addStretch(1)
        self._whole = ""
        self._each: Callable[[str], str] = str
        self.hide()

    def follow(self, work: BidReading | Copying, whole: str, each: Callable[[str], str]) -> None:
        """`whole` says what is done, `each` what is done to a file."""
        self._whole, self._each = whole, each
        work.began.connect(self.begin)
        work.progressed.connect(self.show_step)
        work.ended.connect(self.hide)
        self.stop.clicked.connect(work.stop)

    def begin(self) -> None:
        """It has begun."""
        self.bar.setRange(0, 0)
        self.words.setText(self._whole)
        self.show()

    def show_step(self, step: object) -> None:
        """How far it has come."""
        if isinstance(step, Step) and step.total:
            self.bar.setRange(0, step.total)
            self.bar.setValue(step.done)
            self.words.setText(self._each(one_line(step.file, 60)))


def _read(file: str) -> str:
    return tr("secrecy.reading_file", file=file)


def _masked(file: str) -> str:
    return tr("secrecy.masking_file", file=file)
