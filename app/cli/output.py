"""Where the list goes: a file that is either whole or untouched, or standard output."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from app.cli.stop import undone_on_stop
from app.core.errors import OutputError

__all__ = ["Write", "printing", "to_file", "to_standard_output"]

Write = Callable[[BinaryIO], None]

_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


def to_file(target: Path, write: Write) -> None:
    """Write beside the target, then put it in its place in one step. Whatever fails or interrupts leaves the target as it was.

    A target that is no file (a pipe, a device) is written directly. Raises OutputError.
    """
    try:
        target = target.resolve()
        if target.exists() and not target.is_file():
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, "", str(target))
            whole = _whole(write)
            with target.open("wb", buffering=0) as stream:
                stream.write(whole)
            return
        _replace(target, write)
    except OSError as error:
        raise _output_error(error, target.name) from error
    except OutputError as error:  # of a format, which does not know the file's name
        if isinstance(error.__cause__, OSError):
            raise _output_error(error.__cause__, target.name) from error
        raise OutputError(target.name, code=error.code_used, reason=dict(error.values).get("reason", "")) from error


def to_standard_output(write: Write) -> None:
    """The whole of it, as bytes. Raises OutputError, and BrokenPipeError when nobody reads on."""
    whole = _whole(write)
    with printing():
        sys.stdout.flush()
        sys.stdout.buffer.write(whole)
        sys.stdout.buffer.flush()


@contextmanager
def printing() -> Iterator[None]:
    """Tell what goes wrong on standard output as OutputError, and BrokenPipeError when nobody reads on."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # What is still held back cannot be written either; without this Python would try again at exit and say so.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise _output_error(error, "stdout") from error


def _whole(write: Write) -> bytes:
    stream = BytesIO()
    write(stream)
    return stream.getvalue()


def _replace(target: Path, write: Write) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", suffix=".part", dir=target.parent)
    part = Path(name)
    try:
        with undone_on_stop(partial(part.unlink, missing_ok=True)):
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


def _output_error(error: OSError, name: str) -> OutputError:
    code = "output.disk_full" if error.errno in _FULL else "output.unwritable"
    reason = errno.errorcode.get(error.errno, os.strerror(error.errno)) if error.errno else type(error).__name__
    return OutputError(name, code=code, reason=reason)
