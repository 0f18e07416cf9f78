"""Libraries' modules without their documentation, which a program that runs does not read: a quarter of the largest of them."""

from __future__ import annotations

import ast
from pathlib import Path

__all__ = ["is_wordy", "plain"]

_WORDY = ("alembic", "icalendar", "pydantic", "rich", "sqlalchemy")
"""Packages with much of it, none of which asks for it while it runs."""


def is_wordy(module: str) -> bool:
    """Whether a module is one of those."""
    return module.partition(".")[0] in _WORDY


def plain(module: str, source: str, folder: Path) -> str:
    """Write the module into the folder, in the place that its name says, with every docstring empty. Answers with the path.

    Lines keep their numbers, so a traceback is as true as before.
    """
    text = Path(source).read_bytes()
    lines = text.splitlines(keepends=True)
    for node in sorted(_docstrings(ast.parse(text)), key=lambda node: -node.lineno):
        first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
        head, tail = lines[first][: node.col_offset], lines[last][node.end_col_offset :]
        lines[first : last + 1] = [head + b"''" + tail, *[b"\n"] * (last - first)]
    target = folder.joinpath(*module.split("."))
    # A package is known by the name of its file.
    target = target / "__init__.py" if Path(source).name == "__init__.py" else target.with_name(f"{target.name}.py")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(b"".join(lines))
    return str(target)


def _docstrings(tree: ast.Module) -> list[ast.Constant]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.body:
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
                found.append(first.value)
    return found
