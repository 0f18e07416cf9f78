"""Fills the minimap a little at a time: a tender may have twenty thousand marks."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from app.core.document import Place
from app.gui.source.marks import Gap, Mark
from app.gui.source.minimap import Minimap, Tick

__all__ = ["Ticking"]

_SLICE = 0.008
"""Seconds of placing marks before the window gets a turn."""
_AT_ONCE = 16
"""Marks placed between two looks at the clock."""

_STEPS = 1500
"""Heights that the strip tells apart: more than it has pixels."""


class FractionOf(Protocol):
    """What a surface answers: where in the whole a quote at a place is, 0 to 1."""

    def __call__(self, place: Place, quote: str = "", /) -> float | None: ...


class Ticking(QObject):
    """The latest order replaces the one that is being worked on. The strip keeps what it shows until the new one is whole."""

    def __init__(self, minimap: Minimap) -> None:
        super().__init__(minimap)
        self._minimap = minimap
        self._fraction_of: FractionOf | None = None
        self._marks: Sequence[Mark] = ()
        self._gaps: Sequence[Gap] = ()
        self._at = 0
        self._ticks: dict[str, Tick] = {}
        self._gap_at: dict[int, float] = {}
        self._tick_at: dict[int, Tick] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._on_turn)

    def begin(self, fraction_of: FractionOf | None, marks: Sequence[Mark], gaps: Sequence[Gap]) -> None:
        """Show these, each where `fraction_of` says; nothing without it."""
        self._fraction_of, self._marks, self._gaps = fraction_of, marks, gaps
        self._ticks, self._tick_at, self._gap_at, self._at = {}, {}, {}, 0
        if fraction_of is None:
            self._timer.stop()
            self._minimap.set_ticks({}, (), ())
        else:
            self._timer.start()

    def _on_turn(self) -> None:
        fraction_of = self._fraction_of
        if fraction_of is None:
            return
        until, last = perf_counter() + _SLICE, max(len(self._marks), len(self._gaps))
        while self._at < last and perf_counter() < until:
            self._place(fraction_of, self._at, self._at + _AT_ONCE)
            self._at += _AT_ONCE
        if self._at < last:
            self._timer.start()
        else:
            self._minimap.set_ticks(self._ticks, list(self._tick_at.values()), sorted(self._gap_at.values()))
            self._fraction_of = None

    def _place(self, fraction_of: FractionOf, first: int, until: int) -> None:
        for mark in self._marks[first:until]:
            share = fraction_of(mark.place, mark.quote)
            if share is not None:
                tick = Tick(share, mark.kind, mark.state, mark.owner, mark.role)
                self._ticks[mark.owner] = self._tick_at[int(share * _STEPS)] = tick
        for gap in self._gaps[first:until]:
            share = fraction_of(gap.place)
            if share is not None:
                self._gap_at[int(share * _STEPS)] = share
