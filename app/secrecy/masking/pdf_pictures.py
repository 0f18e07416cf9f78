"""Pictures under a mask that other pages show as well. A picture has no text to be found by, so its bytes are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ctypes import byref, c_float, create_string_buffer
from hashlib import sha256
from typing import Any

import pypdfium2.raw as pdfium

from app.core.document import Box
from app.secrecy.masking.pdf_pages import Pdf, shown_boxes

__all__ = ["pictures_beside", "pictures_on", "pictures_under"]

_MOSTLY = 0.6
_SMALL = 18.0
"""Points. What is smaller is a line or a bullet."""


def pictures_under(pdf: Pdf, index: int, area: Box) -> set[bytes]:
    """The pictures of which a mask covers the greater part."""
    return {key for key, box in _pictures(pdf, index) if _share(box, area) > _MOSTLY}


def pictures_on(pdf: Pdf, index: int) -> set[bytes]:
    """All pictures of a page."""
    return {key for key, _ in _pictures(pdf, index)}


def pictures_beside(pdf: Pdf, index: int, masks: Iterable[Box]) -> int:
    """How many pictures of a page are still shown for the most part, small ones left out."""
    covered = list(masks)
    return sum(
        min(box.x1 - box.x0, box.y1 - box.y0) >= _SMALL and all(_share(box, mask) <= _MOSTLY for mask in covered)
        for _, box in _pictures(pdf, index)
    )


def _pictures(pdf: Pdf, index: int) -> Iterator[tuple[bytes, Box]]:
    with pdf.page(index) as page:
        shown = shown_boxes(page)
        for number in range(pdfium.FPDFPage_CountObjects(page)):
            drawn = pdfium.FPDFPage_GetObject(page, number)
            if pdfium.FPDFPageObj_GetType(drawn) != pdfium.FPDF_PAGEOBJ_IMAGE:
                continue
            left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
            if pdfium.FPDFPageObj_GetBounds(drawn, byref(left), byref(bottom), byref(right), byref(top)):
                yield _key(drawn), shown(left.value, bottom.value, right.value, top.value)


def _key(drawn: Any) -> bytes:
    size = int(pdfium.FPDFImageObj_GetImageDataRaw(drawn, None, 0))
    held = create_string_buffer(size)
    pdfium.FPDFImageObj_GetImageDataRaw(drawn, held, size)
    return sha256(held.raw).digest()


def _share(box: Box, area: Box) -> float:
    across = min(box.x1, area.x1) - max(box.x0, area.x0)
    down = min(box.y1, area.y1) - max(box.y0, area.y0)
    whole = (box.x1 - box.x0) * (box.y1 - box.y0)
    return across * down / whole if across > 0 and down > 0 and whole > 0 else 0.0
