"""The Debian package: the frozen program under /usr/lib, and what a desktop needs to know of it. No script runs but one check."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import app
from app.core.parts import Part
from installer.freezing import ROOT, FreezingError, moment, size_of
from installer.icons import LINUX_SIZES, write_icons
from installer.manual import manual
from installer.system import depends, needs_of

__all__ = ["DESKTOP", "build_deb", "lay_out", "maintainer", "metainfo"]

DESKTOP = "se.anbudsklar.Anbudsklar"
"""The name that desktops know the program by; the same as in `app.gui.start`."""

_SOURCES = ROOT / "installer" / "linux"
_MIME_ICON = "application-x-anbudsklar"
_CONTROL = """\
Package: anbudsklar
Version: {version}
Architecture: {architecture}
Maintainer: {maintainer}
Installed-Size: {kilobytes}
Depends: {depends}
Recommends: gnome-keyring | libkf5wallet-bin | keepassxc
Suggests: libreoffice-writer, libreoffice-calc
Section: text
Priority: optional
Description: checklist for bids in Swedish public procurements
 Anbudsklar reads the documents of a procurement, lists every question,
 attachment and requirement with the place that asks for it, and keeps track
 until nothing is missing. It helps to point out what the buyer should keep
 secret, and exports the request.
 .
 Everything stays on the computer, encrypted. The program opens no network and
 never updates itself.
"""
_MAINTAINER = "Anbudsklar <anbudsklar@localhost>"
"""For one's own use. Who gives the package to others says who answers for it."""


def build_deb(program: Path, parts: tuple[Part, ...], target: Path, *, compression: str = "xz") -> Path:
    """Write `anbudsklar_VERSION_ARCHITECTURE.deb` of a frozen program into the folder. Needs dpkg-deb and objdump."""
    architecture = _asked("dpkg", "--print-architecture")
    tree = target / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    lay_out(program, parts, tree)
    control = tree / "DEBIAN"
    control.mkdir()
    values = {
        "version": app.__version__,
        "architecture": architecture,
        "maintainer": maintainer(),
        "kilobytes": size_of(tree) // 1024,
        "depends": ", ".join(depends(needs_of(program))),
    }
    (control / "control").write_text(_CONTROL.format(**values), "utf-8")
    (control / "preinst").write_text((_SOURCES / "preinst").read_text("utf-8").replace("@VERSION@", app.__version__), "utf-8")
    (control / "preinst").chmod(0o755)
    (control / "md5sums").write_text(_sums(tree), "utf-8")
    _date(tree)
    package = target / f"anbudsklar_{app.__version__}_{architecture}.deb"
    command = ["dpkg-deb", "--root-owner-group", f"-Z{compression}", "--build", str(tree), str(package)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env={**os.environ, "SOURCE_DATE_EPOCH": str(moment())})
    shutil.rmtree(tree)
    return package


def lay_out(program: Path, parts: tuple[Part, ...], tree: Path) -> None:
    """The files as they will lie from the root of the system."""
    usr = tree / "usr"
    (usr / "bin").mkdir(parents=True)
    shutil.copytree(program, usr / "lib" / "anbudsklar", symlinks=True)
    (usr / "bin" / "anbudsklar").symlink_to("../lib/anbudsklar/anbudsklar")
    _share(usr / "share")
    documents = usr / "share" / "doc" / "anbudsklar"
    documents.mkdir(parents=True)
    (documents / "copyright").write_text(_copyright(parts), "utf-8")
    _gzip(documents / "changelog.gz", _changelog())
    for language, folder in (("en", usr / "share" / "man"), ("sv", usr / "share" / "man" / "sv")):
        (folder / "man1").mkdir(parents=True)
        _gzip(folder / "man1" / "anbudsklar.1.gz", manual(language, moment()))


def maintainer() -> str:
    """Who answers for the package, by DEBFULLNAME and DEBEMAIL. Raises FreezingError when only one is given."""
    name, address = (os.environ.get(variable, "").strip() for variable in ("DEBFULLNAME", "DEBEMAIL"))
    if bool(name) != bool(address):
        raise FreezingError("DEBFULLNAME and DEBEMAIL go together: give both, or neither.")
    return f"{name} <{address}>" if name else _MAINTAINER


def metainfo() -> str:
    """What software centres show, with this version."""
    day = datetime.fromtimestamp(moment(), UTC).date().isoformat()
    text = (_SOURCES / f"{DESKTOP}.metainfo.xml").read_text("utf-8")
    return text.replace("@VERSION@", app.__version__).replace("@DATE@", day)


def _share(share: Path) -> None:
    for name, folder in ((f"{DESKTOP}.desktop", "applications"), ("anbudsklar.xml", "mime/packages")):
        (share / folder).mkdir(parents=True)
        shutil.copyfile(_SOURCES / name, share / folder / name)
    (share / "metainfo").mkdir()
    (share / "metainfo" / f"{DESKTOP}.metainfo.xml").write_text(metainfo(), "utf-8")
    drawn = share / "drawn"
    write_icons(ROOT, drawn)
    for picture, kind, name in (("anbudsklar", "apps", DESKTOP), ("tender", "mimetypes", _MIME_ICON)):
        for size in LINUX_SIZES:
            icons = share / "icons" / "hicolor" / f"{size}x{size}" / kind
            icons.mkdir(parents=True, exist_ok=True)
            shutil.move(drawn / f"{picture}-{size}.png", icons / f"{name}.png")
        scalable = share / "icons" / "hicolor" / "scalable" / kind
        scalable.mkdir(parents=True)
        shutil.copyfile(ROOT / "resources" / "icons" / f"{picture}.svg", scalable / f"{name}.svg")
    shutil.rmtree(drawn)


def _copyright(parts: tuple[Part, ...]) -> str:
    """The program's licence and those of all its parts."""
    said = ["Anbudsklar\n\n" + (ROOT / "LICENSE").read_text("utf-8").strip(), "The program contains:"]
    for part in parts:
        head = "\n".join(line for line in (f"{part.name} {part.version}".strip(), part.licence, part.home, part.source) if line)
        said.append("\n\n".join((head, *(text.strip("\n") for text in part.texts))))
    return f"\n\n{'-' * 78}\n\n".join(said) + "\n"


def _changelog() -> str:
    at = format_datetime(datetime.fromtimestamp(moment(), UTC))
    return f"anbudsklar ({app.__version__}) unstable; urgency=low\n\n  * See CHANGELOG.md.\n\n -- {maintainer()}  {at}\n"


def _sums(tree: Path) -> str:
    files = sorted(path for path in (tree / "usr").rglob("*") if path.is_file() and not path.is_symlink())
    return "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(tree).as_posix()}\n"
        for path in files
    )


def _date(tree: Path) -> None:
    for path in tree.rglob("*"):
        if not path.is_symlink():
            if path.is_dir():
                path.chmod(0o755)
            elif path.parent.name != "DEBIAN" and path.stat().st_mode & 0o111 == 0:
                path.chmod(0o644)
        os.utime(path, (moment(), moment()), follow_symlinks=False)


def _gzip(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))


def _asked(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
