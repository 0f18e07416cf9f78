"""An output is whole or untouched."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import BinaryIO

import pytest

from app.cli.output import to_file
from app.core.errors import OutputError


def hello(stream: BinaryIO) -> None:
    stream.write("hallå".encode())


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    to_file(tmp_path / "ny.json", hello)
    assert (tmp_path / "ny.json").read_text("utf-8") == "hallå"
    assert [path.name for path in tmp_path.iterdir()] == ["ny.json"]


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_the_mode_of_an_earlier_file_stays(tmp_path: Path) -> None:
    target = tmp_path / "hemlig.json"
    target.write_text("förra")
    target.chmod(0o600)
    to_file(target, hello)
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.read_text("utf-8") == "hallå"


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "full"), KeyboardInterrupt(), ValueError("x")])
def test_what_stops_the_writing_leaves_the_earlier_file(tmp_path: Path, error: BaseException) -> None:
    target = tmp_path / "lista.xlsx"
    target.write_text("förra")

    def stopped(stream: BinaryIO) -> None:
        stream.write(b"half")
        raise error

    with pytest.raises((OutputError, KeyboardInterrupt, ValueError)):
        to_file(target, stopped)
    assert target.read_text("utf-8") == "förra"
    assert [path.name for path in tmp_path.iterdir()] == ["lista.xlsx"]


def test_a_full_disk_is_told_apart(tmp_path: Path) -> None:
    def full(stream: BinaryIO) -> None:
        raise OSError(errno.ENOSPC, "full")

    with pytest.raises(OutputError) as caught:
        to_file(tmp_path / "a.json", full)
    assert caught.value.code_used == "output.disk_full"
    assert caught.value.file == "a.json"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_device() -> None:
    with pytest.raises(OutputError) as caught:
        to_file(Path("/dev/full"), hello)
    assert caught.value.code_used == "output.disk_full"


def test_a_folder_that_is_not_there_or_a_folder_as_target(tmp_path: Path) -> None:
    for target in (tmp_path / "saknas" / "a.json", tmp_path):
        with pytest.raises(OutputError) as caught:
            to_file(target, hello)
        assert caught.value.code_used == "output.unwritable"


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("förra")
    (tmp_path / "link.json").symlink_to(tmp_path / "real.json")
    to_file(tmp_path / "link.json", hello)
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_text("utf-8") == "hallå"
