"""The lock files: pinned, hashed, for every platform, without addresses, and in step with pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[3]
LOCKS = ("run", "dev")
# The platforms and Pythons the README names, as the environment of a marker.
MACHINES = [
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"},
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "aarch64"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": "arm64"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": "x86_64"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def lock_text(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def entries(name: str) -> list[tuple[Requirement, list[str]]]:
    """Each pinned requirement with its hashes."""
    joined = re.sub(r"\s*\\\n\s*", " ", lock_text(name))
    lines = [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    return [(Requirement(line.split(" --hash=")[0]), re.findall(r"--hash=(\S+)", line)) for line in lines]


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", LOCKS)
def test_lock_names_no_address_option_or_path(name: str) -> None:
    text = lock_text(name)
    assert not re.search(r"https?:|file:|index-url|find-links|trusted-host|\bgit\+|(?<![\w.])/\w|[A-Z]:\\", text)
    comments = [line for line in text.splitlines() if line.startswith("#")]
    assert all("uv" not in line and "pip" not in line for line in comments)


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_to_one_version_and_hashed(name: str) -> None:
    found = entries(name)
    assert found
    for requirement, hashes in found:
        operators = [specifier.operator for specifier in requirement.specifier]
        assert operators == ["=="], requirement
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in hashes), requirement


@pytest.mark.parametrize("machine", MACHINES, ids=lambda machine: f"{machine['sys_platform']}-{machine['platform_machine']}")
@pytest.mark.parametrize("python", PYTHONS)
def test_lock_satisfies_pyproject_on_every_platform(machine: dict[str, str], python: str) -> None:
    marker = {**machine, "python_version": python, "python_full_version": f"{python}.0", "implementation_name": "cpython"}
    marker["platform_python_implementation"] = "CPython"
    wanted = {"run": project()["project"]["dependencies"], "dev": project()["dependency-groups"]["dev"]}
    wanted["dev"] = [*wanted["run"], *wanted["dev"]]
    for name in LOCKS:
        pinned: dict[str, str] = {}
        for requirement, _ in entries(name):
            if requirement.marker is None or requirement.marker.evaluate(marker):
                key = canonicalize_name(requirement.name)
                assert key not in pinned, f"{key} is pinned twice for one machine"
                pinned[key] = next(iter(requirement.specifier)).version
        for line in wanted[name]:
            requirement = Requirement(line)
            version = pinned.get(canonicalize_name(requirement.name))
            assert version is not None, f"{requirement.name} is not in requirements/{name}.txt: run make lock"
            assert requirement.specifier.contains(version), f"{requirement}, but {version} is pinned: run make lock"


def test_the_test_lock_contains_the_run_lock() -> None:
    run = {(str(requirement), *hashes) for requirement, hashes in entries("run")}
    dev = {(str(requirement), *hashes) for requirement, hashes in entries("dev")}
    assert run <= dev
