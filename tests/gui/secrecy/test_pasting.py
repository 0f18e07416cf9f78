"""The annex as a text for a portal's field: counted, kept to the field's limit, and not to be copied where it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.core.claims import Bidder
from app.export.annex.text import length
from app.gui.secrecy.page import SecrecyPage
from app.gui.secrecy.pasting import PasteBar
from app.workflow.annexing import Pasted
from tests.gui.secrecy.conftest import Bid
from tests.gui.secrecy.test_page import mark, settled


@pytest.fixture
def bar(qtbot: QtBot, page: SecrecyPage, bid: Bid) -> PasteBar:
    """Under an annex with one whole claim."""
    desk, key = bid[0], mark(bid)
    for field in ("used_by", "how", "loss", "market", "not_known_because", "may_be_released"):
        desk.edit_claim(key, **{field: f"Det här är skälet som gäller {field}, skrivet av oss själva. " * 3})
    desk.edit_bidder(Bidder("Vi AB", "556000-4615"))
    settled(qtbot, page)
    page.annexing.preview()
    dialog = page.annexing.dialog
    assert dialog is not None
    qtbot.waitUntil(dialog.paste.copy.isEnabled)
    return dialog.paste


def limited(qtbot: QtBot, bar: PasteBar, limit: int) -> str:
    """What is said once the text is made for a limit."""
    bar.limit_field.setValue(limit)
    qtbot.waitUntil(lambda: not bar._quiet.isActive() and "Räknar" not in bar.said.text())
    return bar.said.text()


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def test_without_a_limit_the_whole_text_is_copied_and_counted(bar: PasteBar) -> None:
    assert bar.limit is None
    bar.copy.click()
    assert "Vi AB" in clipboard()
    assert "skälet som gäller market" in clipboard()
    assert str(length(clipboard())) in bar.said.text().replace("\u00a0", "")


def test_a_text_that_is_too_long_is_shortened_and_what_went_is_told(qtbot: QtBot, bar: PasteBar) -> None:
    bar.copy.click()
    whole = length(clipboard())
    assert "får plats" in limited(qtbot, bar, whole)
    said = limited(qtbot, bar, whole - 100)
    assert "Utelämnat" in said
    bar.copy.click()
    assert length(clipboard()) <= whole - 100
    assert "skälet som gäller market" not in clipboard()
    assert "skälet som gäller loss" in clipboard(), "the harm always stays"


def test_a_text_that_cannot_fit_is_not_copied(qtbot: QtBot, bar: PasteBar) -> None:
    QGuiApplication.clipboard().setText("kvar")
    said = limited(qtbot, bar, 200)
    assert "Får inte plats" in said
    assert not bar.copy.isEnabled()
    bar.copy.click()
    assert clipboard() == "kvar"


def test_the_limit_is_kept_with_the_tender(qtbot: QtBot, page: SecrecyPage, bid: Bid, bar: PasteBar, tmp_path: Path) -> None:
    limited(qtbot, bar, 1_800)
    dialog = page.annexing.dialog
    assert dialog is not None
    dialog.reject()
    assert bid[0].tender.secrecy.text_limit == 1_800
    page.annexing.write(tmp_path / "bilaga.txt", "sv")
    settled(qtbot, page)
    assert length((tmp_path / "bilaga.txt").read_text("utf-8")) <= 1_800
    page.annexing.preview()
    again = page.annexing.dialog
    assert again is not None
    assert again.paste.limit == 1_800
    again.reject()
    bid[0].undo()  # the export
    bid[0].undo()
    assert bid[0].tender.secrecy.text_limit is None


def test_a_text_for_another_limit_is_passed_over(qtbot: QtBot) -> None:
    made = PasteBar(500)
    qtbot.addWidget(made)
    made.show_text(Pasted(400, "kort", 4))
    assert not made.copy.isEnabled()
    made.show_text(Pasted(500, "kort", 4))
    assert made.copy.isEnabled()
    made.limit_field.setValue(501)
    assert not made.copy.isEnabled(), "what is shown is for the old limit"
