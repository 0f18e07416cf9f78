"""What is drawn on a page: rules, boxes and pictures, out of the page's objects."""

from __future__ import annotations

import struct
from collections.abc import Callable
from ctypes import byref, c_float, c_int, c_uint
from itertools import repeat

import pypdfium2.raw as pdfium

from app.core.document import Box, Picture
from app.documents.pdf import calls
from app.documents.pdf.calls import Handle, address
from app.documents.pdf.geometry import View
from app.documents.pdf.shapes import Colour, Drawing, DrawnBox, Rule

_PATH, _IMAGE, _FORM = 2, 3, 5
_THIN = 3.0
_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 4_000
_DEEPEST = 6
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_MOVE, _LINE = pdfium.FPDF_SEGMENT_MOVETO, pdfium.FPDF_SEGMENT_LINETO
_TWO, _FOUR, _SIX = struct.Struct("2f").unpack, struct.Struct("4f").unpack, struct.Struct("6f").unpack
Matrix = tuple[float, float, float, float, float, float]


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    k, l, m, n, o, p = outer  # noqa: E741
    return a * k + b * m, a * l + b * n, c * k + d * m, c * l + d * n, e * k + f * m + o, e * l + f * n + p


class PageDrawing:
    """Collects the drawing of one page after another with the same buffers."""

    def __init__(self) -> None:
        self._bounds = (c_float * 4)()
        self._to_bounds = tuple(byref(self._bounds, 4 * index) for index in range(4))
        self._colour = tuple(c_uint() for _ in range(4))
        self._colours = tuple(byref(value) for value in self._colour)
        self._fill_mode, self._stroke = c_int(), c_int()
        self._modes = (byref(self._fill_mode), byref(self._stroke))
        self._point = (c_float * 2)()
        self._to_point = (byref(self._point), byref(self._point, 4))
        self._place = pdfium.FS_MATRIX()
        self._to_place = byref(self._place)
        self._left = 0

    def drawing(self, page: object, view: View, number: int) -> Drawing:
        """Rules, boxes and pictures of an open page."""
        found = Drawing()
        self._left = _MOST_OBJECTS
        count = pdfium.FPDFPage_CountObjects(page)
        self._walk(address(page), count, calls.get_object, None, view, number, found, 0)
        return found

    def _walk(
        self,
        holder: Handle,
        count: int,
        get: Callable[[Handle, int], Handle],
        matrix: Matrix | None,
        view: View,
        number: int,
        found: Drawing,
        depth: int,
    ) -> None:
        # Nine objects of ten are text: the loops that ask each for its kind are those of C.
        items = list(map(get, repeat(holder), range(min(count, self._left))))
        for item, kind in zip(items, map(calls.get_object_type, items), strict=True):
            if kind == _PATH:
                self._path(item, matrix, view, found)
            elif kind == _IMAGE:
                self._picture(item, matrix, view, number, found)
            elif kind == _FORM and depth < _DEEPEST:
                inner = self._matrix(item)
                whole = inner if matrix is None else _times(inner, matrix)
                self._left -= count
                self._walk(
                    item,
                    calls.count_form_objects(item),
                    calls.get_form_object,
                    whole,
                    view,
                    number,
                    found,
                    depth + 1,
                )

    def _matrix(self, item: Handle) -> Matrix:
        if not calls.get_object_matrix(item, self._to_place):
            return _IDENTITY
        return _SIX(self._place)

    def _box(self, item: Handle, matrix: Matrix | None, view: View) -> Box | None:
        if not calls.get_object_bounds(item, *self._to_bounds):
            return None
        left, bottom, right, top = _FOUR(self._bounds)
        if matrix is not None:
            a, b, c, d, e, f = matrix
            xs = [a * x + c * y + e for x in (left, right) for y in (bottom, top)]
            ys = [b * x + d * y + f for x in (left, right) for y in (bottom, top)]
            left, bottom, right, top = min(xs), min(ys), max(xs), max(ys)
        return view.box(left, bottom, right, top)

    def _path(self, item: Handle, matrix: Matrix | None, view: View, found: Drawing) -> None:
        calls.get_draw_mode(item, *self._modes)
        filled, stroked = self._fill_mode.value != 0, self._stroke.value != 0
        if not filled and not stroked:
            return
        box = self._box(item, matrix, view)
        if box is None:
            return
        found.strokes += 1
        width, height = box.x1 - box.x0, box.y1 - box.y0
        if height <= _THIN or width <= _THIN:
            if width > height and width > _THIN:
                found.across.append(Rule((box.y0 + box.y1) / 2, box.x0, box.x1))
            elif height > _THIN:
                found.down.append(Rule((box.x0 + box.x1) / 2, box.y0, box.y1))
            return
        segments = calls.count_segments(item)
        fill = self._fill_colour(item) if filled else None
        if 4 <= segments <= 5:
            found.boxes.append(DrawnBox(_inset(box, stroked), fill, stroked))
        elif not stroked and width < 30 and height < 30:
            # Letters and logos drawn as filled shapes.
            return
        elif segments > 5 and (stroked or (segments % 5 == 0 and fill is not None) or segments <= 30):
            self._segments(item, min(segments, _MOST_SEGMENTS), matrix, view, fill, stroked, box, found)

    def _fill_colour(self, item: Handle) -> Colour | None:
        if not calls.get_fill_color(item, *self._colours):
            return None
        red, green, blue, alpha = (value.value for value in self._colour)
        return (red, green, blue) if alpha > 8 else None

    def _segments(
        self,
        item: Handle,
        count: int,
        matrix: Matrix | None,
        view: View,
        fill: Colour | None,
        stroked: bool,
        box: Box,
        found: Drawing,
    ) -> None:
        """A path of many segments: a grid drawn at once, a rounded box, or art (which gives nothing)."""
        place = self._matrix(item)
        if matrix is not None:
            place = _times(place, matrix)
        a, b, c, d, e, f = place
        start = last = (0.0, 0.0)
        across: list[Rule] = []
        down: list[Rule] = []
        curves = 0
        plain, left, top = view.turns == 0, view.left, view.top
        buffer, (to_x, to_y) = self._point, self._to_point
        get, type_of, point_of, closes = (
            calls.get_segment,
            calls.get_segment_type,
            calls.get_segment_point,
            calls.get_segment_close,
        )
        for index in range(count):
            segment = get(item, index)
            kind = type_of(segment)
            point_of(segment, to_x, to_y)
            x, y = _TWO(buffer)
            x, y = a * x + c * y + e, b * x + d * y + f
            point = (x - left, top - y) if plain else view.point(x, y)
            if kind == _MOVE:
                start = last = point
                continue
            if kind == _LINE:
                _add_rule(last, point, across, down)
            else:
                curves += 1
                if count > 30:
                    # Curved and long: art.
                    return
            last = point
            if closes(segment):
                _add_rule(last, start, across, down)
                last = start
        if curves:
            # A rounded rectangle has a straight stretch near each side; everything else that is curved is art.
            above = any(abs(rule.at - box.y0) < 1.5 for rule in across)
            below = any(abs(rule.at - box.y1) < 1.5 for rule in across)
            if count <= 30 and above and below and down:
                found.boxes.append(DrawnBox(_inset(box, stroked), fill, stroked))
            return
        if not stroked and len(across) == 2 * (count // 5) and fill is not None and count % 5 == 0:
            self._rectangles(across, fill, found)
            return
        found.across.extend(across)
        found.down.extend(down)

    def _rectangles(self, across: list[Rule], fill: Colour, found: Drawing) -> None:
        for first, second in zip(across[::2], across[1::2], strict=True):
            box = Box(first.start, min(first.at, second.at), first.end, max(first.at, second.at))
            if box.y1 - box.y0 <= _THIN:
                found.across.append(Rule((box.y0 + box.y1) / 2, box.x0, box.x1))
            elif box.x1 - box.x0 <= _THIN:
                found.down.append(Rule((box.x0 + box.x1) / 2, box.y0, box.y1))
            else:
                found.boxes.append(DrawnBox(box, fill, False))

    def _picture(self, item: Handle, matrix: Matrix | None, view: View, number: int, found: Drawing) -> None:
        whole = self._box(item, matrix, view)
        if whole is None:
            return
        width, height = view.size
        box = Box(max(whole.x0, 0), max(whole.y0, 0), min(whole.x1, width), min(whole.y1, height))
        clip = self._clip(item, matrix, view)
        if clip is not None:
            box = Box(max(box.x0, clip.x0), max(box.y0, clip.y0), min(box.x1, clip.x1), min(box.y1, clip.y1))
        if box.x1 <= box.x0 or box.y1 <= box.y0:
            return
        area = (box.x1 - box.x0) * (box.y1 - box.y0)
        found.picture_area += area
        if area < 0.5 * width * height and len(found.pictures) < 500:
            found.pictures.append(Picture(number, box, round(box.y0 - whole.y0, 1), self._digest(item)))

    def _clip(self, item: Handle, matrix: Matrix | None, view: View) -> Box | None:
        clip = calls.get_clip_path(item)
        if not clip:
            return None
        result: Box | None = None
        for path in range(min(max(0, calls.count_clip_paths(clip)), 16)):
            count = min(calls.count_clip_segments(clip, path), 64)
            if count < 3:
                continue
            xs, ys = [], []
            for index in range(count):
                segment = calls.get_clip_segment(clip, path, index)
                calls.get_segment_point(segment, *self._to_point)
                x, y = _TWO(self._point)
                if matrix is not None:
                    a, b, c, d, e, f = matrix
                    x, y = a * x + c * y + e, b * x + d * y + f
                x, y = view.point(x, y)
                xs.append(x)
                ys.append(y)
            box = Box(min(xs), min(ys), max(xs), max(ys))
            if result is not None:
                box = Box(max(box.x0, result.x0), max(box.y0, result.y0), min(box.x1, result.x1), min(box.y1, result.y1))
            result = box
        return result

    def _digest(self, item: Handle) -> str:
        width, height = c_uint(), c_uint()
        picture = calls.page_object(item)
        pdfium.FPDFImageObj_GetImagePixelSize(picture, byref(width), byref(height))
        length = pdfium.FPDFImageObj_GetImageDataRaw(picture, None, 0)
        return f"{width.value}x{height.value}:{length}"


def _inset(box: Box, stroked: bool) -> Box:
    """PDFium's bounds of a stroked path lie outside its line: half a point is taken off again."""
    return Box(box.x0 + 0.5, box.y0 + 0.5, box.x1 - 0.5, box.y1 - 0.5) if stroked else box


def _add_rule(start: tuple[float, float], end: tuple[float, float], across: list[Rule], down: list[Rule]) -> None:
    x0, y0 = start
    x1, y1 = end
    if x0 > x1:
        x0, x1 = x1, x0
    if y0 > y1:
        y0, y1 = y1, y0
    if y1 - y0 < 0.6 and x1 - x0 > 1:
        across.append(Rule((y0 + y1) / 2, x0, x1))
    elif x1 - x0 < 0.6 and y1 - y0 > 1:
        down.append(Rule((x0 + x1) / 2, y0, y1))
