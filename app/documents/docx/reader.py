"""A Word file as a document: checked, read story by story, what it carries along reported."""

from __future__ import annotations

from dataclasses import replace

from app.core.document import Block, BlockKind, Document, DocumentKind, Flag, Place
from app.core.errors import CorruptFileError
from app.documents.docx.body import Story
from app.documents.docx.headings import with_bold_headings
from app.documents.docx.numbering import Numbering
from app.documents.docx.parts import Element, Parts, R, W
from app.documents.docx.styles import Styles
from app.documents.ooxml import checked_package, package_findings
from app.documents.reader import ReadRequest

__all__ = ["read_docx"]

_METADATA = ("title", "subject", "creator", "created", "modified", "description", "keywords", "category")


def read_docx(request: ReadRequest) -> Document:
    """The Word document (.docx, .docm, .dotx). Raises only errors of the tree; macros and links are never followed."""
    with checked_package(request) as stream:
        parts = Parts(stream, request.name)
        root = parts.parse(parts.main)
        body = root.find(W + "body") if root is not None else None
        if root is None or body is None:
            raise CorruptFileError(request.name)
        styles = Styles(parts.related("styles"))
        story = Story(request, styles, Numbering(parts.related("numbering"), styles))
        blocks = with_bold_headings(story.read(body))
        count, regions = story.paragraph, tuple(story.regions)
        heads, feet = _furniture(parts, root, request, styles)
        notes = _notes(parts, story)
        story.paragraph = count
        findings = package_findings(parts.package, request.name)
        metadata = _metadata(parts)
        parts.package.close()
    request.report(1, 1)
    return Document(
        name=request.name,
        kind=DocumentKind.DOCX,
        sha256=request.digest(),
        blocks=(*heads, *blocks, *notes, *feet),
        warnings=findings,
        regions=regions,
        metadata=metadata,
    )


def _furniture(parts: Parts, root: Element, request: ReadRequest, styles: Styles) -> tuple[list[Block], list[Block]]:
    """Page headers and footers that a section uses, each text once."""
    relations = parts.relations(parts.main)
    found: dict[str, list[Block]] = {"headerReference": [], "footerReference": []}
    read: set[str] = set()
    texts: set[str] = set()
    for section in root.iter(W + "sectPr"):
        for reference in section:
            name = reference.tag.removeprefix(W) if isinstance(reference.tag, str) else ""
            target = relations.get(reference.get(R + "id", ""))
            if name not in found or target is None or target[1] in read:
                continue
            read.add(target[1])
            part = parts.parse(target[1])
            if part is None:
                continue
            for block in Story(request, styles, Numbering(None, styles)).read(part):
                if block.text and block.text not in texts:
                    texts.add(block.text)
                    found[name].append(_plain(block, BlockKind.FURNITURE, Place()))
    return found["headerReference"], found["footerReference"]


def _notes(parts: Parts, story: Story) -> list[Block]:
    """Footnotes, endnotes and comments, in the order in which the text refers to them."""
    blocks: list[Block] = []
    for kind, tag, places, block_kind in (
        ("footnotes", "footnote", story.footnotes, BlockKind.FOOTNOTE),
        ("endnotes", "endnote", story.endnotes, BlockKind.FOOTNOTE),
        ("comments", "comment", story.comments, BlockKind.COMMENT),
    ):
        root = parts.related(kind) if places or kind == "comments" else None
        if root is None:
            continue
        notes = {each.get(W + "id", ""): each for each in root.iter(W + tag) if each.get(W + "type", "normal") == "normal"}
        order = [each for each in places if each in notes]
        order += [each for each in notes if each not in places] if kind == "comments" else []
        for index, note in enumerate(order, 1):
            place, count = places.get(note, Place()), story.paragraph
            for each in story.read(notes[note]):
                if each.text:
                    number = str(index) if block_kind is BlockKind.FOOTNOTE else None
                    blocks.append(replace(_plain(each, block_kind, place), number=number))
            story.paragraph = count
    return blocks


def _plain(block: Block, kind: BlockKind, place: Place) -> Block:
    """A block of a story that nothing is asked in: its text only."""
    flags = block.flags & {Flag.INSERTED, Flag.HIDDEN, Flag.TEXT_BOX}
    return replace(block, kind=kind, place=place, level=None, cells=(), slots=(), flags=flags, region=None, table=None, row=None)


def _metadata(parts: Parts) -> tuple[tuple[str, str], ...]:
    root = parts.parse("docProps/core.xml")
    if root is None:
        return ()
    found = []
    for each in root:
        name = each.tag.rsplit("}", 1)[-1] if isinstance(each.tag, str) else ""
        text = " ".join((each.text or "").split())
        if name in _METADATA and text:
            found.append((name, text))
    return tuple(found)
