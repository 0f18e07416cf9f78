"""The ways from one page to another: what is asked for on the documents' page is shown on the checklist's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, Protocol, runtime_checkable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.core.points import Source
from app.core.review import Cause, Review, Room
from app.gui.messages import tr

if TYPE_CHECKING:
    from app.gui.shell.window import MainWindow

__all__ = ["LeadsOn", "Reviews", "Routes", "ShowsList"]


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


class Choosing(Protocol):
    """A list whose rows are known by keys."""

    def select_key(self, key: str) -> bool:
        """Choose a row; whether it is there."""
        ...


class Missing(Protocol):
    """The left side of the checklist."""

    def show_missing(self) -> None:
        """Only what is not done."""
        ...


class Claims(Protocol):
    """The left side of the page Sekretess."""

    @property
    def view(self) -> Choosing:
        """Its list."""
        ...


class Opening(Protocol):
    """The list of the procurement's documents."""

    def open_row(self, name: str) -> None:
        """A document with what there is to do about it."""
        ...


@runtime_checkable
class ShowsFiles(Protocol):
    """The page where files are linked to what asks for them."""

    def show_cause(self, keys: Sequence[str], file: str | None) -> bool:
        """Choose the items and the file, by its name in the bid folder; whether any of it is there."""
        ...


@runtime_checkable
class Reviews(Protocol):
    """A page whose rows have causes elsewhere."""

    cause_wanted: ClassVar[Signal]
    counted: ClassVar[Signal]
    package_wanted: ClassVar[Signal]


@runtime_checkable
class ShowsItem(Protocol):
    """A page whose rows are items of the list as well."""

    item_wanted: ClassVar[Signal]


@runtime_checkable
class Tells(Protocol):
    """A page that has something to say at the window's foot."""

    told: ClassVar[Signal]


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
        if isinstance(page, Reviews):
            page.cause_wanted.connect(self._on_cause)
            page.counted.connect(self._on_counted)
            page.package_wanted.connect(self._on_package)
        if isinstance(page, ShowsItem):
            page.item_wanted.connect(self._on_item)
        if isinstance(page, Tells):
            page.told.connect(self._on_told)
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

    def _on_cause(self, cause: Cause) -> None:
        """The page where it is mended, with the thing itself in focus."""
        desk = self._window.desk
        if desk is None:
            return
        match cause.room:
            case Room.SECRECY:
                keys = [record.key for record in desk.claims() if record.claim.number == cause.claim]
                self._to_claim(keys)
            case Room.UNDERLAG:
                names = [record.summary.name for record in desk.documents if record.summary.id == cause.document]
                self._to_document(names)
            case Room.PACKAGE:
                self._on_package()
            case Room.ANSWERS:
                self._to_files([item.key for item in desk.items() if item.item.id in cause.items], cause.file)
            case _:
                self._to_items([item.key for item in desk.items() if item.item.id in cause.items])

    def _on_item(self, key: str) -> None:
        self._to_items([key])

    def _to_claim(self, keys: Sequence[str]) -> None:
        from app.gui.shell.book import SECRECY

        self._window.show_page(SECRECY)
        left: Claims | None = getattr(self._window.page(SECRECY), "left", None)
        if left is not None and keys:
            left.view.select_key(keys[0])

    def _to_document(self, names: Sequence[str]) -> None:
        from app.gui.shell.book import DOCUMENTS

        self._window.show_page(DOCUMENTS)
        view: Opening | None = getattr(self._window.page(DOCUMENTS), "view", None)
        if view is not None and names:
            view.open_row(names[0])

    def _to_files(self, keys: Sequence[str], file: str | None) -> None:
        """The file, and what it is for. A question that is answered in words is on the list."""
        from app.gui.shell.book import ANSWERS

        self._window.show_page(ANSWERS)
        page = self._window.page(ANSWERS)
        if isinstance(page, ShowsFiles) and not page.show_cause(keys, file) and keys:
            self._to_items(keys)

    def _to_items(self, keys: Sequence[str]) -> None:
        """The item, or all that are not done when it is about more than one."""
        from app.gui.shell.book import CHECKLIST

        self._window.show_page(CHECKLIST)
        left: Missing | None = getattr(self._window.page(CHECKLIST), "left", None)
        if left is not None and len(keys) != 1:
            left.show_missing()
        if keys:
            self._window.focus_item(keys[0])

    def _on_counted(self, review: Review | None) -> None:
        from app.gui.shell.book import REVIEW

        self._window.rail.set_count(
            REVIEW,
            review.obstacles if review is not None else None,
            tr("review.obstacle_count", count=review.obstacles) if review is not None else "",
            sign="✕" if review is not None and review.obstacles else "",
        )

    def _on_package(self) -> None:
        from app.gui.shell.book import PACKAGE

        self._window.show_page(PACKAGE)

    def _on_told(self, words: str) -> None:
        self._window.toast.tell(words, can_undo=False)

    def _list(self) -> ShowsList | None:
        from app.gui.shell.window import CHECKLIST

        self._window.show_page(CHECKLIST)
        page = self._window.page(CHECKLIST)
        return page if isinstance(page, ShowsList) else None
