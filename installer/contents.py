"""What goes into the frozen program: every module of our own, the files they read, and of the libraries only what is used."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path, PurePosixPath

__all__ = ["BY_NAME", "EXCLUDED", "Entry", "data_files", "is_wanted", "own_modules", "reached"]

Entry = tuple[str, str, str]
"""As PyInstaller has it: the place in the program, the file it comes from, and a kind."""

EXCLUDED = [
    # Neither Python's TLS nor Qt's network goes in: what libraries import of them, they can do without. What is left that could
    # open a connection (Typst's client for its packages, Python's own sockets) is never asked to: see installer/README.md.
    "PySide6.QtNetwork",
    "_ssl",
    "ssl",
    "ftplib",
    "smtplib",
    "imaplib",
    "poplib",
    "xmlrpc",
    # What no part of the program calls.
    "PIL.ImageGrab",
    "PIL.ImageTk",
    "PIL._avif",
    "PIL._imagingcms",
    "PIL._imagingtk",
    "PySide6.QtDesigner",
    "PySide6.QtHelp",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtSql",
    "PySide6.QtTest",
    "PySide6.QtUiTools",
    "PySide6.QtXml",
    "_curses",
    "_pydecimal",
    "_sqlite3",
    "_tkinter",
    "bdb",
    "cgi",
    "curses",
    "doctest",
    "ensurepip",
    "idlelib",
    "lib2to3",
    "lxml.html",
    "lxml.objectify",
    "pdb",
    "pydantic.v1",
    "pydoc",
    "qtpy",
    "readline",
    "sqlite3",
    "tkinter",
    "turtle",
    "unittest",
    # What developers have installed beside the program, and libraries use where they find it. Without it the frozen program does
    # what the program does that was installed from requirements/run.txt. `carried.py` refuses what is missing here.
    "IPython",
    "attr",
    "attrs",
    "defusedxml",
    "hypothesis",
    "mypy",
    "numpy",
    "pip",
    "pkg_resources",
    "pytest",
    "setuptools",
]

BY_NAME = ["logging.config", "qtawesome"]
"""Modules that nothing imports where it could be seen: Alembic runs the migrations as files, and of QtAwesome only the font and
its table are asked for, by where it lies."""

_PLUGINS = {
    "iconengines": ("svgicon",),
    "imageformats": ("svg",),
    "platforms": ("xcb", "wayland", "wayland-generic", "offscreen", "minimal", "windows", "cocoa"),
    "platformthemes": ("xdgdesktopportal",),
    "platforminputcontexts": ("composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"),
    "printsupport": ("cupsprintersupport", "windowsprintersupport", "cocoaprintersupport"),
    "wayland-decoration-client": ("bradient", "adwaita"),
    "wayland-shell-integration": ("xdg-shell",),
}
"""Qt's plugins that are kept, by their folders; of a folder that is not here, none."""

_TRANSLATIONS = ("qtbase_sv.qm",)
_ICON_FONT = "phosphor-"
_HOLIDAY_LANGUAGES = ("sv", "en_US")
_UNUSED = re.compile(
    r"rapidfuzz/.*(_avx2|/metrics_cpp)\.|lxml/(html|objectify|sax|_difflib)\b.*\.(so|pyd)$|docx/templates/default-docx-template/"
    r"|attrs-[^/]+\.dist-info/|pillow\.libs/lib(xcb|Xau)-"
)
"""Compiled parts that have a twin or that nobody calls, and the pieces that a file was made of that is there as a whole. Likeness
is asked for pairs of texts, which plain kernels do as fast. libxcb takes pictures of the screen: see `elf.py`."""
_SYSTEM_FOLDERS = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")
_OWN_COPY = re.compile(r"^lib(crypto|ffi|bz2|python3[.\d]*)\.so")
"""Libraries that Python needs and whose versions differ from one Linux to the next: these go in."""


def own_modules(root: Path) -> list[str]:
    """Every module of the program: children are started and rooms are entered by name, which no analysis of imports sees."""
    modules = []
    for file in sorted((root / "app").rglob("*.py")):
        parts = file.relative_to(root).with_suffix("").parts
        modules.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return [module for module in modules if all(part.isidentifier() for part in module.split("."))]


def data_files(root: Path) -> list[tuple[str, str]]:
    """Files that are read, with their folders in the program: resources, and the migrations, which Alembic runs as files."""
    found = [file for file in sorted((root / "resources").rglob("*")) if file.is_file() and _ships(file.relative_to(root).parts)]
    found += sorted((root / "app" / "storage" / "migrations").rglob("*.py"))
    return [(str(file), file.parent.relative_to(root).as_posix()) for file in found] + _stepped_through()


def _stepped_through() -> list[tuple[str, str]]:
    """A file in each folder that must be there for others to be found: python-docx asks for `docx/parts/../templates`."""
    spec = find_spec("docx.parts")
    return [(spec.origin, "docx/parts")] if spec is not None and spec.origin is not None else []


def _ships(parts: tuple[str, ...]) -> bool:
    """Not what only makes the sample or the README, and not the licences one by one: the list of parts has them all."""
    aside = parts[:3] == ("resources", "sample", "build") or parts[1] in ("licences", "pictures")
    return not aside and "__pycache__" not in parts


def is_wanted(target: str, source: str) -> bool:
    """Whether a file that PyInstaller found goes into the program.

    What a Linux desktop has is taken from there: it must fit its drivers, and gets its security updates.
    """
    path = PurePosixPath(target.replace("\\", "/"))
    if "plugins" in path.parts and path.parts[0] == "PySide6":
        plugin = re.sub(r"\.(so|dll|dylib)\b.*$", "", path.name).removeprefix("lib").removeprefix("q")
        return plugin in _PLUGINS.get(path.parent.name, ())
    if "translations" in path.parts and path.parts[0] == "PySide6":
        return path.name in _TRANSLATIONS
    if path.parts[:2] == ("qtawesome", "fonts"):
        return path.name.startswith(_ICON_FONT)
    if path.parts[:2] == ("holidays", "locale"):
        return path.parts[2] in _HOLIDAY_LANGUAGES
    if _UNUSED.match(path.as_posix()):
        return False
    if source.startswith(_SYSTEM_FOLDERS) and ".so" in path.name:
        return bool(_OWN_COPY.match(path.name)) or "/python3" in source
    return True


def is_wanted_module(name: str) -> bool:
    """Whether a module that PyInstaller found goes in: not how to colour the source code of five hundred languages."""
    return not name.startswith("pygments.lexers.") or name == "pygments.lexers._mapping"


def reached(entries: Iterable[Entry], needed_by: Callable[[str], Iterable[str]]) -> list[Entry]:
    """The entries without libraries that nothing in the program loads any more, and without links to what is not there.

    `needed_by` answers with the names of the libraries that a file is linked to.
    """
    everything = list(entries)
    libraries = {PurePosixPath(target).name: source for target, source, kind in everything if _only_linked(target, kind)}
    waiting = [source for target, source, kind in everything if kind != "SYMLINK" and not _only_linked(target, kind)]
    alive: set[str] = set()
    while waiting:
        for name in needed_by(waiting.pop()):
            if name in libraries and name not in alive:
                alive.add(name)
                waiting.append(libraries[name])
    kept = [
        entry for entry in everything if entry[2] == "SYMLINK" or not _only_linked(entry[0], entry[2]) or _name(entry) in alive
    ]
    there = {PurePosixPath(target).name for target, _, kind in kept if kind != "SYMLINK"}
    return [entry for entry in kept if entry[2] != "SYMLINK" or PurePosixPath(entry[1]).name in there]


def _only_linked(target: str, kind: str) -> bool:
    """Whether a file is there only for others to be linked to. What is loaded by its name lies in a package's own folder."""
    path = PurePosixPath(target)
    linked = path.parent.as_posix() in (".", "PySide6/Qt/lib", "pillow.libs", "lib")
    return kind == "BINARY" and linked and not path.name.startswith("libpython")


def _name(entry: Entry) -> str:
    return PurePosixPath(entry[0]).name
