"""The desktop program: puts vault, session and window together, and takes them apart again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLibraryInfo, QObject, QTimer, QTranslator
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from app.core.errors import AnbudsklarError
from app.gui.actions import Actions
from app.gui.intake import IntakeReader
from app.gui.jobs import Control, Job, QtWriter
from app.gui.messages import language, set_language
from app.gui.motion import choose as choose_motion
from app.gui.session import Session
from app.gui.shell.ahead import find_ahead, take_ahead, wake_types
from app.gui.shell.hook import FaultHook
from app.gui.shell.placing import Placing
from app.gui.shell.preferences import (
    Preferences,
    load_geometry,
    load_preferences,
    save_geometry,
    save_preferences,
    settings_file,
)
from app.gui.shell.running import show_running
from app.gui.shell.screen import application
from app.gui.shell.window import ANSWERS, CHECKLIST, DOCUMENTS, PACKAGE, REVIEW, SECRECY, MainWindow
from app.gui.slices import Slices
from app.gui.theme import theme
from app.gui.tidying import Tidying

if TYPE_CHECKING:
    from app.gui.shell.entrance import Entrance
    from app.gui.shell.keeping import Keeping
    from app.workers.spare import Spare
    from app.workflow.office import Office
    from app.workflow.opening import Vault

__all__ = ["Program", "run"]

_PAUSE = 30
"""Milliseconds in which the user is heard between two parts of pages that are made ahead."""
_CALM = 1_000
"""Milliseconds after reading, and after the start, until the next child is made ready."""
_LATER = 500
"""Milliseconds until what nobody waits for."""
_SWITCH = 0.0005
"""Seconds that another thread may keep the window's own waiting for the interpreter. Python's usual ones are ten times as many,
and painting a window takes the interpreter up a hundred times: while a library is imported on another thread, that would add up.
"""
_DESKTOP = "se.anbudsklar.Anbudsklar"
"""The name under which Linux desktops know the program, its icon and its files: see installer/linux."""
_HOUR = 3_600_000
"""Milliseconds between two looks at how old the newest backup is."""


class Program(QObject):
    """Everything of one run. `folder` is where the vault is, None for the usual place."""

    def __init__(self, app: QApplication, folder: Path | None, paths: Sequence[Path] = (), sample: bool = False) -> None:
        super().__init__()
        self._app = app
        self._paths = tuple(paths)
        self._sample = sample
        self._ended = False
        self._settings = settings_file()
        self._translator: QTranslator | None = None
        self.preferences = load_preferences(self._settings)
        self.hook = FaultHook(self)
        self.hook.happened.connect(self._on_fault)
        self.writer = QtWriter(self)
        self.copier = QtWriter(self)  # copies the whole vault: what is typed meanwhile must not wait for that
        self._daily = QTimer(self)
        self._daily.setInterval(_HOUR)
        self._daily.timeout.connect(self._back_up)
        self.session = Session(None, self.writer, None, self)
        self.session.set_plans(self.preferences.me, self.preferences.plan_days)
        self.session.me_named.connect(self._on_me)
        self.window: MainWindow | None = None
        self.entrance: Entrance | None = None
        self._folder = folder
        self._vault: Vault | None = None
        self._office: Office | None = None
        self.actions = Actions(self)
        self._tidying = Tidying(self)
        self._reader: IntakeReader | None = None
        self._spare: Spare | None = None
        self._unmade: list[int] = []
        self._warming: Job | None = None
        self._ahead: list[str] = []
        self._taking = Slices(self._take_one, self, patient=True)
        self._switch = sys.getswitchinterval()
        self._keeping: Keeping | None = None
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM)
        self._calm.timeout.connect(self._prepare)
        self.session.reading.connect(self._on_reading)

    def begin(self) -> None:
        """Dress the application, show the window, and open the vault behind it."""
        sys.setswitchinterval(_SWITCH)
        self._app.setStyle("Fusion")
        self._app.setQuitOnLastWindowClosed(False)
        if sys.platform == "darwin":
            self._app.installEventFilter(self)  # only there; elsewhere it would only slow every event down
        self._speak()
        self.actions.rename()
        theme.apply(self.preferences.theme, self.preferences.scale)
        choose_motion(self.preferences.motion)
        self.hook.install()
        if self._paths or self._sample:
            self._prepare()  # it starts while the vault is opened
        self.session.add_files(self._paths)
        if self._sample:
            self.session.open_sample()
        self._open_window()
        QTimer.singleShot(0, self, self._open_vault)
        QTimer.singleShot(_LATER, self, self._wear_icon)

    def end(self) -> None:
        """Finish what is being written, close the vault and leave."""
        if self._ended:
            return
        self._ended = True
        if self.window is not None:
            save_geometry(self._settings, self.window.saveGeometry())
            self.window.leave()
            save_geometry(self._settings, self.window.sizes, "sizes")
            self.window.deleteLater()
        self.session.close()
        if self._warming is not None:
            self._warming.close()
        self._taking.stop()
        if self.entrance is not None:
            self.entrance.abandon()
        self.writer.close()
        self._daily.stop()
        self._calm.stop()
        if self._spare is not None:
            self._spare.close()
        self.copier.close()
        if self._vault is not None:
            self._vault.close()
            self._vault = None
        self._tidying.stop()
        self.hook.remove()
        self._app.removeEventFilter(self)
        sys.setswitchinterval(self._switch)
        self._app.quit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files dropped onto the program's icon, where the system tells of them by an event."""
        if isinstance(event, QFileOpenEvent):
            self.session.add_files([Path(event.file())])
            return True
        return super().eventFilter(watched, event)

    def _wear_icon(self) -> None:
        from app.gui.shell.emblem import emblem

        self._app.setWindowIcon(emblem())

    def _open_vault(self) -> None:
        from app.gui.shell.entrance import Entrance

        self.entrance = Entrance(self._folder, self.writer, self.window, self)
        self.entrance.opened.connect(self._on_vault)
        self.entrance.given_up.connect(self.end)
        self.entrance.begin()

    def _on_vault(self, vault: Vault) -> None:
        from app.workflow.office import Office

        self._vault = vault
        self._office = Office(vault, self.writer)
        self._keep()
        self._reader = IntakeReader(vault)
        self._reader.spare = self._spare
        self.session.attach(self._office, self._reader)
        self._tidying.start()
        self.writer.submit(_nothing_yet, self._on_listed, self.session.failed.emit)
        self._daily.start()

    def _back_up(self) -> None:
        """A copy when the newest is a day old: also for a program that is never closed."""
        if self._office is not None:
            self.copier.submit(self._office.backup_if_due, _nothing, self.session.failed.emit)

    def _on_listed(self, _nothing: object) -> None:
        """The tenders are there. What comes next is made ready on a thread of its own: the writer is free for the user."""
        if self._office is None or self._ended:
            return
        self._warming = Job(partial(_warm, self._office), parent=self)
        self._warming.finished.connect(self._on_found)
        self._warming.ended.connect(self._take_ahead)
        self._warming.start()

    def _on_found(self, ahead: list[str]) -> None:
        self._ahead = ahead[::-1]

    def _take_ahead(self) -> None:
        """What was found is imported, and then the pages are made, whatever became of the looking."""
        if not self._ended:
            self._taking.start()

    def _take_one(self) -> bool:
        """Import what comes next; whether more is left."""
        try:
            if self._ahead:
                take_ahead(self._ahead.pop())
        finally:
            if not self._ahead:
                self._on_warm()
        return bool(self._ahead)

    def _on_warm(self) -> None:
        self._unmade = [PACKAGE, REVIEW, SECRECY, ANSWERS, DOCUMENTS, CHECKLIST]  # from the last to the first
        wake_types()
        QTimer.singleShot(_PAUSE, self, self._make_page)

    def _make_page(self) -> None:
        """Make the pages part by part while the user looks at the overview; then look whether a backup is due."""
        if self.window is None or self._office is None or self._ended:
            return
        if self._unmade:
            if self.window.prepare_some(self._unmade[-1]):
                self._unmade.pop()
            QTimer.singleShot(_PAUSE, self, self._make_page)
        else:
            self._back_up()
            self._on_reading(self.session.job)

    def _on_reading(self, job: object) -> None:
        """What is read next shall begin at once."""
        if job is None:
            self._calm.start()
        else:
            self._calm.stop()

    def _prepare(self) -> None:
        if self._ended:
            return
        if self._spare is None:
            from app.workers.spare import Spare

            self._spare = Spare()
            if self._reader is not None:
                self._reader.spare = self._spare
        self._spare.prepare()

    def _open_window(self) -> None:
        old, old_actions = self.window, self.actions
        if old is not None:
            save_geometry(self._settings, old.saveGeometry())
            old.closed.disconnect(self.end)
            old.leave()
            self.actions = Actions(self)
        sizes = old.sizes if old is not None else load_geometry(self._settings, "sizes")
        self.window = MainWindow(self.session, self.actions, sizes=sizes)
        self.window.restoreGeometry(load_geometry(self._settings))
        Placing(self.window, self._app).check()
        self.window.closed.connect(self.end)
        self._keep()
        self.window.show()
        if self.session.ready:
            self.session.tenders_changed.emit(self.session.tenders)
            self._on_warm()
        if old is not None:
            old.deleteLater()
            old_actions.deleteLater()

    def _keep(self) -> None:
        """Wire the actions of the vault, once there is one. They go with the window."""
        if self._office is None or self.window is None:
            return
        from app.gui.filling.wiring import FormActions
        from app.gui.shell.exporting import Exporting
        from app.gui.shell.keeping import Keeping
        from app.gui.shell.print_action import PrintAction

        PrintAction(self.session, self.actions, self.window)
        Exporting(self.session, self.actions, self.window)
        FormActions(self.session, self.actions, self.window)
        self._keeping = Keeping(self._office, self.session, self.actions, self.window, self.copier)
        self._keeping.preferences = self.preferences
        self._keeping.preferences_chosen.connect(self._on_preferences)

    def _on_preferences(self, chosen: Preferences) -> None:
        before, self.preferences = self.preferences, chosen
        save_preferences(self._settings, chosen)
        self._speak()
        theme.apply(chosen.theme, chosen.scale)
        choose_motion(chosen.motion)
        self.session.set_plans(chosen.me, chosen.plan_days)
        if self._keeping is not None:
            self._keeping.preferences = chosen
        if (chosen.language, chosen.scale) != (before.language, before.scale):
            self._open_window()
        if self._office is not None:
            kept = {"backup.count": chosen.backup_count, "backup.days": chosen.backup_days, "plan.days": chosen.plan_days}
            for name, value in kept.items():
                self.writer.submit(partial(self._office.set_setting, name, value), _nothing, self.session.failed.emit)

    def _on_me(self, name: str) -> None:
        self._on_preferences(replace(self.preferences, me=name).checked())

    def _speak(self) -> None:
        """The window's language, and Qt's own words in it."""
        set_language(self.preferences.language)
        if self._translator is not None:
            self._app.removeTranslator(self._translator)
        self._translator = qt_words(language())
        self._app.installTranslator(self._translator)

    def _on_fault(self, details: str) -> None:
        self.hook.dialog(details, self.window).open()


def qt_words(chosen: str) -> QTranslator:
    """Qt's own words ("Cancel") in a language. English ones are built in."""
    translator = QTranslator()
    if chosen != "en":
        translator.load(f"qtbase_{chosen}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return translator


def run(paths: Sequence[str], tell: Callable[[str], int], *, sample: bool = False) -> int:
    """Open the window, with files to read where some are given or with the sample, and stay until it is closed.

    `tell` says why no screen can be reached, and answers with the status to exit with.
    """
    app = application(tell)
    show_running()
    app.setApplicationName("Anbudsklar")
    app.setDesktopFileName(_DESKTOP)
    program = Program(app, None, [Path(path).absolute() for path in paths], sample)
    program.begin()
    return app.exec()


def _warm(office: Office, control: Control) -> list[str]:
    """Make ready what the first change needs, and what the other pages need of the other rooms. What cannot be is told when it is
    used. What is left is for the main thread to import."""
    ahead: list[str] = []
    if not control.cancelled():
        with suppress(ImportError, OSError, AnbudsklarError):
            ahead = find_ahead()
    if not control.cancelled():
        with suppress(ImportError, AnbudsklarError):
            office.warm()
    return ahead


def _nothing(_done: object) -> None:
    """It is only to be done."""


def _nothing_yet() -> None:
    """What was handed over before is done."""
