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

from app.secrecy.masking.metadata import bare_picture
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
_LITERAL = re.compile(rb"\((?:\\.|[^\\()])*\)", re.DOTALL)
_HARMLESS = re.compile(rb"<<(?:/Lang\s*\(\)|[^()<>])*>>\s*BDC")
"""Marked content whose properties hold no text but the name of a language; what strings held is gone by then."""
_TELLING = re.compile(rb"\b(?:BDC|DP)\b|%")
_NAME = re.compile(rb"/([^\s/<>\[\](){}%]+)")
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
        contents = page.get_contents()
        held = page.get("/Resources", DictionaryObject()).get_object()
        resources = self._resources(held, _names_of_page(contents, held), 0)
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
        if _TELLING.search(_HARMLESS.sub(b"", _LITERAL.sub(b"()", data))):
            stream = ContentStream(contents, self._reader)
            stream.operations = [_bare(operands, operator) for operands, operator in stream.operations]
            data = stream.get_data()
            self.rewritten = True
        if self._search.find(data) is not None or self._search.needles.name_in(data.decode("latin-1")) is not None:
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
            self._check_name(value)
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

    def _resources(self, held: Any, names: set[str], depth: int) -> DictionaryObject:
        """Those that the operators name. Others belong to other pages, it may be to masked ones."""
        made = DictionaryObject()
        for kind in held if isinstance(held, DictionaryObject) else ():
            entries = held[kind]
            if kind in _LEFT_BEHIND or not isinstance(entries, DictionaryObject):
                continue
            named = DictionaryObject({key: entries.raw_get(key) for key in entries if key in names})
            made[NameObject(kind)] = self._dictionary(named, DictionaryObject(), depth + 1)
        return made

    def _dictionary(self, value: DictionaryObject, target: DictionaryObject, depth: int) -> DictionaryObject:
        for key in value:
            self.rewritten = self.rewritten or key == "/OC"  # what was hidden could now be seen
            if key in _LEFT_BEHIND or (key == "/Type" and str(value[key]) in _FOREIGN):
                continue
            self._check_name(key)
            if key == "/Resources":
                target[NameObject(key)] = self._resources(value[key], _names_of(value), depth + 1)
            else:
                target[NameObject(key)] = self._copied(value.raw_get(key), depth + 1)
        return target

    def _stream(self, value: StreamObject, depth: int) -> PdfObject:
        filters = value.get("/Filter")
        names = {str(name.get_object()) for name in (filters if isinstance(filters, ArrayObject) else [filters or NullObject()])}
        if value.get("/Subtype") == "/Form" or "/PatternType" in value or ("/Type" not in value and "/BBox" in value):
            made = DecodedStreamObject()
            self._dictionary(value, made, depth)
            for key in ("/Filter", "/DecodeParms", "/Length"):
                made.pop(key, None)
            made.set_data(self._drawn(value))
            return made.flate_encode()
        raw = bytes(value._data)
        if _is_jpeg(value):
            return self._jpeg(value, depth)
        self._check(raw, text=False)
        if not names & _PICTURE_FILTERS:
            self._check(value.get_data(), text=value.get("/Subtype") != "/Image")
        copy = StreamObject()
        self._dictionary(value, copy, depth)
        copy._data = raw
        return copy

    def _jpeg(self, value: StreamObject, depth: int) -> PdfObject:
        """A photograph without its metadata, unpacked so that its bytes can be searched."""
        raw = bare_picture(value.get_data(), None)
        if self._search.find(raw, text=False) is not None or self._search.word_in(raw) is not None:
            raise TaintedError
        copy = StreamObject()
        self._dictionary(value, copy, depth)
        copy[NameObject("/Filter")] = NameObject("/DCTDecode")
        parameters = copy.pop("/DecodeParms", None)
        last = parameters[-1] if isinstance(parameters, ArrayObject) and parameters else parameters
        if isinstance(last, DictionaryObject):
            copy[NameObject("/DecodeParms")] = last
        copy._data = raw
        return copy

    def _check_name(self, name: str) -> None:
        self._check(name.encode("utf-8", "replace"))
        if self._search.needles.name_in(name[1:]) is not None:
            raise TaintedError

    def _check(self, data: bytes, *, text: bool = True) -> None:
        if self._search.find(data, text=text) is not None:
            raise TaintedError


def _is_jpeg(value: StreamObject) -> bool:
    filters = value.get("/Filter")
    last = filters[-1] if isinstance(filters, ArrayObject) and filters else filters
    return str(last.get_object() if isinstance(last, IndirectObject) else last) in ("/DCTDecode", "/DCT")


def _names_in(data: bytes) -> set[str]:
    return {_unescaped(name) for name in _NAME.findall(data)}


def _names_of_page(contents: Any, resources: Any) -> set[str]:
    """The names in a page's operators, and in those of the forms that they draw and that have no resources of their own."""
    names = _names_in(contents.get_data()) if contents is not None else set()
    forms = _dictionary_in(resources, "/XObject")
    waiting = True
    followed: set[str] = set()
    while waiting:
        waiting = False
        for key in forms:
            form = forms[key] if key in names and key not in followed else None
            if isinstance(form, StreamObject) and form.get("/Subtype") == "/Form" and "/Resources" not in form:
                names |= _names_in(form.get_data())
                waiting = True
            if form is not None:
                followed.add(key)
    return names


def _names_of(value: DictionaryObject) -> set[str]:
    """The names in the operators of what has resources of its own: a form, a pattern, a font whose letters are drawings."""
    if isinstance(value, StreamObject):
        return _names_of_page(value, value["/Resources"])
    letters = _dictionary_in(value, "/CharProcs")
    drawings = (letters[key] for key in letters)
    return set[str]().union(*(_names_in(drawing.get_data()) for drawing in drawings if isinstance(drawing, StreamObject)))


def _dictionary_in(value: Any, key: str) -> DictionaryObject:
    """What a dictionary holds under the key; an empty one where a broken file has something else there."""
    held = value.get(key) if isinstance(value, DictionaryObject) else None
    return held if isinstance(held, DictionaryObject) else DictionaryObject()


def _unescaped(name: bytes) -> str:
    return "/" + re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code.group(1), 16)]), name).decode("utf-8", "replace")


def _bare(operands: Any, operator: bytes) -> tuple[Any, bytes]:
    if operator == b"BDC":
        return [operands[0]] if operands else [NameObject("/P")], b"BMC"
    if operator == b"DP":
        return [operands[0]] if operands else [NameObject("/P")], b"MP"
    return operands, operator
