"""What the menu of the vault does: backups, a tender as a file and back, settings and about. Dialogs first, then the office."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.document import Finding
from app.gui.actions import Actions
from app.gui.messages import tr
from app.gui.overview.page import OverviewPage
from app.gui.session import TENDER_ENDING, Session
from app.gui.shell.preferences import Preferences
from app.gui.shell.sheet import UnsavedDialog
from app.gui.shell.window import OVERVIEW, MainWindow
from app.workflow.writer import Writer

if TYPE_CHECKING:
    from app.gui.shell.passphrase import AskPassphrase
    from app.workflow.office import Backup, Office

__all__ = ["Keeping"]


class Keeping(QObject):
    """Wires the actions that are about the vault as a whole. `preferences` are those shown in the settings.

    What copies all of a vault or a tender goes through `copier`, so that saving never waits for it.
    """

    preferences_chosen = Signal(object)

    def __init__(self, office: Office, session: Session, actions: Actions, window: MainWindow, copier: Writer) -> None:
        super().__init__(window)
        self._copier = copier
        self.preferences = Preferences()
        self._office = office
        self._session = session
        self._window = window
        self._asked: AskPassphrase | None = None
        self._path = Path()
        self._key = ""
        self._given: list[Path] = []
        session.saved_given.connect(self._on_given)
        for name, slot in (
            ("backup_now", self._on_backup),
            ("restore_backup", self._on_restore_wanted),
            ("import_tender", self._on_import_wanted),
        ):
            actions[name].triggered.connect(slot)
        window.settings_wanted.connect(self._on_settings)
        window.about_wanted.connect(self._on_about)
        page = window.prepare(OVERVIEW)  # a window of another language may have begun with the list
        if isinstance(page, OverviewPage):
            page.export_wanted.connect(self._on_export_wanted)

    # --- settings and about

    def _on_settings(self) -> None:
        from app.gui.shell.settings import SettingsDialog

        dialog = SettingsDialog(self.preferences, self._window)
        dialog.chosen.connect(self.preferences_chosen)
        dialog.open()

    def _on_about(self) -> None:
        from app.gui.shell.about import AboutDialog

        AboutDialog(self._window).open()

    # --- backups

    def _on_backup(self) -> None:
        self._saved()
        self._copier.submit(self._office.backup_now, self._on_backed_up, self._session.failed.emit)

    def _saved(self) -> None:
        """What is typed and done so far is in the copy that is made next."""
        self._window.flush()
        self._session.settle()

    def _on_backed_up(self, _backup: Backup) -> None:
        self._window.toast.tell(tr("vault.backed_up"), can_undo=False)

    def _on_restore_wanted(self) -> None:
        self._session.writer.submit(self._office.backups, self._on_backups, self._session.failed.emit)

    def _on_backups(self, backups: Sequence[Backup]) -> None:
        from app.gui.shell.trouble import BackupRow, BackupsDialog

        rows = [BackupRow(backup.path, backup.at, backup.size) for backup in backups]
        dialog = BackupsDialog(rows, self._window)
        dialog.restore.connect(self._on_restore)
        dialog.open()

    def _on_restore(self, backup: Path) -> None:
        self._saved()
        self._path = backup
        if not self._session.unsaved:
            self._restore()
            return
        lead, leave = tr("vault.restore_unsaved_lead"), tr("vault.restore_unsaved")
        dialog = UnsavedDialog(self._session.unsaved, self._window, lead, leave)
        dialog.retry.connect(self._session.retry)
        dialog.leave.connect(self._restore)
        dialog.open()

    def _restore(self) -> None:
        """Go back to the copy. No desk outlives it: what one would still write belongs to what was there before."""
        self._session.let_go()
        self._session.writer.submit(partial(self._office.restore, self._path), self._on_restored, self._session.failed.emit)

    def _on_restored(self, _kept: Path | None) -> None:
        self._session.refresh()
        self._window.toast.tell(tr("vault.restored"), can_undo=False)

    # --- a tender as a file

    def _on_export_wanted(self, key: str) -> None:
        self._key = key
        dialog = _file_dialog(self._window, tr("vault.export_file"), QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(self._on_export_file)
        dialog.open()

    def _on_export_file(self, name: str) -> None:
        from app.gui.shell.passphrase import NewPassphrase

        self._path = Path(name)
        dialog = NewPassphrase(tr("vault.export_title"), tr("vault.export_lead"), self._window)
        dialog.given.connect(self._on_export)
        dialog.open()

    def _on_export(self, passphrase: str) -> None:
        work = partial(self._office.export_tender, self._key, passphrase, self._path)
        self._saved()
        self._copier.submit(work, self._on_exported, self._session.failed.emit)

    def _on_exported(self, _nothing: object) -> None:
        self._window.toast.tell(tr("vault.exported"), can_undo=False)

    def _on_import_wanted(self) -> None:
        dialog = _file_dialog(self._window, tr("vault.import_file"), QFileDialog.AcceptMode.AcceptOpen)
        dialog.fileSelected.connect(self._on_import_file)
        dialog.open()

    def _on_given(self, paths: tuple[Path, ...]) -> None:
        """Files that were dropped, or that the program was opened with: one question at a time."""
        self._given += paths
        if self._asked is None:
            self._on_import_file(str(self._given.pop(0)))

    def _on_import_file(self, name: str) -> None:
        from app.gui.shell.passphrase import AskPassphrase

        self._path = Path(name)
        self._asked = AskPassphrase(tr("vault.import_title"), tr("vault.import_lead"), self._window, with_code=False)
        self._asked.given.connect(self._on_import)
        self._asked.finished.connect(self._on_asked)
        self._asked.open()

    def _on_asked(self) -> None:
        self._asked = None
        if self._given:
            self._on_import_file(str(self._given.pop(0)))

    def _on_import(self, passphrase: str) -> None:
        work = partial(self._office.import_tender, self._path, passphrase)
        self._copier.submit(work, self._on_imported, self._on_import_failed)

    def _on_imported(self, key: str) -> None:
        if self._asked is not None:
            self._asked.accept()
        self._session.refresh()
        self._session.open_tender(key)

    def _on_import_failed(self, finding: Finding) -> None:
        if self._asked is not None:
            self._asked.show_finding(finding)
        else:
            self._session.failed.emit(finding)


def _file_dialog(parent: QWidget, title: str, mode: QFileDialog.AcceptMode) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(mode)
    dialog.setNameFilter(f"Anbudsklar (*{TENDER_ENDING})")
    dialog.setDefaultSuffix(TENDER_ENDING)
    return dialog
