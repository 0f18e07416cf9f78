"""The frozen program does what the program does: reads, masks, writes the annex, keeps the vault, and survives being killed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

import msgspec
import pypdfium2
import pytest

import app
from app.core.resources import resource
from app.extraction import kept
from installer.elf import folders_of
from installer.freezing import LARGEST, size_of
from tests.support.frozen import Frozen
from tests.support.keyrings import MemoryKeyring
from tests.support.vaults import PASSPHRASE, TENDER
from tests.support.window import sample_files

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample"


def bid(folder: Path) -> Path:
    folder.mkdir(parents=True)
    for file in sorted(resource("sample", "bid").iterdir(), key=str):
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def may_unshare(what: str) -> bool:
    """Whether one process alone can be given mounts or a network of its own: as root, or where users may have namespaces."""
    unshare = shutil.which("unshare")
    return unshare is not None and subprocess.run([unshare, what, "true"], capture_output=True, check=False).returncode == 0


needs_mounts = pytest.mark.skipif(not may_unshare("--mount"), reason="nothing can be mounted for one process here")
needs_own_network = pytest.mark.skipif(not may_unshare("--net"), reason="one process cannot be without a network here")


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "vault.lock"}


def shared_memory_of(process: int) -> set[Path]:
    """The pieces of shared memory that a process holds, by their names on Linux."""
    maps = Path(f"/proc/{process}/maps").read_text("utf-8", "surrogateescape").splitlines()
    return {Path(line.split(maxsplit=5)[5]) for line in maps if "/dev/shm/psm_" in line}


# --- what is in it


def test_it_is_small_enough(built: Path) -> None:
    assert size_of(built) < LARGEST


def test_it_has_neither_qts_network_nor_pythons_tls_nor_parts_of_qt_that_no_window_needs(built: Path) -> None:
    names = {path.name for path in built.rglob("*")}
    found = [
        name for name in names if name.startswith(("libQt6Network", "libQt6Qml", "libQt6Quick", "libQt6Test", "libssl", "_ssl"))
    ]
    assert found == []
    assert {path.name for path in built.rglob("*.qm")} == {"qtbase_sv.qm"}


def test_its_libraries_look_for_others_beside_themselves_only(built: Path) -> None:
    files = [path for path in built.rglob("*.so*") if path.is_file() and not path.is_symlink()]
    assert len(files) > 100
    assert {folder for path in files for folder in folders_of(path) if not folder.startswith("$ORIGIN")} == set()


# --- the command line


def test_its_version(program: Frozen) -> None:
    done = program.run("--version")
    assert (done.returncode, done.stdout) == (0, f"anbudsklar {app.__version__}\n")


def test_it_lists_what_the_program_lists(program: Frozen) -> None:
    done = program.run("check", SAMPLE / "procurement", "--format", "json", "--lang", "sv")
    assert done.returncode in (0, 1), done.stderr
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "app", "check", str(SAMPLE / "procurement"), "--format", "json", "--lang", "sv"]
    expected = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=ROOT)
    assert json.loads(done.stdout) == json.loads(expected.stdout)
    assert len(json.loads(done.stdout)["items"]) > 100


def test_the_rules_it_reads_by_are_compiled_ahead(built: Path, program: Frozen) -> None:
    brought = msgspec.msgpack.decode((built / "_internal" / "app" / "extraction" / "kept.patterns").read_bytes(), type=kept._File)
    assert brought.made_for == kept._MADE_FOR, "by the interpreter that went into it"
    tables = (built / "_internal" / "app" / "core" / "tables.tables").read_text("utf-8").splitlines()
    files = {sha256(file.read_bytes()).hexdigest() for file in (built / "_internal" / "resources").rglob("*.toml")}
    assert files <= {line.partition(" ")[0] for line in tables}, "every table is read ahead"
    program.make_vault().close()
    running = program.start("rules")
    said = running.result()
    assert said == {"found": len(brought.patterns), "added": 0, "compiled": False}
    assert said["found"] > 200
    assert running.end() == 0


@needs_own_network
def test_it_does_its_work_where_there_is_no_network_at_all(program: Frozen, tmp_path: Path) -> None:
    claims, annex = bid(tmp_path / "Vårt anbud") / "claims.json", tmp_path / "bilaga.pdf"
    words = ("--tender", "Drift", "--buyer", "VRM", "--bidder", "Norrsken", "--organisation-number", "556000-4615")
    done = program.run("suggest", claims.parent, "-o", claims, *words, before=("unshare", "--net"))
    assert claims.is_file(), done.stderr
    done = program.run("annex", claims, "-o", annex, before=("unshare", "--net"))
    assert annex.is_file(), done.stderr
    assert annex.read_bytes().startswith(b"%PDF")


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_it_opens_no_socket_but_to_its_own_children(program: Frozen, tmp_path: Path) -> None:
    claims, calls = bid(tmp_path / "Vårt anbud") / "claims.json", tmp_path / "calls"
    before = ("strace", "-f", "-qq", "-e", "trace=socket,connect,bind", "-o", str(calls))
    words = ("--tender", "Drift", "--buyer", "VRM", "--bidder", "Norrsken", "--organisation-number", "556000-4615")
    done = program.run("suggest", claims.parent, "-o", claims, *words)
    assert claims.is_file(), done.stderr
    done = program.run("annex", claims, "-o", tmp_path / "bilaga.pdf", before=before)
    assert (tmp_path / "bilaga.pdf").is_file(), done.stderr
    opened = [line for line in calls.read_text("utf-8").splitlines() if re.search(r"\b(socket|connect|bind)\(", line)]
    assert [line for line in opened if "AF_UNIX" not in line] == []


@pytest.mark.parametrize("ending", ["xlsx", "docx", "html"])
def test_it_writes_the_list(program: Frozen, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"lista.{ending}"
    done = program.run("check", SAMPLE / "procurement" / "Bilaga 2 Prisbilaga.xlsx", "-o", target)
    assert done.returncode == 0, done.stderr
    assert target.stat().st_size > 1000


def test_from_suggestions_to_annex_and_masked_copies(program: Frozen, tmp_path: Path) -> None:
    folder = bid(tmp_path / "Vårt anbud")
    claims = folder / "claims.json"
    words = ("--tender", "Drift", "--buyer", "VRM", "--bidder", "Norrsken & Lod IT AB", "--organisation-number", "556000-4615")
    done = program.run("suggest", folder, "-o", claims, *words)
    assert done.returncode in (0, 1), done.stderr
    chosen = json.loads(claims.read_text("utf-8"))
    assert chosen["claims"]
    done = program.run("annex", claims, "-o", tmp_path / "bilaga.pdf")
    assert done.returncode in (0, 1), done.stderr
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(tmp_path / "bilaga.pdf"))
    assert "Norrsken & Lod IT AB" in text
    done = program.run("mask", claims, "-o", tmp_path / "maskat")
    assert done.returncode in (0, 1), done.stderr
    kinds = {path.suffix for path in (tmp_path / "maskat").iterdir()}
    assert kinds >= {".docx", ".xlsx"}, done.stderr


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_finds_its_own_libraries(program: Frozen, tmp_path: Path) -> None:
    """The frozen program's libraries are found by a variable of the environment, which LibreOffice must not inherit."""
    old = tmp_path / "Krav.rtf"
    old.write_bytes(rb"{\rtf1\ansi 1 Krav\par Anbudsgivaren ska bifoga registreringsbevis.\par}")
    done = program.run("check", old, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert any("registreringsbevis" in item["text"] for item in json.loads(done.stdout)["items"])


# --- the window


def test_from_files_to_the_annex_then_killed_and_opened_again(program: Frozen, tmp_path: Path) -> None:
    annex = tmp_path / "Sekretessbilaga.pdf"
    folder = bid(tmp_path / "Vårt anbud")
    running = program.start("work", *sample_files(), STANDIN_BID=str(folder), STANDIN_ANNEX=str(annex))
    kept = running.result()
    assert len(kept["documents"]) == len(sample_files())
    assert kept["errors"] == []
    assert len(kept["items"]) > 100
    assert kept["claims"]
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(annex))
    assert "Norrsken & Lod IT AB" in text
    until = time.monotonic() + 30
    while not (pictures := shared_memory_of(running.process.pid)) and time.monotonic() < until:
        time.sleep(0.1)
    assert pictures, "pages are drawn into shared memory"
    running.kill()
    until = time.monotonic() + 30
    while (program.running() or any(path.exists() for path in pictures)) and time.monotonic() < until:
        time.sleep(0.1)
    assert program.running() == [], "no child outlives the program"
    assert [path for path in pictures if path.exists()] == [], "no picture of a page outlives the program"
    secret = kept["items"][0][1].encode()
    written = {name: data for name, data in files_of(program.home).items() if name != running.told.name}
    assert [name for name, data in written.items() if secret in data] == [], "the vault is encrypted"

    again = program.start("reopen")
    assert again.result() == kept
    assert again.end() == 0


def test_a_tender_saved_as_a_file_opens_with_its_phrase(program: Frozen, tmp_path: Path) -> None:
    sender = Frozen(program.program, tmp_path / "Avsändare")
    vault = sender.make_vault()
    saved = tmp_path / "Drift av växel.anbudsklar"
    vault.export_tender(TENDER, PASSPHRASE, saved)
    vault.close()
    program.keep(MemoryKeyring())
    receiver = program.make_vault()
    receiver.close()
    running = program.start("bring", saved, STANDIN_PHRASE=PASSPHRASE)
    assert running.result() == "Drift av växel"
    assert running.end() == 0


# --- what stands in the way


def test_a_vault_of_a_newer_version_is_told_and_left_as_it_is(program: Frozen) -> None:
    program.make_vault().close()
    envelope = program.vault / "vault.json"
    envelope.write_text(json.dumps({**json.loads(envelope.read_bytes()), "format": 99}), "utf-8")
    before = files_of(program.vault)
    running = program.start("standing_in_the_way")
    said = running.result()
    assert said["dialog"] == "VaultTrouble"
    assert any("nyare version" in words for words in said["said"]), said
    assert running.end() == 0
    assert files_of(program.vault) == before


def test_without_a_keyring_service_a_phrase_is_asked_for(program: Frozen) -> None:
    program.keyring = "none"
    running = program.start("standing_in_the_way")
    said = running.result()
    assert said["dialog"] == "NewPassphrase"
    assert running.end() == 0
    assert not (program.vault / "vault.db").exists()


@pytest.mark.skipif(
    not (shutil.which("dbus-run-session") and shutil.which("gnome-keyring-daemon")),
    reason="no service that keeps secrets is installed (gnome-keyring, dbus)",
)
def test_the_systems_own_keyring_keeps_the_key(program: Frozen) -> None:
    program.keyring = "best"
    service = 'printf %s hemligt | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$@"'
    before = ["dbus-run-session", "--", "sh", "-c", service, "sh"]
    with tempfile.TemporaryDirectory(dir="/tmp") as sockets:  # a socket's path may have 107 bytes: a test's own folder has more
        first = program.start("enter", before=before, XDG_RUNTIME_DIR=sockets)
        assert first.result() == {"keyring": "keyring.backends.SecretService", "code": True}
        assert first.end() == 0
        second = program.start("enter", before=before, XDG_RUNTIME_DIR=sockets)
        assert second.result() == {"keyring": "keyring.backends.SecretService", "code": False}
        assert second.end() == 0


@needs_mounts
def test_a_read_only_home_is_told(program: Frozen) -> None:
    home = program.home / "skrivskyddat"
    home.mkdir(parents=True)
    mount = f'mount --bind "{home}" "{home}" && mount -o remount,bind,ro "{home}" && exec "$@"'
    before = ["unshare", "--mount", "sh", "-c", mount, "sh"]
    running = program.start("standing_in_the_way", before=before, ANBUDSKLAR_HOME=str(home / "Anbudsklar"))
    said = running.result()
    assert said["dialog"] == "VaultTrouble", said
    assert any("skriv" in words for words in said["said"]), said
    assert running.end() == 0


def places(library: str) -> list[Path]:
    """Where the system has a library."""
    found = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    return [Path(line.split(" => ")[1]).resolve() for line in found.splitlines() if line.split()[:1] == [library]]


def without(program: Frozen, hidden: list[Path], **environment: str) -> subprocess.CompletedProcess[str]:
    """The window's program where these files cannot be read."""
    hide = "".join(f'mount --bind /dev/null "{path}" && ' for path in hidden)
    command = ["unshare", "--mount", "sh", "-c", f'{hide}exec "$@"', "sh", str(program.program)]
    given = program.environment(LC_ALL="sv_SE.UTF-8", **environment)
    return subprocess.run(command, env=given, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def dialogs(program: Frozen) -> Path:
    """A folder with a program that shows dialogs, as a desktop has it: it writes down what it would show, in `shown`."""
    folder = program.home / "bin"
    folder.mkdir(parents=True)
    script = folder / "zenity"
    script.write_text(f'#!/bin/sh\nfor word in "$@"; do echo "$word"; done >"{folder}/shown"\n', "utf-8")
    script.chmod(0o755)
    for name in ("sh", "unshare", "mount"):
        (folder / name).symlink_to(str(shutil.which(name)))
    return folder


@needs_mounts
@pytest.mark.parametrize(
    ("library", "package"),
    [
        ("libglib-2.0.so.0", "libglib2.0-0"),
        ("libgthread-2.0.so.0", "libglib2.0-0"),
        ("libstdc++.so.6", "libstdc++6"),
        ("libzstd.so.1", "libzstd1"),
        ("libX11.so.6", "libx11-6"),
        ("libxcb.so.1", "libxcb1"),
        ("libfreetype.so.6", "libfreetype6"),
        ("libdbus-1.so.3", "libdbus-1-3"),
        ("libEGL.so.1", "libegl1"),
        ("libxcb-cursor.so.0", "libxcb-cursor0"),
    ],
)
def test_a_missing_system_library_is_told_with_its_package(program: Frozen, dialogs: Path, library: str, package: str) -> None:
    hidden = places(library)
    if not hidden:
        pytest.skip("the library is not there at all")
    done = without(program, hidden, QT_QPA_PLATFORM="xcb", DISPLAY=":7777", PATH=str(dialogs))
    assert done.returncode == 3, done.stderr
    assert f"sudo apt install {package}\n" in done.stderr
    assert f"({library})" in done.stderr
    assert "Traceback" not in done.stderr
    assert f"sudo apt install {package}\n" in (dialogs / "shown").read_text("utf-8"), "whoever started it from a menu sees it"


@needs_mounts
def test_wayland_lacks_its_own(program: Frozen, dialogs: Path) -> None:
    hidden = places("libwayland-client.so.0")
    if not hidden:
        pytest.skip("the library is not there at all")
    done = without(program, hidden, WAYLAND_DISPLAY="wayland-7777", PATH=str(dialogs))
    assert done.returncode == 3, done.stderr
    assert "sudo apt install libwayland-client0\n" in done.stderr


def test_a_screen_that_cannot_be_reached_is_told(program: Frozen) -> None:
    done = program.run(DISPLAY=":7777", LC_ALL="sv_SE.UTF-8", PATH="")
    if "saknas" in done.stderr:
        pytest.skip("this computer lacks the libraries of such a screen")
    assert done.returncode == 3, done.stderr
    assert "skärmen går inte att nå (could not connect to display :7777)" in done.stderr
