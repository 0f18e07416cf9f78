"""Where something stands: in words for a reader, and as a link that opens the file at the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from app.core.checklist import Checklist
from app.core.document import Place
from app.core.points import Source
from app.export.plain import clipped, legal, one_line
from app.export.words import Words

__all__ = ["Link", "Places"]

_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})(?::\$?([A-Z]{1,3})\$?([1-9]\d{0,6}))?")
_CONTAINERS = frozenset({".zip", ".pdf"})
"""Files that hold other files: what is inside one has no path that a link could open."""
_MOST_ALSO = 12


@dataclass(frozen=True, slots=True)
class Link:
    """A relative address, percent-encoded, and the place inside the file: a page ("page=12") or a cell ("'Blad 1'!B4")."""

    path: str
    inside: str = ""

    @property
    def address(self) -> str:
        """Path and fragment as one address."""
        return f"{self.path}#{quote(self.inside, safe='=!')}" if self.inside else self.path


class Places:
    """The places of one checklist in one language. A document is known by its name, and by its id where it has none."""

    def __init__(self, checklist: Checklist, words: Words) -> None:
        self._names = {document.id: document.name for document in checklist.documents}
        self._paths = {document: _path(name) for document, name in self._names.items()}
        self._words = words

    def document(self, source: Source) -> str:
        """The document's name on one line."""
        return one_line(self._names.get(source.document, source.document))

    def place(self, place: Place) -> str:
        """Page, sheet and cell or paragraph in words; empty when the format has none of them."""
        if place.sheet and place.cell:
            return self._words("sheet_cell", sheet=one_line(place.sheet), cell=one_line(place.cell).replace("$", ""))
        if place.sheet or place.cell:
            return one_line(place.sheet or place.cell or "")
        if place.page is not None:
            return self._words("page", page=place.page)
        return self._words("paragraph", paragraph=place.paragraph + 1) if place.paragraph is not None else ""

    def source(self, source: Source) -> str:
        """Document and place."""
        return f"{self.document(source)} {self.place(source.place)}".strip()

    def link(self, source: Source) -> Link | None:
        """The way to the source, where the file has a path of its own."""
        return self.link_to(source.document, source.place)

    def link_to(self, document: str, place: Place) -> Link | None:
        """The way to a place of a document, where the file has a path of its own."""
        path = self._paths.get(document)
        return Link(path, _inside(place)) if path else None

    def also(self, sources: Iterable[Source], home: Source) -> str:
        """Other mentions on one line: the document is named when it is not the item's own."""
        told: dict[str, None] = {}
        for source in sources:
            same = source.document == home.document and self.place(source.place)
            told[self.place(source.place) if same else self.source(source)] = None
        shown = list(told)[:_MOST_ALSO]
        if len(told) > len(shown):
            shown.append(self._words("also_more", count=len(told) - len(shown)))
        return "; ".join(clipped(one, 200) for one in shown)


def _inside(place: Place) -> str:
    if place.sheet:
        found = _CELL.fullmatch(place.cell or "")
        cell = found.group(0).replace("$", "") if found else "A1"
        sheet = legal(place.sheet).replace("'", "''")
        return f"'{sheet}'!{cell}"
    return f"page={place.page}" if place.page is not None else ""


def _path(name: str) -> str | None:
    """A document's name as a relative address that can only lead to a file at or below where the export lies."""
    parts = name.split("/")
    inside_another = any(PurePosixPath(part).suffix.lower() in _CONTAINERS for part in parts[:-1])
    if inside_another or not all(parts) or ".." in parts or "\\" in name or legal(name) != name:
        return None
    return "/".join(quote(part, safe="") for part in parts)
