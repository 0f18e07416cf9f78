"""The files that answer an item: dropped or chosen, opened, taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.core.work import FileLink
from app.gui.checklist.tag import restyle
from app.gui.checklist.wording import one_line
from app.gui.icons import icon
from app.gui.jobs import Control
from app.gui.messages import tr

__all__ = ["FileArea", "Identify", "LinkedFile"]

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """A file as it is now. `sha256` is None when it could not be read."""

    path: Path
    sha256: str | None
    size: int = 0


class Identify:
    """Hash and size of every file, as work for a job: a file on a slow share may take its time. It holds no widget."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._paths = tuple(paths)

    def __call__(self, control: Control) -> tuple[LinkedFile, ...]:
        """The files as they are now; those that cannot be read without a hash."""
        found = []
        for path in self._paths:
            digest, size = sha256(), 0
            try:
                with path.open("rb") as file:
                    while not control.cancelled() and (piece := file.read(_PIECE)):
                        digest.update(piece)
                        size += len(piece)
            except OSError:
                found.append(LinkedFile(path, None))
            else:
                found.append(LinkedFile(path, digest.hexdigest(), size))
        return tuple(found)


class _FileRow(QWidget):
    """A linked file: its name opens it."""

    removed = Signal(object)  # key

    def __init__(self, link: FileLink, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link = link
        name = Path(link.path).name
        self.name = QPushButton(one_line(name, 60))
        self.name.setProperty("link", True)
        self.name.setCursor(Qt.CursorShape.PointingHandCursor)
        self.name.setToolTip(one_line(name, 400))
        self.name.setAccessibleName(" ".join((tr("checklist.file_open"), one_line(name, 120))))
        self.remove = QToolButton()
        self.remove.setIcon(icon("ph.x"))
        self.remove.setToolTip(tr("checklist.file_remove"))
        self.remove.setAccessibleName(tr("checklist.file_remove_name", file=one_line(name, 120)))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.name)
        row.addWidget(self.remove)
        row.addStretch(1)
        self.name.clicked.connect(self._on_open)
        self.remove.clicked.connect(self._on_remove)

    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._link.path))

    def _on_remove(self) -> None:
        self.removed.emit(self._link.key)


class FileArea(QFrame):
    """Where files are dropped. `chosen` has their paths, `removed` the key of a link."""

    chosen = Signal(object)  # tuple[Path, ...]
    removed = Signal(object)  # str

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fileArea")
        self.setAcceptDrops(True)
        self.setAccessibleName(tr("checklist.file"))
        self._links: tuple[FileLink, ...] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        before, _, after = tr("checklist.file_drop", choose="\n").partition("\n")
        self.choose = QPushButton(tr("checklist.file_choose"))
        self.choose.setProperty("link", True)
        self.choose.setCursor(Qt.CursorShape.PointingHandCursor)
        line = QHBoxLayout()
        line.setSpacing(0)
        for part in (QLabel(before), self.choose, QLabel(after)):
            part.setProperty("muted", True)
            line.addWidget(part)
        line.addStretch(1)
        self.word = QLabel()
        self.word.setProperty("role", "small")
        self.word.setWordWrap(True)
        self.word.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 8, 8, 8)
        whole.setSpacing(4)
        whole.addLayout(self._rows)
        whole.addLayout(line)
        whole.addWidget(self.word)
        self.choose.clicked.connect(self._on_choose)

    def show_links(self, links: tuple[FileLink, ...]) -> None:
        """The files that are linked."""
        if links == self._links:
            return
        self._links = links
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for link in links:
            row = _FileRow(link)
            row.removed.connect(self.removed)
            self._rows.addWidget(row)

    def say(self, text: str) -> None:
        """A word on what is going on; empty takes it away."""
        self.word.setText(text)
        self.word.setVisible(bool(text))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Gone again."""
        self._light(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Link what was dropped."""
        self._light(False)
        paths = tuple(
            path for url in event.mimeData().urls() if url.isLocalFile() and (path := Path(url.toLocalFile())).is_file()
        )
        if paths:
            event.acceptProposedAction()
            self.chosen.emit(paths)

    def _light(self, over: bool) -> None:
        restyle(self, "over", over)

    def _on_choose(self) -> None:
        dialog = QFileDialog(self, tr("checklist.file_choose_title"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._on_files)
        dialog.open()

    def _on_files(self, names: list[str]) -> None:
        self.chosen.emit(tuple(Path(name) for name in names))
