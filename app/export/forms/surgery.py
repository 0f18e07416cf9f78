"""Changes of single elements in an XML file whose other bytes stay as they are.

A tree is edited, and only the elements that were changed are written anew into the original bytes. Two parsers tell where: one
that makes the tree and one that counts bytes, both in the order of the document.
"""

from __future__ import annotations

import re
from typing import Any
from xml.parsers import expat

from lxml import etree

__all__ = ["Element", "Surgeon", "parsed"]

Element = Any  # lxml ships no types

_ENCODING = re.compile(rb"""^(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")


def parsed(data: bytes) -> Element:
    """The root, with nothing resolved and nothing fetched."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False))


class Surgeon:
    """Edits one part. `root` is the tree to edit; tell what was changed, then ask for `result`.

    With `replaced`, the tree is of the data with these byte strings exchanged (namespaces of the strict edition), which must
    neither add nor take elements.
    """

    def __init__(self, data: bytes, replaced: tuple[tuple[bytes, bytes], ...] = ()) -> None:
        self._data = data
        tree_data = data
        for old, new in replaced:
            tree_data = tree_data.replace(old, new)
        self.root = parsed(tree_data)
        self._order: dict[Element, int] = {
            element: number for number, element in enumerate(each for each in self.root.iter() if isinstance(each.tag, str))
        }
        self._spans: list[tuple[int, int]] | None = None
        self._changed: dict[Element, None] = {}
        self._inserted: dict[Element, None] = {}

    @property
    def touched(self) -> bool:
        """Whether anything was changed."""
        return bool(self._changed or self._inserted)

    def changed(self, element: Element) -> None:
        """The element (its attributes, or anything inside it) was changed."""
        while element not in self._order:
            if element in self._inserted:
                return  # written whole in any case
            element = element.getparent()
        self._changed[element] = None

    def insert(self, new: Element, parent: Element, before: Element | None) -> None:
        """Put a new element into another one, before a child of it or at its end."""
        alone = not len(parent)
        if before is None:
            parent.append(new)
        else:
            parent.insert(parent.index(before), new)
        if parent not in self._order or alone:
            self.changed(parent)
        else:
            self._inserted[new] = None

    def result(self) -> bytes:
        """The bytes with the changes in them."""
        if not self.touched:
            return self._data
        encoding = _encoding(self._data)
        spans = self._places()
        edits: list[tuple[int, int, int, bytes]] = []
        for element in self._changed:
            if self._attached(element) and not self._within_changed(element):
                start, end = spans[self._order[element]]
                edits.append((start, end, 0, _written(element, encoding)))
        for new in self._inserted:
            parent = new.getparent()
            if not self._attached(new) or parent in self._changed or self._within_changed(parent):
                continue
            after = new.getnext()
            while after is not None and after not in self._order:
                after = after.getnext()
            if after is not None:
                at = spans[self._order[after]][0]
            else:
                start, end = spans[self._order[parent]]
                at = self._data.rfind("</".encode(encoding), start, end)
            edits.append((at, at, parent.index(new) - len(parent), _written(new, encoding)))
        out, position = [], 0
        for start, end, _, written in sorted(edits, key=lambda edit: edit[:3]):
            out += [self._data[position:start], written]
            position = end
        out.append(self._data[position:])
        return b"".join(out)

    def _attached(self, element: Element) -> bool:
        """Whether it is still in the tree: what held it may have been emptied since."""
        top = element
        while (parent := top.getparent()) is not None:
            top = parent
        return top is self.root

    def _within_changed(self, element: Element) -> bool:
        return any(up in self._changed for up in element.iterancestors())

    def _places(self) -> list[tuple[int, int]]:
        """Where each element begins and ends, in bytes, in the order of the document."""
        if self._spans is None:
            starts: list[int] = []
            ends: dict[int, int] = {}
            open_elements: list[int] = []
            waiting: list[int] = []
            parser = expat.ParserCreate()
            parser.buffer_text = False

            def settle(*_: object) -> None:
                # An end is known when the next thing begins.
                while waiting:
                    ends[waiting.pop()] = parser.CurrentByteIndex

            def start(*_: object) -> None:
                settle()
                open_elements.append(len(starts))
                starts.append(parser.CurrentByteIndex)

            def end(*_: object) -> None:
                settle()
                waiting.append(open_elements.pop())

            parser.StartElementHandler, parser.EndElementHandler = start, end
            parser.DefaultHandler = settle
            parser.CharacterDataHandler = settle
            parser.Parse(self._data, True)
            last = self._data.rfind(">".encode(_encoding(self._data))) + len(">".encode(_encoding(self._data)))
            for left in waiting:
                ends[left] = last
            self._spans = [(at, ends[number]) for number, at in enumerate(starts)]
        return self._spans


def _encoding(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16-le" if data[:2] == b"\xff\xfe" else "utf-16-be"
    if data[1:2] == b"\x00":
        return "utf-16-le"
    declared = _ENCODING.match(data)
    return declared[1].decode("ascii") if declared else "utf-8"


def _written(element: Element, encoding: str) -> bytes:
    """The element as text, without the declarations of names that hold around it already."""
    text = etree.tostring(element, encoding="unicode", with_tail=False)
    parent = element.getparent()
    head_end = text.index(">")
    head = text[:head_end]
    for prefix, address in (parent.nsmap if parent is not None else {}).items():
        name = f"xmlns:{prefix}" if prefix else "xmlns"
        head = head.replace(f' {name}="{_escaped(address)}"', "", 1)
    out: bytes = (head + text[head_end:]).encode(encoding, "xmlcharrefreplace")
    return out


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
