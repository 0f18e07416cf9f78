"""The documents that are open, each with a process and a surface of its own. A few are kept: going back shows them at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.core.document import Finding
from app.core.work import DocumentRecord
from app.gui.motion import ask_desktop
from app.gui.source.flow import FlowView
from app.gui.source.opened import OpenDocument, Told
from app.gui.source.paper import PaperView
from app.gui.source.sheets import SheetsView
from app.workers.pages import PageFile

__all__ = ["Shelf", "Shown"]

_MOST = 3

Load = Callable[[DocumentRecord], bytes]
Shown = PaperView | FlowView | SheetsView


class Shelf(QObject):
    """Documents are named by the id of their summary. The one asked for last is let go last."""

    opened = Signal(object)  # str: there is a surface for it now
    failed = Signal(object)  # str: there will be none

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        ask_desktop()  # before anything is landed on
        self._open: dict[str, OpenDocument] = {}
        self._shown: dict[str, Shown] = {}
        self._going: list[OpenDocument] = []
        self._ended = False

    def __contains__(self, identity: str) -> bool:
        return identity in self._open

    def document(self, identity: str | None) -> OpenDocument | None:
        """The open document, whether it can be shown yet or not."""
        return self._open.get(identity) if identity is not None else None

    def surface(self, identity: str | None) -> Shown | None:
        """What shows it."""
        return self._shown.get(identity) if identity is not None else None

    def surfaces(self) -> tuple[tuple[str, Shown], ...]:
        """All surfaces there are."""
        return tuple(self._shown.items())

    def documents(self) -> tuple[str, ...]:
        """All documents that are open."""
        return tuple(self._open)

    def open(self, record: DocumentRecord, load: Load, passwords: tuple[str, ...] = ()) -> None:
        """Open a document that has been read, or count it as used. The passwords are tried where the file wants one."""
        identity = record.summary.id
        if self._ended:
            return  # what is read may still arrive while the window closes
        if not record.file and record.reading is None and record.summary.error is None:
            return  # it is being read: there is nothing to show yet
        if identity in self._open:
            self._open[identity] = self._open.pop(identity)
            return
        while len(self._open) >= _MOST:
            self.close(next(iter(self._open)))
        document = self._open[identity] = OpenDocument(record, load, self, passwords=passwords)
        document.opened.connect(self._on_opened)
        document.told.connect(self._on_told)
        document.failed.connect(self._on_failed)
        document.start()

    def close(self, identity: str) -> None:
        """Let a document go. Its process ends soon."""
        document, shown = self._open.pop(identity, None), self._shown.pop(identity, None)
        if shown is not None:
            shown.hide()
            shown.setParent(None)
            shown.deleteLater()
        if document is not None:
            self._going.append(document)
            document.gone.connect(self._on_gone)
            document.close()

    def shut(self) -> None:
        """Let all go for good, and wait until their processes have ended."""
        self._ended = True
        for identity in list(self._open):
            self.close(identity)
        for document in self._going:
            document.wait()
            document.deleteLater()
        self._going.clear()

    def _on_gone(self) -> None:
        document = self.sender()
        if isinstance(document, OpenDocument) and document in self._going:
            self._going.remove(document)
            document.deleteLater()

    def _put(self, document: OpenDocument, shown: Shown) -> None:
        identity = document.record.summary.id
        shown.setAccessibleName(document.record.summary.name)
        self._shown[identity] = shown
        self.opened.emit(identity)

    def _sender(self) -> OpenDocument | None:
        sender = self.sender()
        return sender if isinstance(sender, OpenDocument) and self.document(sender.record.summary.id) is sender else None

    def _on_opened(self, file: PageFile) -> None:
        document = self._sender()
        if document is not None and file.sizes:
            self._put(document, PaperView(document))

    def _on_told(self, told: Told) -> None:
        document = self._sender()
        if document is not None and told.book is not None:
            self._put(document, SheetsView(told.book))
        elif document is not None and told.text is not None:
            self._put(document, FlowView(told.text))

    def _on_failed(self, _finding: Finding) -> None:
        document = self._sender()
        if document is not None:
            self.failed.emit(document.record.summary.id)
