"""A page copied into a new PDF with nothing but what draws it.

Only what a page needs to be drawn is followed: its size, its content and its resources. Whatever a file can hang on to these
(descriptions, metadata, hidden layers' settings, thumbnails, other applications' data) is left behind, and so is everything of
the document as a whole. If a marked text is met in what is left, the page is reported as tainted and must become a picture.
"""

from __future__ import annotations

import re
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    ContentStream,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    PdfObject,
    RectangleObject,
    StreamObject,
    TextStringObject,
)

from app.secrecy.masking.raw import RawSearch

__all__ = ["PageCopier", "TaintedError"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_KEPT_OF_PAGE = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group")
_LEFT_BEHIND = _words(
    """/Parent /Metadata /PieceInfo /StructParent /StructParents /AF /OC /OCGs /Alternates /OPI /Thumb /Annots /AA /A
    /LastModified /Lang /ActualText /Alt /E /Measure /PtData /VP /Ref /Private /JS /Names /EF /EmbeddedFiles
    /Properties /Name /ID /SourceInfo /Contents /B /Tabs /PZ /PresSteps /Dests /Outlines /AcroForm /XFA /Info /IX /SP
    /LastModified /Desc /F"""
)
_FOREIGN = frozenset(
    {"/Page", "/Pages", "/Catalog", "/Annot", "/Filespec", "/EmbeddedFile", "/OCG", "/OCMD", "/Metadata", "/Sig"}
)
_PICTURE_FILTERS = frozenset({"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/DCT", "/CCF"})
_HARMLESS = re.compile(rb"<<\s*/MCID\s+\d+\s*>>\s*BDC")
_TELLING = re.compile(rb"\b(?:BDC|DP)\b|%")
_MOST_DEPTH = 60


class TaintedError(Exception):
    """A marked text stands in what draws the page."""


class PageCopier:
    """Copies pages of `reader` to `writer`. `rewritten` tells of the last page whether its content was written anew."""

    def __init__(self, reader: PdfReader, writer: PdfWriter, search: RawSearch) -> None:
        self._reader, self._writer, self._search = reader, writer, search
        self._known: dict[tuple[int, int], PdfObject] = {}
        self.rewritten = False

    def copy(self, page: PageObject) -> None:
        """Add a clean copy of the page. Raises TaintedError, with nothing added."""
        self.rewritten = False
        kept = {NameObject(key): self._copied(page[key], 0) for key in _KEPT_OF_PAGE if key in page}
        resources = self._copied(page.get("/Resources", DictionaryObject()), 0)
        contents = page.get_contents()
        data = self._drawn(contents) if contents is not None else b""
        stream = DecodedStreamObject()
        stream.set_data(data)
        box = RectangleObject(tuple(page.mediabox))
        made = self._writer.add_blank_page(float(box.width), float(box.height))
        made.update(kept)
        made[NameObject("/Resources")] = resources
        made[NameObject("/Contents")] = self._writer._add_object(stream.flate_encode())

    def _drawn(self, contents: Any) -> bytes:
        """The operators of a content stream without marked content's properties and without comments."""
        data: bytes = contents.get_data()
        if _TELLING.search(_HARMLESS.sub(b"", data)):
            stream = ContentStream(contents, self._reader)
            stream.operations = [_bare(operands, operator) for operands, operator in stream.operations]
            data = stream.get_data()
            self.rewritten = True
        if self._search.find(data) is not None:
            raise TaintedError
        return data

    def _copied(self, value: Any, depth: int) -> PdfObject:
        if depth > _MOST_DEPTH:
            raise TaintedError
        if isinstance(value, IndirectObject):
            return self._indirect(value, depth)
        if isinstance(value, StreamObject):
            return self._stream(value, depth)
        if isinstance(value, DictionaryObject):
            return self._dictionary(value, DictionaryObject(), depth)
        if isinstance(value, ArrayObject):
            return ArrayObject(self._copied(part, depth + 1) for part in value)
        if isinstance(value, (TextStringObject, ByteStringObject)):
            self._check(str(value).encode("utf-8", "replace") if isinstance(value, str) else bytes(value))
        elif isinstance(value, NameObject):
            self._check(value.encode("utf-8", "replace"))
        return value  # type: ignore[no-any-return]  # numbers, names, strings: no part of another file

    def _indirect(self, value: IndirectObject, depth: int) -> PdfObject:
        key = (value.idnum, value.generation)
        if key not in self._known:
            target = value.get_object()
            if target is None or (isinstance(target, DictionaryObject) and str(target.get("/Type")) in _FOREIGN):
                return NullObject()
            place = self._writer._add_object(NullObject())
            self._known[key] = place
            try:
                self._writer._replace_object(place, self._copied(target, depth + 1))
            except TaintedError:
                del self._known[key]
                raise
        return self._known[key]

    def _dictionary(self, value: DictionaryObject, target: DictionaryObject, depth: int) -> DictionaryObject:
        for key in value:
            if key in _LEFT_BEHIND or (key == "/Type" and str(value[key]) in _FOREIGN):
                continue
            self._check(key.encode("utf-8", "replace"))
            target[NameObject(key)] = self._copied(value.raw_get(key), depth + 1)
        return target

    def _stream(self, value: StreamObject, depth: int) -> PdfObject:
        filters = value.get("/Filter", [])
        names = {str(filters)} if isinstance(filters, NameObject) else {str(name.get_object()) for name in filters}
        if value.get("/Subtype") == "/Form" or "/PatternType" in value or ("/Type" not in value and "/BBox" in value):
            made = DecodedStreamObject()
            self._dictionary(value, made, depth)
            for key in ("/Filter", "/DecodeParms", "/Length"):
                made.pop(key, None)
            made.set_data(self._drawn(value))
            return made.flate_encode()
        raw = bytes(value._data)
        self._check(raw, text=False)
        if not names & _PICTURE_FILTERS:
            self._check(value.get_data(), text=value.get("/Subtype") != "/Image")
        copy = StreamObject()
        self._dictionary(value, copy, depth)
        copy._data = raw
        return copy

    def _check(self, data: bytes, *, text: bool = True) -> None:
        if self._search.find(data, text=text) is not None:
            raise TaintedError


def _bare(operands: Any, operator: bytes) -> tuple[Any, bytes]:
    if operator == b"BDC":
        return [operands[0]] if operands else [NameObject("/P")], b"BMC"
    if operator == b"DP":
        return [operands[0]] if operands else [NameObject("/P")], b"MP"
    return operands, operator
