"""What the library asks: a document's name, kind and days; and whether it is really to go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from app.checklist.planning import parse_day
from app.core.library import LibraryDocument, LibraryKind
from app.gui.answers.wording import kind_words
from app.gui.messages import tr
from app.gui.shell.sheet import Sheet, form_layout, words

__all__ = ["DeleteSheet", "DocumentSheet", "DocumentWords"]

_LINES = 2


@dataclass(frozen=True, slots=True)
class DocumentWords:
    """What the user says of a document. Days are ISO 8601."""

    name: str
    kind: LibraryKind
    issued: str | None
    expires: str | None
    note: str


class DocumentSheet(Sheet):
    """A new document, one that is there, or a newer issue of it (`renewing`: name and kind stay)."""

    said = Signal(object)  # DocumentWords

    def __init__(
        self,
        title: str,
        lead: str,
        said: DocumentWords,
        today: date,
        parent: QWidget | None = None,
        *,
        renewing: bool = False,
    ) -> None:
        super().__init__(title, lead, parent)
        self._today = today
        self.name = QLineEdit(said.name)
        self.kind = QComboBox()
        for kind in LibraryKind:
            self.kind.addItem(kind_words(kind), kind.value)
        self.kind.setCurrentIndex(list(LibraryKind).index(said.kind))
        self.issued = QLineEdit(said.issued or "")
        self.expires = QLineEdit(said.expires or "")
        for day in (self.issued, self.expires):
            day.setPlaceholderText(tr("answers.day_hint"))
        self.note = QPlainTextEdit(said.note)
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(self.note.fontMetrics().lineSpacing() * _LINES + 20)
        form = form_layout()
        fields: tuple[tuple[str, QWidget], ...] = (
            (tr("answers.document_name"), self.name),
            (tr("answers.document_kind"), self.kind),
            (tr("answers.document_issued"), self.issued),
            (tr("answers.document_expires"), self.expires),
            (tr("answers.document_note"), self.note),
        )
        for text, field in fields:
            field.setAccessibleName(text)
            if not (renewing and field in (self.name, self.kind, self.note)):
                form.addRow(text, field)
        self.body.addLayout(form)
        self.fault = words("", "fault")
        self.fault.setVisible(False)
        self.body.addWidget(self.fault)
        self.button(tr("answers.cancel")).clicked.connect(self.reject)
        self.ok = self.button(tr("answers.save"), primary=True)
        self.ok.clicked.connect(self._on_ok)
        for typed in (self.name, self.issued, self.expires):
            typed.textChanged.connect(self._check)
        self._check()
        (self.issued if renewing else self.name).setFocus()

    def words(self) -> DocumentWords | None:
        """What it says, or None where a day cannot be read, runs out before it begins, or there is no name."""
        days = [self._day(field) for field in (self.issued, self.expires)]
        name = " ".join(self.name.text().split())
        if not name or None in days or (all(days) and str(days[0]) > str(days[1])):
            return None
        kind = LibraryKind(self.kind.currentData())
        return DocumentWords(name, kind, days[0] or None, days[1] or None, self.note.toPlainText().strip())

    def _day(self, field: QLineEdit) -> str | None:
        text = field.text().strip()
        if not text:
            return ""
        day = parse_day(text, self._today)
        return day.isoformat() if day is not None else None

    def _check(self) -> None:
        issued, expires = self._day(self.issued), self._day(self.expires)
        said = ""
        if issued is None or expires is None:
            said = tr("answers.day_wrong")
        elif issued and expires and issued > expires:
            said = tr("answers.days_crossed")
        self.fault.setText(said)
        self.fault.setVisible(bool(said))
        self.ok.setEnabled(self.words() is not None)

    def _on_ok(self) -> None:
        said = self.words()
        if said is not None:
            self.accept()
            self.said.emit(said)


class DeleteSheet(Sheet):
    """Asks before a document goes for good. Nothing happens without the red button."""

    confirmed = Signal()

    def __init__(self, document: LibraryDocument, parent: QWidget | None = None) -> None:
        super().__init__(tr("answers.delete_title"), tr("answers.delete_lead", name=document.name), parent)
        keep = self.button(tr("answers.cancel"))
        keep.clicked.connect(self.reject)
        self.button(tr("answers.delete_ok"), danger=True).clicked.connect(self._on_confirmed)
        keep.setFocus()

    def _on_confirmed(self) -> None:
        self.accept()
        self.confirmed.emit()
