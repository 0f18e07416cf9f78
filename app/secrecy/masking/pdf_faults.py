"""Whose fault it is that a PDF's page cannot be copied: the file's, as pypdf tells, or the program's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from traceback import walk_tb

from pypdf.errors import PyPdfError

from app.core.errors import CorruptFileError

__all__ = ["read_by_pypdf"]


@contextmanager
def read_by_pypdf(name: str) -> Iterator[None]:
    """Raises CorruptFileError for what pypdf cannot read. What rises anywhere else goes on as it is: a fault of the program.

    pypdf has errors of its own, but meets many a broken file with a bare KeyError or TypeError: these are told apart by where
    they rose.
    """
    try:
        yield
    except PyPdfError as error:
        raise CorruptFileError(name) from error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, NotImplementedError, OverflowError) as error:
        if not _rose_in_pypdf(error):
            raise
        raise CorruptFileError(name) from error


def _rose_in_pypdf(error: BaseException) -> bool:
    frames = [frame for frame, _ in walk_tb(error.__traceback__)]
    return str(frames[-1].f_globals.get("__name__", "")).partition(".")[0] == "pypdf"
