"""Annexes for the tests, and everything that can be read in a file of any of their formats."""

from __future__ import annotations

import html
import re
import zlib
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject
from pypdfium2 import PdfDocument

from app.core.claims import Anchor, BidFile, ClaimSet
from app.core.document import Box
from app.workflow.annex import FORMATS, annex_of, annex_writer
from tests.support.claims import FILES, claim, claim_set

__all__ = ["DAY", "FORMATS", "SEVERAL", "everything_in", "pages_of", "written"]

DAY = date(2031, 4, 12)

SEVERAL = claim_set(
    claim(
        number=3,
        anchors=(Anchor("metod", "natten mellan steg 4 och 5", page=7, all_occurrences=True),),
        category="method",
        title="Metod för datamigrering",
        duration="P10Y",
        used_by="De konsultbolag som har lämnat anbud på samma flytt tidigare.",
        how="Stegen och deras ordning räcker för att göra likadant utan våra två års försök.",
        loss="Metoden gav oss full poäng i två upphandlingar. Blir den känd faller den fördelen bort.",
    ),
    claim(number=1),
    claim(
        number=2,
        anchors=(Anchor("pris", sheet="Pris", cells="$D$9:$D$14"), Anchor("pris", "14 400", sheet="Pris", cells="E9")),
        category="unit-price",
        title="Pris per enhet & <år>",
        market=None,
    ),
    claim(
        number=5,
        anchors=(Anchor("cv", page=2, box=Box(60, 100, 300, 130)), Anchor("cv", page=3)),
        category="cv",
        title=None,
        duration=None,
        may_be_released=None,
        not_known_because=None,
        market=None,
        note="Fråga konsulten först.",
    ),
    claim(
        number=4,
        anchors=(Anchor("cv", "Kajsa Lindqvist-Åberg"),),
        category="reference-contact",
        ground="osl-21-7",
        title="=SUMMA(A1:A9)",
        duration="P1Y6M",
        loss="Referenspersonen har bett oss att inte sprida namnet utanför upphandlingen.",
    ),
    files=(*FILES, BidFile("tom", "bid/Ej använd.pdf")),
)
"""Every kind of place, numbers that do not follow the documents, absent fields, and words that some formats read as more."""


def written(form: str, claims: ClaimSet = SEVERAL, language: str = "sv", limit: int | None = None) -> bytes:
    """The annex as the bytes of a file."""
    target = BytesIO()
    annex_writer(form, annex_of(claims, language, DAY), limit)(target)
    return target.getvalue()


def pages_of(content: bytes) -> list[str]:
    """The text of a PDF's pages, as another library reads it."""
    document = PdfDocument(content)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def everything_in(content: bytes) -> str:
    """All that can be read in a file: bytes, parts unpacked, and of a PDF its streams, strings and the text of its pages, also
    with broken words made whole."""
    found = [content.decode("utf-8", "replace"), content.decode("latin-1")]
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as archive:
            for member in archive.infolist():
                text = archive.read(member).decode("utf-8", "replace")
                found += [member.filename, text, html.unescape(text), _bare(text)]
    if content.startswith(b"%PDF"):
        reader = PdfReader(BytesIO(content))
        for number in range(1, len(reader.xref_objStm) + sum(map(len, reader.xref.values())) + 1):
            found += _texts(reader.get_object(number))
        for page in [*(page.extract_text() for page in reader.pages), *pages_of(content)]:
            whole = re.sub("[\u200b\u00ad\u0002\ufffe]", "", page)
            found += [page, whole, re.sub(r"-?[\r\n]+", "", whole)]
        found += [str(value) for value in (reader.metadata or {}).values()]
    return "\n".join(found)


def _bare(xml: str) -> str:
    """The text of an XML part without its tags, so that words which are split into runs are whole."""
    return html.unescape(re.sub(r"<[^>]+>", "", xml))


def _texts(value: Any, depth: int = 0) -> list[str]:
    """Strings and unpacked streams of a PDF object."""
    if depth > 3:
        return []
    found: list[str] = []
    if isinstance(value, StreamObject):
        try:
            data = value.get_data()
        except (zlib.error, NotImplementedError):
            data = b""
        found += [data.decode("latin-1"), data.decode("utf-8", "replace"), data.decode("utf-16-be", "replace")]
    if isinstance(value, DictionaryObject):
        for part in value.values():
            found += _texts(part, depth + 1)
    elif isinstance(value, ArrayObject):
        for part in value:
            found += _texts(part, depth + 1)
    elif isinstance(value, str):
        found.append(str(value))
    elif isinstance(value, bytes):
        found.append(value.decode("latin-1"))
    return found
