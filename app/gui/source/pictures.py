"""Pictures of pages that are kept, as many as a bound of bytes allows, and how a page is cut into them."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from app.gui.source.wanted import Tile

__all__ = ["Pictures", "tiles_of"]

_WHOLE_PIXELS = 4_000_000
"""Up to which a page is one picture."""
_EDGE = 1024
"""Pixels of a piece of a larger one."""


def tiles_of(page: int, width: int, height: int, seen: QRect | None = None) -> tuple[Tile, ...]:
    """The pictures of a page that is so many device pixels large: one, or those that touch what is seen of it."""
    if width * height <= _WHOLE_PIXELS:
        return (Tile(page, width, height, 0, 0, width, height),)
    seen = QRect(0, 0, width, height) if seen is None else seen.intersected(QRect(0, 0, width, height))
    if seen.isEmpty():
        return ()
    return tuple(
        Tile(page, width, height, left, top, min(_EDGE, width - left), min(_EDGE, height - top))
        for top in range(seen.top() // _EDGE * _EDGE, seen.bottom() + 1, _EDGE)
        for left in range(seen.left() // _EDGE * _EDGE, seen.right() + 1, _EDGE)
    )


class Pictures:
    """The pictures used last. What has not been looked at for longest goes first when there are more bytes than allowed."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._kept: OrderedDict[Tile, QImage] = OrderedDict()
        self._pages: dict[int, set[Tile]] = {}
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._kept)

    def __contains__(self, tile: Tile) -> bool:
        return tile in self._kept

    def put(self, tile: Tile, image: QImage) -> None:
        """Keep a picture."""
        if tile in self._kept:
            self._drop(tile)
        self._kept[tile] = image
        self._pages.setdefault(tile.page, set()).add(tile)
        self.bytes += tile.bytes
        self.trim(self._most)

    def trim(self, most_bytes: int) -> None:
        """Keep no more than so many bytes, and at least one picture."""
        while self.bytes > most_bytes and len(self._kept) > 1:
            self._drop(next(iter(self._kept)))

    def get(self, tile: Tile) -> QImage | None:
        """A picture, which counts as used by this."""
        image = self._kept.get(tile)
        if image is not None:
            self._kept.move_to_end(tile)
        return image

    def stand_in(self, page: int) -> QImage | None:
        """The largest picture of a whole page there is, whatever its size: shown scaled until the right one has come."""
        whole = [tile for tile in self._pages.get(page, ()) if (tile.width, tile.height) == (tile.whole, tile.high)]
        return self._kept[max(whole, key=lambda tile: tile.whole)] if whole else None

    def clear(self) -> None:
        """Keep none."""
        self._kept.clear()
        self._pages.clear()
        self.bytes = 0

    def _drop(self, tile: Tile) -> None:
        del self._kept[tile]
        self._pages[tile.page].discard(tile)
        self.bytes -= tile.bytes
