"""Where the files that ship with the program are: rules, messages, templates, the sample."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[2] / "resources"
"""Beside the program's own package, from the project's folder to the frozen program. Looked for without `importlib.resources`,
whose own imports take as long as half a page of every process that reads documents."""


def resource(*parts: str) -> Path:
    """A file or folder below `resources/`, wherever the program is installed."""
    return _FOLDER.joinpath(*parts)
