"""The list as Qt sees it, small and with twenty thousand items."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt

from app.core.points import PointKind
from app.core.work import FileLink, ItemState, WorkItem
from app.gui.checklist.entries import Filter, Trait
from app.gui.checklist.model import ChecklistModel
from app.gui.checklist.rowmodel import Role
from app.gui.checklist.rows import Grouping, Header
from app.gui.checklist.wording import Wording
from tests.gui.checklist.support import ModelTester, work, works
from tests.support.checklists import checklist, item


def no_links(_key: str) -> tuple[FileLink, ...]:
    return ()


@pytest.fixture
def model(qapp: object) -> Iterator[ChecklistModel]:
    made = ChecklistModel(Wording())
    yield made
    made.deleteLater()


def filled(model: ChecklistModel, many: int = 40) -> tuple[WorkItem, ...]:
    listed = works(checklist(many).items)
    model.set_items(listed, no_links)
    model.complete()
    return listed


def said(model: ChecklistModel, signal: str) -> list[tuple[int, int]]:
    """The ranges that a signal of the model tells from now on."""
    told: list[tuple[int, int]] = []
    if signal == "dataChanged":
        model.dataChanged.connect(_changes(told))
    elif signal == "rowsInserted":
        model.rowsInserted.connect(_rows(told))
    else:
        model.rowsRemoved.connect(_rows(told))
    return told


def _changes(told: list[tuple[int, int]]) -> Callable[[QModelIndex, QModelIndex], None]:
    def hear(top: QModelIndex, bottom: QModelIndex) -> None:
        told.append((top.row(), bottom.row()))

    return hear


def _rows(told: list[tuple[int, int]]) -> Callable[[QModelIndex, int, int], None]:
    def hear(_parent: QModelIndex, first: int, last: int) -> None:
        told.append((first, last))

    return hear


def test_the_model_is_sound_through_everything(model: ChecklistModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model, force_py=True)  # and with every signal from here on
    listed = filled(model)
    model.set_items(listed[: len(listed) // 2], no_links)
    model.set_items(listed, no_links)
    for grouping in Grouping:
        model.set_grouping(grouping)
    for traits in (Trait.MISSING, Trait.REJECTED, Trait.CONTRACT, Trait.TENDER):
        model.set_filter(Filter(traits))
    model.set_words("krav nummer")
    model.update_items([replace(listed[-1], state=ItemState.DONE)], no_links)
    assert model.rowCount() > 0


def test_twenty_thousand_items_are_counted_right(model: ChecklistModel) -> None:
    listed = filled(model, 20_000)
    counts = model.counts()
    tender = [one for one in listed if one.item.kind is not PointKind.CONTRACT]
    assert counts.of(Trait.TENDER) == len(tender) == counts.shown == len(model.visible_keys())
    assert counts.of(Trait.TENDER | Trait.MUST) == sum(one.item.must for one in tender)
    assert counts.of(Trait.CONTRACT) == len(listed) - len(tender)
    assert model.rowCount() > len(tender)
    model.set_words("krav nummer 19999:")
    assert len(model.visible_keys()) == 1
    assert model.counts().of(Trait.TENDER) == len(tender)


def test_a_decision_changes_rows_in_place(model: ChecklistModel) -> None:
    listed = filled(model)
    reset: list[str] = []
    model.modelReset.connect(_noting(reset))
    inserted, changed = said(model, "rowsInserted"), said(model, "dataChanged")
    target = next(one for one in listed if one.item.kind is not PointKind.CONTRACT)
    assert model.update_items([replace(target, state=ItemState.DONE, reviewed=True)], no_links)
    assert not reset
    assert not inserted
    row = model.row_of(target.key)
    assert any(first <= row <= last for first, last in changed)
    assert any(first <= 0 <= last for first, last in changed), "the header's count"


def _noting(told: list[str]) -> Callable[[], None]:
    def hear() -> None:
        told.append("reset")

    return hear


def test_items_that_arrive_are_inserted_where_they_belong(model: ChecklistModel) -> None:
    listed = works(item(f"Punkt {number}", headings=("3.1 A",)) for number in range(5))
    model.set_items(listed[:3], no_links)
    inserted = said(model, "rowsInserted")
    model.set_items(listed, no_links)
    assert inserted == [(4, 5)]


def test_an_item_that_leaves_the_filter_is_removed(model: ChecklistModel) -> None:
    listed = works(item(f"Punkt {number}", headings=("3.1 A",)) for number in range(3))
    model.set_items(listed, no_links)
    model.set_filter(Filter(Trait.MISSING))
    removed = said(model, "rowsRemoved")
    model.update_items([replace(listed[1], state=ItemState.DONE)], no_links)
    assert removed == [(2, 2)]


def test_an_unknown_or_moved_item_is_no_update(model: ChecklistModel) -> None:
    listed = filled(model, 0)
    assert not model.update_items([work(item("ny"), 999)], no_links)
    assert not model.update_items([replace(listed[0], position=77.5)], no_links)
    assert not model.update_items([replace(listed[0], replaced=True)], no_links)


def test_an_item_that_is_not_known_leaves_the_rest_as_it_was(model: ChecklistModel) -> None:
    listed = filled(model, 0)
    assert not model.update_items([replace(listed[0], reviewed=True), work(item("ny"), 999)], no_links)
    entry = model.entry(listed[0].key)
    assert entry is not None
    assert entry.work is listed[0]


def test_many_items_come_in_turns_and_all_arrive(model: ChecklistModel) -> None:
    listed = works(checklist(15_000).items)
    model.set_items(listed, no_links)
    assert model.rowCount() == 0
    model.complete()
    assert model.counts().combinations.total() == len(listed)


def test_a_later_list_replaces_one_that_is_still_coming(model: ChecklistModel) -> None:
    model.set_items(works(checklist(15_000).items), no_links)
    model.set_items(works(checklist(0).items[:3]), no_links)
    model.complete()
    assert model.counts().combinations.total() == 3


def test_headers_cannot_be_chosen(model: ChecklistModel) -> None:
    filled(model, 0)
    header, row = model.index(0), model.index(1)
    assert header.data(Role.HEADER)
    assert not header.flags() & Qt.ItemFlag.ItemIsSelectable
    assert row.flags() & Qt.ItemFlag.ItemIsSelectable
    assert header.data(Role.KEY) == ""


def test_rows_speak(model: ChecklistModel) -> None:
    model.set_items([work(item("Intyg", 2, PointKind.ATTACHMENT, headings=("3.2 Bevis",)), 1)], no_links)
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == "3.2 Bevis, 0 av 1"
    spoken = str(model.index(1).data(Qt.ItemDataRole.AccessibleTextRole))
    assert spoken == "Att göra, 3.2 Intyg, Bilaga, Ska, Fil saknas · Inte granskad"


def test_mine_are_those_with_my_name(model: ChecklistModel) -> None:
    model.set_items([work(item("a"), 1, owner="Lina"), work(item("b"), 2, owner="Omar")], no_links)
    model.set_me("Lina")
    assert model.counts().mine == 1
    model.set_filter(Filter(owner="Lina"))
    assert model.visible_keys() == (work(item("a"), 1).key,)


def test_an_owner_is_one_group_however_the_name_is_written(model: ChecklistModel) -> None:
    first, second, third = (
        work(item(name), place, owner=owner) for place, (name, owner) in enumerate((("a", "anna"), ("b", "Anna"), ("c", "Bo")))
    )
    model.set_grouping(Grouping.OWNER)
    model.set_items([first, second, third], no_links)
    assert [model.shown(place) for place in range(model.rowCount()) if model.is_header(place)] == ["anna", "Bo"]
    assert model.update_items([replace(first, owner="ANNA")], no_links)
    assert [model.shown(place) for place in range(model.rowCount()) if model.is_header(place)] == ["ANNA", "Bo"]
    assert model.update_items([replace(first, owner="Bo")], no_links)
    assert [model.shown(place) for place in range(model.rowCount()) if model.is_header(place)] == ["Anna", "Bo"]


def test_replacing_in_place_and_arranging_anew_come_to_the_same(model: ChecklistModel) -> None:
    listed = filled(model)
    for grouping in Grouping:
        model.set_grouping(grouping)
        for traits in (Trait.TENDER, Trait.MISSING, Trait.REJECTED):
            model.set_filter(Filter(traits))
            changed = []
            for number, one in enumerate(listed[:12]):
                state = (ItemState.DONE, ItemState.REJECTED, ItemState.OPEN)[number % 3]
                changed.append(replace(one, state=state, reviewed=True, owner="Lina" if number % 2 else None))
                assert model.update_items(changed[-1:], no_links)
            fresh = ChecklistModel(Wording())
            fresh.set_grouping(grouping)
            fresh.set_filter(Filter(traits))
            fresh.set_items((*changed, *listed[12:]), no_links)
            fresh.complete()
            assert [row.key for row in model.rows] == [row.key for row in fresh.rows]
            headers = [[(row.done, row.total) for row in each.rows if isinstance(row, Header)] for each in (model, fresh)]
            assert headers[0] == headers[1]
            fresh.deleteLater()
