"""Inside the frozen program: a tender saved as a file was given at the start; its phrase is asked for, and it opens."""

from __future__ import annotations

import os
import runpy
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLineEdit

work = runpy.run_path(str(Path(os.environ["STANDIN_DRIVE"]).with_name("work.py")))


def phrase(program: Any) -> Any:
    return next((one for one in program.window.children() if type(one).__name__ == "AskPassphrase" and one.isVisible()), None)


def drive(program: Any) -> Generator[Callable[[], object], None, object]:
    yield lambda: program.session.ready and phrase(program)
    dialog = phrase(program)
    dialog.findChild(QLineEdit).setText(os.environ["STANDIN_PHRASE"])
    work["primary"](dialog)
    yield lambda: program.session.desk is not None and work["at_rest"](program)
    name = program.session.desk.tender.value("name")
    program.actions["quit"].trigger()
    return name
