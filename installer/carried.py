"""What the frozen program is made of, told from the files that go into it and not from what was asked for."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import replace
from fnmatch import fnmatchcase
from importlib import metadata
from pathlib import PurePath

from app.core.parts import Part, asked_for, dumped, gathered
from installer.versions import versions

__all__ = ["LOADER", "UndeclaredError", "carried_list", "packages_of"]

LOADER = ("pyinstaller", "pyinstaller-hooks-contrib")
"""What starts the program, and what it does before libraries are imported: not asked for by the program, but in it."""


class UndeclaredError(Exception):
    """The program has something in it that it does not ask for: a tool of developers that happened to be installed."""


def packages_of(sources: Iterable[str]) -> set[str]:
    """The packages that files belong to. Python's own files and the program's belong to none."""
    owners = {
        _plain(str(package.locate_file(file))): package.name
        for package in metadata.distributions()
        for file in package.files or ()
    }
    return {owners[path] for source in sources if (path := _plain(source)) in owners}


def carried_list(sources: Collection[str]) -> str:
    """The list of parts that the program carries, made of these files. Raises UndeclaredError."""
    there = packages_of(sources) | {LOADER[0]}
    found = gathered([*asked_for(), *LOADER], versions(), there)
    declared = {part.name for part in gathered(asked_for())} | set(LOADER)
    undeclared = sorted(there - declared)
    if undeclared:
        raise UndeclaredError(f"in the program, but nothing asks for it: {', '.join(undeclared)} (see installer/contents.py)")
    return dumped(_there(found, {PurePath(source).name for source in sources}))


def _there(found: Iterable[Part], names: set[str]) -> list[Part]:
    """Without the parts that are files of their own in their package, where those files do not go in."""
    kept = []
    for part in found:
        left = {holder for holder in part.inside if _has(part, _files_of(holder)) and not _has(part, names)}
        inside = tuple(holder for holder in part.inside if holder not in left)
        if inside or not part.inside:
            kept.append(replace(part, inside=inside))
    return kept


def _has(part: Part, names: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for name in names for pattern in part.files)


def _files_of(package: str) -> set[str]:
    """By name, without what only tells of the package: licences of its libraries bear their names."""
    try:
        return {file.name for file in metadata.files(package) or () if ".dist-info/" not in str(file)}
    except metadata.PackageNotFoundError:
        return set()


def _plain(path: str) -> str:
    return os.path.normcase(os.path.normpath(path))
