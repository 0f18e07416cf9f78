"""A database as the rest of this room sees it: reading at any time from any thread, writing one step at a time.

There are two ways to read. `asking` answers the questions of `asked` by their names; where the engine has their texts ready it
needs no SQLAlchemy, whose import takes longer than all that a window shows first. `reading` is a connection for everything else.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from math import isfinite
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

import msgspec

from app.core.errors import VaultError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

__all__ = ["Ask", "Database", "Quick", "load_json", "save_json"]


def save_json(value: object) -> str:
    """Half a character, as a name on a Linux disk may hold, is spelled out and comes back as it was. Numbers are finite: what
    comes from outside has been JSON that `load_json` or a child's frames have read."""
    try:
        return msgspec.json.encode(value).decode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"), allow_nan=False)


def load_json(text: str | bytes) -> Any:
    """What `save_json` was given. Raises ValueError, also for numbers that are none: another program may have written it."""
    try:
        return msgspec.json.decode(text)
    except ValueError:  # half a character is none to it
        return json.loads(text, parse_float=_finite, parse_constant=_finite)


def _finite(number: str) -> float:
    if not isfinite(value := float(number)):
        raise ValueError("not a number")
    return value


class Ask(Protocol):
    """One view of the whole database, to be asked by the names in `asked`."""

    def __call__(self, question: str, /, **values: object) -> list[dict[str, Any]]:
        """The rows of the answer, by their columns' names."""
        ...

    def tables(self) -> set[str]:
        """The names of the tables that there are."""
        ...


class Quick(Protocol):
    """What an engine may have besides: answers without SQLAlchemy."""

    def asking(self) -> AbstractContextManager[Ask]:
        """As `Database.asking`."""
        ...

    def close(self) -> None:
        """Let go of the file."""
        ...


class Database:
    """Connections with their transactions. `failures` turns what the driver raises into errors of the vault.

    The engine is made when it is first needed.
    """

    def __init__(
        self, make: Callable[[], Engine], failures: Callable[[], AbstractContextManager[None]], quick: Quick | None = None
    ) -> None:
        self.failures = failures
        self._make = make
        self._making = Lock()
        self._engine: Engine | None = None
        self._quick = quick
        self._writing = Lock()
        self._closed = False

    @property
    def engine(self) -> Engine:
        """The engine of SQLAlchemy."""
        with self._making:
            if self._engine is None:
                self._engine = self._make()
            return self._engine

    @contextmanager
    def asking(self) -> Iterator[Ask]:
        """One view of the whole database, unmoved by what is written meanwhile, to be asked by name."""
        if self._quick is None:
            from app.storage.asked import Asked

            with self.reading() as connection:
                yield Asked(connection)
            return
        self._must_be_open()
        with self.failures(), self._quick.asking() as ask:
            yield ask

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One view of the whole database, unmoved by what is written meanwhile."""
        self._must_be_open()
        with self.failures(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One step: all of it is on the disk afterwards, or nothing when anything fails. Others wait for their turn."""
        with self._writing:
            self._must_be_open()
            writers = self.engine.execution_options(writes=True)
            with self.failures(), writers.connect() as connection, connection.begin():
                yield connection

    def close(self) -> None:
        """Let go of the file. What is asked afterwards is a VaultError: a connection made now would be without the lock."""
        with self._writing, self._making:
            self._closed = True
            if self._engine is not None:
                self._engine.dispose()
            if self._quick is not None:
                self._quick.close()

    def _must_be_open(self) -> None:
        if self._closed:
            raise VaultError(code="vault.closed")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
