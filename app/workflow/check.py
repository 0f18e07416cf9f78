"""Check a procurement: find its files, have each read by a runner, and build the checklist of what they ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from app.core.checklist import Checklist
from app.core.document import Finding
from app.core.errors import AnbudsklarError
from app.core.limits import DEFAULT_LIMITS, Limits
from app.core.points import Glimpse, Reading

if TYPE_CHECKING:
    from app.documents.reader import ReadRequest

__all__ = ["CancelledError", "Runner", "Step", "check", "get_ready"]


class CancelledError(AnbudsklarError):
    """The user stopped the work before it was done."""

    code = "work.cancelled"


@dataclass(frozen=True, slots=True)
class Step:
    """How far the work has come: `file` is number `index` of those to read, `done` of its `total` pages are read.

    `document` is the document at hand inside the file, `finished` says that nothing more comes from the file.
    """

    index: int
    file: str
    document: str
    done: int = 0
    total: int = 0
    finished: bool = False


class Runner(Protocol):
    """Reads files somewhere: in this process or in a child that may crash."""

    def run(
        self, requests: Sequence[ReadRequest], progress: Callable[[Step], None], cancelled: Callable[[], bool]
    ) -> Iterator[tuple[int, Reading | Finding | Glimpse]]:
        """Readings and failures as they come, each with the number of its request. Raises CancelledError.

        Glimpses come for the requests that want them.
        """
        ...


def check(
    paths: Sequence[Path],
    passwords: Sequence[str] = (),
    limits: Limits = DEFAULT_LIMITS,
    *,
    runner: Runner,
    progress: Callable[[Step], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    listed: Callable[[Sequence[ReadRequest]], None] | None = None,
) -> Checklist:
    """The checklist of everything that the files and folders ask for, in the order of the files.

    What cannot be read is in the checklist as a document with an error, never an exception. `listed` is told which files
    there are before the first is read. Raises CancelledError.
    """
    from app.documents.package import files_in

    requests, failures = files_in(paths, passwords, limits)
    if listed is not None:
        listed(requests)
    results: list[list[Reading | Finding]] = [[] for _ in requests]
    for index, result in runner.run(requests, progress or _ignore, cancelled or _never):
        if not isinstance(result, Glimpse):
            results[index].append(result)

    from app.checklist.build import build

    readings = [result for group in results for result in group if isinstance(result, Reading)]
    failures += [result for group in results for result in group if isinstance(result, Finding)]
    return build(readings, failures)


def get_ready() -> None:
    """Load what building a list needs. Worth doing on another thread while the first file is being read."""
    from app.checklist.build import build
    from app.core.document import Document, DocumentKind
    from app.core.points import Point, PointKind, Source

    asked = Point(PointKind.ATTACHMENT, True, "Intyg om skatter", Source("", "Intyg om skatter"))
    build([Reading(Document("", DocumentKind.TEXT, ""), (asked, asked))], [])


def _ignore(step: Step) -> None:
    del step


def _never() -> bool:
    return False
