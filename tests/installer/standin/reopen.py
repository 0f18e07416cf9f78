"""Inside the frozen program: the vault opens with the keyring's key, and the tender is as it was."""

from __future__ import annotations

import os
import runpy
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

work = runpy.run_path(str(Path(os.environ["STANDIN_DRIVE"]).with_name("work.py")))


def drive(program: Any) -> Generator[Callable[[], object], None, object]:
    session = program.session
    yield lambda: session.ready and session.tenders
    (tender,) = session.tenders
    session.open_tender(tender.record.key)
    yield lambda: session.desk is not None and work["at_rest"](program)
    found = work["kept"](session.desk)
    program.actions["quit"].trigger()
    return found
