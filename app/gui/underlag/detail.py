"""What there is to say of one document, below its row: why it could not be read, warnings, unreadable pages, its lines."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.core.document import Finding, Place
from app.gui.flowing import FlowLayout
from app.gui.messages import tr
from app.gui.passwords import secret_line
from app.gui.underlag import words
from app.gui.underlag.ledger_bar import LedgerBar
from app.gui.underlag.parts import Shape, button, label
from app.gui.underlag.rows import Again, DocumentRow, needs_password

__all__ = ["DocumentDetail", "PageChip", "PasswordField"]


_CHIPS = 20


class DocumentDetail(QFrame):
    """Asks by signals and changes nothing. The row it shows is replaced whole by `show_row`."""

    show_place = Signal(str, object)  # document id, Place
    acknowledged = Signal(str, object, bool)  # document key, pages, seen
    again_asked = Signal(object)  # Again
    list_asked = Signal(str)  # document id
    ledger_asked = Signal(str)  # document id
    removal_asked = Signal(str)  # document key
    resized = Signal()
    let_go = Signal()  # what had the keyboard's focus in it is gone

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("underlagDetail")
        self.setAutoFillBackground(True)
        self._row: DocumentRow | None = None
        self._body: QWidget | None = None
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(60, 8, 16, 16)
        self._outer.setSpacing(0)

    @property
    def row(self) -> DocumentRow | None:
        """The row it shows."""
        return self._row

    def show_row(self, row: DocumentRow) -> None:
        """Show this row. It is rebuilt only for another record: what is typed in the password field stays while others come."""
        old, self._row = self._row, row
        if old is None or self._body is None or (old.record, old.items) != (row.record, row.items):
            self._replace(self._made(row))
        elif old.settled == row.settled:
            return
        if self._body is not None and not row.settled:
            self._free()
            self._body.setEnabled(False)
        elif self._body is not None:
            self._body.setEnabled(True)

    def focus_password(self) -> None:
        """Let the user type the password at once."""
        field = self.findChild(PasswordField)
        if field is not None:
            field.field.setFocus()

    def _replace(self, body: QWidget) -> None:
        if self._body is not None:
            self._free()
            self._outer.removeWidget(self._body)
            self._body.hide()
            self._body.setParent(None)
            self._body.deleteLater()
        self._body = body
        self._outer.addWidget(body)
        body.show()  # else the layout counts it as nothing until the next turn of the event loop
        self.resized.emit()

    def _free(self) -> None:
        focused = self.window().focusWidget()
        if focused is not None and self.isAncestorOf(focused):
            self.let_go.emit()

    def height_for(self, width: int) -> int:
        """The height it needs at a width."""
        self._outer.activate()
        return self._outer.heightForWidth(width) if self._outer.hasHeightForWidth() else self._outer.sizeHint().height()

    # --- building

    def _made(self, row: DocumentRow) -> QWidget:
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        if row.record is None:
            return body
        summary = row.record.summary
        if summary.error is not None:
            column.addWidget(_Words(*words.said(summary.error), "ph.x", "error", body))
            if needs_password(row.record) and row.record.file:
                field = PasswordField(row.title, body)
                field.entered.connect(self._on_password)
                column.addWidget(field)
        page_codes = {"page.unreadable", "page.no_text"}
        unreadable = set(summary.unreadable_pages)
        others = (f for f in summary.warnings if not (f.code in page_codes and f.page in unreadable))
        for text, remedy in words.told(others):
            column.addWidget(_Words(text, remedy, "ph.warning", "attachment", body))
        if summary.unreadable_pages:
            column.addWidget(self._pages(row, body))
        if summary.lines.total:
            bar = LedgerBar(body)
            bar.show_lines(summary.lines)
            column.addWidget(bar)
            column.addWidget(label(words.ledger(summary.lines), "small", body))
        column.addWidget(self._buttons(row, body))
        return body

    def _pages(self, row: DocumentRow, parent: QWidget) -> QWidget:
        record = row.record
        holder = QWidget(parent)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if record is None:
            return holder
        unread = row.unread_pages
        told = next((f for f in record.summary.warnings if f.page in record.summary.unreadable_pages), None)
        if unread:
            text, remedy = words.said(Finding(told.code if told else "page.unreadable", record.summary.name))
            column.addWidget(_Words(text, remedy, "ph.warning", "attachment", holder))
        chips = QWidget(holder)
        flow = FlowLayout(chips, leading=4)
        flow.setContentsMargins(24, 0, 0, 0)
        seen = tuple(page for page in record.summary.unreadable_pages if page in record.acknowledged)
        for pages, is_seen in ((unread, False), (seen, True)):
            for together in _gathered(pages):
                chip = PageChip(together, is_seen, row.title, chips)
                chip.shown.connect(self._on_page_shown)
                chip.seen.connect(self._on_page_seen)
                flow.addWidget(chip)
        column.addWidget(chips)
        return holder

    def _buttons(self, row: DocumentRow, parent: QWidget) -> QWidget:
        holder = QWidget(parent)
        flow = FlowLayout(holder, 16, 8)
        if row.record is None:
            return holder
        summary = row.record.summary
        if row.items:
            made = button(tr("underlag.show_in_list", count=row.items), "link", parent=holder)
            made.clicked.connect(self._on_list)
            flow.addWidget(made)
        if summary.lines.unassigned:
            made = button(words.unclassed(summary.lines), "link", tr("underlag.show_unclassed", file=row.title), holder)
            made.clicked.connect(self._on_ledger)
            flow.addWidget(made)
        if row.record.file and not needs_password(row.record):
            made = button(tr("underlag.again"), "link", tr("underlag.again_of", file=row.title), holder)
            made.clicked.connect(self._on_again)
            flow.addWidget(made)
        made = button(tr("underlag.remove"), "link", tr("underlag.remove_of", file=row.title), holder)
        made.setToolTip(tr("underlag.remove_tip"))
        made.clicked.connect(self._on_remove)
        flow.addWidget(made)
        return holder

    # --- what the user does

    def _on_page_shown(self, page: int) -> None:
        if self._row is not None and self._row.record is not None:
            self.show_place.emit(self._row.record.summary.id, Place(page))

    def _on_page_seen(self, pages: tuple[int, ...], seen: bool) -> None:
        if self._row is not None and self._row.record is not None:
            self.acknowledged.emit(self._row.record.key, pages, seen)

    def _on_password(self, password: str) -> None:
        if self._row is not None and self._row.record is not None:
            self.again_asked.emit(Again((self._row.record,), (password,)))

    def _on_again(self) -> None:
        if self._row is not None and self._row.record is not None:
            self.again_asked.emit(Again((self._row.record,)))

    def _on_list(self) -> None:
        if self._row is not None and self._row.record is not None:
            self.list_asked.emit(self._row.record.summary.id)

    def _on_ledger(self) -> None:
        if self._row is not None and self._row.record is not None:
            self.ledger_asked.emit(self._row.record.summary.id)

    def _on_remove(self) -> None:
        if self._row is not None and self._row.record is not None:
            self.removal_asked.emit(self._row.record.key)


def _gathered(pages: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Pages in a row belong together; after the first twenty stretches all that is left does."""
    runs = [tuple(range(first, last + 1)) for first, last in words.page_runs(pages)]
    rest = tuple(page for run in runs[_CHIPS:] for page in run)
    return [*runs[:_CHIPS], *([rest] if rest else [])]


class _Words(QWidget):
    """A shape, what is wrong, and in grey what to do about it."""

    def __init__(self, text: str, remedy: str, name: str, role: str, parent: QWidget) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(Shape(name, role, self), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(label(text, "text", self))
        column.addWidget(label(remedy, "small", self))
        line.addLayout(column, 1)
        self.setAccessibleName(f"{text} {remedy}")


class PasswordField(QWidget):
    """A password: given away once, kept nowhere here."""

    entered = Signal(str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 0, 0, 0)
        line.setSpacing(8)
        self.field = secret_line(tr("underlag.password"), tr("underlag.password_of", file=title), self)
        line.addWidget(self.field)
        self.again = button(tr("underlag.again"), "primary", tr("underlag.again_of", file=title), self)
        self.again.setEnabled(False)
        line.addWidget(self.again)
        line.addStretch(1)
        self.field.textChanged.connect(self._on_typed)
        self.field.returnPressed.connect(self._on_entered)
        self.again.clicked.connect(self._on_entered)

    def _on_typed(self, text: str) -> None:
        self.again.setEnabled(bool(text))

    def _on_entered(self) -> None:
        password = self.field.text()
        if password:
            self.field.setFocus()
            self.field.clear()
            self.entered.emit(password)


class PageChip(QFrame):
    """An unreadable page, or several in a row: show it, and say that one has read it."""

    shown = Signal(int)  # page
    seen = Signal(object, bool)  # pages, whether the user has read them

    def __init__(self, pages: tuple[int, ...], is_seen: bool, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages, self._seen = pages, is_seen
        self.setProperty("underlag", "seen" if is_seen else "unread")
        named = words.pages_named(pages[0], pages[-1])
        if len(pages) <= pages[-1] - pages[0]:
            named = tr("underlag.pages_of", count=len(pages), pages=named)
        line = QHBoxLayout(self)
        line.setContentsMargins(8, 2, 4, 2)
        line.setSpacing(4)
        said = tr("underlag.page_seen", pages=named) if is_seen else tr("underlag.page_unread", pages=named)
        if is_seen:
            line.addWidget(Shape("ph.check", "done", self))
        line.addWidget(label(said, "chip", self, wrap=False))
        self.look = button(tr("underlag.look"), "small", tr("underlag.look_at", pages=named, file=title), self)
        self.look.clicked.connect(self._on_look)
        line.addWidget(self.look)
        word = tr("underlag.not_read_it") if is_seen else tr("underlag.read_it")
        self.turn = button(word, "small", f"{word}: {named}, {title}", self)
        self.turn.clicked.connect(self._on_turn)
        line.addWidget(self.turn)
        self.setAccessibleName(f"{title}: {said}")

    def _on_look(self) -> None:
        self.shown.emit(self._pages[0])

    def _on_turn(self) -> None:
        self.seen.emit(self._pages, not self._seen)
