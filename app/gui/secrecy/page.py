"""The page Sekretess: claims at the left, the bid's document over the claim's editor at the right, one claim in focus for all.

It is put together here; what each part does is in its own module. Everything that is decided goes to the desk.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.core.claims import Strength
from app.core.document import Finding
from app.core.work import BidFileRecord, Change, ClaimRecord, DocumentRecord, TenderRecord
from app.gui.actions import Actions
from app.gui.messages import tr
from app.gui.secrecy.adding import Adding
from app.gui.secrecy.annexed import Annexing
from app.gui.secrecy.asking import Asking
from app.gui.secrecy.deciding import Deciding
from app.gui.secrecy.frame import EMPTY, GUIDE, MAIN, Frame
from app.gui.secrecy.keys import Keys
from app.gui.secrecy.landing import Landing
from app.gui.secrecy.marking import Marking
from app.gui.secrecy.outgoing import Outgoing
from app.gui.secrecy.reading import BidReading
from app.gui.secrecy.rows import ClaimRow, Filter, Row, SuggestionRow, rows_of, tally
from app.gui.secrecy.showing import anchor_places, claim_rows, file_share, judged
from app.gui.secrecy.sourcing import as_document, marks_of
from app.gui.secrecy.spreading import Spreading
from app.gui.secrecy.suggesting import Suggesting
from app.gui.secrecy.thinking import Thinking
from app.gui.secrecy.unlocking import BidUnlocking
from app.gui.secrecy.verdict import Verdict
from app.gui.secrecy.watching import Watching
from app.gui.secrecy.wiring import wire
from app.gui.session import Session
from app.workflow.desk import Desk
from app.workflow.writer import Writer

__all__ = ["SecrecyPage"]

_GATHER = 40
"""Milliseconds in which what changes is put on the list together."""


class SecrecyPage(Frame):
    """`key` of the claim in focus is the one selection: list, editor and document follow it, wherever it was made."""

    show_place = Signal(object)  # Source: in the procurement's documents
    list_asked = Signal(str)
    ledger_asked = Signal(str)

    def __init__(
        self,
        session: Session,
        actions: Actions,
        parent: QWidget | None = None,
        thinker: Writer | None = None,
        turns: bool = False,
    ) -> None:
        """With `turns` it is bare until `making` has been gone through, so that the window is heard between its parts."""
        super().__init__(parent)
        self._session = session
        self._actions = actions
        self._desk: Desk | None = None
        self._claim: str | None = None
        self._wanted: str | None = None  # a claim to be chosen as soon as it is on the list
        self._verdicts: dict[str, Verdict] = {}
        self._made = False
        self.thinking = Thinking(self, thinker)
        self.making = self._make(actions)
        if not turns:
            for _ in self.making:
                pass

    def _make(self, actions: Actions) -> Iterator[None]:
        session = self._session
        yield from self.make_frame(actions)
        self.reading = BidReading(session, self)
        self.unlocking = BidUnlocking(session, self.source, self.reading)
        self.marking = Marking(self.source, self.thinking, actions, self)
        self.suggesting = Suggesting(self.thinking, self)
        self.spreading = Spreading(self.thinking, self)
        self.watching = Watching(self.thinking, self)
        self.outgoing = Outgoing(session, actions, self.thinking, self)
        self.asking = Asking(self.thinking, self)
        self.landing = Landing(self.left, self.source, self.thinking, self.suggesting, self)
        self.annexing = Annexing(actions, self.thinking, self.outgoing.with_bidder, self.asking, self)
        self.deciding = Deciding(self.left, self.editor, self.marking, self.suggesting, self.spreading, self)
        self.adding = Adding(self.reading, session, self)
        self.keys = Keys(actions, self, self.left.view)
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(_GATHER)
        self._gather.timeout.connect(self._refresh)
        self._connect()
        self._on_opened(session.desk)
        self._made = True

    # --- for the window

    @property
    def claim(self) -> str | None:
        """The key of the claim in focus."""
        return self._claim

    @property
    def busy(self) -> bool:
        """Whether something is still to be shown, read or found out."""
        return self._gather.isActive() or self.landing.busy or self.reading.busy or self.thinking.busy

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """How well each claim stands, by key."""
        return dict(self._verdicts)

    def flush(self) -> None:
        """Hand over what is typed and not kept yet."""
        self.editor.flush()

    def shut(self) -> None:
        """Keep what is being typed and end all work, before the window goes."""
        self.flush()
        self._gather.stop()
        self.landing.stop()
        self.marking.leave()
        self.reading.shut()
        self.annexing.shut()
        self.outgoing.shut()
        self.source.shut()
        self.thinking.shut()
        self.editor.set_desk(None)

    def select(self, key: str | None) -> None:
        """Bring a claim into focus; one that the filter hides is shown by taking the filter away."""
        if key is not None and not self.left.view.select_key(key) and self._desk is not None:
            self._wanted = key
            if self.left.model.row_of(key) < 0:
                self.left.choose(Filter.ALL)
            self._refresh()

    # --- wiring

    def _connect(self) -> None:
        session = self._session
        session.opened.connect(self._on_opened)
        session.changed.connect(self._on_changed)
        session.attached.connect(self._follow_desk)
        self.left.filtered.connect(self._on_filter)
        self.left.chosen.connect(self._on_row)
        self.left.file_wanted.connect(self.landing.file)
        self.left.acted.connect(self.deciding.take_row)
        self.source.mark_activated.connect(self.select)
        self.editor.anchor_wanted.connect(self.landing.anchor)
        self.editor.again_wanted.connect(self.marking.mark_lost)
        self.landing.landed.connect(self._on_landed)
        self.editor.ready_wanted.connect(self.deciding.ready)
        self.editor.withdraw_wanted.connect(self.deciding.withdraw)
        self.thinking.known.connect(self._refresh)
        self.thinking.failed.connect(session.failed)
        self.marking.marked.connect(self._on_marked)
        self.suggesting.found.connect(self._on_suggestions)
        self.suggesting.marked.connect(self._on_marked)
        self.spreading.marked.connect(self._on_marked)
        for part in (self.watching, self.asking, self.deciding):
            part.changed.connect(self._refresh)
        for speaker in (self.marking, self.suggesting, self.spreading, self.outgoing, self.annexing, self.deciding):
            speaker.said.connect(self.left.say)
        self.reading.ended.connect(self._on_read)
        self.top.follow(self.reading, self.outgoing.copying)
        self.adding.follow(self.empty)
        self.empty.guide_asked.connect(self.show_guide)
        self.top.item_wanted.connect(self._on_item)
        self.top.again_wanted.connect(self.adding.again)
        self.outgoing.files_wanted.connect(self.reading.read)
        self.outgoing.leaving.connect(self.flush)
        self.spreading.shown.connect(self.landing.spread)
        self.guide.closed.connect(self._on_guide_closed)
        self.guide.place_wanted.connect(self.show_place)
        wire(self, self._actions)

    # --- the tender

    def _on_opened(self, desk: Desk | None) -> None:
        if desk is not self._desk:
            self.editor.set_desk(desk)
            self.marking.leave()
            self._claim = self._wanted = None
            self._verdicts = {}
        self._desk = desk
        self.asking.follow(desk)
        self._follow_desk()
        self._show_files()
        self._refresh()
        if self._desk is not None and self._claim is None:
            self.left.go_to(0)

    def _follow_desk(self) -> None:
        reader = self._session.reader
        bids = reader.bids if reader is not None and self._desk is not None and self._desk.bid_files else None
        self.marking.desk = self.deciding.desk = self.annexing.desk = self.landing.desk = self._desk
        self.marking.bids = bids
        for part in (self.thinking, self.suggesting, self.spreading, self.watching, self.outgoing):
            part.follow(self._desk, bids)

    def _show_files(self) -> None:
        desk = self._desk
        files = desk.bid_files if desk is not None else ()
        readable = tuple(as_document(record) for record in files if record.file)
        self.source.set_documents(readable, self._load)
        if self.pages.currentIndex() != GUIDE:
            self.pages.setCurrentIndex(MAIN if files else EMPTY)
        self.name_proxy()

    def _load(self, document: DocumentRecord) -> bytes:
        """A file's bytes as they were read. Called in a worker's thread."""
        return bytes(self._session.office.file(document))

    def _on_changed(self, change: Change) -> None:
        files = any(isinstance(record, BidFileRecord) for record in change.records)
        claims = any(isinstance(record, ClaimRecord) for record in change.records)
        tender = any(isinstance(record, TenderRecord) for record in change.records)
        if files or change.gone:
            self._follow_desk()
            self._show_files()
        if files or claims or tender or change.gone:
            self.thinking.look()
        if files or claims or tender or change.gone or change.entry is not None:
            self._gather.start()

    def _refresh(self) -> None:
        """The list, the editor and the marks as the desk and what is known have them now."""
        self._gather.stop()
        desk = self._desk
        if desk is None:
            self.left.show_rows([])
            return
        self._verdicts = self.annexing.verdicts = judged(desk, self.thinking.insight, self.thinking.verdicts, self._claim)
        claims = claim_rows(desk, self.thinking.insight, self._verdicts)
        suggestions = self.suggesting.all
        self.left.set_tally(tally(claims, suggestions))
        self.left.show_rows(rows_of(desk.bid_files, claims, suggestions, self.left.filter, self.watching.stale))
        if self._wanted is not None and self.left.view.select_key(self._wanted):
            self._wanted = None
        strengths: dict[str, Strength] = {key: verdict.strength for key, verdict in self._verdicts.items()}
        self.source.set_marks(marks_of(desk.claims(), self.thinking.insight, strengths))
        self.source.select_mark(self._claim)
        self._show_editor()
        self._show_meter(desk)
        if self.isVisible():
            self.asking.look(desk)
        self.top.show_state(desk, self.asking.item, len(self.watching.stale))

    def _show_editor(self) -> None:
        desk, key = self._desk, self._claim
        if desk is None or key is None or key not in {record.key for record in desk.claims()}:
            self._claim = key = None
        places = anchor_places(desk, self.thinking.insight, key) if desk is not None and key is not None else ()
        self.editor.show_claim(key, places)
        self.editor.show_verdict(self._verdicts.get(key) if key is not None else None)

    def _show_meter(self, desk: Desk) -> None:
        insight = self.thinking.insight
        self.left.meter.show_share(insight.share, file_share(desk, insight, self.source.document))

    # --- one selection

    def _on_filter(self, chosen: Filter) -> None:
        if chosen is Filter.SUGGESTIONS:
            self.suggesting.look()
        self._refresh()
        if self.left.current() is None:
            self.left.go_to(0)

    def _on_row(self, row: Row | None) -> None:
        if isinstance(row, ClaimRow):
            self._claim = row.key
            self.source.select_mark(row.key)
            self._show_editor()
            self.landing.follow()
        elif isinstance(row, SuggestionRow):
            self._claim = None
            self._show_editor()
            self.landing.follow()

    def _on_landed(self) -> None:
        if self._desk is not None:
            self._show_meter(self._desk)

    def _on_marked(self, key: str) -> None:
        self._wanted = key
        if self.left.filter not in (Filter.ALL, Filter.SUGGESTIONS):
            self.left.choose(Filter.ALL)
        self._refresh()

    def edit(self) -> None:
        """To the fields of the claim in focus."""
        if self.editor.key is not None:
            self.editor.focus_first()

    # --- files

    def _on_read(self, findings: tuple[Finding, ...]) -> None:
        self.watching.look()
        for finding in findings[:1]:
            self._session.failed.emit(finding)
        self.outgoing.go_on()
        if self._claim is None:
            self.left.go_to(0)

    def _on_suggestions(self) -> None:
        self._refresh()
        if self.left.filter is Filter.SUGGESTIONS and self.left.current() is None:
            self.left.go_to(0)

    # --- elsewhere

    def show_guide(self) -> None:
        """How secrecy works during a procurement."""
        self.guide.show_for(self._desk)
        self.pages.setCurrentIndex(GUIDE)
        self.guide.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_guide_closed(self) -> None:
        self.pages.setCurrentIndex(EMPTY)
        self._show_files()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_item(self) -> None:
        if (item := self.asking.item) is not None:
            self.show_place.emit(item.item.source)
            self._session.select(item.key)

    # --- events

    def showEvent(self, event: QShowEvent) -> None:
        """The page's actions are in force; files may have changed meanwhile."""
        super().showEvent(event)
        if not self._made:
            return  # it is shown only when it is whole
        self.setAccessibleName(tr("secrecy.page"))
        self.keys.enable(True)
        self.name_proxy()
        self.watching.look()
        if self._desk is not None:
            self.asking.look(self._desk)  # not before: it goes through the whole list

    def hideEvent(self, event: QHideEvent) -> None:
        """They are not."""
        super().hideEvent(event)
        if not self._made:
            return
        self.flush()
        self.marking.draw_box(False)
        self.keys.enable(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape comes back to the list."""
        if event.key() == Qt.Key.Key_Escape and self.pages.currentIndex() == MAIN:
            self.left.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The veil covers the page at any size."""
        super().resizeEvent(event)
        if self._made:
            self.adding.cover()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files of the bid are welcome."""
        self.adding.over(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Not here after all."""
        self.adding.gone()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Into the bid with them."""
        self.adding.dropped(event)
