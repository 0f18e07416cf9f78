"""Where the files that ship with the program are: rules, messages, templates, the sample."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable


def resource(*parts: str) -> Traversable:
    """A file or folder below `resources/`, wherever the program is installed."""
    found = files("resources")
    for part in parts:
        found = found.joinpath(part)
    return found
