"""What the parts of a question below its words tell: how it is answered ("Kort text · Svar krävs"), and where ("Ange svar:")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from app.core.document import AnswerType, Block, Slot
from app.extraction import kept
from app.extraction.printouts import Key, is_format, is_points
from app.extraction.slots.lexicon import Named, first, group, is_buyers, limit_in, printed_choice, type_line, whole
from app.extraction.slots.marks import is_empty, squares, yes_no
from app.extraction.slots.scan import asks_for_file, demands_file
from app.extraction.tables import mark

_CLAUSES = kept.pattern(r"[.;,()]\s+|\s+\(|\)\s*|\s*[·•|;]\s*|\s+[–-]\s+|\)$")
_EDGES = " \t.,;:()[]–-*•·"
_PROMPT = kept.pattern(
    r"(?:ange|skriv|fyll|välj|ladda upp|bifoga|klicka|bläddra|enter|type|upload|attach|choose|select|click|browse|state)\b"
    r"(?:\s+\S+){0,11}",
    re.IGNORECASE,
)
_UPLOAD = kept.pattern(r"(?:ladda upp|bifoga|välj fil|bläddra|upload|attach|choose file|browse)\b", re.IGNORECASE)
_DATE = kept.pattern(r"(?<!\w)(?:datum|date)(?!\w)", re.IGNORECASE)
_LONGEST = 160  # characters
_YES_NO = {"ja": "Ja", "nej": "Nej", "yes": "Yes", "no": "No"}


class Told(NamedTuple):
    """The kind of answer (None: not said), the answer that is accepted, whether there must be one, how long it may be, and
    whether the buyer gives it."""

    type: AnswerType | None
    required: str | None = None
    must: bool | None = None
    limit: str | None = None
    buyers: bool = False
    rule: str = ""


@cache
def told_by(text: str) -> Told:
    """What a text says of an answer, clause by clause. The text stands where nothing else is said ("Typ: …")."""
    if len(text) > _LONGEST:
        return Told(None)
    clauses = [clause.strip(_EDGES) for clause in _CLAUSES.split(text)]
    named = next((found for clause in clauses if (found := _kind(clause)) is not None), None)
    required = named.required if named is not None else None
    demands: list[bool] = []
    buyers = False
    for clause in clauses:
        tag = Key().tag(clause)
        accepted = first("accepted", clause)
        if accepted is not None and (match := accepted.search(clause)) is not None:
            required = _YES_NO[match[0].split()[-1].strip("\"”“'").lower()]
            demands.append(True)
        elif tag is not None and tag.buyers:
            buyers = True
        elif tag is not None and tag.must is not None:
            demands.append(tag.must)
        elif (said := mark(clause)) is not None:
            demands.append(said)
        elif first("optional", clause) is not None or whole("only_some", clause) is not None:
            demands.append(False)
        elif first("mandatory", clause) is not None:
            demands.append(True)
    must = named.must if named is not None and named.must is not None else None
    if must is None and demands:
        must = demands[0]
    if must is None and any(map(is_points, clauses)):
        must = False  # what only earns points can be left out
    kind = named.type if named is not None else None
    return Told(kind, required, must, limit_in(text), buyers, named.rule if named is not None else "")


def kind_in_clauses(text: str) -> Named | None:
    """The kind of answer that a line of clauses names, when each of them speaks of the answer: "Dokument · Frivilligt"."""
    if "·" not in text or len(text) > _LONGEST or not only_tells(text):
        return None
    told = told_by(text)
    return None if told.type is None else Named(told.rule, told.type, told.required, told.must, told.limit)


@cache
def only_tells(text: str) -> bool:
    """Whether each clause of a text says something of an answer, and one of them which kind it is."""
    clauses = [clause.strip(_EDGES) for clause in _CLAUSES.split(text)]
    told = [clause for clause in clauses if clause]
    return len(text) <= _LONGEST and any(_kind(clause) is not None for clause in told) and all(map(_says_of_answer, told))


@cache
def _kind(clause: str) -> Named | None:
    rule = whole("kind_word", clause)
    if rule is not None:
        return Named(rule.id, AnswerType(rule.fields["type"]))
    return type_line(clause)


@cache
def _says_of_answer(clause: str) -> bool:
    return (
        _kind(clause) is not None
        or is_points(clause)
        or is_format(clause)
        or Key().tag(clause) is not None
        or any(first(name, clause) is not None for name in ("accepted", "optional", "mandatory", "limit"))
        or any(rule.pattern.fullmatch(clause) is not None for rule in group("margin"))
    )


class AnswerPlace(NamedTuple):
    """What stands where an answer is to be given."""

    value: str
    slots: tuple[Slot, ...]

    @property
    def waits(self) -> bool:
        """Whether an answer is waited for; in a log of questions one is given."""
        value = self.value
        return (
            is_empty(value) or bool(self.slots or squares(value) or printed_choice(value)) or is_prompt(value) or is_buyers(value)
        )

    @property
    def options(self) -> tuple[str, ...]:
        """The alternatives to choose from."""
        ticked = tuple(square.option for square in squares(self.value) if square.option)
        offered = next((slot.options for slot in self.slots if slot.options), ())
        return ticked or printed_choice(self.value) or offered[:30]


def slots_of(block: Block) -> tuple[Slot, ...]:
    """The slots of a block and of its cells."""
    return (*block.slots, *(slot for cell in block.cells for slot in cell.slots))


def is_prompt(value: str) -> bool:
    """Whether words only tell to answer here: "Ange datum:", "Välj fil"."""
    return _PROMPT.fullmatch(value.strip(" \t.:…")) is not None


def answer_type(told: Told | None, places: Sequence[AnswerPlace], options: tuple[str, ...], quote: str) -> AnswerType:
    """The kind that the question's own parts name, or what the place to answer at shows, or what the question asks for."""
    kind = told.type if told is not None else None
    if kind in (None, AnswerType.CHOICE) and options:
        return AnswerType.YES_NO if yes_no(options) else AnswerType.CHOICE
    if kind is not None:
        return kind
    if any(_UPLOAD.match(place.value) for place in places) or asks_for_file(quote) or demands_file(quote):
        return AnswerType.FILE
    drawn = next((slot.type for place in places for slot in place.slots if slot.type is not AnswerType.TEXT), None)
    return drawn or (AnswerType.DATE if any(_DATE.search(place.value) for place in places) else AnswerType.TEXT)
