"""Where pages lie, which pictures they need, and which of them are kept."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from app.core.document import Box
from app.gui.source.layout import PageLayout, fitting_scale
from app.gui.source.pictures import Pictures, tiles_of
from app.gui.source.wanted import Tile

A4, WIDE = (595.0, 842.0), (842.0, 595.0)


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
def test_a_point_of_the_window_is_the_point_of_the_page_it_shows(ratio: float) -> None:
    layout = PageLayout([A4, WIDE, A4] * 100, 1.1, ratio, 800)
    box = layout.box(200, Box(100, 200, 150, 220))
    point = layout.point(box.left(), box.top())
    assert point.page == 200
    assert (point.x, point.y) == pytest.approx((100, 200))
    assert box.width() == pytest.approx(50 * 1.1)


def test_pages_in_a_stretch_are_those_that_it_touches() -> None:
    layout = PageLayout([A4] * 5, 1.0, 1.0, 700)
    assert list(layout.between(0, 500)) == [1]
    assert list(layout.between(layout.rect(2).bottom(), layout.rect(3).top())) == [2, 3]
    assert list(layout.between(layout.rect(2).bottom() + 2, layout.rect(3).top() - 1)) == []
    assert list(layout.between(layout.height - 1, layout.height + 500)) == []
    assert list(PageLayout([], 1.0, 1.0, 700).between(0, 100)) == []


def test_most_pages_fit_the_width_and_a_wider_one_is_shown_smaller() -> None:
    scale = fitting_scale([A4, A4, WIDE], 800)
    fitted = PageLayout([A4, A4, WIDE], scale, 1.0, 800, fit=True)
    assert fitted.rect(1).width() == fitted.rect(3).width() == 752
    assert fitted.width == 800
    assert PageLayout([A4, WIDE], scale, 1.0, 800).width > 1000


def test_a_large_page_is_cut_into_pieces_that_cover_what_is_seen() -> None:
    [whole] = tiles_of(1, 1000, 1400)
    assert (whole.width, whole.height) == (1000, 1400)
    seen = QRect(1500, 3000, 900, 700)
    tiles = tiles_of(1, 4000, 5600, seen)
    covered = QRect()
    for tile in tiles:
        covered = covered.united(QRect(tile.left, tile.top, tile.width, tile.height))
    assert covered.contains(seen)
    assert len(tiles) < len(tiles_of(1, 4000, 5600))
    assert all(tile.left + tile.width <= 4000 and tile.top + tile.height <= 5600 for tile in tiles_of(1, 4000, 5600))
    assert tiles_of(1, 4000, 5600, QRect(0, 9000, 10, 10)) == ()


def tile(page: int, width: int = 100) -> Tile:
    return Tile(page, width, 100, 0, 0, width, 100)


def picture(width: int = 100) -> QImage:
    return QImage(width, 100, QImage.Format.Format_RGB32)


def test_the_picture_not_looked_at_for_longest_goes_first() -> None:
    pictures = Pictures(3 * tile(1).bytes)
    for page in (1, 2, 3):
        pictures.put(tile(page), picture())
    assert pictures.get(tile(1)) is not None
    pictures.put(tile(4), picture())
    assert [page for page in (1, 2, 3, 4) if tile(page) in pictures] == [1, 3, 4]
    assert pictures.bytes == 3 * tile(1).bytes
    pictures.put(tile(4), picture())
    assert pictures.bytes == 3 * tile(1).bytes
    pictures.trim(0)
    assert len(pictures) == 1
    assert tile(4) in pictures


def test_the_largest_whole_picture_stands_in() -> None:
    pictures = Pictures(10_000_000)
    pictures.put(tile(1, 50), picture(50))
    pictures.put(tile(1, 200), picture(200))
    pictures.put(Tile(1, 900, 900, 0, 0, 300, 300), picture(300))
    found = pictures.stand_in(1)
    assert found is not None
    assert found.width() == 200
    assert pictures.stand_in(2) is None
