"""What a file of the bid tells beyond what it says: what is hidden in it, left in it, missing in it. Data only.

Facts, no judgement: `app.checklist.review` decides what matters. Texts are short excerpts (`EXCERPT` characters at most).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.core.document import Finding, Place

__all__ = [
    "EXCERPT",
    "FORM_TEXT",
    "BlockFact",
    "CellFact",
    "DateFact",
    "DateMeaning",
    "FileFacts",
    "HiddenKind",
    "NumberFact",
    "NumberKind",
    "Signature",
    "Spot",
    "TextSize",
]

EXCERPT = 120
"""Characters of an excerpt: enough to recognise a passage by."""

FORM_TEXT = 300
"""Characters of a paragraph of a form: enough to tell it from the others."""


class HiddenKind(StrEnum):
    """What is in the file and not in sight."""

    SHEET = "sheet"
    ROW = "row"
    COLUMN = "column"
    TEXT = "text"


class Signature(StrEnum):
    """How a file is signed. A name that is only typed is no signature."""

    NONE = "none"
    DIGITAL = "digital"  # in the file itself: PDF signature, signed package
    DRAWN = "drawn"  # ink, or a picture, beside the words about signing


class DateMeaning(StrEnum):
    """What a day in a certificate is."""

    ISSUED = "issued"
    EXPIRES = "expires"
    BID_VALID = "bid_valid"  # how long the bid binds
    DOCUMENT = "document"  # the day at the top of it


class NumberKind(StrEnum):
    """Numbers with a check digit."""

    ORGANISATION = "organisation"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Spot:
    """Something seen in a file: where, what stands there, and which rule or word it is (`what`; empty where there is one
    kind)."""

    place: Place = field(default_factory=Place)
    text: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class CellFact:
    """A cell of a workbook that holds something: the text as shown, the formula without its "=", the number it is or gives,
    whether it shows an error, and whether it may be changed although the sheet is protected (`open`)."""

    sheet: str
    cell: str
    text: str = ""
    formula: str | None = None
    number: float | None = None
    error: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class BlockFact:
    """A paragraph or table row as a form is compared by: its text (`FORM_TEXT` characters at most), how many answers its fields
    take (boxes to tick that stand together are one) and how many are given. `label` is what the first field is called."""

    place: Place
    text: str
    asked: int = 0
    given: int = 0
    table: int | None = None
    label: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class DateFact:
    """A day (ISO 8601) and what it is, by the words beside it."""

    meaning: DateMeaning
    day: str
    place: Place = field(default_factory=Place)
    text: str = ""


@dataclass(frozen=True, slots=True)
class NumberFact:
    """A number written like one with a check digit, and whether the digit is right."""

    kind: NumberKind
    text: str
    right: bool
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class TextSize:
    """How many characters are set in a size (points), and where the first of them stand."""

    points: float
    characters: int
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """One file, inspected. `name` is its path in the bid folder with forward slashes, `path` where it lies; `format` what its
    bytes are ("pdf", "docx", "unknown" …); `error` why it could not be opened, and then little else is known.

    `comments` are (who, where, what), `tracked` insertions ("inserted") and deletions ("deleted"), `hidden` things by
    `HiddenKind`, `marked` text with a highlighter's colour, `placeholders` what a template left, `blocks` what a form is
    compared by, `protected` the sheets that are, `empty_cells` (sheet, cell) what is open on them and holds nothing.
    `metadata` are author, company, last_modified_by, title, as far as they are set. `language` is "sv", "en" or None (too
    little text, or another one). `heads` are the first lines and headings, which tell what the file is. `asks_signature` is
    the place that is meant for a signature. `names` are organisations named, `references` numbers of cases.
    """

    name: str
    path: str = ""
    size: int = 0
    sha256: str = ""
    format: str = "unknown"
    error: Finding | None = None
    pages: int | None = None
    unreadable_pages: tuple[int, ...] = ()
    encrypted: bool = False
    macros: bool = False
    comments: tuple[Spot, ...] = ()
    tracked: tuple[Spot, ...] = ()
    hidden: tuple[Spot, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    placeholders: tuple[Spot, ...] = ()
    marked: tuple[Spot, ...] = ()
    blocks: tuple[BlockFact, ...] = ()
    cells: tuple[CellFact, ...] = ()
    empty_cells: tuple[tuple[str, str], ...] = ()
    protected: tuple[str, ...] = ()
    sizes: tuple[TextSize, ...] = ()
    language: str | None = None
    signature: Signature = Signature.NONE
    asks_signature: Place | None = None
    links: tuple[Spot, ...] = ()
    dates: tuple[DateFact, ...] = ()
    numbers: tuple[NumberFact, ...] = ()
    references: tuple[Spot, ...] = ()
    names: tuple[Spot, ...] = ()
    reservations: tuple[Spot, ...] = ()
    heads: tuple[str, ...] = ()
    characters: int = 0

    def meta(self, name: str) -> str:
        """A property of the file; empty where it has none."""
        return dict(self.metadata).get(name, "")
