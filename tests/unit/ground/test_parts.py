"""The list of what the program is made of: complete, with texts, and the same after it was carried in a file."""

from __future__ import annotations

import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from app.core import parts as module
from app.core.parts import Part, dumped, gathered, parts

ROOT = Path(__file__).resolve().parents[3]


def pinned() -> set[str]:
    """What the program's lock installs here."""
    lines = (line.rstrip(" \\") for line in (ROOT / "requirements" / "run.txt").read_text("utf-8").splitlines())
    requirements = [Requirement(line) for line in lines if re.match(r"[a-z]", line)]
    return {one.name for one in requirements if one.marker is None or one.marker.evaluate()}


def key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()


def test_every_package_that_is_installed_to_run_is_listed() -> None:
    assert {key(part.name) for part in parts()} >= {key(name) for name in pinned()}


def test_what_is_only_for_developers_is_not() -> None:
    assert not {"pytest", "ruff", "hypothesis"} & {key(part.name) for part in parts()}


@pytest.mark.parametrize("name", ["Qt", "Python", "SQLCipher", "SQLite", "OpenSSL", "PDFium", "ICU", "Phosphor Icons", "libxml2"])
def test_what_is_inside_packages_is_listed_too(name: str) -> None:
    (part,) = (one for one in parts() if one.name == name)
    assert part.licence
    assert part.texts


def test_every_part_has_a_licence_and_its_text() -> None:
    assert [part.name for part in parts() if not part.licence] == []
    assert [part.name for part in parts() if not any(len(text) > 200 for text in part.texts)] == []


def test_where_source_code_must_be_offered_it_is() -> None:
    for part in parts():
        if part.licence.startswith(("LGPL", "GPL")):
            assert part.source.startswith("https://"), part.name


def test_versions_are_those_that_are_installed() -> None:
    versions = {part.name: part.version for part in parts()}
    assert versions["SQLAlchemy"] == distribution("sqlalchemy").version
    assert versions["Qt"] == distribution("PySide6_Essentials").version


def test_the_carried_list_reads_as_it_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = gathered(["keyring", "PySide6_Essentials"], {"Qt": "6.0"})
    (tmp_path / "parts.json").write_text(dumped(found), "utf-8")
    monkeypatch.setattr(module, "resource", lambda *names: tmp_path / names[-1])
    parts.cache_clear()
    try:
        assert parts() == found
    finally:
        parts.cache_clear()
    assert Part("Qt", "6.0", "LGPL-3.0-only", "https://www.qt.io/", *_texts_of(found, "Qt")) in found


def _texts_of(found: tuple[Part, ...], name: str) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    (part,) = (one for one in found if one.name == name)
    return part.texts, ("PySide6_Essentials",), part.source


def test_a_text_that_several_have_is_carried_once() -> None:
    found = gathered(["PySide6_Essentials", "shiboken6"])
    assert dumped(found).count("GNU LESSER GENERAL PUBLIC LICENSE\\n") == 1


def test_an_extra_that_nobody_asked_for_is_not_followed() -> None:
    assert "cryptography" not in {key(part.name) for part in gathered(["pypdf"])}
    assert "cryptography" in {key(part.name) for part in gathered(["pypdf[crypto]"])}


def test_it_reads_packages_also_when_another_library_has_taken_over_finding_them() -> None:
    """keyring imports importlib_metadata on old Pythons, which answers otherwise to fields that are not there."""
    import keyring

    assert keyring
    assert gathered(["keyring", "sqlcipher3", "mdurl"])
