"""Icons: glyphs of the Phosphor font that comes with QtAwesome, drawn in the theme's colours whenever they are painted.

QtAwesome itself is not imported: it loads fourteen fonts and their tables before the first icon, which takes longer than
opening an empty window. Only its Phosphor font and table are read, when the first icon is painted.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from app.gui.theme import theme

__all__ = ["draw_icon", "icon"]

_SHARE = 0.875
"""How much of its box a glyph fills."""


@cache
def icon(name: str, role: str = "ink_2") -> QIcon:
    """The icon with a name of Phosphor ("ph.gear"), in the colour of a role. Follows the theme. Raises KeyError when painted
    with a name that the font does not have."""
    return QIcon(_Engine(name, role))


def draw_icon(painter: QPainter, rect: QRect, name: str, role: str = "ink_2") -> None:
    """Paint an icon into a rectangle, for delegates."""
    family, glyphs = _phosphor()
    font = QFont(family)
    font.setPixelSize(max(1, round(rect.height() * _SHARE)))
    painter.save()
    painter.setFont(font)
    painter.setPen(theme.colour(role))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, glyphs[name.removeprefix("ph.")])
    painter.restore()


@cache
def _phosphor() -> tuple[str, dict[str, str]]:
    """The font's family and its glyphs by name."""
    spec = find_spec("qtawesome")
    if spec is None or spec.origin is None:
        return "", {}
    folder = Path(spec.origin).parent / "fonts"
    font, table = next(folder.glob("phosphor-[0-9]*.ttf")), next(folder.glob("phosphor-charmap-*.json"))
    number = QFontDatabase.addApplicationFont(str(font))
    codes: dict[str, str] = json.loads(table.read_text("utf-8"))
    return QFontDatabase.applicationFontFamilies(number)[0], {name: chr(int(code, 16)) for name, code in codes.items()}


class _Engine(QIconEngine):
    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name = name
        self._role = role

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        on = state is QIcon.State.On and self._role == "ink_2"
        role = "ink_3" if mode is QIcon.Mode.Disabled else "accent" if on else self._role
        draw_icon(painter, rect, self._name, role)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        if picture.isNull():  # a size without room: there is nothing that a painter could begin on
            return picture
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        return picture
