"""The row above the document: back and forward, which document, which page, how large, search."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from app.core.work import DocumentRecord
from app.gui.actions import Actions
from app.gui.elided import Elided, ElidedCombo
from app.gui.messages import tr
from app.gui.theme import font

__all__ = ["Head"]


class Head(QFrame):
    """Shows and asks; knows no document."""

    document_wanted = Signal(object)  # str: the id of a DocumentSummary

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sourceHead")
        self.documents = ElidedCombo(Qt.TextElideMode.ElideMiddle)  # how a name begins and ends tells documents apart
        self.documents.setObjectName("sourceDocument")
        self.documents.setAccessibleName(tr("source.document"))
        self.documents.setToolTip(tr("source.document_tip"))
        self.documents.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.documents.setMinimumContentsLength(8)
        self.documents.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.documents.setMaximumWidth(420)
        self.documents.setFont(font(13, strong=True))
        self.where = Elided("small")
        self.percent = QLabel()
        self.percent.setObjectName("sourcePercent")
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.percent.setFont(font(13, tabular=True))
        self.percent.setMinimumWidth(self.percent.fontMetrics().horizontalAdvance("400 %") + 8)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(2)
        for name in ("back", "forward"):
            row.addWidget(_button(actions, name))
        row.addWidget(self.documents, 3)
        row.addSpacing(8)
        row.addWidget(self.where, 1)
        row.addWidget(_button(actions, "thumbnails"))
        row.addWidget(_button(actions, "zoom_out"))
        row.addWidget(self.percent)
        row.addWidget(_button(actions, "zoom_in"))
        row.addWidget(_button(actions, "fit_width"))
        row.addWidget(_button(actions, "find_in_source"))
        self.documents.activated.connect(self._on_activated)

    def set_documents(self, documents: Sequence[DocumentRecord]) -> None:
        """What there is to choose from."""
        now = [(record.summary.name, record.summary.id) for record in documents]
        if now == [
            (self.documents.itemData(row, Qt.ItemDataRole.ToolTipRole), self.documents.itemData(row)) for row in self._rows()
        ]:
            return
        chosen = self.documents.currentData()
        self.documents.clear()
        for name, identity in now:
            self.documents.addItem(name.rsplit("/", 1)[-1], identity)
            self.documents.setItemData(self.documents.count() - 1, name, Qt.ItemDataRole.ToolTipRole)
        self.documents.setCurrentIndex(self.documents.findData(chosen))

    def set_document(self, identity: str | None) -> None:
        """The document shown."""
        self.documents.setCurrentIndex(self.documents.findData(identity) if identity is not None else -1)

    def say(self, where: str, zoom: float | None) -> None:
        """Which part of it is in sight, and how large it is shown."""
        self.where.setText(where)
        self.percent.setText(tr("source.percent", percent=round(zoom * 100)) if zoom is not None else "")

    def _rows(self) -> range:
        return range(self.documents.count())

    def _on_activated(self, row: int) -> None:
        self.document_wanted.emit(self.documents.itemData(row))


def _button(actions: Actions, name: str) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(actions[name])
    button.setAccessibleName(actions[name].text())
    return button
