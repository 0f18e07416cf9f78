"""A kind's tag as a widget."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.core.points import PointKind
from app.gui.checklist.marks import paint_tag, tag_height, tag_width
from app.gui.checklist.wording import kind_word
from app.gui.theme import theme

__all__ = ["KindTag", "restyle"]


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Give a widget a property that the style sheet looks at, and have it dressed again when that is another than before."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().polish(widget)


class KindTag(QWidget):
    """As in the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = PointKind.QUESTION
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_kind(self, kind: PointKind) -> None:
        """Another kind."""
        self._kind = kind
        self.setAccessibleName(kind_word(kind))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the word."""
        return QSize(tag_width(kind_word(self._kind)), tag_height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The tag."""
        del event
        with QPainter(self) as painter:
            paint_tag(painter, QRectF(self.rect()), self._kind, kind_word(self._kind))
