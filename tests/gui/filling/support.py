"""A tender in memory with a form of the buyer's: read for real, filled in and read back without child processes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Protection
from PySide6.QtWidgets import QWidget

from app.core.checklist import Checklist, ChecklistItem, Tender
from app.core.document import AnswerType
from app.core.points import Answer, PointKind
from app.core.work import DocumentRecord, TenderRecord, WorkItem, new_key
from app.export.work import Work
from app.export.xlsx import write_xlsx
from app.gui.actions import Actions
from app.gui.filling.filling import Filling
from app.gui.session import Session
from app.gui.shell.book import OVERVIEW, make_page
from app.gui.shell.window import MainWindow
from app.workers.file_work import SerialFileWork
from app.workers.serial import SerialRunner
from app.workflow.check import check
from app.workflow.desk import Desk
from tests.gui.shell.support import MemoryOffice
from tests.support.checklists import described
from tests.support.desks import TENDER, point
from tests.support.forms import saved

__all__ = ["FORM", "Scene", "answers_at", "matrix", "scene"]

FORM = "Bilaga 2 Prisformulär.xlsx"
QUESTIONS = ("Leverantörens namn", "Organisationsnummer", "Pris per timme", "E-post")


def workbook() -> bytes:
    """Four questions, the third of them a number."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Anbud"
    for row, words in enumerate(QUESTIONS, 2):
        sheet[f"A{row}"] = words
        sheet[f"B{row}"].protection = Protection(locked=False)
    sheet["B4"].number_format = "#,##0.00"
    sheet.protection.enable()
    return saved(book)


class Blank(QWidget):
    """A page with nothing on it."""


@dataclass
class Scene:
    """What a test works with."""

    window: MainWindow
    session: Session
    filling: Filling
    original: bytes
    made: list[Callable[[], bool]] = field(default_factory=list)

    @property
    def desk(self) -> Desk:
        """The open tender."""
        assert self.session.desk is not None
        return self.session.desk

    def item(self, words: str) -> WorkItem:
        """The item with these words."""
        (found,) = (work for work in self.desk.items() if work.item.text.startswith(words))
        return found

    def answer(self, *answers: str) -> None:
        """The first questions, answered in order."""
        for words, answer in zip(QUESTIONS, answers, strict=False):
            self.desk.answer(self.item(words).key, answer)


def scene(session: Session, actions: Actions, office: MemoryOffice, folder: Path, *, zipped: bool = False) -> Scene:
    """The window over the tender. The form lies in an archive when `zipped`."""
    inbox = folder / "underlag"
    inbox.mkdir()
    original = workbook()
    (inbox / FORM).write_bytes(original)
    listed = check([inbox], runner=SerialRunner())
    (summary,) = listed.documents
    kept, member, name = original, None, summary.name
    items = [WorkItem(new_key(), TENDER, float(number), item) for number, item in enumerate(listed.items)]
    if zipped:
        made = BytesIO()
        with ZipFile(made, "w") as archive:
            archive.writestr(f"Bilagor/{FORM}", original)
        kept, member, name = made.getvalue(), f"Bilagor/{FORM}", f"portal.zip/Bilagor/{FORM}"
        (inbox / FORM).unlink()
        (inbox / "portal.zip").write_bytes(kept)
        listed = check([inbox], runner=SerialRunner())
        (summary,) = listed.documents
        assert summary.name == name
        items = [WorkItem(new_key(), TENDER, float(number), item) for number, item in enumerate(listed.items)]
    record = DocumentRecord(new_key(), TENDER, 0, summary, sha256(kept).hexdigest(), member)
    items.append(WorkItem(new_key(), TENDER, 100.0, attachment()))
    office.add(TenderRecord(TENDER, "2026-11-25T09:00:00", Tender("Drift")), *items)
    store = office.stores[TENDER]
    store.records[record.key] = record
    store.blobs[record.file] = kept
    window = MainWindow(session, actions, page)
    window.show()
    session.open_tender(TENDER)
    filling = Filling(session, window, lambda cancelled: SerialFileWork())
    return Scene(window, session, filling, original)


def attachment() -> ChecklistItem:
    """What asks for the form itself."""
    asked = point(90, PointKind.ATTACHMENT)
    return ChecklistItem(
        asked.id, asked.kind, True, "ifyllt prisformulär, bilaga 2", asked.source, answer=Answer(AnswerType.FILE)
    )


def page(number: int, session: Session, actions: Actions) -> QWidget:
    """Only the overview is real."""
    return make_page(number, session, actions) if number == OVERVIEW else Blank()


def answers_at(data: bytes) -> list[Any]:
    """What stands at the form's four places."""
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    return [sheet[f"B{row}"].value for row in range(2, 6)]


def matrix(desk: Desk, path: Path, edit: Callable[[Any, dict[str, int]], None]) -> None:
    """The list exported, and edited as colleagues do."""
    items = desk.items()
    target = BytesIO()
    listed = Checklist(Tender(), (), tuple(work.item for work in items))
    write_xlsx(listed, target, "sv", described, Work({work.item.id: work for work in items}))
    book = load_workbook(target)
    sheet = book.worksheets[0]
    edit(sheet, {str(cell.value): int(cell.column or 0) for cell in sheet[1]})
    path.write_bytes(saved(book))
