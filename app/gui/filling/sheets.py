"""The sheets: which form, how far it has come, what became of it, and what colleagues changed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.core.differences import Comparison
from app.gui.filling.lines import Line, Row, Sign
from app.gui.filling.view import LinesView
from app.gui.messages import tr
from app.gui.shell.sheet import Sheet, words
from app.workflow.form_list import ListedForm

__all__ = ["BusySheet", "CompareSheet", "FormsSheet", "ReportSheet"]

_WIDE = 720
_HIGH = 320
_LINES = 4
_STEPS = 3


def _framed(view: LinesView, high: int = _HIGH) -> LinesView:
    view.setMinimumHeight(high)
    view.setFrameShape(LinesView.Shape.StyledPanel)
    return view


class FormsSheet(Sheet):
    """The forms of the procurement. `chosen` has the one that was chosen."""

    chosen = Signal(object)  # ListedForm

    def __init__(self, forms: Sequence[ListedForm], parent: QWidget | None = None, *, back: bool = False) -> None:
        title = tr("filling.back_title") if back else tr("filling.forms_title")
        lead = (tr("filling.back_lead") if back else tr("filling.forms_lead")) if forms else tr("filling.forms_none")
        super().__init__(title, lead, parent, width=_WIDE)
        self._forms = {f"form:{number}": form for number, form in enumerate(forms)}
        self.view = _framed(LinesView(title), 220)
        self.view.lines.show([_form_line(key, form, back=back) for key, form in self._forms.items()])
        if forms:
            self.body.addWidget(self.view)
            self.button(tr("filling.cancel")).clicked.connect(self.reject)
            self.ok: QPushButton = self.button(tr("filling.back_choose") if back else tr("filling.choose"), primary=True)
            self.ok.clicked.connect(self._on_ok)
            self.view.chosen.connect(self._on_line)
            self.view.wanted.connect(self._on_wanted)
            self.view.choose_first()
            self._on_line(self.view.line)
            self.view.setFocus()
        else:
            self.ok = self.button(tr("filling.close"), primary=True)
            self.ok.clicked.connect(self.accept)

    def _on_line(self, line: Line | None) -> None:
        self.ok.setEnabled(line is not None and bool(line.button))

    def _on_ok(self) -> None:
        if (line := self.view.line) is not None:
            self._on_wanted(line)

    def _on_wanted(self, line: Line) -> None:
        form = self._forms[line.key]
        self.accept()
        self.chosen.emit(form)


def _form_line(key: str, form: ListedForm, *, back: bool) -> Line:
    asked = tr("filling.form_count", count=form.questions, answered=form.answered)
    if not form.fillable:
        return Line(key, form.name, asked, tr("filling.no_fields"), Sign.NOTE)
    if not form.answered and not back:
        return Line(key, form.name, asked, tr("filling.no_answers"), Sign.NOTE)
    return Line(key, form.name, asked, sign=Sign.FORM, button=tr("filling.back_button") if back else tr("filling.fill"))


class BusySheet(Sheet):
    """How far it has come; `stopped` when the user has had enough."""

    stopped = Signal()

    def __init__(self, title: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(title, name, parent)
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(title)
        self.word = words("", "small")
        self.body.addWidget(self.bar)
        self.body.addWidget(self.word)
        self.stop = self.button(tr("filling.stop"))
        self.stop.clicked.connect(self.reject)
        self.rejected.connect(self.stopped)

    def show_step(self, step: int) -> None:
        """What is being done now."""
        self.bar.setValue(step)
        said = (tr("filling.step_fetch"), tr("filling.step_work"), tr("filling.step_finish"))
        self.word.setText(said[min(step, len(said) - 1)])


class ReportSheet(Sheet):
    """What became of a filled form. Stays beside the list while its rows are looked up there."""

    wanted = Signal(object)  # Line
    open_wanted = Signal()
    link_wanted = Signal()

    def __init__(
        self, title: str, lead: str, rows: Sequence[Row], link: str, written: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(title, lead, parent, width=_WIDE)
        self.setModal(False)
        self.view = _framed(LinesView(title))
        self.view.lines.show(rows)
        self.body.addWidget(self.view)
        self.view.wanted.connect(self.wanted)
        self.link: QPushButton | None = None
        if written and link:
            self.link = self.button(link, left=True)
            self.link.clicked.connect(self.link_wanted)
        if written:
            self.button(tr("filling.open_file"), left=True).clicked.connect(self.open_wanted)
        self.button(tr("filling.close"), primary=True).clicked.connect(self.accept)
        self.view.choose_first()
        self.view.setFocus()

    def show_linked(self, said: str) -> None:
        """It is done: not twice."""
        if self.link is not None:
            self.link.setText(said)
            self.link.setEnabled(False)


class CompareSheet(Sheet):
    """What the file says beside what the list says. Nothing changes before `taken`, which has the keys of the ticked lines."""

    taken = Signal(object)  # tuple[str, ...]

    def __init__(self, comparison: Comparison, rows: Sequence[Row], title: str, parent: QWidget | None = None) -> None:
        count = len(comparison.takeable)
        lead = (
            tr("filling.compare_lead", count=count, file=comparison.file)
            if count
            else tr("filling.compare_same", count=comparison.same, file=comparison.file)
        )
        super().__init__(title, lead, parent, width=_WIDE)
        self.view = _framed(LinesView(title))
        self.view.lines.show(rows)
        self.ok: QPushButton | None = None
        if rows:
            self.body.addWidget(self.view)
        else:
            self.view.setParent(self)
            self.view.hide()
        if count:
            self._add_panes()
            for text, on in ((tr("filling.none"), False), (tr("filling.all"), True)):
                button = self.button(text, left=True)
                button.clicked.connect(self._on_all if on else self._on_none)
            self.button(tr("filling.cancel")).clicked.connect(self.reject)
            self.ok = self.button(tr("filling.take", count=count), primary=True)
            self.ok.clicked.connect(self._on_ok)
            self.view.lines.ticked.connect(self._on_ticked)
        else:
            self.button(tr("filling.close"), primary=True).clicked.connect(self.accept)
        self.view.choose_first()
        if rows:
            self.view.setFocus()

    def _add_panes(self) -> None:
        self.mine, self.theirs = _pane(tr("filling.mine")), _pane(tr("filling.theirs"))
        self.view.chosen.connect(self._on_line)
        both = QHBoxLayout()
        both.setSpacing(12)
        for caption, pane in ((tr("filling.mine"), self.mine), (tr("filling.theirs"), self.theirs)):
            column = QVBoxLayout()
            column.setSpacing(4)
            column.addWidget(words(caption, "caption"))
            column.addWidget(pane)
            both.addLayout(column)
        self.body.addLayout(both)

    def _on_line(self, line: Line | None) -> None:
        swap = line.swap if line is not None else None
        self.mine.setPlainText(swap.mine if swap is not None else "")
        self.theirs.setPlainText(swap.theirs if swap is not None else "")

    def _on_all(self) -> None:
        self.view.lines.tick_all(True)

    def _on_none(self) -> None:
        self.view.lines.tick_all(False)

    def _on_ticked(self) -> None:
        if self.ok is not None:
            count = len(self.view.lines.chosen)
            self.ok.setText(tr("filling.take", count=count))
            self.ok.setEnabled(count > 0)

    def _on_ok(self) -> None:
        chosen = self.view.lines.chosen
        self.accept()
        self.taken.emit(chosen)


def _pane(name: str) -> QPlainTextEdit:
    pane = QPlainTextEdit()
    pane.setReadOnly(True)
    pane.setTabChangesFocus(True)
    pane.setAccessibleName(name)
    pane.setPlaceholderText(tr("filling.empty"))
    pane.setFixedHeight(pane.fontMetrics().lineSpacing() * _LINES + 16)
    pane.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard)
    return pane
