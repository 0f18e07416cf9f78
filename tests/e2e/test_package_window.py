"""From a reviewed checklist to a package in the real window, and from the portal's printout back: what differs is found."""

from __future__ import annotations

import json
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from app.core.points import PointKind
from app.core.resources import resource
from app.gui.package.dialogs import BuildSheet, ComparedSheet
from app.gui.package.page import PackagePage
from app.gui.package.rows import StepRow
from app.gui.review.page import ReviewPage
from app.gui.review.rows import FindingRow, Group
from app.gui.shell.book import PACKAGE, REVIEW
from tests.gui.conftest import dressed, nothing_left, warnings_of_qt
from tests.support.window import Home, Running, wait

__all__ = ["dressed", "nothing_left", "warnings_of_qt"]


@pytest.fixture
def home(qapp: QApplication, tmp_path: Path) -> Home:
    (tmp_path / "hem").mkdir()
    return Home(tmp_path / "hem")


def review_of(running: Running) -> ReviewPage:
    page = running.window.page(REVIEW)
    assert isinstance(page, ReviewPage)
    wait(lambda: page.review is not None and not page.busy, "the review", 240)
    return page


def package_of(running: Running) -> PackagePage:
    page = running.window.page(PACKAGE)
    assert isinstance(page, PackagePage)
    wait(lambda: page.packing.view is not None and not page.busy, "the plan", 240)
    return page


def work_through(running: Running, folder: Path) -> None:
    """Every item is decided on, every file linked to an attachment, some questions answered in words."""
    desk = running.desk
    desk.set_bid_folder(str(folder))
    asked = [item for item in desk.items() if item.item.kind is PointKind.ATTACHMENT]
    for number, path in enumerate(sorted(folder.iterdir())):
        data = path.read_bytes()
        desk.link([asked[number % len(asked)].key], path, sha256(data).hexdigest(), len(data))
    desk.done([item.key for item in desk.items()])


def answer_in_the_portal(running: Running) -> None:
    """Words for the first questions that the portal asks, rather than a form."""
    steps = package_of(running).steps.rows.rows
    asked = [row.step.item for row in steps if isinstance(row, StepRow) and row.step.item and not row.step.files]
    keys = {item.item.id: item.key for item in running.desk.items()}
    for number, item in enumerate(asked[:6]):
        running.desk.answer(keys[str(item)], f"Svar nummer {number}, i våra egna ord som ingen annan skriver just så.")
    package_of(running)


def test_from_a_reviewed_checklist_to_a_package_and_back_from_the_portal(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "anbud"
    shutil.copytree(Path(str(resource("sample", "bid"))), folder)
    with home.runs() as running:
        running.enter()
        running.session.open_sample()
        running.read()
        work_through(running, folder)
        running.window.show_page(PACKAGE)
        answer_in_the_portal(running)
        running.window.show_page(REVIEW)
        review = review_of(running)
        assert not any(row.finding.rule == "items.open" for row in review.view.rows.rows if isinstance(row, FindingRow))
        for _ in range(3):  # a decision may bring another row into sight
            left = [r for r in review.view.rows.rows if isinstance(r, FindingRow) and r.group is Group.OBSTACLES]
            for row in left:
                running.desk.override(row.key, row.finding.rule, "Genomgånget i provet")
            review_of(running)
        assert review.review is not None
        assert review.review.ready
        review.head.go.click()
        package = package_of(running)
        assert running.window.pages.currentWidget() is package
        planned = package.packing.view
        assert planned is not None
        package.head.build.click()
        (sheet,) = package.findChildren(BuildSheet)
        sheet.reason.setPlainText("Provbygge")
        sheet.ok.click()
        (dialog,) = package.findChildren(QFileDialog)
        dialog.fileSelected.emit(str(tmp_path))
        dialog.reject()
        wait(lambda: not package.busy and running.desk.tender.package.folder, "the package", 240)
        target = Path(str(running.desk.tender.package.folder))
        compare_folder(target, folder, [entry.name for entry in planned.planned.entries])
        steps = [row for row in package.steps.rows.rows if isinstance(row, StepRow)]
        told = compare_with_portal(package, steps, tmp_path / "Anbud i portalen.txt", running)
    assert told.count("receipt.answer_missing") == 1
    assert told.count("receipt.answer_different") == 1
    assert told.count("receipt.file_missing") == 1
    assert told.count("receipt.file_extra") == 1


def compare_folder(target: Path, folder: Path, planned: list[str]) -> None:
    """What lies there is what the manifest says, byte for byte what was in the bid's folder, in the planned order."""
    manifest = json.loads((target / "manifest.json").read_text("utf-8"))
    named = [file["name"] for file in manifest["files"]]
    assert named == planned == sorted(planned), "the names sort in the portal's order"
    assert {path.name for path in (target / "anbud").iterdir()} == set(named)
    originals = {sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    found = set()
    for file in manifest["files"]:
        data = (target / "anbud" / file["name"]).read_bytes()
        assert (sha256(data).hexdigest(), len(data)) == (file["sha256"], file["size"])
        found.add(file["sha256"])
    assert found == originals
    assert (target / "korschema.pdf").read_bytes().startswith(b"%PDF")


def compare_with_portal(package: PackagePage, steps: list[StepRow], printout: Path, running: Running) -> list[str]:
    """A printout where the first answer is missing, the second differs, a file is missing and one is extra."""
    tender = running.desk.tender
    answered = [row.step for row in steps if row.step.answer]
    assert len(answered) >= 4
    lines = [f"Anbud i {tender.value('name')}", f"Diarienummer {tender.value('reference')}", ""]
    for number, step in enumerate(answered):
        if number == 0:
            continue
        said = "Ett helt annat besked, som vi aldrig har skrivit." if number == 1 else str(step.answer)
        lines += [f"{step.number or ''} {step.text}".strip(), f"Svar: {said}", ""]
    entries = tender.package.entries
    lines += ["Bifogade filer", *(entry.name for entry in entries[1:]), "Broschyr.pdf", ""]
    printout.write_text("\n".join(lines), "utf-8")
    package.packing.compare(printout)
    wait(lambda: package.findChildren(ComparedSheet), "the comparison", 120)
    (sheet,) = package.findChildren(ComparedSheet)
    told = [row.finding.rule for row in sheet.rows.rows.rows if isinstance(row, FindingRow)]
    sheet.accept()
    running.rest()
    assert [kept.use for kept in running.desk.kept_files] == ["printout"]
    return told
