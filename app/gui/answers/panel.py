"""Below the list: the item in focus with all its words, the files that answer it, and those that may."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.gui.answers.delegate import ROLES
from app.gui.answers.rows import AskedRow, Line, Sign
from app.gui.answers.wording import fit_words
from app.gui.checklist.wording import one_line
from app.gui.elided import Elided
from app.gui.messages import tr
from app.gui.theme import theme
from app.gui.underlag.parts import button, label

__all__ = ["AskedPanel"]

_MOST = 3
"""Rows of each kind: more are reached in the list at the right."""
_LONG = 220


class AskedPanel(QFrame):
    """Tells what is to be opened, linked and unlinked. Nothing is linked by itself."""

    opened = Signal(object)  # str: a path
    attached = Signal(object)  # str: a path
    shelf_used = Signal(object)  # str: a document's key
    again = Signal(object)  # FileLink
    detached = Signal(object)  # FileLink
    item_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answersPanel")
        self.setAccessibleName(tr("answers.panel"))
        self._shown: tuple[object, ...] = ()
        self.title = label("", "strong", self)
        self.title.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.go = button(tr("answers.to_list"), "link", tr("answers.to_list_tip"), self)
        self.go.setToolTip(tr("answers.to_list_tip"))
        self.go.clicked.connect(self.item_wanted)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title, 1)
        head.addWidget(self.go, 0, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 10, 16, 10)
        whole.setSpacing(6)
        whole.addLayout(head)
        whole.addLayout(self._rows)
        self.hide()

    def show_row(self, row: AskedRow | None, also: int) -> None:
        """An item, or none. `also` is how many others are chosen."""
        shown = (row, also)
        if shown == self._shown:
            return
        self._shown = shown
        self.setVisible(row is not None)
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        if row is None:
            return
        more = tr("answers.and_others", count=also) if also else ""
        self.title.setText(" ".join(filter(None, (one_line(row.title, _LONG), more))))
        for one in row.linked[:_MOST]:
            acts = [(tr("answers.open"), partial(self._tell, self.opened.emit, one.link.path))]
            if one.changed:
                acts.append((tr("answers.again"), partial(self._tell, self.again.emit, one.link)))
            acts.append((tr("answers.detach"), partial(self._tell, self.detached.emit, one.link)))
            self._add(one.line, Path(one.link.path).name, acts)
        for fit in row.fits[:_MOST]:
            name = Path(fit.path).name
            line = Line(Sign.HINT, tr("answers.may_be", file=name, reasons=fit_words(fit)))
            open_it = (tr("answers.open"), partial(self._tell, self.opened.emit, fit.path))
            self._add(line, name, [open_it, (tr("answers.attach"), partial(self._tell, self.attached.emit, fit.path))])
        for fit in row.shelf[:1] if not row.linked else ():
            line = Line(Sign.HINT, tr("answers.on_shelf", document=row.shelf_title))
            self._add(line, row.shelf_title, [(tr("answers.use"), partial(self._tell, self.shelf_used.emit, fit.path))])
        if not row.linked and not row.fits and not row.shelf:
            self._add(Line(Sign.NONE, tr("answers.nothing_fits")), "", [])

    def _add(self, line: Line, name: str, acts: Sequence[tuple[str, Callable[..., None]]]) -> None:
        made = QWidget(self)
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        sign = label(line.sign.value if line.sign is not Sign.NONE else "", "strong", made, wrap=False)
        sign.setStyleSheet(f"color: {theme.colour(ROLES[line.sign]).name()}")
        text = Elided("", made)
        text.setText(line.text)
        row.addWidget(sign)
        row.addWidget(text, 1)
        for words, act in acts:
            pressed = button(words, "link", f"{words}: {name}", made)
            pressed.clicked.connect(act)
            row.addWidget(pressed)
        self._rows.addWidget(made)

    @staticmethod
    def _tell(emit: Callable[[object], None], what: object, _checked: bool = False) -> None:
        emit(what)
