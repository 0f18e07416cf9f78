"""What the frozen program needs of a Linux system: libraries that it does not carry, and the Debian packages that have them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.cli.libraries import LIBRARIES, WAYLAND_LIBRARIES, X11_LIBRARIES

__all__ = ["Needs", "UnknownLibraryError", "depends", "needs_of"]

PACKAGES = {
    **LIBRARIES,
    **X11_LIBRARIES,
    **WAYLAND_LIBRARIES,
    "libcups.so.2": "libcups2",
    "libdrm.so.2": "libdrm2",
    "libgbm.so.1": "libgbm1",
    "libgio-2.0.so.0": "libglib2.0-0",
    "libgmodule-2.0.so.0": "libglib2.0-0",
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "liblzma.so.5": "liblzma5",
    "libuuid.so.1": "libuuid1",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-xinput.so.0": "libxcb-xinput0",
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
