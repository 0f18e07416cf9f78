"""The whole program, from files dropped on its window to a list on which nothing is missing, and what is on screen beside it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPlainTextEdit, QWidget

from app.core.points import PointKind
from app.core.work import DocumentRecord, ItemState, Origin, Record, WorkItem
from app.gui.checklist.dialogs import SplitDialog
from app.gui.checklist.entries import Entry
from app.gui.checklist.rowmodel import Role
from app.gui.checklist.rows import Header, group_of
from app.gui.messages import tr
from app.gui.overview.page import OverviewPage
from app.gui.overview.ring import percent
from app.gui.shell.passphrase import AskPassphrase, NewPassphrase
from app.gui.shell.recovery import AskedCode, RecoveryCodeDialog
from app.gui.shell.window import CHECKLIST, OVERVIEW
from app.workflow.readiness import on_tender_list
from tests.gui.conftest import dressed, nothing_left, warnings_of_qt
from tests.support.package import build_package
from tests.support.window import Home, Running, buttons, labels, press_primary, sample_files, sample_zip, wait

__all__ = ["dressed", "nothing_left", "warnings_of_qt"]  # what every test of the window keeps to, these as well

Key, Modifier = Qt.Key, Qt.KeyboardModifier
CONTROL, SHIFT = Modifier.ControlModifier, Modifier.ShiftModifier


@pytest.fixture
def home(qapp: QApplication, tmp_path: Path) -> Home:
    return Home(tmp_path)


# --- what is on screen, beside what is on the desk


def compare(running: Running) -> None:
    """Header, rail and list say what the desk says."""
    desk, window = running.desk, running.window
    wait(lambda: not window._counting.isActive() and not running.busy())
    ready = desk.readiness()
    named = {label.accessibleName() for label in window.header.findChildren(QLabel) if label.isVisible()}
    assert {desk.tender.value("name"), f"{desk.tender.value('buyer')} · {desk.tender.value('reference')}"} <= named
    spoken = [button.accessibleDescription() for button in window.rail._buttons]
    documents = tr("shell.count_documents", count=len(desk.documents))
    claims = tr("shell.count_claims", count=len(desk.claims()))
    assert {documents, tr("shell.count_missing", count=ready.missing), claims} <= set(spoken)
    page = running.checklist
    listed = [item for item in desk.items() if on_tender_list(item)]
    assert len(listed) == ready.total
    assert sorted(page.visible_keys()) == sorted(item.key for item in listed)
    rows = [page.model.index(row).data(Role.ROW) for row in range(page.model.rowCount())]
    assert sorted((row.work for row in rows if isinstance(row, Entry)), key=_position) == listed
    for header in rows:
        if isinstance(header, Header):
            members = [item for item in listed if group_of(item, header.grouping) == header.group]
            counted = [item.state for item in members]
            assert (header.done, header.total) == (counted.count(ItemState.DONE), len(counted))
    shown = {page.model.index(row).data() for row in range(page.model.rowCount())}
    assert {item.item.text for item in listed} <= shown
    assert f"Alla {ready.total}" in buttons(page)


def _position(work: WorkItem) -> float:
    return work.position


def passage_in_sight(running: Running) -> bool:
    """Whether the source shows the passage of the chosen item."""
    source = running.desk.item(str(running.session.selection)).item.source
    view = running.checklist.source
    surface = view.surface
    if view.document != source.document or surface is None:
        return False
    at, (top, bottom) = surface.fraction_of(source.place), surface.span()
    return at is not None and top <= at <= bottom and surface.is_sharp()


def comes_from(work: WorkItem, document: DocumentRecord) -> bool:
    return work.item.source.document == document.summary.id


def current(running: Running) -> WorkItem:
    """The chosen item as it is on the desk; the list, the detail and the session agree on it."""
    page = running.checklist
    (key,) = page.view.selected_keys()
    assert key == running.session.selection == page.detail.key
    return running.desk.item(key)


def step(running: Running, name: str) -> None:
    """Undo or redo by its keys, as soon as it can be done."""
    wait(running.program.actions[name].isEnabled, name)
    running.key(Key.Key_Z, CONTROL if name == "undo" else CONTROL | SHIFT)
    running.rest()


def choose(running: Running, kind: PointKind, origin: Origin = Origin.FOUND) -> str:
    """Go down the list by J to the next open item of a kind."""
    for _ in range(400):
        running.key(Key.Key_J)
        item = current(running)
        if item.item.kind is kind and item.state is ItemState.OPEN and item.origin is origin:
            return item.key
    raise AssertionError(f"no open item of kind {kind}")


def decide(running: Running, tmp_path: Path) -> None:
    """Every decision once, by the keys that the list's foot and the palette name. What each does is seen on the desk."""
    desk, page = running.desk, running.checklist
    running.key(Key.Key_Home)

    kept = choose(running, PointKind.REQUIREMENT)
    running.key(Key.Key_B)
    assert (desk.item(kept).reviewed, desk.item(kept).state) == (True, ItemState.OPEN)
    assert current(running).key != kept, "the next one that nobody has looked at"

    done = current(running).key
    running.key(Key.Key_Space)
    assert desk.item(done).state is ItemState.DONE

    rejected = current(running).key
    running.key(Key.Key_X)
    wait(page.left.ask.isVisible)
    running.type("gäller inte anbudsområde A")
    running.key(Key.Key_Return)
    assert (desk.item(rejected).state, desk.item(rejected).reason) == (ItemState.REJECTED, "gäller inte anbudsområde A")
    wait(lambda: rejected not in page.visible_keys())
    assert "Gäller inte oss 1" in buttons(page)

    running.key(Key.Key_A)
    running.type("Karin")
    running.key(Key.Key_Return)
    running.key(Key.Key_D)
    running.type("2026-10-12")
    running.key(Key.Key_Return)
    planned = current(running)
    assert (planned.owner, planned.due) == ("Karin", "2026-10-12")

    asked = choose(running, PointKind.QUESTION)
    assert page.detail.editor is not None
    paper = page.detail.editor.findChild(QPlainTextEdit) or page.detail.editor.findChild(QLineEdit)
    assert paper is not None
    paper.setFocus()
    running.type("Vattenkonsulterna AB")
    assert page.detail._quiet.interval() < 1000, "what is typed is kept within a second"
    wait(lambda: desk.item(asked).answer == "Vattenkonsulterna AB", "what is typed to be kept")
    page.view.setFocus()

    annex = tmp_path / "Registreringsbevis.pdf"
    annex.write_bytes(b"%PDF-1.7 bevis")
    running.key(Key.Key_L)
    chooser = wait(lambda: next((one for one in page.findChildren(QFileDialog) if one.isVisible()), None))
    chooser.setDirectory(str(tmp_path))
    chooser.selectFile(str(annex))
    name = chooser.findChild(QLineEdit, "fileNameEdit")
    assert name is not None
    name.setText(str(annex))
    chooser.accept()
    wait(lambda: [link.path for link in desk.links_of(asked)] == [str(annex)])
    wait(lambda: annex.name in buttons(page))

    long = choose(running, PointKind.REQUIREMENT)
    text = desk.item(long).item.text
    running.key(Key.Key_D, CONTROL | SHIFT)
    dialog = wait(lambda: next((one for one in running.window.findChildren(SplitDialog) if one.isVisible()), None))
    cursor = dialog.text.textCursor()
    cursor.setPosition(text.index(" ", len(text) // 2))
    dialog.text.setTextCursor(cursor)
    dialog.cut.click()
    dialog.ok.click()
    wait(lambda: desk.item(long).replaced)
    parts = [item.key for item in desk.items() if item.parents == (long,)]
    assert len(parts) == 2
    assert " ".join(desk.item(part).item.text for part in parts) == " ".join(text.split())
    wait(lambda: current(running).key == parts[0])

    running.key(Key.Key_Down, SHIFT)
    assert page.view.selected_keys() == tuple(parts)
    running.key(Key.Key_M, CONTROL)
    wait(lambda: desk.item(parts[0]).replaced)
    assert current(running).parents == tuple(parts)

    unassigned = page.left.lines.open_lines
    running.key(Key.Key_U)
    wait(lambda: page.left.ledger_shown)
    line = page.left.lines.line_at(page.left.ledger.currentIndex().row())
    assert line is not None
    running.key(Key.Key_P)
    promoted = next(item for item in desk.items() if item.origin is Origin.ADDED)
    assert promoted.item.text == " ".join(line.line.text.split())
    assert page.left.lines.open_lines == unassigned - 1
    running.key(Key.Key_U)

    for _ in range(2):
        step(running, "undo")
    assert desk.item(parts[0]).replaced is False
    assert promoted.key not in {item.key for item in desk.items()}
    for _ in range(2):
        step(running, "redo")
    assert desk.item(parts[0]).replaced
    assert promoted.key in {item.key for item in desk.items()}


def test_from_a_dropped_package_to_a_complete_list_that_is_still_there(home: Home, tmp_path: Path) -> None:
    with home.runs() as running:
        running.enter()
        assert labels(running.window)[0] == "Anbudsklar"
        running.drop(sample_zip(tmp_path))
        running.read()
        desk = running.desk

        assert running.window.pages.currentWidget() is running.underlag
        wait(lambda: not running.underlag._calm.isActive() and not running.underlag.facts.busy)
        model = running.underlag.model
        spoken = [str(model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(model.rowCount())]
        assert len(desk.documents) == len(sample_files())
        for file, words in zip(sample_files(), spoken, strict=True):
            assert words.startswith(file.name), words
        facts = labels(running.underlag.facts)
        assert {"IT-konsulttjänster för Vattenregistret", "Vattenregistermyndigheten", "VRM 2027/0417"} <= {*facts}

        running.key(Key.Key_3, CONTROL)
        wait(lambda: running.window.page(CHECKLIST) is not None)
        running.checklist.view.setFocus()
        compare(running)
        decide(running, tmp_path)
        compare(running)

        for document in desk.documents:
            found = [item.key for item in desk.items() if comes_from(item, document)]
            running.session.select(found[len(found) * 3 // 4])  # an item that the filter hides takes the filter away
            wait(partial(passage_in_sight, running), document.summary.name)
        running.checklist.left.filters.choose("all")
        running.checklist.view.setFocus()

        running.key(Key.Key_A, CONTROL)
        assert len(running.checklist.view.selected_keys()) == desk.readiness().total
        running.key(Key.Key_Space)
        assert desk.readiness().missing == 0
        compare(running)
        running.rest()
        kept = contents(running)

        running.key(Key.Key_1, CONTROL)
        running.rest()
        overview = running.window.page(OVERVIEW)
        assert isinstance(overview, OverviewPage)
        row = overview.model.row(overview.model.index(0))
        assert row is not None
        assert (row.done, row.total, percent(row.done, row.total)) == (desk.readiness().total, desk.readiness().total, 100)
        assert row.missing == tr("overview.complete")

    with home.runs() as again:
        again.enter()
        overview = again.window.page(OVERVIEW)
        assert isinstance(overview, OverviewPage)
        overview.list.setFocus()
        again.key(Key.Key_Return)
        wait(lambda: again.session.desk is not None)
        assert contents(again) == kept
        again.window.show_page(CHECKLIST)
        compare(again)
        assert all(again.office.file(document) for document in again.desk.documents)

        step(again, "undo")
        assert again.desk.readiness().missing > 100, "the last step was all that was left"
        compare(again)
        step(again, "redo")
        assert contents(again) == kept


def contents(running: Running) -> dict[str, Record]:
    """Every record of the open tender by its key."""
    desk = running.desk
    records: tuple[Record, ...] = (desk.tender, *desk.items(), *desk.documents, *desk.links)
    return {record.key: record for record in records}


def test_the_first_start_without_a_keyring_asks_for_a_passphrase_and_both_open_the_vault(home: Home) -> None:
    home.keyring = None
    with home.runs() as first:
        new = first.asked(NewPassphrase)
        fields = new.findChildren(QLineEdit)
        assert len(fields) == 2
        for field in fields:
            field.setText("fyra små ord räcker")
        press_primary(new)
        code = first.confirm_code()
        wait(lambda: first.session.ready)
        first_page = {"Öppna exempelupphandlingen", "Välj filer…", "Välj mapp…"}
        wait(lambda: first_page <= {*buttons(first.window)}, "the first page")
    with home.runs() as second:
        asked = second.asked(AskPassphrase)
        fill_in(asked, "fel ord")
        wait(lambda: any("Lösenfrasen öppnar inte arkivet" in words for words in labels(asked)), "why it did not open")
        fill_in(asked, "fyra små ord räcker")
        wait(lambda: second.session.ready)
    with home.runs() as third:
        asked = third.asked(AskPassphrase)
        asked.code_wanted.emit()
        fill_in(third.asked(AskedCode), code.lower().replace("-", " "))
        third.asked(NewPassphrase)


def fill_in(dialog: QWidget, text: str) -> None:
    """Write in a dialog's one line and go on."""
    field = dialog.findChild(QLineEdit)
    assert field is not None
    field.setText(text)
    press_primary(dialog)


def test_a_code_that_is_not_confirmed_opens_nothing(home: Home) -> None:
    with home.runs() as running:
        dialog = running.asked(RecoveryCodeDialog)
        field = dialog.findChild(QLineEdit)
        assert field is not None
        field.setText("ABCD EFGH")
        assert not dialog.ready
        assert not running.session.ready


def test_files_given_as_arguments_are_read_once_the_vault_is_open(home: Home, tmp_path: Path) -> None:
    package = build_package(tmp_path / "underlag")
    with home.runs([package]) as running:
        assert not running.session.ready
        running.enter()
        running.read()
        assert len(running.desk.documents) == 5
        assert running.desk.tender.value("reference") == "EX 2030/17"
        running.window.show_page(CHECKLIST)
        compare(running)
    with home.runs([package / "Kravlista.xlsx"]) as again:
        again.enter()
        again.read()
        assert len(again.session.tenders) == 2, "files at the start are a tender of their own"
