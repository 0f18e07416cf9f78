"""What must not lose anything: children that die, clocks that jump, files that go, texts and lists that nobody expects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any
from unicodedata import normalize

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.core.work import ItemState
from app.gui import intake
from app.gui.messages import explained
from app.gui.shell.window import CHECKLIST
from app.gui.underlag.rows import Stage
from tests.support.package import PARAGRAPHS, docx_bytes, pdf_bytes, zip_bytes
from tests.support.processes import children
from tests.support.window import Home, Running, wait

LONG = "Ramavtal för allt möjligt " * 200
ODD = "📎 מכרז ציבורי · مناقصة 🧮 e\u0301"


@pytest.fixture
def home(dressed: QApplication, tmp_path: Path) -> Home:
    return Home(tmp_path)


def text_file(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n\n".join(lines), encoding="utf-8")
    return path


def read(running: Running, *paths: Path) -> None:
    running.enter()
    running.session.add_to_new(paths)
    running.read()


def errors(running: Running) -> dict[str, str]:
    """What is said of each document that could not be read."""
    found = {}
    for record in running.desk.documents:
        if record.summary.error is not None:
            assert explained(record.summary.error).text
            found[record.summary.name] = record.summary.error.code
    return found


def test_a_child_that_dies_takes_only_its_file_along_and_that_can_be_read_again(home: Home, tmp_path: Path) -> None:
    long, short = tmp_path / "Lång.pdf", tmp_path / "Kort.docx"
    long.write_bytes(pdf_bytes(pages=120))
    short.write_bytes(docx_bytes())
    killed: list[int] = []

    def reads(process: psutil.Process) -> bool:
        return "app.workers.child" in " ".join(process.cmdline())  # Python has children of its own, as its tracker of memory

    def kill(step: object) -> None:
        if getattr(step, "file", "") == long.name and getattr(step, "done", 0) > 1 and not killed:
            for child in children(where=reads):
                killed.append(child.pid)
                child.kill()

    with home.runs() as running:
        running.enter()
        running.session.add_to_new([long, short])
        job = wait(lambda: running.session.job)
        job.progressed.connect(kill)
        running.read()
        assert killed
        assert list(errors(running)) == [long.name]
        assert errors(running)[long.name].startswith("worker.")
        (broken,) = (record for record in running.desk.documents if record.summary.error is not None)
        (whole,) = (record for record in running.desk.documents if record is not broken)
        assert {item.item.source.document for item in running.desk.items()} == {whole.summary.id}
        (row,) = (row for row in running.underlag.model.rows if row.name == long.name)
        assert row.stage is Stage.FAILED
        running.session.read_again([broken])
        running.read()
        assert errors(running) == {}
        assert len({item.item.source.document for item in running.desk.items()}) == 2


def test_saving_does_not_wait_for_a_backup(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A vault of some hundred megabytes took twenty seconds, and what was typed meanwhile was only in memory."""
    go_on = Event()
    with home.runs() as running:
        read(running, text_file(tmp_path, "krav.txt", *PARAGRAPHS))
        monkeypatch.setattr(running.office.vault, "backup_now", partial(go_on.wait, 60))
        running.program.actions["backup_now"].trigger()
        running.desk.edit_fact("buyer", "Norrby kommun")
        wait(lambda: running.office.vault.tender(running.desk.key).value("buyer") == "Norrby kommun", "the fact")
        assert running.program.copier.waiting
        go_on.set()


def test_a_document_with_twenty_thousand_items(home: Home, tmp_path: Path) -> None:
    lines = [f"Anbudsgivaren ska leverera artikel {number} inom {number % 30 + 1} dagar." for number in range(20_000)]
    with home.runs() as running:
        read(running, text_file(tmp_path, "Krav.txt", *lines))
        assert len(running.desk.items()) == 20_000
        running.window.show_page(CHECKLIST)
        view = running.checklist.view
        wait(lambda: len(running.checklist.visible_keys()) == 20_000)
        view.setFocus()
        running.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        running.key(Qt.Key.Key_Space)
        assert running.desk.readiness().missing == 0
        running.rest()
    with home.runs() as again:
        again.enter()
        (tender,) = again.session.tenders
        assert (tender.readiness.done, tender.readiness.total) == (20_000, 20_000)


def test_names_and_notes_of_five_thousand_characters_and_of_any_script(home: Home, tmp_path: Path) -> None:
    package = tmp_path / "Underlag.zip"
    content = "\n\n".join(PARAGRAPHS).encode()
    package.write_bytes(zip_bytes({f"{LONG[:4990]}.txt": content, f"{ODD}.txt": content}))
    with home.runs() as running:
        read(running, package, tmp_path / f"{'x' * 5000}.pdf", tmp_path / f"{ODD}.pdf")
        assert set(errors(running).values()) == {"file.not_found"}
        assert {record.summary.name for record in running.desk.documents if record.summary.error is None} == {
            f"Underlag.zip/{LONG[:4990]}.txt",
            f"Underlag.zip/{normalize('NFC', ODD)}.txt",
        }
        running.window.show_page(CHECKLIST)
        key = running.desk.items()[0].key
        running.session.select(key)
        page = running.checklist
        page.detail.note.setPlainText(LONG + ODD)
        page.detail.flush()
        running.desk.assign([key], ODD)
        running.desk.reject([running.desk.items()[1].key], ODD * 100)
        running.desk.link([key], tmp_path / f"{LONG[:200]}{ODD}.pdf", "0" * 64, 1)
        running.rest()
        assert running.window.width() <= 1366, "long words do not make the window wider"
        before = running.desk.item(key), running.desk.items()[1], running.desk.links
        running.window.grab()
        hits = running.office.search("växeltelefoni") or running.office.search("kvalitetsledningssystem")
        assert hits
    with home.runs() as again:
        again.enter()
        again.session.open_tender(again.session.tenders[0].record.key)
        wait(lambda: again.session.desk is not None)
        assert (again.desk.item(key), again.desk.items()[1], again.desk.links) == before
        assert again.desk.item(key).note == LONG + ODD


def test_the_clock_moved_back_changes_nothing_about_the_order_of_steps(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Back(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Back:
            return cls(2001, 1, 1, tzinfo=tz or UTC)

    with home.runs() as running:
        read(running, text_file(tmp_path, "Krav.txt", *PARAGRAPHS))
        first, second = (item.key for item in running.desk.items()[:2])
        running.desk.done([first])
        running.rest()
        for module in (
            "app.storage.steps",
            "app.storage.vault",
            "app.storage.backups",
            "app.workflow.desk",
            "app.workflow.office",
        ):
            monkeypatch.setattr(f"{module}.datetime", Back)
        running.desk.done([second])
        running.rest()
        running.office.backup_if_due()
        assert [entry.action for entry in running.desk.history()[:2]] == ["done", "done"]
        running.desk.undo()
        running.rest()
        assert [running.desk.item(key).state for key in (first, second)] == [ItemState.DONE, ItemState.OPEN]
    monkeypatch.undo()
    with home.runs() as again:
        again.enter()
        again.session.open_tender(again.session.tenders[0].record.key)
        wait(lambda: again.session.desk is not None)
        assert [again.desk.item(key).state for key in (first, second)] == [ItemState.DONE, ItemState.OPEN]
        again.desk.redo()
        again.rest()
        assert again.desk.item(second).state is ItemState.DONE


def test_files_that_go_while_they_are_read_or_linked_are_told_of(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, gone = text_file(tmp_path, "Kvar.txt", *PARAGRAPHS), text_file(tmp_path, "Borta.txt", *PARAGRAPHS)
    tell: Callable[[Callable[[Any], None], Sequence[str]], None] = intake._listed

    def remove_then_tell(listed: Callable[[Any], None], names: Sequence[str]) -> None:
        gone.unlink()
        tell(listed, names)

    monkeypatch.setattr(intake, "_listed", remove_then_tell)
    with home.runs() as running:
        read(running, kept, gone)
        assert errors(running) == {"Borta.txt": "file.not_found"}
        items = running.desk.items()
        assert items
        running.window.show_page(CHECKLIST)
        running.session.select(items[0].key)
        area = running.checklist.detail.files
        area.chosen.emit((tmp_path / "Bevis.pdf", kept))
        wait(lambda: running.desk.links_of(items[0].key))
        assert [Path(link.path).name for link in running.desk.links_of(items[0].key)] == ["Kvar.txt"]
        assert "Bevis.pdf" in area.word.text()
        kept.unlink()
        running.rest()
        assert running.office.file(running.desk.documents[0]) == "\n\n".join(PARAGRAPHS).encode(), "kept as it was read"
        assert [item.key for item in running.desk.items()] == [item.key for item in items]
