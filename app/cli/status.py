"""What an order is to the command line, and the exit statuses that scripts can trust."""

from __future__ import annotations

from abc import ABC, abstractmethod
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.workers.runner import ProcessRunner

__all__ = ["Order", "Status"]


class Status(IntEnum):
    """0 all is done, 1 done with gaps, 2 the command is wrong, 3 nothing could be made of what was given and nothing was written,
    4 the result could not be written, 5 a review found obstacles, 130 interrupted."""

    READ = 0
    PARTLY = 1
    USAGE = 2
    NOTHING = 3
    UNWRITTEN = 4
    OBSTACLES = 5
    INTERRUPTED = 130


class Order(ABC):
    """What the user wants done. Each command has its own, a frozen dataclass."""

    __slots__ = ()

    @abstractmethod
    def carry_out(self, early: ProcessRunner | None) -> int:
        """Do it and answer with the exit status. `early` is a runner that waits already, for commands of `READING`."""
