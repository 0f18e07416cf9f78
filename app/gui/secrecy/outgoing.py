"""What leaves the page: the annex, masked copies, the claims as a file; and claims that come from one. Nothing half is left."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.claims import Bidder
from app.core.work import ClaimState
from app.gui.actions import Actions
from app.gui.behind import Bids
from app.gui.messages import tr
from app.gui.secrecy.bidder import BidderDialog
from app.gui.secrecy.copying import Copying
from app.gui.secrecy.masked import MaskedDialog
from app.gui.secrecy.thinking import Thinking
from app.gui.session import Session
from app.workflow.bid import is_of_bid
from app.workflow.desk import Desk

__all__ = ["Outgoing"]

_BIDDER = "bidder"
"""The vault's setting that keeps who asks, for the next tender."""


class Outgoing(QObject):
    """Wires the page's actions that write or read files."""

    said = Signal(object)  # str
    files_wanted = Signal(object)  # tuple[Path, ...]: files of the bid that claims speak of, to be read first
    leaving = Signal()  # claims are about to be taken as they are: whoever holds what is typed hands it over

    def __init__(self, session: Session, actions: Actions, thinking: Thinking, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._thinking = thinking
        self._window = window
        self._desk: Desk | None = None
        self._bids: Bids | None = None
        self._remembered: Bidder | None = None
        self.copying = Copying(self)
        self.copying.made.connect(self._on_outcomes)
        self.copying.failed.connect(session.failed)
        self.dialog: QWidget | None = None
        for name, slot in (
            ("edit_bidder", self._on_bidder),
            ("export_masked", self._on_masked),
            ("export_claims", self._on_export),
            ("import_claims", self._on_import),
        ):
            actions[name].triggered.connect(slot)

    def follow(self, desk: Desk | None, bids: Bids | None) -> None:
        """Another tender."""
        if desk is not self._desk and desk is not None and self._session.ready:
            office = self._session.office
            self._session.writer.submit(partial(office.setting, _BIDDER), self._on_remembered, self._session.failed.emit)
        if desk is not self._desk:
            self._awaited = None  # they were for the other tender
        self._desk, self._bids = desk, bids

    def shut(self) -> None:
        """End what is being written: nothing half is left."""
        self.copying.shut()

    # --- who asks

    def _on_remembered(self, kept: object) -> None:
        if isinstance(kept, dict) and all(isinstance(kept.get(name), str) for name in ("name", "organisation_number")):
            self._remembered = Bidder(kept["name"], kept["organisation_number"], kept.get("signatory"), kept.get("contact"))

    @property
    def bidder(self) -> Bidder | None:
        """Who asks, as far as it is known: of this tender, else of the last one."""
        if self._desk is None:
            return None
        return self._desk.tender.secrecy.bidder or self._remembered

    def _on_bidder(self) -> None:
        self.ask_bidder(None)

    def ask_bidder(self, then: Callable[[], None] | None) -> None:
        """Ask who asks for secrecy, then go on."""
        if self._desk is None:
            return
        dialog = BidderDialog(self.bidder, self._window)
        dialog.written.connect(partial(self._on_written, then))
        self.dialog = dialog
        dialog.open()

    def _on_written(self, then: Callable[[], None] | None, bidder: Bidder) -> None:
        if self._desk is None:
            return
        self._desk.edit_bidder(bidder)
        self._remembered = bidder
        kept = {
            "name": bidder.name,
            "organisation_number": bidder.organisation_number,
            "signatory": bidder.signatory,
            "contact": bidder.contact,
        }
        office = self._session.office
        self._session.writer.submit(partial(office.set_setting, _BIDDER, kept), _nothing, self._session.failed.emit)
        if then is not None:
            then()

    def with_bidder(self, then: Callable[[], None]) -> None:
        """Go on once it is known who asks and there is something to ask for."""
        desk = self._desk
        if desk is None:
            return
        self.leaving.emit()
        if all(record.state is ClaimState.WITHDRAWN for record in desk.claims()):
            self.said.emit(tr("secrecy.nothing_to_export"))
        elif desk.tender.secrecy.bidder is None:
            self.ask_bidder(then)
        else:
            then()

    # --- masked copies

    def _on_masked(self) -> None:
        self.with_bidder(self._ask_folder)

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self._window, tr("secrecy.masked_folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        self._open(dialog, self.mask_into)

    def mask_into(self, folder: Path) -> None:
        """Write a masked copy of every file that something is claimed in."""
        desk = self._desk
        if desk is None:
            return
        members = {record.key: record for record in desk.bid_files if record.member is not None}
        self.copying.start(desk.claim_set(), folder, members, self._session.passwords.of(desk.key))

    def _on_outcomes(self, outcomes: object) -> None:
        if isinstance(outcomes, tuple):
            self.dialog = dialog = MaskedDialog(outcomes, self._window)
            dialog.open()

    # --- the claims as a file

    def _on_export(self) -> None:
        self.with_bidder(self._ask_claims)

    def _ask_claims(self) -> None:
        dialog = QFileDialog(self._window, tr("secrecy.claims_file"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["JSON (*.json)"])
        dialog.setDefaultSuffix("json")
        self._open(dialog, self.write_claims)

    def write_claims(self, target: Path) -> None:
        """Write the claims to a file."""
        from app.workflow.secrecy_transfer import export_claims

        if self._desk is None:
            return
        if is_of_bid(self._desk.bid_files, target):
            self.said.emit(tr("secrecy.own_file"))
        else:
            self._thinking.submit(partial(export_claims, self._desk.claim_set(), target), self._on_claims_written)

    def _on_claims_written(self, elsewhere: object) -> None:
        words = tr("secrecy.claims_written")
        self.said.emit(words if elsewhere is None else f"{words} {tr('secrecy.claims_elsewhere', folder=str(elsewhere))}")

    def _on_import(self) -> None:
        dialog = QFileDialog(self._window, tr("secrecy.import_file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(["JSON (*.json)"])
        self._open(dialog, self.read_claims)

    def read_claims(self, source: Path) -> None:
        """Take claims of a file in; files that it speaks of and that are not here yet are read first."""
        from app.workflow.secrecy_transfer import files_of

        if self._desk is not None:
            self._thinking.submit(partial(files_of, source), partial(self._on_files, self._desk, source))

    def _on_files(self, desk: Desk, source: Path, paths: tuple[Path, ...]) -> None:
        if desk is not self._desk:
            return
        known = {record.path for record in desk.bid_files}
        missing = tuple(path for path in paths if str(path) not in known)
        self._awaited = source
        if missing:
            self.files_wanted.emit(missing)
        else:
            self.go_on()

    _awaited: Path | None = None

    def go_on(self) -> None:
        """The files are there now: take the claims that waited for them."""
        from app.workflow.secrecy_transfer import bring

        source, self._awaited = self._awaited, None
        desk, bids = self._desk, self._bids
        if source is not None and desk is not None and bids is not None:
            self._thinking.submit(partial(bring, source, desk.bid_files, bids.shelf), partial(self._on_brought, desk))

    def _on_brought(self, desk: Desk, brought: object) -> None:
        from app.workflow.secrecy_transfer import Brought

        if desk is not self._desk or not isinstance(brought, Brought):
            return
        desk.take_claims(brought.claims, brought.bidder)
        words = tr("secrecy.claims_read", count=len(brought.claims))
        if brought.left:
            words = f"{words} {tr('secrecy.claims_left', count=brought.left)}"
        self.said.emit(words)

    # --- how

    def _open(self, dialog: QFileDialog, then: Callable[[Path], None]) -> None:
        from PySide6.QtCore import Qt

        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(partial(_path, then))
        dialog.open()


def _path(then: Callable[[Path], None], name: str) -> None:
    then(Path(name))


def _nothing(_done: object) -> None:
    """It is only to be done."""
