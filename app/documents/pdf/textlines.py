"""The text of a page as runs: one per printed stretch without a wide gap, with box, size and weight.

PDFium's own lines give the order; its rectangles give the places. Each call into the library costs about a microsecond and a page
has two thousand characters, so characters are only asked about at the start and end of a run.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from ctypes import POINTER, byref, c_double, c_int, c_ushort, cast, create_string_buffer

import pypdfium2.raw as pdfium

from app.core.document import Box
from app.documents.pdf.geometry import View
from app.documents.pdf.glyphs import has_symbols, is_bold, symbols_to_text
from app.documents.pdf.lines import clean
from app.documents.pdf.shapes import Rule, Run

_BREAK = re.compile("[\x02\ufffe](?:\r\n)?|\r\n|\r|\n")
_WORD = re.compile(r"\S+")
_WIDE_SPACE = re.compile(r"(?<=\S)[ \u00a0\t]{3,}(?=\S)")


class TextPage:
    """Reads the runs of one page after another with the same buffers."""

    def __init__(self) -> None:
        self._left, self._top, self._right, self._bottom = c_double(), c_double(), c_double(), c_double()
        self._pointers = tuple(byref(value) for value in (self._left, self._top, self._right, self._bottom))
        self._matrix = pdfium.FS_MATRIX()
        self._name = create_string_buffer(128)
        self._flags = c_int()
        self._capacity = 1 << 14
        self._buffer = create_string_buffer(2 * self._capacity)
        self._bold: dict[bytes, bool] = {}

    def runs(self, page: object, view: View, down: list[Rule]) -> list[Run]:
        """The runs of an open page in the order the file draws them, cut where they cross a rule of `down`."""
        text_page = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            return []
        try:
            runs = self._runs(text_page, view)
            if down:
                runs = self._cut_at_rules(text_page, view, runs, down)
            for run in runs:
                run.text = clean(run.text)
            return runs
        finally:
            pdfium.FPDFText_ClosePage(text_page)

    def _cut_at_rules(self, page: object, view: View, runs: list[Run], down: list[Rule]) -> list[Run]:
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

    def _parts(self, page: object, view: View, run: Run, cuts: list[float]) -> list[Run]:
        words = list(_WORD.finditer(run.text))
        boxes: list[Box] = []
        for word in words:
            found = [self._char_box(page, view, run.index + offset) for offset in (word.start(), word.end() - 1)]
            boxes.append(Box(found[0].x0, found[0].y0, found[1].x1, found[1].y1))
        parts: list[Run] = []
        start = 0
        for index in range(1, len(words) + 1):
            if index < len(words) and not any(boxes[index - 1].x1 - 1 <= cut <= boxes[index].x0 + 1 for cut in cuts):
                continue
            text = run.text[words[start].start() : words[index - 1].end()]
            part = Run(text, boxes[start].x0, run.y0, boxes[index - 1].x1, run.y1, run.base, run.size)
            part.bold, part.index, part.exact = run.bold, run.index + words[start].start(), True
            parts.append(part)
            start = index
        if parts:
            parts[-1].hyphen = run.hyphen
        return parts or [run]

    def _char_box(self, page: object, view: View, index: int) -> Box:
        pdfium.FPDFText_GetCharBox(page, index, *self._char_pointers())
        return view.box(self._left.value, self._bottom.value, self._right.value, self._top.value)

    def _text(self, text_page: object, count: int) -> str:
        if count + 1 > self._capacity:
            self._capacity = count + 1024
            self._buffer = create_string_buffer(2 * self._capacity)
        got = pdfium.FPDFText_GetText(text_page, 0, count, cast(self._buffer, POINTER(c_ushort)))
        return bytes(memoryview(self._buffer)[: 2 * max(0, got - 1)]).decode("utf-16-le", "replace")

    def _runs(self, text_page: object, view: View) -> list[Run]:
        count = pdfium.FPDFText_CountChars(text_page)
        if count <= 0:
            return []
        text = self._text(text_page, count)
        # Characters without a Unicode value are counted by PDFium but not given: positions must then be translated.
        exact = len(text) == count
        runs: list[Run] = []
        start = 0
        for found in _BREAK.finditer(text):
            self._line(text_page, text[start : found.start()], start, found.group()[0] in "\x02\ufffe", exact, view, runs)
            start = found.end()
        self._line(text_page, text[start:], start, False, exact, view, runs)
        return runs

    def _line(self, page: object, text: str, start: int, hyphen: bool, exact: bool, view: View, runs: list[Run]) -> None:
        if not text.strip():
            return
        first = start if exact else pdfium.FPDFText_GetCharIndexFromTextIndex(page, start)
        length = len(text) if exact else pdfium.FPDFText_GetCharIndexFromTextIndex(page, start + len(text) - 1) - first + 1
        if first < 0 or length <= 0:
            return
        before = len(runs)
        rectangles = self._rectangles(page, first, length)
        if not rectangles:
            return
        if len(rectangles) == 1 and "   " not in text:
            self._add(page, text, first, rectangles, view, runs, exact)
            if hyphen and len(runs) > before:
                runs[-1].hyphen = True
                runs[-1].text += "-"
            return
        size = self._place(page, first + (len(text) - len(text.lstrip()) if exact else 0))
        horizontal = abs(self._matrix.a) >= abs(self._matrix.b)
        cuts = self._cuts(page, first, rectangles, size, horizontal) if len(rectangles) > 1 else []
        if exact and horizontal and "   " in text:
            cuts = self._cut_at_spaces(page, text, first, rectangles, size, cuts)
        if not cuts:
            self._add(page, text, first, rectangles, view, runs, exact)
        else:
            done, taken = 0, 0
            for offset, upto in [*cuts, (length, len(rectangles))]:
                end = offset if exact else max(done, pdfium.FPDFText_GetTextIndexFromCharIndex(page, first + offset) - start)
                if offset == length:
                    end = len(text)
                self._add(
                    page, text[done:end], first + (done if exact else taken and offset), rectangles[taken:upto], view, runs, exact
                )
                done, taken = end, upto
        if hyphen and len(runs) > before:
            runs[-1].hyphen = True
            runs[-1].text += "-"

    def _rectangles(self, page: object, first: int, length: int) -> list[tuple[float, float, float, float]]:
        count = pdfium.FPDFText_CountRects(page, first, length)
        left, top, right, bottom = self._left, self._top, self._right, self._bottom
        pointers, get = self._pointers, pdfium.FPDFText_GetRect
        found = []
        for index in range(count):
            get(page, index, *pointers)
            found.append((left.value, bottom.value, right.value, top.value))
        return found

    def _cuts(
        self, page: object, first: int, rectangles: list[tuple[float, float, float, float]], size: float, horizontal: bool
    ) -> list[tuple[int, int]]:
        """Where a line is really two: (offset of the character, index of the rectangle) after each wide gap."""
        cuts: list[tuple[int, int]] = []
        if not horizontal:
            return cuts
        wide = 0.9 * size
        edge, low, high = rectangles[0][2], rectangles[0][1], rectangles[0][3]
        for index in range(1, len(rectangles)):
            left, bottom, right, top = rectangles[index]
            if left - edge > wide or left < edge - 3 * size or bottom > high + 0.2 * size or top < low - 0.2 * size:
                cuts.append((self._start_of(page, first, index), index))
                edge = right
                low, high = bottom, top
            else:
                edge = max(edge, right)
                low, high = min(low, bottom), max(high, top)
        return cuts

    def _start_of(self, page: object, first: int, index: int) -> int:
        """Offset of the first character of rectangle `index`, found by halving: fewer rectangles lie in a shorter stretch."""
        low, high = 1, 1
        while pdfium.FPDFText_CountRects(page, first, high) <= index:
            low, high = high, high * 2
            if high > 1 << 20:
                break
        while low < high:
            middle = (low + high) // 2
            if pdfium.FPDFText_CountRects(page, first, middle) > index:
                high = middle
            else:
                low = middle + 1
        return low - 1

    def _cut_at_spaces(
        self,
        page: object,
        text: str,
        first: int,
        rectangles: list[tuple[float, float, float, float]],
        size: float,
        cuts: list[tuple[int, int]],
    ) -> list[tuple[int, int]]:
        """Cuts inside one drawn string: three blanks or more that are as wide as a gap between columns."""
        known = {offset for offset, _ in cuts}
        for found in _WIDE_SPACE.finditer(text):
            offset = found.end()
            if offset in known:
                continue
            if not pdfium.FPDFText_GetCharBox(page, first + found.start() - 1, *self._char_pointers()):
                continue
            edge = self._right.value
            pdfium.FPDFText_GetCharBox(page, first + offset, *self._char_pointers())
            left = self._left.value
            if left - edge < 0.9 * size:
                continue
            for index, (x0, y0, x1, y1) in enumerate(rectangles):
                if x0 <= left <= x1 and x0 <= edge <= x1:
                    rectangles[index : index + 1] = [(x0, y0, edge, y1), (left, y0, x1, y1)]
                    cuts = [(at, upto + (upto > index)) for at, upto in cuts]
                    cuts.append((offset, index + 1))
                    break
        return sorted(cuts)

    def _char_pointers(self) -> tuple[object, ...]:
        # GetCharBox takes left, right, bottom, top; GetRect left, top, right, bottom.
        left, top, right, bottom = self._pointers
        return left, right, bottom, top

    def _place(self, page: object, index: int) -> float:
        """Font size as shown of a character; its matrix stays in `self._matrix`."""
        matrix = self._matrix
        if not pdfium.FPDFText_GetMatrix(page, index, byref(matrix)):
            matrix.a, matrix.b, matrix.c, matrix.d = 1.0, 0.0, 0.0, 1.0
            return 10.0
        scale: float = (matrix.c * matrix.c + matrix.d * matrix.d) ** 0.5
        size: float = pdfium.FPDFText_GetFontSize(page, index) * scale
        return size if 0.5 < size < 400 else 10.0

    def _is_bold(self, page: object, index: int) -> bool:
        got = pdfium.FPDFText_GetFontInfo(page, index, self._name, 128, byref(self._flags))
        name = self._name.value if 0 < got <= 128 else b""
        known = self._bold.get(name)
        if known is None:
            known = self._bold[name] = is_bold(name)
        return known or bool(self._flags.value & 0x40000)

    def _add(
        self,
        page: object,
        text: str,
        first: int,
        rectangles: list[tuple[float, float, float, float]],
        view: View,
        runs: list[Run],
        exact: bool,
    ) -> None:
        stripped = text.strip()
        if not stripped or not rectangles:
            return
        lead = len(text) - len(text.lstrip()) if exact else 0
        index = first + lead
        size = self._place(page, index + _middle(stripped) if exact else index)
        matrix = self._matrix
        across, along = view.direction(matrix.a, matrix.b)
        left, bottom, right, top = rectangles[0]
        for x0, y0, x1, y1 in rectangles:
            left = min(left, x0)
            bottom = min(bottom, y0)
            right = max(right, x1)
            top = max(top, y1)
        box = view.box(left, bottom, right, top)
        if has_symbols(stripped):
            stripped = symbols_to_text(stripped, page, index, exact, self._name)
        upright = across > 0 and across >= abs(along)
        if upright:
            base = view.point(matrix.e, matrix.f)[1]
            if not box.y0 - size <= base <= box.y1 + size:
                base = box.y1
            run = Run(stripped, box.x0, min(box.y0, base - 0.72 * size), box.x1, max(box.y1, base + 0.2 * size), base, size)
        else:
            run = Run(stripped, *box, box.y1, size)
            run.upright = False
        run.index = index
        run.exact = exact
        run.bold = self._is_bold(page, index) and (
            not exact or len(stripped) < 2 or self._is_bold(page, first + len(text.rstrip()) - 1)
        )
        runs.append(run)


def _middle(text: str) -> int:
    """Offset of a character near the middle: the first one may be a raised mark of a footnote or a bullet of another font."""
    middle = len(text) // 2
    return middle if text[middle] != " " else middle + 1
