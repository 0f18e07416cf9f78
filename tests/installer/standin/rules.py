"""Inside the frozen program: what it finds of the rules beside itself, and whether reading its sample adds anything to that."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any


def drive(program: Any) -> Generator[Callable[[], object], None, object]:
    yield lambda: program.session.ready
    from app.extraction import kept
    from app.workflow.reading import warm

    found = len(kept._store().kept.patterns)
    for _ in warm():
        pass
    added = len(kept._store().kept.patterns) - found
    program.actions["quit"].trigger()
    return {"found": found, "added": added, "compiled": kept._store().added}
