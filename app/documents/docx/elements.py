"""Where the numbered paragraphs of a read document stand in its file, for who writes into a copy of it."""

from __future__ import annotations

from app.core.errors import CorruptFileError
from app.documents.docx.body import Story
from app.documents.docx.numbering import Numbering
from app.documents.docx.parts import Element, Parts, W
from app.documents.docx.styles import Styles
from app.documents.ooxml import checked_package
from app.documents.reader import ReadRequest

__all__ = ["paragraph_elements"]


def paragraph_elements(request: ReadRequest) -> tuple[int | None, ...]:
    """For each `Place.paragraph` of the document as it is read, which of all paragraph elements of the main part it is, from 0.

    None where a content control without a paragraph of its own was counted. Raises the errors of reading.
    """
    with checked_package(request) as stream:
        parts = Parts(stream, request.name)
        root = parts.parse(parts.main)
        body = root.find(W + "body") if root is not None else None
        if root is None or body is None:
            raise CorruptFileError(request.name)
        styles = Styles(parts.related("styles"))
        story = Story(request, styles, Numbering(parts.related("numbering"), styles))
        story.elements = []
        story.read(body)
        order: dict[Element, int] = {element: number for number, element in enumerate(root.iter(W + "p"))}
        parts.package.close()
        return tuple(order.get(element) for element in story.elements)
