"""The page over a bid in memory: one claim in focus everywhere, every decision by its key, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import sleep

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.core.claims import AnchorState, Bidder, Strength
from app.core.document import Place
from app.core.work import ClaimState
from app.gui.actions import Actions
from app.gui.secrecy.annexed import _Written
from app.gui.secrecy.bidder import BidderDialog
from app.gui.secrecy.page import SecrecyPage
from app.gui.secrecy.rows import Filter
from app.gui.secrecy.thinking import Thinking
from app.gui.secrecy.verdict import Sign
from app.gui.source.marks import Marked
from app.workflow.secrecy_desk import Placed
from tests.gui.secrecy.conftest import Bid
from tests.gui.secrecy.support import BidReader
from tests.support.bids import METHOD, PRICES, bid_desk, placed

Key = Qt.Key


def mark(bid: Bid, text: str = "Steg två körs om natten.", file: str = METHOD, kind: str = "method") -> str:
    desk, _, shelf = bid
    return desk.mark([placed(shelf, desk, file, text)], kind, "osl-31-16").key


def settled(qtbot: QtBot, page: SecrecyPage) -> None:
    qtbot.waitUntil(lambda: not page.busy)


def seen(page: SecrecyPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def test_a_bid_without_files_is_taught_what_to_drop(qtbot: QtBot, opened: Callable[[Bid], SecrecyPage], bid: Bid) -> None:
    desk, _, _ = bid
    for record in desk.bid_files:
        desk.remove_bid_file(record.key)
    page = opened(bid)
    assert page.pages.currentWidget() is page.empty
    assert page.focusProxy() is page.empty.add
    desk.undo()
    settled(qtbot, page)
    assert page.pages.currentWidget() is page.panes


def test_list_editor_and_document_follow_one_claim(qtbot: QtBot, page: SecrecyPage, bid: Bid) -> None:
    first, second = mark(bid), mark(bid, "1090", PRICES, "hourly-rate")
    settled(qtbot, page)
    assert page.left.chips[Filter.ALL].text() == "Alla 2"
    page.select(first)
    assert (page.claim, page.editor.key) == (first, first)
    QTest.keyClick(page.left.view, Key.Key_J)
    assert (page.claim, page.editor.key) == (second, second)
    page.source.mark_activated.emit(first)
    assert page.left.chosen_claims() == (first,)
    settled(qtbot, page)
    assert page.source.document == METHOD
    assert "Avsnitt 2.3, andra stycket" in page.left.model.spoken(page.left.model.row_of(first))


def test_the_keys_decide_and_undo_takes_it_back(qtbot: QtBot, page: SecrecyPage, bid: Bid) -> None:
    desk, key = bid[0], mark(bid)
    settled(qtbot, page)
    page.select(key)
    view = page.left.view
    QTest.keyClick(view, Key.Key_Space)
    assert desk.claim(key).state is ClaimState.READY
    QTest.keyClick(view, Key.Key_Space)
    assert desk.claim(key).state is ClaimState.DRAFT
    QTest.keyClick(view, Key.Key_X)
    assert desk.claim(key).state is ClaimState.WITHDRAWN
    settled(qtbot, page)
    assert page.left.chips[Filter.ALL].text() == "Alla 0"
    page.select(key)
    QTest.keyClick(view, Key.Key_X)
    assert desk.claim(key).state is ClaimState.DRAFT
    settled(qtbot, page)
    page.select(key)
    QTest.keyClick(view, Key.Key_Delete)
    assert desk.claims() == ()
    desk.undo()
    assert [record.key for record in desk.claims()] == [key]


def test_strength_follows_what_is_written(qtbot: QtBot, page: SecrecyPage, bid: Bid) -> None:
    desk, key = bid[0], mark(bid, "1090", PRICES, "hourly-rate")
    settled(qtbot, page)
    page.select(key)
    verdict = page.editor.verdict
    assert verdict.verdict is not None
    assert verdict.verdict.strength is Strength.WEAK
    assert any(line.sign is Sign.AGAINST for line in verdict.verdict.reasons)
    assert verdict.verdict.cases, "case law is shown, both ways"
    assert {line.sign for line in verdict.verdict.cases} >= {Sign.HOLDS, Sign.AGAINST}
    for field, text in (
        ("used_by", "Konsultföretag som lämnar anbud i samma upphandlingar."),
        ("how", "De kan räkna fram vårt påslag för varje roll och nivå."),
        ("loss", "Vi förlorar nästa avrop, värt två miljoner kronor om året."),
        ("not_known_because", "Priserna finns bara hos tre personer i bolaget."),
        ("may_be_released", "Roller, timmar och det totala priset."),
    ):
        page.editor.texts[field].setPlainText(text)
    page.flush()
    desk.edit_claim(key, duration="P2Y")
    settled(qtbot, page)
    assert page.verdicts[key].strength is Strength.STRONG, page.verdicts[key]
    assert verdict.verdict == page.verdicts[key]


def test_what_is_typed_is_kept_when_another_claim_is_chosen(qtbot: QtBot, page: SecrecyPage, bid: Bid) -> None:
    desk, first = bid[0], mark(bid)
    second = mark(bid, "1090", PRICES, "hourly-rate")
    settled(qtbot, page)
    page.select(first)
    page.editor.texts["how"].setPlainText("De gör likadant.")
    page.select(second)
    assert desk.claim(first).claim.how == "De gör likadant."
    assert page.editor.texts["how"].toPlainText() == ""
    page.editor.title.setText("Timpriser")
    page.editor.title.textEdited.emit("Timpriser")
    page.hide()
    assert desk.claim(second).claim.title == "Timpriser", "leaving the page keeps it"


def test_each_kind_asks_its_own_questions_and_brings_a_ground_that_fits(qtbot: QtBot, page: SecrecyPage, bid: Bid) -> None:
    desk, key = bid[0], mark(bid)
    settled(qtbot, page)
    page.select(key)
    before = page.editor.texts["used_by"].placeholderText()
    kinds = page.editor.category
    kinds.setCurrentIndex(kinds.findData("personal-data"))
    kinds.activated.emit(kinds.currentIndex())
    claim = desk.claim(key).claim
    assert claim.category == "personal-data"
    assert claim.ground != "osl-31-16", "31:16 is for business, not for persons"
    settled(qtbot, page)
    assert page.editor.texts["used_by"].placeholderText() not in ("", before)
    assert page.editor.texts["used_by"].toPlainText() == "", "it asks, and fills nothing in"


def test_a_selection_becomes_a_claim_or_a_mark_more(qtbot: QtBot, page: SecrecyPage, bid: Bid, actions: Actions) -> None:
    desk = bid[0]
    actions["mark_secret"].trigger()
    assert "Markera text" in seen(page), "nothing is selected"
    page.source.text_marked.emit(Marked(METHOD, Place(paragraph=2), "Steg två körs om natten."))
    actions["mark_secret"].trigger()
    (claim,) = desk.claims()
    settled(qtbot, page)
    assert page.claim == claim.key
    page.source.text_marked.emit(Marked(METHOD, Place(paragraph=1), "tre steg"))
    actions["mark_also"].trigger()
    assert [anchor.quote for anchor in desk.claim(claim.key).claim.anchors] == ["Steg två körs om natten.", "tre steg"]
    settled(qtbot, page)
    page.editor.anchors.removed.emit(0)
    assert [anchor.quote for anchor in desk.claim(claim.key).claim.anchors] == ["tre steg"]


def test_all_occurrences_are_confirmed_or_passed_over_one_by_one(
    qtbot: QtBot, page: SecrecyPage, bid: Bid, actions: Actions
) -> None:
    desk = bid[0]
    page.source.text_marked.emit(Marked(METHOD, Place(paragraph=3), "1 285"))
    actions["mark_everywhere"].trigger()
    dialog = page.spreading.dialog
    assert dialog is not None
    assert dialog.model.rowCount() == 5
    assert len(dialog.chosen()) == 4, "a file's title cannot be marked, only told of"
    dialog.activateWindow()
    qtbot.waitUntil(dialog.list.hasFocus)
    QTest.keyClick(dialog.list, Key.Key_Down)
    assert dialog.list.currentIndex().row() == 1
    QTest.keyClick(dialog.list, Key.Key_Space)
    assert dialog.ok.text() == "Markera 3 ställen"
    dialog.all.click()
    assert len(dialog.chosen()) == 4
    dialog.all.click()
    assert not dialog.ok.isEnabled()
    QTest.keyClick(dialog.list, Key.Key_Space)
    dialog.ok.click()
    (claim,) = desk.claims()
    assert len(claim.claim.anchors) == 1


def test_suggestions_are_taken_and_turned_down_and_never_marked_by_themselves(
    qtbot: QtBot, page: SecrecyPage, bid: Bid, actions: Actions
) -> None:
    desk = bid[0]
    actions["suggest"].trigger()
    settled(qtbot, page)
    offered = page.suggesting.all
    assert offered
    assert desk.claims() == ()
    assert page.left.filter is Filter.SUGGESTIONS
    QTest.keyClick(page.left.view, Key.Key_D)
    assert len([one for one in page.suggesting.all if not one.dismissed]) == len(offered) - 1
    desk.undo()
    settled(qtbot, page)
    assert len([one for one in page.suggesting.all if not one.dismissed]) == len(offered)
    page.left.go_to(0)
    QTest.keyClick(page.left.view, Key.Key_T)
    (claim,) = desk.claims()
    assert (claim.claim.used_by, claim.claim.how, claim.claim.loss) == ("", "", ""), "the harm is the user's to write"
    assert len(page.suggesting.all) == len(offered) - 1


def test_the_guide_tells_how_secrecy_works_and_leads_back(qtbot: QtBot, page: SecrecyPage, actions: Actions) -> None:
    actions["secrecy_guide"].trigger()
    assert page.pages.currentWidget() is page.guide
    words = seen(page)
    assert "19 kap. 3 § andra stycket" in words
    assert "31 kap. 16 §" in words
    QTest.keyClick(page.guide, Key.Key_Escape)
    assert page.pages.currentWidget() is page.panes


def test_the_page_asks_who_asks_before_anything_leaves_it(qtbot: QtBot, page: SecrecyPage, bid: Bid, actions: Actions) -> None:
    actions["export_claims"].trigger()
    assert page.outgoing.dialog is None, "there is nothing to export"
    mark(bid)
    asked: list[str] = []
    page.outgoing.with_bidder(lambda: asked.append("on"))
    dialog = page.outgoing.dialog
    assert isinstance(dialog, BidderDialog)
    assert not dialog.ok.isEnabled()
    dialog.name.setText("Vi AB")
    dialog.number.setText("556000-4616")
    assert "Kontrollsiffran" in dialog.wrong.text()
    dialog.number.setText("556000-4615")
    assert dialog.wrong.text() == ""
    dialog.ok.click()
    assert bid[0].tender.secrecy.bidder == Bidder("Vi AB", "556000-4615")
    assert asked == ["on"]
    page.outgoing.with_bidder(lambda: asked.append("at once"))
    assert asked == ["on", "at once"]


def test_letters_are_commands_only_on_the_page_in_sight(page: SecrecyPage, actions: Actions) -> None:
    assert actions["mark_secret"].isEnabled()
    page.hide()
    assert not actions["mark_secret"].isEnabled()
    assert not actions["claim_ready"].isEnabled()
    page.show()
    assert actions["mark_secret"].isEnabled()


def test_every_field_has_a_name_and_a_place_in_the_tab_order(qtbot: QtBot, page: SecrecyPage, bid: Bid) -> None:
    key = mark(bid)
    settled(qtbot, page)
    page.select(key)
    for field in (*page.editor.texts.values(), page.editor.category, page.editor.ground, page.editor.duration, page.editor.title):
        assert field.accessibleName(), field
        assert field.focusPolicy() & Qt.FocusPolicy.TabFocus, field
    for button in page.left.chips.values():
        assert button.accessibleName()


def test_files_change_places_leave_and_come_back(qtbot: QtBot, page: SecrecyPage, bid: Bid, actions: Actions) -> None:
    desk = bid[0]
    mark(bid)
    mark(bid, "1090", PRICES, "hourly-rate")
    settled(qtbot, page)
    page.left.file_wanted.emit(PRICES)
    assert page.source.document == PRICES
    actions["bid_file_up"].trigger()
    assert [record.key for record in desk.bid_files] == [PRICES, METHOD]
    assert [record.claim.anchors[0].file for record in desk.claims()] == [PRICES, METHOD]
    actions["remove_bid_file"].trigger()
    assert [record.key for record in desk.bid_files] == [METHOD]
    settled(qtbot, page)
    assert page.left.chips[Filter.ALL].text() == "Alla 1"
    desk.undo()
    settled(qtbot, page)
    assert page.left.chips[Filter.ALL].text() == "Alla 2"


def test_suggestions_turned_down_can_be_shown_again(qtbot: QtBot, page: SecrecyPage, bid: Bid, actions: Actions) -> None:
    actions["suggest"].trigger()
    settled(qtbot, page)
    offered = len(page.suggesting.all)
    bid[0].dismiss([one.id for one in page.suggesting.all])
    settled(qtbot, page)
    assert page.left.current() is None
    actions["restore_suggestions"].trigger()
    settled(qtbot, page)
    assert len([one for one in page.suggesting.all if not one.dismissed]) == offered


def test_words_are_told_of_what_must_be_looked_at(qtbot: QtBot, page: SecrecyPage, bid: Bid) -> None:
    desk, key = bid[0], mark(bid)
    settled(qtbot, page)
    assert "2 filer har ändrats" in seen(page), "the files of this bid lie nowhere"
    page.watching.stale = frozenset()
    desk.annex_written()
    settled(qtbot, page)
    assert "har ändrats" not in seen(page)
    assert "före den senaste ändringen" not in seen(page)
    desk.edit_claim(key, loss="Vi förlorar nästa avrop.")
    settled(qtbot, page)
    assert "före den senaste ändringen" in seen(page)


def test_a_length_of_time_that_is_typed_is_kept_and_stays_with_its_claim(qtbot: QtBot, page: SecrecyPage, bid: Bid) -> None:
    desk, first = bid[0], mark(bid)
    second = mark(bid, "1090", PRICES, "hourly-rate")
    desk.edit_claim(second, duration="P2Y")
    settled(qtbot, page)
    page.select(first)
    line = page.editor.duration.lineEdit()
    assert line is not None
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "3 years")
    page.source.mark_activated.emit(second)
    page.left.view.setFocus()
    assert desk.claim(second).claim.duration == "P2Y", "it was written for the other claim"
    assert desk.claim(first).claim.duration is not None
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "P5Y")
    page.shut()
    assert desk.claim(second).claim.duration == "P5Y", "the window goes while it is typed"


def test_words_that_are_no_length_of_time_are_kept_and_pointed_out(qtbot: QtBot, page: SecrecyPage, bid: Bid) -> None:
    desk, key = bid[0], mark(bid)
    settled(qtbot, page)
    page.select(key)
    desk.edit_claim(key, duration="till och med 2028")
    settled(qtbot, page)
    assert page.editor.duration.currentText() == "till och med 2028"
    assert "Det går inte att läsa som en tid" in page.editor.cap.text()
    desk.edit_claim(key, duration="P2Y")
    settled(qtbot, page)
    assert "Det går inte att läsa" not in page.editor.cap.text()


def test_what_is_typed_is_in_the_annex_that_is_asked_for_at_once(qtbot: QtBot, page: SecrecyPage, bid: Bid) -> None:
    desk, key = bid[0], mark(bid)
    desk.edit_bidder(Bidder("Vi AB", "556000-4615"))
    settled(qtbot, page)
    page.select(key)
    page.editor.texts["loss"].setPlainText("Det sista ordet.")
    seen_by: list[str] = []
    page.outgoing.with_bidder(lambda: seen_by.extend(claim.loss for claim in desk.claim_set().claims))
    assert seen_by == ["Det sista ordet."]


def test_one_passage_is_not_asked_for_twice(qtbot: QtBot, page: SecrecyPage, bid: Bid, actions: Actions) -> None:
    desk, key = bid[0], mark(bid)
    other = mark(bid, "1090", PRICES, "hourly-rate")
    settled(qtbot, page)
    page.select(other)
    page.source.text_marked.emit(Marked(METHOD, Place(paragraph=2), "Steg två körs om natten."))
    actions["mark_secret"].trigger()
    settled(qtbot, page)
    assert {record.key for record in desk.claims()} == {key, other}
    assert page.claim == key
    assert "redan markerat" in seen(page)
    desk.set_claim_state([key], ClaimState.WITHDRAWN)
    actions["mark_secret"].trigger()
    assert len(desk.claims()) == 3, "one that was withdrawn is no hindrance"


def test_nothing_is_written_over_a_file_of_the_bid(qtbot: QtBot, page: SecrecyPage, bid: Bid, tmp_path: Path) -> None:
    desk = bid[0]
    mark(bid)
    settled(qtbot, page)
    own = tmp_path / "Metod.docx"
    own.write_bytes(b"PK")
    desk.take_in_bid([replace(desk.bid_file(METHOD), path=str(own))], {}, run="2")
    settled(qtbot, page)
    page.annexing.write(own, "sv")
    page.outgoing.write_claims(own)
    settled(qtbot, page)
    assert own.read_bytes() == b"PK"
    assert "ett annat namn" in seen(page)
    page.outgoing.write_claims(tmp_path / "krav.json")
    settled(qtbot, page)
    assert (tmp_path / "krav.json").exists()


def test_claims_that_wait_for_files_do_not_go_to_another_tender(
    qtbot: QtBot, page: SecrecyPage, bid: Bid, tmp_path: Path
) -> None:
    key = mark(bid)
    source = tmp_path / "krav.json"
    page.outgoing.write_claims(source)
    settled(qtbot, page)
    desk = bid[0]
    desk.delete_claims([key])
    page.outgoing._awaited = source
    other, _, shelf = bid_desk()
    bids = BidReader(shelf).bids
    page.outgoing.follow(other, bids)
    page.outgoing.go_on()
    settled(qtbot, page)
    assert other.claims() == ()


def test_the_preview_says_which_claims_point_nowhere(qtbot: QtBot, page: SecrecyPage, bid: Bid) -> None:
    desk, key = bid[0], mark(bid)
    record = desk.claim(key)
    desk.set_anchor(key, 0, Placed(record.claim.anchors[0], AnchorState.LOST))
    settled(qtbot, page)
    assert "inte finns kvar" in page.annexing._note()


def test_an_annex_that_is_done_after_another_tender_was_opened_answers_none_of_its_items(
    qtbot: QtBot, page: SecrecyPage, bid: Bid, tmp_path: Path
) -> None:
    mark(bid)
    settled(qtbot, page)
    desk = bid[0]
    order = page.annexing._order("txt", "sv")
    assert order is not None
    other, _, _ = bid_desk()
    page.annexing.desk = other
    page.annexing._on_written(desk, order, _Written(tmp_path / "b.txt", "ab", 1, ()))
    assert (desk.links, other.links) == ((), ())
    assert other.tender.secrecy.exported is None


def test_a_long_search_does_not_keep_the_user_from_marking(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    thinking = Thinking(owner)
    found: list[str] = []
    thinking.search(_until, found.append)
    thinking.submit(lambda: "marked", found.append)
    qtbot.waitUntil(lambda: found == ["marked"])
    assert thinking.busy
    thinking.shut()
    assert found == ["marked", "stopped"], "the window does not wait for the search either"


def _until(stopped: Callable[[], bool]) -> str:
    while not stopped():
        sleep(0.01)
    return "stopped"
