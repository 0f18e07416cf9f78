"""What a window lacks is told by name, whatever it lacks, and where it can be seen."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest

from app.cli import libraries, notice

ROOT = Path(__file__).resolve().parents[3]
KNOWN = {**libraries.LIBRARIES, **libraries.X11_LIBRARIES, **libraries.WAYLAND_LIBRARIES}
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="the libraries of a Linux desktop")


# --- which


def test_what_is_looked_for_at_the_start_is_what_bootstrap_installs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    import bootstrap

    assert bootstrap.WINDOW_LIBRARIES == KNOWN


@LINUX
@pytest.mark.skipif(shutil.which("objdump") is None, reason="objdump is not installed (package binutils)")
def test_every_library_that_the_window_is_linked_to_is_looked_for() -> None:
    """Also the ones that its plugins for X11 and Wayland are linked to, and no others than those."""
    folder = Path(PySide6.__path__[0])
    everything = {path.name: path for path in (folder / "Qt" / "lib").glob("lib*.so*")}
    everything |= {path.name: path for path in (*folder.glob("lib*.so*"), *(folder.parent / "shiboken6").glob("lib*.so*"))}
    wanted: dict[str, set[str]] = {}
    for way, plugins in (("", []), ("xcb", ["platforms/libqxcb.so"]), ("wayland", ["platforms/libqwayland.so"])):
        waiting = [folder / f"{name}.abi3.so" for name in ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtDBus", "QtPrintSupport")]
        waiting += [folder / "Qt" / "plugins" / plugin for plugin in plugins]
        if way == "wayland":
            waiting += (folder / "Qt" / "plugins" / "wayland-shell-integration").glob("libxdg-shell.so")
        seen: set[Path] = set()
        outside: set[str] = set()
        while waiting:
            file = waiting.pop()
            if file in seen:
                continue
            seen.add(file)
            told = subprocess.run(["objdump", "-p", str(file)], capture_output=True, text=True, check=True).stdout
            for name in re.findall(r"NEEDED\s+(\S+)", told):
                if name in everything:
                    waiting.append(everything[name])
                elif not re.match(r"lib(c|m|dl|rt|pthread)\.so|ld-linux", name):
                    outside.add(name)
        wanted[way] = outside
    assert wanted[""] <= set(libraries.LIBRARIES)
    assert wanted["xcb"] <= set(libraries.LIBRARIES) | set(libraries.X11_LIBRARIES)
    assert wanted["wayland"] <= set(libraries.LIBRARIES) | set(libraries.WAYLAND_LIBRARIES)


# --- what is missing


def absent(monkeypatch: pytest.MonkeyPatch, *names: str, needed_by: dict[str, str] | None = None) -> list[str]:
    """These cannot be loaded, nor what needs them: said as the system's loader says it. Answers with what was asked for."""
    import _ctypes

    asked: list[str] = []

    def dlopen(name: str, _mode: int) -> int:
        asked.append(name)
        lacking = (needed_by or {}).get(name, name)
        if lacking in names:
            raise OSError(f"{lacking}: cannot open shared object file: No such file or directory")
        return 1

    monkeypatch.setattr(_ctypes, "dlopen", dlopen)
    return asked


@LINUX
@pytest.mark.parametrize("name", sorted(KNOWN))
def test_each_is_told_by_its_own_package(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str) -> None:
    absent(monkeypatch, name)
    way = {"WAYLAND_DISPLAY": "wayland-0"} if name in libraries.WAYLAND_LIBRARIES else {"DISPLAY": ":0"}
    assert libraries.tell_missing({"LC_ALL": "sv_SE.UTF-8", **way}) == 3
    said = capsys.readouterr().err
    assert f"sudo apt install {KNOWN[name]}\n" in said
    assert f"({name})" in said


@LINUX
def test_one_that_another_needs_is_told_and_not_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    absent(monkeypatch, "libxcb.so.1", needed_by={"libX11.so.6": "libxcb.so.1", "libGL.so.1": "libxcb.so.1"})
    assert libraries.missing({"QT_QPA_PLATFORM": "offscreen"}) == ["libxcb.so.1"]


@LINUX
def test_one_without_a_known_package_is_told_by_its_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    absent(monkeypatch, "libpcre2-8.so.0", needed_by={"libglib-2.0.so.0": "libpcre2-8.so.0"})
    assert libraries.tell_missing({"LC_ALL": "sv_SE.UTF-8", "DISPLAY": ":0"}) == 3
    said = capsys.readouterr().err
    assert "saknas på den här datorn: libpcre2-8.so.0\n" in said
    assert "apt install" not in said


@LINUX
@pytest.mark.parametrize(
    ("environment", "asked"),
    [
        ({"DISPLAY": ":0"}, {"x"}),
        ({"QT_QPA_PLATFORM": "xcb"}, {"x"}),
        ({"WAYLAND_DISPLAY": "wayland-0"}, {"wayland"}),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, {"wayland"}),
        ({"QT_QPA_PLATFORM": "wayland-egl", "DISPLAY": ":0"}, {"wayland"}),
        ({"QT_QPA_PLATFORM": "xcb:option", "WAYLAND_DISPLAY": "wayland-0"}, {"x"}),
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, set()),
    ],
)
def test_only_the_screen_that_is_used_has_its_libraries_looked_for(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], asked: set[str]
) -> None:
    heard = absent(monkeypatch)
    assert libraries.missing(environment) == []
    kinds = {"x": libraries.X11_LIBRARIES, "wayland": libraries.WAYLAND_LIBRARIES}
    assert {kind for kind, names in kinds.items() if set(names) <= set(heard)} == asked
    assert {kind for kind, names in kinds.items() if set(names) & set(heard)} == asked
    assert set(libraries.LIBRARIES) <= set(heard)


@LINUX
def test_x11_serves_where_wayland_lacks_its_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    absent(monkeypatch, "libwayland-client.so.0")
    assert libraries.missing({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}) == []
    absent(monkeypatch, "libwayland-client.so.0", "libxcb-cursor.so.0")
    assert libraries.missing({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}) == ["libwayland-client.so.0"]


@LINUX
def test_what_is_here_is_not_missing() -> None:
    """The tests of the window run here: so what Qt is linked to is there."""
    assert libraries.missing({"QT_QPA_PLATFORM": "offscreen"}) == []


@pytest.mark.parametrize(("locale", "words"), [("sv_SE.UTF-8", "saknas på den här datorn"), ("en_GB.UTF-8", "does not have")])
def test_the_word_names_all_packages_in_the_users_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], locale: str, words: str
) -> None:
    monkeypatch.setattr(libraries, "missing", lambda _: ["libEGL.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0"])
    assert libraries.tell_missing({"LC_ALL": locale}) == 3
    said = capsys.readouterr().err
    assert "sudo apt install libegl1 libglib2.0-0\n" in said
    assert words in said


# --- when Qt is loaded


def test_a_library_that_qt_does_not_find_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    error = ImportError("/usr/lib/libglib-2.0.so.0: cannot read file data: Is a directory")
    assert libraries.tell_not_loaded(error, {"LC_ALL": "sv_SE.UTF-8"}) == 3
    assert "sudo apt install libglib2.0-0" in capsys.readouterr().err
    assert libraries.tell_not_loaded(ImportError("No module named 'PySide6'"), {}) == 0


@LINUX
def test_the_program_tells_it_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "PySide6").mkdir()
    said = "libno-such.so.7: cannot open shared object file: No such file or directory"
    (tmp_path / "PySide6" / "__init__.py").write_text(f"raise ImportError({said!r})", "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8", "PATH": ""}
    done = subprocess.run([sys.executable, "-m", "app"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr
    assert "libno-such.so.7" in done.stderr
    assert "Traceback" not in done.stderr


# --- no screen


@LINUX
def test_a_file_without_a_screen_is_no_command(tmp_path: Path) -> None:
    file = tmp_path / "Anbud åäö.anbudsklar"
    file.touch()
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    environment = {**kept, "LC_ALL": "sv_SE.UTF-8", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "app", str(file)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 3
    assert "ingen skärm" in done.stderr
    assert "anbudsklar check MAPP" in done.stderr


# --- where it is seen


def programs(folder: Path, **scripts: str) -> str:
    """A search path with these programs, which write down what they are told."""
    folder.mkdir()
    for name, status in scripts.items():
        script = folder / name.replace("_", "-")
        script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$0" "$@" >>"{folder}/heard"\nexit {status}\n', "utf-8")
        script.chmod(0o755)
    return str(folder)


def heard(folder: Path) -> str:
    file = folder / "heard"
    return file.read_text("utf-8") if file.exists() else ""


class Terminal:
    """A stream that somebody looks at."""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> int:
        return len(text)


@LINUX
@pytest.mark.parametrize("name", ["zenity", "kdialog", "xmessage", "notify_send"])
def test_from_a_menu_it_is_shown_by_what_the_desktop_has(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    path = programs(tmp_path / "bin", **{name: "0"})
    notice.tell("Det saknas något: åäö", {"PATH": path})
    assert "Det saknas något: åäö" in heard(tmp_path / "bin")
    assert "Anbudsklar" in heard(tmp_path / "bin")
    assert "Det saknas något: åäö" in capsys.readouterr().err, "it is said all the same"


@LINUX
def test_one_dialog_is_enough_and_one_that_does_not_start_is_passed_by(tmp_path: Path) -> None:
    path = programs(tmp_path / "bin", zenity="127", kdialog="1", xmessage="0")
    notice.tell("ord", {"PATH": path})
    shown = heard(tmp_path / "bin")
    assert "zenity" in shown
    assert "kdialog" in shown
    assert "xmessage" not in shown


@LINUX
def test_without_a_screen_no_dialog_is_tried(tmp_path: Path) -> None:
    path = programs(tmp_path / "bin", zenity="0", notify_send="0")
    notice.tell("ord", {"PATH": path}, screen=False)
    assert "zenity" not in heard(tmp_path / "bin")
    assert "notify-send" in heard(tmp_path / "bin")


@LINUX
def test_in_a_terminal_it_is_only_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = programs(tmp_path / "bin", zenity="0")
    monkeypatch.setattr(sys, "stderr", Terminal())
    notice.tell("ord", {"PATH": path})
    assert heard(tmp_path / "bin") == ""


@LINUX
def test_a_desktop_with_none_of_them_is_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    notice.tell("ord", {})
    assert capsys.readouterr().err == "ord\n"
