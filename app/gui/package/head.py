"""The top of the page: the portal and what it takes, and the button that builds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from app.core.packaging import PortalProfile
from app.gui.elided import Elided
from app.gui.folding import FoldingRow
from app.gui.messages import language, tr
from app.gui.underlag.parts import button, label
from app.workflow.packaging import limits_in_words

__all__ = ["PackageHead"]


class PackageHead(QWidget):
    """Tells what is chosen and pressed."""

    portal_chosen = Signal(object)  # str
    limits_wanted = Signal(object)  # str
    build_wanted = Signal()
    stop_wanted = Signal()
    open_wanted = Signal()
    calendar_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label(tr("package.title"), "title", self, wrap=False)
        self.known = Elided("muted", self)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setVisible(False)
        self.calendar = button(tr("package.calendar"), "plain", tr("package.calendar_tip"), self)
        self.open = button(tr("package.open"), "plain", tr("package.open_tip"), self)
        self.build = button(tr("package.build"), "primary", tr("package.build_tip"), self)
        for made, tip in (
            (self.calendar, tr("package.calendar_tip")),
            (self.open, tr("package.open_tip")),
            (self.build, tr("package.build_tip")),
        ):
            made.setToolTip(tip)
        top = FoldingRow((self.title, self.known), (self.calendar, self.open, self.build), self)
        self.portal = QComboBox(self)
        self.portal.setAccessibleName(tr("package.portal"))
        self.limits = Elided("small", self)
        self.change = button(tr("package.limits"), "link", tr("package.limits_tip"), self)
        self.change.setToolTip(tr("package.limits_tip"))
        portal = QHBoxLayout()
        portal.setSpacing(12)
        portal.addWidget(label(tr("package.portal"), "strong", self, wrap=False))
        portal.addWidget(self.portal)
        portal.addWidget(self.limits, 1)
        portal.addWidget(self.change)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 16, 24, 12)
        whole.setSpacing(8)
        whole.addWidget(top)
        whole.addWidget(self.progress)
        whole.addLayout(portal)
        self.portal.activated.connect(self._on_portal)
        self.change.clicked.connect(self._on_limits)
        self.build.clicked.connect(self._on_build)
        self.open.clicked.connect(self.open_wanted)
        self.calendar.clicked.connect(self.calendar_wanted)
        self._working = False

    @property
    def stops(self) -> Sequence[QWidget]:
        """Where the Tab key stops, in their order."""
        return self.calendar, self.open, self.build, self.portal, self.change

    def show_portals(self, portals: Sequence[PortalProfile], chosen: PortalProfile) -> None:
        """The portals there are; the chosen one's limits in words, known and guessed apart."""
        names = [(one.name, one.id) for one in portals]
        if [(self.portal.itemText(n), self.portal.itemData(n)) for n in range(self.portal.count())] != names:
            self.portal.clear()
            for name, key in names:
                self.portal.addItem(name, key)
        self.portal.setCurrentIndex(max(0, self.portal.findData(chosen.id)))
        self.limits.setText(limits_in_words(chosen, language()))

    def _on_limits(self) -> None:
        self.limits_wanted.emit(self.portal.currentData())

    def show_planning(self) -> None:
        """Nothing is known yet."""
        self.known.setText(tr("package.planning"))
        self.build.setEnabled(False)

    def show_counts(self, files: int, lacking: int, built: str) -> None:
        """How much there is, what is missing, when it was built last."""
        parts = [tr("package.file_count", count=files)]
        if lacking:
            parts.append(tr("package.lacking", count=lacking))
        if built:
            parts.append(built)
        self.known.setText(" · ".join(parts))
        self.build.setEnabled(files > 0 or self._working)

    def show_working(self, working: bool) -> None:
        """While the package is being built the button stops it."""
        self._working = working
        self.progress.setVisible(working)
        self.progress.setRange(0, 0)
        self.build.setText(tr("package.stop") if working else tr("package.build"))

    def show_progress(self, done: int, total: int, name: str) -> None:
        """How far it has come."""
        self.progress.setRange(0, max(1, total))
        self.progress.setValue(done)
        self.progress.setAccessibleDescription(name)

    def _on_portal(self, number: int) -> None:
        self.portal_chosen.emit(self.portal.itemData(number))

    def _on_build(self) -> None:
        (self.stop_wanted if self._working else self.build_wanted).emit()
