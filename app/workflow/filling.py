"""The buyer's own form filled in: what is asked in it read again, answers to their places, the copy made, all told in a report.

`fill` runs in the child process, where foreign bytes are parsed; `fill_file` is the way there and back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Protocol

import msgspec

from app.core.document import DocumentKind, Finding, Place
from app.core.errors import AnbudsklarError, CorruptFileError, FillError, UnsupportedFormatError
from app.core.forms import Entry, FillReport, FormAnswer, OpenPlace, Outcome
from app.core.limits import DEFAULT_LIMITS, Limits
from app.core.points import PointKind
from app.core.work import ItemState, WorkItem
from app.documents.reader import ReadRequest
from app.export.file import Guard, to_file
from app.export.forms import Filled, FormJob, Result, Target
from app.export.forms import fill as write_answers
from app.workflow.form_places import Asked, FormPlaces

if TYPE_CHECKING:
    from app.documents.formats import Format

__all__ = ["FileWork", "answers_for", "fill", "fill_file", "filled_copy", "form_places", "format_of", "write_copy"]

_ASKING = frozenset({PointKind.QUESTION, PointKind.ATTACHMENT})


class FileWork(Protocol):
    """Does one thing with one file somewhere: in this process or in a child that may crash."""

    def do(self, operation: str, request: ReadRequest, order: bytes = b"null") -> tuple[bytes, bytes] | Finding:
        """The JSON of what was found and the bytes that were made, or why nothing was."""
        ...


def fill(request: ReadRequest, order: bytes) -> tuple[bytes, bytes]:
    """The report as JSON and the filled copy's bytes. Raises errors of the tree. `order` is the JSON of the answers."""
    answers = msgspec.json.decode(order, type=tuple[FormAnswer, ...])
    places = form_places(request)
    entries: dict[int, Entry] = {}
    targets: list[Target] = []
    asked_of: dict[int, Asked] = {}
    for number, answer in enumerate(answers):
        found = _found(places, number, answer)
        if isinstance(found, Entry):
            entries[number] = found
            continue
        target, asked = found
        column = places.column_of(asked) if asked is not None and ":" in (target.place.cell or "") else []
        lines = [line for line in answer.value.splitlines() if line.strip()]
        if asked is not None and column and len(lines) == len(column):
            targets += [places.placed(number, line, place) for line, place in zip(lines, column, strict=True)]
        elif asked is not None and column:
            told = _nowhere(number, answer, Finding("fill.lines", "", None, (("count", str(len(column))),)), asked)
            entries[number] = replace(told, outcome=Outcome.UNFIT)
            continue
        else:
            targets.append(target)
        if asked is not None:
            asked_of[number] = asked
    filled = write_answers(FormJob(request.name, request.bytes(), tuple(targets), request.passwords), str(places.document.kind))
    by_number = {target.number: target for target in targets}
    for result in _joined(filled.results):
        if result.number not in asked_of and result.place is not None and (asked := places.at(result.place)) is not None:
            asked_of[result.number] = asked  # the place given was part of merged cells
        entries[result.number] = _entry(answers[result.number], by_number[result.number], result, asked_of.get(result.number))
    report = _report(request, places, tuple(entries[number] for number in sorted(entries)), asked_of, filled)
    return msgspec.json.encode(report), filled.data


def format_of(request: ReadRequest) -> Format:
    """What the file is. Raises errors of the tree, also for one that is too broken to tell."""
    from app.documents.formats import detect
    from app.documents.ooxml import unpack_errors

    try:
        return detect(request)
    except AnbudsklarError:
        raise
    except unpack_errors as error:
        raise CorruptFileError(request.name) from error


def form_places(request: ReadRequest) -> FormPlaces:
    """The form with what is asked in it. Raises UnsupportedFormatError for what is no form that can be filled in here."""
    from app.documents import read
    from app.documents.formats import Format
    from app.documents.ooxml import checked_package
    from app.extraction.reading import find

    kind = format_of(request)
    if kind in (Format.DOCX, Format.XLSX, Format.ENCRYPTED):  # an encrypted one is told apart from a broken one here
        checked_package(request).close()
    if kind not in (Format.XLSX, Format.DOCX, Format.PDF):
        remedies = {
            Format.XLS: "save_as_xlsx",
            Format.XLSB: "save_as_xlsx",
            Format.ODS: "save_as_xlsx",
            Format.CSV: "save_as_xlsx",
        }
        remedies |= dict.fromkeys((Format.DOC, Format.RTF, Format.ODT), "save_as_docx")
        raise UnsupportedFormatError(request.name, format=kind, remedy=remedies.get(kind, "fill_by_hand"))
    reading = find(read(request))
    elements: tuple[int | None, ...] = ()
    if reading.document.kind is DocumentKind.DOCX:
        from app.documents.docx.elements import paragraph_elements

        elements = paragraph_elements(request)
    return FormPlaces(reading, elements)


def _found(places: FormPlaces, number: int, answer: FormAnswer) -> Entry | tuple[Target, Asked | None]:
    """Where the answer goes, or the line of the report that says why it goes nowhere."""
    asked = places.by_id(answer.item)
    if answer.field is not None:
        target = Target(number, answer.value, field=answer.field, slot=True)
        return (target, asked)
    if answer.place is not None and asked is None:
        target = places.placed(number, answer.value, _normal(answer.place))
        return (target, places.at(target.place))
    if asked is None and answer.question:
        fitting = places.by_words(answer.question)
        if len(fitting) > 1:
            return _nowhere(number, answer, Finding("fill.ambiguous", "", None, (("count", str(len(fitting))),)))
        asked = fitting[0] if fitting else None
    if asked is None:
        return _nowhere(number, answer, Finding("fill.not_in_form", ""))
    made = places.target(number, answer.value, asked)
    if made is None:
        code = "fill.several_cells" if asked.point.answer.type == "price_table" else "fill.no_slot"
        return _nowhere(number, answer, Finding(code, ""), asked)
    return made, asked


def _joined(results: Iterable[Result]) -> Iterator[Result]:
    """One result for each answer: of one that went into several cells, what stands in them, or the first that did not take it."""
    for _, group in groupby(sorted(results, key=lambda result: result.number), key=lambda result: result.number):
        some = list(group)
        failed = next((result for result in some if result.reason is not None), None)
        notes = tuple(dict.fromkeys(note for result in some for note in result.notes))
        yield failed or replace(some[0], written="\n".join(result.written for result in some), notes=notes)


def _normal(place: Place) -> Place:
    return replace(place, cell=place.cell.replace("$", "").strip().upper()) if place.cell is not None else place


def _nowhere(number: int, answer: FormAnswer, reason: Finding, asked: Asked | None = None) -> Entry:
    place = asked.point.source.place if asked is not None else answer.place or Place()
    question = asked.point.text if asked is not None else answer.question or ""
    return Entry(number, Outcome.NO_PLACE, answer.item, question, place, answer.field, reason=reason)


_NOWHERE = frozenset({"fill.no_sheet", "fill.no_cell", "fill.several_cells", "fill.no_field", "fill.no_slot", "fill.no_fields"})


def _entry(answer: FormAnswer, target: Target, result: Result, asked: Asked | None) -> Entry:
    notes = list(result.notes)
    outcome = Outcome.FILLED
    if result.reason is not None:
        outcome = Outcome.NO_PLACE if result.reason.code in _NOWHERE else Outcome.UNFIT
    elif target.required is not None and result.written.strip().casefold() != target.required.casefold():
        from app.export.forms.values import as_yes_no

        if as_yes_no(result.written) is not as_yes_no(target.required) or as_yes_no(target.required) is None:
            notes.append(Finding("fill.required_differs", "", None, (("required", target.required),)))
    return Entry(
        result.number,
        outcome,
        asked.id if asked is not None else answer.item,
        asked.point.text if asked is not None else answer.question or "",
        result.place or target.place,
        result.field or target.field,
        result.written,
        result.reason,
        tuple(notes),
        result.options,
    )


def _report(
    request: ReadRequest, places: FormPlaces, entries: tuple[Entry, ...], asked_of: dict[int, Asked], filled: Filled
) -> FillReport:
    done = {asked_of[entry.number].id for entry in entries if entry.outcome is Outcome.FILLED and entry.number in asked_of}
    left = [
        (asked, target)
        for number, asked in enumerate(places.asked)
        if asked.id not in done
        and asked.point.kind in _ASKING
        and asked.has_place
        and (target := places.target(number, "", asked)) is not None
    ]
    unknown = any(entry.outcome is Outcome.FILLED and entry.number not in asked_of for entry in entries)
    changed = _changed(request, places, [target for _, target in left], filled) if unknown and left else frozenset()
    unanswered = tuple(
        OpenPlace(asked.id, asked.point.text, asked.point.must, target.place)
        for asked, target in left
        if target.number not in changed
    )
    return FillReport(places.document.name, entries, unanswered, filled.findings, filled.changed)


def _changed(request: ReadRequest, places: FormPlaces, targets: Sequence[Target], filled: Filled) -> frozenset[int]:
    """Which of the places hold something else in the copy than in the form: an answer given by a field's name or a box on the
    page is told of no question, so the copy is asked."""
    from app.export.forms.held import held

    form = FormJob(request.name, request.bytes(), tuple(targets), request.passwords)
    try:
        found = held(form, replace(form, data=filled.data, targets=()), str(places.document.kind))
    except AnbudsklarError:
        return frozenset()
    return frozenset(number for number, (before, after) in found.items() if after.strip() and after != before)


def answers_for(items: Iterable[WorkItem], document: str) -> tuple[FormAnswer, ...]:
    """The answers of the list to what a document asks, by the document's id. Rejected and replaced items give none."""
    return tuple(
        FormAnswer(work.answer, item=work.item.id, question=(work.found or work.item).text)
        for work in items
        if work.answer
        and work.answer.strip()
        and not work.replaced
        and work.state is not ItemState.REJECTED
        and document in (work.item.source.document, *(source.document for source in work.item.also))
    )


def filled_copy(request: ReadRequest, answers: Sequence[FormAnswer], work: FileWork) -> tuple[FillReport, bytes]:
    """The report and the bytes of the filled copy, made in a child. `request.name` is the form's on the list: ids follow from it.

    Raises errors of the tree: FillError with whatever kept the form from being read or filled in.
    """
    held = replace(request, data=request.bytes(), path=None)
    done = work.do("fill", held, msgspec.json.encode(tuple(answers)))
    if isinstance(done, Finding):
        raise FillError.told(done)
    try:
        return msgspec.json.decode(done[0], type=FillReport), done[1]
    except msgspec.DecodeError as error:
        raise FillError(request.name, code="worker.protocol") from error


def write_copy(target: Path, data: bytes, guard: Guard | None = None) -> None:
    """Write a filled copy, whole or not at all. Raises OutputError."""

    def write(stream: BinaryIO) -> None:
        stream.write(data)

    to_file(target, write, guard) if guard is not None else to_file(target, write)


def fill_file(
    form: Path,
    answers: Sequence[FormAnswer],
    target: Path,
    *,
    work: FileWork,
    passwords: Sequence[str] = (),
    limits: Limits = DEFAULT_LIMITS,
    guard: Guard | None = None,
) -> FillReport:
    """Fill in a copy of the form and write it to `target`, whole or not at all. The form itself is only read.

    When no answer could be filled in, nothing is written. Raises errors of the tree: FillError (`fill.same_file`,
    `fill.other_format`, and whatever kept the form from being read), OutputError.
    """
    if _same(form, target):
        raise FillError(target.name, code="fill.same_file")
    if target.suffix.lower() != form.suffix.lower():
        raise FillError(target.name, code="fill.other_format", expected_suffix=form.suffix.lower() or "?")
    report, data = filled_copy(ReadRequest(form.name, path=form, passwords=tuple(passwords), limits=limits), answers, work)
    if report.count(Outcome.FILLED):
        write_copy(target, data, guard)
    return report


def _same(form: Path, target: Path) -> bool:
    try:
        if target.exists() and form.exists() and target.samefile(form):
            return True
    except OSError:
        pass
    return str(form.resolve()).casefold() == str(target.resolve()).casefold()
