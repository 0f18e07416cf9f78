"""The library at the right: taken in, judged by the tender's last day, renewed, put away, used."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.core.library import LibraryDocument, LibraryKind, LibraryUse
from app.gui.answers.dialogs import DeleteSheet, DocumentSheet, DocumentWords
from app.gui.answers.library_rows import DocumentRow, document_rows, document_title
from app.gui.answers.page import AnswersPage
from app.gui.answers.rows import Group, Header, Sign
from app.gui.elided import Elided
from app.workflow.desk import Desk
from tests.gui.answers.support import INSURANCE, make
from tests.gui.answers.test_page import asked, drop, linked, settled
from tests.gui.secrecy.support import BidOffice

TODAY, LAST = date(2026, 11, 29), date(2026, 12, 20)


def document(key: str, expires: str | None = None, **fields: object) -> LibraryDocument:
    made = LibraryDocument(key, f"Dokument {key}", LibraryKind.INSURANCE, f"{key}.pdf", "f" * 64, 9, "2026-01-01T00:00:00")
    return replace(made, expires=expires, **fields)  # type: ignore[arg-type]


def words(documents: list[LibraryDocument], last: date | None = LAST) -> list[tuple[Sign, str]]:
    rows = document_rows(documents, TODAY, last, "t")
    return [(row.lines[0].sign, row.lines[0].text) for row in rows if isinstance(row, DocumentRow)]


def test_a_document_is_judged_by_the_tenders_last_day() -> None:
    documents = [document("a", "2026-12-19"), document("b", "2026-12-21"), document("c", "2027-12-01"), document("d")]
    assert words(documents) == [
        (Sign.GONE, "Går ut 2026-12-19, före sista anbudsdag"),
        (Sign.ODD, "Går ut 2026-12-21, 1 dag efter sista anbudsdag"),
        (Sign.OK, "Gäller till 2027-12-01"),
        (Sign.NONE, "Utan datum"),
    ]


def test_without_a_last_day_ahead_today_decides() -> None:
    documents = [document("a", "2026-11-28"), document("b", "2026-12-19")]
    assert words(documents, None) == [(Sign.GONE, "Gick ut 2026-11-28"), (Sign.ODD, "Går ut 2026-12-19")]
    assert words(documents, date(2020, 1, 1)) == words(documents, None)


def test_what_was_put_away_stands_apart_and_presses_nobody() -> None:
    use = LibraryUse("other", "Drift 2025", "2025-03-01T00:00:00")
    old = document("a", "2020-01-01", retired="2026-01-02T00:00:00")
    header, used, away, retired = document_rows([document("b", "2027-12-01", uses=(use,)), old], TODAY, LAST, "t")
    assert (header, away) == (Header(Group.OFFERED, 1), Header(Group.RETIRED, 1))
    assert isinstance(used, DocumentRow)
    assert isinstance(retired, DocumentRow)
    assert used.lines[1].text.endswith("användes senast i Drift 2025")
    assert not retired.pressing


def take_in(page: AnswersPage, path: Path, **said: str) -> None:
    page.library.take(str(path))
    sheet = page.library.findChildren(DocumentSheet)[-1]
    sheet.name.setText(said.get("name", sheet.name.text()))
    sheet.issued.setText(said.get("issued", ""))
    sheet.expires.setText(said.get("expires", ""))
    sheet.note.setPlainText(said.get("note", ""))
    sheet.kind.setCurrentIndex(list(LibraryKind).index(LibraryKind.INSURANCE))
    assert sheet.ok.isEnabled()
    sheet.ok.click()


def test_a_file_is_taken_in_with_its_days_and_used_in_the_bid(
    page: AnswersPage, desk: Desk, office: BidOffice, tmp_path: Path, folder: Path, qtbot: QtBot
) -> None:
    source = make(tmp_path / "Ansvarsförsäkring.txt")
    take_in(page, source, name="Ansvarsförsäkring", expires="2099-11-30", note="Hos Länsbolaget")
    (kept,) = office.shelf.library()
    assert (kept.name, kept.kind, kept.expires, kept.note) == (
        "Ansvarsförsäkring",
        LibraryKind.INSURANCE,
        "2099-11-30",
        "Hos Länsbolaget",
    )
    assert page.tabs[1].text() == "Bibliotek 1 · 1 går ut"
    settled(qtbot, page)
    offered = "Finns i biblioteket: Ansvarsförsäkring – Går ut 2099-11-30, före sista anbudsdag"
    assert asked(page, INSURANCE).lines[0].text == offered
    page.asked.select_key(INSURANCE)
    page.show_library(True)
    page.library.list.choose_first()
    page.library.use.click()
    settled(qtbot, page)
    assert linked(desk) == {(INSURANCE, "Ansvarsförsäkring.txt")}
    assert (folder / "Ansvarsförsäkring.txt").read_bytes() == source.read_bytes()
    (used,) = office.shelf.library()
    assert [use.tender for use in used.uses] == [desk.key]


def test_a_document_that_is_older_than_the_item_allows_says_so_where_it_is_offered(
    page: AnswersPage, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    take_in(page, make(tmp_path / "Ansvarsförsäkring.txt"), name="Ansvarsförsäkring", issued="2099-08-04")
    settled(qtbot, page)
    assert asked(page, INSURANCE).lines[0].text == "Finns i biblioteket: Ansvarsförsäkring"
    desk.edit(INSURANCE, text="Bifoga bevis om ansvarsförsäkring, inte äldre än fyra månader.")
    settled(qtbot, page)
    assert asked(page, INSURANCE).lines[0].text == "Finns i biblioteket: Ansvarsförsäkring"
    desk.edit(INSURANCE, text="Bifoga bevis om ansvarsförsäkring, inte äldre än tre månader.")
    settled(qtbot, page)
    told = "Finns i biblioteket: Ansvarsförsäkring – Utfärdat 122 dagar före sista anbudsdag"
    assert asked(page, INSURANCE).lines[0].text == told
    page.asked.select_key(INSURANCE)
    assert page.panel.findChildren(Elided)[-1].text() == told
    assert page.tabs[1].text() == "Bibliotek 1", "what another item allows is another matter"


def test_an_age_is_judged_by_the_tenders_last_day_alone() -> None:
    old = document("a", "2027-12-01", issued="2026-01-01")
    assert document_title(old, TODAY, LAST, 3) == "Dokument a – Utfärdat 353 dagar före sista anbudsdag"
    assert document_title(old, TODAY, LAST) == document_title(old, TODAY, None, 3) == "Dokument a"


def test_a_document_dropped_on_an_item_is_copied_and_linked(page: AnswersPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    take_in(page, make(tmp_path / "Intyg.txt"))
    page.library.list.choose_first()
    drop(page, INSURANCE, page.library.list.rows.carried(page.library.list.chosen_rows))
    settled(qtbot, page)
    assert linked(desk) == {(INSURANCE, "Intyg.txt")}


def test_without_a_folder_nothing_is_copied_and_the_way_is_told(
    page: AnswersPage, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    take_in(page, make(tmp_path / "Intyg.txt"))
    desk.set_bid_folder(None)
    settled(qtbot, page)
    page.show_library(True)
    page.library.list.choose_first()
    with qtbot.waitSignal(page.told) as said:
        page.library.use.click()
    assert said.args == ["Välj en anbudsmapp först. Dit kopieras dokumentet"]
    assert desk.links == ()


def test_a_newer_issue_puts_the_older_away(page: AnswersPage, office: BidOffice, tmp_path: Path) -> None:
    take_in(page, make(tmp_path / "Försäkring 2026.txt"), name="Försäkring", note="Behåll")
    page.library.list.choose_first()
    page.library.renew.click()
    dialog = page.library.findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(make(tmp_path / "Försäkring 2027.txt")))
    dialog.reject()
    sheet = page.library.findChildren(DocumentSheet)[-1]
    sheet.expires.setText("2100-01-01")
    sheet.ok.click()
    kept = {one.filename: one for one in office.shelf.library()}
    assert kept["Försäkring 2026.txt"].retired is not None
    newer = kept["Försäkring 2027.txt"]
    assert (newer.name, newer.expires, newer.note, newer.retired) == ("Försäkring", "2100-01-01", "Behåll", None)


def test_words_are_changed_and_a_document_goes_only_by_the_red_button(
    page: AnswersPage, office: BidOffice, tmp_path: Path
) -> None:
    take_in(page, make(tmp_path / "Intyg.txt"))
    page.show_library(True)
    page.library.list.choose_first()
    QTest.keyClick(page.library.list, Qt.Key.Key_F2)
    page.library.ask_words()
    sheet = page.library.findChildren(DocumentSheet)[-1]
    sheet.name.setText("Skatteintyg")
    sheet.ok.click()
    assert [one.name for one in office.shelf.library()] == ["Skatteintyg"]
    page.library.list.choose_first()
    page.library.retire.click()
    assert office.shelf.library()[0].retired is not None
    page.library.list.choose_first()
    page.library.retire.click()
    assert office.shelf.library()[0].retired is None
    page.library.list.choose_first()
    page.library.delete.click()
    page.library.findChildren(DeleteSheet)[-1].reject()
    assert office.shelf.library()
    page.library.delete.click()
    page.library.findChildren(DeleteSheet)[-1].confirmed.emit()
    assert office.shelf.library() == ()
    assert page.library.empty.isVisible()


def test_days_that_cannot_be_are_told(page: AnswersPage) -> None:
    said = DocumentWords("Intyg", LibraryKind.TAX, "2026-01-01", "2025-01-01", "")
    sheet = DocumentSheet("Titel", "", said, TODAY, page)
    assert sheet.fault.text() == "Dokumentet kan inte gå ut innan det utfärdas."
    assert not sheet.ok.isEnabled()
    sheet.expires.setText("i vår")
    assert sheet.fault.text() == "Skriv dagen som 2026-11-27."
    sheet.expires.setText("1 mars 2027")
    assert sheet.words() == DocumentWords("Intyg", LibraryKind.TAX, "2026-01-01", "2027-03-01", "")
    sheet.name.setText(" ")
    assert sheet.words() is None
    sheet.reject()


def test_a_full_disk_is_told_and_nothing_half_is_shown(
    page: AnswersPage, office: BidOffice, tmp_path: Path, qtbot: QtBot
) -> None:
    office.shelf.full = True
    with qtbot.waitSignal(page._session.failed) as failed:
        take_in(page, make(tmp_path / "Intyg.txt"))
    assert failed.args[0].code == "vault.disk_full"
    assert page.library.documents == ()
