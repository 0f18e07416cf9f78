"""When the store of tenders cannot be opened: what is wrong, that nothing was overwritten, and the ways out. Views only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, QSize, Qt, QTimeZone, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.gui.messages import language, tr
from app.gui.shell.sheet import Sheet, words
from app.gui.theme import theme

__all__ = ["BackupRow", "BackupsDialog", "Trouble", "VaultTrouble"]


class Trouble(StrEnum):
    """What stands in the way."""

    DAMAGED = "damaged"
    NEWER = "newer"
    LOCKED = "locked"
    READ_ONLY = "read_only"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class BackupRow:
    """A backup to choose: `at` is when it was made (UTC, ISO 8601), `size` in bytes."""

    path: Path
    at: str
    size: int


def _said(row: BackupRow) -> str:
    moment = QDateTime.fromString(row.at, Qt.DateFormat.ISODate)
    moment.setTimeZone(QTimeZone.utc())
    size = QLocale(language()).formattedDataSize(row.size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
    return f"{moment.toLocalTime().toString('yyyy-MM-dd HH:mm')} · {size}"


class _Backups(QListWidget):
    def __init__(self, rows: Sequence[BackupRow]) -> None:
        super().__init__()
        self.setAccessibleName(tr("vault.backups"))
        self.setFixedHeight(160)
        for row in rows:
            item = QListWidgetItem(_said(row))
            item.setData(Qt.ItemDataRole.UserRole, str(row.path))
            item.setSizeHint(QSize(0, round(32 * max(1.0, theme.scale))))
            self.addItem(item)
        self.setCurrentRow(0)

    def chosen(self) -> Path | None:
        item = self.currentItem()
        return Path(item.data(Qt.ItemDataRole.UserRole)) if item is not None else None


class VaultTrouble(Sheet):
    """Says what is wrong. `restore` names a backup, `again` tries once more; closing it ends the program."""

    restore = Signal(object)
    again = Signal()

    def __init__(self, trouble: Trouble, backups: Sequence[BackupRow] = (), parent: QWidget | None = None) -> None:
        titles = {
            Trouble.DAMAGED: (tr("vault.damaged_title"), tr("vault.damaged_lead")),
            Trouble.NEWER: (tr("vault.newer_title"), tr("vault.newer_lead")),
            Trouble.LOCKED: (tr("vault.locked_title"), tr("vault.locked_lead")),
            Trouble.READ_ONLY: (tr("vault.read_only_title"), tr("vault.read_only_lead")),
            Trouble.FULL: (tr("vault.full_title"), tr("vault.full_lead")),
        }
        super().__init__(*titles[trouble], parent)
        self._list: _Backups | None = None
        self.button(tr("vault.quit")).clicked.connect(self.reject)
        if trouble is Trouble.DAMAGED:
            self.body.addWidget(words(tr("vault.restore_lead") if backups else tr("vault.restore_none")))
            if backups:
                self._list = _Backups(backups)
                self.body.addWidget(self._list)
                self.button(tr("vault.restore"), primary=True).clicked.connect(self._on_restore)
        if trouble is not Trouble.NEWER and not (trouble is Trouble.DAMAGED and backups):
            self.button(tr("shell.try_again"), primary=True).clicked.connect(self._on_again)

    def _on_restore(self) -> None:
        chosen = self._list.chosen() if self._list is not None else None
        if chosen is not None:
            self.accept()
            self.restore.emit(chosen)

    def _on_again(self) -> None:
        self.accept()
        self.again.emit()


class BackupsDialog(Sheet):
    """Choose an earlier state. What is there now is kept as a file beside it."""

    restore = Signal(object)

    def __init__(self, backups: Sequence[BackupRow], parent: QWidget | None = None) -> None:
        super().__init__(tr("vault.restore_title"), tr("vault.restore_now_lead") if backups else tr("vault.restore_none"), parent)
        self._list = _Backups(backups)
        self._list.setVisible(bool(backups))
        self.body.addWidget(self._list)
        self.button(tr("shell.cancel")).clicked.connect(self.reject)
        if backups:
            self.button(tr("vault.restore"), primary=True).clicked.connect(self._on_restore)

    def _on_restore(self) -> None:
        chosen = self._list.chosen()
        if chosen is not None:
            self.accept()
            self.restore.emit(chosen)
