"""Words for whoever is stopped before there is a window: on standard error, and in a dialog of the desktop where the program was
started from a menu, for nobody sees what such a program writes."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping

__all__ = ["tell"]

_TITLE = "Anbudsklar"
_SEEN = (0, 1)
"""Statuses of a dialog that was closed: by its button, or by its window's."""
_PATIENCE = 600.0
"""Seconds that a dialog stays when nobody closes it."""


def tell(text: str, environment: Mapping[str, str], *, screen: bool = True) -> None:
    """Say it, and without a terminal show it. Without a `screen` only the session's notifications can."""
    print(text, file=sys.stderr)
    if any(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr)):
        return
    import subprocess

    for command in _commands(text, environment, screen):
        try:
            done = subprocess.run(  # noqa: S603 - the programs are named here, and the words are ours
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=dict(environment),
                timeout=_PATIENCE,
                check=False,
            )
        except OSError:
            continue
        except subprocess.TimeoutExpired:
            return
        if done.returncode in _SEEN:
            return


def _commands(text: str, environment: Mapping[str, str], screen: bool) -> Iterator[list[str]]:
    """The programs that are there, the best first."""
    import shutil

    path = environment.get("PATH", "")
    known = {
        "zenity": ["--error", "--no-markup", f"--title={_TITLE}", f"--text={text}"],
        "kdialog": ["--title", _TITLE, "--error", text],
        "xmessage": ["-center", "-title", _TITLE, text],
        "notify-send": [f"--app-name={_TITLE}", _TITLE, text],
    }
    for name, words in known.items():
        if (screen or name == "notify-send") and (found := shutil.which(name, path=path)) is not None:
            yield [found, *words]
