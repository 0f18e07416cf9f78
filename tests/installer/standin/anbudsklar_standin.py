"""A keyring for the frozen program in tests, named in its own `keyringrc.cfg`; and a way to act inside the program itself.

It keeps its secrets in a file. When the program asks for its keyring, what STANDIN_DRIVE names is run on the main thread: a
script with `drive(program)`, a generator that yields what it waits for. So the program under test is the one that is installed,
without a word in it about tests.
"""

from __future__ import annotations

import ctypes
import faulthandler
import json
import os
import runpy
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from keyring.backend import KeyringBackend


class StandIn(KeyringBackend):
    priority = 9

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._store = Path(os.environ["STANDIN_STORE"])
        act()

    def get_password(self, service: str, username: str) -> str | None:
        return self._all().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._store.write_text(json.dumps({**self._all(), f"{service}/{username}": password}))

    def delete_password(self, service: str, username: str) -> None:
        self._store.write_text(json.dumps({k: v for k, v in self._all().items() if k != f"{service}/{username}"}))

    def _all(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self._store.read_text()) if self._store.exists() else {}
        return found


class _NoService:
    """What the library answers with where no service keeps secrets."""

    priority = 1

    def __call__(self) -> KeyringBackend:
        from keyring.backends.fail import Keyring

        act()
        return Keyring()  # type: ignore[no-untyped-call]


none = _NoService()


class _Best:
    """The keyring that the library itself finds for this system, as when no settings name one."""

    priority = 1

    def __call__(self) -> KeyringBackend:
        from keyring.backend import get_all_keyring
        from keyring.core import recommended

        act()
        ours = (__name__, "keyring.backends.chainer")  # with this one there would be two, and the library would chain them
        found = [one for one in get_all_keyring() if recommended(one) and type(one).__module__ not in ours]
        return max(found, key=lambda one: one.priority)


best = _Best()


class _Acting:
    """Turns the generator's crank every few milliseconds, and writes what came of it."""

    def __init__(self) -> None:
        from PySide6.QtCore import QTimer

        self.told = Path(os.environ["STANDIN_TOLD"])
        self.steps: Iterator[Callable[[], object]] | None = None
        self.condition: Callable[[], object] | None = None
        self.timer = QTimer()
        self.timer.setInterval(20)
        self.timer.timeout.connect(self.turn)
        self.timer.start()

    def turn(self) -> None:
        try:
            if self.steps is None:
                program = running()
                program.hook.happened.connect(self.fault)
                self.steps = runpy.run_path(os.environ["STANDIN_DRIVE"])["drive"](program)
            if self.condition is None or self.condition():
                self.condition = next(self.steps)
        except StopIteration as end:
            self.end({"done": end.value})
        except (Exception, SystemExit):  # noqa: BLE001 - whatever it is, it is told to the test
            self.end({"error": traceback.format_exc()})

    def fault(self, details: str) -> None:
        self.end({"error": details})

    def end(self, said: dict[str, Any]) -> None:
        self.timer.stop()
        if watching.astray and "error" not in said:
            said = {"error": f"imported on another thread: {watching.astray}"}
        partial = self.told.with_suffix(".partial")
        partial.write_text(json.dumps(said))
        partial.replace(self.told)


def running() -> Any:
    """The program, which the frame that runs Qt's loop holds: this is called from within that loop."""
    frame = sys._getframe()
    while frame.f_code.co_name != "run" or "program" not in frame.f_locals:
        assert frame.f_back is not None
        frame = frame.f_back
    return frame.f_locals["program"]


_acting: list[Any] = []


class _Watching:
    """Imports of the window's modules on another thread than the main one, which could bring the program down."""

    def __init__(self) -> None:
        self.astray: list[str] = []

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.startswith("app.gui.") and threading.current_thread() is not threading.main_thread():
            self.astray.append(name)


watching = _Watching()


def act() -> None:
    """Begin on the main thread, as soon as it is free; the keyring is asked for on another, which should touch nothing of Qt."""
    if not os.environ.get("STANDIN_DRIVE") or _acting:
        return
    faulthandler.enable()  # a crash tells its place in the test's own words
    sys.meta_path.insert(0, watching)
    _acting.append(None)
    call = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(begin)
    _acting.append(call)
    ctypes.pythonapi.Py_AddPendingCall(call, None)


def begin(_nothing: object) -> int:
    _acting[0] = _Acting()
    return 0
