"""Who answers for the package, what the manual's first lines say, and libraries that forget where they were built."""

from __future__ import annotations

import ctypes
import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from installer import deb
from installer.elf import folders_of, forget_folders
from installer.freezing import ROOT, FreezingError
from installer.macos.information import INFORMATION
from installer.manual import manual

MACOS = ROOT / "installer" / "macos"


# --- who answers for it


def told(monkeypatch: pytest.MonkeyPatch, name: str, address: str) -> None:
    for variable, value in (("DEBFULLNAME", name), ("DEBEMAIL", address)):
        monkeypatch.setenv(variable, value)


def test_package_and_its_changes_name_the_same_maintainer(monkeypatch: pytest.MonkeyPatch) -> None:
    told(monkeypatch, "Åsa Öberg", "asa@example.se")
    assert deb.maintainer() == "Åsa Öberg <asa@example.se>"
    assert " -- Åsa Öberg <asa@example.se>  " in deb._changelog()
    told(monkeypatch, "", "")
    assert f" -- {deb.maintainer()}  " in deb._changelog()


@pytest.mark.parametrize(("name", "address"), [("Åsa Öberg", ""), ("", "asa@example.se"), ("Åsa Öberg", " ")])
def test_half_a_maintainer_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, address: str) -> None:
    told(monkeypatch, name, address)
    with pytest.raises(FreezingError, match="DEBFULLNAME and DEBEMAIL"):
        deb.maintainer()


# --- the manual


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_manual_has_three_dots_where_several_are_taken(language: str) -> None:
    page = manual(language, 0)
    assert not re.search(r"\.{4,}", page)
    assert ".I [PATH]... [...]\n" in page
    assert ".I PATH... [...]\n" in page


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_manual_names_what_stays(language: str) -> None:
    page = manual(language, 0)
    assert ".I ~/.local/share/Anbudsklar\n" in page
    assert ".I ~/.config/Anbudsklar\n" in page


# --- libraries


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("cc") is None, reason="no compiler for Linux here")
@pytest.mark.parametrize("kind", ["runpath", "rpath"])
@pytest.mark.parametrize(
    ("folders", "left"),
    [
        ("/opt/byggd/lib:/home/någon/lib", []),
        ("$ORIGIN/../lib", ["$ORIGIN/../lib"]),
        ("$ORIGIN:/opt/byggd/lib", ["$ORIGIN", "/opt/byggd/lib"]),
        ("", []),
    ],
)
def test_a_library_forgets_where_it_was_built(tmp_path: Path, kind: str, folders: str, left: list[str]) -> None:
    library = tmp_path / "libprov.so"
    (tmp_path / "prov.c").write_text("#include <math.h>\ndouble svar(double x) { return cos(x) + 41; }\n", "utf-8")
    command = ["cc", "-shared", "-fPIC", "-o", str(library), str(tmp_path / "prov.c"), "-lm"]
    if folders:
        command.append(f"-Wl,{'--enable-new-dtags' if kind == 'runpath' else '--disable-new-dtags'},-rpath,{folders}")
    subprocess.run(command, check=True)
    assert folders_of(library) == (folders.split(":") if folders else [])
    size = library.stat().st_size
    assert forget_folders(library) is (bool(folders) and not left)
    assert folders_of(library) == left
    assert library.stat().st_size == size
    answer = ctypes.CDLL(str(library)).svar
    answer.restype, answer.argtypes = ctypes.c_double, [ctypes.c_double]
    assert answer(0.0) == 42.0


@pytest.mark.parametrize("data", [b"", b"\x7fELF", b"#!/bin/sh\n", b"\x7fELF\x01\x01" + bytes(100)])
def test_what_is_no_such_library_is_left_alone(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "annat.so"
    file.write_bytes(data)
    assert folders_of(file) == []
    assert not forget_folders(file)
    assert file.read_bytes() == data


# --- macOS


@pytest.mark.parametrize("language", ["sv", "en"])
def test_kinds_of_files_have_names_in_each_language(language: str) -> None:
    names = plistlib.loads((MACOS / f"{language}.lproj" / "InfoPlist.strings").read_bytes())
    kinds = {one["CFBundleTypeName"] for one in INFORMATION["CFBundleDocumentTypes"]}
    assert set(names) == kinds | {one["UTTypeDescription"] for one in INFORMATION["UTExportedTypeDeclarations"]}
    assert all(names.values())
    assert language in INFORMATION["CFBundleLocalizations"]
    assert f"for language in {' '.join(INFORMATION['CFBundleLocalizations'])}; do" in (MACOS / "make_dmg.sh").read_text("utf-8")
