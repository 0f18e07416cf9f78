"""A database as the rest of this room sees it: reading at any time from any thread, writing one step at a time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Lock
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine

from app.core.errors import VaultError

__all__ = ["Database", "load_json", "save_json"]


def save_json(value: object) -> str:
    """ASCII only: half a character, as a name on a Linux disk may hold, comes back as it was."""
    return json.dumps(value, separators=(",", ":"), allow_nan=False)


def load_json(text: str | bytes) -> Any:
    """What `save_json` was given."""
    return json.loads(text)


class Database:
    """Connections with their transactions. `failures` turns what the driver raises into errors of the vault."""

    def __init__(self, engine: Engine, failures: Callable[[], AbstractContextManager[None]]) -> None:
        self.engine = engine
        self.failures = failures
        self._writing = Lock()
        self._closed = False
        self._writers = engine.execution_options(writes=True)

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
            with self.failures(), self._writers.connect() as connection, connection.begin():
                yield connection

    def close(self) -> None:
        """Let go of the file. What is asked afterwards is a VaultError: a connection made now would be without the lock."""
        with self._writing:
            self._closed = True
            self.engine.dispose()

    def _must_be_open(self) -> None:
        if self._closed:
            raise VaultError(code="vault.closed")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
