"""The list as a file: where to, in which format, and written on the writer's thread. What is filtered away stays out."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from app.core.catalogue import explain
from app.core.document import Finding
from app.gui.actions import Actions
from app.gui.messages import language, tr
from app.gui.session import Session
from app.gui.shell.window import CHECKLIST, MainWindow
from app.workflow.office import Taken, checklist_of, export_list, taken_from, work_of

if TYPE_CHECKING:
    from app.workflow.desk import Desk

__all__ = ["Exporting", "ShowsItems"]

_LONGEST = 80
"""Characters of a name that is proposed."""
_FORMATS = {"Excel (*.xlsx)": "xlsx", "Word (*.docx)": "docx", "HTML (*.html)": "html", "JSON (*.json)": "json"}


@runtime_checkable
class ShowsItems(Protocol):
    """A page with a list that can be filtered."""

    def visible_keys(self) -> tuple[str, ...]:
        """The items in sight, in order."""
        ...


class Exporting(QObject):
    """Wires the action that exports the list."""

    def __init__(self, session: Session, actions: Actions, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._suffix = "xlsx"
        actions["export_list"].triggered.connect(self._on_wanted)

    def write(self, target: Path, name: str) -> None:
        """Write what is in sight to a file, in a format (xlsx, docx, html, json)."""
        desk = self._session.desk
        if desk is None:
            return
        self._window.flush()
        page = self._window.page(CHECKLIST)
        keys = page.visible_keys() if isinstance(page, ShowsItems) else None
        export = partial(_exported, taken_from(desk), keys, target, name, language())
        self._session.writer.submit(export, self._on_written, self._session.failed.emit)

    def _on_wanted(self) -> None:
        dialog = QFileDialog(self._window, tr("shell.export_file"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(_FORMATS))
        self._suffix = "xlsx"
        dialog.setDefaultSuffix(self._suffix)
        dialog.filterSelected.connect(self._on_filter)
        if self._session.desk is not None:
            dialog.selectFile(_suggested(self._session.desk))
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    def _on_filter(self, chosen: str) -> None:
        self._suffix = _FORMATS.get(chosen, "xlsx")
        if isinstance(dialog := self.sender(), QFileDialog):
            dialog.setDefaultSuffix(self._suffix)

    def _on_file(self, path: str) -> None:
        target = Path(path)
        name = target.suffix.removeprefix(".").casefold()
        if name not in _FORMATS.values():  # "Krav 2026.12": what stands after the dot is no format
            name = self._suffix
            target = _free(target.with_name(f"{target.name}.{name}"))
        self.write(target, name)

    def _on_written(self, written: tuple[str, int, int]) -> None:
        """How much is in the file, and that something is not: a filter is easily forgotten."""
        name, items, left_out = written
        said = tr("shell.exported", count=items, file=name[:_LONGEST])
        if left_out:
            said = f"{said} {tr('shell.exported_part', count=left_out)}"
        self._window.toast.tell(said, can_undo=False)


def _exported(taken: Taken, keys: tuple[str, ...] | None, target: Path, name: str, chosen: str) -> tuple[str, int, int]:
    """On the writer's thread: the file's name, how many items are in it, how many of the tender are not."""
    listed = checklist_of(taken, keys)
    work = work_of(taken, listed)
    export_list(listed, target, name, chosen, _said, work)
    return target.name, len(listed.items), work.left_out


def _suggested(desk: Desk) -> str:
    """A name for the file: that of the tender, as far as every system can keep it."""
    name = re.sub(r'[\x00-\x1f<>:"/\\|?*]+', " ", desk.tender.value("name") or "")
    return " ".join((tr("shell.export_name"), *name.split()))[:_LONGEST].rstrip(" .")


def _free(target: Path) -> Path:
    """The name itself, or with a number when there is such a file: the dialog has asked about another name."""
    number = 1
    free = target
    while free.exists():
        number += 1
        free = target.with_name(f"{target.stem} ({number}){target.suffix}")
    return free


def _said(finding: Finding, chosen: str) -> str:
    said = explain(finding, chosen)
    return " ".join(part for part in (f"{said.place}:" if said.place else "", said.text, said.remedy) if part)
