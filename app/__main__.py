"""Where the program starts. Imports nothing heavy: a child process comes this way too when the program is frozen."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from app.cli.commands import COMMANDS

_SAMPLE = "--sample"
"""Opens the window with the sample procurement."""


def main() -> None:
    """Be a child process, open the window, or run the command line."""
    _leave_libraries_behind()
    if getattr(sys, "frozen", False) and "-c" in sys.argv:
        from multiprocessing import freeze_support

        freeze_support()  # the process that gives shared memory back when this program is killed is this program, too
    try:
        if sys.argv[1:2] == ["--worker-process"]:
            from app.workers.child import main as serve

            serve()
        elif sys.argv[1:2] == ["--page-process"]:
            from app.workers.page_child import main as show_pages

            show_pages()
        elif sys.argv[1:2] == ["--mask-process"]:
            from app.workers.mask_child import main as mask

            mask()
        elif sys.argv[1:2] == ["--file-process"]:
            from app.workers.file_child import main as work

            work()
        elif sys.argv[1:] == [_SAMPLE] and not has_display():
            from app.cli.main import main as run

            sys.exit(run(()))
        elif for_window(sys.argv[1:]) and has_display():
            sys.exit(_show())
        elif sys.argv[1:] and for_window(sys.argv[1:]):
            from app.cli.libraries import tell_no_screen

            sys.exit(tell_no_screen())  # the command line would take the file's name for a command
        else:
            from app.cli.main import main as run

            status = run(sys.argv[1:])
            gc.freeze()  # the interpreter would look for cycles in all that it is about to give back
            sys.exit(status)
    except KeyboardInterrupt:  # before the command line could take it
        sys.exit(130)


def _show() -> int:
    """The window, until it is closed, or what it lacks here. Answers with the exit status."""
    from app.cli.libraries import tell_missing, tell_no_screen, tell_not_loaded

    if status := tell_missing():
        return status
    gc.disable()  # `gui.tidying` takes over: looking for cycles in what is being imported takes a tenth of the start
    try:
        from app.gui.start import run
    except ImportError as error:
        if status := tell_not_loaded(error):
            return status
        raise
    sample = sys.argv[1:] == [_SAMPLE]
    return run(() if sample else sys.argv[1:], tell_no_screen, sample=sample)


def for_window(arguments: Sequence[str]) -> bool:
    """Whether the window is meant: nothing is given, or only files and folders, as when they are dropped onto the icon; or the
    sample is wanted."""
    if list(arguments) == [_SAMPLE]:
        return True
    names = (*COMMANDS, "help")
    return all(argument not in names and not argument.startswith("-") and Path(argument).exists() for argument in arguments)


def has_display() -> bool:
    """Whether there is a screen to open a window on."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _leave_libraries_behind() -> None:
    """The packed program finds its libraries by a variable of the environment. What it starts (LibreOffice, the system's viewer)
    must find its own instead: the variable is as it was, for the loader has read it already."""
    if getattr(sys, "frozen", False) and sys.platform == "linux":
        before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
        os.environ.pop("LD_LIBRARY_PATH", None)
        if before:
            os.environ["LD_LIBRARY_PATH"] = before


if __name__ == "__main__":
    main()
