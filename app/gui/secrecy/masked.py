"""What became of the masked copies: file by file, with what the user must know of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.core.document import Finding
from app.gui.messages import explained, tr
from app.gui.shell.sheet import Sheet, words

__all__ = ["MaskedDialog"]


class MaskedDialog(Sheet):
    """`outcomes` are `workflow.masking.FileOutcome`s."""

    def __init__(self, outcomes: Sequence[Any], parent: QWidget) -> None:
        made = [one for one in outcomes if one.copy is not None]
        failed = [one for one in outcomes if one.error is not None]
        lead = tr("secrecy.masked_some", count=len(failed)) if failed else tr("secrecy.masked_all")
        super().__init__(tr("secrecy.masked_title", count=len(made)), lead, parent, width=600)
        self._folder: Path | None = made[0].copy.parent if made else None
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for one in outcomes:
            if one.copy is None and one.error is None:
                continue
            if one.copy is not None:
                column.addWidget(words(tr("secrecy.masked_file", file=one.copy.name, count=one.places), "strong"))
            else:
                column.addWidget(words(f"✕ {one.name}", "fault"))
                column.addWidget(words(_told(one.error), "small"))
            for finding in one.warnings:
                column.addWidget(words(_told(finding), "small"))
            column.addSpacing(8)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        scroll.setMinimumHeight(260)
        self.body.addWidget(scroll)
        if self._folder is not None:
            self.button(tr("secrecy.open_folder"), left=True).clicked.connect(self._on_folder)
        self.button(tr("shell.close"), primary=True).clicked.connect(self.accept)

    def _on_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def _told(finding: Finding) -> str:
    said = explained(finding)
    return " ".join(part for part in (said.text, said.remedy) if part)
