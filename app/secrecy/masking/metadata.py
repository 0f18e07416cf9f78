"""Pictures without what is written about them: names, places, dates, descriptions, small previews, and bytes after their end.

The pixels of a PNG or JPEG stay exactly as they are. Other formats are drawn anew when they have to be cleaned.
"""

from __future__ import annotations

from io import BytesIO

from PIL import Image

__all__ = ["bare_picture"]

_PNG = b"\x89PNG\r\n\x1a\n"
_OF_PNG = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"bKGD", b"pHYs", b"sBIT"})
_JPEG = b"\xff\xd8"
_COMMENT, _JFIF, _ADOBE, _PROFILE = 0xFE, 0xE0, 0xEE, 0xE2
_SCAN, _END = 0xDA, 0xD9
_INNER = frozenset({0x00, *range(0xD0, 0xD8)})


def bare_picture(data: bytes, form: str | None) -> bytes:
    """The picture without metadata. `form`: a format in which it may be drawn anew, None to leave odd ones as they are."""
    bare = _bare_png(data) if data.startswith(_PNG) else _bare_jpeg(data) if data.startswith(_JPEG) else None
    if bare is not None:
        return bare
    return _drawn_anew(data, form) if form is not None else data


def _bare_png(data: bytes) -> bytes | None:
    kept, at = [_PNG], len(_PNG)
    while at + 12 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if at + 12 + length > len(data):
            return None
        if kind in _OF_PNG:
            kept.append(data[at : at + 12 + length])
        at += 12 + length
        if kind == b"IEND":
            return b"".join(kept)
    return None


def _bare_jpeg(data: bytes) -> bytes | None:
    kept, at = [_JPEG], len(_JPEG)
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker == _END:
            return b"".join([*kept, data[at : at + 2]])
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _SCAN:
            end = _end_of_scan(data, end)
        if not _tells(marker, data[at + 4 : at + 16]):
            kept.append(data[at:end])
        at = end
    return b"".join([*kept, b"\xff\xd9"]) if data[at : at + 2] == b"\xff\xd9" else None


def _end_of_scan(data: bytes, at: int) -> int:
    at = data.find(b"\xff", at)
    while 0 <= at < len(data) - 1 and data[at + 1] in _INNER:
        at = data.find(b"\xff", at + 2)
    return at if at >= 0 else len(data)


def _tells(marker: int, begins: bytes) -> bool:
    """Whether a segment is about the picture rather than of it. A colour profile is kept: it says how the picture looks."""
    if marker == _PROFILE:
        return not begins.startswith(b"ICC_PROFILE")
    return marker == _COMMENT or (0xE0 <= marker <= 0xEF and marker not in (_JFIF, _ADOBE))


def _drawn_anew(data: bytes, form: str) -> bytes:
    with Image.open(BytesIO(data)) as picture:
        picture.load()
        plain = Image.new(picture.mode, picture.size)
        if picture.mode == "P" and picture.palette is not None:
            plain.putpalette(picture.palette)
        plain.paste(picture)
    target = BytesIO()
    plain.save(target, form)
    return target.getvalue()
