"""What went wrong with a form or a matrix, with what to do about it here, in the window."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.core.document import Finding
from app.gui.messages import explained, tr

__all__ = ["show_trouble"]


def show_trouble(finding: Finding, parent: QWidget) -> None:
    """Tell it: what happened, that nothing was changed, what to do."""
    from app.gui.shell.fault import FaultDialog
    from app.gui.shell.hook import details_of

    said = explained(finding)
    remedy = _remedy(finding.code) or said.remedy
    kept = tr("filling.kept")
    FaultDialog(said.text, remedy, details_of(finding.code, ""), kept=kept, place=said.place, parent=parent).open()


def _remedy(code: str) -> str:
    """Where the general words speak of the command line."""
    if code in ("file.password_needed", "file.password_wrong"):
        return tr("filling.remedy_locked")
    if code in ("output.unwritable", "output.disk_full"):
        return tr("filling.remedy_unwritable")
    if code in ("file.not_found", "file.permission", "file.unreadable"):
        return tr("filling.remedy_gone")
    return ""
