"""What the overview says of tenders, and in which order."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.core.checklist import Tender
from app.core.work import TenderRecord
from app.gui.messages import set_language
from app.gui.overview.model import TenderModel
from app.gui.overview.ring import ReadinessRing, percent
from app.gui.overview.rows import TenderRow, rows
from app.workflow.readiness import Readiness
from tests.gui.shell.support import TenderCard

NOW = datetime(2026, 11, 23, 9, 0)


def card(name: str, deadline: str | None = None, ready: Readiness | None = None, archived: str | None = None) -> TenderCard:
    record = TenderRecord(name, "2026-11-01T09:00:00", Tender(name, "Köparen", "2026/1", deadline), archived=archived)
    return TenderCard(record, ready or Readiness())


def listed(*cards: TenderCard, archived: bool = False) -> list[TenderRow]:
    return list(rows(cards, NOW, "sv", archived=archived))


def test_the_nearest_deadline_is_first_and_what_is_past_last() -> None:
    cards = (
        card("utan"),
        card("förra veckan", "2026-11-16T12:00"),
        card("sen", "2026-12-20T12:00"),
        card("snart", "2026-11-25T12:00"),
        card("igår", "2026-11-22T12:00"),
    )
    assert [row.name for row in listed(*cards)] == ["snart", "sen", "utan", "igår", "förra veckan"]


def test_the_archive_is_apart() -> None:
    cards = (card("pågår"), card("lagd åt sidan", archived="2026-11-20T09:00:00"))
    assert [row.name for row in listed(*cards)] == ["pågår"]
    assert [row.name for row in listed(*cards, archived=True)] == ["lagd åt sidan"]


def test_what_is_missing_in_words() -> None:
    def missing(ready: Readiness) -> str:
        return listed(card("a", ready=ready))[0].missing

    assert missing(Readiness(94, 61, 21)) == "33 saknas, varav 21 ska"
    assert missing(Readiness(5, 4, 1)) == "1 saknas, och den är ett ska"
    assert missing(Readiness(5, 3)) == "2 saknas"
    assert missing(Readiness(5, 5)) == "Inget saknas"
    assert missing(Readiness()) == "Inget läst än"
    assert missing(Readiness(5, 5, unread_pages=2, unread_documents=1)).endswith("· 3 sidor eller filer gick inte att läsa")
    assert missing(Readiness(5, 5, lost_claims=1)) == "1 sekretessmarkering är borttappad", "not complete"
    assert missing(Readiness(5, 3, lost_claims=2)) == "2 saknas · 2 sekretessmarkeringar är borttappade"


def test_who_has_how_much() -> None:
    owners = (("Lina", 9), ("Omar", 6), ("Sara", 2), ("Eva", 1), ("Bo", 1))
    assert listed(card("a", ready=Readiness(30, 1, owners=owners)))[0].load == "Lina 9, Omar 6, Sara 2 och 2 till"


def test_a_row_can_be_read_aloud() -> None:
    spoken = listed(card("Drift", "2026-12-04T23:59", Readiness(4, 1, 2)))[0].spoken
    assert spoken == "Drift. Köparen · 2026/1. 11 dagar kvar 4 dec 23:59. 1 av 4 klara. 3 saknas, varav 2 ska"
    set_language("en")
    assert "3 missing" in rows([card("a", ready=Readiness(4, 1, 2))], NOW, "en", archived=False)[0].spoken


def test_the_model_keeps_to_qts_rules_and_to_its_place(qtbot: QtBot) -> None:
    model = TenderModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    resets: list[None] = []
    model.modelReset.connect(lambda: resets.append(None))
    model.show_rows(tuple(listed(card("a"), card("b"))))
    model.show_rows(tuple(listed(card("a", ready=Readiness(3, 2)), card("b"))))
    assert len(resets) == 1, "new figures for the same tenders must not throw the selection away"
    assert model.index(0).data() == "a"
    row = model.row(model.find("b"))
    assert row is not None
    assert row.name == "b"
    assert not model.find("c").isValid()
    model.show_rows(())
    assert model.rowCount() == 0
    tester.deleteLater()
    model.deleteLater()


def test_all_but_done_is_not_a_hundred_percent() -> None:
    assert percent(999, 1000) == 99
    assert percent(1000, 1000) == 100
    assert percent(0, 0) == 0


def test_the_ring_says_its_figure(qtbot: QtBot) -> None:
    ring = ReadinessRing()
    qtbot.addWidget(ring)
    ring.show_share(61, 94)
    assert ring.accessibleName() == "61 av 94 klara"
    ring.resize(48, 48)
    half = ring.grab().toImage()
    ring.show_share(94, 94)
    assert ring.grab().toImage() != half
