"""The ways: a form chosen, filled in and reported; a file of colleagues read, compared and taken in as one step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QFileDialog

from app.core.differences import Comparison
from app.core.work import FileLink
from app.gui.filling.compare_lines import taken_of
from app.gui.filling.reporting import Reporting
from app.gui.filling.sheets import BusySheet, CompareSheet, FormsSheet
from app.gui.filling.trouble import show_trouble
from app.gui.filling.work import (
    Compared,
    Fetched,
    FillWish,
    FormMade,
    MakeWork,
    compared_form,
    compared_matrix,
    filled_form,
    in_children,
)
from app.gui.jobs import Control, Job
from app.gui.messages import tr
from app.gui.session import Session
from app.gui.shell.window import MainWindow
from app.workflow.desk import Desk
from app.workflow.form_list import ListedForm, forms_of

__all__ = ["Filling"]

_PATIENCE = 300
"""Milliseconds before a sheet shows how far something has come: what is done sooner needs none."""


class Filling(QObject):
    """One piece of work at a time. `make` makes who does things with one file (for tests)."""

    def __init__(self, session: Session, window: MainWindow, make: MakeWork = in_children) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._make = make
        self._job: Job | None = None
        self._busy: BusySheet | None = None
        self._title, self._name = "", ""
        self._reporting = Reporting(session, window, self)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_PATIENCE)
        self._calm.timeout.connect(self._show_busy)

    @property
    def busy(self) -> bool:
        """Whether something is being filled in or read."""
        return self._job is not None

    def shut(self) -> None:
        """End it, and wait for it."""
        self._calm.stop()
        self._reporting.shut()
        job, self._job = self._job, None
        if job is not None:
            job.close()

    # --- a form filled in

    def ask_form(self) -> None:
        """Which form is filled in."""
        if self._ready():
            sheet = FormsSheet(self._forms(), self._window)
            sheet.chosen.connect(self._ask_target)
            sheet.open()

    def fill(self, form: ListedForm, target: Path) -> None:
        """Fill in a copy of the form. Another ending than the form's is not taken: the copy gets the form's as well."""
        desk = self._session.desk
        if desk is None or self.busy:
            return
        self._window.flush()  # what is typed and not kept yet is an answer, too
        if target.suffix.lower() != form.suffix:
            target = _free(target.with_name(target.name + form.suffix))
        wish = FillWish(self._fetched(desk, form), target, desk.items(), desk.documents)
        self._start(partial(filled_form, wish, self._make), partial(self._on_filled, desk), target.name)

    def _ask_target(self, form: ListedForm) -> None:
        desk = self._session.desk
        if desk is None:
            return
        dialog = self._dialog(tr("filling.choose_target"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"*{form.suffix}"])
        dialog.setDefaultSuffix(form.suffix.removeprefix("."))
        if desk.tender.bid_folder:
            dialog.setDirectory(desk.tender.bid_folder)
        dialog.selectFile(f"{tr('filling.copy_name', name=form.name.removesuffix(Path(form.name).suffix))}{form.suffix}")
        dialog.fileSelected.connect(partial(self._on_target, form))
        dialog.open()

    def _on_target(self, form: ListedForm, path: str) -> None:
        self.fill(form, Path(path))

    def _on_filled(self, desk: Desk, made: FormMade) -> None:
        if desk is self._session.desk:
            self._reporting.show(desk, made)
        elif made.written:
            self._window.toast.tell(tr("filling.written", file=made.target.name), can_undo=False)

    # --- what colleagues filled in

    def ask_matrix(self) -> None:
        """Which matrix is read in."""
        if self._ready():
            dialog = self._dialog(tr("filling.choose_matrix"))
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
            dialog.setNameFilters(["Excel (*.xlsx *.xlsm)", tr("filling.any_file")])
            dialog.fileSelected.connect(self._on_matrix)
            dialog.open()

    def read_matrix(self, path: Path) -> None:
        """Read it and show what it would change."""
        desk = self._session.desk
        if desk is None or self.busy:
            return
        self._window.flush()
        links: dict[str, list[FileLink]] = {}
        for link in desk.links:
            links.setdefault(link.item, []).append(link)
        work = partial(compared_matrix, path, desk.items(), links, self._make)
        self._start(work, partial(self._on_compared, desk, False), path.name)

    def ask_filled(self) -> None:
        """Which form came back filled in, and in which file."""
        if self._ready():
            sheet = FormsSheet(self._forms(), self._window, back=True)
            sheet.chosen.connect(self._ask_copy)
            sheet.open()

    def read_form(self, form: ListedForm, path: Path) -> None:
        """Read the filled copy of a form and show what it would change."""
        desk = self._session.desk
        if desk is None or self.busy:
            return
        self._window.flush()
        work = partial(compared_form, path, self._fetched(desk, form), desk.items(), self._make)
        self._start(work, partial(self._on_compared, desk, True), path.name)

    def _on_matrix(self, path: str) -> None:
        self.read_matrix(Path(path))

    def _ask_copy(self, form: ListedForm) -> None:
        dialog = self._dialog(tr("filling.choose_copy", name=form.name))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([f"*{form.suffix}", tr("filling.any_file")])
        if self._session.desk is not None and self._session.desk.tender.bid_folder:
            dialog.setDirectory(self._session.desk.tender.bid_folder)
        dialog.fileSelected.connect(partial(self._on_copy, form))
        dialog.open()

    def _on_copy(self, form: ListedForm, path: str) -> None:
        self.read_form(form, Path(path))

    def _on_compared(self, desk: Desk, form: bool, compared: Compared) -> None:
        if desk is not self._session.desk:
            return
        title = tr("filling.compare_form_title") if form else tr("filling.compare_title")
        sheet = CompareSheet(compared.comparison, compared.rows, title, self._window)
        sheet.taken.connect(partial(self._on_taken, desk, compared.comparison))
        sheet.open()

    def _on_taken(self, desk: Desk, comparison: Comparison, chosen: tuple[str, ...]) -> None:
        if desk is not self._session.desk:
            return
        self._window.flush()
        wanted = taken_of(comparison, chosen)
        left = desk.take_answers(wanted, comparison.file)
        if left:  # the list went on while the sheet was open
            self._window.toast.tell(tr("filling.left", count=len(left)), can_undo=len(left) < len(wanted))

    # --- how

    def _ready(self) -> bool:
        return self._session.desk is not None and not self.busy

    def _forms(self) -> tuple[ListedForm, ...]:
        self._window.flush()
        desk = self._session.desk
        return forms_of(desk.documents, desk.items()) if desk is not None else ()

    def _fetched(self, desk: Desk, form: ListedForm) -> Fetched:
        return Fetched(form.document, self._session.office.file, self._session.passwords.of(desk.key))

    def _start(self, work: Callable[[Control], Any], then: Callable[[Any], None], name: str) -> None:
        self._title, self._name = tr("filling.busy"), name
        self._job = Job(work, None, self)
        self._job.progressed.connect(self._on_progressed)
        self._job.finished.connect(partial(self._on_finished, then))
        self._job.failed.connect(self._on_failed)
        self._job.ended.connect(self._on_ended)
        self._job.start()
        self._calm.start()

    def _on_finished(self, then: Callable[[Any], None], result: Any) -> None:
        self._hide_busy()
        then(result)

    def _on_failed(self, finding: Any) -> None:
        self._hide_busy()
        show_trouble(finding, self._window)

    def _on_ended(self) -> None:
        self._hide_busy()
        job, self._job = self._job, None
        if job is not None:
            job.deleteLater()

    def _show_busy(self) -> None:
        if self._job is not None:
            self._busy = BusySheet(self._title, self._name, self._window)
            self._busy.stopped.connect(self._on_stopped)
            self._busy.open()

    def _hide_busy(self) -> None:
        self._calm.stop()
        sheet, self._busy = self._busy, None
        if sheet is not None:
            sheet.close()

    def _on_stopped(self) -> None:
        """By the user, not because the work is done."""
        if self._busy is not None:
            self._busy = None
            if self._job is not None:
                self._job.cancel()

    def _on_progressed(self, step: int) -> None:
        if self._busy is not None:
            self._busy.show_step(step)

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog


def _free(target: Path) -> Path:
    """The name itself, or with a number when there is such a file: the dialog has asked about another name."""
    number, free = 1, target
    while free.exists():
        number += 1
        free = target.with_name(f"{target.stem} ({number}){target.suffix}")
    return free
