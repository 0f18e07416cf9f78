"""The fields of a PDF form where they stand, out of PDFium's own form environment, and the writing into them.

PDFium draws what a field shows anew when it is written, with line breaks, comb and fitting size as the field says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ctypes import POINTER, Array, byref, c_char, c_float, cast, create_string_buffer
from dataclasses import dataclass
from typing import Any

import pypdfium2 as library
import pypdfium2.raw as pdfium

from app.core.document import Box

__all__ = ["FormPdf", "Widget"]

_MOST = 20_000
_READ_ONLY, _MULTILINE, _COMB = 1, 1 << 12, 1 << 24
_EDITABLE, _SEVERAL = 1 << 18, 1 << 21
_SPACE = 32


@dataclass(slots=True)
class Widget:
    """One box of a field on a page. Several may belong to one field: its name is theirs."""

    page: int
    index: int
    name: str
    kind: int
    flags: int
    box: Box
    most: int | None
    options: tuple[str, ...]
    export: str

    @property
    def read_only(self) -> bool:
        """Whether the form keeps it from being changed."""
        return bool(self.flags & _READ_ONLY)

    @property
    def multi_line(self) -> bool:
        """Whether a text field takes several lines."""
        return bool(self.flags & _MULTILINE)

    @property
    def several(self) -> bool:
        """Whether several options can be chosen."""
        return bool(self.flags & _SEVERAL)

    @property
    def editable(self) -> bool:
        """Whether other words than the options can be written."""
        return self.kind == pdfium.FPDF_FORMFIELD_COMBOBOX and bool(self.flags & _EDITABLE)


class FormPdf:
    """An open PDF with a form. Pages stay open until it is closed: what is written on one shows on the others."""

    def __init__(self, data: bytes, password: str | None) -> None:
        self.document = library.PdfDocument(data, password=password)
        self.kind = pdfium.FPDF_GetFormType(self.document.raw)
        self.signatures = max(0, pdfium.FPDF_GetSignatureCount(self.document.raw))
        self.pages: list[Any] = []
        self.widgets: list[Widget] = []
        self._form: Any = None
        if self.kind == pdfium.FORMTYPE_ACRO_FORM:
            self.document.init_forms()
            environment = self.document.formenv
            self._form = environment.raw if environment is not None else None
        if self._form is not None:
            for number in range(len(self.document)):
                self.pages.append(self.document[number])
                self.widgets += self._widgets(number)

    def _widgets(self, number: int) -> Iterator[Widget]:
        page = self.pages[number]
        frame, rect, most = pdfium.FS_RECTF(), pdfium.FS_RECTF(), c_float()
        if not pdfium.FPDF_GetPageBoundingBox(page.raw, byref(frame)):
            frame.left, frame.bottom, frame.right, frame.top = 0.0, 0.0, 612.0, 792.0
        turns = pdfium.FPDFPage_GetRotation(page.raw) % 4
        for index in range(min(pdfium.FPDFPage_GetAnnotCount(page.raw), _MOST)):
            with _Annotation(page.raw, index) as annotation:
                if not annotation or pdfium.FPDFAnnot_GetSubtype(annotation) != pdfium.FPDF_ANNOT_WIDGET:
                    continue
                kind = pdfium.FPDFAnnot_GetFormFieldType(self._form, annotation)
                if kind in (pdfium.FPDF_FORMFIELD_UNKNOWN, pdfium.FPDF_FORMFIELD_PUSHBUTTON, pdfium.FPDF_FORMFIELD_SIGNATURE):
                    continue
                if not pdfium.FPDFAnnot_GetRect(annotation, byref(rect)):
                    continue
                length = None
                if pdfium.FPDFAnnot_GetNumberValue(annotation, b"MaxLen", byref(most)) and most.value > 0:
                    length = int(most.value)
                count = min(max(0, pdfium.FPDFAnnot_GetOptionCount(self._form, annotation)), 5_000)
                yield Widget(
                    number,
                    index,
                    self._text(pdfium.FPDFAnnot_GetFormFieldName, annotation),
                    kind,
                    pdfium.FPDFAnnot_GetFormFieldFlags(self._form, annotation),
                    _shown(frame, rect, turns),
                    length,
                    tuple(self._option(annotation, place) for place in range(count)),
                    self._text(pdfium.FPDFAnnot_GetFormFieldExportValue, annotation),
                )

    def _text(self, ask: Callable[..., int], annotation: object) -> str:
        return _string(lambda buffer, size: ask(self._form, annotation, buffer, size))

    def _option(self, annotation: object, index: int) -> str:
        return _string(lambda buffer, size: pdfium.FPDFAnnot_GetOptionLabel(self._form, annotation, index, buffer, size))

    def value(self, widget: Widget) -> str:
        """What the field holds now."""
        with self._open(widget) as annotation:
            return self._text(pdfium.FPDFAnnot_GetFormFieldValue, annotation)

    def chosen(self, widget: Widget) -> tuple[str, ...]:
        """The options of a list that are chosen now."""
        with self._open(widget) as annotation:
            return tuple(
                option
                for index, option in enumerate(widget.options)
                if pdfium.FPDFAnnot_IsOptionSelected(self._form, annotation, index)
            )

    def ticked(self, widget: Widget) -> bool:
        """Whether a box is ticked now."""
        with self._open(widget) as annotation:
            return bool(pdfium.FPDFAnnot_IsChecked(self._form, annotation))

    def _open(self, widget: Widget) -> _Annotation:
        return _Annotation(self.pages[widget.page].raw, widget.index)

    def write(self, widget: Widget, text: str) -> None:
        """Replace the text of a field (of an editable list as well)."""
        page = self.pages[widget.page].raw
        with self._open(widget) as annotation:
            pdfium.FORM_SetFocusedAnnot(self._form, annotation)
            pdfium.FORM_SelectAllText(self._form, page)
            words = create_string_buffer((text + "\0").encode("utf-16-le", "replace"))
            pdfium.FORM_ReplaceSelection(self._form, page, cast(words, POINTER(pdfium.FPDF_WCHAR)))
            pdfium.FORM_ForceToKillFocus(self._form)

    def tick(self, widget: Widget, on: bool = True) -> None:
        """Tick a box or choose a button, or take a tick away."""
        if self.ticked(widget) is on:
            return
        page = self.pages[widget.page].raw
        with self._open(widget) as annotation:
            pdfium.FORM_SetFocusedAnnot(self._form, annotation)
            pdfium.FORM_OnChar(self._form, page, _SPACE, 0)
            pdfium.FORM_ForceToKillFocus(self._form)

    def choose(self, widget: Widget, chosen: frozenset[int]) -> None:
        """Choose these options of a list, and no others."""
        page = self.pages[widget.page].raw
        with self._open(widget) as annotation:
            pdfium.FORM_SetFocusedAnnot(self._form, annotation)
            if widget.several:
                for index in range(len(widget.options)):
                    if index not in chosen and pdfium.FORM_IsIndexSelected(self._form, page, index):
                        pdfium.FORM_SetIndexSelected(self._form, page, index, False)
            for index in sorted(chosen):
                pdfium.FORM_SetIndexSelected(self._form, page, index, True)
            pdfium.FORM_ForceToKillFocus(self._form)

    def close(self) -> None:
        """Close pages before the form, and the form before the document."""
        for page in self.pages:
            page.close()
        self.document.close()


class _Annotation:
    """An annotation's handle while it is needed."""

    def __init__(self, page: object, index: int) -> None:
        self._handle = pdfium.FPDFPage_GetAnnot(page, index)

    def __enter__(self) -> Any:
        return self._handle

    def __exit__(self, *_: object) -> None:
        if self._handle:
            pdfium.FPDFPage_CloseAnnot(self._handle)


def _shown(frame: Any, rect: Any, turns: int) -> Box:
    """A rectangle of the page in points from the top left of the page as shown."""

    def point(x: float, y: float) -> tuple[float, float]:
        match turns:
            case 0:
                return x - frame.left, frame.top - y
            case 1:
                return y - frame.bottom, x - frame.left
            case 2:
                return frame.right - x, y - frame.bottom
        return frame.top - y, frame.right - x

    (x0, y0), (x1, y1) = point(rect.left, rect.bottom), point(rect.right, rect.top)
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _string(call: Callable[[object, int], int]) -> str:
    """A string that PDFium writes as UTF-16 into a buffer once its length is known."""
    size = min(call(None, 0), 1 << 20)
    if size <= 2:
        return ""
    buffer: Array[c_char] = create_string_buffer(size)
    call(cast(buffer, POINTER(pdfium.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
