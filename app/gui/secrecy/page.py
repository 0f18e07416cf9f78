"""The page Sekretess: claims at the left, the bid's document over the claim's editor at the right, one claim in focus for all.

It is put together here; what each part does is in its own module. Everything that is decided goes to the desk.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QHideEvent,
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFileDialog, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.core.claims import AnchorState, Strength
from app.core.document import Finding, Place
from app.core.resources import resource
from app.core.work import BidFileRecord, Change, ClaimRecord, ClaimState, DocumentRecord, TenderRecord
from app.gui.actions import DECLARED, Actions
from app.gui.messages import tr
from app.gui.secrecy.editor import ClaimEditor
from app.gui.secrecy.empty import EmptyPage
from app.gui.secrecy.guide import GuidePage
from app.gui.secrecy.judging import context_of, verdict_of
from app.gui.secrecy.left import LeftPane
from app.gui.secrecy.marking import Marking
from app.gui.secrecy.outgoing import Outgoing
from app.gui.secrecy.places import place_words
from app.gui.secrecy.reading import BidReading
from app.gui.secrecy.rows import ClaimRow, Filter, Row, SuggestionRow, rows_of, tally
from app.gui.secrecy.sourcing import as_document, marks_of
from app.gui.secrecy.spreading import Spreading
from app.gui.secrecy.suggesting import Suggesting
from app.gui.secrecy.thinking import Thinking
from app.gui.secrecy.top import TopBar
from app.gui.secrecy.verdict import Verdict
from app.gui.secrecy.watching import Watching
from app.gui.session import Session
from app.gui.source.view import SourceView
from app.gui.underlag.empty import DropVeil
from app.workflow.desk import Desk
from app.workflow.insight import Insight
from app.workflow.marks import Spread
from app.workflow.secrecy_asked import annex_item
from app.workflow.writer import Writer

__all__ = ["SecrecyPage"]

_GATHER = 40
"""Milliseconds in which what changes is put on the list together."""
_FOLLOW = 60
"""Milliseconds after which the document follows the list: running through it must not load every file on the way."""
_EMPTY, _MAIN, _GUIDE = range(3)


class SecrecyPage(QWidget):
    """`key` of the claim in focus is the one selection: list, editor and document follow it, wherever it was made."""

    show_place = Signal(object)  # Source: in the procurement's documents
    list_asked = Signal(str)
    ledger_asked = Signal(str)

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None, thinker: Writer | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAcceptDrops(True)
        self._session = session
        self._actions = actions
        self._desk: Desk | None = None
        self._claim: str | None = None
        self._wanted: str | None = None  # a claim to be chosen as soon as it is on the list
        self._verdicts: dict[str, Verdict] = {}
        self.thinking = Thinking(self, thinker)
        self.left = LeftPane(actions)
        self.source = SourceView(actions)
        self.editor = ClaimEditor()
        self.top = TopBar(actions)
        self.reading = BidReading(session, self)
        self.marking = Marking(self.source, self.thinking, actions, self)
        self.suggesting = Suggesting(self.thinking, self)
        self.spreading = Spreading(self.thinking, self)
        self.watching = Watching(self.thinking, self)
        self.outgoing = Outgoing(session, actions, self.thinking, self)
        self.empty = EmptyPage()
        self.guide = GuidePage()
        self._lay_out()
        self._veil = DropVeil(self)
        self._gather = self._timer(_GATHER, self._refresh)
        self._follow = self._timer(_FOLLOW, self._show_claim)
        self._connect()
        self._on_opened(session.desk)

    # --- for the window

    @property
    def claim(self) -> str | None:
        """The key of the claim in focus."""
        return self._claim

    @property
    def busy(self) -> bool:
        """Whether something is still to be shown, read or found out."""
        return self._gather.isActive() or self._follow.isActive() or self.reading.busy or self.thinking.busy

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
        for timer in (self._gather, self._follow):
            timer.stop()
        self.marking.leave()
        self.reading.shut()
        self.outgoing.shut()
        self.source.shut()
        self.thinking.shut()
        self.editor.set_desk(None)

    def save_sizes(self) -> QByteArray:
        """How the panes divide the page."""
        return QByteArray(b"\n".join((self.both.saveState().toHex().data(), self.right.saveState().toHex().data())))

    def restore_sizes(self, sizes: QByteArray) -> None:
        """As `save_sizes` gave them. Anything else changes nothing."""
        for splitter, state in zip((self.both, self.right), bytes(sizes.data()).split(b"\n"), strict=False):
            splitter.restoreState(QByteArray.fromHex(QByteArray(state)))

    def add_files(self, paths: Sequence[Path]) -> None:
        """Files of the bid."""
        self.reading.read(paths)

    def select(self, key: str | None) -> None:
        """Bring a claim into focus; one that the filter hides is shown by taking the filter away."""
        if key is not None and not self.left.view.select_key(key) and self._desk is not None:
            self._wanted = key
            if self.left.model.row_of(key) < 0:
                self.left.choose(Filter.ALL)
            self._refresh()

    # --- layout and wiring

    def _lay_out(self) -> None:
        self.top.join(self.source.head)
        self.left.above_meter.addWidget(self.top.item)
        self.right = QSplitter(Qt.Orientation.Vertical)
        self.right.addWidget(self.source)
        self.right.addWidget(self.editor)
        self.both = QSplitter(Qt.Orientation.Horizontal)
        self.both.addWidget(self.left)
        self.both.addWidget(self.right)
        for splitter, sizes, stretch in ((self.right, [250, 430], (2, 3)), (self.both, [452, 738], (2, 3))):
            splitter.setChildrenCollapsible(False)
            splitter.setSizes(sizes)
            for place, share in enumerate(stretch):
                splitter.setStretchFactor(place, share)
        self.main = QWidget()
        column = QVBoxLayout(self.main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.both, 1)
        self.pages = QStackedWidget()
        for page in (self.empty, self.main, self.guide):
            self.pages.addWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.pages)

    def _timer(self, interval: int, slot: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(slot)
        return timer

    def _connect(self) -> None:
        session = self._session
        session.opened.connect(self._on_opened)
        session.changed.connect(self._on_changed)
        session.attached.connect(self._on_attached)
        self.left.filtered.connect(self._on_filter)
        self.left.chosen.connect(self._on_row)
        self.left.file_wanted.connect(self._on_file)
        self.left.acted.connect(self._on_acted)
        self.source.mark_activated.connect(self.select)
        self.editor.anchor_wanted.connect(self._on_anchor)
        self.editor.again_wanted.connect(self._on_again)
        self.editor.ready_wanted.connect(self._on_ready)
        self.editor.withdraw_wanted.connect(self._on_withdraw)
        self.thinking.known.connect(self._on_insight)
        self.thinking.failed.connect(session.failed)
        self.marking.marked.connect(self._on_marked)
        self.suggesting.found.connect(self._on_suggestions)
        self.suggesting.marked.connect(self._on_marked)
        self.spreading.marked.connect(self._on_marked)
        self.watching.changed.connect(self._refresh)
        for speaker in (self.marking, self.suggesting, self.spreading, self.outgoing):
            speaker.said.connect(self.left.say)
        self.reading.progressed.connect(self.top.show_progress)
        self.reading.began.connect(self._on_reading)
        self.reading.ended.connect(self._on_read)
        self.empty.files_asked.connect(self._on_add)
        self.empty.folder_asked.connect(self._on_add_folder)
        self.empty.sample_asked.connect(self._on_sample)
        self.empty.guide_asked.connect(self.show_guide)
        self.top.item_wanted.connect(self._on_item)
        self.top.stop_wanted.connect(self.reading.stop)
        self.top.again_wanted.connect(self._on_read_again)
        self.outgoing.files_wanted.connect(self.reading.read)
        self.spreading.shown.connect(self._on_spread)
        self.guide.closed.connect(self._on_guide_closed)
        self.guide.place_wanted.connect(self.show_place)
        self._wire()

    def _wire(self) -> None:
        on_list = (
            ("next_claim", self._on_next),
            ("previous_claim", self._on_previous),
            ("show_claim", self._on_show),
            ("claim_ready", self._on_ready),
            ("withdraw_claim", self._on_withdraw),
            ("delete_claim", self._on_delete),
            ("accept_places", self._on_accept),
            ("take_suggestion", self._on_take),
            ("dismiss_suggestion", self._on_dismiss),
        )
        on_page = (
            ("mark_secret", self.marking.mark),
            ("mark_everywhere", self._on_everywhere),
            ("mark_also", self._on_also),
            ("mark_page", self.marking.mark_page),
            ("edit_claim", self._on_edit),
            ("suggest", self._on_suggest),
            ("add_bid_files", self._on_add),
            ("read_bid_again", self._on_read_again),
            ("secrecy_guide", self.show_guide),
        )
        for pairs, widget in ((on_list, self.left.view), (on_page, self)):
            for name, slot in pairs:
                self._scope(self._actions[name], widget)
                self._actions[name].triggered.connect(slot)
        self._scope(self._actions["mark_box"], self)
        self._actions["mark_box"].toggled.connect(self.marking.draw_box)
        for name in ("edit_bidder", "preview_annex", "export_annex", "export_masked", "export_claims", "import_claims"):
            self._scope(self._actions[name], self)
        self._enable(self.isVisible())

    def _scope(self, action: QAction, widget: QWidget) -> None:
        """A letter is a command where nothing is typed: on the list itself, or anywhere on the page that takes no letters."""
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut if widget is self else Qt.ShortcutContext.WidgetShortcut
        action.setShortcutContext(context)
        widget.addAction(action)

    def _enable(self, wanted: bool) -> None:
        """The page's actions mean nothing on other pages."""
        for declared in DECLARED:
            if declared.group == "secrecy":
                self._actions[declared.name].setEnabled(wanted)

    # --- the tender

    def _on_attached(self) -> None:
        self._follow_desk()

    def _on_opened(self, desk: Desk | None) -> None:
        if desk is not self._desk:
            self.editor.set_desk(desk)
            self.marking.leave()
            self._claim = self._wanted = None
            self._verdicts = {}
        self._desk = desk
        self._follow_desk()
        self._show_files()
        self._refresh()
        if self._desk is not None and self._claim is None:
            self.left.go_to(0)

    def _follow_desk(self) -> None:
        reader = self._session.reader
        bids = reader.bids if reader is not None and self._desk is not None and self._desk.bid_files else None
        self.marking.desk = self._desk
        self.marking.bids = bids
        for part in (self.thinking, self.suggesting, self.spreading, self.watching, self.outgoing):
            part.follow(self._desk, bids)

    def _show_files(self) -> None:
        desk = self._desk
        files = desk.bid_files if desk is not None else ()
        readable = tuple(as_document(record) for record in files if record.file)
        self.source.set_documents(readable, self._load)
        if self.pages.currentIndex() != _GUIDE:
            self.pages.setCurrentIndex(_MAIN if files else _EMPTY)
        self._name_proxy()

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
        if files or claims or change.gone:
            self.thinking.look()
        if files or claims or tender or change.gone or change.entry is not None:
            self._gather.start()

    def _on_insight(self, insight: Insight) -> None:
        del insight
        self._refresh()

    def _refresh(self) -> None:
        """The list, the editor and the marks as the desk and what is known have them now."""
        self._gather.stop()
        desk = self._desk
        if desk is None:
            self.left.show_rows([])
            return
        self._judge(desk)
        claims = self._claim_rows(desk)
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
        self.top.show_state(desk, annex_item(desk), len(self.watching.stale))

    def _judge(self, desk: Desk) -> None:
        context = context_of(desk, self.thinking.insight)
        kept = [record for record in desk.claims() if record.state is not ClaimState.WITHDRAWN]
        every = [record.claim for record in kept]
        self._verdicts = {record.key: verdict_of(record.claim, every, context) for record in kept}

    def _claim_rows(self, desk: Desk) -> list[ClaimRow]:
        insight = self.thinking.insight
        rows = []
        for record in desk.claims():
            where = insight.where.get(record.key, ())
            verdict = self._verdicts.get(record.key)
            rows.append(
                ClaimRow(record.key, record, place_words(where[0]) if where else "", verdict.strength if verdict else None)
            )
        return rows

    def _show_editor(self) -> None:
        desk, key = self._desk, self._claim
        places: tuple[tuple[str, AnchorState], ...] = ()
        if desk is not None and key is not None:
            where = self.thinking.insight.where.get(key, ())
            try:
                record = desk.claim(key)
            except KeyError:
                key = self._claim = None
            else:
                names = {file.key: file.summary.name.rsplit("/", 1)[-1] for file in desk.bid_files}
                several = len({anchor.file for anchor in record.claim.anchors}) > 1
                places = tuple(
                    (
                        _named(names.get(anchor.file, ""), place_words(where[at]) if at < len(where) else "", several),
                        record.place_state(at),
                    )
                    for at, anchor in enumerate(record.claim.anchors)
                )
        self.editor.show_claim(key, places)
        self.editor.show_verdict(self._verdicts.get(key) if key is not None else None)

    def _show_meter(self, desk: Desk) -> None:
        insight, shown = self.thinking.insight, self.source.document
        file = None
        if shown is not None and shown in insight.shares:
            names = {record.key: record.summary.name.rsplit("/", 1)[-1] for record in desk.bid_files}
            file = (names.get(shown, ""), insight.shares[shown])
        self.left.meter.show_share(insight.share, file)

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
            self._follow.start()
        elif isinstance(row, SuggestionRow):
            self._claim = None
            self._show_editor()
            self._follow.start()

    def _show_claim(self) -> None:
        """Bring the passage of the row in focus into sight."""
        row = self.left.current()
        if isinstance(row, ClaimRow):
            self._land(row.key, 0)
        elif isinstance(row, SuggestionRow) and (mark := self.suggesting.place(row.suggestion.id)) is not None:
            self.source.show_place(mark.file, mark.place, mark.quote)
        if self._desk is not None:
            self._show_meter(self._desk)

    def _land(self, key: str, anchor: int) -> None:
        marks = self.thinking.insight.marks.get(key, ())
        if anchor < len(marks) and marks[anchor]:
            first = marks[anchor][0]
            self.source.show_place(first.file, first.place, first.quote)
        elif self._desk is not None:
            anchors = self._desk.claim(key).claim.anchors
            if anchor < len(anchors):
                self._on_file(anchors[anchor].file)

    def _on_file(self, key: str) -> None:
        if key != self.source.document:
            self.source.show_place(key, Place(page=1), "", False)

    def _on_anchor(self, wanted: tuple[str, int]) -> None:
        self._land(*wanted)

    def _on_again(self, wanted: tuple[str, int]) -> None:
        self.marking.mark_again(*wanted)

    def _on_marked(self, key: str) -> None:
        self._wanted = key
        if self.left.filter not in (Filter.ALL, Filter.SUGGESTIONS):
            self.left.choose(Filter.ALL)
        self._refresh()

    def _on_next(self) -> None:
        self.left.go(1)

    def _on_previous(self) -> None:
        self.left.go(-1)

    def _on_show(self) -> None:
        self._follow.stop()
        self._show_claim()
        self.source.setFocus(Qt.FocusReason.OtherFocusReason)
        if (surface := self.source.surface) is not None:
            surface.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_edit(self) -> None:
        if self.editor.key is not None:
            self.editor.focus_first()

    # --- what is decided about claims

    def _chosen(self) -> tuple[str, ...]:
        return self.left.chosen_claims() or ((self._claim,) if self._claim is not None else ())

    def _on_ready(self) -> None:
        desk, keys = self._desk, self._chosen()
        if desk is None or not keys:
            return
        self.flush()
        states = {desk.claim(key).state for key in keys}
        desk.set_claim_state(keys, ClaimState.DRAFT if states == {ClaimState.READY} else ClaimState.READY)

    def _on_withdraw(self) -> None:
        desk, keys = self._desk, self._chosen()
        if desk is None or not keys:
            return
        self.flush()
        states = {desk.claim(key).state for key in keys}
        desk.set_claim_state(keys, ClaimState.DRAFT if states == {ClaimState.WITHDRAWN} else ClaimState.WITHDRAWN)

    def _on_delete(self) -> None:
        if self._desk is not None and (keys := self.left.chosen_claims()):
            self._desk.delete_claims(keys)

    def _on_accept(self) -> None:
        if self._desk is not None:
            self._desk.accept_places(self._chosen())

    def _on_also(self) -> None:
        if self._claim is None:
            self.left.say(tr("secrecy.choose_claim"))
        else:
            self.marking.mark_also(self._claim)

    def _on_everywhere(self) -> None:
        self.flush()
        self.spreading.begin(self.marking.selection, self._claim, self)

    def _on_spread(self, one: Spread) -> None:
        if one.placed is not None:
            anchor = one.placed.anchor
            self.source.show_place(one.file, Place(anchor.page, anchor.box, sheet=anchor.sheet, cell=anchor.cells), one.text)

    # --- suggestions

    def _on_suggest(self) -> None:
        self.suggesting.look()
        self.left.choose(Filter.SUGGESTIONS)
        self.left.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_suggestions(self) -> None:
        self._refresh()
        if self.left.filter is Filter.SUGGESTIONS and self.left.current() is None:
            self.left.go_to(0)

    def _on_acted(self, row: SuggestionRow) -> None:
        self.suggesting.take([row.suggestion.id])

    def _on_take(self) -> None:
        place = self.left.view.currentIndex().row()
        self.suggesting.take([row.suggestion.id for row in self.left.chosen_suggestions()])
        self._refresh()
        self.left.go_to(place)

    def _on_dismiss(self) -> None:
        place = self.left.view.currentIndex().row()
        if self._desk is not None:
            self._desk.dismiss([row.suggestion.id for row in self.left.chosen_suggestions()])
        self._refresh()
        self.left.go_to(min(place, len(self.left.model.rows) - 1))

    # --- files

    def _on_add(self) -> None:
        self._ask_for(QFileDialog.FileMode.ExistingFiles, tr("secrecy.choose_files"))

    def _on_add_folder(self) -> None:
        self._ask_for(QFileDialog.FileMode.Directory, tr("secrecy.choose_folder"))

    def _ask_for(self, mode: QFileDialog.FileMode, title: str) -> None:
        dialog = QFileDialog(self, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(mode)
        dialog.filesSelected.connect(self._on_files)
        dialog.open()

    def _on_files(self, names: list[str]) -> None:
        self.add_files([Path(name) for name in names])

    def _on_sample(self) -> None:
        self.add_files([Path(str(file)) for file in sorted(resource("sample", "bid").iterdir(), key=str)])

    def _on_read_again(self) -> None:
        if self._desk is not None:
            self.reading.read_again(self._desk.bid_files)

    def _on_reading(self) -> None:
        self.top.begin()

    def _on_read(self, findings: tuple[Finding, ...]) -> None:
        self.top.end()
        self.watching.look()
        for finding in findings[:1]:
            self._session.failed.emit(finding)
        self.outgoing.go_on()
        if self._claim is None:
            self.left.go_to(0)

    # --- elsewhere

    def show_guide(self) -> None:
        """How secrecy works during a procurement."""
        self.guide.show_for(self._desk)
        self.pages.setCurrentIndex(_GUIDE)
        self.guide.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_guide_closed(self) -> None:
        self.pages.setCurrentIndex(_EMPTY)
        self._show_files()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_item(self) -> None:
        if self._desk is not None and (item := annex_item(self._desk)) is not None:
            self.show_place.emit(item.item.source)
            self._session.select(item.key)

    # --- events

    def _name_proxy(self) -> None:
        self.setFocusProxy((self.empty.add, self.left, self.guide)[self.pages.currentIndex()])

    def showEvent(self, event: QShowEvent) -> None:
        """The page's actions are in force; files may have changed meanwhile."""
        super().showEvent(event)
        self.setAccessibleName(tr("secrecy.page"))
        self._enable(True)
        self._name_proxy()
        self.watching.look()

    def hideEvent(self, event: QHideEvent) -> None:
        """They are not."""
        super().hideEvent(event)
        self.flush()
        self.marking.draw_box(False)
        self._enable(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape comes back to the list."""
        if event.key() == Qt.Key.Key_Escape and self.pages.currentIndex() == _MAIN:
            self.left.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files of the bid are welcome."""
        if _paths(event.mimeData()) and self._desk is not None:
            event.acceptProposedAction()
            self._veil.setGeometry(self.rect())
            self._veil.raise_()
            self._veil.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Not here after all."""
        self._veil.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Into the bid with them."""
        self._veil.hide()
        if paths := _paths(event.mimeData()):
            event.acceptProposedAction()
            self.add_files(paths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The veil covers the page at any size."""
        super().resizeEvent(event)
        self._veil.setGeometry(self.rect())


def _paths(data: QMimeData) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())


def _named(file: str, where: str, several: bool) -> str:
    parts = [file, where] if several or not where else [where]
    return ", ".join(part for part in parts if part)
