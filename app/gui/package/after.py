"""The foot of the page, for after the bid has gone up: that it has, the portal's receipt, and whether it says what was meant."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.core.clock import recorded_words
from app.gui.elided import Elided
from app.gui.folding import FoldingRow
from app.gui.messages import tr
from app.gui.underlag.parts import button
from app.workflow.desk import Desk

__all__ = ["AfterBar", "moment_words"]


class AfterBar(QFrame):
    """One line and three buttons."""

    submitted_pressed = Signal()
    receipt_wanted = Signal()
    compare_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("packageAfter")
        self.known = Elided("", self)
        self.submitted = button(tr("package.submitted"), "plain", tr("package.submitted_tip"), self)
        self.receipt = button(tr("package.receipt"), "plain", tr("package.receipt_tip"), self)
        self.compare = button(tr("package.compare"), "plain", tr("package.compare_tip"), self)
        for made, tip in (
            (self.submitted, tr("package.submitted_tip")),
            (self.receipt, tr("package.receipt_tip")),
            (self.compare, tr("package.compare_tip")),
        ):
            made.setToolTip(tip)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 10, 24, 10)
        whole.addWidget(FoldingRow((self.known,), (self.submitted, self.receipt, self.compare), self))
        self.submitted.clicked.connect(self.submitted_pressed)
        self.receipt.clicked.connect(self.receipt_wanted)
        self.compare.clicked.connect(self.compare_wanted)

    def show_desk(self, desk: Desk | None) -> None:
        """What has happened so far."""
        at = desk.tender.package.submitted_at if desk is not None else None
        parts = [tr("package.submitted_at", when=moment_words(at)) if at else tr("package.not_submitted")]
        if desk is not None and desk.kept_files:
            parts.append(
                tr("package.kept", count=len(desk.kept_files), files=", ".join(one.name for one in desk.kept_files[-2:]))
            )
        self.known.setText(" · ".join(parts))
        self.submitted.setText(tr("package.not_after_all") if at else tr("package.submitted"))


def moment_words(at: str | None) -> str:
    """A moment of the records on Sweden's clocks."""
    return recorded_words(at, "%Y-%m-%d %H:%M") if at else ""
