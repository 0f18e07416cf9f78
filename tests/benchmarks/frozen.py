"""How fast the frozen program starts, and how large it is. Prints seconds, since nothing else is there to compare it with.

`cold` is a start with none of its files in memory, as the first one of a day is; what it shares with the desktop may be.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from installer.freezing import frozen, size_of
from tests.support.frozen import Frozen

__all__ = ["measure"]


def measure(rounds: int) -> None:
    """Print all of it. Freezes the program first, if something that goes into it has changed."""
    cache = Path(os.environ.get("ANBUDSKLAR_FROZEN") or Path(sys.prefix) / "cache" / "frozen")
    cache.mkdir(parents=True, exist_ok=True)
    folder = frozen(cache)
    print(f"frozen: {size_of(folder) / 1e6:.1f} MB")
    with tempfile.TemporaryDirectory() as home:
        program = Frozen(folder / "anbudsklar", Path(home))
        program.make_vault().close()
        for name, start in (("window with a tender", _window), ("anbudsklar --version", _version)):
            start(program)
            warm = statistics.median(start(program) for _ in range(rounds))
            cold = statistics.median(_cold(program, folder, start) for _ in range(rounds))
            print(f"frozen: {name}: {warm:.2f} s, cold {cold:.2f} s")
        program.close()


def _window(program: Frozen) -> float:
    begun = time.time()
    running = program.start("shown")
    shown = float(running.result())
    running.end()
    return shown - begun


def _version(program: Frozen) -> float:
    begun = time.time()
    done = program.run("--version")
    assert done.returncode == 0, done.stderr
    return time.time() - begun


def _cold(program: Frozen, folder: Path, start: Callable[[Frozen], float]) -> float:
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return start(program)
