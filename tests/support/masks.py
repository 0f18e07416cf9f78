"""Files masked in the tests, and what is read of the copies."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdfium2
from PIL import Image

from app.core.claims import Anchor
from app.secrecy.masking import Mark, Masked, MaskJob, mask

__all__ = ["drawn_page", "mark", "masked", "pdf_text"]


def mark(quote: str | None = None, number: int = 1, **place: Any) -> Mark:
    """A mark of a text or of another place."""
    return Mark(number, Anchor("a", quote=quote, **place))


def masked(form: str, data: bytes, *marks: Mark, **more: Any) -> Masked:
    """The copy of a file."""
    return mask(MaskJob(f"anbud.{form}", data, marks, **more), form)


def pdf_text(data: bytes) -> list[str]:
    """What PDFium reads on each page."""
    document = pypdfium2.PdfDocument(data)
    try:
        found = []
        for page in document:
            text = page.get_textpage()
            found.append(" ".join(text.get_text_range().split()))
            text.close()
            page.close()
        return found
    finally:
        document.close()


def drawn_page(data: bytes, page: int = 0, scale: float = 1.0) -> Image.Image:
    """A page as it is seen, a pixel for a point."""
    document = pypdfium2.PdfDocument(data)
    try:
        held = document[page]
        picture = held.render(scale=scale).to_pil().convert("RGB")
        held.close()
        return Image.open(BytesIO(_png(picture)))
    finally:
        document.close()


def _png(picture: Image.Image) -> bytes:
    target = BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
