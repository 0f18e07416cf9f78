"""A page drawn into memory that somebody else owns."""

from __future__ import annotations

import ctypes

import pypdfium2.raw as pdfium

from app.core.errors import CorruptFileError
from app.documents.pdf.library import OpenPdf

__all__ = ["draw_page"]

_WHITE = 0xFFFFFFFF
_BYTES_PER_PIXEL = 4


def draw_page(opened: OpenPdf, number: int, width: int, height: int, target: memoryview, name: str) -> None:
    """Draw page `number` (from 1) over width × height pixels, blue, green, red and one unused byte each, rows without gaps.

    With what is filled in its form fields. Raises CorruptFileError when the page cannot be loaded.
    """
    buffer = (ctypes.c_ubyte * (width * height * _BYTES_PER_PIXEL)).from_buffer(target)
    form = opened.form()
    with opened.page(number - 1) as page:
        if page is None:
            raise CorruptFileError(name, page=number)
        stride = width * _BYTES_PER_PIXEL
        bitmap = pdfium.FPDFBitmap_CreateEx(width, height, pdfium.FPDFBitmap_BGRx, buffer, stride)
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, _WHITE)
            place = (0, 0, width, height, 0, pdfium.FPDF_ANNOT)
            pdfium.FPDF_RenderPageBitmap(bitmap, page, *place)
            if form is not None:
                pdfium.FPDF_FFLDraw(form, bitmap, page, *place)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
