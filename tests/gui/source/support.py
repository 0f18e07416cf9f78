"""Documents to show, made in the test, and a view that is ready to look at them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet
from pytestqt.qtbot import QtBot

from app.core.checklist import DocumentSummary
from app.core.document import Box, DocumentKind, Place, document_id
from app.core.points import PointKind
from app.core.work import DocumentRecord, ItemState
from app.gui.actions import Actions
from app.gui.source.marks import Mark
from app.gui.source.view import SourceView
from tests.support.pdfs import drawn, texts
from tests.support.sheets import workbook

QUOTE = "Anbudsgivaren ska bifoga ett intyg om skatter."
LINES = ((72, 100, "Anbudsgivaren ska bifoga"), (72, 116, "ett intyg om skatter."), (72, 300, "Något annat."))


def paper(pages: int = 3) -> bytes:
    """A PDF whose pages say their number and hold the quote over two lines."""
    return drawn(*[texts((72, 60, f"Sida nummer {number}"), *LINES) for number in range(1, pages + 1)])


def grid() -> bytes:
    """A workbook with two sheets and a merged cell."""

    def first(sheet: Worksheet) -> None:
        sheet["A1"] = "Priser för alla roller, i kronor utan moms"
        sheet["A3"], sheet["B3"], sheet["C3"] = "Roll", "Timpris", "Kommentar"
        sheet["A4"], sheet["B4"] = "Arkitekt", "Per timme"
        sheet.merge_cells("B4:C4")
        sheet["A5"] = "Testare"

    def second(sheet: Worksheet) -> None:
        for number in range(1, 200):
            sheet[f"A{number}"] = f"Rad {number} ska besvaras."

    return workbook(first, ("Krav", second))


def record(name: str, data: bytes, number: int = 0, **more: Any) -> DocumentRecord:
    """A document of the tender."""
    kind = DocumentKind(name.rpartition(".")[2])
    digest = sha256(data).hexdigest()
    return DocumentRecord(f"{number:032x}", "t", number, DocumentSummary(document_id(name), name, kind, digest, **more), digest)


@contextmanager
def looking(qtbot: QtBot, actions: Actions) -> Iterator[SourceView]:
    """A view in sight that nothing is shown in yet; ended afterwards."""
    made = SourceView(actions)
    qtbot.addWidget(made)
    made.resize(760, 560)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.shut()


def mark(key: str, name: str, place: Place, quote: str = QUOTE, state: ItemState = ItemState.OPEN) -> Mark:
    """A highlight."""
    return Mark(key, document_id(name), place, quote, PointKind.QUESTION, state)


def on_page(page: int) -> Place:
    """The place of the quote on a page, as roughly as a reader tells it."""
    return Place(page, Box(60, 80, 540, 130))
