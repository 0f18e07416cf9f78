"""The overview page: first steps when there is no tender, otherwise all of them by urgency."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QMenu,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.core.clock import in_sweden
from app.gui.actions import Actions
from app.gui.messages import language, tr
from app.gui.overview.delegate import TenderDelegate
from app.gui.overview.first import FirstRun
from app.gui.overview.model import TenderModel
from app.gui.overview.renewing import RenewNotice
from app.gui.overview.rows import TenderRow, rows
from app.gui.session import Session
from app.gui.shell.sheet import Sheet, words

__all__ = ["DeleteDialog", "OverviewPage"]

_MINUTE = 60_000


class DeleteDialog(Sheet):
    """Asks before a tender is removed. Nothing happens without the red button."""

    confirmed = Signal(str)

    def __init__(self, row: TenderRow, parent: QWidget | None = None) -> None:
        super().__init__(tr("overview.delete_title"), tr("overview.delete_lead", name=row.name), parent)
        self._key = row.key
        self.body.addWidget(words(tr("overview.delete_instead"), "muted"))
        keep = self.button(tr("shell.cancel"))
        keep.clicked.connect(self.reject)
        self.button(tr("overview.delete"), danger=True).clicked.connect(self._on_confirmed)
        keep.setFocus()

    def _on_confirmed(self) -> None:
        self.accept()
        self.confirmed.emit(self._key)


class OverviewPage(QWidget):
    """Opens a tender by Enter or double click. `export_wanted` names a tender to save as a file, `new_wanted` asks for
    the files of a new one."""

    export_wanted = Signal(str)
    new_wanted = Signal()

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._session = session
        self._actions = actions
        self._archived = False
        self.model = TenderModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(TenderDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setAccessibleName(tr("overview.title"))
        self.list.setAccessibleDescription(tr("overview.list_description"))
        self.list.doubleClicked.connect(self._open)
        self.list.customContextMenuRequested.connect(self._on_menu)
        self.list.installEventFilter(self)
        self._first = FirstRun(actions)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._first)
        self._stack.addWidget(self._listing())
        self._stack.addWidget(QWidget())  # until it is known whether there are any
        self._stack.setCurrentIndex(2)
        self._clock = QTimer(self)
        self._clock.setInterval(_MINUTE)
        self._clock.timeout.connect(self._show)
        session.tenders_changed.connect(self._show)
        actions["archive"].triggered.connect(self._on_archive)
        actions["delete_tender"].triggered.connect(self._on_delete)
        actions["export_tender"].triggered.connect(self._on_export)

    def showEvent(self, event: QShowEvent) -> None:
        """Count down only while somebody looks."""
        self._clock.start()
        self.renewing.look()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """See showEvent."""
        self._clock.stop()
        super().hideEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter opens."""
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() in enter:
            self._open(self.list.currentIndex())
            return True
        return super().eventFilter(watched, event)

    def chosen(self) -> TenderRow | None:
        """The tender that the actions are about: the one marked here, else the one that is open."""
        row = self.model.row(self.list.currentIndex()) if self.isVisible() else None
        desk = self._session.desk
        if row is None and desk is not None:
            row = next((row for row in self._rows(desk.tender.archived is not None) if row.key == desk.key), None)
        return row

    def _rows(self, archived: bool) -> tuple[TenderRow, ...]:
        return rows(self._session.tenders, in_sweden(), language(), archived=archived)

    def _listing(self) -> QWidget:
        head = QHBoxLayout()
        head.setContentsMargins(24, 12, 24, 12)
        head.setSpacing(8)
        head.addWidget(words(tr("overview.title"), "large", wrap=False))
        self._toggle = QPushButton()
        self._toggle.setProperty("chip", True)
        self._toggle.setCheckable(True)
        self._toggle.toggled.connect(self._on_toggled)
        head.addSpacing(8)
        head.addWidget(self._toggle)
        head.addStretch(1)
        for name, primary in (("import_tender", False), ("add_files", True)):
            button = QPushButton(tr("overview.new") if primary else self._actions[name].text())
            button.setProperty("primary", primary)
            button.setToolTip(self._actions[name].toolTip())
            button.clicked.connect(self._on_new if primary else self._actions[name].trigger)
            head.addWidget(button)
        self._nothing = words(tr("overview.none_archived"), "muted")
        self._nothing.setContentsMargins(24, 16, 24, 16)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        self.renewing = RenewNotice(self._session)
        around = QHBoxLayout()
        around.setContentsMargins(24, 0, 24, 12)
        around.addWidget(self.renewing)
        column.addLayout(around)
        column.addWidget(self._nothing)
        column.addWidget(self.list, 1)
        page = QWidget()
        page.setLayout(column)
        return page

    def _show(self, _tenders: object = None) -> None:
        tenders = self._session.tenders
        marked = self.model.row(self.list.currentIndex())
        archived = sum(tender.record.archived is not None for tender in tenders)
        self._toggle.setText(tr("overview.archive", count=archived))
        self._toggle.setVisible(bool(archived) or self._archived)
        shown = self._rows(self._archived)
        self.model.show_rows(shown)
        self._nothing.setVisible(not shown)
        self._nothing.setText(tr("overview.none_archived") if self._archived else tr("overview.all_archived"))
        self.list.setVisible(bool(shown))
        if marked is not None and self.model.find(marked.key).isValid():
            self.list.setCurrentIndex(self.model.find(marked.key))
        elif shown:
            self.list.setCurrentIndex(self.model.index(0))
        self._stack.setCurrentIndex(1 if tenders else 0)

    def _on_toggled(self, archived: bool) -> None:
        self._archived = archived
        self._show()

    def _on_new(self) -> None:
        self.new_wanted.emit()

    def _open(self, index: QModelIndex) -> None:
        row = self.model.row(index)
        if row is not None:
            self._session.open_tender(row.key)

    def _on_menu(self, place: QPoint) -> None:
        if self.model.row(self.list.indexAt(place)) is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self._actions[name] for name in ("archive", "export_tender", "import_tender")])
        menu.addSeparator()
        menu.addAction(self._actions["delete_tender"])
        menu.popup(self.list.viewport().mapToGlobal(place))

    def _on_archive(self) -> None:
        row = self.chosen()
        if row is not None:
            self._session.archive(row.key, not row.archived)

    def _on_delete(self) -> None:
        row = self.chosen()
        if row is not None:
            dialog = DeleteDialog(row, self.window())
            dialog.confirmed.connect(self._session.delete)
            dialog.open()

    def _on_export(self) -> None:
        row = self.chosen()
        if row is not None:
            self.export_wanted.emit(row.key)
