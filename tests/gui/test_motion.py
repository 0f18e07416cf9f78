"""What may move: the user's word, else what the system says."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QVariantAnimation
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.core.document import Place
from app.gui import motion
from app.gui.desktop import Desktop, says_still
from app.gui.motion import Allowed, Motion, choose, reduced
from app.gui.shell import settings
from app.gui.shell.preferences import Preferences, load_preferences
from app.gui.source.surface import Flash
from tests.support.window import Home

ROOT = Path(__file__).resolve().parents[3]
PORTAL = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusVariant, QDBusVirtualObject
from app.gui.desktop import Desktop

app = QCoreApplication([])

class Portal(QDBusVirtualObject):
    def handleMessage(self, message, connection):
        if message.arguments()[1] != "enable-animations":
            connection.send(message.createErrorReply("org.freedesktop.portal.Error.NotFound", "no"))
            return True
        value, reply = QDBusVariant(), message.createReply()
        value.setVariant(sys.argv[1] == "moves")
        reply.setArguments([value])
        connection.send(reply)
        return True

    def introspect(self, path):
        return ""

bus, portal = QDBusConnection.sessionBus(), Portal()
assert bus.registerVirtualObject("/org/freedesktop/portal/desktop", portal)
assert bus.registerService("org.freedesktop.portal.Desktop")
desktop = Desktop()
desktop.still.connect(lambda: print("still"))
desktop.ask()
left = QTimer()
left.timeout.connect(lambda: None if desktop.children() else app.quit())
left.start(20)
app.exec()
print("answered")
"""


@pytest.fixture(autouse=True)
def as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("allowed", "desktop_still", "desktop"):
        monkeypatch.setattr(Motion, name, getattr(Motion, name))


@pytest.mark.parametrize(
    ("allowed", "desktop", "still"),
    [
        ("system", False, False),
        ("system", True, True),
        ("always", True, False),
        ("never", False, True),
        ("nonsense", False, False),
    ],
)
def test_the_users_word_comes_first(allowed: str, desktop: bool, still: bool) -> None:
    choose(allowed)
    Motion.desktop_still = desktop
    assert reduced() is still
    parent = QObject()
    flash = Flash(parent)
    flash.start(Place(page=1), "ord")
    assert (flash._fading.state() is QVariantAnimation.State.Running) is not still
    flash.stop()


@pytest.mark.parametrize(
    ("key", "value", "still"),
    [
        ("enable-animations", False, True),
        ("enable-animations", True, False),
        ("reduced-motion", 1, True),
        ("reduced-motion", 0, False),
        ("AnimationDurationFactor", "0", True),
        ("AnimationDurationFactor", "1.5", False),
        ("AnimationDurationFactor", "snabbt", False),
        ("enable-animations", None, False),
        ("something", 1, False),
    ],
)
def test_what_the_settings_of_desktops_mean(key: str, value: object, still: bool) -> None:
    assert says_still(key, value) is still


def test_without_a_bus_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    desktop = Desktop()
    desktop.ask()
    assert not desktop.children()


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="no session bus to be had")
@pytest.mark.parametrize(("says", "heard"), [("moves", "answered"), ("still", "still\nanswered")])
def test_the_desktop_is_asked_over_its_bus(says: str, heard: str) -> None:
    command = ["dbus-run-session", "--", sys.executable, "-c", PORTAL, says]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == heard, done.stderr


@pytest.mark.parametrize("asked", [True, False])
def test_the_settings_say_where_the_system_cannot_be_asked(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, asked: bool) -> None:
    monkeypatch.setattr(settings, "system_is_asked", lambda: asked)
    dialog = settings.SettingsDialog(Preferences(motion="never"))
    qtbot.addWidget(dialog)
    told = [label.text() for label in dialog.findChildren(QLabel)]
    assert any("Välj Aldrig" in text for text in told) is not asked


def test_a_system_that_cannot_be_asked_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not motion.system_is_asked()
    choose("system")
    assert Motion.allowed is Allowed.SYSTEM


def test_the_program_goes_by_what_was_chosen(qapp: QApplication, tmp_path: Path) -> None:
    home = Home(tmp_path)
    with home.runs(preferences=Preferences(motion="never")) as running:
        running.enter()
        assert reduced()
        running.program._on_preferences(Preferences(motion="always"))
        assert Motion.allowed is Allowed.ALWAYS
    assert load_preferences(home.settings()).motion == "always"
