"""The way into the vault when the program starts: one step after the other, each with its dialog, until it is open or given up.

Nothing here decides anything about the vault: `workflow.opening` does, on the writer's thread; here its answers become dialogs.
The vault's libraries are imported on that thread too, while the window is already there; the dialogs when one is shown, which
most starts do without.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from app.core.document import Finding
from app.gui.messages import tr
from app.workflow.writer import Writer

if TYPE_CHECKING:
    from app.gui.shell.sheet import Sheet
    from app.workflow.opening import Created, Vault, VaultStatus

__all__ = ["Entrance"]

_TROUBLES = {
    "vault.locked": "LOCKED",
    "vault.newer": "NEWER",
    "vault.damaged": "DAMAGED",
    "vault.envelope_lost": "DAMAGED",
    "vault.read_only": "READ_ONLY",
    "vault.disk_full": "FULL",
}
"""Codes that stand in the way, by their names in `Trouble`."""


class Entrance(QObject):
    """Opens the vault of a folder (None: the usual place). Ends with `opened` (Vault) or `given_up`."""

    opened = Signal(object)
    given_up = Signal()

    def __init__(self, folder: Path | None, writer: Writer, window: QWidget | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._over = False
        self._folder = folder
        self._writer = writer
        self._dialog: Sheet | None = None
        self._vault: Vault | None = None
        self._backup: Path | None = None
        self._status: VaultStatus | None = None
        self._has_passphrase = False
        self._forgotten = False

    @property
    def dialog(self) -> Sheet | None:
        """What is being asked now."""
        return self._dialog

    def begin(self) -> None:
        """Look how the vault stands and take the step that fits."""
        self._writer.submit(partial(_examine, self._folder), self._on_status, self._on_failed)

    def abandon(self) -> None:
        """The program ends: ask nothing more, and let go of a vault that comes too late."""
        self._over = True
        self._put_away()
        self._let_go()

    def _on_status(self, status: VaultStatus) -> None:
        from app.workflow.opening import VaultState

        self._status = status
        self._has_passphrase = status.has_passphrase
        asking = (VaultState.MISSING, VaultState.NEEDS_PASSPHRASE, VaultState.NEEDS_RECOVERY)
        match status.state:
            case state if state in asking and not status.writable:
                self._tell("READ_ONLY")  # before anything is typed that would come to nothing
            case VaultState.MISSING if status.keyring:
                self._create(None)
            case VaultState.MISSING:
                self._choose_passphrase(self._create)
            case VaultState.READY:
                self._open()
            case VaultState.NEEDS_PASSPHRASE:
                self._ask_passphrase()
            case VaultState.NEEDS_RECOVERY:
                self._ask_code(tr("vault.lost_keyring"))
            case VaultState.DAMAGED:
                self._tell("DAMAGED")
            case VaultState.NEWER:
                self._tell("NEWER")
            case VaultState.LOCKED:
                self._tell("LOCKED")

    # --- making

    def _create(self, passphrase: str | None) -> None:
        self._writer.submit(partial(_create, self._folder, passphrase), self._on_created, self._on_failed)

    def _on_created(self, created: Created) -> None:
        self._vault = created.vault
        if self._over:
            self._let_go()
            return
        self._show_code(created.recovery_code)

    def _show_code(self, code: str) -> None:
        from app.gui.shell.recovery import RecoveryCodeDialog

        dialog = RecoveryCodeDialog(code, self._window)
        dialog.confirmed.connect(self._on_confirmed)
        self._ask(dialog)

    def _on_confirmed(self, code: str) -> None:
        if self._vault is not None:
            self._writer.submit(partial(self._vault.confirm_recovery, code), self._on_code_kept, self._on_failed)

    def _on_code_kept(self, _nothing: object) -> None:
        self._finish()

    def _choose_passphrase(self, then: Callable[[str], None]) -> None:
        from app.gui.shell.passphrase import NewPassphrase

        dialog = NewPassphrase(tr("vault.passphrase_new_title"), tr("vault.passphrase_new_lead"), self._window)
        dialog.given.connect(then)
        self._ask(dialog)

    # --- opening

    def _open(self, passphrase: str | None = None, code: str | None = None) -> None:
        self._writer.submit(partial(_open, self._folder, self._backup, passphrase, code), self._on_open, self._on_failed)

    def _open_with_passphrase(self, passphrase: str) -> None:
        self._open(passphrase=passphrase)

    def _open_with_code(self, code: str) -> None:
        self._open(code=code)

    def _ask_passphrase(self) -> None:
        from app.gui.shell.passphrase import AskPassphrase

        dialog = AskPassphrase(tr("vault.passphrase_ask_title"), tr("vault.passphrase_ask_lead"), self._window)
        dialog.given.connect(self._open_with_passphrase)
        dialog.code_wanted.connect(self._on_forgotten)
        self._ask(dialog)

    def _ask_code(self, lead: str) -> None:
        from app.gui.shell.recovery import AskedCode

        dialog = AskedCode(lead, self._window)
        dialog.given.connect(self._open_with_code)
        self._ask(dialog)

    def _on_forgotten(self) -> None:
        self._forgotten = True
        self._ask_code(tr("vault.lost_passphrase"))

    def _on_open(self, vault: Vault) -> None:
        self._vault = vault
        self._put_away()
        if self._over:
            self._let_go()
            return
        if self._forgotten or not (vault.in_keyring or vault.has_passphrase):
            self._choose_passphrase(self._on_new_passphrase)
        else:
            self._check_code()

    def _on_new_passphrase(self, passphrase: str) -> None:
        self._forgotten = False
        if self._vault is not None:
            self._writer.submit(partial(self._vault.set_passphrase, passphrase), self._on_passphrase_kept, self._on_failed)

    def _on_passphrase_kept(self, _nothing: object) -> None:
        self._check_code()

    def _check_code(self) -> None:
        """A code that was never confirmed is as good as none: a new one is shown."""
        if self._vault is None:
            return
        if self._vault.confirmed:
            self._finish()
        else:
            self._writer.submit(self._vault.renew_recovery, self._show_code, self._on_failed)

    def _finish(self) -> None:
        self._put_away()
        vault, self._vault = self._vault, None
        if vault is not None:
            self.opened.emit(vault)

    # --- what stands in the way

    def _on_failed(self, finding: Finding) -> None:
        from app.gui.shell.fault import FaultDialog
        from app.gui.shell.passphrase import AskPassphrase
        from app.gui.shell.recovery import AskedCode

        if isinstance(self._dialog, AskPassphrase | AskedCode) and finding.code not in _TROUBLES:
            self._dialog.show_finding(finding)
        elif finding.code in _TROUBLES:
            self._tell(_TROUBLES[finding.code])
        elif finding.code == "vault.no_keyring":
            # It answered as usable and then refused the key: locked, or the user said no to it.
            self._choose_passphrase(self._create)
        elif finding.code in ("vault.no_key", "vault.wrong_key"):
            if self._has_passphrase:
                self._ask_passphrase()
            else:
                self._ask_code(tr("vault.lost_keyring"))
        else:
            self._ask(FaultDialog.of(finding, self._window))

    def _tell(self, trouble: str) -> None:
        from app.gui.shell.trouble import BackupRow, Trouble, VaultTrouble

        backups = self._status.backups if self._status is not None else ()
        rows = [BackupRow(backup.path, backup.at, backup.size) for backup in backups]
        dialog = VaultTrouble(Trouble[trouble], rows, self._window)
        dialog.again.connect(self.begin)
        dialog.restore.connect(self._on_restore)
        self._ask(dialog)

    def _on_restore(self, backup: Path) -> None:
        self._backup = backup
        self._open()

    # --- dialogs, one at a time

    def _ask(self, dialog: Sheet) -> None:
        self._put_away()
        if self._over:
            dialog.deleteLater()
            return
        self._dialog = dialog
        dialog.finished.connect(self._on_finished)
        dialog.open()

    def _put_away(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.finished.disconnect(self._on_finished)
            dialog.close()

    def _on_finished(self, result: int) -> None:
        from app.gui.shell.fault import FaultDialog

        fault = isinstance(self._dialog, FaultDialog)
        self._dialog = None
        if result != QDialog.DialogCode.Accepted or fault:
            self._let_go()
            self.given_up.emit()

    def _let_go(self) -> None:
        vault, self._vault = self._vault, None
        if vault is not None:
            self._writer.submit(vault.close, _done, _failed)


def _examine(folder: Path | None) -> VaultStatus:
    from app.workflow.opening import default_folder, examine

    return examine(folder or default_folder())


def _create(folder: Path | None, passphrase: str | None) -> Created:
    from app.workflow.opening import Vault, default_folder

    return Vault.create(folder or default_folder(), passphrase=passphrase)


def _open(folder: Path | None, backup: Path | None, passphrase: str | None, code: str | None) -> Vault:
    from app.workflow.opening import Vault, default_folder

    folder = folder or default_folder()
    if backup is not None:
        return Vault.open_restored(folder, backup, passphrase=passphrase, recovery_code=code)
    return Vault.open(folder, passphrase=passphrase, recovery_code=code)


def _done(_nothing: object) -> None:
    """Closed."""


def _failed(_finding: Finding) -> None:
    """It was given up anyway."""
