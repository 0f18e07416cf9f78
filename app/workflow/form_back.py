"""The way back of the buyer's own form: a copy that colleagues filled in, compared with the original and with the list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import msgspec

from app.checklist.identity import text_key
from app.core.differences import Comparison, Difference, Entry, Gone
from app.core.document import AnswerType, DocumentKind, Finding, Place
from app.core.errors import FillError
from app.core.work import WorkItem
from app.documents.reader import ReadRequest
from app.export.forms import FormJob
from app.export.forms.held import held
from app.export.forms.values import as_day, as_number, as_yes_no
from app.export.matrix import entry_text
from app.workflow.filling import FileWork, form_places

__all__ = ["FormAnswers", "HeldAnswer", "answers_in", "answers_of", "compare_form"]


class HeldAnswer(msgspec.Struct, frozen=True):
    """A question of the form, by its id and words: what the original holds at its place, and what the copy holds."""

    item: str
    text: str
    place: Place
    was: str
    now: str


class FormAnswers(msgspec.Struct, frozen=True):
    """What a filled copy says. `lost` are the questions whose places were not found in it."""

    answers: tuple[HeldAnswer, ...]
    lost: tuple[Gone, ...] = ()


class _Order(msgspec.Struct, frozen=True):
    original: bytes


def answers_in(request: ReadRequest, order: bytes) -> tuple[bytes, bytes]:
    """What the copy (the request) says at the original's places, as JSON. Runs in the child process."""
    original = msgspec.json.decode(order, type=_Order).original
    places = form_places(ReadRequest(request.name, data=original, passwords=request.passwords, limits=request.limits))
    again = form_places(request)
    if again.document.kind is not places.document.kind:
        raise FillError(request.name, code="matrix.other_form")
    asked = [
        (each, target) for number, each in enumerate(places.asked) if (target := places.target(number, "", each)) is not None
    ]
    job = FormJob(request.name, original, tuple(target for _, target in asked), request.passwords)
    found = held(job, replace(job, data=request.bytes(), targets=()), str(places.document.kind))
    answers = tuple(
        HeldAnswer(each.id, each.point.text, target.place, *found[target.number])
        for each, target in asked
        if target.number in found
    )
    lost = tuple(
        Gone(each.id, each.point.text, target.place)
        for each, target in asked
        if target.number not in found and not (target.place.cell and ":" in target.place.cell)
    )
    if asked and len(lost) * 2 > len(asked) and places.document.kind is not DocumentKind.OTHER:
        raise FillError(request.name, code="matrix.other_form")
    return msgspec.json.encode(FormAnswers(answers, lost)), b""


def answers_of(original: ReadRequest, copy: Path, *, work: FileWork) -> FormAnswers:
    """What a filled copy of a form says, read in a child. `original.name` is what the list calls the form: ids follow from it.

    Raises errors of the tree: FillError (`matrix.other_form` and the like).
    """
    filled = ReadRequest(copy.name, path=copy, limits=original.limits).bytes()
    request = ReadRequest(original.name, data=filled, passwords=original.passwords, limits=original.limits)
    form = original.bytes()
    done = work.do("read_form", request, msgspec.json.encode(_Order(form)))
    if isinstance(done, Finding):
        raise FillError.told(done)
    try:
        return msgspec.json.decode(done[0], type=FormAnswers)
    except msgspec.DecodeError as error:
        raise FillError(copy.name, code="worker.protocol") from error


def compare_form(name: str, found: FormAnswers, items: Iterable[WorkItem]) -> Comparison:
    """What the copy answers beside what the list answers. What the original held already is no answer."""
    listed = list(items)
    by_id = {item.item.id: item for item in listed}
    by_words: dict[str, list[WorkItem]] = {}
    for item in listed:
        by_words.setdefault(text_key(item.item.text), []).append(item)
    differences: list[Difference] = []
    unknown: list[Gone] = []
    same = 0
    for answer in found.answers:
        alike = by_words.get(text_key(answer.text), [])
        named = by_id.get(answer.item) or (alike[0] if len(alike) == 1 else None)
        mine = (named.answer or "") if named is not None else ""
        if entry_text(answer.now) == entry_text(answer.was):
            same += named is not None and not mine.strip()
        elif named is None:
            unknown.append(Gone(answer.item, answer.text, answer.place))
        elif _alike(mine, answer.now, named.item.answer.type):
            same += 1
        else:
            asked, both = named.item, bool(mine.strip())
            differences.append(Difference(named.key, asked.id, asked.text, Entry.ANSWER, mine, answer.now, both, answer.place))
    return Comparison(name, tuple(differences), same, tuple(unknown), (), found.lost)


def _alike(mine: str, now: str, kind: AnswerType) -> bool:
    """Whether both say the same: a form holds "1 150,50 kr" as 1150.5, and "2027-12-24" as its own kind of day."""
    if entry_text(mine) == entry_text(now):
        return True
    if kind in (AnswerType.NUMBER, AnswerType.PRICE):
        return (number := as_number(mine)) is not None and number == as_number(now)
    if kind is AnswerType.DATE:
        return (day := as_day(mine)) is not None and day == as_day(now)
    return kind is AnswerType.YES_NO and (yes := as_yes_no(mine)) is not None and yes is as_yes_no(now)
