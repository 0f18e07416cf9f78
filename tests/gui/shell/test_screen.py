"""A window without a screen, and a window that Windows knows of."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.gui.shell.running import MUTEX, show_running

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.skipif(sys.platform != "linux", reason="there is always a screen")
@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({"DISPLAY": ":7777"}, "could not connect to display :7777"),
        ({"WAYLAND_DISPLAY": "wayland-7777"}, "Failed to create wl_display"),
        ({"WAYLAND_DISPLAY": "wayland-7777", "DISPLAY": ":7777"}, "Failed to create wl_display"),
        ({"QT_QPA_PLATFORM": "nosuch"}, 'Could not find the Qt platform plugin "nosuch"'),
    ],
)
def test_a_screen_that_cannot_be_reached_is_told_before_qt_aborts(
    tmp_path: Path, environment: dict[str, str], reason: str
) -> None:
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    given = {**kept, "PATH": "", "XDG_RUNTIME_DIR": str(tmp_path), "LC_ALL": "sv_SE.UTF-8", "PYTHONUTF8": "1", **environment}
    command = [sys.executable, "-m", "app"]
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, encoding="utf-8", check=False)
    if "missing" in done.stderr or "saknas" in done.stderr:
        pytest.skip("this computer lacks the libraries of such a screen")
    assert done.returncode == 3, done.stderr
    assert f"skärmen går inte att nå ({reason}" in done.stderr
    assert "Reinstalling" not in done.stderr


def test_a_screen_that_can_be_reached_says_nothing(tmp_path: Path) -> None:
    code = "from app.gui.shell.screen import application; application(lambda reason: 7); print('there')"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(tmp_path), "LC_ALL": "C.UTF-8"}
    tmp_path.chmod(0o700)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "there\n"), done.stderr


class FakeKernel:
    """As kernel32, as far as the window asks it."""

    def __init__(self) -> None:
        self.made: list[tuple[None, bool, str]] = []

    def CreateMutexW(self, attributes: None, owned: bool, name: str, /) -> int:
        self.made.append((attributes, owned, name))
        return 64


def test_the_window_is_known_by_the_name_that_the_installer_looks_for() -> None:
    kernel = FakeKernel()
    show_running(kernel)
    assert kernel.made == [(None, False, MUTEX)]
    script = (ROOT / "installer" / "windows" / "anbudsklar.iss").read_text("utf-8")
    assert f"\nAppMutex={MUTEX}\n" in script


@pytest.mark.skipif(sys.platform == "win32", reason="there it is made")
def test_elsewhere_nothing_is_asked() -> None:
    show_running()
