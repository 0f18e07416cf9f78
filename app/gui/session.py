"""What is open: the tenders, the desk of one of them, what is being read, and the item in focus. Pages follow its signals.

Everything that takes time goes through the writer, in order; reading files is an `ImportJob`, one at a time. A desk that is
being read into stays alive when another tender is opened meanwhile.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.core.document import Finding
from app.core.resources import resource
from app.core.work import Change, DocumentRecord
from app.gui.behind import Office, Overview, Reader
from app.gui.jobs import ImportJob, QtWriter
from app.gui.orders import Order, Watch, Work, unheard, unlocked
from app.gui.passwords import Passwords
from app.workflow.writer import Writer

if TYPE_CHECKING:
    from app.workflow.desk import Desk

__all__ = ["TENDER_ENDING", "Session"]

TENDER_ENDING = ".anbudsklar"
"""What a tender saved as a file is called."""


class Session(QObject):
    """The one state that pages share. `desk` is None while no tender is open."""

    opened = Signal(object)
    """Desk | None"""
    changed = Signal(object)
    """Change, of the desk that is open"""
    failed = Signal(object)
    """Finding: something could not be read or done"""
    trouble = Signal(object)
    """Finding | None: changes could not be saved; None when all is saved again"""
    selected = Signal(object)
    """str | None: the key of the item in focus"""
    tenders_changed = Signal(object)
    """tuple[Overview, ...]"""
    reading = Signal(object)
    """ImportJob | None: what is being read"""
    saved_given = Signal(object)
    """tuple[Path, ...]: tenders saved as files, to be brought in"""
    attached = Signal()
    """The vault is open: there is an office now"""
    plans_changed = Signal()
    """`me` or `plan_days` are others now"""
    me_named = Signal(object)
    """str: the user told whose items "mine" are"""
    choice_wanted = Signal(object)
    """tuple[Path, ...]: files came while a tender is open; answer with `add_to_open` or `add_to_new`"""

    office: Office
    """Set once the vault is open: see `ready`."""

    def __init__(self, office: Office | None, writer: Writer, reader: Reader | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        if office is not None:
            self.office = office
        self.writer = writer
        self.desk: Desk | None = None
        self.job: ImportJob | None = None
        self.tenders: tuple[Overview, ...] = ()
        self.selection: str | None = None
        self.me = ""
        self.plan_days = 0
        self.passwords = Passwords(self)
        self._reader = reader
        self._early: list[Path] = []
        self._early_sample = False
        self._closed = False
        self._orders: deque[Order] = deque()
        self._reading_desk: Desk | None = None
        self._reading: Order | None = None
        self._unread: tuple[tuple[str, tuple[Path, ...]], ...] = ()
        self._watches: dict[str, Watch] = {}
        self._troubled: dict[str, Desk] = {}

    @property
    def ready(self) -> bool:
        """Whether the vault is open."""
        return self._reader is not None

    @property
    def reader(self) -> Reader | None:
        """Who reads files; None before the vault is open."""
        return self._reader

    def attach(self, office: Office, reader: Reader) -> None:
        """Begin to work: the vault is open. Files that came before are read now."""
        self.office = office
        self._reader = reader
        self.attached.emit()
        self.refresh()
        self.writer.submit(office.unread, self._on_unread, self.failed.emit)
        early, self._early = self._early, []
        self.add_files(early)
        if self._early_sample:
            self._early_sample = False
            self.open_sample()

    # --- tenders

    def refresh(self) -> None:
        """Look at all tenders again; `tenders_changed` follows."""
        if self.ready:
            self.writer.submit(self.office.tenders, self._on_tenders, self.failed.emit)

    def open_tender(self, key: str) -> None:
        """Put a tender on the desk; `opened` follows."""
        desk = self._live(key)
        if desk is None:
            self.writer.submit(partial(self.office.open, key), self._put_once, self.failed.emit)
        elif desk is self.desk:
            self.opened.emit(desk)
        else:
            self._put(desk)

    def close_tender(self) -> None:
        """Clear the desk."""
        self._put(None)

    def archive(self, key: str, archived: bool = True) -> None:
        """Put a tender away, or take it back. One that is on a desk changes there: the desk would write over it later."""
        desk = self._live(key)
        if desk is None:
            self.writer.submit(partial(self.office.archive, key, archived), self._on_tenders_touched, self.failed.emit)
            return
        desk.archive(archived)
        if desk is self.desk and archived:
            self.close_tender()
        self.refresh()

    def delete(self, key: str) -> None:
        """Remove a tender for good. What is being read into it is stopped, what waits for it is not read; other tenders' is."""
        self._orders = deque(order for order in self._orders if order.desk.key != key)
        if self._troubled.pop(key, None) is not None and not self._troubled:  # what could not be saved goes with it
            self.trouble.emit(None)
        if self.job is not None and self._reading_desk is not None and self._reading_desk.key == key:
            self.job.forget()  # there is nothing left to read into
        if self.desk is not None and self.desk.key == key:
            self.close_tender()
        self.passwords.forget(key)
        self.writer.submit(partial(self.office.delete, key), self._on_tenders_touched, self.failed.emit)

    def let_go(self) -> None:
        """Forget every desk, with what could not be saved and what is being read: the vault becomes another one."""
        self._orders.clear()
        if self.job is not None:
            self.job.forget()
        self._reading = self._reading_desk = None
        self._put(None)
        self._troubled.clear()  # or "try again" would write them into what was restored
        self._watches.clear()
        self.trouble.emit(None)

    def select(self, key: str | None) -> None:
        """Bring an item into focus."""
        if key != self.selection:
            self.selection = key
            self.selected.emit(key)

    def set_plans(self, me: str, plan_days: int) -> None:
        """Whose items "mine" are (empty: nobody's), and how many working days before the last day all should be done."""
        if (me, plan_days) != (self.me, self.plan_days):
            self.me, self.plan_days = me, plan_days
            self.plans_changed.emit()

    def name_me(self, name: str) -> None:
        """The user says who they are."""
        self.set_plans(name, self.plan_days)
        self.me_named.emit(name)

    @property
    def reading_desk(self) -> Desk | None:
        """The tender that is being read into; it need not be the one that is open."""
        return self._reading_desk

    @property
    def unsaved(self) -> int:
        """Changes that could not be written yet, of all tenders."""
        return sum(desk.unsaved for desk in self._troubled.values())

    def settle(self) -> None:
        """Wait until what was handed over to be saved is saved, or known not to be: see `unsaved`."""
        if isinstance(self.writer, QtWriter):
            self.writer.drain()

    def retry(self) -> None:
        """Try to write what could not be written."""
        for desk in tuple(self._troubled.values()):
            desk.retry()

    # --- files

    def add_files(self, paths: Sequence[Path]) -> None:
        """Read files and folders into the tender that is open, or a new one; ask when both make sense. Tenders that were saved as
        files are no documents: they go to who brings them in."""
        if not self.ready:
            self._early += paths
            return
        saved = tuple(path for path in paths if path.suffix.casefold() == TENDER_ENDING)
        if saved:
            self.saved_given.emit(saved)
            paths = [path for path in paths if path not in saved]
        if not paths:
            return
        if self.desk is None:
            self.add_to_new(paths)
        elif not self.desk.documents and self.job is None:
            self.add_to_open(paths)
        else:
            self.choice_wanted.emit(tuple(paths))

    def add_to_open(self, paths: Sequence[Path], passwords: Sequence[str] = ()) -> None:
        """Read into the tender that is open."""
        if self.desk is not None:
            self._read(Order(self.desk, tuple(paths), passwords=tuple(passwords)))

    def add_to_new(self, paths: Sequence[Path]) -> None:
        """Read into a new tender, and open it."""
        self.writer.submit(self.office.create, partial(self._on_created, tuple(paths)), self.failed.emit)

    def open_sample(self) -> None:
        """Open an invented procurement to try things on: as it was left, or read now. Once the vault is open."""
        if self.ready:
            self.writer.submit(self.office.sample, self._on_sample, self.failed.emit)
        else:
            self._early_sample = True

    def read_again(self, documents: Sequence[DocumentRecord], passwords: Sequence[str] = ()) -> None:
        """Read documents of the open tender once more."""
        if self.desk is not None and documents:
            self._read(Order(self.desk, documents=tuple(documents), passwords=tuple(passwords)))

    def stop_reading(self) -> None:
        """Stop what is being read and what waits to be."""
        self._orders.clear()
        if self.job is not None:
            self.job.cancel()

    def close(self) -> None:
        """End reading: what is not read is read the next time. The writer is closed by whoever made it."""
        self._keep_unread(again=True)
        self._closed = True
        self._orders.clear()
        if self.job is not None:
            self.job.close()
            self.job = None
        self._put(None)

    # --- how

    def _live(self, key: str) -> Desk | None:
        """The desk that a tender is on now: open, being read into, or with what the vault does not have yet."""
        desks = (self.desk, self._reading_desk, *(order.desk for order in self._orders), *self._troubled.values())
        return next((desk for desk in desks if desk is not None and desk.key == key), None)

    def _on_sample(self, key: str) -> None:
        desk = self._live(key)
        if desk is not None:
            self._put_sample(desk)
        else:
            self.writer.submit(partial(self.office.open, key), self._put_sample, self.failed.emit)

    def _put_sample(self, desk: Desk) -> None:
        self._put(desk)
        self.refresh()
        if not desk.documents and desk is not self._reading_desk:
            folder = resource("sample", "procurement")
            self.add_to_open([Path(str(file)) for file in sorted(folder.iterdir(), key=str)])

    def _put_once(self, desk: Desk) -> None:
        """A tender that was asked for twice is on one desk: of two, one would not know what was done on the other."""
        self._put(self._live(desk.key) or desk)

    def _put(self, desk: Desk | None) -> None:
        if self.desk is not None:
            self.desk.unsubscribe(self._on_change)
        self.desk = desk
        self.select(None)
        if desk is not None:
            desk.subscribe(self._on_change)
            self._watch(desk)
        self.opened.emit(desk)

    def _watch(self, desk: Desk) -> None:
        watch = self._watches.get(desk.key)
        if watch is None or watch.desk is not desk:
            watch = self._watches[desk.key] = Watch(desk, self._on_trouble)
            desk.on_trouble(watch.hear)

    def _on_created(self, paths: tuple[Path, ...], desk: Desk) -> None:
        self._put(desk)
        self.refresh()
        self.add_to_open(paths)

    def _on_change(self, change: Change) -> None:
        self.changed.emit(change)

    def _on_trouble(self, desk: Desk, finding: Finding | None) -> None:
        watch = self._watches.get(desk.key)
        if watch is None or watch.desk is not desk:
            return  # it was let go
        if finding is not None:
            self._troubled[desk.key] = desk
        else:
            self._troubled.pop(desk.key, None)
        if finding is not None or not self._troubled:
            self.trouble.emit(finding)

    def _on_tenders(self, tenders: Sequence[Overview]) -> None:
        self.tenders = tuple(tenders)
        self.tenders_changed.emit(self.tenders)

    def _on_tenders_touched(self, _done: object) -> None:
        self.refresh()

    def _on_unread(self, files: Sequence[tuple[str, Sequence[Path]]]) -> None:
        """The program ended in the middle: a list that lacks documents must not look like a whole one."""
        self._unread = tuple((tender, tuple(paths)) for tender, paths in files)
        for tender, paths in files:
            self.writer.submit(partial(self.office.open, tender), partial(self._read_unread, tuple(paths)), self.failed.emit)

    def _read_unread(self, paths: tuple[Path, ...], desk: Desk) -> None:
        self._read(Order(self._live(desk.key) or desk, paths, again=True))

    def _keep_unread(self, *, again: bool = False) -> None:
        """Remember what is to be read; with `again` also what was begun before, as the user ends the program, not a file."""
        if self._closed or not self.ready:
            return
        orders = [order for order in (self._reading, *self._orders) if order is not None and order.paths]
        files = tuple((order.desk.key, order.paths) for order in orders if again or not order.again)
        if files != self._unread:
            self._unread = files
            self.writer.submit(partial(self.office.set_unread, files), unheard, self.failed.emit)

    def _read(self, order: Order) -> None:
        self._watch(order.desk)
        self._orders.append(order)
        if self.job is None:
            self._start()
        self._keep_unread()

    def _start(self) -> None:
        reader = self._reader
        if reader is None:
            return
        order = self._reading = self._orders.popleft()
        self._reading_desk = order.desk
        work = Work(reader, order, self.passwords.of(order.desk.key))
        self.job = ImportJob(work.run, partial(reader.settle, order.desk), self)
        work.listed = self.job.listed
        self.job.failed.connect(self._on_reading_failed)
        self.job.ended.connect(self._on_reading_ended)
        self.job.start()
        self.reading.emit(self.job)

    def _on_reading_failed(self, finding: Finding) -> None:
        self.failed.emit(finding)

    def _on_reading_ended(self) -> None:
        job, self.job = self.job, None
        desk, self._reading_desk = self._reading_desk, None
        order, self._reading = self._reading, None
        if job is not None:
            job.deleteLater()
        if desk is not None:
            desk.drop_provisional()
        if order is not None and order.passwords and unlocked(order):
            self.passwords.add(order.desk.key, order.passwords)
        if self._orders:
            self._start()
        else:
            self.reading.emit(None)
            self.refresh()
        self._keep_unread()
