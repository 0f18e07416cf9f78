"""What a PDF holds beside its text: annotations, signatures, links, properties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from ctypes import byref, c_ulong, cast, create_string_buffer
from dataclasses import dataclass, field, replace

import pypdfium2.raw as pdfium

from app.core.document import Box, Document, Place
from app.core.inspection import EXCERPT, FileFacts, Signature, Spot
from app.documents.pdf.findings import metadata
from app.documents.pdf.library import OpenPdf, Views, open_pdf
from app.documents.reader import ReadRequest

__all__ = ["inspect_pdf"]

_NAMES = {"Title": "title", "Author": "author", "Company": "company"}
_COMMENTS = (pdfium.FPDF_ANNOT_TEXT, pdfium.FPDF_ANNOT_STRIKEOUT, pdfium.FPDF_ANNOT_CARET, pdfium.FPDF_ANNOT_SQUIGGLY)
_DRAWN = (pdfium.FPDF_ANNOT_INK, pdfium.FPDF_ANNOT_STAMP)
_MOST_ANNOTATIONS = 2_000
_MOST_OBJECTS = 5_000
_MOST = 500
_SIGNING = re.compile(r"\b(?:under(?:skrift|teckn)|namnteckning|signatur|signature|signed)", re.IGNORECASE)
_SHORT = 80
_REACH = 160.0
"""Points between the words about signing and the signature."""

_STROKES = 12
"""Curves that a hand makes at least when it writes a name; a line or a frame has none."""


@dataclass(slots=True)
class _Seen:
    comments: list[Spot] = field(default_factory=list)
    marked: list[Spot] = field(default_factory=list)
    links: list[Spot] = field(default_factory=list)
    drawn: list[tuple[int, Box]] = field(default_factory=list)


def inspect_pdf(request: ReadRequest, facts: FileFacts, document: Document) -> FileFacts:
    """The facts with those of the format."""
    signing = [
        (block.place.page or 0, block.place.box)
        for block in document.blocks
        if block.place.box is not None and len(block.text) <= _SHORT and _SIGNING.search(block.text)
    ]
    seen = _Seen()
    with open_pdf(request) as opened:
        meta = tuple((_NAMES[key], text[:200]) for key, text in metadata(opened) if key in _NAMES)
        locked = opened.password is not None
        digital = pdfium.FPDF_GetSignatureCount(opened.handle) > 0
        views = Views()
        pages = {page for page, _ in signing}
        for index in range(opened.pages):
            with opened.page(index) as page:
                if page is not None:
                    _annotations(opened, page, index + 1, views, seen)
                    if index + 1 in pages:
                        seen.drawn.extend(_strokes(page, index + 1, views))
    near = any(_near(page, box, signing) for page, box in seen.drawn)
    return replace(
        facts,
        metadata=meta,
        comments=tuple(seen.comments[:_MOST]),
        marked=tuple(seen.marked[:_MOST]),
        links=tuple(seen.links[:_MOST]),
        signature=Signature.DIGITAL if digital else (Signature.DRAWN if near else Signature.NONE),
        encrypted=locked,
    )


def _annotations(opened: OpenPdf, page: object, number: int, views: Views, seen: _Seen) -> None:
    view = views.view(page)
    rect = pdfium.FS_RECTF()
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            pdfium.FPDFAnnot_GetRect(annotation, byref(rect))
            box = view.box(rect.left, rect.bottom, rect.right, rect.top)
            place = Place(number, box)
            if kind in _COMMENTS:
                seen.comments.append(Spot(place, _text(annotation, b"Contents"), _text(annotation, b"T")))
            elif kind == pdfium.FPDF_ANNOT_HIGHLIGHT:
                seen.marked.append(Spot(place, _text(annotation, b"Contents")))
            elif kind in _DRAWN:
                seen.drawn.append((number, box))
            elif kind == pdfium.FPDF_ANNOT_LINK and (address := _address(opened, annotation)):
                seen.links.append(Spot(place, address, "hyperlink"))
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _text(annotation: object, key: bytes) -> str:
    size = min(pdfium.FPDFAnnot_GetStringValue(annotation, key, None, 0), 1 << 12)
    if size <= 2:
        return ""
    buffer = create_string_buffer(size)
    pdfium.FPDFAnnot_GetStringValue(annotation, key, cast(buffer, pdfium.POINTER(pdfium.FPDF_WCHAR)), c_ulong(size))
    return " ".join(buffer.raw[: size - 2].decode("utf-16-le", "replace").split())[:EXCERPT]


def _address(opened: OpenPdf, annotation: object) -> str:
    """Where a link leads, if it is the web."""
    link = pdfium.FPDFAnnot_GetLink(annotation)
    action = pdfium.FPDFLink_GetAction(link) if link else None
    if not action:
        return ""
    size = min(pdfium.FPDFAction_GetURIPath(opened.handle, action, None, 0), 1 << 12)
    if size <= 1:
        return ""
    buffer = create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(opened.handle, action, buffer, size)
    address = buffer.value.decode("utf-8", "replace")
    return address[:EXCERPT] if address.lower().startswith(("http://", "https://")) else ""


def _strokes(page: object, number: int, views: Views) -> Iterator[tuple[int, Box]]:
    """Pictures and drawn curves of a page that asks for a signature."""
    view = views.view(page)
    left, bottom, right, top = (pdfium.c_float() for _ in range(4))
    for index in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        thing = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind == pdfium.FPDF_PAGEOBJ_PATH and not _is_written(thing):
            continue
        if kind not in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM):
            continue
        if pdfium.FPDFPageObj_GetBounds(thing, byref(left), byref(bottom), byref(right), byref(top)):
            yield number, view.box(left.value, bottom.value, right.value, top.value)


def _is_written(path: object) -> bool:
    curves = 0
    for index in range(min(pdfium.FPDFPath_CountSegments(path), 500)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        curves += pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_BEZIERTO
    return curves >= _STROKES


def _near(page: int, box: Box, signing: Sequence[tuple[int, Box]]) -> bool:
    return any(page == other and abs((box.y0 + box.y1) / 2 - (words.y0 + words.y1) / 2) <= _REACH for other, words in signing)
