"""The whole program for tests, pictures and measurements: the real window over a real vault, with a keyring in memory.

Without a screen, unless ANBUDSKLAR_TEST_DISPLAY names one (":99" under Xvfb). Imported before Qt's application is made.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch
from zipfile import ZIP_DEFLATED, ZipFile

if display := os.environ.get("ANBUDSKLAR_TEST_DISPLAY"):
    os.environ.update(QT_QPA_PLATFORM="xcb", DISPLAY=display)
else:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QMimeData, QPointF, QSettings, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from app.core.resources import resource
from app.gui.checklist.page import ChecklistPage
from app.gui.session import Session
from app.gui.shell.preferences import Preferences
from app.gui.shell.recovery import RecoveryCodeDialog
from app.gui.shell.window import CHECKLIST, DOCUMENTS, MainWindow
from app.gui.start import Program
from app.gui.underlag.page import UnderlagPage
from app.workflow.desk import Desk
from app.workflow.office import Office
from tests.support.keyrings import MemoryKeyring

__all__ = ["Home", "Running", "buttons", "labels", "press", "press_primary", "sample_files", "sample_zip", "wait"]

Kind = TypeVar("Kind", bound=QWidget)
Shown = TypeVar("Shown")


def wait(condition: Callable[[], Shown | None], what: str = "", seconds: float = 60.0) -> Shown:
    """Let the window work until the condition gives something true, and return that.

    The seconds are for a machine that has much else to do; what is there comes long before. It sleeps between events: given a
    time, Qt's own waiting would go round and round and keep a processor from what is waited for.
    """
    end = time.monotonic() + seconds
    glance = QTimer()
    glance.start(20)
    while not (found := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds:.0f} s in vain for {what or condition}")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return found


def labels(widget: QWidget) -> list[str]:
    """The words that can be seen in a widget."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def buttons(widget: QWidget) -> list[str]:
    """The words on the buttons that can be seen in a widget."""
    return [button.text() for button in widget.findChildren(QPushButton) if button.isVisible()]


def sample_files() -> tuple[Path, ...]:
    """The files of the sample procurement."""
    return tuple(Path(str(file)) for file in sorted(resource("sample", "procurement").iterdir(), key=str))


def sample_zip(folder: Path) -> Path:
    """The sample procurement as a buyer sends it: one ZIP."""
    target = folder / "Upphandling.zip"
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for file in sample_files():
            archive.write(file, file.name)
    return target


class Home:
    """What outlives a run of the program: the vault's folder, the keyring, the settings. One keyring stands for the system's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keyring: MemoryKeyring | None = MemoryKeyring()
        self.code = ""

    def secrets(self) -> dict[tuple[str, str], str]:
        """What the keyring in memory keeps."""
        return self.found_keyring().secrets

    def found_keyring(self) -> MemoryKeyring:
        """As `keyring.get_keyring`; raises where the system has none."""
        if self.keyring is None:
            raise RuntimeError("no keyring")
        return self.keyring

    def settings(self) -> QSettings:
        """As `start.settings_file`, beside the vault."""
        return QSettings(str(self.folder / "window.ini"), QSettings.Format.IniFormat)

    @contextmanager
    def runs(self, paths: Sequence[Path] = (), preferences: Preferences | None = None) -> Iterator[Running]:
        """The program from its start to its end. What went wrong unseen fails it."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        with (
            patch("keyring.get_keyring", self.found_keyring),
            patch("app.gui.start.settings_file", self.settings),
        ):
            program = Program(app, self.folder / "vault", paths)
            program.preferences = preferences or Preferences("sv", "light")
            running = Running(self, program)
            try:
                program.begin()
                yield running
            finally:
                if program.window is not None:
                    program.window.close()
                program.end()
                program.deleteLater()
                app.setQuitOnLastWindowClosed(True)
                running.faults_heard()


class Running:
    """The program while it runs, and hands to use it with."""

    def __init__(self, home: Home, program: Program) -> None:
        self.home = home
        self.program = program
        self.faults: list[str] = []
        program.hook.happened.connect(self.faults.append)

    def faults_heard(self) -> None:
        """Fail when something was raised that nobody caught."""
        assert not self.faults, "\n".join(self.faults)

    # --- what there is

    @property
    def window(self) -> MainWindow:
        """The window as it is now: another one after the language was changed."""
        assert self.program.window is not None
        return self.program.window

    @property
    def office(self) -> Office:
        """The vault as the window uses it."""
        found = self.session.office
        assert isinstance(found, Office)
        return found

    @property
    def session(self) -> Session:
        """What is open."""
        return self.program.session

    @property
    def desk(self) -> Desk:
        """The open tender."""
        assert self.session.desk is not None
        return self.session.desk

    @property
    def checklist(self) -> ChecklistPage:
        """The page, which must have been shown."""
        page = self.window.page(CHECKLIST)
        assert isinstance(page, ChecklistPage)
        return page

    @property
    def underlag(self) -> UnderlagPage:
        """The page, which must have been shown."""
        page = self.window.page(DOCUMENTS)
        assert isinstance(page, UnderlagPage)
        return page

    # --- the way in

    def asked(self, kind: type[Kind]) -> Kind:
        """The dialog of the way into the vault, once it is of a kind."""

        def there() -> Kind | None:
            dialog = self.program.entrance.dialog if self.program.entrance is not None else None
            return dialog if isinstance(dialog, kind) and dialog.isVisible() else None

        return wait(there, kind.__name__)

    def confirm_code(self) -> str:
        """Type two groups of the code that the dialog shows, and go on; the code."""
        dialog = self.asked(RecoveryCodeDialog)
        groups = [label.text() for label in dialog.findChildren(QLabel) if label.property("role") == "code"]
        field = dialog.findChild(QLineEdit)
        assert field is not None
        QTest.keyClicks(field, f"{groups[1]} {groups[4]}")
        press_primary(dialog)
        self.home.code = "-".join(groups)
        return self.home.code

    def enter(self) -> None:
        """Wait until the vault is open, by way of its code the first time, and the overview knows what is in it."""
        if not self.home.code:
            self.confirm_code()
        wait(lambda: self.session.ready, "the vault")
        self.rest()

    # --- hands

    def rest(self) -> None:
        """Wait until everything that was begun is done and drawn."""
        wait(lambda: self.session.job is None and self.program.writer.waiting == 0, "the writer", 300)
        QCoreApplication.processEvents()

    def read(self) -> None:
        """Wait until what was given to read has been read and is kept."""
        wait(lambda: self.session.job is not None or (self.session.desk is not None and self.desk.documents), "reading")
        self.rest()
        wait(lambda: not self.busy(), "the list")

    def busy(self) -> bool:
        """Whether the checklist has yet to take up what is on the desk."""
        page = self.window.page(CHECKLIST)
        if not isinstance(page, ChecklistPage):
            return False
        return page._marking.busy or any(work.isActive() for work in (page._gather, page.model._later, page._follow))

    def drop(self, *paths: Path) -> None:
        """Drag files over the window and let go."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        middle = self.window.rect().center()
        action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        modifier = Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(middle, action, data, button, modifier)
        QCoreApplication.sendEvent(self.window, enter)
        assert enter.isAccepted()
        dropped = QDropEvent(QPointF(middle), action, data, button, modifier)
        QCoreApplication.sendEvent(self.window, dropped)
        assert dropped.isAccepted()

    def front(self) -> None:
        """Give the window the keys, as window managers do when a dialog is closed."""
        if not self.window.isActiveWindow():
            self.window.activateWindow()
            wait(self.window.isActiveWindow, "the window to be active")

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key pressed where the keys go."""
        self.front()
        QTest.keyClick(self.window.focusWidget() or self.window, key, modifier)

    def type(self, text: str) -> None:
        """Words typed where the keys go. QTest's own typing knows no letter beyond ASCII."""
        self.front()
        target = self.window.focusWidget()
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QCoreApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def press(widget: QWidget, words: str) -> None:
    """Click the button with these words."""
    found = [button for button in widget.findChildren(QPushButton) if button.text() == words and button.isVisible()]
    assert len(found) == 1, buttons(widget)
    assert found[0].isEnabled()
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def press_primary(dialog: QWidget) -> None:
    """Click the button that goes on."""
    (found,) = (button for button in dialog.findChildren(QPushButton) if button.property("primary"))
    assert found.isEnabled(), labels(dialog)
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)
