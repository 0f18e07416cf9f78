"""The look of a masked cell: as it was, on grey, its text in the middle."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from app.secrecy.masking.package import Package, local

__all__ = ["Shading"]

Element = Any
_GREY = "FFD9D9D9"


class Shading:
    """Adds to a workbook's styles a shaded twin of each that is asked for."""

    def __init__(self, package: Package, main: str) -> None:
        parts = package.related(main, "styles")
        self._root = package.tree(parts[0]) if parts else None
        self._twins: dict[str, str] = {}
        self._fill: str | None = None

    def shaded(self, style: str) -> str:
        """The number of the shaded twin of a style; the same number where the workbook has no styles."""
        if style not in self._twins:
            self._twins[style] = self._made(style)
        return self._twins[style]

    def _made(self, style: str) -> str:
        looks = self._child("cellXfs")
        if looks is None or not style.isdigit() or int(style) >= len(looks):
            return style
        fill = self._grey()
        if fill is None:
            return style
        twin = deepcopy(looks[int(style)])
        twin.set("fillId", fill)
        twin.set("applyFill", "1")
        looks.append(twin)
        looks.set("count", str(len(looks)))
        return str(len(looks) - 1)

    def _grey(self) -> str | None:
        fills = self._child("fills")
        if self._fill is None and fills is not None:
            space = fills.tag[: -len("fills")]
            fill = fills.makeelement(f"{space}fill")
            pattern = fill.makeelement(f"{space}patternFill", {"patternType": "solid"})
            pattern.append(pattern.makeelement(f"{space}fgColor", {"rgb": _GREY}))
            pattern.append(pattern.makeelement(f"{space}bgColor", {"indexed": "64"}))
            fill.append(pattern)
            fills.append(fill)
            fills.set("count", str(len(fills)))
            self._fill = str(len(fills) - 1)
        return self._fill

    def _child(self, name: str) -> Element | None:
        return next((child for child in self._root if local(child) == name), None) if self._root is not None else None
