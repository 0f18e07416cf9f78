"""The page Underlag, put together: what is dropped goes to the session, what is decided to the desk, what is to be seen elsewhere
goes out as a signal."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.core.document import Place
from app.core.points import Source
from app.core.work import Change, DocumentRecord, TenderRecord, WorkItem
from app.gui.actions import Actions
from app.gui.jobs import ImportJob
from app.gui.messages import tr
from app.gui.session import Session
from app.gui.theme import theme
from app.gui.underlag.empty import DropVeil, EmptyPage
from app.gui.underlag.facts import facts_of
from app.gui.underlag.facts_panel import FactsPanel
from app.gui.underlag.head import UnderlagHead
from app.gui.underlag.hints import Hints
from app.gui.underlag.model import DocumentsModel
from app.gui.underlag.rows import Again, file_of
from app.gui.underlag.view import DocumentsView
from app.workflow.check import Step
from app.workflow.desk import Desk

__all__ = ["UnderlagPage"]

_DOCUMENTS, _FACTS = 420, 324
"""Pixels, at the usual size of text, that the two panes need beside each other."""
_CALM = 60
"""Milliseconds in which changes that follow each other are shown as one."""


class UnderlagPage(QWidget):
    """Documents to the left, facts to the right; before there is anything, a page that teaches what to drop."""

    show_place = Signal(object)  # Source: bring this place into sight (its quote may be empty)
    list_asked = Signal(str)  # document id: the checklist, only what comes from there
    ledger_asked = Signal(str)  # document id: the checklist's ledger of lines without class

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("underlagPage")
        self.setAcceptDrops(True)
        self._session = session
        self._actions = actions
        self._desk: Desk | None = None
        self._job: ImportJob | None = None
        self._job_desk: Desk | None = None
        self._expected: tuple[str, ...] = ()
        self._unlocking = ""  # the document that a password was given for
        self._waited: set[str] = set()  # what wanted the user's attention before the run: left as the user has left it
        self.model = DocumentsModel(self)
        self.head = UnderlagHead(actions, self)
        self.view = DocumentsView(self.model, self)
        self.facts = FactsPanel(self)
        self.empty = EmptyPage(self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self._full())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self._veil = DropVeil(self)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM)
        self._calm.timeout.connect(self._refresh)
        self._connect()
        self._on_opened(session.desk)
        self._on_reading(session.job)

    def _full(self) -> QWidget:
        full = QWidget(self)
        column = QVBoxLayout(full)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, full)
        self.splitter.setObjectName("underlagSplitter")
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.view.setMinimumWidth(360)
        self.view.setMinimumHeight(160)
        self.facts.setMinimumWidth(round(_FACTS * theme.scale))
        self.splitter.addWidget(self.view)
        self.splitter.addWidget(self.facts)
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 0)
        self.splitter.setSizes([766, 424])
        column.addWidget(self.splitter, 1)
        column.addWidget(Hints(self._actions, full))
        return full

    def _connect(self) -> None:
        self._session.opened.connect(self._on_opened)
        self._session.changed.connect(self._on_changed)
        self._session.reading.connect(self._on_reading)
        self.head.stop_asked.connect(self._on_stop)
        self._actions["read_again"].triggered.connect(self._on_read_again)
        self.empty.files_asked.connect(self._actions["add_files"].trigger)
        self.empty.folder_asked.connect(self._actions["add_folder"].trigger)
        self.view.show_place.connect(self._on_place)
        self.view.acknowledged.connect(self._on_acknowledged)
        self.view.again_asked.connect(self._on_again)
        self.view.list_asked.connect(self.list_asked)
        self.view.ledger_asked.connect(self.ledger_asked)
        self.view.removal_asked.connect(self._on_removal)
        self.facts.source_asked.connect(self.show_place)
        self.facts.edited.connect(self._on_fact)

    # --- the tender

    def _on_opened(self, desk: Desk | None) -> None:
        if desk is not self._desk or desk is None:
            self._calm.stop()
            self._desk = desk
            self.head.end_run()
            self.facts.clear()
            self.model.clear()
            if self._job is not None and desk is self._job_desk:
                self._catch_up(self._job)
        self._refresh()
        if self.model.run is None:
            self.view.open_what_waits()

    def _on_changed(self, change: Change) -> None:
        if change.gone or any(isinstance(record, WorkItem | DocumentRecord | TenderRecord) for record in change.records):
            self._calm.start()

    def _refresh(self) -> None:
        self._show_rows()
        if self._desk is not None:
            self.facts.show_facts(facts_of(self._desk.tender, self._desk.documents))

    def _show_rows(self) -> None:
        desk = self._desk
        if desk is None:
            self._pages.setCurrentIndex(0)
            return
        self.model.show(desk.documents, desk.found_in())
        self.head.show_rows(self.model.rows)
        self._pages.setCurrentIndex(1 if self.model.rows else 0)

    # --- reading

    def _on_reading(self, job: ImportJob | None) -> None:
        """A job has begun, or (None) the last one has ended. One is followed by the next without a None between them."""
        if self._job is not None:
            self._job.progressed.disconnect(self._on_progressed)
            self._job = None
            if self.model.run is not None:
                self._end()
        if job is not None:
            self._job, self._job_desk = job, self._session.reading_desk
            self._waited = {row.name for row in self.model.rows if row.wants_attention}
            job.progressed.connect(self._on_progressed)
            if self._desk is self._job_desk:
                self._catch_up(job)

    def _catch_up(self, job: ImportJob) -> None:
        """Show how far the job has come already."""
        names = job.names or self._expected
        self._expected = ()
        if names:
            self.model.begin(names)
        for index in job.done:
            if index < len(job.names):
                self.model.note(Step(index, job.names[index], job.names[index], finished=True))
        if job.step is not None:
            self.model.note(job.step)
        self._show_run(job.step)

    def _on_progressed(self, step: object) -> None:
        if self._desk is not self._job_desk:
            return
        if isinstance(step, Step):
            self.model.note(step)
            self._show_run(step)
        elif isinstance(step, tuple):
            self.model.begin(step)
            self._show_run(None)

    def _show_run(self, step: Step | None) -> None:
        if self.model.run is not None:
            self.head.show_run(self.model.run, step)
        if self.model.rows:
            self._pages.setCurrentIndex(1)

    def _end(self) -> None:
        self._calm.start()  # the facts come in a turn of their own
        self._show_rows()
        self.model.end()
        self.head.end_run()
        self._show_rows()
        for row in self.model.rows:
            if row.wants_attention and row.name not in self._waited:
                self.view.open_row(row.name)
        detail = self.view.detail_of(self._unlocking)
        if detail is not None and self.window().focusWidget() is self.view:
            detail.focus_password()
        self._unlocking = ""

    def _on_stop(self) -> None:
        self.head.stop.setEnabled(False)
        self._session.stop_reading()

    def _on_again(self, again: Again) -> None:
        self._expected = tuple(dict.fromkeys(file_of(record) for record in again.documents))
        self._unlocking = again.documents[0].summary.name if again.passwords else ""
        self._session.read_again(again.documents, again.passwords)

    def _on_read_again(self) -> None:
        """The chosen document; all of them when none is chosen or the page is not seen."""
        if self._desk is None or self._job is not None:
            return
        row = self.view.current_row() if self.isVisible() else None
        chosen = (row.record,) if row is not None and row.record is not None else self._desk.documents
        readable = tuple(record for record in chosen if record.file)
        if readable:
            self._on_again(Again(readable))

    # --- what the user decides

    def _on_acknowledged(self, document: str, pages: tuple[int, ...], seen: bool) -> None:
        if self._desk is not None:
            self._desk.acknowledge(document, pages, seen)

    def _on_removal(self, document: str) -> None:
        if self._desk is not None:
            self._desk.remove_document(document)

    def _on_fact(self, name: str, value: str | None) -> None:
        if self._desk is not None:
            self._desk.edit_fact(name, value)

    def _on_place(self, document: str, place: Place) -> None:
        self.show_place.emit(Source(document, "", place))

    # --- dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders are welcome."""
        if _paths(event.mimeData()):
            event.acceptProposedAction()
            self._veil.setGeometry(self.rect())
            self._veil.raise_()
            self._veil.show()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Not here after all."""
        self._veil.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Into the tender with them."""
        self._veil.hide()
        paths = _paths(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self._session.add_files(paths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The veil covers the page at any size. The facts go below the documents where both do not fit beside each other."""
        super().resizeEvent(event)
        beside = self.width() >= (_DOCUMENTS + _FACTS) * theme.scale
        wanted = Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        if self.splitter.orientation() is not wanted:
            self.splitter.setOrientation(wanted)
            self.splitter.setSizes([766, 424] if beside else [300, 200])
        self._veil.setGeometry(self.rect())

    def showEvent(self, event: QShowEvent) -> None:
        """The keys go to the documents."""
        super().showEvent(event)
        self.setAccessibleName(tr("underlag.title"))
        self.setFocusProxy(self.view if self._pages.currentIndex() else self.empty.add)


def _paths(data: QMimeData) -> tuple[Path, ...]:
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
