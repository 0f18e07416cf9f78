"""What the icons beside questions of TendSign say, read off the legend of the document itself.

Whether a question must be answered is not in the text of such a document. Its icons are one tall picture shown through
a clip; how far the picture's top lies above the clip tells them apart, and the legend on the first page tells what each means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.core.document import Block, Box, Document, Picture
from app.extraction import kept

_LEGEND = kept.pattern(r"(?<!\w)symbolförklaring(?!\w)", re.IGNORECASE)
_TOLERANCE = 4.0  # points between the offsets of one icon
_LEGEND_PAGES = 3

# What each line of the legend says of a question. The first that fits counts.
_MEANINGS = (
    ("buyer", re.compile(r"besvaras av (?:upphandlar|upphandlande|beställar|köpar)", re.IGNORECASE)),
    ("information", re.compile(r"upplysningsvis|för information", re.IGNORECASE)),
    ("espd", re.compile(r"espd", re.IGNORECASE)),
    ("must", re.compile(r"måste uppfyllas|obligatorisk", re.IGNORECASE)),
    ("weighted", re.compile(r"viktad|ingår i utvärderingen", re.IGNORECASE)),
    ("follow_up", re.compile(r"uppföljning", re.IGNORECASE)),
    ("qualification", re.compile(r"kvalificering", re.IGNORECASE)),
    ("contract", re.compile(r"ingå i avtalet", re.IGNORECASE)),
    ("catalogue", re.compile(r"avtalskatalog", re.IGNORECASE)),
    ("notice", re.compile(r"annons", re.IGNORECASE)),
)
_OF_QUESTIONS = (
    "buyer",
    "information",
    "must",
    "espd",
    "weighted",
    "qualification",
    "follow_up",
    "contract",
    "catalogue",
    "notice",
)


@dataclass(frozen=True, slots=True)
class Icons:
    """The legend, and the icons of each page from the top down."""

    legend: tuple[tuple[str, float, str], ...] = ()
    by_page: dict[int, list[Picture]] = field(default_factory=dict)

    def of(self, document: Document, line: Block, question: Block) -> str | None:
        """What the icon in the question's box means; of several the one that says most of the answer."""
        if not self.legend:
            return None
        meanings = {
            meaning
            for page, box in _boxes(document, line, question)
            for picture in self.by_page.get(page, ())
            if box.y0 - 1 <= (picture.box.y0 + picture.box.y1) / 2 <= box.y1 + 1 and picture.box.x0 < box.x1 + 1
            for meaning in (self.meaning(picture),)
            if meaning is not None
        }
        return next((meaning for meaning in _OF_QUESTIONS if meaning in meanings), None)

    def meaning(self, picture: Picture) -> str | None:
        """What the legend says of an icon."""
        near = [
            (abs(offset - picture.offset), meaning)
            for digest, offset, meaning in self.legend
            if digest == picture.digest and abs(offset - picture.offset) <= _TOLERANCE
        ]
        return min(near)[1] if near else None


def icons(document: Document) -> Icons:
    """The icons of a document that has such a legend; none for any other document."""
    if not document.pictures:
        return Icons()
    start = next(
        (n for n, block in enumerate(document.blocks[:60]) if len(block.text) < 60 and _LEGEND.search(block.text) is not None),
        None,
    )
    if start is None:
        return Icons()
    page = document.blocks[start].place.page
    texts = [
        (text, box) for block in document.blocks[start : start + 40] if block.place.page == page for text, box in _pieces(block)
    ]
    legend: list[tuple[str, float, str]] = []
    by_page: dict[int, list[Picture]] = {}
    for picture in document.pictures:
        if picture.page == page and (text := _beside(picture.box, texts)) is not None:
            meaning = next((name for name, pattern in _MEANINGS if pattern.search(text) is not None), None)
            if meaning is not None:
                legend.append((picture.digest, picture.offset, meaning))
                continue
        by_page.setdefault(picture.page, []).append(picture)
    return Icons(tuple(legend), by_page)


def _pieces(block: Block) -> Iterator[tuple[str, Box]]:
    """Text of each line of a block with its box."""
    for number, line in enumerate(block.lines):
        if line.box is not None:
            end = block.lines[number + 1].start if number + 1 < len(block.lines) else len(block.text)
            yield block.text[line.start : end].strip(), line.box


def _beside(icon: Box, texts: list[tuple[str, Box]]) -> str | None:
    """The text right of an icon, on its height."""
    middle = (icon.y0 + icon.y1) / 2
    near = [
        (box.x0 - icon.x1, text) for text, box in texts if box.y0 - 4 <= middle <= box.y1 + 4 and -2 <= box.x0 - icon.x1 <= 60
    ]
    return min(near)[1] if near else None


def _boxes(document: Document, line: Block, question: Block) -> Iterator[tuple[int, Box]]:
    """The box or boxes that the question stands in, or the strip from the question to its type line where none is drawn."""
    regions = {region for region in (line.region, question.region) if region is not None}
    if regions:
        for region in regions:
            yield document.regions[region].page, document.regions[region].box
        return
    for block in (question, line):
        if block.place.page is not None and block.place.box is not None:
            yield block.place.page, Box(0.0, block.place.box.y0, 10_000.0, block.place.box.y1)
