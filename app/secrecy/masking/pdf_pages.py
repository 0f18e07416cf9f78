"""A PDF's pages as they are seen: forms and notes flattened into the page, and every sign with its box.

What is drawn by form fields and annotations becomes part of the page, so that a marked text is found there like any other, and
the fields and annotations themselves can be dropped. Boxes are in points from the page's top left as shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from ctypes import byref, c_double
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import Any, cast

import pypdfium2 as library
import pypdfium2.raw as pdfium
from PIL import Image

from app.core.document import Box
from app.core.errors import CorruptFileError, LimitError, PasswordNeededError, WrongPasswordError

__all__ = ["PageText", "Pdf", "flattened", "open_pdf", "seen", "seen_signs", "shown_boxes"]

_WHITE = 0xFFFFFFFF
_REMOVE_SECURITY = 3
_INK = 20
"""Difference of grey values within a sign's box from which it is seen."""
_GUESSED = 0.2
_LOOK = 110
"""Dots per inch at which it is decided whether a sign is seen."""


@dataclass(slots=True)
class PageText:
    """The signs of a page in the order the file draws them, and the page's size in points."""

    text: str
    width: float
    height: float
    load: Callable[[], list[Box | None]] = field(repr=False)
    seen: set[int] | None = None
    _boxes: list[Box | None] | None = None

    @property
    def boxes(self) -> list[Box | None]:
        """A box for each sign that has one. Asked for late: most pages of a long document carry no mask."""
        if self._boxes is None:
            self._boxes = self.load()
        return self._boxes

    def words(self) -> Iterator[range]:
        """Runs of signs between blanks."""
        start = None
        for index, sign in enumerate(self.text):
            if sign.isspace() or sign in "\x00\x02\ufffe\uffff":
                if start is not None:
                    yield range(start, index)
                start = None
            elif start is None:
                start = index
        if start is not None:
            yield range(start, len(self.text))


class Pdf:
    """An open document. `close` it."""

    def __init__(self, document: library.PdfDocument, name: str) -> None:
        self.document, self.name = document, name
        self.handle = document.raw
        self.count = int(pdfium.FPDF_GetPageCount(document.raw))

    def close(self) -> None:
        """Give the memory back."""
        self.document.close()

    @contextmanager
    def page(self, index: int) -> Iterator[Any]:
        """One page, from 0. Raises CorruptFileError when it cannot be loaded."""
        page = pdfium.FPDF_LoadPage(self.handle, index)
        if not page:
            raise CorruptFileError(self.name, page=index + 1)
        try:
            yield page
        finally:
            pdfium.FPDF_ClosePage(page)

    def turns(self, index: int) -> int:
        """How many quarter turns clockwise a page is shown turned."""
        with self.page(index) as page:
            return int(pdfium.FPDFPage_GetRotation(page)) % 4

    def text(self, index: int) -> PageText:
        """The signs of a page."""
        with self.page(index) as page:
            width, height = float(pdfium.FPDF_GetPageWidthF(page)), float(pdfium.FPDF_GetPageHeightF(page))
            return PageText(_signs(page), width, height, partial(self._boxes, index))

    def _boxes(self, index: int) -> list[Box | None]:
        with self.page(index) as page:
            return _boxes(page)

    def picture(self, index: int, dots: float, pixels: int) -> Image.Image:
        """The page drawn at so many dots per inch, in colour. Raises LimitError beyond so many pixels."""
        with self.page(index) as page:
            width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
            across, down = max(1, round(width * dots / 72)), max(1, round(height * dots / 72))
            if across * down > pixels:
                raise LimitError(self.name, code="limit.size", page=index + 1)
            bitmap = pdfium.FPDFBitmap_CreateEx(across, down, pdfium.FPDFBitmap_BGRx, None, 0)
            if not bitmap:
                raise LimitError(self.name, code="limit.memory", page=index + 1)
            try:
                pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, _WHITE)
                pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, 0)
                stride = pdfium.FPDFBitmap_GetStride(bitmap)
                held = library.raw.FPDFBitmap_GetBuffer(bitmap)
                data = bytes(_bytes_at(held, stride * down))
            finally:
                pdfium.FPDFBitmap_Destroy(bitmap)
            return Image.frombuffer("RGB", (across, down), data, "raw", "BGRX", stride, 1)


def _bytes_at(address: Any, size: int) -> memoryview:
    import ctypes

    return memoryview(ctypes.cast(address, ctypes.POINTER(ctypes.c_ubyte * size)).contents).cast("B")


@contextmanager
def open_pdf(data: bytes, name: str, passwords: Sequence[str] = ()) -> Iterator[tuple[Pdf, bool]]:
    """The document, and whether it was encrypted. Raises the errors of a password or a broken file."""
    document, locked = _opened(data, name, passwords)
    try:
        found = Pdf(document, name)
        if found.count < 1:
            raise CorruptFileError(name)
        yield found, locked
    finally:
        document.close()


def _opened(data: bytes, name: str, passwords: Sequence[str]) -> tuple[library.PdfDocument, bool]:
    locked = False
    for password in (None, *passwords):
        try:
            document = library.PdfDocument(data, password=password)
        except library.PdfiumError as error:
            if getattr(error, "err_code", None) != pdfium.FPDF_ERR_PASSWORD:
                raise CorruptFileError(name) from None
            locked = True
        else:
            return document, pdfium.FPDF_GetSecurityHandlerRevision(document.raw) >= 0
    raise (WrongPasswordError if passwords and locked else PasswordNeededError)(name)


def flattened(pdf: Pdf) -> bytes:
    """The document without encryption, with all that its fields and annotations show drawn on the pages."""
    document = pdf.document
    if pdfium.FPDF_GetFormType(pdf.handle) == pdfium.FORMTYPE_ACRO_FORM:
        document.init_forms()
    for index in range(pdf.count):
        with pdf.page(index) as page:
            if (
                pdfium.FPDFPage_GetAnnotCount(page)
                and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_FAIL
            ):
                raise CorruptFileError(pdf.name, page=index + 1)
    target = BytesIO()
    document.save(target, flags=_REMOVE_SECURITY)
    return target.getvalue()


def _signs(page: Any) -> str:
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return ""
    try:
        codes = [pdfium.FPDFText_GetUnicode(text_page, index) for index in range(pdfium.FPDFText_CountChars(text_page))]
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    return "".join(chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd" for code in codes)


def _boxes(page: Any) -> list[Box | None]:
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return []
    try:
        shown = shown_boxes(page)
        return [_box(text_page, index, shown) for index in range(pdfium.FPDFText_CountChars(text_page))]
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _box(text_page: Any, index: int, shown: Any) -> Box | None:
    """Around the sign's ink and its line's height: what must be covered so that nothing of it peeps out."""
    left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
    loose = pdfium.FS_RECTF()
    corners: list[tuple[float, float]] = []
    if pdfium.FPDFText_GetCharBox(text_page, index, byref(left), byref(right), byref(bottom), byref(top)):
        corners += [(left.value, bottom.value), (right.value, top.value)]
    if pdfium.FPDFText_GetLooseCharBox(text_page, index, byref(loose)):
        corners += [(loose.left, loose.bottom), (loose.right, loose.top)]
    if not corners or all(corner == corners[0] for corner in corners):
        return None
    x0, x1 = min(x for x, _ in corners), max(x for x, _ in corners)
    y0, y1 = min(y for _, y in corners), max(y for _, y in corners)
    if (
        pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(text_page, index))
        == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE
    ):
        # The text under a scanned page only guesses where the letters are.
        around = _GUESSED * min(abs(y1 - y0), abs(x1 - x0))
        x0, y0, x1, y1 = x0 - around, y0 - around, x1 + around, y1 + around
    box: Box = shown(x0, y0, x1, y1)
    return box


def shown_boxes(page: Any) -> Any:
    """A function from boxes in the page's own coordinates to those of the page as shown."""
    rect = pdfium.FS_RECTF()
    turns = pdfium.FPDFPage_GetRotation(page) % 4
    if pdfium.FPDF_GetPageBoundingBox(page, byref(rect)) and rect.right > rect.left and rect.top > rect.bottom:
        left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
    else:
        left, bottom, right, top = 0.0, 0.0, 612.0, 792.0

    def point(x: float, y: float) -> tuple[float, float]:
        return ((x - left, top - y), (y - bottom, x - left), (right - x, y - bottom), (top - y, right - x))[turns]

    def box(x0: float, y0: float, x1: float, y1: float) -> Box:
        (a, b), (c, d) = point(x0, y0), point(x1, y1)
        return Box(min(a, c), min(b, d), max(a, c), max(b, d))

    return box


def seen_signs(text: PageText, picture: Image.Image) -> set[int]:
    """Which signs have ink where they stand on the picture of their page: not those drawn white, outside the page or in a hidden
    layer. A sign over other ink counts as seen."""
    grey = picture.convert("L")
    scale_x, scale_y = picture.width / text.width, picture.height / text.height
    found: set[int] = set()
    for index, box in enumerate(text.boxes):
        if box is None or box.x1 <= 0 or box.y1 <= 0 or box.x0 >= text.width or box.y0 >= text.height:
            continue
        area = (
            max(0, int(box.x0 * scale_x)),
            max(0, int(box.y0 * scale_y)),
            min(grey.width, int(box.x1 * scale_x) + 1),
            min(grey.height, int(box.y1 * scale_y) + 1),
        )
        if area[2] > area[0] and area[3] > area[1]:
            low, high = cast("tuple[float, float]", grey.crop(area).getextrema())
            if high - low >= _INK:
                found.add(index)
    return found


def seen(pdf: Pdf, index: int, text: PageText) -> set[int]:
    """Which signs of a page are seen, looked up once."""
    if text.seen is None:
        text.seen = seen_signs(text, pdf.picture(index, _LOOK, 200_000_000))
    return text.seen
