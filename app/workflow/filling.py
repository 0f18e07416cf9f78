"""The buyer's own form filled in: what is asked in it read again, answers to their places, the copy made, all told in a report.

`fill` runs in the child process, where foreign bytes are parsed; `fill_file` is the way there and back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Protocol

import msgspec

from app.core.document import DocumentKind, Finding, Place
from app.core.errors import FillError, UnsupportedFormatError
from app.core.forms import Entry, FillReport, FormAnswer, OpenPlace, Outcome
from app.core.limits import DEFAULT_LIMITS, Limits
from app.core.points import PointKind
from app.documents.reader import ReadRequest
from app.export.file import Guard, to_file
from app.export.forms import Filled, FormJob, Result, Target
from app.export.forms import fill as write_answers
from app.workflow.form_places import Asked, FormPlaces

__all__ = ["FileWork", "fill", "fill_file", "form_places"]

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
        targets.append(target)
        if asked is not None:
            asked_of[number] = asked
    filled = write_answers(FormJob(request.name, request.bytes(), tuple(targets), request.passwords), str(places.document.kind))
    by_number = {target.number: target for target in targets}
    for result in filled.results:
        if result.number not in asked_of and result.place is not None and (asked := places.at(result.place)) is not None:
            asked_of[result.number] = asked  # the place given was part of merged cells
        entries[result.number] = _entry(answers[result.number], by_number[result.number], result, asked_of.get(result.number))
    report = _report(places, tuple(entries[number] for number in sorted(entries)), asked_of, filled)
    return msgspec.json.encode(report), filled.data


def form_places(request: ReadRequest) -> FormPlaces:
    """The form with what is asked in it. Raises UnsupportedFormatError for what is no form that can be filled in here."""
    from app.documents import read
    from app.documents.formats import Format, detect
    from app.documents.ooxml import checked_package
    from app.extraction.reading import find

    kind = detect(request)
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


def _report(places: FormPlaces, entries: tuple[Entry, ...], asked_of: dict[int, Asked], filled: Filled) -> FillReport:
    done = {asked_of[entry.number].id for entry in entries if entry.outcome is Outcome.FILLED and entry.number in asked_of}
    unanswered = tuple(
        OpenPlace(asked.id, asked.point.text, asked.point.must, target.place)
        for asked in places.asked
        if asked.id not in done
        and asked.point.kind in _ASKING
        and asked.has_place
        and (target := places.target(0, "", asked)) is not None
    )
    return FillReport(places.document.name, entries, unanswered, filled.findings, filled.changed)


def fill_file(
    form: Path,
    answers: Sequence[FormAnswer],
    target: Path,
    *,
    work: FileWork,
    name: str | None = None,
    passwords: Sequence[str] = (),
    limits: Limits = DEFAULT_LIMITS,
    guard: Guard | None = None,
) -> FillReport:
    """Fill in a copy of the form and write it to `target`, whole or not at all. The form itself is only read.

    `name` is what the list calls the form, when it stands in a folder of the procurement. When no answer could be filled in,
    nothing
    is written. Raises errors of the tree: FillError (`fill.same_file`, `fill.other_format`, and whatever kept the form from being
    read), OutputError.
    """
    if _same(form, target):
        raise FillError(target.name, code="fill.same_file")
    if target.suffix.lower() != form.suffix.lower():
        raise FillError(target.name, code="fill.other_format", expected_suffix=form.suffix.lower() or "?")
    held = ReadRequest(name or form.name, path=form, passwords=tuple(passwords), limits=limits)
    request = ReadRequest(held.name, data=held.bytes(), passwords=held.passwords, limits=limits)
    done = work.do("fill", request, msgspec.json.encode(tuple(answers)))
    if isinstance(done, Finding):
        raise FillError.told(done)
    said, data = done
    try:
        report = msgspec.json.decode(said, type=FillReport)
    except msgspec.DecodeError as error:
        raise FillError(request.name, code="worker.protocol") from error
    if report.count(Outcome.FILLED):

        def write(stream: BinaryIO) -> None:
            stream.write(data)

        to_file(target, write, guard) if guard is not None else to_file(target, write)
    return report


def _same(form: Path, target: Path) -> bool:
    try:
        if target.exists() and form.exists() and target.samefile(form):
            return True
    except OSError:
        pass
    return str(form.resolve()).casefold() == str(target.resolve()).casefold()
