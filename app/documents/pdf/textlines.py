"""The text of a page as runs: one per printed stretch without a wide gap, with box, size and weight.

PDFium's own lines give the order; its rectangles give the places. Each call into the library costs about a microsecond and a page
has two thousand characters, so characters are only asked about at the start and end of a run.
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_left, bisect_right
from ctypes import POINTER, byref, c_double, c_int, c_ushort, cast, create_string_buffer

import pypdfium2.raw as pdfium

from app.core.document import Box
from app.documents.pdf import calls
from app.documents.pdf.calls import Handle, address
from app.documents.pdf.geometry import View
from app.documents.pdf.glyphs import has_symbols, is_bold, symbols_to_text
from app.documents.pdf.lines import clean
from app.documents.pdf.shapes import Rule, Run

_BREAK = re.compile("[\x02\ufffe\r\n]")
_WORD = re.compile(r"\S+")
_RECTANGLE, _MATRIX = struct.Struct("4d").unpack, struct.Struct("6f").unpack
Rectangle = tuple[float, float, float, float]
_WIDE_SPACE = re.compile(r"(?<=\S)[ \u00a0\t]{3,}(?=\S)")


class TextPage:
    """Reads the runs of one page after another with the same buffers."""

    def __init__(self) -> None:
        # A rectangle as left, bottom, right, top: GetRect and GetCharBox each give them in an order of their own.
        self._rect = (c_double * 4)()
        left, bottom, right, top = (byref(self._rect, 8 * index) for index in range(4))
        self._to_rect = (left, top, right, bottom)
        self._to_char = (left, right, bottom, top)
        self._matrix = pdfium.FS_MATRIX()
        self._to_matrix = byref(self._matrix)
        self._name = create_string_buffer(128)
        self._flags = c_int()
        self._to_flags = byref(self._flags)
        self._make_room(1 << 14)
        self._bold: dict[bytes, bool] = {}

    def runs(self, page: object, view: View, down: list[Rule]) -> list[Run]:
        """The runs of an open page in the order the file draws them, cut where they cross a rule of `down`."""
        text_page = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            return []
        try:
            runs = self._runs(text_page, view)
            if down:
                runs = self._cut_at_rules(address(text_page), view, runs, down)
            for run in runs:
                text = run.text
                if not (text.isascii() and text.isprintable() and "  " not in text):
                    run.text = clean(text)
            return runs
        finally:
            pdfium.FPDFText_ClosePage(text_page)

    def _cut_at_rules(self, page: Handle, view: View, runs: list[Run], down: list[Rule]) -> list[Run]:
        """Runs that a rule parts become two: narrow cells are drawn as one string, or closer than a blank is wide."""
        rules = sorted(down)
        levels = [rule.at for rule in rules]
        result: list[Run] = []
        for run in runs:
            near = rules[bisect_left(levels, run.x0 + 2) : bisect_right(levels, run.x1 - 2)]
            if not near:
                result.append(run)
                continue
            middle = (run.y0 + run.y1) / 2
            cuts = sorted({rule.at for rule in near if rule.start <= middle <= rule.end})
            result += self._parts(page, view, run, cuts) if cuts and run.exact and run.upright else [run]
        return result

    def _parts(self, page: Handle, view: View, run: Run, cuts: list[float]) -> list[Run]:
        words = list(_WORD.finditer(run.text))
        boxes: list[Box] = []
        for word in words:
            found = [self._char_box(page, view, run.index + offset) for offset in (word.start(), word.end() - 1)]
            # Letters that are set backwards end left of where they begin.
            boxes.append(Box(min(box.x0 for box in found), found[0].y0, max(box.x1 for box in found), found[1].y1))
        parts: list[Run] = []
        start = 0
        for index in range(1, len(words) + 1):
            if index < len(words) and not any(boxes[index - 1].x1 - 1 <= cut <= boxes[index].x0 + 1 for cut in cuts):
                continue
            text = run.text[words[start].start() : words[index - 1].end()]
            number = run.index + words[start].start()
            x0, x1 = min(box.x0 for box in boxes[start:index]), max(box.x1 for box in boxes[start:index])
            parts.append(Run(text, x0, run.y0, x1, run.y1, run.base, run.size, run.bold, number, True))
            start = index
        if parts:
            parts[-1].hyphen = run.hyphen
        return parts or [run]

    def _char_box(self, page: Handle, view: View, index: int) -> Box:
        calls.get_char_box(page, index, *self._to_char)
        return view.box(*_RECTANGLE(self._rect))

    def _make_room(self, characters: int) -> None:
        self._capacity = characters
        self._buffer = create_string_buffer(2 * characters)
        self._to_buffer = cast(self._buffer, POINTER(c_ushort))

    def _text(self, text_page: object, count: int) -> str:
        if count + 1 > self._capacity:
            self._make_room(count + 1024)
        got = pdfium.FPDFText_GetText(text_page, 0, count, self._to_buffer)
        return bytes(memoryview(self._buffer)[: 2 * max(0, got - 1)]).decode("utf-16-le", "replace")

    def _runs(self, text_page: object, view: View) -> list[Run]:
        count = pdfium.FPDFText_CountChars(text_page)
        if count <= 0:
            return []
        text = self._text(text_page, count)
        # Characters without a Unicode value are counted by PDFium but not given: positions must then be translated.
        exact = len(text) == count
        page = address(text_page)
        runs: list[Run] = []
        start = 0
        for line in text.split("\r\n"):
            at = start
            if not line.isprintable():
                for found in _BREAK.finditer(line):
                    end = start + found.start()
                    self._line(page, text[at:end], at, text[end] in "\x02\ufffe", exact, view, runs)
                    at = end + 1
            self._line(page, line[at - start :], at, False, exact, view, runs)
            start += len(line) + 2
        return runs

    def _line(self, page: Handle, text: str, start: int, hyphen: bool, exact: bool, view: View, runs: list[Run]) -> None:
        if not text or text.isspace():
            return
        first, length = start, len(text)
        if not exact:
            first = calls.get_char_index(page, start)
            length = calls.get_char_index(page, start + len(text) - 1) - first + 1
            if first < 0 or length <= 0:
                return
        before = len(runs)
        count = calls.count_rects(page, first, length)
        if count == 1 and "   " not in text:
            left, top, right, bottom = self._to_rect
            calls.get_rect(page, 0, left, top, right, bottom)
            self._add(page, text, first, _RECTANGLE(self._rect), view, runs, exact)
        elif count > 0:
            self._split(page, text, start, first, length, self._rectangles(page, count), view, runs, exact)
        if hyphen and len(runs) > before:
            runs[-1].hyphen = True
            runs[-1].text += "-"

    def _split(
        self,
        page: Handle,
        text: str,
        start: int,
        first: int,
        length: int,
        rectangles: list[Rectangle],
        view: View,
        runs: list[Run],
        exact: bool,
    ) -> None:
        """Add a line that may really be several."""
        size, a, b, _, _ = self._place(page, first + (len(text) - len(text.lstrip()) if exact else 0))
        cuts: list[tuple[int, int]] = []
        if abs(a) >= abs(b):
            if len(rectangles) > 1:
                cuts = self._cuts(page, first, length, rectangles, size)
            if exact and "   " in text:
                cuts = self._cut_at_spaces(page, text, first, rectangles, size, cuts)
        if not cuts:
            self._add(page, text, first, _around(rectangles), view, runs, exact)
            return
        done, taken = 0, 0
        for offset, upto in [*cuts, (length, len(rectangles))]:
            end = offset if exact else max(done, calls.get_text_index(page, first + offset) - start)
            if offset == length:
                end = len(text)
            if upto > taken:
                index = first + (done if exact else taken and offset)
                self._add(page, text[done:end], index, _around(rectangles[taken:upto]), view, runs, exact)
            done, taken = end, upto

    def _rectangles(self, page: Handle, count: int) -> list[Rectangle]:
        """The rectangles that PDFium counted last."""
        get, rect, unpack = calls.get_rect, self._rect, _RECTANGLE
        left, top, right, bottom = self._to_rect
        found: list[Rectangle] = []
        for index in range(count):
            get(page, index, left, top, right, bottom)
            found.append(unpack(rect))
        return found

    def _cuts(self, page: Handle, first: int, length: int, rectangles: list[Rectangle], size: float) -> list[tuple[int, int]]:
        """Where a line is really two: (offset of the character, index of the rectangle) after each wide gap."""
        cuts: list[tuple[int, int]] = []
        wide = 0.9 * size
        edge, low, high = rectangles[0][2], rectangles[0][1], rectangles[0][3]
        for index in range(1, len(rectangles)):
            left, bottom, right, top = rectangles[index]
            if left - edge > wide or left < edge - 3 * size or bottom > high + 0.2 * size or top < low - 0.2 * size:
                cuts.append((self._start_of(page, first, length, index, len(rectangles)), index))
                edge = right
                low, high = bottom, top
            else:
                edge = right if right > edge else edge
                low = bottom if bottom < low else low
                high = top if top > high else high
        return cuts

    def _start_of(self, page: Handle, first: int, length: int, index: int, count: int) -> int:
        """Offset of the first character of rectangle `index` of `count`: fewer rectangles lie in a shorter stretch.

        Looked for around the place where it stood if all were equally wide, then by halving.
        """
        high, step = 1 + length * index // count, 4
        if calls.count_rects(page, first, high) > index:
            low = high - step
            while low > 0 and calls.count_rects(page, first, low) > index:
                high, step = low, 2 * step
                low -= step
            low = max(low, 0) + 1
        else:
            low = high + 1
            high += step
            while high < length and calls.count_rects(page, first, high) <= index:
                low, step = high + 1, 2 * step
                high += step
            high = min(high, length)
        while low < high:
            middle = (low + high) // 2
            if calls.count_rects(page, first, middle) > index:
                high = middle
            else:
                low = middle + 1
        return low - 1

    def _cut_at_spaces(
        self,
        page: Handle,
        text: str,
        first: int,
        rectangles: list[Rectangle],
        size: float,
        cuts: list[tuple[int, int]],
    ) -> list[tuple[int, int]]:
        """Cuts inside one drawn string: three blanks or more that are as wide as a gap between columns."""
        known = {offset for offset, _ in cuts}
        for found in _WIDE_SPACE.finditer(text):
            offset = found.end()
            if offset in known:
                continue
            if not calls.get_char_box(page, first + found.start() - 1, *self._to_char):
                continue
            edge = self._rect[2]
            calls.get_char_box(page, first + offset, *self._to_char)
            left = self._rect[0]
            if left - edge < 0.9 * size:
                continue
            for index, (x0, y0, x1, y1) in enumerate(rectangles):
                if x0 <= left <= x1 and x0 <= edge <= x1:
                    rectangles[index : index + 1] = [(x0, y0, edge, y1), (left, y0, x1, y1)]
                    cuts = [(at, upto + (upto > index)) for at, upto in cuts]
                    cuts.append((offset, index + 1))
                    break
        return sorted(cuts)

    def _place(self, page: Handle, index: int) -> tuple[float, float, float, float, float]:
        """Font size as shown of a character, its direction (two numbers) and its origin (two more)."""
        if not calls.get_char_matrix(page, index, self._to_matrix):
            return 10.0, 1.0, 0.0, 0.0, 0.0
        a, b, c, d, e, f = _MATRIX(self._matrix)
        size: float = calls.get_font_size(page, index) * (c * c + d * d) ** 0.5
        return size if 0.5 < size < 400 else 10.0, a, b, e, f

    def _is_bold(self, page: Handle, index: int) -> bool:
        self._flags.value = 0
        got = calls.get_font_info(page, index, self._name, 128, self._to_flags)
        name = self._name.value if 0 < got <= 128 else b""
        known = self._bold.get(name)
        if known is None:
            known = self._bold[name] = is_bold(name)
        return known or bool(self._flags.value & 0x40000)

    def _add(self, page: Handle, text: str, first: int, box: Rectangle, view: View, runs: list[Run], exact: bool) -> None:
        stripped = text.strip()
        if not stripped:
            return
        index = first
        if exact and len(stripped) != len(text):
            index += len(text) - len(text.lstrip())
        at = index
        if exact:
            # A character near the middle: the first one may be a raised mark of a footnote or a bullet of another font.
            middle = len(stripped) // 2
            at += middle if stripped[middle] != " " else middle + 1
        size, a, b, e, f = self._place(page, at)
        left, bottom, right, top = box
        if has_symbols(stripped):
            stripped = symbols_to_text(stripped, page, index, exact, self._name)
        if view.turns == 0:
            # What the view does, without its calls: nearly every run of every document comes here.
            upright = a > 0 and a >= abs(b)
            base = view.top - f
            left, top, right, bottom = left - view.left, view.top - top, right - view.left, view.top - bottom
        else:
            across, along = view.direction(a, b)
            upright = across > 0 and across >= abs(along)
            base = view.point(e, f)[1]
            left, top, right, bottom = view.box(left, bottom, right, top)
        bold = self._is_bold(page, index)
        if bold and exact and len(stripped) > 1:
            bold = self._is_bold(page, first + len(text.rstrip()) - 1)
        if upright:
            if not top - size <= base <= bottom + size:
                base = bottom
            ascent, descent = base - 0.72 * size, base + 0.2 * size
            run = Run(
                stripped,
                left,
                ascent if ascent < top else top,
                right,
                descent if descent > bottom else bottom,
                base,
                size,
                bold,
                index,
                exact,
            )
        else:
            run = Run(stripped, left, top, right, bottom, bottom, size, bold, index, exact)
            run.upright = False
        runs.append(run)


def _around(rectangles: list[Rectangle]) -> Rectangle:
    left, bottom, right, top = rectangles[0]
    for x0, y0, x1, y1 in rectangles:
        left = x0 if x0 < left else left
        bottom = y0 if y0 < bottom else bottom
        right = x1 if x1 > right else right
        top = y1 if y1 > top else top
    return left, bottom, right, top
