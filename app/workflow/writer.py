"""Work that must not keep the window waiting: handed over in order, answered later. The serial twin does it at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from app.core.document import Finding
from app.core.errors import AnbudsklarError

__all__ = ["SerialWriter", "Writer"]

Result = TypeVar("Result")


class Writer(Protocol):
    """Does work one piece at a time, in the order it was handed over, and answers on the thread that handed it over."""

    def submit(self, work: Callable[[], Result], then: Callable[[Result], None], failed: Callable[[Finding], None]) -> None:
        """Do `work`, later; then tell `then` what came of it, or `failed` why nothing did."""
        ...


class SerialWriter:
    """Does the work before it returns."""

    def submit(self, work: Callable[[], Result], then: Callable[[Result], None], failed: Callable[[Finding], None]) -> None:
        """As `Writer.submit`, at once."""
        try:
            result = work()
        except AnbudsklarError as error:
            failed(error.finding())
        else:
            then(result)
