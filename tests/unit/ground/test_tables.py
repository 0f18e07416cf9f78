"""TOML files read ahead are what they would be without that, and anything amiss with what was kept does no harm."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.core import tables
from app.core.resources import resource

FILES = sorted(path for path in resource().rglob("*.toml"))


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own, and nothing remembered before or after."""
    target = tmp_path / "cache" / "tables.tables"
    monkeypatch.setattr(tables, "_place", lambda: target)
    monkeypatch.setattr(tables, "_added", [])
    monkeypatch.setattr(tables, "sys", SimpleNamespace(dont_write_bytecode=False))
    tables._known.cache_clear()
    yield target
    tables._known.cache_clear()


def again() -> None:
    """As the next process finds it."""
    tables.save()
    tables._known.cache_clear()


def test_every_table_of_the_program_is_the_same_when_it_was_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(FILES) > 30
    plain = {file: tomllib.loads(file.read_text("utf-8")) for file in FILES}
    assert {file: tables.read_table(file) for file in FILES} == plain
    again()
    monkeypatch.setattr(tomllib, "loads", lambda _: pytest.fail("read anew"))
    assert {file: tables.read_table(file) for file in FILES} == plain


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    file.write_text('a = "ett"', "utf-8")
    assert tables.read_table(file) == {"a": "ett"}
    again()
    file.write_text('a = "två"', "utf-8")
    assert tables.read_table(file) == {"a": "två"}


def test_what_a_caller_does_with_a_table_is_its_own_affair(tmp_path: Path) -> None:
    file = tmp_path / "words.toml"
    file.write_text("[a]\nb = 1", "utf-8")
    tables.read_table(file)["a"]["b"] = 2
    again()
    assert tables.read_table(file) == {"a": {"b": 1}}


@pytest.mark.parametrize("harm", ["nothing", "half", "nonsense", "other data"])
def test_a_damaged_file_does_no_harm(place: Path, tmp_path: Path, harm: str) -> None:
    file = tmp_path / "words.toml"
    file.write_text('a = "å\u2028ä"\nb = "\\ud7ff"', "utf-8")
    expected = tables.read_table(file)
    again()
    content = place.read_bytes()
    match harm:
        case "nothing":
            place.write_bytes(b"")
        case "half":
            place.write_bytes(content[: len(content) // 2])
        case "nonsense":
            place.write_bytes(b"\xff\xfe" * 50)
        case _:
            place.write_bytes(content.partition(b" ")[0] + b" [1]\n")
    tables._known.cache_clear()
    assert tables.read_table(file) == expected


def test_a_day_of_the_calendar_is_not_kept_but_read(place: Path, tmp_path: Path) -> None:
    file = tmp_path / "days.toml"
    file.write_text("a = 2026-01-01", "utf-8")
    assert tables.read_table(file) == tomllib.loads("a = 2026-01-01")
    again()
    assert not place.exists()


@pytest.mark.parametrize(
    "system", [SimpleNamespace(dont_write_bytecode=True), SimpleNamespace(dont_write_bytecode=False, frozen=True)]
)
def test_nothing_is_written_where_python_may_not_or_the_program_is_sealed(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: SimpleNamespace
) -> None:
    monkeypatch.setattr(tables, "sys", system)
    file = tmp_path / "words.toml"
    file.write_text("a = 1", "utf-8")
    assert tables.read_table(file) == {"a": 1}
    tables.save()
    assert not place.exists()


def test_a_full_disk_leaves_no_part_behind(place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, target: Path) -> Path:
        raise OSError(28, f"no space left for {path} at {target}")

    file = tmp_path / "words.toml"
    file.write_text("a = 1", "utf-8")
    tables.read_table(file)
    monkeypatch.setattr(Path, "replace", full)
    tables.save()
    assert list(place.parent.iterdir()) == []


def test_where_nothing_can_be_written_nothing_is_kept(place: Path, tmp_path: Path) -> None:
    place.parent.write_text("a file where the folder would be")
    file = tmp_path / "words.toml"
    file.write_text("a = 1", "utf-8")
    assert tables.read_table(file) == {"a": 1}
    again()
    assert place.parent.is_file()
