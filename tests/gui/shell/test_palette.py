"""The command palette: what is found, in which order, and how the keys move in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.gui.shell.palette import CommandPalette, PaletteModel
from app.gui.shell.palette_search import Group, Index, Thing

THINGS = [
    Thing(Group.ACTION, "undo", "Ångra", "Ta tillbaka det senaste", "Ctrl+Z"),
    Thing(Group.ACTION, "settings", "Inställningar", "Språk och utseende", "Ctrl+,"),
    Thing(Group.PAGE, "2", "Checklista", "", "Ctrl+3"),
    Thing(Group.TENDER, "t", "IT-konsulttjänster 2026", "Myndigheten för registervård · 2026/01472"),
]
ITEMS = [
    Thing(Group.ITEM, "i1", "3.2.3 Intyg om skatter och avgifter"),
    Thing(Group.ITEM, "i2", "4.1.2 CV för offererad lösningsarkitekt", "Omar"),
    Thing(Group.ITEM, "i3", "5.2 Skatteverkets blankett"),
]


def targets(index: Index, text: str) -> list[str]:
    return [found.thing.target for found in index.search(text)]


def test_nothing_typed_gives_everything_but_items() -> None:
    assert targets(Index([*THINGS, *ITEMS]), "") == ["undo", "settings", "2", "t"]


def test_all_words_must_be_there_in_any_order_and_case() -> None:
    index = Index([*THINGS, *ITEMS])
    assert targets(index, "SKATTER intyg") == ["i1"]
    assert targets(index, "omar") == ["i2"]
    assert targets(index, "01472") == ["t"]


def test_what_begins_a_text_comes_first() -> None:
    index = Index([Thing(Group.ITEM, "b", "Bifoga en plan"), Thing(Group.ITEM, "a", "Plan för genomförande")])
    assert targets(index, "plan") == ["a", "b"]


def test_a_slip_of_the_finger_still_finds() -> None:
    index = Index([*THINGS, *ITEMS])
    assert targets(index, "instälningar") == ["settings"]
    assert "t" in targets(index, "konsultänster")
    assert targets(index, "qqqqqq") == []


def test_groups_come_in_order_and_are_cut_short() -> None:
    many = [Thing(Group.ITEM, str(number), f"Punkt {number}") for number in range(100)]
    found = Index([*many, Thing(Group.ACTION, "x", "Punkt")]).search("punkt")
    assert found[0].thing.group is Group.ACTION
    assert len(found) == 9


def test_the_model_keeps_to_qts_rules(qtbot: QtBot) -> None:
    model = PaletteModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_hits(Index(THINGS).search(""))
    assert model.rowCount() == 7
    model.show_hits(Index(THINGS).search("ångra"))
    assert model.rowCount() == 2
    assert model.index(0).data() == "Kommandon"
    assert model.thing(model.index(0)) is None
    assert not model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    model.show_hits([])
    assert model.next_hit(0, 1) == -1
    tester.deleteLater()
    model.deleteLater()


def test_arrows_skip_headings_and_enter_goes_there(qtbot: QtBot) -> None:
    palette = CommandPalette(THINGS, ITEMS)
    qtbot.addWidget(palette)
    palette.open()
    field = palette.findChild(QLineEdit)
    assert field is not None
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Down)
    with qtbot.waitSignal(palette.chosen) as chosen:
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert chosen.args[0].target == "2"
    assert not palette.isVisible()


def test_items_are_taken_in_while_the_window_stays_awake(qtbot: QtBot) -> None:
    many = (Thing(Group.ITEM, str(number), f"Krav {number}") for number in range(5_000))
    palette = CommandPalette(THINGS, many)
    qtbot.addWidget(palette)
    palette.type("krav 4999")
    qtbot.waitUntil(lambda: palette.model.rowCount() == 2)


def test_nothing_found_says_what_to_do(qtbot: QtBot) -> None:
    palette = CommandPalette(THINGS)
    qtbot.addWidget(palette)
    palette.open()
    palette.type("zzzzzz")
    shown = [label.text() for label in palette.findChildren(type(palette._none)) if label.isVisible()]
    assert shown == ["Inget hittades. Pröva färre eller andra ord."]
    palette.close()


def test_items_of_other_tenders_come_later_under_their_tender(qtbot: QtBot) -> None:
    palette = CommandPalette([Thing(Group.ACTION, "settings", "Driftinställningar")])
    qtbot.addWidget(palette)
    asked: list[object] = []
    palette.wanted.connect(asked.append)
    palette.type("drift")
    qtbot.waitUntil(lambda: asked == ["drift"])
    hits = [
        Thing(Group.ELSEWHERE, "t1/a", "3.1 Drift dygnet runt", heading="I Kommunen"),
        Thing(Group.ELSEWHERE, "t2/b", "4 Driftstörning", heading="I Regionen"),
    ]
    palette.show_elsewhere("något annat", hits)
    assert palette.model.rowCount() == 2, "what was typed since then is another question"
    palette.show_elsewhere("drift", hits)
    shown = [palette.model.index(row).data() for row in range(palette.model.rowCount())]
    assert shown == [
        "Kommandon", "Driftinställningar", "I Kommunen", "3.1 Drift dygnet runt", "I Regionen", "4 Driftstörning",
    ]  # fmt: skip
    with qtbot.waitSignal(palette.chosen) as chosen:
        QTest.keyClick(palette._field, Qt.Key.Key_Return)
    assert chosen.args[0].target == "settings", "the choice does not move under the user's hand"


def test_what_is_only_alike_does_not_stand_above_what_was_meant() -> None:
    index = Index([Thing(Group.ACTION, "backup_now", "Säkerhetskopiera nu", "Gör en kontrollerad kopia av allt")])
    index.add([Thing(Group.ITEM, "i9", "K-01 Utvecklingsmiljö för Java")])
    assert targets(index, "java") == ["i9"]
