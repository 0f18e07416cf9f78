"""The actions on the document in sight: how large it is shown, and marking its text by keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.gui.actions import Actions
from app.gui.source.shelf import Shown
from app.gui.source.sighted import Sighted
from app.gui.source.surface import next_zoom

__all__ = ["Lens"]


class Lens(QObject):
    """Acts on what `surface` gives."""

    def __init__(self, actions: Actions, surface: Callable[[], Shown | None], view: QWidget) -> None:
        super().__init__(view)
        self._surface = surface
        Sighted(
            view,
            {
                actions["zoom_in"]: self._on_larger,
                actions["zoom_out"]: self._on_smaller,
                actions["fit_width"]: self._on_fit,
                actions["mark_text"]: self._on_mark,
            },
        )

    def _on_larger(self) -> None:
        if (shown := self._surface()) is not None:
            shown.zoom_to(next_zoom(shown.zoom, larger=True))

    def _on_smaller(self) -> None:
        if (shown := self._surface()) is not None:
            shown.zoom_to(next_zoom(shown.zoom, larger=False))

    def _on_mark(self) -> None:
        if (shown := self._surface()) is not None:
            shown.begin_caret()

    def _on_fit(self) -> None:
        if (shown := self._surface()) is not None:
            shown.zoom_to(None)
