"""Is the masked PDF clean? Asked of PDFium, which did not write it, and of the bytes themselves.

Looked at: what PDFium reads on every page, in two orders; every mask as PDFium draws it; the file's bytes and every stream of it
unpacked, in all writings of the marked texts; and that nothing of the document stands beside its pages.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

import pypdfium2.raw as pdfium
from PIL import Image, ImageChops
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from app.core.errors import MaskingError
from app.secrecy.masking.needles import Needle, Needles
from app.secrecy.masking.orders import orders
from app.secrecy.masking.pdf_pages import Pdf, open_pdf
from app.secrecy.masking.picture import painted, pixels_of
from app.secrecy.masking.raw import RawSearch
from app.secrecy.masking.rectangles import MaskRectangle

__all__ = ["prove_pdf", "streams_of"]

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_OF_PICTURE = re.compile(rb"/Subtype\s*/Image\b(?:(?!endobj).)*$", re.DOTALL)
_STRING = re.compile(rb"\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]{12,})>", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_OF_FILE = frozenset({"/Size", "/Root", "/ID"})
_OF_DOCUMENT = frozenset({"/Type", "/Pages"})
_OF_PAGE = frozenset({"/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group", "/Resources", "/Contents"})
_DRAWN_AT = 200
_APART = 96
_MOST_APART = 0.04


def prove_pdf(
    data: bytes, name: str, needles: Needles, masks: Mapping[int, Sequence[MaskRectangle]], pages: int, pixels: int
) -> None:
    """Raises MaskingError (`mask.left`) with page and way when anything of what is marked can be found in the file."""
    with open_pdf(data, name) as (pdf, _):
        if pdf.count != pages:
            raise MaskingError(name, code="mask.left", claim="?", reason="mask_pages")
        for index in range(pages):
            page = pdf.text(index)
            for order in orders(page, rows=index in masks):
                _refuse(needles.first_in(order.text), name, index + 1, "text")
            if index in masks:
                _prove_masks(pdf, index, masks[index], name, pixels)
        if pdfium.FPDFDoc_GetAttachmentCount(pdf.handle) or pdfium.FPDF_GetFormType(pdf.handle) or _has_bookmark(pdf):
            raise MaskingError(name, code="mask.left", claim="?", reason="mask_document")
    _prove_bytes(data, name, RawSearch(needles))


def _has_bookmark(pdf: Pdf) -> bool:
    return bool(pdfium.FPDFBookmark_GetFirstChild(pdf.handle, None))


def _refuse(needle: Needle | None, name: str, page: int | None, way: str) -> None:
    if needle is not None:
        raise MaskingError(name, code="mask.left", page=page, claim=needle.number, reason=f"mask_{way}")


def _prove_masks(pdf: Pdf, index: int, masks: Sequence[MaskRectangle], name: str, pixels: int) -> None:
    """Every mask is drawn as it was painted: black with its numbers and nothing else."""
    drawn = pdf.picture(index, _DRAWN_AT, pixels)
    page = pdf.text(index)
    points = (page.width, page.height)
    wanted = painted(Image.new("RGB", drawn.size, "white"), masks, points)
    for mask in masks:
        left, top, right, bottom = pixels_of(mask.box, drawn.size, points)
        area = (left + 1, top + 1, max(left + 2, right - 1), max(top + 2, bottom - 1))
        apart = ImageChops.difference(drawn.crop(area), wanted.crop(area)).convert("L")
        differs = apart.point(lambda value: 255 * (value > _APART))
        if differs.histogram()[255] > _MOST_APART * differs.width * differs.height:
            raise MaskingError(name, code="mask.left", page=index + 1, claim=mask.numbers[0], reason="mask_picture")


def _prove_bytes(data: bytes, name: str, search: RawSearch) -> None:
    outside = _STREAM.sub(b"stream\nendstream", data)
    if data.count(b"%%EOF") != 1 or not _is_bare(data):
        raise MaskingError(name, code="mask.left", claim="?", reason="mask_document")
    _refuse(search.find(data, text=False), name, None, "bytes")
    for part in [outside, *streams_of(data)]:
        _refuse(search.find(part), name, None, "bytes")
        for text in _strings(part):
            _refuse(search.find(text), name, None, "bytes")


def _is_bare(data: bytes) -> bool:
    """Whether the document is its pages and each page what draws it, with nothing hung on."""
    try:
        reader = PdfReader(BytesIO(data))
        pages = [set(page) for page in reader.pages]
        return (
            set(reader.trailer) <= _OF_FILE
            and set(reader.root_object) <= _OF_DOCUMENT
            and all(page <= _OF_PAGE for page in pages)
        )
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError):
        return False


def streams_of(data: bytes) -> Iterator[bytes]:
    """Every stream as it is unpacked, or as it is where it is not packed. Those of pictures hold pixels and are passed over."""
    for found in _STREAM.finditer(data):
        if _OF_PICTURE.search(data, max(0, found.start() - 600), found.start()):
            continue
        held = found.group(1)
        try:
            yield zlib.decompressobj().decompress(held)
        except zlib.error:
            yield held


def _strings(data: bytes) -> Iterator[bytes]:
    """The strings of a PDF with their escapes resolved, apart and run together. Pictures' bytes are no such text."""
    if b"\x00" in data[:400] or len(data) > 2_000_000:
        return
    joined: list[bytes] = []
    for literal, hexadecimal in _STRING.findall(data):
        if hexadecimal:
            digits = b"".join(hexadecimal.split())
            joined.append(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()))
        elif literal:
            joined.append(_ESCAPE.sub(_resolved, literal))
    yield b"\n".join(joined)
    yield b"".join(joined)


def _resolved(found: re.Match[bytes]) -> bytes:
    what = found.group(1)
    if what[:1].isdigit():
        return bytes([int(what, 8) & 0xFF])
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"\r\n": b"", b"\n": b""}.get(what, what)
