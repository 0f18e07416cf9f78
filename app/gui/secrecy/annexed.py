"""The annex from the page: shown before it is written, written where the user says, and linked to the item that asks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.claims import Strength
from app.core.clock import day_in_sweden
from app.core.document import Finding
from app.core.work import ClaimState
from app.gui.actions import Actions
from app.gui.messages import explained, language, tr
from app.gui.secrecy.asking import Asking
from app.gui.secrecy.choosing import Choosing
from app.gui.secrecy.preview import PreviewDialog
from app.gui.secrecy.thinking import Thinking
from app.gui.secrecy.verdict import Verdict
from app.gui.shell.sheet import Sheet, words
from app.workflow.bid import is_of_bid
from app.workflow.desk import Desk
from app.workflow.secrecy_asked import annex_item

if TYPE_CHECKING:
    from app.workflow.annexing import AnnexOrder, Pasted

__all__ = ["Annexing"]

_FORMATS = {
    "PDF (*.pdf)": "pdf",
    "Word (*.docx)": "docx",
    "Text (*.txt)": "txt",
    "Excel (*.xlsx)": "xlsx",
    "JSON (*.json)": "json",
}


@dataclass(frozen=True, slots=True)
class _Written:
    path: Path
    sha256: str
    size: int
    doubts: tuple[Finding, ...]


class Annexing(QObject):
    """Wires the two actions of the annex. `first` goes on once it is known who asks: see `Outgoing.with_bidder`."""

    said = Signal(object)  # str

    def __init__(
        self, actions: Actions, thinking: Thinking, first: Callable[[Callable[[], None]], None], asking: Asking, window: QWidget
    ) -> None:
        super().__init__(window)
        self._thinking = thinking
        self._first = first
        self._asking = asking
        self._window = window
        self._language = language()
        self._asked = 0
        self.choosing = Choosing(actions, thinking, window)
        self.verdicts: dict[str, Verdict] = {}
        self.dialog: PreviewDialog | None = None
        self.doubts: DoubtsDialog | None = None
        actions["preview_annex"].triggered.connect(self._on_preview)
        actions["export_annex"].triggered.connect(self._on_export)

    @property
    def desk(self) -> Desk | None:
        """The open tender."""
        return self.choosing.desk

    @desk.setter
    def desk(self, desk: Desk | None) -> None:
        self.choosing.desk = desk

    def shut(self) -> None:
        """End a preview that is open."""
        if self.dialog is not None:
            self.dialog.reject()

    def _order(self, form: str, chosen: str) -> AnnexOrder | None:
        """What the annex is made of, as the desk is now."""
        from app.workflow.annexing import AnnexOrder, spots_of

        if self.desk is None:
            return None
        spots = spots_of(self.desk.claims(), self._thinking.insight)
        limit = self.desk.tender.secrecy.text_limit if form == "txt" else None
        return AnnexOrder(self.desk.claim_set(), spots, chosen, day_in_sweden(), form, limit)

    # --- shown

    def _on_preview(self) -> None:
        self._first(self.preview)

    def preview(self) -> None:
        """Show the annex as it will be."""
        if self.desk is not None:
            self._thinking.submit(_warm, partial(self._on_warm, self.desk))

    def _on_warm(self, asked: Desk, _nothing: object) -> None:
        if asked is not self.desk or self.dialog is not None:
            return
        order, desk = self._order("pdf", language()), self.desk
        if order is None or desk is None:
            return
        limit = desk.tender.secrecy.text_limit
        dialog = self.dialog = PreviewDialog(partial(_made, order), self._note(), limit, self._window)
        dialog.export_wanted.connect(self._on_wanted)
        dialog.text_wanted.connect(self._on_text_wanted)
        dialog.paste.copied.connect(self._on_copy)
        dialog.finished.connect(self._on_closed)
        dialog.open()

    def _note(self) -> str:
        """What of the claims is not as it should be, in a sentence."""
        if self.desk is None:
            return ""
        kept = [record for record in self.desk.claims() if record.state is not ClaimState.WITHDRAWN]
        weak = sum(self.verdicts[one.key].strength is Strength.WEAK for one in kept if one.key in self.verdicts)
        drafts = sum(one.state is ClaimState.DRAFT for one in kept)
        lost = sum(one.lost for one in kept)
        parts = [tr("secrecy.annex_lost", count=lost)] if lost else []
        parts += [tr("secrecy.annex_weak", count=weak)] if weak else []
        parts += [tr("secrecy.annex_drafts", count=drafts)] if drafts else []
        return " ".join(parts)

    def _on_closed(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            self._keep_limit(dialog.paste.limit)

    def _keep_limit(self, limit: int | None) -> None:
        if self.desk is not None:
            self.desk.limit_annex_text(limit)

    def _on_wanted(self, chosen: str) -> None:
        self._ask(chosen)

    def _on_text_wanted(self, chosen: str, limit: int | None) -> None:
        """To be pasted into a field of a portal, which has its own limit: shortened to it, and the characters counted."""
        order = self._order("txt", chosen)
        if order is not None:
            self._asked += 1
            self._thinking.submit(partial(_pasted, replace(order, limit=limit)), partial(self._on_text, self._asked))

    def _on_text(self, asked: int, made: Pasted) -> None:
        if self.dialog is not None and asked == self._asked:
            self.dialog.paste.show_text(made)

    def _on_copy(self, made: Pasted) -> None:
        QGuiApplication.clipboard().setText(made.text or "")
        self._keep_limit(made.limit)

    # --- written

    def _on_export(self) -> None:
        self._first(partial(self._ask, language()))

    def _ask(self, chosen: str) -> None:
        self._language = chosen
        dialog = QFileDialog(self._window, tr("secrecy.annex_where"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(list(_FORMATS))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(tr("secrecy.annex_file"))
        dialog.filterSelected.connect(partial(_set_suffix, dialog))
        dialog.fileSelected.connect(self._on_file)
        dialog.open()

    def _on_file(self, name: str) -> None:
        self.write(Path(name), self._language)

    def write(self, target: Path, chosen: str) -> None:
        """Write the annex to a file, in the format that its name tells."""
        if self.desk is not None:
            self._thinking.submit(_warm, partial(self._write, self.desk, target, chosen))

    def _write(self, asked: Desk, target: Path, chosen: str, _nothing: object) -> None:
        if asked is not self.desk:
            return
        form = target.suffix.removeprefix(".").casefold()
        desk, order = self.desk, self._order(form if form in _FORMATS.values() else "pdf", chosen)
        if order is None or desk is None:
            return
        if is_of_bid(desk.bid_files, target):
            self.said.emit(tr("secrecy.own_file"))
            return
        self._thinking.submit(partial(_written, order, target), partial(self._on_written, desk, order))

    def _on_written(self, desk: Desk, order: AnnexOrder, written: _Written) -> None:
        if desk is not self.desk:
            return  # another tender is open: the file is there, but whose item it answers is not known here
        desk.annex_written(order.claims)
        item = self._asking.item if desk.tender.secrecy.item is None else annex_item(desk)
        if item is not None:
            desk.link([item.key], written.path, written.sha256, written.size)
        number = item.item.number if item is not None else None
        self.said.emit(tr("secrecy.annex_linked", number=number) if number else tr("secrecy.annex_written"))
        if written.doubts:
            self.doubts = DoubtsDialog(written.doubts, self._window)
            self.doubts.open()


class DoubtsDialog(Sheet):
    """What should be looked at before the annex is handed in."""

    def __init__(self, doubts: tuple[Finding, ...], parent: QWidget) -> None:
        super().__init__(tr("secrecy.doubts_title"), tr("secrecy.doubts_lead"), parent)
        for finding in doubts[:12]:
            told = explained(finding)
            self.body.addWidget(words(told.text, "strong"))
            if told.remedy:
                self.body.addWidget(words(told.remedy, "small"))
        self.button(tr("shell.close"), primary=True).clicked.connect(self.accept)


def _warm() -> None:
    """What makes annexes is loaded on the thread that may wait: it takes a tenth of a second the first time."""
    import app.workflow.annexing  # noqa: F401


def _made(order: AnnexOrder, chosen: str) -> bytes:
    from app.workflow.annexing import annex_bytes

    return annex_bytes(replace(order, language=chosen))


def _pasted(order: AnnexOrder) -> Pasted:
    from app.workflow.annexing import pasted

    return pasted(order)


def _written(order: AnnexOrder, target: Path) -> _Written:
    from app.workflow.annexing import write_annex

    doubts = write_annex(order, target)
    data = target.read_bytes()
    return _Written(target, sha256(data).hexdigest(), len(data), doubts)


def _set_suffix(dialog: QFileDialog, chosen: str) -> None:
    """The name that is proposed follows the format: a Word file is not asked for and a PDF written."""
    suffix = _FORMATS.get(chosen, "pdf")
    dialog.setDefaultSuffix(suffix)
    for name in dialog.selectedFiles()[:1]:
        if Path(name).suffix.removeprefix(".").casefold() in _FORMATS.values():
            dialog.selectFile(Path(name).with_suffix(f".{suffix}").name)
