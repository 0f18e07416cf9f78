"""What a page may be able to do besides being shown. The window asks, so that no page needs to know it.

Also how the panes of all pages are remembered together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QByteArray

__all__ = ["Ends", "Remembers", "Reports", "Types", "joined_sizes", "sizes_of"]

_BETWEEN = b"\f"


@runtime_checkable
class Ends(Protocol):
    """A page with threads or children of its own."""

    def shut(self) -> None:
        """End them: the window closes."""
        ...


@runtime_checkable
class Types(Protocol):
    """A page where the user types."""

    def flush(self) -> None:
        """Hand over what is typed and not kept yet."""
        ...


@runtime_checkable
class Reports(Protocol):
    """A page that can be saved as a report."""

    def save_report(self) -> None:
        """Ask where to."""
        ...


@runtime_checkable
class Remembers(Protocol):
    """A page whose panes the user divides."""

    def save_sizes(self) -> QByteArray:
        """How they are divided."""
        ...

    def restore_sizes(self, sizes: QByteArray) -> None:
        """Divide them like that again."""
        ...


def joined_sizes(sizes: Mapping[int, QByteArray]) -> QByteArray:
    """How the panes of several pages are divided, each with the page's number."""
    return QByteArray(_BETWEEN.join(b"%d:" % number + one.data() for number, one in sorted(sizes.items())))


def sizes_of(joined: QByteArray, number: int, first: int) -> QByteArray | None:
    """A page's out of all; what has no number, as it once was, is that of page `first`."""
    for part in bytes(joined.data()).split(_BETWEEN):
        head, colon, rest = part.partition(b":")
        if colon and head == b"%d" % number:
            return QByteArray(rest)
        if part and not colon and number == first:
            return QByteArray(part)
    return None
