"""The Debian package: built, installed into a folder of its own, run from there, refused over a newer version, and removed."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import app
from installer.deb import DESKTOP, build_deb
from installer.freezing import carried_parts
from installer.system import depends, needs_of
from tests.support.frozen import Frozen

_NEEDED = ("dpkg", "dpkg-deb", "objdump")
_MISSING = [name for name in _NEEDED if shutil.which(name) is None]

pytestmark = pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)}")


class Root:
    """A system of its own, as far as dpkg is concerned: nothing of the real one is touched."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "var" / "lib" / "dpkg" / "info").mkdir(parents=True)
        (folder / "var" / "lib" / "dpkg" / "updates").mkdir()
        (folder / "var" / "lib" / "dpkg" / "status").touch()

    def dpkg(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """dpkg on this root. The libraries that the package depends on are those of the real system."""
        command = ["dpkg", f"--root={self.folder}", "--force-not-root", "--force-script-chrootless", "--force-depends"]
        if os.geteuid() != 0 and shutil.which("fakeroot"):
            command.insert(0, "fakeroot")
        environment = {**os.environ, "LC_ALL": "C", "PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin"}
        return subprocess.run([*command, *map(str, words)], capture_output=True, text=True, check=False, env=environment)

    def version(self) -> str:
        """The version that is installed; empty when none is."""
        asked = self.dpkg("--status", "anbudsklar").stdout
        found = re.search(r"^Version: (.+)$", asked, re.MULTILINE)
        return found[1] if found and "install ok installed" in asked else ""

    def files(self) -> list[str]:
        """What there is, apart from dpkg's own notes."""
        return sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if "dpkg" not in path.parts)


@pytest.fixture(scope="module")
def package(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("deb")
    yield build_deb(built, carried_parts(built), folder, compression="none")
    shutil.rmtree(folder)


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Root]:
    root = Root(tmp_path / "rot")
    yield root
    shutil.rmtree(root.folder)


def empty_package(folder: Path, version: str) -> Path:
    """Another version of the package, with nothing in it."""
    tree = folder / version
    (tree / "DEBIAN").mkdir(parents=True)
    said = (
        f"Package: anbudsklar\nVersion: {version}\nArchitecture: all\nMaintainer: X <x@localhost>\nDescription: another version\n"
    )
    (tree / "DEBIAN" / "control").write_text(said, "utf-8")
    subprocess.run(["dpkg-deb", "-Znone", "--build", str(tree)], check=True, capture_output=True)
    return tree.with_name(f"{tree.name}.deb")


def test_it_is_installed_run_and_removed(package: Path, root: Root, tmp_path: Path) -> None:
    done = root.dpkg("--install", package)
    assert done.returncode == 0, done.stderr
    assert root.version() == app.__version__
    program = Frozen(root.folder / "usr" / "bin" / "anbudsklar", tmp_path / "hem")
    ran = program.run("--version")
    assert ran.stdout == f"anbudsklar {app.__version__}\n", ran.stderr
    opened = program.start("standing_in_the_way")
    assert opened.result()["dialog"] == "RecoveryCodeDialog"
    assert opened.end() == 0
    program.close()
    vault = sorted(path.name for path in program.vault.iterdir())
    assert "vault.db" in vault
    done = root.dpkg("--purge", "anbudsklar")
    assert done.returncode == 0, done.stderr
    assert root.files() == ["var", "var/lib"], "nothing is left of the program"
    assert sorted(path.name for path in program.vault.iterdir()) == vault, "the vault is the user's"


def test_an_older_version_is_refused_over_a_newer_one_with_a_word(package: Path, root: Root, tmp_path: Path) -> None:
    assert root.dpkg("--install", empty_package(tmp_path, "99.0")).returncode == 0
    done = root.dpkg("--install", package)
    assert done.returncode != 0
    assert f"Anbudsklar 99.0 är installerat och är nyare än {app.__version__}" in done.stderr
    assert "Nothing was changed" in done.stderr
    assert root.version() == "99.0"


def test_it_replaces_an_older_version(package: Path, root: Root, tmp_path: Path) -> None:
    assert root.dpkg("--install", empty_package(tmp_path, "0.0.1")).returncode == 0
    done = root.dpkg("--install", package)
    assert done.returncode == 0, done.stderr
    assert root.version() == app.__version__


def test_what_a_desktop_needs_is_where_it_looks(package: Path, tmp_path: Path) -> None:
    subprocess.run(["dpkg-deb", "-x", str(package), str(tmp_path / "x")], check=True)
    share = tmp_path / "x" / "usr" / "share"
    entry = (share / "applications" / f"{DESKTOP}.desktop").read_text("utf-8")
    assert f"Icon={DESKTOP}\n" in entry
    assert (share / "icons" / "hicolor" / "48x48" / "apps" / f"{DESKTOP}.png").is_file()
    assert (share / "icons" / "hicolor" / "48x48" / "mimetypes" / "application-x-anbudsklar.png").is_file()
    assert (share / "mime" / "packages" / "anbudsklar.xml").is_file()
    page = gzip.decompress((share / "man" / "man1" / "anbudsklar.1.gz").read_bytes()).decode()
    assert page.startswith(".TH ANBUDSKLAR 1")
    said = (share / "doc" / "anbudsklar" / "copyright").read_text("utf-8")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in said
    assert "SQLCipher" in said


def test_it_depends_on_what_its_files_load(package: Path, built: Path) -> None:
    asked = subprocess.run(["dpkg-deb", "--field", str(package), "Depends"], capture_output=True, text=True, check=True)
    assert asked.stdout.strip().split(", ") == depends(needs_of(built))


def test_the_same_program_makes_the_same_package(package: Path, built: Path, tmp_path: Path) -> None:
    again = build_deb(built, carried_parts(built), tmp_path, compression="none")
    assert again.read_bytes() == package.read_bytes()
