"""Does a file still tell a secret? Asked of three extractors for each format and of its bytes. Shares no code with the masker.

The secret is looked for whole and in pieces: each of its words of five letters or more, each of its numbers of four digits or
more. Signs are compared without blanks, hyphens, accents' encoding or case.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import warnings
import zlib
from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile, is_zipfile

from lxml import etree

__all__ = ["leaks", "pieces"]


def pieces(secret: str) -> list[str]:
    """The secret and what of it would tell it."""
    words = [word.strip(".,;:") for word in re.findall(r"[^\s/]+", secret)]
    numbers = [number for number in re.findall(r"\d[\d\s]*\d", secret) if len(re.sub(r"\s", "", number)) >= 4]
    return [secret, *(word for word in words if len(word) >= 5), *numbers]


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in composed if sign.isalnum() or sign in "@")


def leaks(data: bytes, secret: str) -> list[str]:
    """Where the secret or a piece of it was found: who found it, and which piece."""
    found: list[str] = []
    wanted = {piece: _plain(piece) for piece in pieces(secret)}
    forms = {form: piece for piece in wanted for form in _byte_forms(piece)}
    for name, text in _texts(data):
        plain = _plain(text)
        found += [f"{name}: {piece!r}" for piece, signs in wanted.items() if signs in plain]
    for name, held in _bytes(data):
        lower = held.lower()
        found += [f"{name}: bytes of {piece!r}" for form, piece in forms.items() if form in lower]
    return found


def _byte_forms(piece: str) -> set[bytes]:
    found: set[bytes] = set()
    for text in (piece, unicodedata.normalize("NFD", piece), re.sub(r"\s", "", piece), piece.upper()):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
            data = text.encode(encoding, "ignore")
            found |= {data, data.hex().encode(), re.sub(rb"[\x80-\xff]", lambda sign: b"\\%03o" % sign.group()[0], data)}
        found.add("".join(f"&#{ord(sign)};" if ord(sign) > 127 else sign for sign in text).encode())
        found.add("".join(f"&#x{ord(sign):x};" if ord(sign) > 127 else sign for sign in text).encode())
        found |= {b64encode(b"\0" * shift + text.encode())[4:-4] for shift in (0, 1, 2)}
    return {form.lower() for form in found if len(form) >= 5}


def _texts(data: bytes) -> Iterator[tuple[str, str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if data.lstrip().startswith(b"%PDF"):
            yield from _of_pdf(data)
        elif is_zipfile(BytesIO(data)):
            yield from _of_office(data)
        else:
            for encoding in ("utf-8", "cp1252", "utf-16"):
                yield encoding, data.decode(encoding, "ignore")


def _of_pdf(data: bytes) -> Iterator[tuple[str, str]]:
    import pdfplumber
    import pypdf
    import pypdfium2

    with pdfplumber.open(BytesIO(data)) as plumber:
        yield "pdfplumber metadata", repr(plumber.metadata)
        for page in plumber.pages:
            yield "pdfplumber", page.extract_text() or ""
            yield "pdfplumber characters", "".join(sign["text"] for sign in page.chars)
            yield "pdfplumber notes", repr([note.get("contents") for note in page.annots]) + repr(page.hyperlinks)
    reader = pypdf.PdfReader(BytesIO(data))
    for leaf in reader.pages:
        yield "pypdf", leaf.extract_text()
        yield "pypdf layout", leaf.extract_text(extraction_mode="layout")
    yield "pypdf objects", "\n".join(_strings(reader))
    document = pypdfium2.PdfDocument(data)
    try:
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            yield "pdfium", text.get_text_range()
            text.close()
            page.close()
        yield "pdfium metadata", repr(document.get_metadata_dict())
        yield "pdfium bookmarks", repr([item.get_title() for item in document.get_toc()])
        for number in range(document.count_attachments()):
            yield "pdfium attachments", document.get_attachment(number).get_name()
    finally:
        document.close()


def _strings(reader: Any) -> Iterator[str]:
    """Every string and name of every object that the cross-reference table knows."""
    waiting: list[Any] = []
    for generation in reader.xref.values():
        for number in generation:
            waiting.append(reader.get_object(number) if number else None)
    for number in reader.xref_objStm:
        waiting.append(reader.get_object(number))
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield from map(str, value)
            waiting += dict.values(value)
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, (str, bytes)):
            yield value if isinstance(value, str) else value.decode("latin-1") + value.decode("utf-16-be", "ignore")


def _of_office(data: bytes) -> Iterator[tuple[str, str]]:
    with ZipFile(BytesIO(data)) as archive:
        names = archive.namelist()
        for name in names:
            part = archive.read(name)
            yield "names", name
            if name.rpartition(".")[2] in ("xml", "rels", "vml", "svg"):
                root = etree.fromstring(part)
                yield f"lxml {name}", "".join(map(str, root.itertext()))
                yield f"lxml symbols {name}", "".join(map(_spelled, root.iter()))
                for element in root.iter():
                    yield f"lxml attributes {name}", " ".join(map(str, element.attrib.values()))
                    yield f"lxml names {name}", unquote(" ".join([str(element.tag), *map(str, element.attrib)]))
            elif name.endswith(".emf"):
                yield f"drawn {name}", "".join(_drawn(part))
    if any(name.startswith("word/") for name in names):
        yield from _of_word(data)
    else:
        yield from _of_workbook(data)


def _spelled(element: Any) -> str:
    """The text of an element, or the sign whose code a symbol names."""
    if str(element.tag).endswith("}sym"):
        codes = [int(code, 16) for name, code in element.attrib.items() if name.endswith("}char")]
        return "".join(chr(code & 0xFF if 0xF000 <= code < 0xF100 else code) for code in codes)
    return element.text or "" if isinstance(element.tag, str) else ""


def _drawn(data: bytes) -> Iterator[str]:
    """The text of a metafile's records for wide text (MS-EMF 2.3.5.8)."""
    at = 0
    while at + 8 <= len(data):
        kind, size = struct.unpack_from("<II", data, at)
        if kind == 84:
            count, start = struct.unpack_from("<II", data, at + 44)
            yield data[at + start : at + start + 2 * count].decode("utf-16-le", "replace")
        at += max(8, size)


def _of_word(data: bytes) -> Iterator[tuple[str, str]]:
    from docx import Document

    document = Document(BytesIO(data))
    yield "python-docx", "\n".join(paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        yield "python-docx table", "\n".join(cell.text for row in table.rows for cell in row.cells)
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header):
            yield "python-docx header", "\n".join(paragraph.text for paragraph in part.paragraphs)
    yield "python-docx comments", "\n".join(comment.text for comment in document.comments)
    core = document.core_properties
    yield "python-docx properties", f"{core.title} {core.author} {core.subject} {core.keywords} {core.comments} {core.category}"


def _of_workbook(data: bytes) -> Iterator[tuple[str, str]]:
    from openpyxl import load_workbook

    for values in (False, True):
        book = load_workbook(BytesIO(data), data_only=values)
        for sheet in book.worksheets:
            yield "openpyxl sheet", sheet.title
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is not None or cell.comment:
                        yield "openpyxl", f"{cell.value} {cell.comment.text if cell.comment else ''}"
        yield "openpyxl names", " ".join(f"{name} {defined.attr_text}" for name, defined in book.defined_names.items())
        # Without its times: a book that has none is given that of its reading, whose digits are any number's.
        yield "openpyxl properties", "\n".join(value for value in vars(book.properties).values() if isinstance(value, str))


def _bytes(data: bytes) -> Iterator[tuple[str, bytes]]:
    yield "file", data
    if data.lstrip().startswith(b"%PDF"):
        for number, held in enumerate(re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL)):
            try:
                yield f"stream {number}", zlib.decompressobj().decompress(held)
            except zlib.error:
                yield f"stream {number}", held
    elif is_zipfile(BytesIO(data)):
        with ZipFile(BytesIO(data)) as archive:
            yield "archive's comment", archive.comment
            for member in archive.infolist():
                yield member.filename, archive.read(member) + member.extra + member.comment
