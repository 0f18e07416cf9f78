"""What packages are made of, piece by piece: icons, manual page, bill of materials, choices of what goes in."""

from __future__ import annotations

import configparser
import plistlib
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

import app
from app.documents.formats import Format
from app.gui import start
from app.gui.session import TENDER_ENDING
from app.storage import sealing
from installer.contents import data_files, is_wanted, is_wanted_module, own_modules, reached
from installer.deb import DESKTOP
from installer.freezing import ROOT
from installer.macos.information import INFORMATION
from installer.manual import manual
from installer.system import PACKAGES, Needs, UnknownLibraryError, depends
from installer.windows.version import version_file

LINUX = ROOT / "installer" / "linux"

# --- what goes in


def test_every_module_of_the_program_goes_in() -> None:
    modules = own_modules(ROOT)
    assert {
        "app.__main__",
        "app.workers.child",
        "app.workers.mask_child",
        "app.secrecy.masking.pdf",
        "app.storage.schema",
    } <= set(modules)
    files = [file for file in (ROOT / "app").rglob("*.py") if "versions" not in file.parts]
    assert len(modules) >= len(files)


def test_resources_and_migrations_go_in_and_what_only_makes_them_does_not() -> None:
    folders = {folder for _, folder in data_files(ROOT)}
    assert {
        "resources/rules",
        "resources/messages/window/sv",
        "app/storage/migrations/versions",
        "resources/sample/bid",
    } <= folders
    left = ("resources/pictures", "resources/sample/build", "resources/licences")
    assert not any(folder.startswith(left) for folder in folders)


@pytest.mark.parametrize(
    ("target", "source", "wanted"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", "", False),
        ("PySide6/plugins/platforms/qwindows.dll", "", True),
        ("PySide6/Qt/plugins/platforms/libqcocoa.dylib", "", True),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", "", False),
        ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", "", False),
        ("PySide6/Qt/plugins/iconengines/libqsvgicon.so", "", True),
        ("PySide6/Qt/translations/qtbase_sv.qm", "", True),
        ("PySide6/Qt/translations/qtbase_de.qm", "", False),
        ("qtawesome/fonts/phosphor-1.3.0.ttf", "", True),
        ("qtawesome/fonts/remixicon-2.5.0.ttf", "", False),
        ("libX11.so.6", "/lib/x86_64-linux-gnu/libX11.so.6", False),
        ("libcrypto.so.3", "/lib/x86_64-linux-gnu/libcrypto.so.3", True),
        ("libpython3.11.so.1.0", "/usr/lib/x86_64-linux-gnu/libpython3.11.so.1.0", True),
        ("lib-dynload/_lzma.so", "/usr/lib/python3.11/lib-dynload/_lzma.so", True),
        ("pillow.libs/libfreetype-57f805ba.so.6", "site-packages/pillow.libs/libfreetype-57f805ba.so.6", True),
        ("pillow.libs/libxcb-9065bb12.so.1.1.0", "site-packages/pillow.libs/libxcb-9065bb12.so.1.1.0", False),
        ("docx/templates/default.docx", "site-packages/docx/templates/default.docx", True),
        ("docx/templates/default-docx-template/word/styles.xml", "", False),
        ("holidays/locale/sv/LC_MESSAGES/SE.mo", "", True),
        ("holidays/locale/th/LC_MESSAGES/SE.mo", "", False),
    ],
)
def test_what_is_wanted(target: str, source: str, wanted: bool) -> None:
    assert is_wanted(target, source) is wanted


def test_colouring_source_code_is_not() -> None:
    assert not is_wanted_module("pygments.lexers.python")
    assert is_wanted_module("pygments.lexers._mapping")
    assert is_wanted_module("app.gui.start")


def test_a_library_that_nothing_loads_is_left_out_with_what_only_it_loads() -> None:
    entries = [
        ("PIL/_imaging.so", "/s/imaging", "EXTENSION"),
        ("libused.so.1", "/s/used", "BINARY"),
        ("libdeep.so.1", "/s/deep", "BINARY"),
        ("libgtk.so.3", "/s/gtk", "BINARY"),
        ("libcairo.so.2", "/s/cairo", "BINARY"),
        ("typst/_typst.so", "/s/typst", "BINARY"),
        ("libpython3.11.so.1.0", "/s/python", "BINARY"),
        ("libQt6Gui.so.6", "PySide6/Qt/lib/libused.so.1", "SYMLINK"),
        ("libQt6Net.so.6", "PySide6/Qt/lib/libgtk.so.3", "SYMLINK"),
    ]
    linked = {"/s/imaging": ["libused.so.1"], "/s/used": ["libdeep.so.1", "libc.so.6"], "/s/gtk": ["libcairo.so.2"]}
    kept = [entry[0] for entry in reached(entries, lambda file: linked.get(file, []))]
    assert kept == [
        "PIL/_imaging.so",
        "libused.so.1",
        "libdeep.so.1",
        "typst/_typst.so",
        "libpython3.11.so.1.0",
        "libQt6Gui.so.6",
    ]


# --- what a Linux system must have


def test_a_library_that_no_package_is_known_for_stops_the_package() -> None:
    with pytest.raises(UnknownLibraryError, match=r"libfoo\.so\.1"):
        depends(Needs(frozenset({"libfoo.so.1", "libz.so.1"}), (2, 34)))


def test_packages_are_named_once_and_the_c_library_by_version() -> None:
    asked = depends(Needs(frozenset({"libglib-2.0.so.0", "libgio-2.0.so.0", "libz.so.1"}), (2, 34)), also=())
    assert asked == ["libc6 (>= 2.34)", "libglib2.0-0", "zlib1g"]
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9.+-]+", package) for package in PACKAGES.values())


# --- the manual page


def words_of(language: str) -> dict[str, str]:
    return tomllib.loads((LINUX / f"manual.{language}.toml").read_text("utf-8"))


def test_the_manual_has_the_same_words_in_both_languages_and_uses_them_all() -> None:
    assert words_of("sv").keys() == words_of("en").keys()
    code = (ROOT / "installer" / "manual.py").read_text("utf-8")
    assert [key for key in words_of("sv") if f'"{key}"' not in code and f"'{key}'" not in code] == []


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_manual_names_every_command_and_option(language: str) -> None:
    page = manual(language, 0).replace("\\-", "-")
    for name in ("check", "annex", "mask", "suggest"):
        assert f".SS {name}\n" in page
    for option in ("--format", "--limit", "--leave", "--organisation-number", "--sample", "--version", "ANBUDSKLAR_HOME"):
        assert option in page
    assert '"1970-01-01"' in page


@pytest.mark.skipif(shutil.which("man") is None, reason="man is not installed")
@pytest.mark.parametrize("language", ["sv", "en"])
def test_man_reads_the_manual_without_a_warning(tmp_path: Path, language: str) -> None:
    page = tmp_path / "anbudsklar.1"
    page.write_text(manual(language, 0), "utf-8")
    command = ["man", "--warnings", "--encoding=UTF-8", "--local-file", str(page)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    )
    assert done.returncode == 0
    assert done.stderr == ""
    assert "ANBUDSKLAR_PASSWORD" in done.stdout


# --- desktops


def test_the_desktop_entry_opens_what_the_program_reads() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(LINUX / f"{DESKTOP}.desktop", "utf-8")
    said = entry["Desktop Entry"]
    types = said["MimeType"].split(";")
    assert types[0] == "application/x-anbudsklar"
    for form in (Format.PDF, Format.ZIP, Format.RTF):
        assert any(one.endswith(f"/{form}") for one in types)
    assert {key.removesuffix("[sv]") for key in said if key.endswith("[sv]")} == {"GenericName", "Comment", "Keywords"}
    assert start._DESKTOP == DESKTOP


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-utils is not installed")
def test_the_desktop_entry_is_valid() -> None:
    command = ["desktop-file-validate", str(LINUX / f"{DESKTOP}.desktop")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_a_saved_tender_is_known_by_its_ending_and_its_first_bytes() -> None:
    tree = ElementTree.parse(LINUX / "anbudsklar.xml")
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    glob, match = tree.find(".//m:glob", space), tree.find(".//m:match", space)
    assert glob is not None
    assert match is not None
    assert glob.get("pattern") == f"*{TENDER_ENDING}"
    assert str(match.get("value")).replace("\\n", "\n").encode() == sealing._MAGIC


def test_the_flatpak_is_given_no_network() -> None:
    said = (LINUX / f"{DESKTOP}.yml").read_text("utf-8")
    given = [line for line in said.splitlines() if re.match(r"\s*- --", line)]
    assert given
    assert not any("network" in line for line in given)


@pytest.mark.skipif(shutil.which("shellcheck") is None, reason="shellcheck is not installed")
@pytest.mark.parametrize("script", ["linux/make_appimage.sh", "linux/preinst", "macos/make_dmg.sh"])
def test_scripts_are_sound(script: str) -> None:
    done = subprocess.run(["shellcheck", str(ROOT / "installer" / script)], capture_output=True, text=True, check=False)
    assert done.stdout == ""


# --- macOS and Windows


def test_the_bundle_knows_its_own_files_and_can_be_written() -> None:
    plistlib.loads(plistlib.dumps(INFORMATION))
    (declared,) = INFORMATION["UTExportedTypeDeclarations"]
    assert declared["UTTypeTagSpecification"]["public.filename-extension"] == [TENDER_ENDING.removeprefix(".")]
    assert INFORMATION["CFBundleShortVersionString"] == app.__version__


def test_the_bundle_asks_for_no_network() -> None:
    asked = plistlib.loads((ROOT / "installer" / "macos" / "entitlements.plist").read_bytes())
    assert not any("network" in key for key in asked)


@pytest.mark.parametrize(("version", "numbers"), [("0.1.0", (0, 1, 0, 0)), ("1.2.3rc4", (1, 2, 3, 4)), ("2", (2, 0, 0, 0))])
def test_windows_is_told_the_version(version: str, numbers: tuple[int, ...]) -> None:
    said = version_file(version)
    assert f"filevers={numbers}" in said
    assert f"'{version}'" in said
    compile(said, "version", "eval")
