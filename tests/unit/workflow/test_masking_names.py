"""The name of a masked copy does not tell what was masked where no quote says it: in cells, under a box, on a page."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from app.core.claims import Anchor, BidFile, ClaimSet
from app.core.document import Box
from app.secrecy.masking.naming import named_after
from app.workers.masking import ProcessMasker, SerialMasker
from app.workflow.masking import Masker, mask_bid
from tests.support.claims import BIDDER, TENDER, claim
from tests.support.hiding.pdfs import bid_pdf


def workbook(*cells: str) -> bytes:
    """A sheet with a cell below another in column A."""
    book, target = Workbook(), BytesIO()
    sheet = book.active
    assert sheet is not None
    for row, cell in enumerate(cells, 1):
        sheet[f"A{row}"] = cell
    book.save(target)
    return target.getvalue()


def copy_of(folder: Path, name: str, data: bytes, anchor: Anchor, masker: Masker | None = None) -> str:
    """The name that the file's masked copy gets."""
    (folder / name).write_bytes(data)
    claims = ClaimSet(TENDER, BIDDER, (BidFile("a", name),), (claim(number=4, anchors=(anchor,)),))
    (outcome,) = mask_bid(claims, folder, folder / "ut", masker=masker or SerialMasker())
    assert outcome.copy is not None, outcome.error
    return outcome.copy.name


@pytest.mark.parametrize("masker", [SerialMasker(), ProcessMasker()], ids=["serial", "child"])
def test_a_name_that_tells_masked_cells_is_replaced(tmp_path: Path, masker: Masker) -> None:
    name, cells = "Projekt Falken.xlsx", Anchor("a", cells="A1")
    assert copy_of(tmp_path, name, workbook("Projekt Falken", "Öppet"), cells, masker) == "maskerad-4_maskad.xlsx"


def test_a_name_that_tells_masked_values_of_a_text_table_is_replaced(tmp_path: Path) -> None:
    assert copy_of(tmp_path, "Falken.csv", b"Falken;Roll\nTestare;990\n", Anchor("a", cells="A1")) == "maskerad-4_maskad.csv"


@pytest.mark.parametrize("anchor", [Anchor("a", page=1), Anchor("a", page=1, box=Box(0, 0, 595, 842))], ids=["page", "box"])
def test_a_name_that_tells_a_masked_page_is_replaced(tmp_path: Path, anchor: Anchor) -> None:
    data = bid_pdf("Nordvik Kraftverk")
    assert copy_of(tmp_path, "Nordvik_Kraftverk.pdf", data, anchor) == "maskerad-4_maskad.pdf"
    assert copy_of(tmp_path, "Referens.pdf", data, anchor) == "Referens_maskad.pdf"


@pytest.mark.parametrize(
    ("name", "cell", "told"),
    [
        ("Projekt Falken.xlsx", "Falken", True),
        ("Projekt_Falken.xlsx", "Falken", True),
        ("Anbud 1285.xlsx", "1 285", True),
        ("Falkenberg.xlsx", "Falken", False),
        ("Prisbilaga.xlsx", "Pris", False),
        ("Bilaga 2 Pris.xlsx", "Pris", False),
        ("Anbud 2031.xlsx", "2031", False),
        ("Anbud 12850.xlsx", "1285", False),
        ("CV Systemutvecklare.xlsx", "Senior systemutvecklare", False),
    ],
)
def test_short_words_and_years_of_masked_cells_do_not_take_a_file_its_name(name: str, cell: str, told: bool) -> None:
    assert named_after(name, [(4, cell)]) == (4 if told else None)
