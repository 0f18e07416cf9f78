"""Word and text documents as one readable page: blocks below each other, set when they come into sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.core.document import Place
from app.core.work import ItemState
from app.gui.messages import tr
from app.gui.source.caret import Caret, Step, by_word, word_at
from app.gui.source.flowlayout import FlowLayout, Held
from app.gui.source.flowtext import FlowText, Spot, parts_of
from app.gui.source.highlights import CHECK, paint_caret, paint_check, paint_flash, paint_hits, paint_mark, paint_selection
from app.gui.source.hits import Hit
from app.gui.source.marking import MarkingSurface
from app.gui.source.marks import Mark
from app.gui.source.placing import Placing
from app.gui.theme import theme

__all__ = ["FlowView"]

_WIDEST = 760.0
_SIDE = 24.0
_MARGIN = 40.0
_REACH = 8
"""Blocks that a mark may go on over."""


class FlowView(MarkingSurface):
    """One document told as blocks. Heights are estimates until a block has been set; what is in sight does not move by that."""

    def __init__(self, text: FlowText, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blocks = text.blocks
        self.text = text
        self._paper = 0.0
        self._lay = FlowLayout(text, 100.0, 1.0)
        self._marks = Placing(self._blocks_of, self)
        self._marks.placed.connect(self.viewport().update)
        self._hits: dict[int, list[tuple[int, Spot]]] = {}
        self._current_hit = -1
        self._anchor: Caret | None = None
        self._head: Caret | None = None
        self._at: Caret | None = None
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.setInterval(0)
        self._ahead.timeout.connect(self._set_ahead)
        self.laid_out()

    # --- what is shown

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """The highlights of this document."""
        self._marks.set(marks)

    def set_hits(self, hits: Sequence[Hit], current: int) -> None:
        """The places where the words looked for stand."""
        self._hits, self._current_hit = {}, current
        for hit in hits:
            if isinstance(hit.spot, Spot):
                self._hits.setdefault(hit.spot.block, []).append((hit.number, hit.spot))
        self.viewport().update()

    def search(self, text: str, most: int) -> list[Hit]:
        """Where a text stands."""
        hits = []
        heading, last = "", 0
        for number, hit in enumerate(self.text.find(text, most)):
            for block in self._blocks[last : hit.spot.block + 1]:
                if block.kind == "heading":
                    heading = f"{block.number or ''} {block.text}".strip()
            last = hit.spot.block + 1
            place = self._blocks[hit.spot.block].place
            hits.append(Hit(number, heading or tr("source.hit_start"), hit.before, hit.text, hit.after, place, hit.spot))
        return hits

    def is_sharp(self) -> bool:
        """Text is drawn as it is."""
        return True

    # --- as a surface

    def laid_out(self) -> None:
        """See `Surface`."""
        zoom = self.zoom
        self._paper = max(160.0, min(self.viewport().width() - 2 * _SIDE, _WIDEST * zoom + 2 * _MARGIN))
        self._lay = FlowLayout(self.text, max(80.0, self._paper - 2 * self._margin()), zoom)
        self._reckon()
        self._ahead.start()
        self.viewport().update()

    def whole_height(self) -> float:
        """See `Surface`."""
        return self._lay.height

    def height_at(self, place: Place, quote: str) -> float | None:
        """See `Surface`."""
        spots = self.text.spots(place, quote)
        if not spots:
            block = self.text.block_of(place, quote)
            return None if block is None else self._lay.top(block)
        rects = self._lay.shaped(spots[0].block).parts[spots[0].part].rects(spots[0].start, spots[0].start + 1)
        return self._lay.top(spots[0].block) + (rects[0].top() if rects else 0.0)

    def fraction_of(self, place: Place, quote: str = "", /) -> float | None:
        """By the block alone: asked for every mark there is."""
        block = self.text.block_of(place, quote)
        return None if block is None else min(1.0, self._lay.top(block) / self._lay.height)

    def show_place(self, place: Place, quote: str, flash: bool) -> None:
        """See `Surface`."""
        for _ in range(2):  # setting what comes into sight moves what is below it
            height = self.height_at(place, quote)
            if height is not None:
                self.verticalScrollBar().setValue(round(height - self.viewport().height() / 3))
                self._settle()
        super().show_place(place, quote, flash)

    def show_hit(self, hit: Hit) -> None:
        """Scroll to a place that the search found: more exact than what the format tells of it."""
        if isinstance(hit.spot, Spot) and hit.spot.block < len(self._blocks):
            for _ in range(2):
                rects = self._lay.shaped(hit.spot.block).parts[hit.spot.part].rects(hit.spot.start, hit.spot.end)
                top = self._lay.top(hit.spot.block) + (rects[0].top() if rects else 0.0)
                self.verticalScrollBar().setValue(round(top - self.viewport().height() / 3))
                self._settle()

    def held(self, y: float) -> object:
        """See `Surface`."""
        return self._lay.held(self.verticalScrollBar().value() + y)

    def hold(self, what: object, y: float) -> None:
        """See `Surface`."""
        if isinstance(what, Held):
            self._lay.settle(range(what.block, what.block + 1))
            self._reckon()
            self.verticalScrollBar().setValue(round(self._lay.height_of(what) - y))

    def mark_at(self, x: float, y: float) -> Mark | None:
        """See `Surface`."""
        at = QPointF(x, y)
        found = []
        for block in self._in_sight():
            for mark, spots in self._marks_on(block):
                rects = self._rects(spots, block)
                if any(rect.contains(at) for rect in rects):
                    found.append((sum(rect.width() * rect.height() for rect in rects), mark.owner, mark))
        found.sort(key=_first_two)
        keys = [key for _, key, _ in found]
        if self.selected in keys:
            return found[(keys.index(self.selected) + 1) % len(found)][2]
        return found[0][2] if found else None

    # --- geometry

    def _margin(self) -> float:
        return min(_MARGIN, self._paper / 12)

    def _left(self) -> float:
        return max(_SIDE, (self.viewport().width() - self._paper) / 2) + self._margin()

    def _reckon(self) -> None:
        self.set_scroll_range(self.viewport().width(), self._lay.height)

    def _in_sight(self) -> range:
        top = self.verticalScrollBar().value()
        return self._lay.between(top, top + self.viewport().height())

    def _settle(self) -> None:
        """Set what is in sight; what is at the top stays there."""
        top = self.held(0.0)
        while self._lay.settle(self._in_sight()):
            self._reckon()
            self._keep(top)

    def _keep(self, what: object) -> None:
        if isinstance(what, Held):
            self.verticalScrollBar().setValue(round(self._lay.height_of(what)))

    def _set_ahead(self) -> None:
        """Measure some blocks more, so that the whole is as high as it will be."""
        top = self.held(0.0)
        more = self._lay.measure()
        self._reckon()
        self._keep(top)
        if more:
            self._ahead.start()
        else:
            self.moved.emit()
            self.reshaped.emit()

    def _rects(self, spots: Sequence[Spot], block: int) -> list[QRectF]:
        origin = self._origin(block)
        parts = self._lay.shaped(block).parts
        return [
            rect.translated(origin).adjusted(-1, 0, 1, 0)
            for spot in spots
            if spot.block == block and spot.part < len(parts)
            for rect in parts[spot.part].rects(spot.start, spot.end)
        ]

    def _origin(self, block: int) -> QPointF:
        return QPointF(self._left(), self._lay.top(block) - self.verticalScrollBar().value())

    def _blocks_of(self, mark: Mark) -> tuple[int, ...]:
        block = self.text.block_of(mark.place, mark.quote)
        return () if block is None else (block,)

    def _marks_on(self, block: int) -> list[tuple[Mark, tuple[Spot, ...]]]:
        found = []
        for first in range(max(0, block - _REACH), block + 1):
            for mark in self._marks.at(first):
                spots = self.text.spots(mark.place, mark.quote)
                if any(spot.block == block for spot in spots):
                    found.append((mark, spots))
        return found

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in sight."""
        self._settle()
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.fillRect(event.rect(), theme.colour("canvas"))
            top = 12.0 - self.verticalScrollBar().value()
            paper = QRectF(self._left() - self._margin(), top, self._paper, self.whole_height() - 24)
            painter.setPen(theme.colour("line"))
            painter.setBrush(theme.colour("paper"))
            painter.drawRect(paper)
            sight = self._in_sight()
            for block in sight:
                self._paint_behind(painter, block)
            for block in sight:
                self._paint_block(painter, block)
            if self.flash.strength > 0 and self.flash.place is not None:
                spots = self.text.spots(self.flash.place, self.flash.quote)
                for block in sight:
                    paint_flash(painter, self._rects(spots, block), self.flash.strength, on_paper=False)
            caret = self.caret_rect()
            if caret is not None:
                paint_caret(painter, caret, on_paper=False)
            self.paint_focus(painter)

    def _paint_behind(self, painter: QPainter, block: int) -> None:
        chosen = []
        for mark, spots in self._marks_on(block):
            rects = self._rects(spots, block)
            if mark.owner == self.selected:
                chosen.append((mark, rects))
            else:
                paint_mark(painter, rects, mark, selected=False, on_paper=False)
            if mark.state is ItemState.DONE and rects and spots[0].block == block:
                margin = self._left() - self._margin() + CHECK
                paint_check(painter, QPointF(margin, rects[0].center().y()), on_paper=False)
        for mark, rects in chosen:
            paint_mark(painter, rects, mark, selected=True, on_paper=False)
        for number, spot in self._hits.get(block, ()):
            paint_hits(painter, self._rects([spot], block), current=number == self._current_hit, on_paper=False)
        ends = self._marked_ends()
        if ends is not None and ends[0].block <= block <= ends[1].block:
            paint_selection(painter, self._rects(self._lay.between_carets(*ends, block), block), on_paper=False)

    def _paint_block(self, painter: QPainter, block: int) -> None:
        made = self._lay.shaped(block)
        origin = self._origin(block)
        if made.table:
            painter.setPen(QPen(theme.colour("ink_3" if made.header else "line"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for part in made.parts:
                painter.drawRect(part.rect.translated(origin))
        if made.bar:
            rect = made.parts[0].rect.translated(origin)
            painter.fillRect(QRectF(rect.left() - 10, rect.top(), 2, rect.height()), theme.colour("ink_3"))
        painter.setPen(theme.colour(made.role))
        if made.prefix_at is not None and made.prefix_font is not None:
            painter.setFont(made.prefix_font)
            first = made.parts[0].layout.lineAt(0)
            ascent = first.ascent() if first.isValid() else 0.0
            painter.drawText(origin + made.prefix_at + QPointF(0, ascent), made.prefix)
        for part in made.parts:
            part.layout.draw(painter, origin + part.at)

    # --- marking text

    def _caret(self, at: QPointF) -> Caret | None:
        if not self._blocks:
            return None
        block = self._lay.at(self.verticalScrollBar().value() + at.y())
        local = at - self._origin(block)
        parts = self._lay.shaped(block).parts
        nearest = min(range(len(parts)), key=[_beside(part.rect, local.x()) for part in parts].__getitem__)
        return Caret(block, nearest, parts[nearest].offset(local))

    def _marked_ends(self) -> tuple[Caret, Caret] | None:
        if self._anchor is None or self._head is None or self._anchor == self._head:
            return None
        first, last = sorted((self._anchor, self._head))
        return first, last

    def begin_marking(self, at: QPointF) -> None:
        """See `MarkingSurface`."""
        self._anchor, self._head = self._caret(at), None

    def extend_marking(self, at: QPointF) -> None:
        """See `MarkingSurface`."""
        self._head = self._caret(at) or self._head

    def clear_marking(self) -> None:
        """See `MarkingSurface`."""
        self._anchor = self._head = None

    def mark_word(self, at: QPointF) -> bool:
        """See `MarkingSurface`."""
        caret = self._caret(at)
        if caret is None:
            return False
        start, end = word_at(self._lay.shaped(caret.block).parts[caret.part].layout.text(), caret.offset)
        self._anchor, self._head = caret._replace(offset=start), caret._replace(offset=end)
        return start < end

    def place_caret(self) -> bool:
        """See `MarkingSurface`."""
        self._at = self._caret(QPointF(self._left(), self.viewport().height() / 3))
        if self._at is not None:
            self._at = self._at._replace(offset=0)
        for block in self._in_sight():
            for mark, spots in self._marks_on(block):
                if mark.key == self.selected and spots[0].block == block:
                    self._at = Caret(*spots[0][:3])
        return self._at is not None

    def move_caret(self, step: Step, *, extend: bool) -> None:
        """See `MarkingSurface`."""
        at = self._at
        if at is None:
            return
        if extend and self._marked_ends() is None:
            self._anchor = at
        if step in (Step.LEFT, Step.RIGHT):
            self._at = by_word(self._blocks, at, forward=step is Step.RIGHT)
        else:
            self._at = self._lay.stepped(at, step)
        if extend:
            self._head = self._at
        else:
            self.clear_marking()
        self._settle()

    def caret_rect(self) -> QRectF | None:
        """See `MarkingSurface`."""
        at = self._at
        if not self.caret_on or at is None:
            return None
        return self._lay.shaped(at.block).parts[at.part].caret(at.offset).translated(self._origin(at.block))

    def marked(self) -> tuple[Place, str] | None:
        """See `MarkingSurface`."""
        ends = self._marked_ends()
        if ends is None:
            return None
        first, last = ends
        text = self.text.text(Spot(*first, first.offset), Spot(*last, last.offset)).strip()
        block = self._blocks[first.block]
        place = block.cells[first.part].place if block.cells else block.place
        return (block.place if place == Place() else place, text) if text else None

    def over_text(self, at: QPointF) -> bool:
        """See `MarkingSurface`."""
        return self._left() <= at.x() <= self._left() + self._lay.width

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+A marks everything."""
        if event.matches(QKeySequence.StandardKey.SelectAll) and self._blocks:
            last = len(self._blocks) - 1
            texts = parts_of(self._blocks[last])
            self._anchor, self._head = Caret(0, 0, 0), Caret(last, len(texts) - 1, len(texts[-1]))
            self.text_marked.emit(self.marked())
            self.viewport().update()
        else:
            super().keyPressEvent(event)


def _beside(rect: QRectF, x: float) -> float:
    return max(rect.left() - x, 0.0, x - rect.right())


def _first_two(entry: tuple[float, str, Mark]) -> tuple[float, str]:
    return entry[:2]
