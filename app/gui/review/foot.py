"""Below the list: what to do about the row that is chosen, and the decision to go on all the same."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.core.review import Severity
from app.gui.messages import tr
from app.gui.review.rows import FindingRow, Group
from app.gui.underlag.parts import button, label

__all__ = ["ReviewFoot"]


class ReviewFoot(QFrame):
    """Follows the list."""

    accept_wanted = Signal(object)  # FindingRow
    withdraw_wanted = Signal(object)
    question_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reviewFoot")
        self._row: FindingRow | None = None
        self.title = label("", "strong", self)
        self.remedy = label("", "", self)
        self.question = button(tr("review.question"), "plain", tr("review.question_tip"), self)
        self.accept = button(tr("review.accept"), "plain", tr("review.accept_tip"), self)
        self.withdraw = button(tr("review.withdraw"), "plain", tr("review.withdraw_tip"), self)
        for made, tip in (
            (self.question, tr("review.question_tip")),
            (self.accept, tr("review.accept_tip")),
            (self.withdraw, tr("review.withdraw_tip")),
        ):
            made.setToolTip(tip)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.remedy)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 12, 24, 12)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addWidget(self.question)
        row.addWidget(self.accept)
        row.addWidget(self.withdraw)
        self.question.clicked.connect(self._on_question)
        self.accept.clicked.connect(self._on_accept)
        self.withdraw.clicked.connect(self._on_withdraw)
        self.show_row(None)

    def show_row(self, row: FindingRow | None) -> None:
        """What can be done about it."""
        self._row = row
        self.setVisible(row is not None)
        if row is None:
            return
        self.title.setText(tr("review.do"))
        self.remedy.setText(row.remedy)
        self.question.setVisible(bool(row.question))
        self.accept.setVisible(row.group is not Group.ACCEPTED and row.finding.severity is not Severity.NOTE)
        self.withdraw.setVisible(row.group is Group.ACCEPTED)

    def _on_question(self) -> None:
        self.question_wanted.emit(self._row)

    def _on_accept(self) -> None:
        self.accept_wanted.emit(self._row)

    def _on_withdraw(self) -> None:
        self.withdraw_wanted.emit(self._row)
