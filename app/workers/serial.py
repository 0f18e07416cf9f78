"""The runner that needs no child process: for tests and for finding faults with a debugger."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from app.core.document import Finding
from app.core.points import Glimpse, Reading
from app.documents.reader import Progress, ReadRequest
from app.workflow.check import CancelledError, Step
from app.workflow.reading import read_file, summary


class SerialRunner:
    """Reads the files one after another in this process. A reader that crashes or hangs takes the program with it."""

    def run(
        self, requests: Sequence[ReadRequest], progress: Callable[[Step], None], cancelled: Callable[[], bool]
    ) -> Iterator[tuple[int, Reading | Finding | Glimpse]]:
        """Readings and failures as they come, each with the number of its request. Raises CancelledError."""
        for index, request in enumerate(requests):

            def started(document: str, index: int = index, file: str = request.name) -> Progress:
                def pages(done: int, total: int) -> None:
                    progress(Step(index, file, document, done, total))
                    if cancelled():
                        raise CancelledError(file)

                pages(0, 0)
                return pages

            for result in read_file(request, started=started):
                if isinstance(result, Finding) and result.code == CancelledError.code:
                    raise CancelledError(request.name)
                yield index, result if request.blocks_only else _small(result)
            progress(Step(index, request.name, request.name, finished=True))


def _small(result: Reading | Finding | Glimpse) -> Reading | Finding | Glimpse:
    match result:
        case Reading():
            return summary(result)
        case Glimpse(reading):
            return Glimpse(summary(reading))
        case _:
            return result
