"""What the writers of forms are given and what they answer with."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.core.document import AnswerType, Finding, Place

__all__ = ["Filled", "FormJob", "Result", "Target", "unfit"]


@dataclass(frozen=True, slots=True)
class Target:
    """An answer with the place that it goes to. `number` is the answer's in the order.

    In a workbook `place` is a sheet and a cell. In a Word file `paragraphs` are the paragraphs that hold the place, each by
    its number
    among all paragraph elements of the main part, the likeliest first; `whole_cell` says that an empty cell around them is a
    place; `after` are the words right before the place when a paragraph has several. In a PDF `place` is a page and a box on it.
    `column` is which of the places of one question it is, from 0. `slot` says that the reader has seen a place to fill in there.
    """

    number: int
    value: str
    place: Place = field(default_factory=Place)
    field: str | None = None
    type: AnswerType = AnswerType.TEXT
    options: tuple[str, ...] = ()
    required: str | None = None
    paragraphs: tuple[int, ...] = ()
    whole_cell: bool = False
    after: str = ""
    column: int = 0
    slot: bool = False
    heads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a target. `reason` is set when nothing was written."""

    number: int
    written: str = ""
    place: Place | None = None
    field: str | None = None
    reason: Finding | None = None
    notes: tuple[Finding, ...] = ()
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormJob:
    """A form and what goes into it. `date_words` are the months' names in the form's language, for dates that are written out."""

    name: str
    data: bytes = field(repr=False)
    targets: tuple[Target, ...] = ()
    passwords: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Filled:
    """The filled copy. `changed` are the parts of the package that are not as they were."""

    data: bytes = field(repr=False)
    results: tuple[Result, ...] = ()
    findings: tuple[Finding, ...] = ()
    changed: tuple[str, ...] = ()


def unfit(target: Target, code: str, options: tuple[str, ...] = (), **values: object) -> Result:
    """Nothing was written, because of the code."""
    told = tuple((key, str(value)) for key, value in sorted(values.items()))
    return Result(target.number, place=target.place, field=target.field, reason=Finding(code, "", None, told), options=options)
