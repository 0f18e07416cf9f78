"""The review as a report: where to, PDF or HTML, and written on the writer's thread."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.catalogue import explain
from app.core.document import Finding
from app.gui.messages import language, tr
from app.gui.session import Session
from app.workflow.auditing import Audit

__all__ = ["Reporting"]

_FORMATS = {"PDF (*.pdf)": "pdf", "HTML (*.html)": "html"}
_LONGEST = 80
"""Characters of a name that is proposed."""


class Reporting(QObject):
    """Asks for a file and writes the review that was shown when it was asked."""

    written = Signal(object)  # str: the file's name

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._suffix = "pdf"

    def ask(self, audit: Audit) -> None:
        """Where to."""
        dialog = QFileDialog(self._window, tr("review.report_file"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(_FORMATS))
        self._suffix = "pdf"
        dialog.setDefaultSuffix(self._suffix)
        dialog.filterSelected.connect(self._on_filter)
        name = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', " ", audit.inputs.tender.name or "")
        dialog.selectFile(" ".join((tr("review.report_name"), *name.split()))[:_LONGEST].rstrip(" ."))
        dialog.fileSelected.connect(partial(self._on_file, audit))
        dialog.open()

    def write(self, audit: Audit, target: Path, name: str) -> None:
        """Write it in a format ("pdf", "html"), whole or not at all."""
        work = partial(_written, audit, target, name, language())
        self._session.writer.submit(work, self.written.emit, self._session.failed.emit)

    def _on_filter(self, chosen: str) -> None:
        self._suffix = _FORMATS.get(chosen, "pdf")
        if isinstance(dialog := self.sender(), QFileDialog):
            dialog.setDefaultSuffix(self._suffix)

    def _on_file(self, audit: Audit, path: str) -> None:
        target = Path(path)
        name = target.suffix.removeprefix(".").casefold()
        self.write(audit, target, name if name in _FORMATS.values() else self._suffix)


def _written(audit: Audit, target: Path, name: str, chosen: str) -> str:
    from app.workflow.exports import write_file
    from app.workflow.review_report import review_writer

    write_file(target, review_writer(name, audit.review, audit.inputs, chosen, _said))
    return target.name


def _said(finding: Finding, chosen: str) -> str:
    said = explain(finding, chosen)
    return " ".join(part for part in (f"{said.place}:" if said.place else "", said.text, said.remedy) if part)
