"""Writes `app/storage/ready.py`: the questions of `app.storage.asked` as the vault's database is asked them.

`python -m tests.support.ready` after a change of a question or of its tables; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Boolean, Select
from sqlalchemy.dialects import sqlite

from app.storage.asked import QUESTIONS
from app.storage.ready import Ready
from app.storage.schema import Words

__all__ = ["made", "module"]

FILE = Path(__file__).resolve().parents[2] / "app" / "storage" / "ready.py"
_BEGIN = "READY = {\n"
_KINDS = ((JSON, "json"), (Words, "words"), (Boolean, "boolean"))


def made(question: Select[Any]) -> Ready:
    """The question as the vault's database is asked it."""
    compiled = question.compile(dialect=sqlite.dialect(paramstyle="qmark"))
    columns = tuple((column.name, _kind(column.type)) for column in question.selected_columns)
    text, *rest = " ".join(str(compiled).split()).split("?")
    values = []
    for name, after in zip(compiled.positiontup or (), rest, strict=True):
        constant = compiled.params[name]  # SQLAlchemy's own, as OFFSET 0: the question's values are not known here
        text += ("?" if constant is None else str(int(constant))) + after
        values += [name] if constant is None else []
    return Ready(text, tuple(values), columns)


def _kind(of: Any) -> str:
    return next((kind for known, kind in _KINDS if isinstance(of, known)), "")


def module() -> str:
    """What the file should say."""
    head = FILE.read_text("utf-8").split(_BEGIN)[0]
    return (
        head
        + _BEGIN
        + "".join(f"    {_quoted(name)}: {_code(made(question))},\n" for name, question in QUESTIONS.items())
        + "}\n"
    )


def _code(ready: Ready) -> str:
    values, columns = (
        _tuple(map(_quoted, ready.values)),
        _tuple(f"({_quoted(name)}, {_quoted(kind)})" for name, kind in ready.columns),
    )
    return f"Ready(\n        {_quoted(ready.text)},\n        {values},\n        {columns},\n    )"


def _tuple(parts: Iterable[str]) -> str:
    return "(" + "".join(f"{part}, " for part in parts) + ")"


def _quoted(text: str) -> str:
    return "'" + text + "'" if '"' in text else f'"{text}"'


if __name__ == "__main__":
    FILE.write_text(module(), "utf-8")
