"""From what is selected in the document to a claim: text, cells, a box, a whole page. Made on the thread that has documents."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.core.document import DocumentKind, Place
from app.core.errors import AnbudsklarError
from app.core.work import ClaimState
from app.gui.actions import Actions
from app.gui.behind import Bids
from app.gui.messages import tr
from app.gui.secrecy.boxing import BoxPencil
from app.gui.secrecy.thinking import Thinking
from app.gui.source.marks import Marked
from app.gui.source.paper import PaperView
from app.gui.source.sheets import SheetsView
from app.gui.source.view import SourceView
from app.secrecy.catalogue import DEFAULT_GROUND, ContractTerms, category
from app.workflow.desk import Desk
from app.workflow.marks import Selection, selected
from app.workflow.secrecy_desk import Placed

__all__ = ["Marking", "first_claim"]


class Marking(QObject):
    """Knows what is selected, and makes claims of it. `marked` tells the key of the claim that was made or got a mark more."""

    marked = Signal(object)  # str
    said = Signal(object)  # str

    def __init__(self, source: SourceView, thinking: Thinking, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._source = source
        self._thinking = thinking
        self._actions = actions
        self._pencil: BoxPencil | None = None
        self.desk: Desk | None = None
        self.bids: Bids | None = None
        self._selection: Marked | None = None
        source.text_marked.connect(self._on_selected)

    @property
    def document(self) -> str | None:
        """The key of the file that is shown."""
        return self._source.document

    @property
    def selection(self) -> Selection | None:
        """What is selected in the document that is shown."""
        marked, surface = self._selection, self._source.surface
        if marked is None:
            return None
        if isinstance(surface, SheetsView):
            cells = surface.marked_cells()
            return Selection(marked.document, marked.text, Place(sheet=surface.sheet or None), cells) if cells else None
        return Selection(marked.document, marked.text, marked.place)

    # --- what the user does

    def mark(self) -> None:
        """A claim on what is selected."""
        selection = self.selection
        if selection is None:
            self.said.emit(tr("secrecy.select_first"))
        else:
            self._make(selection, self._on_new)

    def mark_also(self, key: str) -> None:
        """What is selected as a mark more of a claim."""
        selection = self.selection
        if selection is None:
            self.said.emit(tr("secrecy.select_first"))
        else:
            self._make(selection, partial(self._on_more, key))

    def mark_again(self, key: str, anchor: int) -> None:
        """What is selected instead of a mark that was lost."""
        selection = self.selection
        if selection is None:
            self.said.emit(tr("secrecy.select_again"))
        else:
            self._make(selection, partial(self._on_again, key, anchor))

    def mark_lost(self, wanted: tuple[str, int]) -> None:
        """As `mark_again`, for a claim and the number of its mark."""
        self.mark_again(*wanted)

    def mark_page(self) -> None:
        """A claim on the whole page in sight."""
        surface, file = self._source.surface, self._source.document
        if isinstance(surface, PaperView) and file is not None:
            self._make(Selection(file, place=Place(surface.page)), self._on_new)
        else:
            self.said.emit(tr("secrecy.no_pages"))

    def draw_box(self, wanted: bool) -> None:
        """Let the user draw a box on the page in sight, or give it up."""
        surface = self._source.surface
        if not wanted:
            if self._pencil is not None:
                self._pencil.leave()
        elif isinstance(surface, PaperView) and self._pencil is None:
            pencil = self._pencil = BoxPencil(surface)
            pencil.drawn.connect(self._on_drawn)
            pencil.ended.connect(self._on_pencil_ended)
            self.said.emit(tr("secrecy.box_keys"))
        elif self._pencil is None:
            self._actions["mark_box"].setChecked(False)
            self.said.emit(tr("secrecy.no_pages"))

    def leave(self) -> None:
        """Another tender, or the window goes."""
        self._selection = None
        if self._pencil is not None:
            self._pencil.leave()

    # --- how

    def _on_selected(self, marked: Marked | None) -> None:
        self._selection = marked

    def _on_drawn(self, place: Place) -> None:
        if self._source.document is not None:
            self._make(Selection(self._source.document, place=place), self._on_new)

    def _on_pencil_ended(self) -> None:
        self._pencil = None
        self._actions["mark_box"].setChecked(False)

    def _make(self, selection: Selection, then: Callable[[Selection, Placed], None]) -> None:
        desk, bids = self.desk, self.bids
        if desk is None or bids is None:
            return
        try:
            record = desk.bid_file(selection.file)
        except KeyError:
            return

        def work() -> Placed | None:
            return selected(bids.shelf.finder(record), selection)

        self._thinking.submit(work, partial(self._on_made, desk, selection, then))

    def _on_made(
        self, desk: Desk, selection: Selection, then: Callable[[Selection, Placed], None], placed: Placed | None
    ) -> None:
        if desk is not self.desk:
            return
        if placed is None:
            self.said.emit(tr("secrecy.not_found"))
        else:
            then(selection, placed)

    def _on_new(self, selection: Selection, placed: Placed) -> None:
        if self.desk is None:
            return
        known = (record for record in self.desk.claims() if record.state is not ClaimState.WITHDRAWN)
        same = next((record for record in known if record.claim.anchors == (placed.anchor,)), None)
        if same is not None:  # one passage is not asked for twice
            self.marked.emit(same.key)
            self.said.emit(tr("secrecy.marked_already", number=same.claim.number))
            return
        kind, ground, duration = first_claim(self.desk, selection)
        self.marked.emit(self.desk.mark([placed], kind, ground, duration=duration).key)

    def _on_more(self, key: str, _selection: Selection, placed: Placed) -> None:
        if self.desk is not None:
            self.desk.add_anchors(key, [placed])
            self.marked.emit(key)

    def _on_again(self, key: str, anchor: int, _selection: Selection, placed: Placed) -> None:
        if self.desk is not None:
            self.desk.set_anchor(key, anchor, placed)
            self.marked.emit(key)


def first_claim(desk: Desk, selection: Selection | None) -> tuple[str, str, str | None]:
    """Kind, ground and duration that a new claim begins with: the user sees them and can choose others."""
    kind = _guess(desk, selection) if selection is not None else "other"
    return kind, _ground(kind), _duration(kind)


def _guess(desk: Desk, selection: Selection) -> str:
    """Prices for figures, else the kind of the file's latest claim."""
    record = desk.bid_file(selection.file)
    figures = sum(sign.isdigit() for sign in selection.text)
    if figures * 2 > len("".join(selection.text.split())):
        return "unit-price"
    mine = [one for one in desk.claims() if one.claim.anchors and one.claim.anchors[0].file == record.key]
    return mine[-1].claim.category if mine and record.summary.kind is not DocumentKind.XLSX else "other"


def _ground(kind: str) -> str:
    try:
        return category(kind).grounds[0]
    except (AnbudsklarError, IndexError):
        return DEFAULT_GROUND


def _duration(kind: str) -> str | None:
    """Two years for what becomes terms of the contract: the law has no longer. Else the user's own."""
    try:
        return "P2Y" if category(kind).contract_terms is ContractTerms.YES else None
    except AnbudsklarError:
        return None
