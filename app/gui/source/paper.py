"""The pages of a PDF as they look. Pages lie where their sizes put them; their pictures come when they are looked at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from app.core.document import Box, Finding, Place
from app.gui.source.caret import Step
from app.gui.source.highlights import CHECK, paint_caret, paint_check, paint_flash, paint_hits, paint_mark, paint_selection
from app.gui.source.hits import Hit
from app.gui.source.layout import PIXELS_PER_POINT, PageLayout, PagePoint, fitting_scale
from app.gui.source.marking import MarkingSurface
from app.gui.source.marks import Mark
from app.gui.source.notice import PageNotice, paint_unread
from app.gui.source.opened import Drawn, Missed, OpenDocument, Quoted, Worded
from app.gui.source.pagemarks import PageMarks
from app.gui.source.pagetext import PageText, WordAt
from app.gui.source.pictures import Pictures, tiles_of
from app.gui.source.wanted import Tile
from app.gui.theme import LIGHT, theme
from app.workers.pages import PageHit

__all__ = ["PaperView"]

_MOST_BYTES = 128 * 1024 * 1024
_HIDDEN_BYTES = 24 * 1024 * 1024


class PaperView(MarkingSurface):
    """One open PDF."""

    def __init__(self, source: OpenDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source = source
        self._sizes = source.file.sizes if source.file is not None else ()
        self._unread = frozenset(source.record.summary.unreadable_pages)
        self.marks = PageMarks()
        self.text = PageText()
        self.pictures = Pictures(_MOST_BYTES)
        self.hits: dict[int, list[tuple[int, PageHit]]] = {}
        self.current_hit = -1
        self._asked: tuple[Tile, ...] = ()
        self._failed: dict[int, PageNotice] = {}
        self._anchor: WordAt | None = None
        self._pending: tuple[int, Step, bool] | None = None
        self._layout = PageLayout((), 1.0, 1.0, 0.0)
        self._wanting = QTimer(self)
        self._wanting.setSingleShot(True)
        self._wanting.setInterval(0)
        self._wanting.timeout.connect(self._want)
        self.moved.connect(self._wanting.start)
        source.drawn.connect(self._on_drawn)
        source.missed.connect(self._on_missed)
        source.quoted.connect(self._on_quoted)
        source.worded.connect(self._on_worded)
        self.laid_out()

    # --- what is shown

    @property
    def page(self) -> int:
        """The page in focus: the one at a third of the height."""
        if not self._sizes:
            return 0
        return min(len(self._sizes), self._layout.page_at(round(self._top() + self.viewport().height() * self._layout.ratio / 3)))

    @property
    def pages(self) -> int:
        """How many there are."""
        return len(self._sizes)

    @property
    def sizes(self) -> Sequence[tuple[float, float]]:
        """Width and height of every page, in points."""
        return self._sizes

    def go_to_page(self, page: int) -> None:
        """Bring the top of a page to the top."""
        if 1 <= page <= self.pages:
            self.verticalScrollBar().setValue(round(self._layout.rect(page).top() / self._layout.ratio) - 12)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """The highlights of this document."""
        self.marks.set(marks)
        self._wanting.start()
        self.viewport().update()

    def set_hits(self, hits: Sequence[Hit], current: int) -> None:
        """The places where the words looked for stand."""
        self.hits = {}
        self.current_hit = current
        for hit in hits:
            if isinstance(hit.spot, PageHit):
                self.hits.setdefault(hit.spot.page, []).append((hit.number, hit.spot))
        self.viewport().update()

    def is_sharp(self) -> bool:
        """Whether every page in sight is shown by pictures of exactly its size, or has failed."""
        return all(page in self._failed or tile in self.pictures for page in self._in_sight() for tile in self._tiles(page))

    # --- as a surface

    def fitted(self) -> float:
        """See `Surface`."""
        return fitting_scale(self._sizes, self.viewport().width()) / PIXELS_PER_POINT

    def laid_out(self) -> None:
        """See `Surface`."""
        ratio = self.devicePixelRatioF()
        scale = self.zoom * PIXELS_PER_POINT
        self._layout = PageLayout(self._sizes, scale, ratio, self.viewport().width(), fit=self.fits)
        self.set_scroll_range(self._layout.width / ratio, self._layout.height / ratio)
        self.viewport().update()
        self._wanting.start()
        self.moved.emit()

    def whole_height(self) -> float:
        """See `Surface`."""
        return self._layout.height / self._layout.ratio

    def height_at(self, place: Place, quote: str) -> float | None:
        """See `Surface`."""
        if place.page is None or not self._sizes:
            return None
        page = min(max(1, place.page), self.pages)
        boxes = self.marks.boxes(place, quote)
        return self._layout.height_of(page, boxes[0][1].y0 if boxes and boxes[0][0] == page else 0.0)

    def fraction_of(self, place: Place, _quote: str = "", /) -> float | None:
        """By the box alone: asked for every mark there is."""
        if place.page is None or not 1 <= place.page <= self.pages:
            return None
        return self._layout.height_of(place.page, place.box.y0 if place.box is not None else 0.0) / self.whole_height()

    def held(self, y: float) -> object:
        """See `Surface`."""
        return self._layout.point(0.0, self.verticalScrollBar().value() + y) if self._layout.pages else None

    def hold(self, what: object, y: float) -> None:
        """See `Surface`."""
        if isinstance(what, PagePoint) and self._layout.pages:
            self.verticalScrollBar().setValue(round(self._layout.height_of(what.page, what.y) - y))

    def mark_at(self, x: float, y: float) -> Mark | None:
        """See `Surface`."""
        point = self._point(QPointF(x, y))
        return self.marks.at(*point, chosen=self.selected) if point is not None else None

    # --- geometry

    def _top(self) -> int:
        return round(self.verticalScrollBar().value() * self._layout.ratio)

    def _left(self) -> int:
        return round(self.horizontalScrollBar().value() * self._layout.ratio)

    def _in_sight(self) -> range:
        return self._layout.between(self._top(), self._top() + round(self.viewport().height() * self._layout.ratio))

    def _rects(self, page: int, boxes: Sequence[Box]) -> list[QRectF]:
        left, top = self._left() / self._layout.ratio, self._top() / self._layout.ratio
        return [self._layout.box(page, box).translated(-left, -top).adjusted(-1, -1, 1, 1) for box in boxes]

    def _point(self, at: QPointF) -> PagePoint | None:
        if not self._layout.pages:
            return None
        return self._layout.point(at.x() + self.horizontalScrollBar().value(), at.y() + self.verticalScrollBar().value())

    def point_at(self, at: QPointF) -> PagePoint | None:
        """The place on a page under a point of the viewport."""
        return self._point(at)

    def _seen(self, page: int) -> QRect:
        """What of a page is in sight, in its own device pixels."""
        ratio = self._layout.ratio
        seen = QRect(self._left(), self._top(), round(self.viewport().width() * ratio), round(self.viewport().height() * ratio))
        return seen.translated(-self._layout.rect(page).topLeft())

    def _tiles(self, page: int) -> tuple[Tile, ...]:
        rect = self._layout.rect(page)
        return tiles_of(page, rect.width(), rect.height(), self._seen(page))

    # --- wishes and answers

    def _want(self) -> None:
        """Ask for what is in sight, then for the pages beside it."""
        pages = self._in_sight()
        if not pages or not self.isVisible():
            return
        near = [page for page in (pages[-1] + 1, pages[0] - 1) if 1 <= page <= self.pages]
        tiles = tuple(tile for page in [*pages, *near] for tile in self._tiles(page) if tile not in self.pictures)
        if tiles != self._asked:
            self._asked = tiles
            self._source.wanted.tiles(tiles)
        for page in pages:
            if not self.text.has(page):
                self._source.wanted.words(page)
        self._source.wanted.quotes(self.marks.missing(pages))
        self._place_notices()

    def _on_drawn(self, drawn: Drawn) -> None:
        rect = self._layout.rect(drawn.tile.page) if drawn.tile.page <= self._layout.pages else QRect()
        if drawn.tile.whole == rect.width() or self.pictures.stand_in(drawn.tile.page) is None:
            self.pictures.put(drawn.tile, drawn.image)
            self._update(drawn.tile.page)

    def _on_missed(self, missed: Missed) -> None:
        if missed.page not in self._failed:
            notice = PageNotice(missed.finding, self.viewport())
            notice.again.connect(self._on_again)
            notice.page = missed.page
            self._failed[missed.page] = notice
            self._place_notices()

    def _on_again(self, page: int) -> None:
        notice = self._failed.pop(page, None)
        if notice is not None:
            notice.hide()
            notice.deleteLater()
        self._source.wanted.again(page)
        self.marks.forget(page)
        self._asked = ()
        self._want()

    def _on_quoted(self, quoted: Quoted) -> None:
        self.marks.take(quoted)
        self._update(quoted.wanted.page)

    def _on_worded(self, worded: Worded) -> None:
        self.text.put(worded.page, worded.words)
        self.text_came()
        if self._pending is not None and self._pending[0] == worded.page:
            _, step, extend = self._pending
            self._step(step, extend=extend)
        if worded.page == self.page:
            self.setAccessibleDescription(self.text.text(worded.page)[:5000])

    def _update(self, page: int) -> None:
        sight = self._in_sight()
        if page in sight or page + 1 in sight:
            self.viewport().update()

    def failure(self, page: int) -> Finding | None:
        """Why a page is not shown."""
        notice = self._failed.get(page)
        return notice.finding if notice is not None else None

    def _place_notices(self) -> None:
        ratio = self._layout.ratio
        sight = self._in_sight()
        for page, notice in self._failed.items():
            notice.setVisible(page in sight)
            if page in sight:
                rect = self._layout.rect(page).translated(-self._left(), -self._top())
                notice.fit(QRectF(rect.x() / ratio, rect.y() / ratio, rect.width() / ratio, rect.height() / ratio))

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in sight."""
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), theme.colour("canvas"))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            for page in self._in_sight():
                self._paint_paper(painter, page)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for page in self._in_sight():
                self._paint_on(painter, page)
            self._paint_flash(painter)
            caret = self.caret_rect()
            if caret is not None:
                paint_caret(painter, caret, on_paper=True)
            self.paint_focus(painter)

    def _paint_paper(self, painter: QPainter, page: int) -> None:
        """In device pixels, so that pictures are copied as they are."""
        ratio = self._layout.ratio
        rect = self._layout.rect(page).translated(-self._left(), -self._top())
        painter.save()
        painter.scale(1 / ratio, 1 / ratio)
        painter.setPen(theme.colour("line"))
        painter.setBrush(theme.colour("paper") if not theme.dark else LIGHT.paper)
        painter.drawRect(rect.adjusted(-1, -1, 0, 0))
        tiles = self._tiles(page)
        if any(tile not in self.pictures for tile in tiles):
            other = self.pictures.stand_in(page)
            if other is not None:
                painter.drawImage(rect, other)
        for tile in tiles:
            image = self.pictures.get(tile)
            if image is not None:
                painter.drawImage(rect.left() + tile.left, rect.top() + tile.top, image)
        painter.restore()

    def _paint_on(self, painter: QPainter, page: int) -> None:
        ratio = self._layout.ratio
        left = (self._layout.rect(page).left() - self._left()) / ratio
        chosen = []
        for one in self.marks.on(page):
            rects = self._rects(page, one.boxes)
            if one.mark.owner == self.selected:
                chosen.append((one.mark, rects))
            else:
                paint_mark(painter, rects, one.mark, selected=False, on_paper=True)
            if one.mark.state == "done":
                paint_check(painter, QPointF(max(left, 0.0) + CHECK, rects[0].center().y()), on_paper=True)
        for mark, rects in chosen:
            paint_mark(painter, rects, mark, selected=True, on_paper=True)
        for number, hit in self.hits.get(page, ()):
            paint_hits(painter, self._rects(page, hit.boxes), current=number == self.current_hit, on_paper=True)
        marked = self.text.boxes(page)
        if marked:
            paint_selection(painter, self._rects(page, marked), on_paper=True)
        if page in self._unread:
            top = (self._layout.rect(page).top() - self._top()) / ratio
            paint_unread(painter, QRectF(left, top, self._layout.rect(page).width() / ratio, 0))

    def _paint_flash(self, painter: QPainter) -> None:
        place = self.flash.place
        if self.flash.strength > 0 and place is not None:
            for page, box in self.marks.boxes(place, self.flash.quote):
                if page <= self.pages:
                    paint_flash(painter, self._rects(page, [box]), self.flash.strength, on_paper=True)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for what is in sight."""
        super().showEvent(event)
        self._asked = ()
        self._wanting.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nothing, and keep few pictures: other documents need the room."""
        super().hideEvent(event)
        self._source.wanted.tiles(())
        self.pictures.trim(_HIDDEN_BYTES)

    # --- marking text

    def begin_marking(self, at: QPointF) -> None:
        """See `MarkingSurface`."""
        point = self._point(at)
        self.text.clear()
        self._anchor = self.text.nearest(*point) if point is not None else None

    def extend_marking(self, at: QPointF) -> None:
        """See `MarkingSurface`."""
        point = self._point(at)
        if self.text.anchor is None:
            self.text.anchor = self._anchor
        if point is not None and self.text.anchor is not None:
            self.text.head = self.text.nearest(*point) or self.text.head

    def clear_marking(self) -> None:
        """See `MarkingSurface`."""
        self.text.clear()

    def mark_word(self, at: QPointF) -> bool:
        """See `MarkingSurface`."""
        point = self._point(at)
        word = self.text.nearest(*point) if point is not None and self.text.over(*point) else None
        if word is not None:
            self.text.mark_word(word)
        return word is not None

    def place_caret(self) -> bool:
        """See `MarkingSurface`."""
        mark = self.marks.get(self.selected)
        boxes = self.marks.boxes(mark.place, mark.quote) if mark is not None else ()
        here = self._point(QPointF(0.0, self.viewport().height() / 3))
        self.text.caret = self.text.nearest(*here) if here is not None else None
        if boxes and boxes[0][0] in self._in_sight():
            page, box = boxes[0]
            self.text.caret = self.text.nearest(page, box.x0, min(box.y0 + 4, box.y1)) or self.text.caret
        return self.text.caret is not None

    def move_caret(self, step: Step, *, extend: bool) -> None:
        """See `MarkingSurface`. The words of the next page may have to come first: then the step is made when they are here."""
        page = self.text.move(step, extend=extend)
        self._pending = (page, step, extend) if page is not None and 1 <= page <= self.pages else None
        if self._pending is not None:
            self._source.wanted.words(self._pending[0])

    def caret_rect(self) -> QRectF | None:
        """See `MarkingSurface`."""
        caret = self.text.caret if self.caret_on else None
        box = self.text.box(caret) if caret is not None else None
        return self._rects(caret.page, [box])[0] if caret is not None and box is not None else None

    def marked(self) -> tuple[Place, str] | None:
        """See `MarkingSurface`."""
        return self.text.marked()

    def over_text(self, at: QPointF) -> bool:
        """See `MarkingSurface`."""
        point = self._point(at)
        return point is not None and self.text.over(*point)
