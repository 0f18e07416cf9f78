"""The top of the page: the ring, how many obstacles are left in one line, and the two ways on."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from app.core.review import Review
from app.gui.elided import Elided
from app.gui.folding import FoldingRow
from app.gui.messages import language, tr
from app.gui.overview.ring import percent
from app.gui.shell.countdown import Urgency, countdown
from app.gui.theme import font, theme
from app.gui.underlag.parts import button, label

__all__ = ["ReviewHead"]

_SIDE = 80
_WIDTH = 8
_NUMBERS = {
    "sv": ("Inga", "Ett", "Två", "Tre", "Fyra", "Fem", "Sex", "Sju", "Åtta", "Nio", "Tio", "Elva", "Tolv"),
    "en": ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"),
}
_WEEKDAYS = {
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


class _Ring(QWidget):
    """Larger than the overview's, and round at the ends."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._done = self._total = 0
        self.show_share(0, 0)

    def show_share(self, done: int, total: int) -> None:
        self._done, self._total = done, total
        self.setAccessibleName(tr("overview.ready", done=done, total=total))
        self.update()

    def sizeHint(self) -> QSize:
        side = round(_SIDE * max(1.0, theme.scale))
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            side = min(self.width(), self.height())
            box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
            arc = box.adjusted(_WIDTH / 2, _WIDTH / 2, -_WIDTH / 2, -_WIDTH / 2)
            painter.setPen(QPen(theme.colour("line"), _WIDTH))
            painter.drawEllipse(arc)
            complete = self._total > 0 and self._done == self._total
            if self._done and self._total:
                ink = theme.colour("done" if complete else "accent")
                painter.setPen(QPen(ink, _WIDTH, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
                painter.drawArc(arc, 90 * 16, -round(360 * 16 * self._done / self._total))
            painter.setPen(theme.colour("done" if complete else "ink"))
            painter.setFont(font(16, strong=True, tabular=True))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{percent(self._done, self._total)} %" if self._total else "–")


class ReviewHead(QWidget):
    """Shows a review. While files are looked through, what is known so far stays, with a line that says so."""

    report_wanted = Signal()
    package_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ring = _Ring(self)
        self.title = label("", "title", self, wrap=False)
        self.known = Elided("muted", self)
        self.report = button(tr("review.report"), "plain", tr("review.report_tip"), self)
        self.go = button(tr("review.go"), "primary", tr("review.go_tip"), self)
        self.go.setEnabled(False)
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setVisible(False)
        self.progress.setAccessibleName(tr("review.looking"))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 12)
        row.setSpacing(8)
        row.addWidget(self.ring)
        row.addSpacing(12)
        row.addWidget(FoldingRow((self.title, self.known, self.progress), (self.report, self.go), self, stacked=True), 1)
        self.report.clicked.connect(self.report_wanted)
        self.go.clicked.connect(self.package_wanted)

    def show_review(self, review: Review, now: datetime) -> None:
        """What the review says in two lines."""
        self.ring.show_share(review.done, review.total)
        self.title.setText(_title(review))
        parts = [tr("review.done", done=review.done, total=review.total), tr("review.obstacle_count", count=review.obstacles)]
        parts.append(tr("review.warning_count", count=review.warnings))
        parts += _time(review.tender_deadline, now)
        self.known.setText(" · ".join(parts))
        self.go.setEnabled(review.ready)
        self.go.setToolTip(tr("review.go_tip") if review.ready else tr("review.go_blocked"))
        self.report.setEnabled(True)

    def show_nothing(self) -> None:
        """No review yet."""
        self.ring.show_share(0, 0)
        self.title.setText(tr("review.first_look"))
        self.known.setText("")
        self.go.setEnabled(False)
        self.report.setEnabled(False)

    def show_progress(self, done: int, total: int, name: str) -> None:
        """Files are looked through; nothing to do hides it."""
        busy = total > 0 and done < total
        self.progress.setVisible(busy)
        if busy:
            self.progress.setRange(0, total)
            self.progress.setValue(done)
            metrics = QFontMetrics(self.known.font())
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, 320)
            self.progress.setAccessibleDescription(shown)
            self.progress.setToolTip(tr("review.looking_at", file=shown))


def _title(review: Review) -> str:
    if review.obstacles:
        numbers = _NUMBERS[language()]
        count = numbers[review.obstacles] if review.obstacles < len(numbers) else str(review.obstacles)
        return tr("review.title_left", count=review.obstacles, number=count)
    return tr("review.title_warned", count=review.warnings) if review.warnings else tr("review.title_ready")


def _time(deadline: str | None, now: datetime) -> list[str]:
    """What is left, and the day before, which is the one to aim at."""
    known = countdown(deadline, now, language())
    if known.days is None:
        return []
    if known.urgency is Urgency.PAST or known.days <= 1:
        return [known.left]
    day = date.fromisoformat((deadline or "")[:10]) - timedelta(1)
    before = countdown(day.isoformat(), now, language())
    return [tr("review.aim", left=known.left, day=f"{_WEEKDAYS[language()][day.weekday()]} {before.when}")]
