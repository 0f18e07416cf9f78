"""What a page may do for the window besides being shown: each is asked for by having the methods."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QByteArray

__all__ = ["Ends", "Remembers", "Types"]


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
class Remembers(Protocol):
    """A page whose panes the user divides."""

    def save_sizes(self) -> QByteArray:
        """How they are divided."""
        ...

    def restore_sizes(self, sizes: QByteArray) -> None:
        """Divide them like that again."""
        ...
