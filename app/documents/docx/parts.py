"""The parts of a checked Word package: found by their relations, parsed without entities, network or huge trees.

Strict and transitional documents differ in their namespaces only, so strict ones are turned into transitional ones
before they are parsed. Works on the XML itself: a library that models the format gives up on parts that are odd or missing.
"""

from __future__ import annotations

import posixpath
from typing import Any, BinaryIO
from zipfile import ZipFile

from lxml import etree

from app.core.errors import CorruptFileError
from app.documents.ooxml import unpack_errors

Element = Any  # lxml ships no types

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
)


class Parts:
    """The package of one document. `main` is the body's part."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self.name = name
        try:
            self.package = ZipFile(stream)
        except unpack_errors as error:
            raise CorruptFileError(name) from error
        self._names = {member.lower().lstrip("/"): member for member in self.package.namelist()}
        self.main = self._main()

    def _main(self) -> str:
        for target in self.relations("").values():
            if target[0] == "officeDocument" and target[1].lower() in self._names:
                return target[1]
        if "word/document.xml" in self._names:
            return "word/document.xml"
        raise CorruptFileError(self.name)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Of a part ("" is the package): relation id -> its kind and the internal part it leads to."""
        folder, base = posixpath.split(part)
        root = self.parse(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, tuple[str, str]] = {}
        if root is None:
            return found
        for each in root:
            if not isinstance(each.tag, str) or each.get("TargetMode") == "External":
                continue
            target = each.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found[each.get("Id", "")] = (each.get("Type", "").rsplit("/", 1)[-1], path)
        return found

    def related(self, kind: str) -> Element | None:
        """The root of the part that the body names as its styles, numbering, footnotes..., or the usual file of that name."""
        for each, path in self.relations(self.main).values():
            if each == kind:
                root = self.parse(path)
                if root is not None:
                    return root
        return self.parse(posixpath.join(posixpath.dirname(self.main), f"{kind}.xml"))

    def parse(self, part: str) -> Element | None:
        """The part's root, None when there is no such part or it cannot be read. The body's damage is an error."""
        member = self._names.get(part.lower())
        if member is None:
            return None
        try:
            data = self.package.read(member)
            if b"purl.oclc.org" in data[:20_000]:
                for strict, transitional in _STRICT:
                    data = data.replace(strict, transitional)
            return etree.fromstring(data, _parser())
        except (etree.XMLSyntaxError, *unpack_errors) as error:
            if member == self._names.get(getattr(self, "main", "").lower()):
                raise CorruptFileError(self.name) from error
            return None


def _parser() -> Element:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )


def value(parent: Element | None, tag: str) -> str | None:
    """The `w:val` of a child, None when there is no such child or it has none."""
    child = parent.find(W + tag) if parent is not None else None
    found: str | None = child.get(W + "val") if child is not None else None
    return found


def is_on(parent: Element | None, tag: str) -> bool | None:
    """A switch such as `w:vanish`: None when not given, True without a value or with one that says yes."""
    child = parent.find(W + tag) if parent is not None else None
    if child is None:
        return None
    return child.get(W + "val", "1") not in ("0", "false", "off")


def whole(text: str | None, fallback: int = 0) -> int:
    """A whole number, whatever a damaged file holds there."""
    try:
        return int(text) if text is not None else fallback
    except ValueError:
        return fallback
