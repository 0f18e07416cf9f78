"""What a Word file holds beside its text: comments, tracked changes, highlights, signatures, links."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from app.core.document import BlockKind, Document, Flag, Place
from app.core.inspection import EXCERPT, FileFacts, Signature, Spot
from app.documents.docx.parts import Element, Parts, W
from app.documents.inspection.office import properties, signed_package
from app.documents.ooxml import checked_package
from app.documents.reader import ReadRequest

__all__ = ["inspect_docx"]

_MOST = 500
_CHANGES = {"ins": "inserted", "moveTo": "inserted", "del": "deleted", "moveFrom": "deleted"}
_PICTURES = ("}blip", "}imagedata")
_NEAR = 8
"""Paragraphs between the words about signing and the picture of a signature."""

_SIGNING = re.compile(r"\b(?:under(?:skrift|teckn)|namnteckning|signatur|signature|signed)", re.IGNORECASE)
_SHORT = 60
_YELLOWS = frozenset({"FFFF00", "FFFF99", "FFFF66", "FFFFCC", "00FF00", "00FFFF"})
_DENSE = 6000
"""Characters that no page of text holds more of: pages are counted from below where the file does not tell them."""


def inspect_docx(request: ReadRequest, facts: FileFacts, document: Document) -> FileFacts:
    """The facts with those of the format."""
    with checked_package(request) as stream:
        parts = Parts(stream, request.name)
        root = parts.parse(parts.main)
        meta = properties(parts.package)
        signed = signed_package(parts.package)
        comments = parts.related("comments")
        links = _links(parts)
        parts.package.close()
    if root is None:
        return facts
    paragraphs = list(root.iter(W + "p"))
    places = _places(document)
    return replace(
        facts,
        metadata=meta,
        comments=_comments(comments, document),
        tracked=_tracked(root, document),
        marked=_marked(paragraphs, places),
        signature=Signature.DIGITAL if signed else (Signature.DRAWN if _drawn(paragraphs) else Signature.NONE),
        links=links,
        pages=_pages(root, meta, sum(len(block.text) for block in document.blocks)),
    )


def _comments(root: Element | None, document: Document) -> tuple[Spot, ...]:
    """Who has said something, and where it hangs."""
    if root is None:
        return ()
    places = [block for block in document.blocks if block.kind is BlockKind.COMMENT]
    authors = [each.get(W + "author", "") for each in root.iter(W + "comment") if "".join(each.itertext()).strip()]
    if not authors:
        return ()
    place = places[0].place if places else Place()
    return tuple(Spot(place, "", author[:EXCERPT]) for author in authors[:_MOST])


def _tracked(root: Element, document: Document) -> tuple[Spot, ...]:
    place = next((block.place for block in document.blocks if Flag.INSERTED in block.flags), Place())
    found = []
    for name, what in _CHANGES.items():
        for each in root.iter(W + name):
            text = "".join(t.text or "" for t in each.iter(W + "t", W + "delText"))
            parent = each.getparent()
            mark = parent is not None and parent.tag == W + "rPr"  # the mark of a paragraph that was added or taken away
            if text.strip() or mark:
                found.append(Spot(place, text[:EXCERPT], what))
    return tuple(found[:_MOST])


def _marked(paragraphs: list[Element], places: dict[str, Place]) -> tuple[Spot, ...]:
    """Runs under a highlighter. Neighbours of one colour are one spot."""
    found = []
    for paragraph in paragraphs:
        text = ""
        for run in (*paragraph.iter(W + "r"), None):
            shown = "".join(t.text or "" for t in run.iter(W + "t")) if run is not None else ""
            if run is not None and _is_marked(run):
                text += shown
            elif text.strip():
                found.append(Spot(_place_of(paragraph, places), text.strip()[:EXCERPT]))
                text = ""
            elif shown:
                text = ""
    return tuple(found[:_MOST])


def _is_marked(run: Element) -> bool:
    look = run.find(W + "rPr")
    if look is None:
        return False
    colour = look.find(W + "highlight")
    if colour is not None:
        return colour.get(W + "val", "none") not in ("none", "white")
    shade = look.find(W + "shd")
    return shade is not None and shade.get(W + "fill", "").upper() in _YELLOWS


def _places(document: Document) -> dict[str, Place]:
    """Blocks by how they begin: the paragraphs of the XML have no numbers of ours."""
    return {_start(block.text): block.place for block in reversed(document.blocks) if block.kind is not BlockKind.FURNITURE}


def _place_of(paragraph: Element, places: dict[str, Place]) -> Place:
    return places.get(_start("".join(t.text or "" for t in paragraph.iter(W + "t"))), Place())


def _start(text: str) -> str:
    return "".join(text.split())[:40]


def _drawn(paragraphs: list[Element]) -> bool:
    """Whether a picture stands near words about signing."""
    words: list[int] = []
    pictures: list[int] = []
    for number, paragraph in enumerate(paragraphs):
        text = "".join(t.text or "" for t in paragraph.iter(W + "t")).strip()
        if len(text) <= _SHORT and _SIGNING.search(text):
            words.append(number)
        if any(isinstance(each.tag, str) and each.tag.endswith(_PICTURES) for each in paragraph.iter()):
            pictures.append(number)
    return any(abs(word - picture) <= _NEAR for word in words for picture in pictures)


def _links(parts: Parts) -> tuple[Spot, ...]:
    """Hyperlinks to the web whose address the text does not show."""
    root = parts.parse(parts.main.rsplit("/", 1)[0] + "/_rels/" + parts.main.rsplit("/", 1)[1] + ".rels")
    found = []
    for each in root if root is not None else ():
        target = each.get("Target", "") if isinstance(each.tag, str) else ""
        if each.get("TargetMode") == "External" and target.lower().startswith(("http://", "https://")):
            found.append(Spot(Place(), target[:EXCERPT], "hyperlink"))
    return tuple(found[:_MOST])


def _pages(root: Element, meta: tuple[tuple[str, str], ...], characters: int) -> int:
    """How many pages there are at least: as Word laid them out last, as breaks ask for, as the text needs."""
    kinds = Counter(
        "hard" if each.tag == W + "br" else "soft"
        for each in root.iter(W + "br", W + "lastRenderedPageBreak")
        if each.tag != W + "br" or each.get(W + "type") == "page"
    )
    breaks = max(kinds["hard"], kinds["soft"])
    before = sum(1 for each in root.iter(W + "pageBreakBefore") if each.get(W + "val", "1") not in ("0", "false"))
    told = dict(meta).get("pages", "")
    return max(int(told) if told.isdigit() and len(told) < 6 else 1, breaks + 1, before + 1, -(-characters // _DENSE))
