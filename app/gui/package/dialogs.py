"""What the page asks: a name, where the package goes and why in spite of obstacles; and what the portal's printout says."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget

from app.core.review import Review, ReviewFinding
from app.gui.messages import tr
from app.gui.review.rows import FindingRow, rows_of
from app.gui.review.view import ReviewView
from app.gui.shell.sheet import Sheet, form_layout, words

__all__ = ["BuildSheet", "ComparedSheet", "NameSheet"]

_LINES = 3
_HIGH = 300


class NameSheet(Sheet):
    """A name of the user's own for a file of the package; an empty one goes back to the usual name."""

    named = Signal(object)  # str

    def __init__(self, name: str, limits: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("package.name_title"), limits, parent)
        self.name = QLineEdit(name)
        self.name.setAccessibleName(tr("package.name_label"))
        form = form_layout()
        form.addRow(tr("package.name_label"), self.name)
        self.body.addLayout(form)
        self.button(tr("package.name_usual"), left=True).clicked.connect(self._on_usual)
        self.button(tr("package.cancel")).clicked.connect(self.reject)
        self.button(tr("package.name_ok"), primary=True).clicked.connect(self._on_ok)
        stem = len(name.rpartition(".")[0]) or len(name)
        self.name.setSelection(0, stem)
        self.name.setFocus()

    def _on_usual(self) -> None:
        self.named.emit("")
        self.accept()

    def _on_ok(self) -> None:
        self.named.emit(self.name.text().strip())
        self.accept()


class BuildSheet(Sheet):
    """Before the folder is chosen: a ZIP as well, and a reason where obstacles remain."""

    wished = Signal(object, object)  # bool, str

    def __init__(self, obstacles: int, masked: int, parent: QWidget | None = None) -> None:
        lead = tr("package.build_blocked", count=obstacles) if obstacles else tr("package.build_lead")
        super().__init__(tr("package.build_title"), lead, parent)
        self._obstacles = obstacles
        self.archive = QCheckBox(tr("package.build_zip"))
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setAccessibleName(tr("package.build_reason"))
        self.reason.setPlaceholderText(tr("package.build_reason_hint"))
        self.reason.setFixedHeight(self.reason.fontMetrics().lineSpacing() * _LINES + 20)
        if obstacles:
            self.body.addWidget(self.reason)
        self.body.addWidget(self.archive)
        if masked:
            self.body.addWidget(words(tr("package.build_masked", count=masked), "small"))
        self.button(tr("package.cancel")).clicked.connect(self.reject)
        self.ok = self.button(tr("package.build_ok"), primary=True)
        self.ok.setEnabled(not obstacles)
        self.ok.clicked.connect(self._on_ok)
        self.reason.textChanged.connect(self._on_text)

    def _on_text(self) -> None:
        self.ok.setEnabled(not self._obstacles or bool(self.reason.toPlainText().strip()))

    def _on_ok(self) -> None:
        self.wished.emit(self.archive.isChecked(), " ".join(self.reason.toPlainText().split()))
        self.accept()


class ComparedSheet(Sheet):
    """What differs between the portal's printout and the bid, worst first; or that nothing does."""

    def __init__(self, name: str, findings: Sequence[ReviewFinding], parent: QWidget | None = None) -> None:
        lead = tr("package.compared_odd", file=name) if findings else tr("package.compared_same", file=name)
        super().__init__(tr("package.compared_title"), lead, parent, width=640)
        self.rows = ReviewView()
        self.rows.rows.show(rows_of(Review(tuple(findings))))
        self.rows.setMinimumHeight(_HIGH)
        self.said = words("", "small")
        self.rows.chosen.connect(self._on_row)
        if findings:
            self.body.addWidget(self.rows)
            self.body.addWidget(self.said)
            self.rows.choose_first()
        self.button(tr("package.close"), primary=True).clicked.connect(self.accept)

    def _on_row(self, row: FindingRow | None) -> None:
        """The list has one line for each; here it can be read whole."""
        self.said.setText(" ".join(filter(None, (row.title, row.remedy))) if row is not None else "")
