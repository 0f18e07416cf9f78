"""One fact of the tender: value, source, what else is said of it, and the field to change it in."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.gui.icons import icon
from app.gui.messages import tr
from app.gui.theme import theme
from app.gui.underlag import words
from app.gui.underlag.fact_editor import FactEditor
from app.gui.underlag.facts import FactForm, FactView, Told, fact_label
from app.gui.underlag.moments import spelled
from app.gui.underlag.parts import button, focusable, label

__all__ = ["FactRow", "SourceLink"]

_SHOWN = 2
"""How many values of many, and how many rivals, are shown before the rest is asked for."""


class SourceLink(QPushButton):
    """Where it stands: a click shows the place."""

    asked = Signal(object)  # Source

    def __init__(self, told: Told, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = told.source
        text = words.place(told.document, told.source.place) if told.source is not None else ""
        self.setText(text)
        self.setProperty("underlag", "link")
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(told.source.quote.replace("\t", " ") if told.source is not None else "")
        self.setAccessibleName(tr("underlag.show_source", place=text))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)

    def minimumSizeHint(self) -> QSize:
        """A long file name gives way to the pane's width."""
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """As a button, but with the middle of a long name left out: the page at its end is what matters."""
        del event
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, self.width())
        painter = QStylePainter(self)
        with painter:
            painter.drawControl(QStyle.ControlElement.CE_PushButton, option)

    def _on_clicked(self) -> None:
        if self._source is not None:
            self.asked.emit(self._source)


class _Choice(QPushButton):
    """Take the value that is said elsewhere."""

    chosen = Signal(str)

    def __init__(self, name: str, value: str, parent: QWidget) -> None:
        super().__init__(tr("underlag.choose"), parent)
        self._value = value
        self.setProperty("underlag", "choice")
        self.setAutoDefault(False)
        self.setAccessibleName(tr("underlag.choose_value", name=name, value=spelled(value)))
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        self.chosen.emit(self._value)


class FactRow(QWidget):
    """Asks by signals. `show_fact` replaces what it shows, except a field that is open."""

    source_asked = Signal(object)  # Source
    edited = Signal(str, object)  # the fact's name, the new value or None to go back to what was found
    rebuilt = Signal()

    def __init__(self, view: FactView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._all = False
        self._body: QWidget | None = None
        self.editor: FactEditor | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 6, 8, 6)
        line.setSpacing(8)
        title = label(fact_label(view.name), "muted", self)
        title.setFixedWidth(round(104 * theme.scale))
        title.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        line.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._column.addStretch(1)
        line.addLayout(self._column, 1)
        self.pencil = QToolButton(self)
        self.pencil.setProperty("underlag", "pencil")
        self.pencil.setIcon(icon("ph.pencil-simple", "ink_3"))
        self.pencil.setIconSize(QSize(16, 16))
        self.pencil.setFixedSize(24, 20)
        said = tr("underlag.edit_fact", name=fact_label(view.name))
        self.pencil.setAccessibleName(said)
        self.pencil.setToolTip(said)
        self.pencil.clicked.connect(self.edit)
        line.addWidget(self.pencil, 0, Qt.AlignmentFlag.AlignTop)
        self._rebuild()

    @property
    def view(self) -> FactView:
        """What it shows."""
        return self._view

    def show_fact(self, view: FactView) -> None:
        """The fact as it is now."""
        if view == self._view:
            return
        self._view = view
        if self.editor is None:
            self._rebuild()

    def stops(self) -> list[QWidget]:
        """Where the Tab key stops, in order."""
        return [self.pencil, *(focusable(self._body) if self._body is not None else [])]

    def edit(self) -> None:
        """Open the field."""
        if self.editor is not None:
            return
        value = self._view.text
        editor = FactEditor(fact_label(self._view.name), self._view.form, value, self)
        editor.saved.connect(self._on_saved)
        editor.left.connect(self._on_left)
        self.editor = editor
        self._swap(editor)
        self.pencil.hide()
        editor.setFocus()

    # --- how

    def _swap(self, widget: QWidget) -> None:
        if self._body is not None:
            self._column.removeWidget(self._body)
            self._body.hide()
            self._body.deleteLater()
        self._body = widget
        self._column.insertWidget(0, widget)
        widget.show()
        self.rebuilt.emit()

    def _rebuild(self) -> None:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        view, name = self._view, fact_label(self._view.name)
        shown = view.values if self._all or view.form is not FactForm.LINES else view.values[:_SHOWN]
        for told in shown:
            column.addWidget(label(spelled(told.value), "value", body))
            self._linked(told, body, column)
        if not view.values:
            column.addWidget(label(tr("underlag.said_none") if view.own else tr("underlag.not_found"), "small", body))
        if view.own:
            column.addLayout(self._own(name, body))
        rivals = view.rivals if self._all else view.rivals[:_SHOWN]
        for told in rivals:
            column.addLayout(self._rival(name, told, body))
        hidden = len(view.values) - len(shown) + len(view.rivals) - len(rivals)
        if hidden or self._all:
            text = tr("underlag.fewer") if self._all else tr("underlag.more", count=hidden)
            more = button(text, "link", f"{name}: {text}", body)
            more.clicked.connect(self._on_more)
            column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self._swap(body)
        self.pencil.show()

    def _linked(self, told: Told, body: QWidget, column: QVBoxLayout) -> None:
        if told.source is None or not told.document:
            return
        link = SourceLink(told, body)
        link.asked.connect(self.source_asked)
        column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)

    def _own(self, name: str, body: QWidget) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(label(tr("underlag.own"), "own", body, wrap=False))
        back = button(tr("underlag.back_to_found"), "link", tr("underlag.back_to_found_of", name=name), body)
        back.setToolTip(spelled(self._view.found) if self._view.found else tr("underlag.not_found"))
        back.clicked.connect(self._on_back)
        line.addWidget(back)
        line.addStretch(1)
        return line

    def _rival(self, name: str, told: Told, body: QWidget) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(label(tr("underlag.rival", value=spelled(told.value)), "small", body))
        self._linked(told, body, column)
        line.addLayout(column, 1)
        choice = _Choice(name, told.value, body)
        choice.chosen.connect(self._on_saved)
        line.addWidget(choice, 0, Qt.AlignmentFlag.AlignTop)
        return line

    # --- what the user does

    def _on_more(self) -> None:
        self._all = not self._all
        self._rebuild()

    def _on_back(self) -> None:
        self.edited.emit(self._view.name, None)

    def _on_saved(self, value: str) -> None:
        self.editor = None
        if value != self._view.text:
            self.edited.emit(self._view.name, value)
        self._rebuild()
        self.pencil.setFocus()

    def _on_left(self) -> None:
        self.editor = None
        self._rebuild()
        self.pencil.setFocus()
