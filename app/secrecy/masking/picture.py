"""A page as a picture with its masks painted in: what was under them is gone before anything is encoded."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFont

from app.core.document import Box
from app.secrecy.masking.rectangles import MaskRectangle

__all__ = ["MASK_COLOUR", "Encoded", "encoded", "painted", "pixels_of"]

MASK_COLOUR = (0, 0, 0)
_LABEL_COLOUR = (255, 255, 255)
_LABEL_LEAST, _LABEL_MOST = 9, 44
_LARGE = 1_500_000
"""Bytes from which a page of photographs is rather kept as JPEG."""


class Encoded(NamedTuple):
    """A picture as a PDF holds it: the stream's bytes and the entries of its dictionary."""

    data: bytes
    filter: str
    grey: bool
    width: int
    height: int
    predicted: bool


def pixels_of(box: Box, size: tuple[int, int], points: tuple[float, float]) -> tuple[int, int, int, int]:
    """The pixels that a box on a page of so many points touches: left, top, right, bottom, the last two exclusive."""
    across, down = size[0] / points[0], size[1] / points[1]
    left, top = max(0, int(box.x0 * across)), max(0, int(box.y0 * down))
    right, bottom = min(size[0], int(box.x1 * across) + 1), min(size[1], int(box.y1 * down) + 1)
    return left, top, right, bottom


def painted(picture: Image.Image, masks: Sequence[MaskRectangle], points: tuple[float, float]) -> Image.Image:
    """The picture with every mask black and its claims' numbers on it."""
    picture = picture.copy()
    draw = ImageDraw.Draw(picture)
    areas = [
        (area, mask.numbers)
        for mask in masks
        if (area := pixels_of(mask.box, picture.size, points))[0] < area[2] and area[1] < area[3]  # not wholly outside the page
    ]
    for (left, top, right, bottom), _ in areas:
        draw.rectangle((left, top, right - 1, bottom - 1), fill=MASK_COLOUR)
    for area, numbers in areas:
        _label(draw, area, ", ".join(map(str, numbers)))
    return picture


def _label(draw: ImageDraw.ImageDraw, area: tuple[int, int, int, int], text: str) -> None:
    left, top, right, bottom = area
    size = min(_LABEL_MOST, max(_LABEL_LEAST, int(0.75 * min(bottom - top, right - left))))
    font = ImageFont.load_default(size)
    middle = ((left + right) / 2, (top + bottom) / 2)
    x0, y0, x1, y1 = draw.textbbox(middle, text, font=font, anchor="mm")
    if x0 >= left and y0 >= top and x1 <= right and y1 <= bottom:
        draw.text(middle, text, font=font, anchor="mm", fill=_LABEL_COLOUR)


def encoded(picture: Image.Image) -> Encoded:
    """Without loss, grey where there is no colour; a page of photographs as JPEG of high quality."""
    red, green, blue = picture.split()
    grey = ImageChops.difference(red, green).getbbox() is None and ImageChops.difference(green, blue).getbbox() is None
    if grey:
        picture = red
    data = _png_data(picture)
    if len(data) <= _LARGE:
        return Encoded(data, "FlateDecode", grey, picture.width, picture.height, True)
    target = BytesIO()
    picture.save(target, "JPEG", quality=88, subsampling=0)
    return Encoded(target.getvalue(), "DCTDecode", grey, picture.width, picture.height, False)


def _png_data(picture: Image.Image) -> bytes:
    """The compressed, predicted rows of a PNG, which a PDF can hold as they are."""
    target = BytesIO()
    picture.save(target, "PNG", compress_level=6)
    png, data, at = target.getvalue(), b"", 8
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"IDAT":
            data += png[at + 8 : at + 8 + size]
        at += size + 12
    return data
