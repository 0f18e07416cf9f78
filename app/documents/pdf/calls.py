"""PDFium's small questions without the cost of a checked call.

pypdfium2 declares every argument's type, and ctypes then checks each of them at each call: a question about one character costs
four times what PDFium needs to answer it. Here only the handle is declared (a handle is wider than the `int` that ctypes would
take it for); what follows are plain integers and pointers made once by `byref`. The interpreter's lock is kept during the call,
so long work, such as loading a page, does not belong here.
"""

from __future__ import annotations

from collections.abc import Callable
from ctypes import PYFUNCTYPE, c_double, c_int, c_void_p, cast
from typing import Any

import pypdfium2.raw as pdfium

Handle = int


def _quick(function: Any, result: type[c_int | c_double | c_void_p] = c_int) -> Callable[..., Any]:
    address = cast(function, c_void_p).value
    if address is None:
        raise ImportError(name="pypdfium2")
    return PYFUNCTYPE(result, c_void_p)(address)


def address(handle: Any) -> Handle:
    """A handle of pypdfium2 as the number that the functions of this module take; 0 for none."""
    return cast(handle, c_void_p).value or 0


def page_object(handle: Handle) -> Any:
    """The number of a page's object as pypdfium2's own functions take it."""
    return cast(c_void_p(handle), pdfium.FPDF_PAGEOBJECT)


count_rects = _quick(pdfium.FPDFText_CountRects)
get_rect = _quick(pdfium.FPDFText_GetRect)
get_char_box = _quick(pdfium.FPDFText_GetCharBox)
get_unicode = _quick(pdfium.FPDFText_GetUnicode)
count_chars = _quick(pdfium.FPDFText_CountChars)
get_char_matrix = _quick(pdfium.FPDFText_GetMatrix)
get_font_size = _quick(pdfium.FPDFText_GetFontSize, c_double)
get_font_info = _quick(pdfium.FPDFText_GetFontInfo)
get_char_index = _quick(pdfium.FPDFText_GetCharIndexFromTextIndex)
get_text_index = _quick(pdfium.FPDFText_GetTextIndexFromCharIndex)

get_object = _quick(pdfium.FPDFPage_GetObject, c_void_p)
get_form_object = _quick(pdfium.FPDFFormObj_GetObject, c_void_p)
count_form_objects = _quick(pdfium.FPDFFormObj_CountObjects)
get_object_type = _quick(pdfium.FPDFPageObj_GetType)
get_object_bounds = _quick(pdfium.FPDFPageObj_GetBounds)
get_object_matrix = _quick(pdfium.FPDFPageObj_GetMatrix)
get_fill_color = _quick(pdfium.FPDFPageObj_GetFillColor)
get_clip_path = _quick(pdfium.FPDFPageObj_GetClipPath, c_void_p)
count_clip_paths = _quick(pdfium.FPDFClipPath_CountPaths)
count_clip_segments = _quick(pdfium.FPDFClipPath_CountPathSegments)
get_clip_segment = _quick(pdfium.FPDFClipPath_GetPathSegment, c_void_p)
get_draw_mode = _quick(pdfium.FPDFPath_GetDrawMode)
count_segments = _quick(pdfium.FPDFPath_CountSegments)
get_segment = _quick(pdfium.FPDFPath_GetPathSegment, c_void_p)
get_segment_type = _quick(pdfium.FPDFPathSegment_GetType)
get_segment_point = _quick(pdfium.FPDFPathSegment_GetPoint)
get_segment_close = _quick(pdfium.FPDFPathSegment_GetClose)
