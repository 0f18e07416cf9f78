"""Making packages: what is left out and how, what stands beside the artefacts, and clear words for what goes wrong."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import app
from installer import __main__ as making
from installer.carried import UndeclaredError, carried_list
from installer.elf import unlink
from installer.freezing import ROOT, FreezingError
from installer.plain import plain
from installer.system import UnknownLibraryError


def test_hashes_stand_beside_what_was_made(tmp_path: Path) -> None:
    (tmp_path / "a.deb").write_bytes(b"1")
    path = making._sums([tmp_path / "a.deb"], tmp_path)
    assert path.read_text("utf-8") == "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b  a.deb\n"


# --- what goes wrong while packages are made


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (FreezingError("no strip"), "could not be frozen:\nno strip"),
        (UnknownLibraryError("libfoo.so.1"), "No Debian package is known for what the program needs: libfoo.so.1"),
        (subprocess.CalledProcessError(2, ["iscc", "a b"], stderr=b"line 7"), "A tool failed with status 2: iscc 'a b'\nline 7"),
    ],
)
def test_what_goes_wrong_is_said_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, error: Exception, words: str
) -> None:
    def fail(target: Path) -> Path:
        raise error

    monkeypatch.setattr(making, "freeze", fail)
    assert making.main(["--target", str(tmp_path)]) == 1
    assert words in capsys.readouterr().err


def test_the_bills_name_says_for_which_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "carried_parts", lambda _: ())
    path = making._bill(tmp_path, tmp_path)
    assert path.name == f"anbudsklar-{app.__version__}-{platform.system().lower()}-{platform.machine().lower()}.cdx.json"


# --- what libraries are made smaller by


def test_documentation_goes_and_lines_stay_where_they_were(tmp_path: Path) -> None:
    source = tmp_path / "module.py"
    source.write_text(
        '"""Många\nrader."""\n\n\ndef f():\n    """En."""\n\n\nclass C:\n    r"""A\n    B"""; x = "kvar"\n', "utf-8"
    )
    made: dict[str, Any] = {}
    text = Path(plain("package.module", str(source), tmp_path / "plain")).read_text("utf-8")
    exec(compile(text, "module", "exec"), made)
    assert (made["__doc__"], made["f"].__doc__, made["C"].__doc__, made["C"].x) == ("", "", "", "kvar")
    assert made["f"].__code__.co_firstlineno == 5
    assert (tmp_path / "plain" / "package" / "module.py").is_file()
    assert text.count("\n") == source.read_text("utf-8").count("\n")


@pytest.mark.skipif(sys.platform != "linux", reason="the files of a Linux desktop")
def test_a_library_that_is_no_longer_asked_for_is_not_missed(tmp_path: Path) -> None:
    import PIL

    libraries = [*Path(PIL.__file__).parent.glob("_imaging.*.so")]
    file = tmp_path / libraries[0].name
    shutil.copyfile(libraries[0], file)
    if not unlink(file, "libxcb-", "xcb_"):
        pytest.skip("this Pillow brings none")
    assert not unlink(file, "libxcb-", "xcb_")
    if objdump := shutil.which("objdump"):
        needed = subprocess.run([objdump, "-p", str(file)], capture_output=True, text=True, check=True).stdout
        assert "libtiff" in needed
        assert "libxcb" not in needed


def test_what_is_no_library_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "a.so"
    file.write_bytes(b"no library")
    assert not unlink(file, "libxcb-", "xcb_")
    assert file.read_bytes() == b"no library"


# --- templates and the network


def test_no_template_asks_for_a_package_that_would_have_to_be_fetched() -> None:
    templates = [*(ROOT / "resources").rglob("*.typ"), *(ROOT / "app").rglob("*.py")]
    assert [file.name for file in templates if re.search(r"@(preview|local)/", file.read_text("utf-8"))] == []


# --- what is carried


def test_what_nobody_asks_for_does_not_go_in_unseen() -> None:
    with pytest.raises(UndeclaredError, match="pytest"):
        carried_list([pytest.__file__])
