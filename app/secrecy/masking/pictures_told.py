"""Where pictures stand that a masked copy still shows. A picture cannot be searched, so the user must look at it.

Those near a mark are told with their places; the others are counted.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from app.core.document import Finding
from app.secrecy.masking.book import Book, Sheet, reference_of
from app.secrecy.masking.chains import Leaf
from app.secrecy.masking.package import RELATIONS, Package, local

__all__ = ["marked_paragraphs", "pictures_in_book", "pictures_in_document"]

Element = Any

_NEAR = 10
"""Paragraphs around a mark, where no headings part the text."""
_SHOWN = 20
_SHOWS = frozenset({"blip", "imagedata", "svgBlip", "fill"})
_HEADING = re.compile(r"(?:heading|rubrik|title|titel|\u00fcberschrift|overskrift)\s*\d*", re.IGNORECASE)
_MOVED_ON = frozenset({"txbxContent", "Fallback"})


def marked_paragraphs(leaves: Iterable[Leaf]) -> list[Element]:
    """The paragraphs in which something is masked. To be asked before the masks are written."""
    found = []
    for leaf in leaves:
        around = next((element for element in leaf.element.iterancestors() if local(element) == "p"), None)
        if around is not None:
            found.append(around)
    return found


def pictures_in_document(package: Package, marked: Collection[Element], gone: Collection[str]) -> list[Finding]:
    """Of a Word file. `marked` are paragraphs, `gone` are parts of pictures that the copy does not show."""
    main = package.main()
    root = package.tree(main)
    paragraphs = [
        element for element in (root.iter() if root is not None else ()) if local(element) == "p" and not _is_aside(element)
    ]
    numbers = {element: number for number, element in enumerate(paragraphs)}
    places = {numbers[held] for element in marked if (held := _held(element, numbers)) is not None}
    headings = [number for number, element in enumerate(paragraphs) if _is_heading(package, main, element)]
    near: list[int] = []
    elsewhere = 0
    for part in package.names():
        for element in _shown(package, part, gone):
            held = _held(element, numbers) if part == main else None
            if held is not None and any(_together(numbers[held], place, headings) for place in places):
                near.append(numbers[held] + 1)
            else:
                elsewhere += 1
    return list(_told(package.name, "mask.pictures_text", [str(number) for number in near], elsewhere))


def pictures_in_book(book: Book, marked: Collection[Sheet], gone: Collection[str], safe: Callable[[str], str]) -> list[Finding]:
    """Of an Excel file. `marked` are sheets, `safe` makes places of text that may tell."""
    package = book.package
    near: list[str] = []
    known: set[str] = set()
    for sheet in book.sheets:
        for part in package.related(sheet.part, "drawing") if sheet in marked else ():
            known.add(part)
            near += [f"{sheet.name}!{_cell(element)}" for element in _shown(package, part, gone)]
    elsewhere = sum(1 for part in package.names() if part not in known for _ in _shown(package, part, gone))
    return list(_told(package.name, "mask.pictures_cells", [safe(place) for place in near], elsewhere))


def _told(name: str, code: str, near: list[str], elsewhere: int) -> Iterator[Finding]:
    if near:
        shown = ", ".join(list(dict.fromkeys(near))[:_SHOWN])
        yield Finding(code, name, None, (("count", str(len(near))), ("places", shown)))
    if elsewhere:
        yield Finding("mask.pictures_elsewhere", name, None, (("count", str(elsewhere)),))


def _shown(package: Package, part: str, gone: Collection[str]) -> Iterator[Element]:
    """What shows a picture in a part. A picture that is held twice for old and new programs is one."""
    root = package.tree(part) if part.endswith((".xml", ".vml")) else None
    if root is None:
        return
    targets = {entry.get("Id", ""): target for entry, target in package.relations(part)}
    for element in root.iter():
        if local(element) in _SHOWS and not any(local(around) in ("Fallback", "blip") for around in element.iterancestors()):
            keys = [value for name, value in element.attrib.items() if name.startswith(RELATIONS) or name.endswith("}relid")]
            if any(key in targets and posixpath.basename(targets[key]) and targets[key] not in gone for key in keys):
                yield element
        elif local(element) == "picture" and local(root) == "worksheet":  # behind the cells
            yield element


def _held(element: Element, numbers: dict[Element, int]) -> Element | None:
    """The numbered paragraph that the element is, stands in or hangs on."""
    return next((around for around in (element, *element.iterancestors()) if around in numbers), None)


def _is_aside(element: Element) -> bool:
    return any(local(around) in _MOVED_ON for around in element.iterancestors())


def _is_heading(package: Package, main: str, paragraph: Element) -> bool:
    for element in paragraph.iter():
        if local(element) == "outlineLvl":
            return True
        if local(element) == "pStyle":
            key = next(iter(element.attrib.values()), "")
            return _HEADING.match(key) is not None or _HEADING.match(_style_name(package, main, key)) is not None
        if local(element) == "r":
            return False
    return False


def _style_name(package: Package, main: str, key: str) -> str:
    for part in package.related(main, "styles"):
        root = package.tree(part)
        for style in root if root is not None else ():
            if any(name.endswith("styleId") and value == key for name, value in style.attrib.items()):
                return next((next(iter(child.attrib.values()), "") for child in style if local(child) == "name"), "")
    return ""


def _together(picture: int, place: int, headings: list[int]) -> bool:
    """In one section, or so close that one speaks of the other."""
    if abs(picture - place) <= _NEAR:
        return True
    first, last = sorted((picture, place))
    return bool(headings) and not any(first < heading <= last for heading in headings)


def _cell(element: Element) -> str:
    """The cell at which a picture begins; A1 for one that hangs on the sheet."""
    anchor = next((around for around in element.iterancestors() if local(around).endswith("Anchor")), None)
    corner = next((child for child in anchor if local(child) == "from"), None) if anchor is not None else None
    found = {local(child): child.text or "0" for child in corner} if corner is not None else {}
    row, column = found.get("row", "0"), found.get("col", "0")
    return reference_of(int(row) + 1, int(column) + 1) if row.isdigit() and column.isdigit() else "A1"
