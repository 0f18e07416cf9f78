"""Real forms with every slot answered: each answer at its place, and everything else as it was."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from app.core.document import AnswerType, Place
from app.core.forms import FillReport, FormAnswer, Outcome
from app.documents.docx import read_docx
from app.documents.reader import ReadRequest
from app.workflow.filling import form_places
from app.workflow.form_places import FormPlaces
from tests.support.corpus import CORPUS, MISSING, files
from tests.support.forms import cells_that_differ, filled, opened, parts_that_differ

pytestmark = pytest.mark.skipif(not files(), reason=MISSING)
_TENDER = "*Anbudsformulär*rev. 2025-05-13.xlsx"
_CALL_OFF = "mall-for-avropsforfragan-*.docx"


def form(pattern: str) -> tuple[Path, bytes, FormPlaces]:
    path = next(CORPUS.rglob(pattern))
    data = path.read_bytes()
    return path, data, form_places(ReadRequest(path.name, data=data))


def answer(places: FormPlaces, number: int) -> tuple[str, object]:
    """An answer that the item's place takes, and what a cell then holds."""
    asked = places.asked[number]
    target = places.target(0, "", asked)
    options = target.options if target is not None else ()
    if options:
        return options[-1], options[-1]
    match asked.point.answer.type:
        case AnswerType.PRICE | AnswerType.NUMBER:
            return f"1 {number:03},50", float(f"1{number:03}.5")
        case AnswerType.DATE:
            return "2026-01-31", None
        case AnswerType.YES_NO:
            return "Ja", "Ja"
    return f"Svar {number} – åäö", f"Svar {number} – åäö"


def test_every_slot_of_the_tender_form_takes_its_answer_and_nothing_else_changes() -> None:
    path, data, places = form(_TENDER)
    slots = [number for number, asked in enumerate(places.asked) if places.target(0, "", asked) is not None]
    answers = [FormAnswer(answer(places, number)[0], item=places.asked[number].id) for number in slots]
    singles = {
        (point.place.sheet or "", point.place.cell or ""): answer(places, number)[1]
        for number in slots
        if ":" not in ((point := places.asked[number].point.source).place.cell or "")
    }
    # A column of many prices is one item of the list: it takes a line for each of its cells.
    tables = [number for number in slots if ":" in (places.asked[number].point.source.place.cell or "")]
    for number in tables:
        cells = [(place.sheet or "", place.cell or "") for place in places.column_of(places.asked[number])]
        position = slots.index(number)
        answers[position] = replace(answers[position], value="\n".join(f"{17 + turn},25" for turn in range(len(cells))))
        singles |= {cell: 17.25 + turn for turn, cell in enumerate(cells)}
    report, made = filled(data, answers, path.name)
    assert len(tables) == 1
    assert report.count(Outcome.FILLED) == len(report.entries) == len(slots)
    assert report.unanswered == ()
    assert len(singles) > 290
    assert cells_that_differ(data, made) == singles
    changed = parts_that_differ(data, made)
    assert changed == set(report.changed)
    assert all(re.fullmatch(r"xl/(workbook|worksheets/sheet\d+)\.xml", part) for part in changed)
    assert only_cells_changed(data, made, changed)


def test_a_column_of_prices_tells_how_many_lines_it_takes() -> None:
    path, data, places = form(_TENDER)
    asked = next(each for each in places.asked if ":" in (each.point.source.place.cell or ""))
    report, made = filled(data, [FormAnswer("17,25\n18", item=asked.id)], path.name)
    assert [(entry.reason.code, dict(entry.reason.values)) for entry in report.entries if entry.reason] == [
        ("fill.lines", {"count": str(len(places.column_of(asked)))})
    ]
    assert made == data


def only_cells_changed(before: bytes, after: bytes, parts: set[str]) -> bool:
    """Whether the sheets are the same byte for byte once their cells are taken out."""
    old, new = ZipFile(BytesIO(before)), ZipFile(BytesIO(after))
    cells = re.compile(rb"<c [^>]*?/>|<c .*?</c>", re.DOTALL)
    return all(cells.sub(b"", old.read(part)) == cells.sub(b"", new.read(part)) for part in parts if "sheets/" in part)


def test_protection_and_locked_cells_of_the_tender_form_stay() -> None:
    path, data, _ = form(_TENDER)
    sheets = [sheet.title for sheet in opened(data).worksheets if sheet.protection.sheet]
    locked = Place(sheet=sheets[0], cell="A11")
    report, made = filled(data, [FormAnswer("x", place=locked)], path.name)
    assert [entry.reason.code for entry in report.entries if entry.reason] == ["fill.locked"]
    assert made == data


def everything_in_the_call_off() -> tuple[bytes, FillReport, bytes, int]:
    path, data, places = form(_CALL_OFF)
    slots = [number for number, asked in enumerate(places.asked) if places.target(0, "", asked) is not None]
    answers = [FormAnswer(answer(places, number)[0], item=places.asked[number].id) for number in slots]
    # The table of prices is one item of the list: its cells are answered one by one.
    tables = [asked.point.spans[0].block for asked in places.asked if asked.point.answer.type is AnswerType.PRICE_TABLE]
    numbers = {places.document.blocks[block].table for block in tables}
    for block in places.document.blocks:
        for cell in block.cells if block.table in numbers else ():
            if cell.slots:
                answers.append(FormAnswer(f"pris {cell.place.paragraph}", place=Place(paragraph=cell.place.paragraph)))
    report, made = filled(data, answers, path.name)
    return data, report, made, len(answers)


def test_every_slot_of_the_word_call_off_takes_its_answer() -> None:
    data, report, made, count = everything_in_the_call_off()
    assert count == 26 + 6
    assert report.count(Outcome.FILLED) == count
    assert parts_that_differ(data, made) == {"word/document.xml"}
    after = read_docx(ReadRequest("f.docx", data=made))
    held = [slot.value for block in after.blocks for slot in (*block.slots, *(s for c in block.cells for s in c.slots))]
    text = "\n".join(block.text for block in after.blocks)
    for entry in report.entries:
        assert entry.written in held or entry.written in text


def test_outside_of_its_controls_the_word_call_off_is_the_same_byte_for_byte() -> None:
    data, _, made, _ = everything_in_the_call_off()
    old, new = (ZipFile(BytesIO(each)).read("word/document.xml") for each in (data, made))
    controls = re.compile(rb"<w:sdt>.*?</w:sdt>", re.DOTALL)
    assert controls.sub(b"", old) == controls.sub(b"", new)
    assert len(controls.findall(old)) == len(controls.findall(new)) == 59
