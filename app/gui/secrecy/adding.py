"""Files of the bid: chosen in a dialog, dropped on the page, the sample's, or read again from where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.resources import resource
from app.gui.messages import tr
from app.gui.secrecy.empty import EmptyPage
from app.gui.secrecy.reading import BidReading
from app.gui.session import Session
from app.gui.underlag.empty import DropVeil

__all__ = ["Adding"]


class Adding(QObject):
    """Hands files to the reading."""

    def __init__(self, reading: BidReading, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._reading = reading
        self._session = session
        self._page = page
        self._veil: DropVeil | None = None

    def follow(self, empty: EmptyPage) -> None:
        """Do what the page without files offers."""
        empty.files_asked.connect(self.files)
        empty.folder_asked.connect(self.folder)
        empty.sample_asked.connect(self.sample)

    def add(self, paths: Sequence[Path]) -> None:
        """These files and folders."""
        self._reading.read(paths)

    def files(self) -> None:
        """Ask for files."""
        self._ask(QFileDialog.FileMode.ExistingFiles, tr("secrecy.choose_files"))

    def folder(self) -> None:
        """Ask for a folder."""
        self._ask(QFileDialog.FileMode.Directory, tr("secrecy.choose_folder"))

    def sample(self) -> None:
        """The sample bid, which goes with the sample procurement."""
        self.add([Path(str(file)) for file in sorted(resource("sample", "bid").iterdir(), key=str)])

    def again(self) -> None:
        """All files of the bid, as they lie on the disk now."""
        if self._session.desk is not None:
            self._reading.read_again(self._session.desk.bid_files)

    # --- dropping

    def over(self, event: QDragEnterEvent) -> None:
        """Something is held over the page."""
        if _paths(event.mimeData()) and self._session.desk is not None:
            event.acceptProposedAction()
            self._veil = self._veil or DropVeil(self._page)
            self.cover()
            self._veil.raise_()
            self._veil.show()

    def cover(self) -> None:
        """The veil is as large as the page."""
        if self._veil is not None:
            self._veil.setGeometry(self._page.rect())

    def gone(self) -> None:
        """It is not there any more."""
        if self._veil is not None:
            self._veil.hide()

    def dropped(self, event: QDropEvent) -> None:
        """It was let go."""
        self.gone()
        if paths := _paths(event.mimeData()):
            event.acceptProposedAction()
            self.add(paths)

    def _ask(self, mode: QFileDialog.FileMode, title: str) -> None:
        dialog = QFileDialog(self._page, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(mode)
        dialog.filesSelected.connect(self._on_chosen)
        dialog.open()

    def _on_chosen(self, names: list[str]) -> None:
        self.add([Path(name) for name in names])


def _paths(data: QMimeData) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
