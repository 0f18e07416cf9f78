"""When Python looks for cycles of objects that nobody needs: between the user's actions, and never in what is kept anyway.

Looking through a tender of twenty thousand items takes a tenth of a second and more, on whatever thread happens to make the next
object, and finds nothing: records hold no cycles. So the automatic search is off while the window runs. A timer looks through
what is new, which is little; when much is new it is a tender that was opened or read, and is set aside instead of looked through.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

__all__ = ["Tidying"]

_OFTEN = 1_000
"""Milliseconds between two looks at how much is new."""
_LITTLE = 2_000
_MUCH = 15_000
"""New objects: fewer than the first are left for later, more than the second are a tender."""
_WHOLE = 25_000
"""Objects that are looked through in one go, at most: some ten milliseconds."""


class Tidying(QObject):
    """Takes over from the automatic search while it runs."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._automatic = False
        self._seen = 0
        self._clock = QTimer(self)
        self._clock.setInterval(_OFTEN)
        self._clock.timeout.connect(self.tidy)

    def start(self) -> None:
        """Take over. What has been imported stays for good, and is set aside."""
        self._automatic = gc.isenabled()
        gc.disable()
        self._set_aside()
        self._clock.start()

    def stop(self) -> None:
        """Give back."""
        if self._clock.isActive():
            self._clock.stop()
            gc.unfreeze()
        if self._automatic:
            gc.enable()

    def tidy(self) -> None:
        """Look through what is new, or set it aside."""
        new = gc.get_count()[0]
        if new < _LITTLE:
            return
        if new > _MUCH or self._seen + new > _WHOLE:
            self._set_aside()
        else:
            self._seen += new
            gc.collect()

    def _set_aside(self) -> None:
        gc.freeze()
        gc.collect(0)  # begins to count anew
        self._seen = 0
