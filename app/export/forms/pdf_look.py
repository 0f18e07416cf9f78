"""What PDFium leaves undone in the look of written fields, so that every viewer shows them.

A character that the field's own font cannot show (a dash, a curly quote, the euro sign) PDFium draws with a font of another
alphabet that is not in the file: it looks odd, and not every viewer has it. Such fields are drawn anew here, in Helvetica.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any, NamedTuple

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    TextStringObject,
)

from app.export.forms.pdf_metrics import shown_widths

__all__ = ["completed"]

_FONT = re.compile(rb"/([^\s/\[\]()<>]+)\s+-?[\d.]+\s+Tf")
_APPEARANCE = re.compile(r"/([^\s/]+)\s+(-?[\d.]+)\s+Tf")
_COLOUR = re.compile(r"((?:-?[\d.]+\s+){1,4}(?:g|rg|k))\b")
_TEXT = re.compile(rb"/Tx\s+BMC.*?EMC", re.DOTALL)
_OURS = "AnbHelv"
_MULTILINE, _COMB, _PASSWORD = 1 << 12, 1 << 24, 1 << 13
_LARGEST, _SMALLEST = 12.0, 4.0
_LEADING, _ASCENT, _DESCENT = 1.15, 0.718, 0.207


class _Field(NamedTuple):
    name: str
    flags: int
    size: float
    colour: str
    align: int
    most: int | None
    width: float
    height: float


def completed(data: bytes, texts: dict[str, str], password: str | None) -> tuple[bytes, dict[str, str], int]:
    """The file with the fields drawn anew that need it; what is to be said of texts by the field's name; how many could not
    be."""
    said: dict[str, str] = {}
    if not texts:
        return data, said, 0
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            reader.decrypt(password or "")
        writer = None if reader.is_encrypted else PdfWriter(BytesIO(data), incremental=True)
        source: Any = reader if writer is None else writer
        form = source.root_object if writer is None else writer.root_object
        acro = form.get("/AcroForm", DictionaryObject()).get_object() if form is not None else DictionaryObject()
        odd = redrawn = 0
        for page in source.pages:
            for reference in page.get("/Annots", ArrayObject()).get_object():
                widget = reference.get_object()
                name = _name(widget)
                if (
                    widget.get("/Subtype") != "/Widget"
                    or name not in texts
                    or _inherited(widget, "/FT", acro) not in ("/Tx", "/Ch")
                ):
                    continue
                field = _field(widget, name, acro)
                text = texts[name]
                if _lossy(text):
                    said[name] = "fill.characters"
                elif _cut(field, text):
                    said[name] = "fill.cut"
                holder = _unwritten(widget, text, acro)
                if holder is None and not _borrowed(widget):
                    continue
                if writer is None:
                    odd += 1
                    continue
                if holder is not None:
                    holder[NameObject("/V")] = TextStringObject(text)
                _draw(writer, widget, field, text)
                redrawn += 1
        if writer is None or not redrawn:
            return data, said, odd
        out = BytesIO()
        writer.write(out)
        return out.getvalue(), said, odd
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        # A file that only PDFium understands keeps the look that PDFium gave it.
        return data, said, sum(any(letter > "\xff" for letter in text) for text in texts.values())


def _lossy(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return True
    return False


def _name(widget: Any) -> str:
    parts: list[str] = []
    seen = 0
    while widget is not None and seen < 40:
        if "/T" in widget:
            parts.insert(0, str(widget["/T"]))
        parent = widget.get("/Parent")
        widget = parent.get_object() if parent is not None else None
        seen += 1
    return ".".join(parts)


def _inherited(widget: Any, key: str, acro: Any) -> Any:
    node, seen = widget, 0
    while node is not None and seen < 40:
        if key in node:
            return node[key]
        parent = node.get("/Parent")
        node = parent.get_object() if parent is not None else None
        seen += 1
    return acro.get(key)


def _field(widget: Any, name: str, acro: Any) -> _Field:
    appearance = str(_inherited(widget, "/DA", acro) or "")
    font, colour = _APPEARANCE.search(appearance), _COLOUR.findall(appearance)
    normal = widget["/AP"]["/N"] if "/AP" in widget and "/N" in widget["/AP"] else None
    box = normal.get("/BBox") if normal is not None else None
    x0, y0, x1, y1 = (float(value) for value in (box or widget["/Rect"]))
    most = _inherited(widget, "/MaxLen", acro)
    return _Field(
        name,
        int(_inherited(widget, "/Ff", acro) or 0),
        abs(float(font[2])) if font else 0.0,
        colour[-1] if colour else "0 g",
        int(_inherited(widget, "/Q", acro) or 0),
        int(most) if most is not None else None,
        abs(x1 - x0),
        abs(y1 - y0),
    )


def _borrowed(widget: Any) -> bool:
    """Whether the look uses a font that its resources do not have, or a second one beside the field's own."""
    normal = widget["/AP"]["/N"] if "/AP" in widget and "/N" in widget["/AP"] else None
    if normal is None or not hasattr(normal, "get_data"):
        return False
    resources = normal.get("/Resources", DictionaryObject()).get_object()
    fonts = resources.get("/Font", DictionaryObject()).get_object()
    used = {f"/{name.decode('latin-1')}" for name in _FONT.findall(normal.get_data())}
    return len(used) > 1 or any(name not in fonts for name in used)


def _unwritten(widget: Any, text: str, acro: Any) -> Any:
    """The field that still holds something else: some programs make several of one name, and PDFium writes the first."""
    if _inherited(widget, "/FT", acro) != "/Tx":
        return None
    held = str(_inherited(widget, "/V", acro) or "").replace("\r\n", "\n").replace("\r", "\n")
    if held.strip() == text.strip():
        return None
    node = widget
    while "/T" not in node and "/Parent" in node:
        node = node["/Parent"].get_object()
    return node


def _cut(field: _Field, text: str) -> bool:
    """Whether the text is larger than the box at the size that the field fixes."""
    if field.flags & (_COMB | _PASSWORD):
        return False
    if field.flags & _MULTILINE:
        size = field.size or _SMALLEST
        return len(_lines(text, size, field.width - 4)) * size * _LEADING > field.height + size * 0.3
    size = field.size or _SMALLEST
    return sum(shown_widths(text)) * size > field.width - 1


def _lines(text: str, size: float, width: float) -> list[str]:
    """The text broken at blanks to the width; a word that is too long is broken where it must be."""
    found: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0.0
        for word in re.findall(r"\S+\s*|\s+", paragraph) or [""]:
            wide = sum(shown_widths(word.rstrip())) * size
            if line and used + wide > width:
                found.append(line.rstrip())
                line, used = "", 0.0
            for letter, one in zip(word, shown_widths(word), strict=True):
                if line and used + one * size > width and not letter.isspace():
                    found.append(line)
                    line, used = "", 0.0
                line += letter
                used += one * size
        found.append(line.rstrip())
    return found


def _draw(writer: PdfWriter, widget: Any, field: _Field, text: str) -> None:
    if "/AP" not in widget or "/N" not in widget["/AP"]:
        widget[NameObject("/AP")] = DictionaryObject({NameObject("/N"): _empty(field)})
    normal = widget["/AP"]["/N"]
    old = normal.get_data()
    drawn = _drawn(field, text)
    content = _TEXT.sub(lambda _: drawn, old, count=1) if _TEXT.search(old) else old + b"\n" + drawn
    stream = DecodedStreamObject()
    for key, value in normal.items():
        if key not in ("/Filter", "/Length", "/DecodeParms", "/Resources"):
            stream[NameObject(key)] = value
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
            NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
        }
    )
    resources = DictionaryObject({NameObject("/Font"): DictionaryObject({NameObject(f"/{_OURS}"): writer._add_object(font)})})
    stream[NameObject("/Resources")] = resources
    stream.set_data(content)
    reference: IndirectObject = writer._add_object(stream.flate_encode())
    looks = widget["/AP"].get_object()
    looks[NameObject("/N")] = reference


def _empty(field: _Field) -> DecodedStreamObject:
    """A look that shows nothing."""
    stream = DecodedStreamObject()
    stream[NameObject("/Type")], stream[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    stream[NameObject("/BBox")] = ArrayObject([FloatObject(each) for each in (0, 0, field.width, field.height)])
    stream.set_data(b"")
    return stream


def _drawn(field: _Field, text: str) -> bytes:
    """The text as the field shows it: one line in the middle, lines from the top, or a character in each cell of a comb."""
    if field.flags & _PASSWORD:
        text = "*" * len(text)
    inner = field.width - 4
    if field.flags & _COMB and field.most:
        return _comb(field, text)
    if field.flags & _MULTILINE:
        size = field.size or _fitting(text, inner, field.height - 4)
        lines = _lines(text, size, inner)
        first = field.height - 2 - size * _ASCENT - size * 0.1
    else:
        lines = [text.replace("\n", " ")]
        wide = sum(shown_widths(lines[0]))
        size = field.size or max(_SMALLEST, min(_LARGEST, (field.height - 2) / _LEADING, inner / wide if wide else _LARGEST))
        first = (field.height - size * (_ASCENT - _DESCENT)) / 2
    parts = [f"/Tx BMC\nq\n1 1 {field.width - 2:.3f} {field.height - 2:.3f} re\nW\nn\nBT\n{field.colour}\n/{_OURS} {size:.3f} Tf"]
    out = [parts[0].encode("ascii")]
    x = y = 0.0
    for number, line in enumerate(lines):
        wide = sum(shown_widths(line)) * size
        left = 2 + {1: max(0.0, (inner - wide) / 2), 2: max(0.0, inner - wide)}.get(field.align, 0.0)
        down = first - number * size * _LEADING
        out.append(f"{left - x:.3f} {down - y:.3f} Td".encode("ascii"))
        out.append(_literal(line) + b" Tj")
        x, y = left, down
    return b"\n".join([*out, b"ET\nQ\nEMC"])


def _comb(field: _Field, text: str) -> bytes:
    cell = field.width / (field.most or 1)
    size = field.size or max(_SMALLEST, min(_LARGEST, (field.height - 2) / _LEADING, cell * 1.2))
    up = (field.height - size * (_ASCENT - _DESCENT)) / 2
    out = [f"/Tx BMC\nq\nBT\n{field.colour}\n/{_OURS} {size:.3f} Tf".encode("ascii")]
    x = 0.0
    for number, (letter, wide) in enumerate(zip(text, shown_widths(text), strict=True)):
        left = number * cell + (cell - wide * size) / 2
        out.append(f"{left - x:.3f} {up if not number else 0:.3f} Td".encode("ascii") + b"\n" + _literal(letter) + b" Tj")
        x = left
    return b"\n".join([*out, b"ET\nQ\nEMC"])


def _fitting(text: str, width: float, height: float) -> float:
    size = _LARGEST
    while size > _SMALLEST and len(_lines(text, size, width)) * size * _LEADING > height:
        size -= 0.5
    return size


def _literal(text: str) -> bytes:
    raw = text.encode("cp1252", "replace")
    return b"(" + raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").replace(b"\n", b" ") + b")"
