"""Granskning and Paket in pictures: what stops the bid, what is accepted, the package with its steps, and what is asked."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.core.packaging import StepKind
from app.core.points import PointKind
from app.core.resources import resource
from app.gui.package.dialogs import BuildSheet, ComparedSheet, NameSheet
from app.gui.package.page import PackagePage
from app.gui.package.rows import StepRow
from app.gui.review.accepting import AcceptSheet
from app.gui.review.page import ReviewPage
from app.gui.review.rows import FindingRow, Group
from app.gui.shell.book import PACKAGE, REVIEW
from tests.pictures.album import Album
from tests.support.window import Running, wait

__all__ = ["gate_empty", "gate_pages", "prepare_gate"]

_ANSWER = "Ja. Vi har jour dygnet runt, svarar inom en timme och börjar felsöka inom fyra."


def prepare_gate(running: Running) -> None:
    """The sample bid lies in the bid's folder, linked to what asks for files; one warning is accepted, three steps are done."""
    desk, folder = running.desk, Path(str(resource("sample", "bid")))
    desk.set_bid_folder(str(folder))
    asked = [item for item in desk.items() if item.item.kind is PointKind.ATTACHMENT]
    for number, path in enumerate(sorted(folder.iterdir())):
        data = path.read_bytes()
        desk.link([asked[number % len(asked)].key], path, sha256(data).hexdigest(), len(data))
    found = [row for row in _review(running).view.rows.rows if isinstance(row, FindingRow)]
    warning = next(row for row in found if row.group is Group.WARNINGS)
    desk.override(warning.key, warning.finding.rule, "Beställaren vill ha det så, svar på fråga 12", "Karin")
    steps = _steps(_package(running))
    items = {item.item.id: item.key for item in desk.items()}
    open_questions = [row.step for row in steps if row.step.kind is StepKind.QUESTION and row.lacks and not row.step.wants_file]
    for step in open_questions[:2]:
        desk.answer(items[str(step.item)], _ANSWER)
    for row in steps[:3]:
        desk.tick(row.key, True)
    running.rest()


def gate_pages(running: Running, album: Album, folder: Path) -> None:
    """Both pages and what lies over them. `folder` is for the portal's printout."""
    window, review = running.window, _review(running)
    review.view.setFocus()
    _calm(running)
    album.take("review", window)
    row = next(row for row in review.view.rows.rows if isinstance(row, FindingRow))
    _over(running, album, "review-accept", AcceptSheet(row, "Karin", window))
    page = _package(running)
    answered = next(place for place, row in enumerate(_steps(page)) if row.step.answer)
    page.steps.setCurrentIndex(page.steps.rows.index(answered))
    page.steps.setFocus()
    _calm(running)
    album.take("package", window)
    _over(running, album, "package-name", NameSheet(page.files.rows.rows[0].entry.name, page.head.limits.text(), window))
    _over(running, album, "package-build", BuildSheet(page.packing.obstacles, 2, window))
    page.open_companion()
    assert page.companion is not None
    _calm(running)
    album.take("package-companion", window, page.companion)
    page.companion.close()
    page.packing.compare(_printout(running, page, folder))
    sheet = wait(lambda: next(iter(page.findChildren(ComparedSheet)), None), "the comparison", 120)
    _calm(running)
    album.take("package-compared", window, sheet)
    sheet.close()
    _calm(running)


def gate_empty(running: Running, album: Album) -> None:
    """Without a bid folder and files."""
    _review(running)
    _calm(running)
    album.take("review-empty", running.window)
    _package(running)
    _calm(running)
    album.take("package-empty", running.window)


def _review(running: Running) -> ReviewPage:
    running.window.show_page(REVIEW)
    page = running.window.page(REVIEW)
    assert isinstance(page, ReviewPage)
    wait(lambda: page.review is not None and not page.busy, "the review", 240)
    return page


def _package(running: Running) -> PackagePage:
    running.window.show_page(PACKAGE)
    page = running.window.page(PACKAGE)
    assert isinstance(page, PackagePage)
    wait(lambda: page.packing.view is not None and not page.busy, "the plan", 240)
    return page


def _steps(page: PackagePage) -> list[StepRow]:
    return [row for row in page.steps.rows.rows if isinstance(row, StepRow)]


def _printout(running: Running, page: PackagePage, folder: Path) -> Path:
    tender, answered = running.desk.tender, [row.step for row in _steps(page) if row.step.answer]
    lines = [f"Anbud i {tender.value('name')}", f"Diarienummer {tender.value('reference')}", ""]
    lines += [f"{step.number or ''} {step.text}\nSvar: Nej, bara på vardagar.\n" for step in answered[:1]]
    lines += ["Bifogade filer", *(row.entry.name for row in page.files.rows.rows[1:]), "Broschyr.pdf", ""]
    target = folder / "Anbud i portalen.txt"
    target.write_text("\n".join(lines), "utf-8")
    return target


def _over(running: Running, album: Album, name: str, dialog: QDialog) -> None:
    dialog.open()
    _calm(running)
    album.take(name, running.window, dialog)
    dialog.close()
    dialog.deleteLater()
    _calm(running)


def _calm(running: Running) -> None:
    page: QWidget | None = running.window.pages.currentWidget()
    wait(lambda: not (isinstance(page, ReviewPage | PackagePage) and page.busy), "the page", 240)
    running.rest()
    running.window.toast.hide()
    for _ in range(12):  # a layout within a layout asks anew, one turn each
        QApplication.processEvents()
