"""The list's rows and model: what each chip shows, and a model that is sound while it changes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from app.core.claims import AnchorState, Strength
from app.core.work import ClaimState
from app.gui.checklist.rowmodel import Role
from app.gui.secrecy import words
from app.gui.secrecy.model import ClaimsModel
from app.gui.secrecy.rows import ClaimRow, Filter, Header, Row, Suggested, rows_of, tally
from tests.gui.checklist.support import ModelTester
from tests.support.bids import METHOD, PRICES, bid_file, claim, method, prices
from tests.support.memory_store import MemoryStore

STORE = MemoryStore()
FILES = (bid_file(METHOD, 0, method(), STORE), bid_file(PRICES, 1, prices(), STORE))
STRONG = ClaimRow("1", claim(1, METHOD, "ett"), "Avsnitt 2", Strength.STRONG)
WEAK = ClaimRow("2", claim(2, PRICES, "två"), "Blad Pris, C2", Strength.WEAK)
MOVED = ClaimRow("3", claim(3, METHOD, "tre", places=(AnchorState.MOVED,)), "Avsnitt 3", Strength.FAIR)
LOST = ClaimRow("4", claim(4, METHOD, "fyra", places=(AnchorState.LOST,)), "", Strength.FAIR)
GONE = ClaimRow("5", claim(0, METHOD, "fem", ClaimState.WITHDRAWN, places=(AnchorState.LOST,)), "", None)
ALL = (STRONG, WEAK, MOVED, LOST, GONE)
OFFERED = Suggested("a", PRICES, "hourly-rate", "kolumnen heter Timpris", "1285", "Blad Pris, C2", 2.0)
DOWN = replace(OFFERED, id="b", dismissed=True)


def keys(chosen: Filter) -> list[str]:
    return [row.key for row in rows_of(FILES, ALL, [OFFERED, DOWN], chosen)]


def test_each_chip_shows_its_rows_below_the_files_they_stand_in() -> None:
    assert keys(Filter.ALL) == [f"f:{METHOD}", "1", "3", "4", f"f:{PRICES}", "2", "withdrawn", "5"]
    assert keys(Filter.WEAK) == [f"f:{PRICES}", "2"]
    assert keys(Filter.MOVED) == [f"f:{METHOD}", "3"]
    assert keys(Filter.LOST) == [f"f:{METHOD}", "4"]
    assert keys(Filter.SUGGESTIONS) == [f"f:{PRICES}", "s:a"]


def test_the_numbers_on_the_chips_are_the_rows_they_show() -> None:
    counts = tally(ALL, [OFFERED, DOWN])
    for chosen in Filter:
        shown = [row for row in rows_of(FILES, ALL, [OFFERED, DOWN], chosen) if not isinstance(row, Header)]
        kept = [row for row in shown if row.key != "5"]
        assert counts.of(chosen) == len(kept), chosen


def test_files_without_claims_are_there_to_be_marked_in() -> None:
    rows = rows_of(FILES, (), (), Filter.ALL, frozenset({METHOD}))
    assert [(row.count, row.changed) for row in rows if isinstance(row, Header)] == [(0, True), (0, False)]


def test_the_model_is_sound_through_every_change(qtmodeltester: ModelTester) -> None:
    model = ClaimsModel()
    qtmodeltester.check(model, force_py=True)
    for chosen in (*Filter, Filter.ALL):
        model.show(rows_of(FILES, ALL, [OFFERED], chosen))
    changed: list[int] = []
    model.dataChanged.connect(lambda top, _bottom: changed.append(top.row()))
    better: list[Row] = [replace(row, strength=Strength.STRONG) if row is WEAK else row for row in model.rows]
    model.show(better)
    assert changed == [model.row_of("2")], "one row changes where it stands"
    assert not model.index(model.row_of(f"f:{METHOD}")).flags() & model.index(model.row_of("1")).flags().ItemIsSelectable


def test_rows_say_everything_to_those_who_do_not_see_them() -> None:
    model = ClaimsModel()
    model.show(rows_of(FILES, ALL, [OFFERED], Filter.ALL))
    spoken = str(model.index(model.row_of("2")).data(Qt.ItemDataRole.AccessibleTextRole))
    assert model.index(model.row_of("2")).data(Role.KEY) == "2"
    assert "Begäran 2" in spoken
    assert "Svag" in spoken
    assert "Blad Pris, C2" in spoken
    assert "finns inte kvar" in model.spoken(model.row_of("4"))


def test_lengths_of_time_are_read_as_people_write_them() -> None:
    for text, value in (
        ("2 år", "P2Y"),
        ("18 månader", "P1Y6M"),
        ("1 år och 6 månader", "P1Y6M"),
        ("P3Y", "P3Y"),
        ("2 years", "P2Y"),
    ):
        assert words.parse_duration(text) == value, text
    assert words.duration("P2Y") == "2 år"
    assert words.duration("P1Y6M") == "1 år 6 månader"
    for text in ("", "snart", "år", "P"):
        assert words.parse_duration(text) is None, text
