"""What the frozen program needs of a Linux system: libraries that it does not carry, and the Debian packages that have them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.cli.libraries import LIBRARIES, X11_LIBRARIES

__all__ = ["Needs", "UnknownLibraryError", "depends", "needs_of"]

PACKAGES = {
    **LIBRARIES,
    **X11_LIBRARIES,
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libcups.so.2": "libcups2",
    "libdrm.so.2": "libdrm2",
    "libexpat.so.1": "libexpat1",
    "libfreetype.so.6": "libfreetype6",
    "libgbm.so.1": "libgbm1",
    "libgcc_s.so.1": "libgcc-s1",
    "libgio-2.0.so.0": "libglib2.0-0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgmodule-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "liblzma.so.5": "liblzma5",
    "libstdc++.so.6": "libstdc++6",
    "libuuid.so.1": "libuuid1",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinput.so.0": "libxcb-xinput0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
_OF_THE_C_LIBRARY = re.compile(r"(?:lib(?:c|m|dl|rt|pthread|resolv|util|crypt)|ld-linux[-\w]*)\.so\.\d+")
_GLIBC = re.compile(r"\bGLIBC_(\d+)\.(\d+)\b")


class UnknownLibraryError(Exception):
    """The program needs a library that it neither carries nor names a package for."""


@dataclass(frozen=True, slots=True)
class Needs:
    """Libraries by name that are not carried, and the oldest C library that will do."""

    libraries: frozenset[str]
    glibc: tuple[int, int]


def needs_of(folder: Path) -> Needs:
    """Read off every executable and library in the folder. Needs `objdump`."""
    objdump = shutil.which("objdump")
    if objdump is None:
        raise FileNotFoundError("objdump (package binutils)")
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink() and _is_elf(path)]
    carried = {path.name for path in folder.rglob("*.so*")}
    needed: set[str] = set()
    glibc = (0, 0)
    for file in files:
        told = subprocess.run([objdump, "-p", str(file)], capture_output=True, text=True, check=True).stdout
        needed |= set(re.findall(r"^\s*NEEDED\s+(\S+)", told, re.MULTILINE))
        glibc = max(glibc, *((int(major), int(minor)) for major, minor in _GLIBC.findall(told)), (0, 0))
    return Needs(frozenset(name for name in needed - carried if not _OF_THE_C_LIBRARY.fullmatch(name)), glibc)


def depends(needs: Needs, also: Iterable[str] = X11_LIBRARIES) -> list[str]:
    """The Debian packages to depend on. Raises UnknownLibraryError."""
    unknown = sorted(needs.libraries - PACKAGES.keys())
    if unknown:
        raise UnknownLibraryError(", ".join(unknown))
    packages = {PACKAGES[name] for name in (*needs.libraries, *also)}
    return [f"libc6 (>= {needs.glibc[0]}.{needs.glibc[1]})", *sorted(packages)]


def _is_elf(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x7fELF"
