"""What a start does not need is not there yet: not when the window shows, nor when the tenders are listed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from app.storage.keychain import SERVICE
from tests.support.vaults import Home, filled

ROOT = Path(__file__).resolve().parents[3]
LATER = (
    "alembic",
    "argon2",
    "cryptography",
    "lxml",
    "pypdf",
    "pypdfium2",
    "qtawesome",
    "rapidfuzz",
    "sqlalchemy",
    "app.checklist",
    "app.documents",
    "app.export",
    "app.extraction",
    "app.gui.checklist",
    "app.gui.printing",
    "app.gui.shell.fault",
    "app.gui.shell.palette",
    "app.gui.shell.passphrase",
    "app.gui.shell.recovery",
    "app.gui.shell.settings",
    "app.gui.source",
    "app.gui.underlag",
    "app.secrecy",
    "app.workers",
    "app.workflow.desk",
    "app.workflow.intake",
)
"""Pages, dialogs, what reads and writes documents, what searches and changes the vault."""
BEHIND = ("app.storage", "app.workflow.office", "keyring", "msgspec", "sqlcipher3")
"""What opens the vault, which is imported on the writer's thread once the window shows."""
PROGRAM = """
import json, sys
from pathlib import Path

folder, secret = Path(sys.argv[1]), json.loads(sys.argv[2])
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from app.gui import start

start.settings_file = lambda: QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
qt = QApplication([])
program = start.Program(qt, folder)

def listed(tenders):
    if tenders:
        print(json.dumps(sorted(sys.modules)))
        program.end()

program.session.tenders_changed.connect(listed)
program.begin()
assert program.window.isVisible()
print(json.dumps(sorted(sys.modules)))

import app.storage.keychain
from tests.support.keyrings import MemoryKeyring

ring = MemoryKeyring()
ring.secrets[secret[0], secret[1]] = secret[2]
app.storage.keychain._system_keyring = lambda: ring
qt.exec()
"""


def among(names: tuple[str, ...], modules: list[str]) -> list[str]:
    return [module for module in modules if any(module == name or module.startswith(f"{name}.") for name in names)]


def test_the_window_shows_and_the_tenders_are_listed_before_anything_else_is_imported(tmp_path: Path) -> None:
    home = Home(tmp_path / "vault")
    vault = home.create()
    vault.confirm_recovery(home.code)
    filled(vault, 5)
    secret = (SERVICE, vault.id, home.keyring.secrets[SERVICE, vault.id])
    home.close()
    command = [sys.executable, "-c", PROGRAM, str(home.folder), json.dumps(secret)]
    kept = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    shown, listed = (json.loads(line) for line in done.stdout.splitlines())
    assert among(LATER, listed) == []
    assert among((*LATER, *BEHIND), shown) == []
    assert among(BEHIND, listed), "the vault is open"
    assert {"app.gui.overview.page", "app.gui.shell.window"} <= {*shown}
