"""The sample: what the scripts make is what the project keeps, and it holds what it is there to show."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pypdfium2 import PdfDocument

from resources.sample.build import names
from resources.sample.build.__main__ import build
from resources.sample.build.archive import same_content
from resources.sample.build.labels import KINDS, squeezed

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "resources" / "sample"
KEYS = ROOT / "tests" / "golden" / "sample"
INVITATION = SAMPLE / "procurement" / "Upphandlingsdokument.pdf"


def pages_of(path: Path) -> list[str]:
    document = PdfDocument(path)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def luhn(number: str) -> bool:
    digits = [int(digit) * (2 - index % 2) for index, digit in enumerate(number.replace("-", ""))]
    return sum(digit // 10 + digit % 10 for digit in digits) % 10 == 0


def test_kept_files_are_what_the_scripts_make(tmp_path: Path) -> None:
    build(tmp_path, tmp_path / "keys")
    for made, kept in (
        (tmp_path / "procurement", SAMPLE / "procurement"),
        (tmp_path / "bid", SAMPLE / "bid"),
        (tmp_path / "keys", KEYS),
    ):
        assert {path.name for path in made.iterdir()} == {path.name for path in kept.iterdir()}
        changed = [path.name for path in made.iterdir() if not same_content(path, kept / path.name)]
        assert changed == [], "run make sample"


def test_invented_numbers_belong_to_nobody() -> None:
    assert luhn("202100-5521")
    assert not luhn(names.BUYER_NUMBER)
    assert luhn(names.BIDDER_NUMBER), "a bid without faults has a right number"
    assert names.BIDDER_NUMBER.startswith("4"), "no kind of organisation has numbers of this series"


def test_invitation_is_a_document_of_some_length_without_marks_left() -> None:
    pages = pages_of(INVITATION)
    assert len(pages) >= 12
    assert "[[" not in "".join(pages)
    assert "]]" not in "".join(pages)


def test_footnote_stands_on_the_page_that_refers_to_it() -> None:
    pages = pages_of(INVITATION)
    (note,) = (number for number, page in enumerate(pages) if "1 En konsult kan vara anställd" in page)
    assert squeezed("Med konsult avses den person") in squeezed(pages[note])


@pytest.mark.parametrize("path", sorted(KEYS.glob("*.gold.json")), ids=lambda path: path.name)
def test_answer_key_quotes_the_document(path: Path) -> None:
    key = json.loads(path.read_text(encoding="utf-8"))
    source = SAMPLE / key["document"]
    assert source.exists()
    assert {point["kind"] for point in key["points"]} <= set(KINDS.values())
    if source.suffix == ".pdf":
        pages = [squeezed(page) for page in pages_of(source)]
        for point in key["points"]:
            here = "".join(pages[point["page"] - 1 : point["page"] + 1])
            assert squeezed(point["quote"])[:24] in here, point["quote"]


def test_price_form_is_protected_and_has_the_drop_down_that_openpyxl_drops() -> None:
    path = SAMPLE / "procurement" / "Bilaga 2 Prisbilaga.xlsx"
    with pytest.warns(UserWarning, match="Data Validation extension"):
        book = load_workbook(path)
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    assert not book["Anbudsområde A"]["C5"].protection.locked
    assert book["Anbudsområde A"]["B5"].protection.locked
    assert book["Listor"].sheet_state == "hidden"
    with ZipFile(path) as archive:
        assert b"x14:dataValidation " in archive.read("xl/worksheets/sheet1.xml")


def test_filled_price_form_holds_the_values_of_its_formulas() -> None:
    with pytest.warns(UserWarning, match="Data Validation extension"):
        book = load_workbook(SAMPLE / "bid" / "2 Prisbilaga ifylld.xlsx", data_only=True)
    sheet = book["Anbudsområde A"]
    expected = sum(float(str(sheet.cell(row, 2).value)) * float(str(sheet.cell(row, 3).value)) for row in (5, 6, 7))
    assert float(str(sheet["D8"].value)) == pytest.approx(expected)
