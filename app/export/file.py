"""A file that is either whole or untouched."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from app.core.errors import OutputError

__all__ = ["Guard", "Write", "output_error", "to_file", "unguarded", "whole"]

Write = Callable[[BinaryIO], None]

Guard = Callable[[Callable[[], object]], AbstractContextManager[object]]
"""Sees to it that something is undone if the program is told to stop meanwhile."""

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


def unguarded(undo: Callable[[], object]) -> AbstractContextManager[object]:
    """Nobody stops the program meanwhile."""
    del undo
    return nullcontext()


def to_file(target: Path, write: Write, guard: Guard = unguarded) -> None:
    """Write beside the target, then put it in its place in one step. Whatever fails or interrupts leaves the target as it was.

    A target that is no file (a pipe, a device) is written directly. Raises OutputError.
    """
    try:
        target = target.resolve()
        if target.exists() and not target.is_file():
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, "", str(target))
            content = whole(write)
            with target.open("wb", buffering=0) as stream:
                stream.write(content)
            return
        _replace(target, write, guard)
    except OSError as error:
        raise output_error(error, target.name) from error
    except OutputError as error:  # of a format, which does not know the file's name
        if isinstance(error.__cause__, OSError):
            raise output_error(error.__cause__, target.name) from error
        values: dict[str, Any] = {"reason": "", **dict(error.values)}
        raise OutputError(target.name, code=error.code_used, **values) from error


def whole(write: Write) -> bytes:
    """All that is written, as bytes."""
    stream = BytesIO()
    write(stream)
    return stream.getvalue()


def _replace(target: Path, write: Write, guard: Guard) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with guard(partial(part.unlink, missing_ok=True)):
            with os.fdopen(handle, "w+b") as stream:
                write(stream)
                stream.flush()
                os.fsync(stream.fileno())
            with suppress(OSError):
                part.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask())
            part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def output_error(error: OSError, name: str) -> OutputError:
    """What the operating system says, as an error of the tree."""
    code = "output.disk_full" if error.errno in _FULL else "output.unwritable"
    reason = errno.errorcode.get(error.errno, os.strerror(error.errno)) if error.errno else type(error).__name__
    return OutputError(name, code=code, reason=reason)
