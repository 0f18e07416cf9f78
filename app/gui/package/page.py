"""The page Paket: the files in the portal's order at the left, the steps at the portal at the right, the receipt at the foot."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.core.packaging import EntryRole
from app.core.review import ReviewFinding
from app.core.review_words import worded
from app.core.work import Change
from app.gui.actions import Actions
from app.gui.messages import language, tr
from app.gui.package.after import AfterBar, moment_words
from app.gui.package.companion import Companion
from app.gui.package.dialogs import BuildSheet, ComparedSheet, NameSheet
from app.gui.package.empty import EmptyFiles
from app.gui.package.halves import caption, side
from app.gui.package.head import PackageHead
from app.gui.package.outside import Outside
from app.gui.package.packing import BuildWish, Compared, Packing
from app.gui.package.portals import Portals
from app.gui.package.rows import FileRow, StepRow, file_rows, step_rows
from app.gui.package.step_panel import StepPanel
from app.gui.package.view import PackageList
from app.gui.session import Session
from app.gui.underlag.parts import button, chain
from app.workflow.desk import Desk
from app.workflow.desk_package import PackageMade, PackageView
from app.workflow.packaging import FOLDER, limits_in_words, profiles_with

__all__ = ["PackagePage"]

_GATHER = 20
"""Milliseconds in which what changes is shown together."""


class PackagePage(QWidget):
    """Follows the desk. `told` has words for the window's foot."""

    told = Signal(str)

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None, *, turns: bool = False) -> None:
        """With `turns` it is bare until `making` has been gone through, so that the window is heard between its parts."""
        super().__init__(parent)
        self.setObjectName("packagePage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._actions = actions
        self._desk: Desk | None = None
        self._made = False
        self._due = False
        self._place = QByteArray()
        self.companion: Companion | None = None
        self._gather = QTimer(self)
        self._gather.setSingleShot(True)
        self._gather.setInterval(_GATHER)
        self._gather.timeout.connect(self._show_rows)
        self.making = self._make()
        if not turns:
            for _ in self.making:
                pass

    # --- for the window

    @property
    def busy(self) -> bool:
        """Whether something is being planned, built or read."""
        return self.packing.busy or self._gather.isActive()

    def shut(self) -> None:
        """End what runs behind it, and its window."""
        self._gather.stop()
        self.packing.shut()
        if self.companion is not None:
            self.companion.close()
            self.companion.deleteLater()
            self.companion = None

    def save_sizes(self) -> QByteArray:
        """How the lists divide the page, and where the companion was."""
        self._on_companion_closed()
        return QByteArray(b"\n".join((self.both.saveState().toHex().data(), self._place.toHex().data())))

    def restore_sizes(self, sizes: QByteArray) -> None:
        """Divide it like that again."""
        both, _, place = bytes(sizes.data()).partition(b"\n")
        self.both.restoreState(QByteArray.fromHex(both))
        self._place = QByteArray.fromHex(place)

    # --- layout

    def _make(self) -> Iterator[None]:
        """Part by part, from the outside in: whatever gets another parent is dressed anew with all that is in it."""
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        self.head = PackageHead(self)
        whole.addWidget(self.head)
        yield
        self.both = QSplitter(Qt.Orientation.Horizontal, self)
        whole.addWidget(self.both, 1)
        left, column = side(self.both)
        self.files = PackageList(tr("package.files"), left)
        self.empty = EmptyFiles(self._actions["page_answers"], left)
        above = caption(tr("package.files"), tr("package.file_keys"), left)
        column.addWidget(above)
        column.addWidget(self.empty)
        column.addWidget(self.files, 1)
        yield
        right, column = side(self.both)
        self.follow = button(tr("package.companion"), "plain", tr("package.companion_tip"), right)
        self.steps = PackageList(tr("package.steps"), right)
        beside = caption(tr("package.steps"), tr("package.step_keys"), right, self.follow)
        self.follow.ensurePolished()
        above.setMinimumHeight(beside.sizeHint().height())
        column.addWidget(beside)
        column.addWidget(self.steps, 1)
        yield
        self.panel = StepPanel(right)
        column.addWidget(self.panel)
        self.both.setChildrenCollapsible(False)
        self.both.setSizes([520, 670])
        yield
        self.after = AfterBar(self)
        whole.addWidget(self.after)
        self.setFocusProxy(self.files)
        self.packing = Packing(self._session, self)
        self.outside = Outside(self._session, self)
        self.portals = Portals(self._session, self)
        self._connect()
        self._made = True
        self._on_opened(self._session.desk)

    def _connect(self) -> None:
        self._session.opened.connect(self._on_opened)
        self._session.changed.connect(self._on_changed)
        self.packing.planned.connect(self._on_planned)
        self.packing.built.connect(self._on_built)
        self.packing.compared.connect(self._on_compared)
        self.packing.progressed.connect(self.head.show_progress)
        self.packing.busy_changed.connect(self.head.show_working)
        self.head.portal_chosen.connect(self._on_portal)
        self.head.limits_wanted.connect(self._on_limits)
        self.portals.changed.connect(self._on_limits_changed)
        self.head.build_wanted.connect(self._on_build)
        self.head.stop_wanted.connect(self.packing.stop)
        self.head.open_wanted.connect(self._on_open)
        self.head.calendar_wanted.connect(self._actions["export_calendar"].trigger)
        self.files.wanted.connect(self._on_name)
        self.steps.chosen.connect(self._on_step)
        self.steps.ticked.connect(self._on_tick)
        self.steps.wanted.connect(self._on_step_wanted)
        self.panel.ticked.connect(self._on_tick)
        self.panel.told.connect(self.told)
        self.follow.clicked.connect(self.open_companion)
        self.after.submitted_pressed.connect(self._on_submitted)
        self.after.receipt_wanted.connect(self.outside.ask_receipt)
        self.after.compare_wanted.connect(self.outside.ask_printout)
        self.outside.printout_chosen.connect(self.packing.compare)
        self.outside.told.connect(self.told)
        self._actions["export_calendar"].triggered.connect(self.outside.ask_calendar)
        self._actions["build_package"].triggered.connect(self._on_build)
        self._actions["open_companion"].triggered.connect(self.open_companion)

    # --- the tender

    def _on_opened(self, desk: Desk | None) -> None:
        if desk is not self._desk:
            self._desk = desk
            self.files.rows.show(())
            self.steps.rows.show(())
            self.panel.show_step(None, None)
            self.empty.setVisible(False)
            if self.companion is not None:
                self.companion.close()  # it is about the tender that was open
                self.companion.show_steps((), None)
        self.packing.follow(desk)
        self.outside.follow(desk)
        self._show_head()

    def _on_changed(self, change: Change) -> None:
        """Typing an answer elsewhere costs nothing here: what is not in sight is shown when it comes into sight."""
        del change
        self._due = True
        if self._in_sight():
            self.after.show_desk(self._desk)
            self._gather.start()
        self.packing.look()

    def _on_planned(self, view: PackageView) -> None:
        del view
        self._due = True
        if self._in_sight():
            self._show_rows()

    def _in_sight(self) -> bool:
        return self.isVisible() or (self.companion is not None and self.companion.isVisible())

    def _show_rows(self) -> None:
        self._due = False
        self._gather.stop()
        desk, view = self._desk, self.packing.view
        if desk is not None and view is not None:
            numbers = {item.item.id: item.item.number or "" for item in desk.items()}
            said: dict[str, list[tuple[ReviewFinding, str]]] = {}
            for finding in view.planned.findings:
                if finding.cause.file is not None:
                    said.setdefault(finding.cause.file, []).append((finding, worded(finding, language()).title))
            self.files.rows.show(file_rows(view.planned, numbers, said))
            self.steps.rows.show(step_rows(view.planned, desk.tender.package.done))
            self.empty.say(lost=bool(desk.links))
            self.empty.setVisible(not view.planned.entries)
            self.files.setVisible(bool(view.planned.entries))
            self.setFocusProxy(self.files if view.planned.entries else self.empty.go)
        self._on_step(self.steps.row)
        self._show_companion()
        self._show_head()

    def _show_head(self) -> None:
        desk, view = self._desk, self.packing.view
        plan = desk.tender.package if desk is not None else None
        known = profiles_with(self.portals.own)
        self.head.show_portals(known, self.portals.named(plan.profile if plan is not None else known[0].id))
        rows = self.steps.rows.rows
        built = tr("package.built_at", when=moment_words(plan.built_at)) if plan is not None and plan.built_at else ""
        files = len(view.planned.entries) if view is not None else 0
        if desk is not None and view is None:
            self.head.show_planning()
        else:
            self.head.show_counts(files, sum(row.lacks and row.step.must for row in rows), built)
        self.head.open.setEnabled(self._folder() is not None)
        self.after.show_desk(desk)

    def _folder(self) -> Path | None:
        """Where the package's files lie, while they do."""
        folder = self._desk.tender.package.folder if self._desk is not None else None
        return Path(folder) / FOLDER if folder and Path(folder).is_dir() else None

    # --- files

    def _on_portal(self, portal: str) -> None:
        if self._desk is not None:
            self._desk.choose_portal(portal)

    def _on_limits(self, portal: str) -> None:
        self.portals.edit(self.portals.named(portal))

    def _on_limits_changed(self) -> None:
        self.packing.own = self.portals.own
        self._show_head()
        self.packing.look()

    def _on_name(self, row: FileRow) -> None:
        view = self.packing.view
        if view is None or not row.entry.path:
            return
        sheet = NameSheet(row.entry.name, limits_in_words(view.planned.profile, language()), self)
        sheet.named.connect(partial(self._name, row.entry.path))
        sheet.open()

    def _name(self, path: str, name: str) -> None:
        if self._desk is not None:
            self._desk.name_file(path, name or None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 names a file; Alt with the arrows moves it."""
        row = self.files.row
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if isinstance(row, FileRow) and event.key() == Qt.Key.Key_F2:
            self._on_name(row)
        elif isinstance(row, FileRow) and event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in moves:
            self.move_file(row, moves[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def move_file(self, row: FileRow, by: int) -> None:
        """Another place in the package, of the user's own."""
        keys = [one.key for one in self.files.rows.rows]
        at = keys.index(row.key)
        to = max(0, min(len(keys) - 1, at + by))
        if self._desk is not None and to != at:
            keys.insert(to, keys.pop(at))
            self._desk.order_files(keys)

    # --- building

    def _on_build(self) -> None:
        view = self.packing.view
        if view is None or self._desk is None or self.packing.working or not view.planned.entries:
            return
        masked = len(self._desk.claim_set().files) if any(e.role is EntryRole.ANNEX for e in view.planned.entries) else 0
        sheet = BuildSheet(self.packing.obstacles, masked, self)
        sheet.wished.connect(self._on_wished)
        sheet.open()

    def _on_wished(self, archive: bool, reason: str) -> None:
        self.outside.ask_target(partial(self._build, archive, reason))

    def _build(self, archive: bool, reason: str, target: Path) -> None:
        self.packing.build(BuildWish(target, archive, reason))

    def _on_built(self, made: PackageMade) -> None:
        self._show_rows()
        self.told.emit(tr("package.built", count=len(made.built.entries), folder=made.built.folder.name))
        for finding in made.doubts[:1]:
            self._session.failed.emit(finding)

    def _on_open(self) -> None:
        if (folder := self._folder()) is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder.parent)))

    # --- steps

    def open_companion(self) -> None:
        """The run sheet in a window of its own, over the portal."""
        if self.companion is None:
            self.companion = Companion(self._actions, self.window())
            self.companion.restoreGeometry(self._place)
            self.companion.closed.connect(self._on_companion_closed)
            self.companion.ticked.connect(self._on_tick)
        self._show_companion()
        row = self.steps.row
        if isinstance(row, StepRow):
            self.companion.go_to(row.key)
        self.companion.show()
        self.companion.raise_()
        self.companion.activateWindow()

    def _on_companion_closed(self) -> None:
        if self.companion is not None:
            self._place = self.companion.saveGeometry()

    def _show_companion(self) -> None:
        if self.companion is not None:
            self.companion.show_steps(self.steps.rows.rows, self._folder())

    def _on_step(self, row: object) -> None:
        self.panel.show_step(row if isinstance(row, StepRow) else None, self._folder())

    def _on_step_wanted(self, row: StepRow) -> None:
        self._on_step(row)
        self.panel.copy_answer()

    def _on_tick(self, row: StepRow) -> None:
        if self._desk is not None:
            self._desk.tick(row.key, not row.done)

    # --- afterwards

    def _on_submitted(self) -> None:
        if self._desk is not None:
            self.outside.toggle_submitted()

    def _on_compared(self, compared: Compared) -> None:
        from app.workflow.receipts import receipt_findings

        if compared.error is not None or compared.comparison is None:
            if compared.error is not None:
                self._session.failed.emit(compared.error)
            return
        self.outside.keep("printout", compared.name, compared.data)
        ComparedSheet(compared.name, receipt_findings(compared.comparison, compared.name), self).open()

    # --- in and out of sight

    def showEvent(self, event: QShowEvent) -> None:
        """Files may have changed meanwhile."""
        super().showEvent(event)
        if not self._made:
            return
        chain((self.after.compare, *self.head.stops))  # Tab comes to the list first, and would pass by what is above it
        if self._due:
            self._show_rows()
        for name in ("build_package", "open_companion"):
            self._actions[name].setEnabled(True)
        self.packing.wake(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        if not self._made:
            return
        for name in ("build_package", "open_companion"):
            self._actions[name].setEnabled(False)
        self.packing.wake(False)
