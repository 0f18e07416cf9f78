"""A page drawn into memory that somebody else owns."""

from __future__ import annotations

import ctypes
from typing import NamedTuple

import pypdfium2.raw as pdfium

from app.core.errors import CorruptFileError
from app.documents.pdf.library import OpenPdf

__all__ = ["Cut", "draw_page", "page_size"]

_WHITE = 0xFFFFFFFF
_BYTES_PER_PIXEL = 4
_A4 = (595.3, 841.9)


class Cut(NamedTuple):
    """A part of a page drawn whole × high pixels large: its left and top, width and height in those pixels."""

    whole: int
    high: int
    left: int
    top: int
    width: int
    height: int


def draw_page(opened: OpenPdf, number: int, cut: Cut, target: memoryview, name: str) -> None:
    """Draw a part of page `number` (from 1): blue, green, red and one unused byte for each pixel, rows without gaps.

    With what is filled in its form fields. Raises CorruptFileError when the page cannot be loaded.
    """
    width, height = cut.width, cut.height
    buffer = (ctypes.c_ubyte * (width * height * _BYTES_PER_PIXEL)).from_buffer(target)
    form = opened.form()
    with opened.page(number - 1) as page:
        if page is None:
            raise CorruptFileError(name, page=number)
        stride = width * _BYTES_PER_PIXEL
        bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGRx, buffer, stride)
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
            place = (-cut.left, -cut.top, cut.whole, cut.high, 0, pdfium.FPDF_ANNOT)
            pdfium.FPDF_RenderPageBitmap(bitmap, page, *place)
            if form is not None:
                pdfium.FPDF_FFLDraw(form, bitmap, page, *place)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)


def page_size(opened: OpenPdf, number: int) -> tuple[float, float]:
    """Width and height in points of page `number` (from 1) as shown, without reading what is on it. A4 where it has none."""
    size = pdfium.FS_SIZEF()
    if not pdfium.FPDF_GetPageSizeByIndexF(opened.handle, number - 1, size) or size.width <= 0 or size.height <= 0:
        return _A4
    return float(size.width), float(size.height)
