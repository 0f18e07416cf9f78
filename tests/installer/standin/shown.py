"""Inside the frozen program: when its window stands with the tenders in it. Answers with the time of day in seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import Any


def drive(program: Any) -> Generator[Callable[[], object], None, object]:
    yield lambda: program.session.ready and program.window is not None and program.window.isVisible()
    at = time.time()
    program.actions["quit"].trigger()
    return at
