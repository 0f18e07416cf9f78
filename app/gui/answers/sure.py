"""Which suggestions are as good as sure, so that they may be taken together."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from app.gui.answers.rows import AskedRow

__all__ = ["sure_pairs"]

_APART = 0.1
"""How much better the best of several files must fit: two that are as good are the user's to choose between."""


def sure_pairs(rows: Iterable[object]) -> list[tuple[str, Path]]:
    """Items without a file, each with the one file that as good as surely is what they ask for."""
    pairs = []
    for row in rows:
        if not isinstance(row, AskedRow) or row.linked or not row.fits or not row.fits[0].strong:
            continue
        others = [fit.score for fit in row.fits[1:]]
        if not others or row.fits[0].score - max(others) >= _APART:
            pairs.append((row.key, Path(row.fits[0].path)))
    return pairs
