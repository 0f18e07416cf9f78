"""The records of one open tender in memory, written to the vault behind every change, and the way back.

It lives on one thread. It changes at once; the vault is written in order by a `Writer`. When a step cannot be written, it and
all that follow stay here, and are tried again with the next change or on `retry`: a full disk loses nothing while it runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from time import monotonic

from app.core.document import Finding
from app.core.errors import AnbudsklarError, UndoWaitsError
from app.core.work import (
    BidFileRecord,
    Change,
    ClaimRecord,
    DocumentRecord,
    FileLink,
    HistoryEntry,
    KeptFile,
    Record,
    TenderRecord,
    WorkItem,
)
from app.workflow.looks import Looks
from app.workflow.readiness import Readiness
from app.workflow.store import Store
from app.workflow.writer import Writer

__all__ = ["DeskState", "Records", "records_of"]

_HISTORY = 500
"""How many entries of the history are taken out of the vault at a time."""
_PUT_AWAY, _TAKEN_BACK = "archive", "unarchive"
"""Together they change nothing: the way back goes through both at once."""

_PAUSE = 5.0
"""Seconds without typing after which what is typed is a step of its own."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A change on its way to the vault. `number` keeps the order in which they were made."""

    number: int
    action: str
    puts: tuple[Record, ...]
    deletes: tuple[str, ...]
    values: tuple[tuple[str, str], ...]
    merge: bool


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What came of writing: the entries made, the steps that are left, and why."""

    entries: tuple[HistoryEntry, ...]
    left: tuple[_Step, ...] = ()
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Records:
    """Everything of one tender, as it lies in the vault."""

    tender: TenderRecord
    items: tuple[WorkItem, ...] = ()
    documents: tuple[DocumentRecord, ...] = ()
    links: tuple[FileLink, ...] = ()
    bid_files: tuple[BidFileRecord, ...] = ()
    claims: tuple[ClaimRecord, ...] = ()
    kept_files: tuple[KeptFile, ...] = ()
    history: tuple[HistoryEntry, ...] = ()


def records_of(tender: str, store: Store) -> Records:
    """Take everything of a tender out of the vault. Twenty thousand items take a while: not for the window's own thread."""
    return Records(
        store.tender(tender),
        store.items(tender),
        store.documents(tender),
        store.links(tender),
        store.bid_files(tender),
        store.claims(tender),
        store.kept_files(tender),
        store.history(tender, _HISTORY),
    )


class DeskState:
    """What is on the desk, and who is told when it changes."""

    def __init__(self, records: Records, store: Store, writer: Writer) -> None:
        self._store = store
        self._writer = writer
        self.tender = records.tender
        self._documents = {record.key: record for record in records.documents}
        self._items = {record.key: record for record in records.items}
        self._links = {record.key: record for record in records.links}
        self._bid_files = {record.key: record for record in records.bid_files}
        self._claims = {record.key: record for record in records.claims}
        self._kept_files = {record.key: record for record in records.kept_files}
        self._history = list(records.history)
        self._history_whole = len(self._history) < _HISTORY
        self._looks = Looks(self._items, self._documents, self._links, self._claims).whole()
        self._listeners: list[Callable[[Change], None]] = []
        self._trouble_listeners: list[Callable[[Finding | None], None]] = []
        self._provisional: dict[str, Record | None] = {}  # shown and not written yet: what the vault has of it
        self._last_typed: tuple[str, str, float] | None = None
        self._steps = 0
        self._in_flight = 0
        self._unsaved: list[_Step] = []
        self._turning = 0
        self._later: list[_Step] = []  # done while a turn is on its way: the vault has them after it
        self._blocked = False  # set where the writing is done: what follows a failed step must not overtake it

    # --- what is on it

    @property
    def key(self) -> str:
        """The tender's key."""
        return self.tender.key

    @property
    def documents(self) -> tuple[DocumentRecord, ...]:
        """The documents of the procurement, in order."""
        return tuple(sorted(self._documents.values(), key=lambda record: (record.position, record.summary.name)))

    @property
    def links(self) -> tuple[FileLink, ...]:
        """Every linked file."""
        return tuple(self._links.values())

    @property
    def kept_files(self) -> tuple[KeptFile, ...]:
        """What is kept of the submission, in the order it came."""
        return tuple(sorted(self._kept_files.values(), key=lambda record: (record.at, record.key)))

    @property
    def owners(self) -> tuple[str, ...]:
        """Names in use, for completion."""
        return tuple(sorted({item.owner for item in self._items.values() if item.owner}, key=str.casefold))

    def items(self) -> tuple[WorkItem, ...]:
        """The items in the order of the list: rejected ones in, those that were split or merged away out."""
        return self._looks.order

    def added(self) -> tuple[WorkItem, ...]:
        """Those of `items` that the user has added, also from lines without class."""
        return self._looks.added

    def found_in(self) -> Mapping[str, int]:
        """How many of `items` stand in each document, by the document's id."""
        return self._looks.found_in

    def everything(self) -> dict[str, WorkItem]:
        """Every item by its key, also those that were replaced. May be asked for from another thread."""
        return dict(self._items)

    def item(self, key: str) -> WorkItem:
        """The item with a key, also one that was replaced. Raises KeyError."""
        return self._items[key]

    def links_of(self, key: str) -> tuple[FileLink, ...]:
        """The files linked to an item."""
        return self._looks.files.get(key, ())

    def readiness(self) -> Readiness:
        """How far the bid has come."""
        return self._looks.readiness

    def history(self, key: str | None = None) -> tuple[HistoryEntry, ...]:
        """What was done, newest first; with a key, only what touched that record. Older entries may wait in the vault."""
        return tuple(entry for entry in self._history if key is None or key in entry.records)

    @property
    def history_whole(self) -> bool:
        """Whether `history` goes back to the beginning."""
        return self._history_whole

    def recall(self, then: Callable[[], None], failed: Callable[[Finding], None]) -> None:
        """Take older entries out of the vault; `then` when they are here."""
        before = min((entry.number for entry in self._history), default=None)
        work = partial(self._store.history, self.key, _HISTORY, before)
        self._writer.submit(work, partial(self._recalled, then), failed)

    def _recalled(self, then: Callable[[], None], entries: Sequence[HistoryEntry]) -> None:
        known = {entry.number for entry in self._history}
        self._history += [entry for entry in entries if entry.number not in known]
        self._history_whole = len(entries) < _HISTORY
        then()

    # --- who wants to know

    def subscribe(self, listener: Callable[[Change], None]) -> None:
        """Tell `listener` of every change from now on."""
        self._listeners.append(listener)

    def unsubscribe(self, listener: Callable[[Change], None]) -> None:
        """Tell it no more."""
        self._listeners.remove(listener)

    def on_trouble(self, listener: Callable[[Finding | None], None]) -> None:
        """Tell `listener` when a change could not be saved, and (with None) when all is saved again."""
        self._trouble_listeners.append(listener)

    # --- the way back

    @property
    def can_undo(self) -> bool:
        """Whether anything was done."""
        return not self._history_whole or any(not entry.undone for entry in self._history)

    @property
    def can_redo(self) -> bool:
        """Whether anything was taken back since."""
        return any(entry.undone for entry in self._history)

    def undo(self) -> None:
        """Take back the latest step. That a tender was put away and taken back since is taken back with it."""
        done = [entry.action for entry in self._history if not entry.undone]
        pairs = _pairs(done, (_TAKEN_BACK, _PUT_AWAY))
        for _ in range(1 + (pairs if pairs < len(done) else 0)):
            self._turn(self._store.undo)

    def redo(self) -> None:
        """Do again what was taken back last."""
        taken = [entry.action for entry in reversed(self._history) if entry.undone]
        for _ in range(1 + _pairs(taken[1:], (_PUT_AWAY, _TAKEN_BACK))):
            self._turn(self._store.redo)

    def _turn(self, way: Callable[[str], Change | None]) -> None:
        """Steps that wait to be written come first: the latest step is only then the vault's latest."""
        self._send()
        self._turning += 1
        turned = partial(self._turned, self._steps)
        self._writer.submit(partial(self._turned_unless_blocked, way), turned, self._not_turned)

    def _turned_unless_blocked(self, way: Callable[[str], Change | None]) -> Change | None:
        if self._blocked:
            raise UndoWaitsError
        return way(self.key)

    def _not_turned(self, finding: Finding) -> None:
        self._turned(self._steps, None)
        self._tell_trouble(finding)

    def _turned(self, number: int, change: Change | None) -> None:
        """`number`: the last step before the turn. Later ones are done again here, so that desk and vault are the same."""
        later = [step for step in self._later if step.number > number]
        self._turning -= 1
        if not self._turning:
            self._later.clear()
        if change is None:
            return
        if change.entry is not None:
            older = all(entry.number > change.entry.number for entry in self._history)  # it waited in the vault
            self._history = [change.entry if entry.number == change.entry.number else entry for entry in self._history]
            self._history += [change.entry] if older else []
        self._apply(change)
        for step in later:
            self._apply(Change(step.puts, step.deletes))

    # --- saving

    @property
    def unsaved(self) -> int:
        """Changes that are on the desk but could not be written yet."""
        return len(self._unsaved)

    def retry(self) -> None:
        """Try to write what could not be written."""
        self._send()

    def _step(
        self,
        action: str,
        puts: Sequence[Record],
        deletes: Sequence[str] = (),
        values: tuple[tuple[str, str], ...] = (),
        merge: bool = False,
    ) -> None:
        for key in [*(record.key for record in puts), *deletes]:
            self._provisional.pop(key, None)
        self._apply(Change(tuple(puts), tuple(deletes)))
        self._steps += 1
        step = _Step(self._steps, action, tuple(puts), tuple(deletes), values, merge)
        self._unsaved.append(step)
        if self._turning:
            self._later.append(step)
        self._send()

    def _typed(self, action: str, key: str, record: Record, values: tuple[tuple[str, str], ...]) -> None:
        """Typing on without a pause is one step, so that undo takes back a passage rather than a letter."""
        now = monotonic()
        last, self._last_typed = self._last_typed, (action, key, now)
        goes_on = last is not None and last[:2] == (action, key) and now - last[2] < _PAUSE
        self._step(action, [record], values=values, merge=goes_on)

    def _send(self) -> None:
        """Hand over every waiting step; after a failure only once all answers are back, so that the order is kept."""
        if not self._unsaved:
            return
        if self._blocked:
            if self._in_flight:
                return
            self._blocked = False  # nothing is being written now, so nobody else sets it
        steps, self._unsaved = tuple(self._unsaved), []
        self._in_flight += 1
        self._writer.submit(partial(self._write, steps), self._written, partial(self._not_written, steps))

    def _write(self, steps: tuple[_Step, ...]) -> _Outcome:
        """On the writer's thread. Step by step: what comes before a failure is safe."""
        if self._blocked:
            return _Outcome((), steps)
        entries: list[HistoryEntry] = []
        for index, step in enumerate(steps):
            try:
                entries.append(self._store.write(self.key, step.action, step.puts, step.deletes, step.values, step.merge))
            except AnbudsklarError as error:
                self._blocked = True
                return _Outcome(tuple(entries), steps[index:], error.finding())
            except BaseException:  # a fault of the program, which is told as one; the steps are no less the user's
                self._blocked = True
                raise
        return _Outcome(tuple(entries))

    def _not_written(self, steps: tuple[_Step, ...], finding: Finding) -> None:
        """What was written of them before the fault is written again: a record put twice is the same record."""
        self._written(_Outcome((), steps, finding))

    def _written(self, outcome: _Outcome) -> None:
        self._in_flight -= 1
        for entry in outcome.entries:
            self._history = [old for old in self._history if not old.undone and old.number != entry.number]
            self._history.insert(0, entry)
        if outcome.left:
            self._unsaved = sorted([*outcome.left, *self._unsaved], key=lambda step: step.number)
        if outcome.finding is not None:
            self._tell_trouble(outcome.finding)
        elif outcome.entries and not self._unsaved:
            self._tell_trouble(None)
        for entry in outcome.entries:
            self._tell(Change(entry=entry))

    # --- telling

    def _record(self, key: str) -> Record | None:
        """What is on the desk under a key."""
        found: Record | None = self._items.get(key) or self._documents.get(key) or self._links.get(key)
        found = found or self._bid_files.get(key) or self._claims.get(key) or self._kept_files.get(key)
        return self.tender if found is None and key == self.tender.key else found

    def _apply(self, change: Change) -> None:
        for key in change.gone:
            self._items.pop(key, None)
            self._documents.pop(key, None)
            self._links.pop(key, None)
            self._bid_files.pop(key, None)
            self._claims.pop(key, None)
            self._kept_files.pop(key, None)
        for record in change.records:
            match record:
                case WorkItem():
                    self._items[record.key] = record
                case DocumentRecord():
                    self._documents[record.key] = record
                case FileLink():
                    self._links[record.key] = record
                case BidFileRecord():
                    self._bid_files[record.key] = record
                case ClaimRecord():
                    self._claims[record.key] = record
                case KeptFile():
                    self._kept_files[record.key] = record
                case TenderRecord():
                    self.tender = record
        self._looks = Looks(self._items, self._documents, self._links, self._claims)
        self._tell(change)

    def _tell(self, change: Change) -> None:
        for listener in tuple(self._listeners):
            listener(change)

    def _tell_trouble(self, finding: Finding | None) -> None:
        for listener in tuple(self._trouble_listeners):
            listener(finding)


def _pairs(actions: Sequence[str], pair: tuple[str, str]) -> int:
    """How many of the actions, from the first on, are such pairs."""
    count = 0
    while tuple(actions[count : count + 2]) == pair:
        count += 2
    return count
