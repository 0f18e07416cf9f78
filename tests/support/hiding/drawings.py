"""Drawings that are lists of commands, with text in their records, and files that show them."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from tests.support.hiding.parts import with_parts

__all__ = ["emf", "emf_by_shapes", "shown_in_book", "shown_in_document", "wmf"]


def emf(pieces: Sequence[str], options: int = 0) -> bytes:
    """An enhanced metafile that draws each piece with a record of its own."""
    records = b"".join(_text_record(piece, options) for piece in pieces)
    end = struct.pack("<IIIII", 14, 20, 0, 0, 20)
    size = 88 + len(records) + len(end)
    box = struct.pack("<4i4i", 0, 0, 100, 100, 0, 0, 2000, 2000)
    header = struct.pack("<II", 1, 88) + box + b" EMF" + struct.pack("<IIIHH", 0x10000, size, len(pieces) + 2, 1, 0)
    return header.ljust(88, b"\0") + records + end


def emf_by_shapes(count: int) -> bytes:
    """One that names the font's shapes instead of letters."""
    return emf(["".join(chr(3 + number) for number in range(count))], 0x10)


def _text_record(text: str, options: int) -> bytes:
    said = text.encode("utf-16-le")
    padded = said + b"\0" * (-len(said) % 4)
    spaces = struct.pack("<I", 8) * len(text)
    held = struct.pack("<iiIII4iI", 10, 10, len(text), 76, options, 0, 0, 0, 0, 76 + len(padded))
    body = b"\0" * 16 + struct.pack("<Iff", 1, 1.0, 1.0) + held + padded + spaces
    return struct.pack("<II", 84, 8 + len(body)) + body


def wmf(text: str) -> bytes:
    """An old metafile with the text in eight bits."""
    said = text.encode("cp1252", "replace")
    body = struct.pack("<H", len(said)) + said + b"\0" * (len(said) % 2) + struct.pack("<HH", 10, 10)
    record = struct.pack("<IH", 3 + len(body) // 2, 0x0521) + body
    end = struct.pack("<IH", 3, 0)
    return struct.pack("<HHHIHIH", 1, 9, 0x300, (18 + len(record) + 6) // 2, 0, 20, 0) + record + end


_PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="900000" cy="900000"/><wp:docPr id="78" name="Bild"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:nvPicPr><pic:cNvPr id="1" name="Bild"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="rIdDrawn"/>'
    "<a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm><a:prstGeom prst="rect"/></pic:spPr>'
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)


def shown_in_document(data: bytes, picture: bytes, ending: str = "emf") -> bytes:
    """The Word file with the picture in its last paragraph."""
    return with_parts(
        data,
        {"word/document.xml": lambda part: part.replace(b"<w:sectPr", _PICTURE.encode() + b"<w:sectPr", 1)},
        {f"word/media/image77.{ending}": picture},
        [("word/document.xml", "rIdDrawn", "image", f"media/image77.{ending}")],
    )


_ON_SHEET = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    "<xdr:oneCellAnchor><xdr:from><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>6</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    '</xdr:from><xdr:ext cx="900000" cy="900000"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="Bild"/><xdr:cNvPicPr/>'
    '</xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
    '<xdr:spPr><a:prstGeom prst="rect"/></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>'
)


def shown_in_book(data: bytes, picture: bytes, ending: str = "emf") -> bytes:
    """The Excel file with the picture on its first sheet, at D7."""
    drawing = "xl/drawings/drawing77.xml"
    return with_parts(
        data,
        {
            "xl/worksheets/sheet1.xml": lambda part: part.replace(
                b"</worksheet>",
                b'<drawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
                b'r:id="rIdDrawing"/></worksheet>',
            )
        },
        {drawing: _ON_SHEET, f"xl/media/image77.{ending}": picture},
        [
            ("xl/worksheets/sheet1.xml", "rIdDrawing", "drawing", f"/{drawing}"),
            (drawing, "rId1", "image", f"/xl/media/image77.{ending}"),
        ],
        {drawing: "application/vnd.openxmlformats-officedocument.drawing+xml"},
    )
