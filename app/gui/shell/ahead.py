"""What the other pages are made of, imported before they are wanted: the first switch to one of them is then at once.

Qt's types come into being when they are first asked for, and two threads that ask at once bring the program down. So modules of
the window are imported on the main thread alone. Another thread finds out which there are, from the leaves to the pages, so that
they can be imported one at a time while the window goes on answering; and imports itself what knows no Qt.
"""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from pkgutil import iter_modules
from sys import modules
from types import CodeType
from typing import Any

from app.gui.messages import read_words

__all__ = ["PAGES", "find_ahead", "take_ahead", "wake_types"]

PAGES = (
    "app.gui.shell.commands",
    "app.gui.checklist.page",
    "app.gui.source.view",
    "app.gui.underlag.page",
    "app.gui.answers.page",
    "app.gui.secrecy.page",
    "app.gui.review.page",
    "app.gui.package.page",
)
_WINDOW = "app.gui"
_OURS = "app."


def find_ahead(names: tuple[str, ...] = PAGES) -> list[str]:
    """Modules of the window that are not there yet, each after those it needs. On any thread.

    What they need of the other rooms is there afterwards; what cannot be imported is told when it is used.
    """
    found: dict[str, None] = {}
    others: dict[str, None] = {}
    for name in names:
        _visit(name, found, others)
    for name in others:
        with suppress(ImportError):
            import_module(name)
    read_words()
    _read_tables()
    return list(found)


def _read_tables() -> None:
    """What the pages read from files when they are made."""
    from app.secrecy.catalogue import categories, grounds  # for the start it is too early

    grounds()
    categories()


def take_ahead(name: str) -> None:
    """Import one of them, on the main thread. Whatever is wrong with it is told when its page is opened."""
    with suppress(Exception):
        import_module(name)


def wake_types() -> None:
    """Qt's types come into being for Python when first asked for: some thirty milliseconds for those of a scrolling list. Better
    alone than with the first page."""
    from PySide6.QtWidgets import QListView

    QListView().viewport()


def _visit(name: str, found: dict[str, None], others: dict[str, None]) -> None:
    if not (name == _WINDOW or name.startswith(f"{_WINDOW}.")):
        others[name] = None
        return
    if name in found or name in modules:
        return
    spec = _spec(name)
    loader: Any = spec.loader if spec is not None else None
    code = loader.get_code(name) if loader is not None else None
    if spec is None or code is None:
        return
    found[name] = None
    for needed in _needs(code):
        _visit(needed, found, others)
    found[name] = found.pop(name)  # to the end


def _needs(code: CodeType) -> list[str]:
    """Modules of the program that a module's own level names. Some of them only for the types: they may come as well."""
    needed = [name for name in code.co_names if name.startswith(_OURS)]
    for package in tuple(needed):
        spec = _spec(package)
        if spec is not None and spec.submodule_search_locations is not None:
            inside = {module.name for module in iter_modules(spec.submodule_search_locations)}
            needed += [f"{package}.{name}" for name in code.co_names if name in inside]
    return needed


def _spec(name: str) -> ModuleSpec | None:
    """Where a module is, without importing anything."""
    parent, _, _ = name.rpartition(".")
    if parent in modules:
        places = list(modules[parent].__path__)
    else:
        above = _spec(parent)
        places = list(above.submodule_search_locations or ()) if above is not None else []
    return PathFinder.find_spec(name, places)
