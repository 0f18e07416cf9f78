"""Form fields and comments: what annotations add to a page.

Fields come out of PDFium's own form environment. Buttons and read-only fields are nothing to fill in.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from ctypes import POINTER, Array, byref, c_char, c_float, cast, create_string_buffer
from dataclasses import dataclass, field

import pypdfium2.raw as pdfium

from app.core.document import AnswerType, Box, Place, Slot, SlotOrigin
from app.documents.pdf.geometry import View
from app.documents.pdf.lines import clean

_MOST_ANNOTATIONS = 5_000
_READ_ONLY, _REQUIRED = 1, 2
_MULTILINE, _FILE, _RADIO = 1 << 12, 1 << 20, 1 << 15
_NOTES = {pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_HIGHLIGHT, pdfium.FPDF_ANNOT_UNDERLINE}
_DATE = re.compile(r"datum|\bdate\b|åååå|yyyy", re.IGNORECASE)
_YES = re.compile(r"(?:ja|yes|y|j|oui|true)$", re.IGNORECASE)
_NO = re.compile(r"(?:nej|no|n|false)$", re.IGNORECASE)


@dataclass(slots=True)
class Spot:
    """A place to fill in on a page, before it is known which text belongs to it. `ticks` are the boxes of a choice."""

    box: Box
    slot: Slot
    check: bool = False
    ticks: list[Box] = field(default_factory=list)
    group: str = ""


@dataclass(slots=True)
class Annotations:
    """What one page's annotations hold."""

    spots: list[Spot] = field(default_factory=list)
    comments: list[tuple[Box, str]] = field(default_factory=list)
    launches: bool = False


class PageForms:
    """Reads the annotations of one page after another. `form` is the form environment's handle, None without a form."""

    def __init__(self, form: object | None) -> None:
        self._form = form
        self._rect = pdfium.FS_RECTF()
        self._number = c_float()

    def annotations(self, page: object, view: View, number: int) -> Annotations | None:
        """Fields and comments of an open page; None where there are no annotations."""
        count = min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_ANNOTATIONS)
        if count <= 0:
            return None
        found = Annotations()
        for index in range(count):
            annotation = pdfium.FPDFPage_GetAnnot(page, index)
            if not annotation:
                continue
            try:
                self._one(annotation, view, number, found)
            finally:
                pdfium.FPDFPage_CloseAnnot(annotation)
        found.spots = grouped(found.spots)
        return found

    def _one(self, annotation: object, view: View, number: int, found: Annotations) -> None:
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        if kind == pdfium.FPDF_ANNOT_LINK:
            action = pdfium.FPDFLink_GetAction(pdfium.FPDFAnnot_GetLink(annotation))
            if action and pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_LAUNCH:
                found.launches = True
        elif kind == pdfium.FPDF_ANNOT_WIDGET and self._form is not None:
            spot = self._field(annotation, view, number)
            if spot is not None:
                found.spots.append(spot)
        elif kind in _NOTES:
            text = clean(_string(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", buffer, size)))
            box = self._box(annotation, view)
            if text and box is not None:
                found.comments.append((box, text))

    def _box(self, annotation: object, view: View) -> Box | None:
        if not pdfium.FPDFAnnot_GetRect(annotation, byref(self._rect)):
            return None
        rect = self._rect
        box = view.box(rect.left, min(rect.bottom, rect.top), rect.right, max(rect.bottom, rect.top))
        width, height = view.size
        inside = Box(max(0.0, box.x0), max(0.0, box.y0), min(width, box.x1), min(height, box.y1))
        return Box(*(round(value, 1) for value in inside)) if inside.x1 > inside.x0 and inside.y1 > inside.y0 else None

    def _field(self, annotation: object, view: View, number: int) -> Spot | None:
        form = self._form
        kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
        flags = pdfium.FPDFAnnot_GetFormFieldFlags(form, annotation)
        hidden = pdfium.FPDFAnnot_GetFlags(annotation) & (pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW)
        if flags & _READ_ONLY or hidden or kind in (pdfium.FPDF_FORMFIELD_UNKNOWN, pdfium.FPDF_FORMFIELD_PUSHBUTTON):
            return None
        box = self._box(annotation, view)
        if box is None:
            return None
        name = _string(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldName(form, annotation, buffer, size))
        tooltip = _string(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldAlternateName(form, annotation, buffer, size))
        value = _string(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, size))
        check = kind in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
        options: tuple[str, ...] = ()
        limit = None
        if check:
            export = _string(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldExportValue(form, annotation, buffer, size))
            options = (clean(export),) if kind == pdfium.FPDF_FORMFIELD_RADIOBUTTON else ()
            answer = AnswerType.YES_NO if kind == pdfium.FPDF_FORMFIELD_CHECKBOX else AnswerType.CHOICE
            value = value if pdfium.FPDFAnnot_IsChecked(form, annotation) else ""
        elif kind in (pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX):
            options = self._options(annotation)
            answer = AnswerType.YES_NO if is_yes_no(options) else AnswerType.CHOICE
        else:
            answer = AnswerType.FILE if flags & _FILE else AnswerType.DATE if _DATE.search(tooltip or name) else AnswerType.TEXT
            if pdfium.FPDFAnnot_GetNumberValue(annotation, b"MaxLen", byref(self._number)) and self._number.value > 0:
                limit = str(int(self._number.value))
        slot = Slot(
            SlotOrigin.FORM_FIELD,
            answer,
            clean(tooltip or name) or None,
            options,
            bool(flags & _REQUIRED),
            clean(value) or None,
            Place(number, box),
            limit,
        )
        return Spot(box, slot, check, [box], name if kind == pdfium.FPDF_FORMFIELD_RADIOBUTTON else "")

    def _options(self, annotation: object) -> tuple[str, ...]:
        count = min(max(0, pdfium.FPDFAnnot_GetOptionCount(self._form, annotation)), 500)
        found = []
        for index in range(count):
            found.append(clean(_option(self._form, annotation, index)))
        return tuple(option for option in found if option)


def _option(form: object, annotation: object, index: int) -> str:
    return _string(lambda buffer, size: pdfium.FPDFAnnot_GetOptionLabel(form, annotation, index, buffer, size))


def _string(call: Callable[[object, int], int]) -> str:
    """A string that PDFium writes as UTF-16 into a buffer once its length is known."""
    size = min(call(None, 0), 1 << 16)
    if size <= 2:
        return ""
    buffer: Array[c_char] = create_string_buffer(size)
    call(cast(buffer, POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def is_yes_no(options: tuple[str, ...]) -> bool:
    """Whether the options are yes and no (an empty or explaining first option does not count)."""
    words = [option for option in options if option.strip(" -–.")]
    return (
        len(words) >= 2 and any(_YES.match(word) for word in words) and any(_NO.match(word) for word in words) and len(words) <= 3
    )


def grouped(spots: list[Spot]) -> list[Spot]:
    """Radio buttons of one name as one choice."""
    result: list[Spot] = []
    groups: dict[str, Spot] = {}
    for spot in spots:
        known = groups.get(spot.group) if spot.group else None
        if known is None:
            result.append(spot)
            if spot.group:
                groups[spot.group] = spot
            continue
        known.ticks.append(spot.box)
        slot, more = known.slot, spot.slot
        options = slot.options + more.options
        kind = AnswerType.YES_NO if is_yes_no(options) else AnswerType.CHOICE
        known.slot = Slot(
            slot.origin, kind, slot.label, options, slot.required or more.required, slot.value or more.value, slot.place
        )
    return result
