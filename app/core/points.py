"""What extraction finds in one document: points, facts and the class of every line. Data only."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from app.core.document import AnswerType, Document, Place


class PointKind(StrEnum):
    """What a point is to the bidder, in the order of the bidder's work."""

    QUESTION = "question"  # a slot that the bidder fills in
    ATTACHMENT = "attachment"  # a document to hand in with the tender
    REQUIREMENT = "requirement"  # what must be fulfilled to be accepted
    CRITERION = "criterion"  # evaluated, scored or wished for
    DEADLINE = "deadline"  # a time the bidder must act by or keep
    CONTRACT = "contract"  # a duty after award: kept, shown apart, off the tender list


class LineClass(StrEnum):
    """Where a line of a document went. Every line has exactly one class."""

    ITEMS = "items"
    CONTEXT = "context"
    FURNITURE = "furniture"
    UNASSIGNED = "unassigned"


class Span(NamedTuple):
    """Characters `start` to `end` of the text of block number `block`."""

    block: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What answer is asked for. `required` is the answer that must be given ("Ja"), `limit` a cap in the document's words."""

    type: AnswerType = AnswerType.NONE
    required: str | None = None
    options: tuple[str, ...] = ()
    limit: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The exact words and their place. `document` is a document's id."""

    document: str
    quote: str
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that the bidder must do, answer, attach, fulfil or keep.

    `text` is what the list shows: the quote, completed where the quote alone says too little (a slot's row and column).
    `number` is the printed number of the point or else of its section. `when` is the condition in the document's words.
    `also` holds other places that ask for the same thing. `cues` are the ids of the rules that made it a point.
    `spans` are the characters it takes in the document, for the ledger of lines.
    """

    kind: PointKind
    must: bool
    text: str
    source: Source
    spans: tuple[Span, ...] = ()
    number: str | None = None
    headings: tuple[str, ...] = ()
    lot: str | None = None
    when: str | None = None
    answer: Answer = field(default_factory=Answer)
    also: tuple[Source, ...] = ()
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the tender and where it stands. `name` is a field of `Facts`, `weight` how sure (higher wins)."""

    name: str
    value: str
    source: Source
    weight: int = 0


@dataclass(frozen=True, slots=True)
class UnassignedLine:
    """A line that no rule took, kept in sight: its text and place."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class LineCounts:
    """The ledger of one document: the four classes add up to `total`."""

    total: int = 0
    items: int = 0
    context: int = 0
    furniture: int = 0
    unassigned: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with everything found in it. `document` may come without its blocks when only the list is asked for."""

    document: Document
    points: tuple[Point, ...] = ()
    facts: tuple[Fact, ...] = ()
    lines: LineCounts = field(default_factory=LineCounts)
    unassigned: tuple[UnassignedLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What the first pages of a long document hold, shown until the whole of it is read."""

    reading: Reading
