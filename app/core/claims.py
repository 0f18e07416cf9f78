"""What a bidder asks to be kept secret in its own bid, where it stands and why. Data only.

The fields are those of the claims file (`resources/schemas/claims.schema.json`); a good request states each of them.
Pages are 1-based, boxes in points from the page's top left as shown, durations ISO 8601 ("P2Y"), cells A1 ranges.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.core.document import Box

__all__ = [
    "Anchor",
    "AnchorState",
    "BidFile",
    "Bidder",
    "ClaimSet",
    "ClaimTender",
    "SecrecyClaim",
    "Strength",
]


@dataclass(frozen=True, slots=True)
class Anchor:
    """A passage of a file of the bid. `file` is a `BidFile.id`.

    With a `quote`: the exact text, with up to 60 characters before and after it, and `page` or `sheet` and `cells` where the
    format has them. Without one: the cells of a range, a box on a page (picture, scanned page), or, without a box, a whole page.
    `all_occurrences` means every place of the file where the quote stands.

    `heading` (the heading above it and, after a tab, that of its column), `order` (which of the places where the quote stands it
    is, from 1) and `count` (how many those were) tell places apart that are alike otherwise; each may be missing.
    """

    file: str
    quote: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    all_occurrences: bool = False
    page: int | None = None
    box: Box | None = None
    sheet: str | None = None
    cells: str | None = None
    heading: str | None = None
    order: int | None = None
    count: int | None = None


class AnchorState(StrEnum):
    """How an anchor was found again in the file as it is now."""

    FOUND = "found"  # the same text at the same place
    MOVED = "moved"  # the same text elsewhere
    CHANGED = "changed"  # nearly the same text
    LOST = "lost"  # nowhere: must be marked again or withdrawn


class Strength(StrEnum):
    """How well a claim would stand, judged by rules. Never a promise: the authority decides, when somebody asks."""

    STRONG = "strong"
    FAIR = "fair"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class SecrecyClaim:
    """One request. `category` and `ground` are ids of `resources/rules`; `used_by`, `how` and `loss` are the bidder's own words.

    `number` is printed in the annex and on the masks. `title` tells the kind of information without revealing it.
    `not_known_because` says why it is not generally known and what is done to keep it so.
    """

    number: int
    anchors: tuple[Anchor, ...]
    category: str
    ground: str
    used_by: str = ""
    how: str = ""
    loss: str = ""
    title: str | None = None
    not_known_because: str | None = None
    market: str | None = None
    duration: str | None = None
    may_be_released: str | None = None
    note: str | None = None
    quote_in_annex: bool = False


@dataclass(frozen=True, slots=True)
class BidFile:
    """A file of the bid. `path` is relative to the claims file, `sha256` the hash of the file when it was marked."""

    id: str
    path: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimTender:
    """The procurement as the annex names it. `reference` is its diarienummer."""

    name: str
    buyer: str
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Bidder:
    """Who asks. `contact` is whom the buyer can ask before it releases anything."""

    name: str
    organisation_number: str
    signatory: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimSet:
    """Everything a bid asks to be kept secret."""

    tender: ClaimTender
    bidder: Bidder
    files: tuple[BidFile, ...]
    claims: tuple[SecrecyClaim, ...]
