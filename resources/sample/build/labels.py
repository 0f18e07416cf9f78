"""Marks in the sample's texts that say what each passage asks for, so that the sample comes with its own answer key.

A mark is `[[KIND FLAGS|text]]`: the kind is one letter of `KINDS`; flags are `!` for must, `+` for a passage that a list may
hold or leave out, `b` for a slot that the buyer fills in. What is printed is the text alone.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

KINDS = {"q": "question", "a": "attachment", "r": "requirement", "c": "criterion", "d": "deadline", "k": "contract"}
MARK = re.compile(r"\[\[([qarcdk])([!+b]*)\|(.+?)\]\]", re.S)


@dataclass
class Label:
    """One point of the answer key, in the form of a gold file."""

    quote: str
    kind: str
    must: bool
    also: bool = False
    for_buyer: bool = False
    page: int | None = None
    sheet: str | None = None
    cell: str | None = None

    def as_data(self) -> dict[str, object]:
        """The label with only the keys that say something."""
        data: dict[str, object] = {"page": self.page, "quote": self.quote, "kind": self.kind, "must": self.must}
        if self.sheet:
            data = {"sheet": self.sheet, "cell": self.cell, **data}
        if self.also:
            data["also"] = True
        if self.for_buyer:
            data["for_buyer"] = True
        return data


@dataclass
class Labels:
    """The labels of one document, in the order in which its text was written."""

    points: list[Label] = field(default_factory=list)

    def read(self, text: str) -> str:
        """The text without its marks, which are kept."""
        for kind, flags, quote in MARK.findall(text):
            plain = re.sub(r"<[^>]+>", "", quote)
            self.points.append(Label(plain, KINDS[kind], "!" in flags, "+" in flags, "b" in flags))
        return MARK.sub(lambda match: match[3], text)

    def cell(self, sheet: str, cell: str, quote: str, must: bool, kind: str = "question", also: bool = False) -> None:
        """A point that is a cell of a workbook."""
        self.points.append(Label(quote, kind, must, also, sheet=sheet, cell=cell))

    def find_pages(self, pages: list[str]) -> None:
        """Set the page of every label from the text of the finished pages. Labels follow each other as on the pages."""
        flat, starts = "", []
        for page in pages:
            starts.append(len(flat))
            flat += squeezed(page)
        at = 0
        for label in self.points:
            sought = squeezed(label.quote)
            found = flat.find(sought, at)
            if found < 0:
                found = flat.find(sought)
            if found < 0:
                # The quote runs over a page break, with the page's header and footer in between.
                found = flat.find(sought[:24], at)
            if found < 0:
                raise ValueError(f"not on any page: {label.quote}")
            label.page = sum(start <= found for start in starts)
            at = found

    def write(self, target: Path, document: str) -> None:
        """The answer key as a file."""
        data = {"document": document, "points": [label.as_data() for label in self.points]}
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def squeezed(text: str) -> str:
    """The text without what line breaks change: white space, hyphens and PDFium's mark for a hyphen at a line's end."""
    return re.sub(r"[\s\x02\xad‐-]+", "", text)
