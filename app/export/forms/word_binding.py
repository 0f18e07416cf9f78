"""Content controls that show a value of the document's own data: the value is written there too, or Word would show the old
one."""

from __future__ import annotations

import posixpath
import re

from lxml import etree

from app.export.forms.package import Package
from app.export.forms.surgery import Element, Surgeon, parsed
from app.export.forms.word_text import W

__all__ = ["Bindings"]

_STEP = re.compile(r"/(@?)(?:([\w.-]+):)?([\w.-]+)(?:\[(\d{1,5})\])?")
_PREFIX = re.compile(r"""xmlns:([\w.-]+)\s*=\s*["']([^"']*)["']""")
_MOST_STEPS = 40


class Bindings:
    """The data parts of a package, opened when a control is bound to one."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._stores: dict[str, str] | None = None
        self._open: dict[str, Surgeon] = {}

    def write(self, binding: Element, text: str) -> bool:
        """Put the text where the control is bound to. False when that place is not found."""
        part = self._parts().get(binding.get(W + "storeItemID", "").lower())
        path = binding.get(W + "xpath", "")
        if part is None or re.fullmatch(rf"(?:{_STEP.pattern}){{1,{_MOST_STEPS}}}", path) is None:
            return False
        try:
            if part not in self._open:
                self._open[part] = Surgeon(self._package.read(part) or b"")
        except etree.XMLSyntaxError:
            return False
        surgeon = self._open[part]
        prefixes = dict(_PREFIX.findall(binding.get(W + "prefixMappings", "")))
        steps = list(_STEP.finditer(path))
        place: Element | None = None
        for number, step in enumerate(steps):
            name = f"{{{prefixes[step[2]]}}}{step[3]}" if step[2] in prefixes else step[3]
            if step[1]:
                if place is None or number + 1 < len(steps) or place.get(name) is None:
                    return False
                place.set(name, text)
                surgeon.changed(place)
                return True
            if place is None:
                place = surgeon.root if surgeon.root.tag == name else None
            else:
                fitting = place.findall(name)
                index = int(step[4] or 1) - 1
                place = fitting[index] if 0 <= index < len(fitting) else None
            if place is None:
                return False
        if place is None or len(place):
            return False
        place.text = text
        place.attrib.pop("{http://www.w3.org/2001/XMLSchema-instance}nil", None)
        surgeon.changed(place)
        return True

    def changed(self) -> dict[str, bytes]:
        """The parts that are not as they were."""
        return {
            member: surgeon.result()
            for part, surgeon in self._open.items()
            if surgeon.touched and (member := self._package.member(part)) is not None
        }

    def _parts(self) -> dict[str, str]:
        """The data parts by the identities that controls name."""
        if self._stores is None:
            self._stores = {}
            for member in self._package.members:
                folder, name = posixpath.split(member)
                if not re.fullmatch(r"item\d+\.xml", name, re.IGNORECASE):
                    continue
                for kind, properties in self._package.relations(posixpath.join(folder, name)).values():
                    data = self._package.read(properties) if kind == "customXmlProps" else None
                    identity = _identity(data) if data is not None else None
                    if identity:
                        self._stores[identity.lower()] = member
        return self._stores


def _identity(data: bytes) -> str | None:
    try:
        root = parsed(data)
    except etree.XMLSyntaxError:
        return None
    return next((str(value) for key, value in root.attrib.items() if str(key).endswith("}itemID")), None)
