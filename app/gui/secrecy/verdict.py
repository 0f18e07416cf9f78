"""The panel that says how well a claim stands: strength, reasons with a sign each, the cases both ways. Nothing is promised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.core.claims import Strength
from app.gui.checklist.parts import caption, wrapped
from app.gui.checklist.tag import restyle
from app.gui.messages import tr
from app.gui.secrecy import words
from app.gui.secrecy.delegate import paint_strength, strength_width
from app.gui.theme import theme

__all__ = ["CaseLine", "ReasonLine", "Sign", "Verdict", "VerdictPanel"]


class Sign(StrEnum):
    """What a reason does to the claim."""

    HOLDS = "holds"  # ✓
    ASKS = "asks"  # ◇ something to think of
    AGAINST = "against"  # ✕
    NOTES = "notes"  # to know, without weight


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """A reason in words. `more` explains it, as a tip. `field` is the editor's field it is about, if any."""

    sign: Sign
    text: str
    more: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """What a court has said: `sign` by whether it was kept secret, released, or some of both."""

    sign: Sign
    cite: str
    text: str
    uncertain: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that the panel shows of one claim."""

    strength: Strength
    reasons: tuple[ReasonLine, ...] = ()
    cases: tuple[CaseLine, ...] = ()


_ROLES = {Sign.HOLDS: "done", Sign.ASKS: "attachment", Sign.AGAINST: "error", Sign.NOTES: "ink_3"}


class VerdictPanel(QWidget):
    """Two boxes: the strength with its reasons, and the cases."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._verdict: Verdict | None = None
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._on_turn)
        self.setMinimumWidth(round(250 * theme.scale))
        self.box = QFrame()
        self.box.setObjectName("secrecyVerdict")
        self.mark = _Mark()
        self.reasons = _Lines()
        inner = QVBoxLayout(self.box)
        inner.setContentsMargins(12, 10, 12, 12)
        inner.setSpacing(6)
        inner.addWidget(self.mark)
        inner.addWidget(self.reasons)
        self.cases_caption = caption(tr("secrecy.cases"))
        self.cases_box = QFrame()
        self.cases_box.setObjectName("secrecyCases")
        self.cases = _Lines()
        self.promise = wrapped("small")
        self.promise.setText(tr("secrecy.no_promise"))
        told = QVBoxLayout(self.cases_box)
        told.setContentsMargins(12, 10, 12, 12)
        told.setSpacing(8)
        told.addWidget(self.cases)
        told.addWidget(self.promise)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(caption(tr("secrecy.strength")))
        column.addWidget(self.box)
        column.addWidget(self.cases_caption)
        column.addWidget(self.cases_box)
        column.addStretch(1)

    @property
    def verdict(self) -> Verdict | None:
        """What is shown."""
        return self._verdict

    def show_verdict(self, verdict: Verdict | None) -> None:
        """A claim's; None before it is judged. More lines than there were are made in a turn of their own: they take long."""
        if verdict == self._verdict:
            return
        self._verdict = verdict
        self.setVisible(verdict is not None)
        if verdict is None:
            self._turn.stop()
        elif self.reasons.has(len(verdict.reasons)) and self.cases.has(len(verdict.cases)):
            self._show(verdict)
        else:
            self._turn.start()

    def _on_turn(self) -> None:
        """A line at a time, so that the window is never kept long."""
        verdict = self._verdict
        if verdict is None:
            return
        if self.reasons.make(len(verdict.reasons)) or self.cases.make(len(verdict.cases)):
            self._turn.start()
        else:
            self._show(verdict)

    def _show(self, verdict: Verdict) -> None:
        self._turn.stop()
        self.mark.show_strength(verdict.strength)
        restyle(self.box, "tone", words.strength_role(verdict.strength))
        self.reasons.show_lines([(line.sign, line.text, line.more) for line in verdict.reasons])
        self.cases.show_lines(
            [
                (line.sign, " ".join(part for part in (line.text, f"({line.cite})", line.uncertain) if part), "")
                for line in verdict.cases
            ]
        )
        self.cases_caption.setVisible(bool(verdict.cases))
        self.cases_box.setVisible(bool(verdict.cases))
        signs = {line.sign for line in verdict.cases}
        both = Sign.ASKS in signs or {Sign.HOLDS, Sign.AGAINST} <= signs
        title = tr("secrecy.cases_both") if both else tr("secrecy.cases")
        self.cases_caption.setText(title.upper())
        self.cases_caption.setAccessibleName(title)
        spoken = [words.strength(verdict.strength), *(f"{_said(line.sign)}: {line.text}" for line in verdict.reasons)]
        self.box.setAccessibleName(tr("secrecy.strength"))
        self.box.setAccessibleDescription(". ".join(spoken))


class _Mark(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._strength = Strength.WEAK
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_strength(self, strength: Strength) -> None:
        self._strength = strength
        self.setAccessibleName(words.strength(strength))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(strength_width(self._strength, 1.2), round(20 * theme.scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            paint_strength(painter, QRectF(self.rect()), self._strength, ground=False, scale=1.2)


class _Lines(QWidget):
    """Lines of text, each with its sign."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._made: list[tuple[_Shape, QLabel]] = []

    def has(self, count: int) -> bool:
        """Whether so many lines are there."""
        return len(self._made) >= count

    def make(self, count: int) -> bool:
        """Make one more towards so many, unseen; whether there was one to make."""
        if self.has(count):
            return False
        shape, label = _Shape(), wrapped()
        shape.hide()
        label.hide()
        label.ensurePolished()
        row = len(self._made)
        self._grid.addWidget(shape, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(label, row, 1)
        self._made.append((shape, label))
        return True

    def show_lines(self, lines: Sequence[tuple[Sign, str, str]]) -> None:
        """As many labels as lines; those that are there are used again, so that nothing flickers while one types."""
        while self.make(len(lines)):
            pass
        for place, (shape, label) in enumerate(self._made):
            shown = place < len(lines)
            shape.setVisible(shown)
            label.setVisible(shown)
            if shown:
                sign, text, more = lines[place]
                shape.show_sign(sign)
                label.setText(text)
                label.setToolTip(more)
                label.setAccessibleName(f"{_said(sign)}: {text}")


class _Shape(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._sign = Sign.HOLDS
        self.setFixedSize(14, round(18 * theme.scale))
        theme.changed.connect(self.update)

    def show_sign(self, sign: Sign) -> None:
        self._sign = sign
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = QPen(theme.colour(_ROLES[self._sign]), 1.8)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.translate(QPointF(7, self.height() / 2))
            match self._sign:
                case Sign.HOLDS:
                    painter.drawPolyline([QPointF(-4, 0.5), QPointF(-1, 3.5), QPointF(4.5, -3.5)])
                case Sign.ASKS:
                    painter.drawPolygon(QPolygonF([QPointF(0, -4.5), QPointF(4.5, 0), QPointF(0, 4.5), QPointF(-4.5, 0)]))
                case Sign.AGAINST:
                    painter.drawLine(QPointF(-3.5, -3.5), QPointF(3.5, 3.5))
                    painter.drawLine(QPointF(-3.5, 3.5), QPointF(3.5, -3.5))
                case Sign.NOTES:
                    painter.drawLine(QPointF(-3, 0), QPointF(3, 0))


def _said(sign: Sign) -> str:
    match sign:
        case Sign.HOLDS:
            return tr("secrecy.sign_holds")
        case Sign.ASKS:
            return tr("secrecy.sign_asks")
        case Sign.AGAINST:
            return tr("secrecy.sign_against")
        case Sign.NOTES:
            return tr("secrecy.sign_notes")
