"""Answers that were given before, beside the field where one is written: looked up when asked for, used only by a click."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.core.clock import recorded_words
from app.core.library import EarlierAnswer
from app.gui.checklist.answers import AnswerEditor, LineEditor, TextEditor
from app.gui.checklist.parts import wrapped
from app.gui.checklist.wording import one_line
from app.gui.messages import tr
from app.gui.session import Session
from app.gui.shell.sheet import Sheet
from app.gui.underlag.parts import button

if TYPE_CHECKING:
    from app.core.work import WorkItem

__all__ = ["EarlierAnswers", "ReplaceSheet"]

_QUIET = 250
"""Milliseconds without a keystroke after which the words are looked for."""
_MOST = 8
_LONG = 420


class ReplaceSheet(Sheet):
    """Asks before words that are written already are replaced."""

    chosen = Signal(object)  # str: the whole answer

    def __init__(self, written: str, answer: str, parent: QWidget | None = None) -> None:
        super().__init__(tr("answers.earlier_title"), tr("answers.earlier_lead"), parent)
        self._written, self._answer = written, answer
        cancel = self.button(tr("answers.cancel"))
        cancel.clicked.connect(self.reject)
        self.button(tr("answers.earlier_add")).clicked.connect(self._on_add)
        self.button(tr("answers.earlier_replace"), primary=True).clicked.connect(self._on_replace)
        cancel.setFocus()

    def _on_add(self) -> None:
        self.accept()
        self.chosen.emit(f"{self._written.rstrip()}\n\n{self._answer}")

    def _on_replace(self) -> None:
        self.accept()
        self.chosen.emit(self._answer)


class EarlierAnswers(QWidget):
    """A line that opens. `taken` has the text that the answer is to be."""

    taken = Signal(object)  # str

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._question = self._tender = self._item = ""
        self._editor: AnswerEditor | None = None
        self._asked = 0
        self.found: tuple[EarlierAnswer, ...] = ()
        self.head = button("", "link", tr("answers.earlier_tip"), self)
        self.head.setToolTip(tr("answers.earlier_tip"))
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(tr("answers.earlier_search"))
        self.search.setAccessibleName(tr("answers.earlier_search"))
        self.search.setClearButtonEnabled(True)
        self.nothing = wrapped("muted")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.body = QWidget(self)
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(0, 4, 0, 4)
        inside.setSpacing(8)
        inside.addWidget(self.search)
        inside.addWidget(self.nothing)
        inside.addLayout(self._rows)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.head)
        whole.addWidget(self.body)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET)
        self._quiet.timeout.connect(self._look)
        self.head.clicked.connect(self.toggle)
        self.search.textChanged.connect(self._on_words)
        self._close()
        self.hide()

    def attend(self, session: Session) -> None:
        """Whose answers there are."""
        self._session = session

    def show_item(self, work: WorkItem | None, editor: AnswerEditor | None) -> None:
        """Another item, or the same one as it is now. What is chosen or counted needs no earlier words."""
        self._editor = editor if isinstance(editor, (TextEditor, LineEditor)) else None
        self.setVisible(work is not None and self._editor is not None and self._session is not None)
        if work is not None and work.key != self._item:
            self._item, self._tender, self._question = work.key, work.tender, work.item.text
            self._close()

    @property
    def opened(self) -> bool:
        """Whether the answers are in sight."""
        return not self.body.isHidden()

    def toggle(self) -> None:
        """Open it and look, or close it."""
        if self.isHidden():
            return
        if self.opened:
            self._close()
            return
        self.body.show()
        self._write_head(None)
        self._look()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take(self, answer: EarlierAnswer) -> None:
        """Put it in, once the user has said what becomes of the words that are there."""
        written = self._editor.text().strip() if self._editor is not None else ""
        if not written or written == answer.answer.strip():
            self.taken.emit(answer.answer)
            return
        sheet = ReplaceSheet(written, answer.answer, self.window())
        sheet.chosen.connect(partial(self._on_chosen, self._item))
        sheet.open()

    # --- how

    def _on_chosen(self, item: str, text: str) -> None:
        if item == self._item:
            self.taken.emit(text)

    def _close(self) -> None:
        self._asked += 1
        self._quiet.stop()
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._show(())
        self.nothing.hide()
        self.body.hide()
        self._write_head(None)

    def _on_words(self) -> None:
        self._quiet.start()

    def _look(self) -> None:
        session, words = self._session, self.search.text().strip()
        if session is None or not session.ready:
            return
        from app.workflow.earlier import like, searched

        self._asked += 1
        look = partial(searched, session.office, words) if words else partial(like, session.office, self._question)
        then = partial(self._on_found, self._asked, bool(words))
        session.writer.submit(partial(look, self._tender), then, session.failed.emit)

    def _on_found(self, asked: int, by_words: bool, found: Sequence[EarlierAnswer]) -> None:
        if asked != self._asked:
            return
        self._show(found[:_MOST])
        self.nothing.setText(tr("answers.earlier_nothing") if by_words else tr("answers.earlier_none"))
        self.nothing.setVisible(not found)
        self._write_head(None if by_words else len(found))

    def _show(self, found: Sequence[EarlierAnswer]) -> None:
        self.found = tuple(found)
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for answer in self.found:
            row = _Row(answer)
            row.use.clicked.connect(partial(self._on_use, answer))
            self._rows.addWidget(row)

    def _on_use(self, answer: EarlierAnswer, _checked: bool = False) -> None:
        self.take(answer)

    def _write_head(self, count: int | None) -> None:
        words = tr("answers.earlier") if count is None else tr("answers.earlier_count", count=count)
        self.head.setText(f"{'▾' if self.opened else '▸'} {words}")


class _Row(QWidget):
    """An answer: what was asked, what was answered, where and when, and a button that takes it."""

    def __init__(self, answer: EarlierAnswer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        where = tr("answers.earlier_where", tender=answer.tender_name or answer.buyer, when=recorded_words(answer.at))
        if answer.likeness:
            where = tr("answers.earlier_like", where=where, share=round(answer.likeness * 100))
        self.use: QPushButton = button(
            tr("answers.earlier_use"), "link", tr("answers.earlier_use_name", tender=answer.tender_name), self
        )
        question, text, source = wrapped("muted"), wrapped(), wrapped("small")
        question.setText(one_line(answer.question, _LONG))
        text.setText(answer.answer if len(answer.answer) <= _LONG else f"{answer.answer[:_LONG].rstrip()}…")
        text.setToolTip(answer.answer if len(answer.answer) > _LONG else "")
        source.setText(where)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        foot.addWidget(source, 1)
        foot.addWidget(self.use, 0, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addWidget(question)
        whole.addWidget(text)
        whole.addLayout(foot)
