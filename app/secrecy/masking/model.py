"""What masking is given and what it gives back. Data only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from app.core.claims import Anchor
from app.core.document import Finding

__all__ = ["Mark", "MaskJob", "Masked", "mask_name", "mask_text"]


class Mark(NamedTuple):
    """A passage to be masked: the number of its claim and where it stands."""

    number: int
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class MaskJob:
    """A file and what of it is to be masked.

    `name` is what the user knows the file by. `left` are the numbers of claims whose text may stand elsewhere in the file: that
    the other places are left open on purpose. `others` are numbers and texts that are marked in other files of the bid: where one
    stands open here, too, that is told. `pixels` bounds the picture of a page.
    """

    name: str
    data: bytes = field(repr=False)
    marks: tuple[Mark, ...] = field(repr=False)
    passwords: tuple[str, ...] = field(default=(), repr=False)
    left: frozenset[int] = frozenset()
    others: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    pixels: int = 120_000_000


@dataclass(frozen=True, slots=True)
class Masked:
    """A masked copy that has been verified. `findings` tell what else became of the file; `places` counts its masks.

    `named` is the number of a claim whose masked text, which no quote need say (cells, a box, a page), the file's name tells.
    """

    data: bytes = field(repr=False)
    findings: tuple[Finding, ...] = ()
    places: int = 0
    named: int | None = None


def mask_text(numbers: tuple[int, ...] | int) -> str:
    """What stands in the place of masked text: always equally long for a claim, whatever it covers."""
    shown = str(numbers) if isinstance(numbers, int) else ", ".join(map(str, sorted(set(numbers))))
    return f"[█ {shown} █]"


def mask_name(number: int) -> str:
    """What stands in the place of a name (a bookmark, a sheet, a style), where signs are not allowed."""
    return f"maskerad_{number}"
