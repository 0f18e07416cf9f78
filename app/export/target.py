"""The one way out: whatever the operating system says while a file is written becomes an OutputError."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from app.core.errors import OutputError

__all__ = ["writing"]

_FULL = frozenset(number for name in ("ENOSPC", "EDQUOT", "EFBIG") if (number := getattr(errno, name, None)) is not None)


@contextmanager
def writing(name: str) -> Iterator[None]:
    """Run the writing of a format called `name`. Raises OutputError in place of OSError."""
    try:
        yield
    except OSError as error:
        code = "output.disk_full" if error.errno in _FULL else "output.unwritable"
        reason = os.strerror(error.errno) if error.errno else type(error).__name__
        raise OutputError(name, code=code, reason=reason) from error
