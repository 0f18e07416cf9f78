"""Inside the frozen program: which dialog stands in the way of the vault, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import Any

from PySide6.QtWidgets import QLabel


def drive(program: Any) -> Generator[Callable[[], object], None, object]:
    yield lambda: program.entrance is not None and program.entrance.dialog is not None and program.entrance.dialog.isVisible()
    dialog = program.entrance.dialog
    said = [label.text() for label in dialog.findChildren(QLabel)]
    kind = type(dialog).__name__
    dialog.reject()
    return {"dialog": kind, "said": said}
