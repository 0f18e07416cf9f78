"""The page Granskning: how the bid stands, every row with its cause one key away. It decides nothing by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication, QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.core.review import Review, ReviewFinding, Room
from app.core.work import Change
from app.gui.actions import Actions
from app.gui.elided import Elided
from app.gui.messages import tr
from app.gui.review.accepting import AcceptSheet
from app.gui.review.foot import ReviewFoot
from app.gui.review.head import ReviewHead
from app.gui.review.looking import Looking
from app.gui.review.reporting import Reporting
from app.gui.review.rows import FindingRow, Row
from app.gui.review.view import ReviewView
from app.gui.session import Session
from app.gui.underlag.parts import button, chain, label
from app.workflow.auditing import Audit
from app.workflow.check import Step
from app.workflow.desk import Desk

__all__ = ["ReviewPage"]


_WIDEST = 560
"""Pixels of a folder's path."""


class ReviewPage(QWidget):
    """`cause_wanted` leads to another page; what a file causes is opened in the program that the system has for it."""

    cause_wanted = Signal(object)  # Cause
    package_wanted = Signal()
    counted = Signal(object)  # Review | None
    told = Signal(str)

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None, *, turns: bool = False) -> None:
        """With `turns` it is bare until `making` has been gone through, so that the window is heard between its parts."""
        super().__init__(parent)
        self.setObjectName("reviewPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._actions = actions
        self._desk: Desk | None = None
        self._report_due = False
        self._made = False
        self.making = self._make()
        if not turns:
            for _ in self.making:
                pass

    # --- for the window

    @property
    def review(self) -> Review | None:
        """The review as it is known."""
        return self.looking.audit.review if self.looking.audit is not None else None

    @property
    def busy(self) -> bool:
        """Whether it is still being found out."""
        return self.looking.busy

    def save_report(self) -> None:
        """Ask where to, and write what is shown; when nothing is known yet, as soon as it is."""
        if self.looking.audit is not None:
            self._report_due = False
            self.reporting.ask(self.looking.audit)
        else:
            self._report_due = self._desk is not None

    def shut(self) -> None:
        """End what runs behind it."""
        self.looking.shut()

    def choose_folder(self) -> None:
        """Ask for the folder where the bid's files lie."""
        dialog = QFileDialog(self, tr("review.choose_folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._desk is not None and self._desk.tender.bid_folder:
            dialog.setDirectory(self._desk.tender.bid_folder)
        dialog.fileSelected.connect(self._on_folder)
        dialog.open()

    # --- layout

    def _make(self) -> Iterator[None]:
        """Part by part, from the outside in: whatever gets another parent is dressed anew with all that is in it."""
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.head = ReviewHead(self)
        whole.addWidget(self.head)
        middle = QVBoxLayout()
        middle.setContentsMargins(24, 0, 24, 12)
        middle.setSpacing(8)
        whole.addLayout(middle, 1)
        yield
        card = QFrame(self)
        card.setObjectName("reviewCard")
        middle.addWidget(card, 1)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.setSpacing(0)
        self.view = ReviewView(card)
        inside.addWidget(self.view, 1)
        yield
        self.foot = ReviewFoot(card)
        inside.addWidget(self.foot)
        yield
        self.folder = label("", "small", self, wrap=False)
        self.choose = button(tr("review.folder_change"), "link", parent=self)
        self.again = button(tr("review.again"), "link", tr("review.again_tip"), self)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self.folder)
        below.addWidget(self.choose)
        keys = Elided("small", self, Qt.AlignmentFlag.AlignRight)
        keys.setText(tr("review.keys"))
        below.addWidget(keys, 1)
        below.addWidget(self.again)
        middle.addLayout(below)
        self.setFocusProxy(self.view)
        self.looking = Looking(self._session, self)
        self.reporting = Reporting(self._session, self)
        self._connect()
        self._made = True
        self._on_opened(self._session.desk)

    def _connect(self) -> None:
        session = self._session
        session.opened.connect(self._on_opened)
        session.changed.connect(self._on_changed)
        self.looking.known.connect(self._on_known)
        self.looking.progressed.connect(self._on_progressed)
        self.view.chosen.connect(self.foot.show_row)
        self.view.wanted.connect(self._on_wanted)
        self.foot.accept_wanted.connect(self._on_accept)
        self.foot.withdraw_wanted.connect(self._on_withdraw)
        self.foot.question_wanted.connect(self._on_question)
        self.head.package_wanted.connect(self.package_wanted)
        self.head.report_wanted.connect(self.save_report)
        self.reporting.written.connect(self._on_written)
        self.choose.clicked.connect(self.choose_folder)
        self.again.clicked.connect(self._on_again)
        self._actions["review_again"].triggered.connect(self._on_again)

    # --- the tender

    def _on_opened(self, desk: Desk | None) -> None:
        if desk is not self._desk:
            self._desk = desk
            self.view.rows.show(())
            self.head.show_nothing()
            self.counted.emit(None)
        self.looking.follow(desk)
        self._show_folder()

    def _on_changed(self, change: Change) -> None:
        del change
        self._show_folder()
        self.looking.look()

    def _show_folder(self) -> None:
        folder = self._desk.tender.bid_folder if self._desk is not None else None
        metrics = self.folder.fontMetrics()
        short = metrics.elidedText(folder or "", Qt.TextElideMode.ElideMiddle, _WIDEST)
        self.folder.setText(tr("review.folder", folder=short) if folder else tr("review.folder_none"))
        self.folder.setToolTip(folder or "")
        self.choose.setText(tr("review.folder_change") if folder else tr("review.choose_folder"))

    def _on_known(self, audit: Audit, rows: Sequence[Row]) -> None:
        self.head.show_review(audit.review, datetime.now(UTC))
        self.view.rows.show(rows)
        self.view.choose_first()
        self.foot.show_row(self.view.row)
        self.counted.emit(audit.review)
        if self._report_due:
            self.save_report()

    def _on_progressed(self, step: object) -> None:
        if isinstance(step, Step):
            self.head.show_progress(step.done, step.total, step.document)
        else:
            self.head.show_progress(0, 0, "")

    # --- what the user does

    def _on_again(self) -> None:
        self.looking.look_through()

    def _on_folder(self, path: str) -> None:
        if self._desk is not None and path:
            self._desk.set_bid_folder(path)

    def _on_wanted(self, row: FindingRow) -> None:
        cause = row.finding.cause
        if row.finding.rule == "files.folder_lost":
            self.choose_folder()
        elif cause.room is Room.FILE and (path := self._path_of(row.finding)) is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        else:
            self.cause_wanted.emit(cause)

    def _path_of(self, finding: ReviewFinding) -> Path | None:
        audit = self.looking.audit
        for file in audit.inputs.files if audit is not None else ():
            if file.name == finding.cause.file and Path(file.path).exists():
                return Path(file.path)
        return None

    def _on_accept(self, row: FindingRow) -> None:
        sheet = AcceptSheet(row, self._session.me, self)
        sheet.accepted_because.connect(lambda reason, who: self._accept(row, reason, who))
        sheet.open()

    def _accept(self, row: FindingRow, reason: str, who: str) -> None:
        if self._desk is not None:
            self.view.choose_after(row)
            self.view.setFocus()
            self._desk.override(row.key, row.finding.rule, reason, who)

    def _on_withdraw(self, row: FindingRow) -> None:
        if self._desk is not None:
            self.view.setFocus()
            self._desk.withdraw_override(row.key, row.finding.rule)

    def _on_question(self, row: FindingRow) -> None:
        QGuiApplication.clipboard().setText(row.question)
        self.told.emit(tr("review.question_copied"))

    def _on_written(self, name: str) -> None:
        self.told.emit(tr("review.report_written", file=name))

    # --- in and out of sight

    def showEvent(self, event: QShowEvent) -> None:
        """Files may have changed meanwhile."""
        super().showEvent(event)
        if not self._made:
            return
        chain((self.again, self.head.report, self.head.go))  # Tab comes to the list first, and would pass by what is above it
        self._actions["review_again"].setEnabled(True)
        self.looking.wake(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        if not self._made:
            return
        self._actions["review_again"].setEnabled(False)
        self.looking.wake(False)
