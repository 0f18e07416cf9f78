"""The one place that knows SQLite and SQLCipher: opening a file with its key, its settings, its failures, its copies.

Elsewhere a database is a `database.Database`; another kind of database needs another module like this one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

from app.core.errors import DamagedVaultError, LockedVaultError, VaultError, VaultWriteError
from app.storage.database import Database, load_json, save_json
from app.storage.ready import READY
from app.storage.spelling import unspelled

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine
    from sqlalchemy.engine import ExceptionContext

__all__ = ["copy_database", "encrypted", "first_fault", "read_only", "shrink"]

_CODES = {
    5: (LockedVaultError, "vault.locked"),  # SQLITE_BUSY
    6: (LockedVaultError, "vault.locked"),  # SQLITE_LOCKED
    8: (VaultWriteError, "vault.read_only"),  # SQLITE_READONLY
    10: (VaultWriteError, "vault.io_error"),  # SQLITE_IOERR
    11: (DamagedVaultError, "vault.damaged"),  # SQLITE_CORRUPT: a page whose authentication fails is one
    13: (VaultWriteError, "vault.disk_full"),  # SQLITE_FULL
    14: (VaultWriteError, "vault.read_only"),  # SQLITE_CANTOPEN
    26: (DamagedVaultError, "vault.damaged"),  # SQLITE_NOTADB: the first page; the key is known to be right before
}
_DAMAGE = {code for code, (kind, _) in _CODES.items() if kind is DamagedVaultError}

_SETTINGS = (
    # Said, so that a later SQLCipher reads what this one wrote.
    "PRAGMA cipher_compatibility = 4",
    # Wiping and locking every piece of memory costs half the speed; the window shows the same words out of ordinary memory.
    "PRAGMA cipher_memory_security = OFF",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA foreign_keys = ON",
    "PRAGMA case_sensitive_like = ON",  # what is searched is folded already, and LIKE is twice as fast
    "PRAGMA cache_size = -32768",
)
_WRITING = ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL")
# What is deleted gives its room back, here and in every backup. Only for a new file: said again, it would wait for writers.
_NEW = ("PRAGMA auto_vacuum = INCREMENTAL",)


def encrypted(path: Path, key: bytes) -> Database:
    """The database in a file, which must exist (empty for a new one), open for reading and writing."""
    new = path.exists() and not path.stat().st_size
    return _database(path, key, "rw", (*_NEW, *_WRITING) if new else _WRITING)


def read_only(path: Path, key: bytes) -> Database:
    """The database in a file, which is left as it is, also what lies beside it."""
    wal = path.with_name(path.name + "-wal")
    # A file without a log can be read as if it lay on a disk that never changes: nothing is made beside it.
    return _database(path, key, "ro" if wal.exists() else "ro&immutable=1", ())


def _database(path: Path, key: bytes, mode: str, settings: tuple[str, ...]) -> Database:
    connect = partial(_connect, path, key, mode, settings)
    return Database(partial(_engine, connect), failures, _Quick(connect))


def _engine(connect: Callable[[], Any]) -> Engine:
    from sqlalchemy import create_engine, event
    from sqlalchemy.pool import QueuePool

    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=connect,
        poolclass=QueuePool,
        pool_size=4,
        hide_parameters=True,
        json_serializer=save_json,
        json_deserializer=load_json,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # The driver's own way begins a transaction too late. Taking the right to write at once spares a writer
        # from finding out in the middle that another was faster.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    @event.listens_for(engine, "handle_error")
    def given_up(context: ExceptionContext) -> None:
        # A connection that has met a page it cannot authenticate answers everything with odd errors from then on.
        if getattr(context.original_exception, "sqlite_errorcode", 0) & 0xFF in _DAMAGE:
            context.is_disconnect = True

    return engine


class _Quick:
    """Answers by the driver alone, to questions whose texts are ready. From any thread."""

    def __init__(self, connect: Callable[[], Any]) -> None:
        self._connect = connect
        self._idle: list[Any] = []
        self._closed = False

    @contextmanager
    def asking(self) -> Iterator[_Answers]:
        """As `Database.asking`. A connection that anything went wrong with is not used again."""
        connection = self._taken()
        try:
            connection.execute("BEGIN")
            yield _Answers(connection)
            connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)
        if self._closed:  # meanwhile
            self.close()

    def close(self) -> None:
        """Let go of the file; what is being asked still gets its answer."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()

    def _taken(self) -> Any:
        try:
            return self._idle.pop()
        except IndexError:
            return self._connect()


class _Answers:
    """As `database.Ask`, in the connection's transaction."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def __call__(self, question: str, /, **values: object) -> list[dict[str, Any]]:
        """The rows of the answer, each value as SQLAlchemy gives it."""
        ready = READY[question]
        found = self._connection.execute(ready.text, [values[name] for name in ready.values])
        names = [name for name, _ in ready.columns]
        odd = [(name, _AS[kind]) for name, kind in ready.columns if kind]
        rows = []
        for row in found:
            answer = dict(zip(names, row, strict=True))
            for name, made in odd:
                if answer[name] is not None:
                    answer[name] = made(answer[name])
            rows.append(answer)
        return rows

    def tables(self) -> set[str]:
        """The names of the tables."""
        return {name for (name,) in self._connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _json(value: Any) -> Any:
    """A number alone is one to SQLite, whatever the column was declared as."""
    return value if isinstance(value, int | float) else load_json(value)


_AS: dict[str, Callable[[Any], Any]] = {"json": _json, "words": unspelled, "boolean": bool}
"""How values come out of the database that are kept as others."""


def _connect(path: Path, key: bytes, mode: str, settings: tuple[str, ...]) -> Any:
    connection = dbapi2.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False, timeout=10.0
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to the standard error
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        for setting in (*_SETTINGS, *settings):
            connection.execute(setting)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def failures() -> Iterator[None]:
    """What the database says is wrong, as errors of the vault."""
    try:
        yield
    except dbapi2.Error as error:
        raise _error(error) from error
    except Exception as error:
        cause = getattr(error, "orig", None)  # SQLAlchemy wraps what the driver raised
        if not isinstance(cause, dbapi2.Error):
            raise
        raise _error(cause) from error


def _error(error: BaseException | None) -> VaultError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    kind, name = _CODES.get(code, (VaultError, "vault.error"))
    return kind(code=name)


def first_fault(path: Path, key: bytes) -> str | None:
    """What is wrong with a database file, in the engine's words, after reading all of it; None when nothing is."""
    try:
        with read_only(path, key) as database, database.reading() as connection:
            for question in ("PRAGMA cipher_integrity_check", "PRAGMA quick_check(1)", "PRAGMA foreign_key_check"):
                for row in connection.exec_driver_sql(question):
                    if row[0] != "ok":
                        return str(row[0])[:200]
    except VaultError as error:
        return error.code_used
    return None


def copy_database(connection: Connection, target: Path, key: bytes) -> None:
    """A copy of the database as the connection's transaction sees it, into an empty file."""
    with failures(), closing(_connect(target, key, "rw", ())) as copy:
        source: Any = connection.connection.driver_connection
        source.backup(copy)
        # One file, complete in itself.
        copy.execute("PRAGMA journal_mode = DELETE")


def shrink(connection: Connection) -> None:
    """Give the room of what was deleted back to the disk. The connection's transaction ends with this."""
    # Page by page, one for every step of the statement: the driver goes through all of them only in a script.
    driver: Any = connection.connection.driver_connection
    driver.executescript("PRAGMA incremental_vacuum")


def settings_of(connection: Connection) -> dict[str, object]:
    """What holds for a connection, for tests."""
    names = ("journal_mode", "synchronous", "foreign_keys", "temp_store", "cipher_version")
    return {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names}
