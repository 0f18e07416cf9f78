"""What the command palette offers in a window, and where each of it leads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QKeySequence

from app.gui.actions import DECLARED, Actions
from app.gui.behind import Hit
from app.gui.messages import tr
from app.gui.session import Session
from app.gui.shell.palette import CommandPalette
from app.gui.shell.palette_search import Group, Thing
from app.workflow.desk import Desk

if TYPE_CHECKING:
    from app.gui.shell.window import MainWindow

__all__ = ["Commands"]

_BELOW_HEADER = 56
_OF_LIST = frozenset(declared.name for declared in DECLARED if declared.group in ("list", "source"))
"""Actions that are done on the checklist's page."""


class Commands(QObject):
    """Opens the palette over a window and does what was chosen."""

    def __init__(self, session: Session, actions: Actions, window: MainWindow) -> None:
        super().__init__(window)
        self._session = session
        self._actions = actions
        self._window = window
        self._palette: CommandPalette | None = None
        self._awaited: tuple[str, str] | None = None
        session.opened.connect(self._on_opened)

    def open(self) -> None:
        """Show the palette with everything there is now."""
        palette = CommandPalette(list(self._things()), self._items(), self._window)
        palette.chosen.connect(self.go)
        palette.wanted.connect(self._on_wanted)
        palette.destroyed.connect(self._on_gone)
        self._palette = palette
        corner = QPoint((self._window.width() - palette.width()) // 2, _BELOW_HEADER)
        palette.move(self._window.mapToGlobal(corner))
        palette.open()

    def go(self, thing: Thing) -> None:
        """Do what was chosen."""
        from app.gui.shell.window import CHECKLIST

        match thing.group:
            case Group.ACTION:
                if thing.target in _OF_LIST:
                    self._window.show_page(CHECKLIST)  # there one sees what it does
                # After the palette has gone: the action may open a dialog, or act on what has the focus.
                QTimer.singleShot(0, self, partial(_trigger, self._actions, thing.target))
            case Group.PAGE:
                self._window.show_page(int(thing.target))
            case Group.TENDER:
                self._session.open_tender(thing.target)
            case Group.ITEM:
                self._window.show_page(CHECKLIST)
                self._session.select(thing.target)
            case Group.ELSEWHERE:
                tender, _, item = thing.target.partition("/")
                self._awaited = (tender, item)
                self._session.open_tender(tender)

    # --- items of other tenders

    def _on_wanted(self, text: str) -> None:
        """The vault looks for it, on its thread; the answer comes later."""
        session = self._session
        if session.ready:
            session.writer.submit(partial(session.office.search, text), partial(self._on_found, text), session.failed.emit)

    def _on_found(self, text: str, hits: Sequence[Hit]) -> None:
        if self._palette is None:
            return
        here = self._session.desk.key if self._session.desk is not None else ""
        names = {tender.record.key: tender.record.value("name") or tr("shell.unnamed") for tender in self._session.tenders}
        things = []
        for hit in hits:
            if hit.tender != here and hit.tender in names:
                words = f"{hit.number} {hit.text}" if hit.number else hit.text
                heading = tr("shell.palette_elsewhere_in", name=names[hit.tender])
                things.append(Thing(Group.ELSEWHERE, f"{hit.tender}/{hit.item}", words, heading=heading))
        self._palette.show_elsewhere(text, things)

    def _on_gone(self) -> None:
        self._palette = None

    def _on_opened(self, desk: Desk | None) -> None:
        if self._awaited is not None and desk is not None and desk.key == self._awaited[0]:
            QTimer.singleShot(0, self, self._arrive)  # when every page has taken the tender in

    def _arrive(self) -> None:
        from app.gui.shell.window import CHECKLIST

        awaited, self._awaited = self._awaited, None
        if awaited is not None and self._session.desk is not None and self._session.desk.key == awaited[0]:
            self._window.show_page(CHECKLIST)
            self._session.select(awaited[1])

    def _things(self) -> Iterator[Thing]:
        from app.gui.shell.window import OVERVIEW, PAGES

        for declared in DECLARED:
            action = self._actions[declared.name]
            here = self._session.desk is not None or declared.name not in _OF_LIST
            if here and action.isEnabled() and declared.name != "palette" and declared.name not in PAGES:
                tip = tr(f"actions.{declared.name}_tip")
                yield Thing(Group.ACTION, declared.name, action.text().removesuffix("…"), tip, self._keys(declared.name))
        for number, name in enumerate(PAGES):
            if number == OVERVIEW or self._session.desk is not None:
                yield Thing(Group.PAGE, str(number), self._actions[name].text(), "", self._keys(name))
        for tender in self._session.tenders:
            name = tender.record.value("name") or tr("shell.unnamed")
            about = " · ".join(filter(None, (tender.record.value("buyer"), tender.record.value("reference"))))
            yield Thing(Group.TENDER, tender.record.key, name, about)

    def _items(self) -> Iterator[Thing]:
        desk = self._session.desk
        for item in desk.items() if desk is not None else ():
            text = f"{item.item.number} {item.item.text}" if item.item.number else item.item.text
            yield Thing(Group.ITEM, item.key, text, item.owner or "")

    def _keys(self, name: str) -> str:
        return self._actions[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def _trigger(actions: Actions, name: str) -> None:
    actions[name].trigger()
