"""The ways from one page to another: what is asked for on the documents' page is shown on the checklist's."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.core.points import Source

if TYPE_CHECKING:
    from app.gui.shell.window import MainWindow

__all__ = ["LeadsOn", "Routes", "ShowsList"]


@runtime_checkable
class LeadsOn(Protocol):
    """A page that asks for things to be shown elsewhere: a `Source`, or the list or the ledger of a document's id."""

    show_place: ClassVar[Signal]
    list_asked: ClassVar[Signal]
    ledger_asked: ClassVar[Signal]


@runtime_checkable
class ShowsList(Protocol):
    """The page where such things are seen."""

    def show_place(self, source: Source) -> None:
        """Land on a passage."""
        ...

    def show_document(self, document: str) -> None:
        """Only what comes from a document."""
        ...

    def show_ledger(self, document: str) -> None:
        """The lines without a place, at a document."""
        ...


@runtime_checkable
class Begins(Protocol):
    """A page where a new tender can be begun."""

    new_wanted: ClassVar[Signal]


class Routes(QObject):
    """Joins the pages of a window as they are made."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def join(self, page: QWidget) -> None:
        """Follow what a page asks for."""
        if isinstance(page, LeadsOn):
            page.show_place.connect(self._on_place)
            page.list_asked.connect(self._on_list)
            page.ledger_asked.connect(self._on_ledger)
        if isinstance(page, Begins):
            page.new_wanted.connect(self._window.ask_for_new)

    def _on_place(self, source: Source) -> None:
        if (page := self._list()) is not None:
            page.show_place(source)

    def _on_list(self, document: str) -> None:
        if (page := self._list()) is not None:
            page.show_document(document)

    def _on_ledger(self, document: str) -> None:
        if (page := self._list()) is not None:
            page.show_ledger(document)

    def _list(self) -> ShowsList | None:
        from app.gui.shell.window import CHECKLIST

        self._window.show_page(CHECKLIST)
        page = self._window.page(CHECKLIST)
        return page if isinstance(page, ShowsList) else None
