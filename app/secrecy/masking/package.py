"""An Office file as the parts it is made of: read, changed, dropped with all that leads to them, and written as a new archive.

The new archive holds nothing of the old one but its parts: no comments, extra fields, times, folders or hidden members.
"""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from app.core.errors import CorruptFileError

__all__ = ["RELATIONS", "STRICT_RELATIONS", "Package", "local", "take_out"]

Element = Any  # lxml ships no types

RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STRICT_RELATIONS = "{http://purl.oclc.org/ooxml/officeDocument/relationships}"
_TYPES = "[Content_Types].xml"
_TIME = (1980, 1, 1, 0, 0, 0)
_DAMAGED = (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError, KeyError, IndexError)
_ATTRIBUTE_ONLY = frozenset({"pageSetup", "hlinkClick", "hlinkHover", "hyperlink", "blip", "sheet", "workbookPr", "chartSpace"})
_EMPTY_GOES = frozenset(
    {
        "oleObjects",
        "controls",
        "tableParts",
        "externalReferences",
        "pivotCaches",
        "extLst",
        "ext",
        "slicerList",
        "mailMerge",
        "conditionalFormattings",
    }
)


def local(element: Element) -> str:
    """The element's name without its namespace; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class Package:
    """The parts by name. `tree` gives a part's root to change; what was changed is written by `written`."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._trees: dict[str, Element] = {}
        try:
            with ZipFile(BytesIO(data)) as archive:
                self.parts = {member.filename: archive.read(member) for member in archive.infolist() if not member.is_dir()}
        except _DAMAGED as error:
            raise CorruptFileError(name) from error
        if _TYPES not in self.parts:
            raise CorruptFileError(name)

    def tree(self, part: str) -> Element | None:
        """The root of an XML part, None when there is no such part or it is no XML."""
        if part not in self._trees:
            data = self.parts.get(part)
            if data is None or not data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
                return None
            try:
                self._trees[part] = etree.fromstring(data, _parser(forgiving=part.endswith(".vml")))
            except etree.XMLSyntaxError:
                return None
        return self._trees[part]

    def names(self) -> list[str]:
        """All parts."""
        return list(self.parts)

    def kind(self, part: str) -> str:
        """The part's content type."""
        root = self.tree(_TYPES)
        for entry in root if root is not None else ():
            if local(entry) == "Override" and entry.get("PartName", "").lstrip("/").lower() == part.lower():
                return str(entry.get("ContentType", ""))
        ending = part.rpartition(".")[2].lower()
        for entry in root if root is not None else ():
            if local(entry) == "Default" and entry.get("Extension", "").lower() == ending:
                return str(entry.get("ContentType", ""))
        return ""

    def relations(self, part: str) -> Iterator[tuple[Element, str]]:
        """The relations of a part ("" is the package) with the parts that they lead to; "" for what is outside the file."""
        folder, base = posixpath.split(part)
        root = self.tree(posixpath.join(folder, "_rels", f"{base}.rels"))
        for entry in list(root) if root is not None else ():
            if local(entry) == "Relationship":
                target = entry.get("Target", "")
                inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
                yield entry, "" if entry.get("TargetMode") == "External" else inside

    def related(self, part: str, kind: str) -> list[str]:
        """The parts that a part names as its styles, sheets, comments..."""
        return [
            target
            for entry, target in self.relations(part)
            if entry.get("Type", "").rsplit("/", 1)[-1] == kind and target in self.parts
        ]

    def main(self) -> str:
        """The part that holds the document or the workbook."""
        found = self.related("", "officeDocument")
        if not found:
            raise CorruptFileError(self.name)
        return found[0]

    def drop(self, doomed: Iterable[str]) -> int:
        """Take parts out, with their relations, the relations to them and what refers to those. How many went."""
        gone = [part for part in doomed if part in self.parts]
        if not gone:
            return 0
        lost = set(gone)
        for part in gone:
            self._remove(part)
            folder, base = posixpath.split(part)
            self._remove(posixpath.join(folder, "_rels", f"{base}.rels"))
        for source in ["", *self.names()]:
            keys = []
            for entry, target in self.relations(source):
                if target in lost:
                    keys.append(entry.get("Id", ""))
                    take_out(entry)
            if keys:
                self._forget(source, frozenset(keys))
        types = self.tree(_TYPES)
        for entry in list(types) if types is not None else ():
            if entry.get("PartName", "").lstrip("/") in lost:
                take_out(entry)
        return len(gone)

    def rename(self, part: str, name: str) -> None:
        """Give a part another name, wherever it is spoken of."""
        self._move_relations(part, name)
        self.parts = {name if known == part else known: data for known, data in self.parts.items()}
        if part in self._trees:
            self._trees[name] = self._trees.pop(part)
        for source in ["", *self.names()]:
            for entry, target in self.relations(source):
                if target == part:
                    entry.set("Target", f"/{name}")
        types = self.tree(_TYPES)
        for entry in types if types is not None else ():
            if entry.get("PartName", "").lstrip("/") == part:
                entry.set("PartName", f"/{name}")

    def _move_relations(self, part: str, name: str) -> None:
        """The relations of a part lie beside it. They lead to where they led."""
        old, new = (posixpath.join(folder, "_rels", f"{base}.rels") for folder, base in map(posixpath.split, (part, name)))
        if old not in self.parts:
            return
        for entry, target in list(self.relations(part)):
            if target:
                entry.set("Target", f"/{target}")
        self.parts = {new if known == old else known: data for known, data in self.parts.items()}
        if old in self._trees:
            self._trees[new] = self._trees.pop(old)

    def declare(self, ending: str, kind: str) -> None:
        """See to it that the content type of parts with an ending is known."""
        types = self.tree(_TYPES)
        if types is None:
            return
        for entry in types:
            if local(entry) == "Default" and entry.get("Extension", "").lower() == ending:
                entry.set("ContentType", kind)
                return
        space = types.tag[: -len("Types")]
        types.insert(0, types.makeelement(f"{space}Default", {"Extension": ending, "ContentType": kind}))

    def _remove(self, part: str) -> None:
        self.parts.pop(part, None)
        self._trees.pop(part, None)

    def _forget(self, source: str, keys: frozenset[str]) -> None:
        """Take out what refers to relations that are no more."""
        root = self.tree(source)
        if root is None:
            return
        for element in list(root.iter()):
            for name, value in list(element.attrib.items()):
                if value in keys and name.startswith((RELATIONS, STRICT_RELATIONS)):
                    if local(element) in _ATTRIBUTE_ONLY:
                        del element.attrib[name]
                    else:
                        take_out(element)
                        break

    def written(self, change: Callable[[str, bytes], bytes] | None = None) -> bytes:
        """The file. `change` may have a last word on a part's bytes."""
        target = BytesIO()
        with ZipFile(target, "w", ZIP_DEFLATED) as archive:
            for part, data in self.parts.items():
                if part in self._trees:
                    data = etree.tostring(self._trees[part], xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: PLW2901
                info = ZipInfo(part, _TIME)
                info.compress_type = ZIP_DEFLATED
                archive.writestr(info, change(part, data) if change else data)
        return target.getvalue()


def take_out(element: Element) -> None:
    """Remove an element, keep the text after it, and remove what is left empty around it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)
    if len(parent) == 0 and local(parent) in _EMPTY_GOES:
        take_out(parent)


def _parser(*, forgiving: bool = False) -> Element:
    """Old drawings (VML) need not be whole XML, as Excel itself writes them; they become so."""
    return etree.XMLParser(
        recover=forgiving,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
