"""The bootstrap script: advice instead of tracebacks, and no work when there is none."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script as a module whose project is an empty folder with locks."""
    spec = importlib.util.spec_from_file_location("bootstrap_under_test", ROOT / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "requirements").mkdir()
    for name in ("run", "dev"):
        (tmp_path / "requirements" / f"{name}.txt").write_text(f"{name}==1\n", encoding="utf-8")
    values = {"ROOT": tmp_path, "VENV": tmp_path / ".venv", "LOCKS": tmp_path / "requirements"}
    for name, value in values.items():
        monkeypatch.setattr(module, name, value)
    return module


def pretend_environment(bootstrap: ModuleType, *groups: str) -> None:
    python = bootstrap.venv_python()
    python.parent.mkdir(parents=True)
    python.touch()
    (bootstrap.VENV / "made-by-bootstrap").touch()
    for group in groups:
        (bootstrap.VENV / f"installed-{group}").write_text(bootstrap.fingerprint(bootstrap.LOCKS / f"{group}.txt"))


def refuse(*_arguments: object, **_options: object) -> None:
    raise AssertionError("a command was started")


def record(calls: list[list[str]], status: int = 0) -> object:
    def start(command: list[str], **_options: object) -> subprocess.CompletedProcess[bytes]:
        calls.append(command)
        return subprocess.CompletedProcess(command, status, b"")

    return start


@pytest.mark.parametrize(("installed", "wanted"), [("run", "run"), ("dev", "dev"), ("dev", "run")])
def test_environment_is_reused(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, installed: str, wanted: str) -> None:
    pretend_environment(bootstrap, installed)
    monkeypatch.setattr(bootstrap.subprocess, "run", refuse)
    bootstrap.environment(wanted)


def test_environment_is_made_again_when_the_lock_changes(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_environment(bootstrap, "run")
    (bootstrap.LOCKS / "run.txt").write_text("run==2\n", encoding="utf-8")
    calls: list[list[str]] = []
    monkeypatch.setattr(bootstrap.subprocess, "run", record(calls))
    monkeypatch.setattr(bootstrap, "link_project", lambda: None)
    bootstrap.environment("run")
    assert calls[0][1:4] == ["-m", "venv", "--clear"]
    assert {"--require-hashes", "--no-deps", ":all:"} <= set(calls[1])


def test_test_packages_are_added_to_a_run_environment(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_environment(bootstrap, "run")
    calls: list[list[str]] = []
    monkeypatch.setattr(bootstrap.subprocess, "run", record(calls))
    monkeypatch.setattr(bootstrap, "link_project", lambda: None)
    bootstrap.environment("dev")
    assert len(calls) == 1
    assert calls[0][-1].endswith("dev.txt")


def test_a_failed_installation_leaves_no_stamp(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_environment(bootstrap)
    calls: list[list[str]] = []

    def start(command: list[str], **_options: object) -> subprocess.CompletedProcess[bytes]:
        calls.append(command)
        return subprocess.CompletedProcess(command, 1 if "pip" in command else 0, b"")

    monkeypatch.setattr(bootstrap.subprocess, "run", start)
    with pytest.raises(bootstrap.StopError, match="could not be installed"):
        bootstrap.environment("run")
    assert not (bootstrap.VENV / "installed-run").exists()


def test_an_environment_of_somebody_else_is_left_alone(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    bootstrap.VENV.mkdir()
    (bootstrap.VENV / "pyvenv.cfg").write_text("", encoding="utf-8")
    monkeypatch.setattr(bootstrap.subprocess, "run", refuse)
    with pytest.raises(bootstrap.StopError, match="made by something else"):
        bootstrap.environment("run")


def test_missing_venv_module_gives_the_one_command(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: "/usr/bin/" + name if name == "apt-get" else None)
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(bootstrap.subprocess, "run", refuse)
    with pytest.raises(bootstrap.StopError, match=r"sudo apt-get install -y python3\.\d+-venv"):
        bootstrap.need_venv_module()


def test_an_old_python_says_what_to_install(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST", (9, 0))
    monkeypatch.setattr(bootstrap, "newer_python", lambda: None)
    assert bootstrap.main(["run"]) == 1
    error = capsys.readouterr().err
    assert "too old" in error
    assert bootstrap.python_advice() in error


def test_an_old_python_hands_over_to_a_newer_one(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[list[str]] = []
    monkeypatch.setattr(bootstrap, "OLDEST", (9, 0))
    monkeypatch.setattr(bootstrap, "newer_python", lambda: ["python9.1"])
    monkeypatch.setattr(bootstrap.subprocess, "run", record(calls, status=7))
    assert bootstrap.main(["test", "-k", "rules"]) == 7
    assert calls[0][0] == "python9.1"
    assert calls[0][2:] == ["test", "-k", "rules"]


def test_unknown_task_is_refused_with_the_list() -> None:
    command = [sys.executable, str(ROOT / "bootstrap.py"), "fly"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "There is no task 'fly'" in done.stderr
    assert "test     " in done.stderr


def test_script_is_readable_by_an_old_python() -> None:
    import ast

    ast.parse((ROOT / "bootstrap.py").read_text(encoding="utf-8"), feature_version=(3, 7))
