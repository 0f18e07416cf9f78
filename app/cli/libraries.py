"""What a window needs of a Linux system, looked for before Qt does: Qt would end the program with words that help nobody."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import PurePosixPath

from app.cli.notice import tell

__all__ = ["LIBRARIES", "WAYLAND_LIBRARIES", "X11_LIBRARIES", "missing", "tell_missing", "tell_no_screen", "tell_not_loaded"]

LIBRARIES = {
    "libgcc_s.so.1": "libgcc-s1",
    "libstdc++.so.6": "libstdc++6",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libexpat.so.1": "libexpat1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxcb.so.1": "libxcb1",
    "libX11.so.6": "libx11-6",
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libfreetype.so.6": "libfreetype6",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""What Qt is linked to, and the Debian package that has it. What others are linked to stands before them."""
X11_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
}
"""What its plugin for X11 needs besides."""
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}
"""What its plugin for Wayland needs besides."""

_NOTHING_DONE = 3
"""As in `app.cli.status`, which takes longer to import than all of this."""


def tell_missing(environment: Mapping[str, str] = os.environ) -> int:
    """Say which packages are to be installed. The status to exit with, 0 when nothing is missing."""
    names = missing(environment)
    return _tell_libraries(names, environment) if names else 0


def tell_not_loaded(error: ImportError, environment: Mapping[str, str] = os.environ) -> int:
    """The same for a library that Qt did not find when it was loaded; 0 when the fault is another one."""
    name = _named_in(str(error))
    return _tell_libraries([name], environment) if name is not None else 0


def tell_no_screen(reason: str = "", environment: Mapping[str, str] = os.environ) -> int:
    """Say that there is no screen, or why the one that there is cannot be reached. The status to exit with."""
    from app.cli.messages import language_of, say

    key = "screen_unreachable" if reason else "screen_missing"
    tell(say(language_of((), environment), key, reason=reason), environment, screen=False)
    return _NOTHING_DONE


def missing(environment: Mapping[str, str] = os.environ) -> list[str]:
    """Libraries that a window lacks here, by their files' names. What is there is loaded, as Qt would do next.

    Where there is both Wayland and X11, Qt takes the one that it has libraries for.
    """
    first: list[str] | None = None
    for besides in _ways(environment):
        names = _missing_of({**LIBRARIES, **besides})
        if not names:
            return []
        first = names if first is None else first
    return first or []


def _ways(environment: Mapping[str, str]) -> list[dict[str, str]]:
    """What is needed besides for each way to a screen, in Qt's order."""
    asked = environment.get("QT_QPA_PLATFORM", "")
    names = [part.partition(":")[0] for part in asked.split(";")] if asked else []
    if not names:
        names = [name for name, variable in (("wayland", "WAYLAND_DISPLAY"), ("xcb", "DISPLAY")) if environment.get(variable)]
    besides = {"wayland": WAYLAND_LIBRARIES, "xcb": X11_LIBRARIES}
    return [besides.get(name.partition("-")[0], {}) for name in names] or [{}]


def _missing_of(wanted: Mapping[str, str]) -> list[str]:
    if sys.platform != "linux":
        return []
    from _ctypes import dlopen  # all of ctypes takes ten times as long to import as this

    names: dict[str, None] = {}
    for library in wanted:
        try:
            dlopen(library, os.RTLD_LAZY)
        except OSError as error:
            names[_named_in(str(error)) or library] = None
    return list(names)


def _named_in(error: str) -> str | None:
    """The library that the loader did not find or could not read: often not the one that was asked for, but one that needs."""
    name = PurePosixPath(error.partition(":")[0]).name
    return name if name.startswith("lib") and ".so" in name else None


def _tell_libraries(names: list[str], environment: Mapping[str, str]) -> int:
    from app.cli.messages import language_of, say

    known = {**LIBRARIES, **X11_LIBRARIES, **WAYLAND_LIBRARIES}
    packages = dict.fromkeys(known[name] for name in names if name in known)
    key = "libraries_missing" if packages else "libraries_unknown"
    text = say(language_of((), environment), key, packages=" ".join(packages), libraries=", ".join(names))
    tell(text, environment)
    return _NOTHING_DONE
