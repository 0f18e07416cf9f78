"""That the window is open, told to Windows, so that its installer leaves the program alone. Untested on Windows."""

from __future__ import annotations

import sys
from typing import Protocol

__all__ = ["MUTEX", "Kernel", "show_running"]

MUTEX = "se.anbudsklar.Anbudsklar"
"""The name that the installer looks for: its AppMutex."""


class Kernel(Protocol):
    """What is asked of kernel32."""

    def CreateMutexW(self, attributes: None, owned: bool, name: str, /) -> int | None:
        """A handle, or 0."""
        ...


def show_running(kernel: Kernel | None = None) -> None:
    """Hold the name until the process ends, when Windows lets go of it. Other systems' packages need no such thing."""
    asked = kernel if kernel is not None else _kernel()
    if asked is not None:
        asked.CreateMutexW(None, False, MUTEX)


if sys.platform == "win32":

    def _kernel() -> Kernel | None:
        from ctypes import windll

        kernel: Kernel = windll.kernel32
        return kernel

else:

    def _kernel() -> Kernel | None:
        return None
