"""The source view: the document an item came from, with its passage in sight. The parts know each other only through it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.core.document import Place
from app.core.work import DocumentRecord
from app.gui.actions import Actions
from app.gui.messages import tr
from app.gui.passwords import can_be_unlocked
from app.gui.source.findbar import FindBar
from app.gui.source.finding import Finder
from app.gui.source.flow import FlowView
from app.gui.source.head import Head
from app.gui.source.hits import Hit, HitList
from app.gui.source.leading import Leads
from app.gui.source.lens import Lens
from app.gui.source.marks import Gap, Mark, Marked
from app.gui.source.minimap import Minimap
from app.gui.source.notice import DocumentNotice
from app.gui.source.paper import PaperView
from app.gui.source.places import Places, Visit
from app.gui.source.searching import Searching
from app.gui.source.sheets import SheetsView
from app.gui.source.shelf import Load, Shelf, Shown
from app.gui.source.sighted import Sighted
from app.gui.source.thumbnails import Thumbnails
from app.gui.source.ticking import Ticking
from app.gui.source.unlocking import Unlocking

__all__ = ["SourceView"]

_ACTIONS = ("find_in_source", "find_next", "find_previous", "mark_text", "zoom_in", "zoom_out", "fit_width", "thumbnails")


class SourceView(Leads):
    """One document at a time, opened in a process of its own when it is first asked for. `shut` ends those processes."""

    mark_activated = Signal(object)
    """str: the key of the highlight that the user clicked"""
    text_marked = Signal(object)
    """Marked | None: the text that the user has marked"""
    unlocked = Signal(object)
    """Unlocked: a document opened with the password that the user typed"""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("source")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("source.name"))
        self._records: dict[str, DocumentRecord] = {}
        self._load: Load = _nothing
        self._marks: dict[str, list[Mark]] = {}
        self._gaps: dict[str, list[Gap]] = {}
        self._document: str | None = None
        self._selected: str | None = None
        self._waiting: tuple[Visit, bool] | None = None
        self._places = Places()
        self._actions = actions
        self.shelf = Shelf(self)
        self.head = Head(actions)
        self.findbar = FindBar(actions)
        self.finder = Finder(self)
        self.hits = HitList(self.finder.model)
        self.searching = Searching(actions, self.findbar, self.finder, self)
        self.thumbnails = Thumbnails()
        self.minimap = Minimap()
        self.ticking = Ticking(self.minimap)
        self.notice = DocumentNotice()
        self.unlocking = Unlocking(self)
        self.lens = Lens(actions, self._surface, self)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.notice)
        self.side = QStackedWidget()
        self.side.setObjectName("sourceSide")
        self.side.addWidget(self.thumbnails)
        self.side.addWidget(self.hits)
        self._arrange()
        self._connect(actions)
        self._say_empty()

    # --- for the pages of the window

    @property
    def document(self) -> str | None:
        """The id of the document shown."""
        return self._document

    @property
    def surface(self) -> Shown | None:
        """What shows it, once it is open."""
        return self.shelf.surface(self._document)

    def set_documents(self, documents: tuple[DocumentRecord, ...], load: Load) -> None:
        """The documents to choose from. `load` brings the file of one; it is called on another thread."""
        before, self._records = self._records, {record.summary.id: record for record in documents}
        self._load = load
        self.head.set_documents(documents)
        self._places.keep(frozenset(self._records))
        for identity in self.shelf.documents():
            record = self._records.get(identity)
            if record is None or record.summary.sha256 != before[identity].summary.sha256 or record.file != before[identity].file:
                self._close(identity)
        if self._document not in self._records:
            self._show_document(next(iter(self._records), None))
        elif self._document is not None and self._document not in self.shelf:
            self._show_document(self._document)
        self._tell_places()

    def set_marks(self, marks: tuple[Mark, ...]) -> None:
        """The highlights of all documents."""
        self._marks = {}
        for mark in marks:
            self._marks.setdefault(mark.document, []).append(mark)
        for identity, shown in self.shelf.surfaces():
            shown.set_marks(self._marks.get(identity, ()))
        self._tell_minimap()

    def set_gaps(self, gaps: tuple[Gap, ...]) -> None:
        """The lines that nothing was made of, in all documents."""
        self._gaps = {}
        for gap in gaps:
            self._gaps.setdefault(gap.document, []).append(gap)
        self._tell_minimap()

    def show_place(self, document: str, place: Place, quote: str, flash: bool = True) -> None:
        """Bring a passage into sight, in a third of the height. A document that is not open yet is opened for it."""
        if document in self._records:
            visit = Visit(document, place, quote)
            self._places.visit(visit)
            self._tell_places()
            self._go(visit, flash)

    def set_passwords(self, passwords: tuple[str, ...]) -> None:
        """What to try on documents that want a password; those that wait for one are tried again."""
        if passwords != self.unlocking.known:
            self.unlocking.known = passwords
            for identity in self.shelf.documents():
                if self.shelf.surface(identity) is None:  # waits for one, or is being opened without it
                    self._close(identity)
            if self._document is not None and self._document not in self.shelf:
                self._show_document(self._document)

    def select_mark(self, key: str | None) -> None:
        """Frame the highlight of an item."""
        self._selected = key
        for _, shown in self.shelf.surfaces():
            shown.selected = key
            shown.viewport().update()
        self.minimap.set_selected(key)

    def shut(self) -> None:
        """End all processes and wait until they are gone."""
        self.finder.follow(None, None)
        self.thumbnails.follow(None)
        self.shelf.shut()

    def _surface(self) -> Shown | None:
        return self.surface

    # --- wiring

    def _arrange(self) -> None:
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.side)
        middle.addWidget(self.stack, 1)
        middle.addWidget(self.minimap)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.findbar)
        column.addLayout(middle, 1)
        self.side.setFixedWidth(200)
        self.side.hide()

    def _connect(self, actions: Actions) -> None:
        sighted = Sighted(self, {actions["back"]: self._on_back, actions["forward"]: self._on_forward})
        sighted.seen.connect(self._tell_places)
        actions["thumbnails"].toggled.connect(self._on_side)
        self.addActions([actions[name] for name in (*_ACTIONS, "back", "forward")])
        self.shelf.opened.connect(self._on_opened)
        self.shelf.failed.connect(self._on_failed)
        self.head.document_wanted.connect(self._on_document_wanted)
        self.searching.changed.connect(self._on_side)
        self.searching.left.connect(self._on_search_left)
        self.finder.went.connect(self._on_hit)
        self.hits.chosen.connect(self.finder.go_to)
        self.thumbnails.chosen.connect(self._on_page_chosen)
        self.minimap.wanted.connect(self._on_fraction)
        self.minimap.wheeled.connect(self._on_wheeled)
        self.notice.again.connect(self._on_again)
        self.notice.password.connect(self._on_password)
        self.unlocking.unlocked.connect(self.unlocked)
        application = QCoreApplication.instance()
        if application is not None:
            application.aboutToQuit.connect(self.shut)

    # --- documents

    def _show_document(self, identity: str | None) -> None:
        if self._document != identity:
            self.text_marked.emit(None)
        self._document = identity
        self.head.set_document(identity)
        if identity is None:
            self._say_empty()
        else:
            self.shelf.open(self._records[identity], self._load, self.unlocking.passwords(identity))
            self._show_surface(identity)
        self._follow()

    def _show_surface(self, identity: str) -> None:
        shown, document = self.shelf.surface(identity), self.shelf.document(identity)
        if shown is not None:
            self._put(shown)
            return
        finding = document.finding if document is not None else None
        if finding is not None and can_be_unlocked(finding):
            self.notice.ask(self._records[identity].summary.name, wrong=self.unlocking.refused(identity))
        elif finding is not None:
            self.notice.fail(finding)
        else:
            self.notice.say(tr("source.opening") if identity in self.shelf else tr("source.being_read"))
        self._put(self.notice)

    def _put(self, widget: QWidget) -> None:
        """Show it; the keys go there when they went to what was shown before."""
        focused = self.window().focusWidget()
        had = focused is self or (focused is not None and self.stack.isAncestorOf(focused))
        self.stack.setCurrentWidget(widget)
        self.lead_to(widget, self.minimap)
        if had:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            self.notice.take_focus()  # which has the keys already when it says something else now

    def _follow(self) -> None:
        """The parts around the surface are about the document in sight from now on."""
        shown = self.surface
        document = self.shelf.document(self._document) if shown is not None else None
        self.finder.follow(document, shown)
        self.thumbnails.follow(document)
        self._on_side()
        self._tell_minimap()
        self._on_moved()

    def _on_opened(self, identity: str) -> None:
        shown = self.shelf.surface(identity)
        if shown is None:
            return
        self.unlocking.opened(identity)
        shown.selected = self._selected
        shown.set_marks(self._marks.get(identity, ()))
        shown.moved.connect(self._on_moved)
        shown.zoomed.connect(self._on_moved)
        shown.reshaped.connect(self._tell_minimap)
        shown.mark_activated.connect(self.mark_activated)
        shown.text_marked.connect(self._on_text_marked)
        self.stack.addWidget(shown)
        if identity == self._document:
            self._show_document(identity)
            if self._waiting is not None and self._waiting[0].document == identity:
                visit, flash = self._waiting
                self._waiting = None
                shown.show_place(visit.place, visit.quote, flash)

    def _on_failed(self, identity: str) -> None:
        if identity == self._document:
            self._show_surface(identity)

    def _on_again(self) -> None:
        identity = self._document
        if identity is not None:
            self._close(identity)
            self._show_document(identity)

    def _on_password(self, password: str) -> None:
        if self._document is not None:
            self.unlocking.attempt(self._document, password)
            self._on_again()

    def _close(self, identity: str) -> None:
        if identity == self._document:
            self.finder.follow(None, None)
            self.thumbnails.follow(None)
        self.shelf.close(identity)

    def _say_empty(self) -> None:
        self.notice.say(tr("source.empty"))
        self._put(self.notice)

    # --- places

    def _go(self, visit: Visit, flash: bool) -> None:
        if visit.document != self._document:
            self._waiting = (visit, flash)
            self._show_document(visit.document)
        shown = self.surface
        if shown is None:
            self._waiting = (visit, flash)
        else:
            self._waiting = None
            shown.show_place(visit.place, visit.quote, flash)

    def _tell_places(self) -> None:
        if not self.isVisible():
            return  # the actions are another view's now
        self._actions["back"].setEnabled(self._places.can_back)
        self._actions["forward"].setEnabled(self._places.can_forward)

    def _on_back(self) -> None:
        self._revisit(self._places.back())

    def _on_forward(self) -> None:
        self._revisit(self._places.forward())

    def _revisit(self, visit: Visit | None) -> None:
        self._tell_places()
        if visit is not None:
            self._go(visit, True)

    def _on_document_wanted(self, identity: str) -> None:
        if identity != self._document:
            self.show_place(identity, Place(page=1), "", False)

    def _on_page_chosen(self, page: int) -> None:
        shown = self.surface
        if isinstance(shown, PaperView) and self._document is not None:
            self._places.visit(Visit(self._document, Place(page=page)))
            self._tell_places()
            shown.go_to_page(page)

    # --- what is in sight

    def _on_moved(self) -> None:
        shown = self.surface
        if shown is None:
            self.head.say("", None)
            self.minimap.set_span((0.0, 1.0))
            return
        self.minimap.set_span(shown.span())
        if isinstance(shown, PaperView):
            self.head.say(tr("source.page_of", page=shown.page, pages=shown.pages), shown.zoom)
            self.thumbnails.go_to(shown.page)
        elif isinstance(shown, SheetsView):
            self.head.say(shown.sheet, shown.zoom)
        else:
            self.head.say("", shown.zoom)

    def _tell_minimap(self) -> None:
        shown, identity = self.surface, self._document or ""
        fraction_of = shown.fraction_of if shown is not None else None
        self.ticking.begin(fraction_of, self._marks.get(identity, ()), self._gaps.get(identity, ()))

    def _on_fraction(self, share: float) -> None:
        if (shown := self.surface) is not None:
            shown.go_to_fraction(share)

    def _on_wheeled(self, pixels: int) -> None:
        if (shown := self.surface) is not None:
            bar = shown.verticalScrollBar()
            bar.setValue(bar.value() + pixels)

    def _on_text_marked(self, marked: tuple[Place, str] | None) -> None:
        if marked is None or self._document is None:
            self.text_marked.emit(None)
        else:
            self.text_marked.emit(Marked(self._document, *marked))

    # --- search and strip

    def _on_side(self) -> None:
        """The strip at the left: hits while something is looked for, else the pages in miniature when they are wanted."""
        hits = self.searching.found
        pages = self._actions["thumbnails"].isChecked() and isinstance(self.surface, PaperView)
        self.side.setCurrentWidget(self.hits if hits else self.thumbnails)
        self.side.setVisible(hits or pages)

    def _on_search_left(self) -> None:
        if (shown := self.surface) is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_hit(self, hit: Hit) -> None:
        if self._document is not None and (shown := self.surface) is not None:
            self._places.visit(Visit(self._document, hit.place))
            self._tell_places()
            self.hits.go_to(self.finder.current)
            if isinstance(shown, FlowView):
                shown.show_hit(hit)
            else:
                shown.show_place(hit.place, "", False)


def _nothing(_record: DocumentRecord) -> bytes:
    return b""
