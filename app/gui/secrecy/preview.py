"""The annex as it will be, drawn page by page like any PDF, before it is written anywhere. Nothing of it touches the disk."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.core.checklist import DocumentSummary
from app.core.document import DocumentKind, Finding
from app.core.work import DocumentRecord, new_key
from app.gui.messages import explained, language, tr
from app.gui.secrecy.pasting import PasteBar
from app.gui.source.notice import DocumentNotice
from app.gui.source.opened import OpenDocument
from app.gui.source.paper import PaperView
from app.workers.pages import PageFile

__all__ = ["PreviewDialog"]

_LANGUAGES = ("sv", "en")


class PreviewDialog(QDialog):
    """`make` makes the annex in a language; it is called on a thread of the document's own."""

    export_wanted = Signal(object)  # str: in this language
    text_wanted = Signal(object, object)  # str, int | None: as text, in this language, of so many characters at most

    def __init__(self, make: Callable[[str], bytes], note: str, limit: int | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("secrecy.annex_title"))
        self.resize(880, 700)
        self._make = make
        self._document: OpenDocument | None = None
        self._old: list[OpenDocument] = []
        self.paper: PaperView | None = None
        self.notice = DocumentNotice()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.notice)
        self.language = QComboBox()
        self.language.setAccessibleName(tr("secrecy.annex_language"))
        self.language.addItem(tr("secrecy.annex_swedish"), "sv")
        self.language.addItem(tr("secrecy.annex_english"), "en")
        self.language.setCurrentIndex(_LANGUAGES.index(language()))
        self.pages = QLabel()
        self.pages.setProperty("role", "small")
        said = QLabel(note)
        said.setProperty("role", "warn")
        said.setWordWrap(True)
        said.setVisible(bool(note))
        self.paste = PasteBar(limit)
        self.paste.wanted.connect(self._on_text_wanted)
        close = QPushButton(tr("shell.close"))
        close.clicked.connect(self.reject)
        self.export = QPushButton(tr("secrecy.annex_export"))
        self.export.setProperty("primary", True)
        self.export.clicked.connect(self._on_export)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 12, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.language)
        foot.addWidget(self.pages)
        foot.addWidget(said, 1)
        foot.addStretch(0)
        foot.addWidget(close)
        foot.addWidget(self.export)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.stack, 1)
        whole.addWidget(self.paste)
        whole.addLayout(foot)
        self.language.activated.connect(self._on_language)
        self.finished.connect(self._on_finished)
        self.notice.say(tr("secrecy.annex_making"))
        # What makes the annex shares the interpreter with the window: it begins when the dialog is there.
        self._begin = QTimer(self)
        self._begin.setSingleShot(True)
        self._begin.setInterval(0)
        self._begin.timeout.connect(self._on_language)

    @property
    def shown(self) -> bool:
        """Whether the pages are drawn."""
        return self.paper is not None and self.paper.is_sharp()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the annex, and the text of it."""
        super().showEvent(event)
        if self._document is None:
            self._begin.start()

    def shut(self) -> None:
        """End what draws the pages, and wait for it."""
        for document in (*self._old, *filter(None, (self._document,))):
            document.wait()

    def _show(self, chosen: str) -> None:
        self._let_go()
        self.notice.say(tr("secrecy.annex_making"))
        self.stack.setCurrentWidget(self.notice)
        self.pages.setText("")
        name = tr("secrecy.annex_file")
        summary = DocumentSummary(new_key(), name, DocumentKind.PDF, "")
        document = self._document = OpenDocument(
            DocumentRecord(summary.id, "", 0, summary, ""), partial(_made, self._make, chosen), self
        )
        document.opened.connect(self._on_opened)
        document.failed.connect(self._on_failed)
        document.start()

    def _on_opened(self, file: PageFile) -> None:
        if self._document is None or self.sender() is not self._document:
            return
        self.paper = paper = PaperView(self._document)
        paper.setAccessibleName(tr("secrecy.annex_title"))
        self.stack.addWidget(paper)
        self.stack.setCurrentWidget(paper)
        self.pages.setText(tr("secrecy.annex_pages", count=len(file.sizes)))
        paper.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, finding: Finding) -> None:
        said = explained(finding)
        self.notice.say(" ".join(part for part in (said.text, said.remedy) if part))

    @property
    def chosen(self) -> str:
        """The annex's language."""
        return str(self.language.currentData())

    def _on_language(self) -> None:
        self._show(self.chosen)
        self.paste.ask()

    def _on_text_wanted(self, limit: int | None) -> None:
        self.text_wanted.emit(self.chosen, limit)

    def _on_export(self) -> None:
        self.accept()
        self.export_wanted.emit(self.chosen)

    def _let_go(self) -> None:
        paper, self.paper = self.paper, None
        if paper is not None:
            self.stack.removeWidget(paper)
            paper.hide()
            paper.deleteLater()
        if self._document is not None:
            self._document.close()
            self._old.append(self._document)
            self._document = None

    def _on_finished(self) -> None:
        self._begin.stop()
        self.shut()


def _made(make: Callable[[str], bytes], chosen: str, _record: DocumentRecord) -> bytes:
    return make(chosen)
