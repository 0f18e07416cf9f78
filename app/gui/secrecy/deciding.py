"""What the keys decide about the claims and suggestions that are chosen in the list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.core.work import ClaimState
from app.gui.messages import tr
from app.gui.secrecy.editor import ClaimEditor
from app.gui.secrecy.left import LeftPane
from app.gui.secrecy.marking import Marking
from app.gui.secrecy.rows import Filter, SuggestionRow
from app.gui.secrecy.spreading import Spreading
from app.gui.secrecy.suggesting import Suggesting
from app.workflow.desk import Desk

__all__ = ["Deciding"]


class Deciding(QObject):
    """Acts on the desk. `changed` comes when the list must be shown anew at once."""

    changed = Signal()
    said = Signal(object)  # str

    def __init__(
        self,
        left: LeftPane,
        editor: ClaimEditor,
        marking: Marking,
        suggesting: Suggesting,
        spreading: Spreading,
        page: QWidget,
    ) -> None:
        super().__init__(page)
        self._left = left
        self._editor = editor
        self._marking = marking
        self._suggesting = suggesting
        self._spreading = spreading
        self._page = page
        self.desk: Desk | None = None

    def chosen(self) -> tuple[str, ...]:
        """The claims that are chosen in the list, or the one in focus."""
        focus = self._editor.key
        return self._left.chosen_claims() or ((focus,) if focus is not None else ())

    def ready(self) -> None:
        """Written, or a draft again when all of them were ready."""
        self._turn(ClaimState.READY)

    def withdraw(self) -> None:
        """Not asked for, or asked for after all when all of them were withdrawn."""
        self._turn(ClaimState.WITHDRAWN)

    def delete(self) -> None:
        """Away with the claims chosen in the list."""
        if self.desk is not None and (keys := self._left.chosen_claims()):
            self.desk.delete_claims(keys)

    def accept(self) -> None:
        """The moved or changed text is what is meant."""
        if self.desk is not None:
            self.desk.accept_places(self.chosen())

    def also(self) -> None:
        """What is selected in the document as a mark more of the claim in focus."""
        if self._editor.key is None:
            self.said.emit(tr("secrecy.choose_claim"))
        else:
            self._marking.mark_also(self._editor.key)

    def everywhere(self) -> None:
        """Look for what is selected, or for what the claim in focus points at, in the whole bid."""
        self._editor.flush()
        self._spreading.begin(self._marking.selection, self._editor.key, self._page)

    # --- suggestions

    def suggest(self) -> None:
        """Look for suggestions and list them."""
        self._suggesting.look()
        self._left.choose(Filter.SUGGESTIONS)
        self._left.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def take(self) -> None:
        """Make claims of the chosen suggestions, and go on to the next."""
        self._take([row.suggestion.id for row in self._left.chosen_suggestions()])

    def take_row(self, row: SuggestionRow) -> None:
        """Make a claim of this one."""
        self._take([row.suggestion.id])

    def dismiss(self) -> None:
        """The chosen suggestions are not secret; go on to the next."""
        ids = [row.suggestion.id for row in self._left.chosen_suggestions()]
        if self.desk is not None and ids:
            place = self._left.view.currentIndex().row()
            self.desk.dismiss(ids)
            self._go_on(place)

    def restore_suggestions(self) -> None:
        """All suggestions that were turned down are shown again."""
        if self.desk is not None and (dismissed := self.desk.tender.secrecy.dismissed):
            self.desk.dismiss(dismissed, dismissed=False)
            self.suggest()

    # --- the file in sight

    def file_up(self) -> None:
        """Before the one above it."""
        self._move(-1)

    def file_down(self) -> None:
        """After the one below it."""
        self._move(1)

    def remove_file(self) -> None:
        """Off the bid, with what is marked in it. The file itself stays where it is."""
        if self.desk is not None and (key := self._file()) is not None:
            self.desk.remove_bid_file(key)

    # --- how

    def _file(self) -> str | None:
        shown = self._marking.document
        known = {record.key for record in self.desk.bid_files} if self.desk is not None else set()
        return shown if shown in known else None

    def _move(self, steps: int) -> None:
        if self.desk is not None and (key := self._file()) is not None:
            self.desk.move_bid_file(key, steps)

    def _take(self, ids: Sequence[str]) -> None:
        if ids:
            place = self._left.view.currentIndex().row()
            self._suggesting.take(ids)
            self._go_on(place)

    def _go_on(self, place: int) -> None:
        self.changed.emit()
        self._left.go_to(min(place, len(self._left.model.rows) - 1))

    def _turn(self, state: ClaimState) -> None:
        desk, keys = self.desk, self.chosen()
        if desk is None or not keys:
            return
        self._editor.flush()
        if state is ClaimState.READY and any(desk.claim(key).lost for key in keys):
            self.said.emit(tr("secrecy.lost_not_ready"))
        there = {desk.claim(key).state for key in keys}
        desk.set_claim_state(keys, ClaimState.DRAFT if there == {state} else state)
