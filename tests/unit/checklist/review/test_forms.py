"""The buyer's own forms, filled in: each fault and what nearly is one, in copies of the sample's forms."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.styles import Protection

from app.checklist.build import build
from app.core.checklist import ChecklistItem, Tender
from app.core.document import AnswerType, Place, document_id
from app.core.inspection import FileFacts
from app.core.points import Answer, PointKind, Reading, Source
from app.core.review import ReviewFinding, Severity
from app.documents import read
from app.documents.reader import ReadRequest
from app.extraction.reading import find
from app.workflow.reviewing import ReviewInputs, review_of
from tests.support import planted as plant
from tests.support.forms import saved
from tests.support.package import zip_bytes
from tests.support.planted import PRICES, REQUIREMENTS, SAMPLE, faultless
from tests.support.reviews import DEADLINE, NOW, asked, facts_of, review, work

FORMS = ("Bilaga 1 Kravspecifikation.docx", "Bilaga 2 Prisbilaga.xlsx")
LOT_B = "xl/worksheets/sheet3.xml"
Plant = Callable[[Path], None]


@dataclass(frozen=True)
class Procurement:
    """The forms as the buyer sends them out, and what they ask for."""

    items: tuple[ChecklistItem, ...]
    originals: tuple[FileFacts, ...]


@pytest.fixture(scope="module")
def procurement() -> Procurement:
    readings: list[Reading] = []
    originals = []
    for name in FORMS:
        data = (SAMPLE / "procurement" / name).read_bytes()
        readings.append(find(read(ReadRequest(name, data=data))))
        originals.append(facts_of(name, data))
    return Procurement(build(readings, []).items, tuple(originals))


def findings(procurement: Procurement, folder: Path, name: str, *plants: Plant) -> dict[str, ReviewFinding]:
    """What is said of a form after it was worked on."""
    bid = faultless(folder / "bid")
    for each in plants:
        each(bid)
    inputs = ReviewInputs(
        NOW,
        tender=Tender(tender_deadline=DEADLINE),
        items=tuple(work(number, item) for number, item in enumerate(procurement.items)),
        files=(facts_of(name, (bid / name).read_bytes()),),
        originals=procurement.originals,
        answers_known=False,
    )
    return {one.rule: one for one in review_of(inputs).findings if one.cause.file == name and one.rule != "files.extra"}


def number(cell: str, value: str) -> Plant:
    return plant.cell(cell, "", f"<v>{value}</v>")


def words(cell: str, text: str) -> Plant:
    return plant.cell(cell, ' t="inlineStr"', f"<is><t>{text}</t></is>")


def formula(old: str, new: str) -> Plant:
    return plant.in_part(PRICES, plant.LOT_A, old, new)


def empty(cell: str, part: str = plant.LOT_A) -> Plant:
    return plant.in_part(PRICES, part, rf'<c r="{cell}"( s="\d+")?[^>]*?>.*?</c>', rf'<c r="{cell}"\1/>')


CASES: dict[str, tuple[str, list[Plant], list[Plant]]] = {
    "price.empty": (PRICES, [empty("C6")], [empty("E6")]),  # a comment is the bidder's own choice
    "price.zero": (PRICES, [number("C5", "0")], [number("C5", "0.01")]),
    "price.zero/written otherwise": (PRICES, [number("C5", "0.00")], [number("C5", "100")]),
    "price.text": (PRICES, [words("C7", "1 165")], [words("E7", "1 165")]),
    "price.text/blank": (PRICES, [words("C7", "-")], [number("C7", "1165.5")]),
    "price.formula": (
        PRICES,
        [formula(r"<f>B5\*C5</f>", "<f>B5*C5+1</f>")],
        [formula(r"<f>B5\*C5</f>", "<f>b5 * c5</f>")],  # the same, as another program writes it
    ),
    "price.formula/number": (PRICES, [number("D5", "291.25")], []),
    "price.error": (
        PRICES,
        [formula(r'(<c r="D8"[^>]*?)(>\s*<f>.*?</f>)\s*<v>.*?</v>', r'\1 t="e"\2<v>#DIV/0!</v>')],
        [words("E5", "#DIV/0! rättat")],
    ),
    "form.changed": (
        REQUIREMENTS,
        [plant.instead(REQUIREMENTS, "minst en annan person", "om möjligt en annan person")],
        [plant.instead(REQUIREMENTS, "Granskning sker i par", "Granskning sker alltid i par")],  # the bidder's own comment
    ),
    "form.changed/cell": (
        PRICES,
        [plant.in_part(PRICES, plant.LOT_A, "Pris per timme [(]SEK[)]", "Pris per timme (EUR)")],
        [words("E7", "Pris per timme (EUR)")],
    ),
    "form.unanswered": (
        REQUIREMENTS,
        [plant.in_word(REQUIREMENTS, plant.unanswer)],
        [plant.instead(REQUIREMENTS, "Driftsättning kan ske oftare om VRM önskar det.", "Ja.")],
    ),
    "form.unanswered/box": (REQUIREMENTS, [plant.in_word(REQUIREMENTS, plant.untick)], []),
    "hidden.sheets": (
        PRICES,
        [plant.in_part(PRICES, "xl/workbook.xml", r'(name="Hållbarhet"[^>]*?) state="visible"', r'\1 state="hidden"')],
        [],  # the buyer's own hidden list is the buyer's
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_form_trips_the_rule_and_one_that_nearly_does_passes_it(case: str, procurement: Procurement, tmp_path: Path) -> None:
    name, trips, nearly = CASES[case]
    rule = case.partition("/")[0]
    assert rule in findings(procurement, tmp_path / "trips", name, *trips)
    assert rule not in findings(procurement, tmp_path / "nearly", name, *nearly)


def bill(protected: bool = True, locked: bool = False, /, **filled: str | float) -> bytes:
    """A bill of quantities on a protected sheet: prices in open cells, a prompt for the name, sums shared by all rows."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Mängder"
    sheet["A1"], sheet["B1"] = "Anbudsgivarens namn", "Skriv namnet här"
    sheet.append([])
    sheet.append(["Kod", "Text", "Mängd", "À-pris", "Belopp"])
    for row in range(4, 9):
        sheet.append([f"B.{row}", f"Schakt av jord i läge {row}", row * 10, None, f"=C{row}*D{row}"])
    for cell in ("B1", *(f"D{row}" for row in range(4, 9))):
        sheet[cell].protection = Protection(locked=locked)
    for cell, value in filled.items():
        sheet[cell] = value
    if protected:
        sheet.protection.enable()
    return saved(book)


def about_bill(data: bytes, form: bytes | None = None) -> dict[str, ReviewFinding]:
    """What is said of a filled bill, whose prices are one item of the list."""
    place = Place(sheet="Mängder", cell="D4:D8")
    prices = asked(
        "Mängder: À-pris",
        PointKind.QUESTION,
        answer=Answer(AnswerType.PRICE_TABLE),
        source=Source(document_id("Bilaga.xlsx"), "À-pris", place),
    )
    made = review({"Anbud.xlsx": data}, [prices], originals={"Bilaga.xlsx": form or bill()})
    return {one.rule: one for one in made.findings}


def test_a_column_of_prices_is_asked_cell_by_cell() -> None:
    every = {f"D{row}": 100.0 for row in range(4, 9)}
    told = about_bill(bill(**every))
    assert not {"price.empty", "form.unanswered", "form.changed", "price.text"} & set(told)
    told = about_bill(bill(D4=100, D5=0, D6="på begäran"))
    assert dict(told["price.empty"].values) == {"count": "2", "cells": "Mängder D7, D8"}
    assert dict(told["price.zero"].values)["cells"] == "Mängder D5"
    assert dict(told["price.text"].values)["cells"] == "Mängder D6"
    assert "form.unanswered" not in told


def test_a_column_of_a_form_that_is_not_protected_is_answered_by_a_price_and_a_locked_one_asks_nothing() -> None:
    free = bill(False)
    assert "price.empty" not in about_bill(bill(False, D4=100), free)
    assert "price.empty" in about_bill(bill(False, B1="Norrsken AB"), free)
    locked = bill(True, True)
    assert "price.empty" not in about_bill(locked, locked)


def test_a_prompt_in_an_open_cell_is_meant_to_be_written_over() -> None:
    every = {f"D{row}": 100.0 for row in range(4, 9)}
    assert "form.changed" not in about_bill(bill(**every, B1="Norrsken AB"))
    assert "form.changed" in about_bill(bill(**every, A1="Namn på den som lämnar anbud"))


def test_a_formula_shared_by_cells_is_the_same_written_out() -> None:
    every = {f"D{row}": 100.0 for row in range(4, 9)}
    for first in (5, 6):
        shared = {f"<f>C{row}*D{row}</f>": '<f t="shared" si="0"/>' for row in range(first + 1, 9)}
        shared[f"<f>C{first}*D{first}</f>"] = f'<f t="shared" ref="E{first}:E8" si="0">C{first}*D{first}</f>'
        data = with_parts(bill(**every), "xl/worksheets/sheet1.xml", shared)
        assert "price.formula" not in about_bill(data)
    wrong = {"<f>C6*D6</f>": '<f t="shared" ref="E6:E7" si="0">C6*D5</f>', "<f>C7*D7</f>": '<f t="shared" si="0"/>'}
    told = about_bill(with_parts(bill(**every), "xl/worksheets/sheet1.xml", wrong))
    assert dict(told["price.formula"].values)["count"] == "2"


def with_parts(data: bytes, part: str, changes: dict[str, str]) -> bytes:
    """A workbook with words of a part put otherwise."""
    with ZipFile(BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    text = parts[part].decode("utf-8")
    for old, new in changes.items():
        text = re.sub(re.escape(old[:-4]) + r"\s*</f>", new, text)
    parts[part] = text.encode("utf-8")
    return zip_bytes(parts)


def test_a_lot_that_the_bid_leaves_out_is_told_and_no_obstacle(procurement: Procurement, tmp_path: Path) -> None:
    said = findings(procurement, tmp_path / "a", PRICES)
    assert said["form.left_rows"].severity is Severity.NOTE
    assert "price.empty" not in said


def test_a_lot_that_is_half_priced_is_an_obstacle(procurement: Procurement, tmp_path: Path) -> None:
    one_of_lot_b = plant.in_part(PRICES, LOT_B, r'<c r="C5"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', r'<c r="C5"\1><v>900</v></c>')
    said = findings(procurement, tmp_path / "b", PRICES, one_of_lot_b)["price.empty"]
    assert dict(said.values) == {"count": "2", "cells": "Anbudsområde B C6, C7"}
    assert said.severity is Severity.OBSTACLE


def test_all_prices_empty_is_no_lot_left_out(procurement: Procurement, tmp_path: Path) -> None:
    said = findings(procurement, tmp_path / "c", PRICES, empty("C5"), empty("C6"), empty("C7"), empty("E6"))
    assert dict(said["price.empty"].values)["count"] == "6"


def test_rows_left_empty_beside_filled_ones_are_a_note(procurement: Procurement, tmp_path: Path) -> None:
    said = findings(procurement, tmp_path / "d", REQUIREMENTS)
    assert set(said) == {"form.left_rows"}
    assert dict(said["form.left_rows"].values)["count"] == "2"


def test_a_table_nobody_has_filled_in_is_an_obstacle(procurement: Procurement, tmp_path: Path) -> None:
    clear = [
        plant.instead(REQUIREMENTS, text, "")
        for text in ("Elvira Stensjö-Lod", "CV, uppdrag 1 och 2", "Måns Åkerlöv Wikander", "CV, uppdrag 1 till 3")
    ]
    said = findings(procurement, tmp_path / "e", REQUIREMENTS, *clear)
    assert dict(said["form.unanswered"].values)["count"] == "4"


def test_the_empty_form_itself_has_everything_to_answer(procurement: Procurement, tmp_path: Path) -> None:
    def put_back(folder: Path) -> None:
        (folder / REQUIREMENTS).write_bytes((SAMPLE / "procurement" / FORMS[0]).read_bytes())

    said = findings(procurement, tmp_path / "f", REQUIREMENTS, put_back)
    assert int(dict(said["form.unanswered"].values)["count"]) >= 15
    assert "form.changed" not in said
