"""XML of a spreadsheet package: parsed in a stream or whole, by local names, with nothing resolved and nothing fetched."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import IO
from zipfile import ZipFile

from lxml import etree

__all__ = ["Relation", "attribute", "children", "local", "parsed", "relations", "stream"]

Relation = tuple[str, str, bool]
"""A relation's kind (last part of its type), its target (a part name, or an address when outside) and whether it is outside."""

_LARGEST_PART = 64 * 1024 * 1024


def local(element: etree._Element) -> str:
    """The element's name without its namespace; empty for comments and instructions."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: etree._Element, name: str) -> str | None:
    """An attribute by its local name: relation ids stand in a namespace that differs between editions of the standard."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def children(element: etree._Element, *path: str) -> Iterator[etree._Element]:
    """Elements reached by following local names downwards."""
    for child in element:
        if local(child) == path[0]:
            if len(path) == 1:
                yield child
            else:
                yield from children(child, *path[1:])


def parsed(package: ZipFile, part: str, *, forgiving: bool = False) -> etree._Element | None:
    """The root of a part, or None when there is no such part or it is too large to be what it should be."""
    try:
        info = package.getinfo(part)
    except KeyError:
        return None
    if info.file_size > _LARGEST_PART:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=forgiving, remove_comments=True)
    data = package.read(part)
    # Excel's VML is not well-formed where a caption has line breaks; unclosed they would swallow what follows.
    return etree.fromstring(data.replace(b"<br>", b"<br/>") if forgiving else data, parser)


def stream(source: IO[bytes], tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """Elements of the given local names as they end. The caller reads them at once: they are emptied after."""
    found = etree.iterparse(
        source,
        events=("end",),
        tag=tuple(f"{{*}}{tag}" for tag in tags),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
    )
    for _, element in found:
        yield element
        element.clear()
        parent = element.getparent()
        if parent is not None:
            while element.getprevious() is not None:
                del parent[0]


def relations(package: ZipFile, part: str) -> dict[str, Relation]:
    """The relations of a part by id; targets inside the package as names of its members."""
    folder, _, file = part.rpartition("/")
    root = parsed(package, f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels", forgiving=True)
    found: dict[str, Relation] = {}
    if root is None:
        return found
    for element in root:
        target = element.get("Target")
        if not target:
            continue
        kind = (element.get("Type") or "").rpartition("/")[2]
        outside = element.get("TargetMode") == "External"
        if not outside:
            target = normpath(join("/", dirname(part), target)).lstrip("/")
        found[element.get("Id") or ""] = (kind, target, outside)
    return found
