"""Reading files into a desk, put together for the window: child processes read, the vault keeps, the desk takes in.

What reads is imported when the first file comes: a window without files opens sooner.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.core.work import DocumentRecord
from app.gui.jobs import Control

if TYPE_CHECKING:
    from app.workflow.desk import Desk
    from app.workflow.intake import Arrival, Blobs

__all__ = ["IntakeReader"]


class IntakeReader:
    """The `Reader` of the real program. Each run has children of its own, ended with it."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs

    def read(
        self, desk: Desk, paths: Sequence[Path], passwords: Sequence[str], control: Control, listed: Callable[[Any], None]
    ) -> None:
        """As `Reader.read`."""
        from app.workers.runner import ProcessRunner
        from app.workflow.intake import Intake, basis_of

        runner = ProcessRunner()
        try:
            intake = Intake(runner, self._blobs, partial(basis_of, desk), control.deliver)
            intake.read_paths(
                paths, passwords, progress=control.progress, cancelled=control.cancelled, listed=partial(_listed, listed)
            )
        finally:
            runner.close()

    def read_again(self, desk: Desk, documents: Sequence[DocumentRecord], passwords: Sequence[str], control: Control) -> None:
        """As `Reader.read_again`."""
        from app.workers.runner import ProcessRunner
        from app.workflow.intake import Intake, basis_of

        runner = ProcessRunner()
        try:
            intake = Intake(runner, self._blobs, partial(basis_of, desk), control.deliver)
            intake.read_again(documents, passwords, progress=control.progress, cancelled=control.cancelled)
        finally:
            runner.close()

    def settle(self, desk: Desk, arrival: Arrival) -> None:
        """As `Reader.settle`."""
        from app.workflow.intake import settle

        settle(desk, arrival)


def _listed(tell: Callable[[Any], None], names: Sequence[str]) -> None:
    tell(tuple(names))
