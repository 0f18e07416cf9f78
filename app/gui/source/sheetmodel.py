"""One sheet of a spreadsheet as a Qt model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.gui.source.book import At, Sheet, column_letters
from app.gui.source.marks import Mark
from app.gui.source.naming import mark_name

__all__ = ["SheetModel"]

_Index = QModelIndex | QPersistentModelIndex


class SheetModel(QAbstractTableModel):
    """The cells of one sheet, as they are."""

    def __init__(self, marks_at: Callable[[At], Sequence[Mark]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet = Sheet("")
        self._marks_at = marks_at

    def set_sheet(self, sheet: Sheet) -> None:
        """Show another sheet."""
        self.beginResetModel()
        self.sheet = sheet
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """As Qt asks."""
        return 0 if parent.isValid() else self.sheet.rows

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """As Qt asks."""
        return 0 if parent.isValid() else self.sheet.columns

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As Qt asks."""
        if not index.isValid():
            return None
        at = At(index.row(), index.column())
        cell = self.sheet.cells.get(at)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell.text if cell is not None else ""
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(mark_name(mark) for mark in self._marks_at(at)) or None
            case Qt.ItemDataRole.AccessibleTextRole:
                text = cell.text if cell is not None else ""
                return ", ".join(
                    [f"{column_letters(at.column)}{at.row + 1} {text}".strip(), *(mark_name(mark) for mark in self._marks_at(at))]
                )
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As Qt asks."""
        if role == Qt.ItemDataRole.DisplayRole:
            return column_letters(section) if orientation is Qt.Orientation.Horizontal else str(section + 1)
        return None
