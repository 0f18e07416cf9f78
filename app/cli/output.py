"""Where the list goes: a file that is either whole or untouched, or standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.cli.stop import undone_on_stop
from app.workflow.exports import Write, output_error, whole, write_file

__all__ = ["Write", "printing", "to_file", "to_standard_output"]


def to_file(target: Path, write: Write) -> None:
    """Write the file whole or not at all, also when the program is told to stop meanwhile. Raises OutputError."""
    write_file(target, write, undone_on_stop)


def to_standard_output(write: Write) -> None:
    """The whole of it, as bytes. Raises OutputError, and BrokenPipeError when nobody reads on."""
    content = whole(write)
    with printing():
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
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
        raise output_error(error, "stdout") from error
