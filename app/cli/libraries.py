"""What a window needs of a Linux system, looked for before Qt does: Qt would end the program with words that help nobody."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

__all__ = ["LIBRARIES", "X11_LIBRARIES", "missing", "tell_missing"]

LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""What Qt is linked to, and the Debian package that has it."""
X11_LIBRARIES = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
}
"""What its plugin for X11 needs besides."""

_NOTHING_DONE = 3


def tell_missing(environment: Mapping[str, str] = os.environ) -> int:
    """Say on standard error which packages are to be installed. The status to exit with, 0 when nothing is missing."""
    packages = missing(environment)
    if not packages:
        return 0
    from app.cli.messages import language_of, say

    print(say(language_of((), environment), "libraries_missing", packages=" ".join(packages)), file=sys.stderr)
    return _NOTHING_DONE


def missing(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Packages that a window lacks here. What is there is loaded, as Qt would do next."""
    wanted = dict(LIBRARIES)
    platform = environment.get("QT_QPA_PLATFORM", "")
    if platform.startswith("xcb") or (not platform and environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY")):
        wanted |= X11_LIBRARIES
    return [package for library, package in wanted.items() if not _loads(library)]


def _loads(library: str) -> bool:
    if sys.platform != "linux":
        return True
    from _ctypes import dlopen  # all of ctypes takes ten times as long to import as this

    try:
        dlopen(library, os.RTLD_LAZY)
    except OSError:
        return False
    return True
