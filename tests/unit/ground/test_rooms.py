"""The house: documented commands exist, dependencies are the ones used, every room is a package that says what it is for."""

from __future__ import annotations

import ast
import os
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
ROOMS = {"core", "documents", "extraction", "checklist", "secrecy", "export", "storage", "workflow", "workers", "cli", "gui"}
# What a distribution is imported as, where the two differ.
IMPORTED_AS = {
    "pillow": "PIL",
    "PySide6_Essentials": "PySide6",
    "QtAwesome": "qtawesome",
    "SQLAlchemy": "sqlalchemy",
    "argon2-cffi": "argon2",
    "python-docx": "docx",
}

USED_AS_DATA = {"qtawesome"}  # its fonts are read; importing it takes longer than opening a window


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def modules() -> list[Path]:
    return sorted(path for path in (ROOT / "app").rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def tasks_of_makefile() -> set[str]:
    match = re.search(r"^TASKS := (.+)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert match is not None
    return set(match[1].split())


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_documented_commands_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    named = set(re.findall(r"(?:\bmake|\bbootstrap\.py) ([a-z]+)\b", "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text, re.S))))
    assert {"run", "test"} <= named or name != "README.md"
    assert named <= tasks_of_makefile()


def test_makefile_and_bootstrap_have_the_same_tasks() -> None:
    source = (ROOT / "bootstrap.py").read_text(encoding="utf-8")
    match = re.search(r"^TASKS = \{(.*?)\}", source, re.M | re.S)
    assert match is not None
    assert set(re.findall(r'"(\w+)":', match[1])) == tasks_of_makefile()


def test_documented_files_exist() -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", text):
            assert (ROOT / target).exists(), f"{name} links to {target}"


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no executable bit")
def test_ci_calls_make_test() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert re.search(r"\bmake test$", script.read_text(encoding="utf-8").strip())


def test_rooms_are_those_of_the_layout_and_say_what_they_are_for() -> None:
    rooms = {path.name for path in (ROOT / "app").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert rooms <= ROOMS
    for folder in {path.parent for path in modules()}:
        init = folder / "__init__.py"
        assert init.exists(), f"{folder.relative_to(ROOT)} would be skipped by the import contracts"
        assert ast.get_docstring(ast.parse(init.read_text(encoding="utf-8"))), init


def test_every_module_says_what_it_is_for() -> None:
    silent = [path for path in modules() if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))]
    assert silent == []


def test_dependencies_are_the_ones_imported() -> None:
    declared = {re.split(r"[\[<>=!~; ]", line)[0] for line in project()["project"]["dependencies"]}
    known = {IMPORTED_AS.get(name, name.replace("-", "_")) for name in declared}
    used = set().union(*(imported(path) for path in modules())) - set(sys.stdlib_module_names) - {"app"}
    assert used - known == set(), "imported but not declared in pyproject.toml"
    assert known - used == USED_AS_DATA, "declared in pyproject.toml but not imported"


def test_nothing_can_open_an_address() -> None:
    """The import contracts know whole libraries only; `urllib.parse` is harmless, the rest of urllib is not."""
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            opening = [name for name in names if name.startswith(("urllib.request", "urllib.robotparser"))]
            assert opening == [], path


def test_version_is_in_the_changelog() -> None:
    source = (ROOT / "app" / "__init__.py").read_text(encoding="utf-8")
    match = re.search(r'__version__ = "([^"]+)"', source)
    assert match is not None
    assert f"## {match[1]}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_no_module_outgrows_its_room() -> None:
    long = {
        str(path.relative_to(ROOT)): count for path in modules() if (count := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert long == {}
