"""Names that tell what is masked: of bookmarks, styles, sheets, tables, cells, parts, relations, and of the markup itself.

A name is given anew as a whole, and everything that refers to it says the new one.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree

from app.secrecy.masking.model import mask_name
from app.secrecy.masking.needles import Needles
from app.secrecy.masking.package import RELATIONS, STRICT_RELATIONS, Package, local, take_out

__all__ = ["clean_names", "foreign_names", "is_foreign"]

Element = Any

_FORMATS_OWN = re.compile(
    r"http://(?:schemas\.(?:openxmlformats|microsoft)\.(?:org|com)|purl\.(?:oclc\.org|org/dc)|www\.w3\.org)|urn:schemas-microsoft-com"
)
_NAMED = {"bookmarkStart": ("name",), "sheet": ("name",), "definedName": ("name",), "table": ("name", "displayName")}
_FORMULAS = frozenset(
    {"f", "formula", "formula1", "formula2", "definedName", "instrText", "delInstrText", "calculatedColumnFormula"}
)
_POINTING = frozenset({"anchor", "location", "ref", "sheet", "val", "name", "displayName", "styleId", "instr", "docLocation"})
_FIXED = "_xlnm."


def clean_names(package: Package, needles: Needles) -> int:
    """Give everything another name whose name tells. How many names there were."""
    return _markup(package, needles) + _rename(package, needles) + _relations(package, needles) + _parts(package, needles)


def is_foreign(namespace: str) -> bool:
    """Whether a namespace is not of the format, so that people or other programs have chosen its names."""
    return bool(namespace) and _FORMATS_OWN.match(namespace) is None


def foreign_names(root: Element) -> Iterator[str]:
    """The names that the markup of a part holds and that are not the format's own: elements, attributes, namespaces, prefixes."""
    for element in root.iter(etree.Element):
        for name in (element.tag, *element.attrib):
            space, _, bare = name.rpartition("}")
            if is_foreign(space[1:]):
                yield bare
        around = element.getparent()
        for prefix, space in element.nsmap.items() if around is None or around.nsmap != element.nsmap else ():
            if is_foreign(space):
                yield unquote(space)
                yield prefix or ""


def _markup(package: Package, needles: Needles) -> int:
    """Elements and attributes of foreign markup whose names tell go: programs pass over what they do not know."""
    count = 0
    for part in package.names():
        root = package.tree(part)
        if root is None or not any(needles.told_by(name) for name in foreign_names(root)):
            continue
        if _tells(root.tag, needles):
            count += package.drop([part])
            continue
        for element in list(root.iter(etree.Element)):
            if element is not root and _tells(element.tag, needles):
                take_out(element)
                count += 1
                continue
            for name in [name for name in element.attrib if _tells(name, needles)]:
                del element.attrib[name]
                count += 1
        prefixes = {prefix for element in root.iter(etree.Element) for prefix in element.nsmap if prefix}
        bad = {
            prefix
            for element in root.iter(etree.Element)
            for prefix, space in element.nsmap.items()
            if is_foreign(space) and (needles.told_by(unquote(space)) or needles.told_by(prefix or ""))
        }
        for element in root.iter(etree.Element):
            for name, value in list(element.attrib.items()):
                if name.rpartition("}")[2] in ("Ignorable", "ProcessContent", "MustUnderstand"):
                    element.set(name, " ".join(word for word in value.split() if word.partition(":")[0] not in bad))
        etree.cleanup_namespaces(root, keep_ns_prefixes=sorted(prefixes - bad))
        count += len(bad)
    return count


def _tells(name: str, needles: Needles) -> bool:
    space, _, bare = name.rpartition("}")
    return is_foreign(space[1:]) and (needles.told_by(bare) is not None or needles.told_by(unquote(space[1:])) is not None)


def _rename(package: Package, needles: Needles) -> int:
    names = _Names(needles)
    for part in package.names():
        root = package.tree(part)
        for element in root.iter() if root is not None else ():
            names.collect(element)
    if names.new:
        for part in package.names():
            root = None if part.endswith(".rels") or part == "[Content_Types].xml" else package.tree(part)
            for element in root.iter() if root is not None else ():
                names.apply(element)
    return len(names.new)


class _Names:
    """Old names and new ones."""

    def __init__(self, needles: Needles) -> None:
        self._needles = needles
        self.new: dict[str, str] = {}
        self._taken: set[str] = set()

    def collect(self, element: Element) -> None:
        """Take note of the names that an element gives."""
        kind = local(element)
        for name, value in element.attrib.items():
            bare = name.rpartition("}")[2]
            of_style = (kind, bare) in (("style", "styleId"), ("name", "val"))
            own = of_style and _is_own(element if kind == "style" else element.getparent())
            if own or bare in _NAMED.get(kind, ()):
                self._add(value)

    def _add(self, name: str) -> None:
        if self._needles.first_in(name) is not None:
            return  # what it tells is replaced in it as in every other text, and so it is where the name is used
        if name in self.new or name.startswith(_FIXED) or (needle := self._needles.told_by(name)) is None:
            return
        made, number = mask_name(needle.number), 1
        while made.casefold() in self._taken:
            number += 1
            made = f"{mask_name(needle.number)}_{number}"
        self._taken.add(made.casefold())
        self.new[name] = made

    def apply(self, element: Element) -> None:
        """Say the new names wherever an element says an old one."""
        for name, value in list(element.attrib.items()):
            if name.rpartition("}")[2] in _POINTING:
                changed = self.new.get(value) or (self._in_formula(value) if "!" in value else value)
                if changed != value:
                    element.set(name, changed)
        if element.text and local(element) in _FORMULAS:
            element.text = self._in_formula(element.text)

    def _in_formula(self, text: str) -> str:
        for old, new in sorted(self.new.items(), key=lambda pair: -len(pair[0])):
            quoted = "'" + old.replace("'", "''") + "'"
            text = text.replace(quoted, new)
            text = re.sub(rf"(?<![\w.]){re.escape(old)}(?![\w.])", lambda _, new=new: new, text)  # type: ignore[misc]
        return text


def _is_own(style: Element | None) -> bool:
    """Whether somebody made the style, rather than the format."""
    return style is not None and local(style) == "style" and any(name.endswith("customStyle") for name in style.attrib)


def _relations(package: Package, needles: Needles) -> int:
    """The keys by which a part refers to others."""
    count = 0
    for source in ["", *package.names()]:
        new: dict[str, str] = {}
        for number, (entry, _) in enumerate(list(package.relations(source)), 1):
            key = entry.get("Id", "")
            if needles.told_by(key) is not None:
                new[key] = f"rIdM{number}"
                entry.set("Id", new[key])
        root = package.tree(source) if new else None
        for element in root.iter() if root is not None else ():
            for name, value in list(element.attrib.items()):
                if value in new and name.startswith((RELATIONS, STRICT_RELATIONS)):
                    element.set(name, new[value])
        count += len(new)
    return count


def _parts(package: Package, needles: Needles) -> int:
    telling = [part for part in package.names() if not part.endswith(".rels") and needles.told_by(part) is not None]
    for number, part in enumerate(telling, 1):
        ending = part.rpartition(".")[2]
        ending = "xml" if needles.told_by(ending) or "/" in ending else ending
        home = part.partition("/")[0]
        home = f"{home}/" if "/" in part and needles.told_by(home) is None else ""
        package.rename(part, f"{home}{posixpath.basename(mask_name(number))}.{ending}")
    return len(telling)
