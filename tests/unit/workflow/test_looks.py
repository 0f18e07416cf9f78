"""What a desk counts over all items follows every change, whatever was asked for before."""

from __future__ import annotations

from collections import Counter

from app.core.points import PointKind
from app.core.work import ItemState, Origin
from tests.support.desks import desk_of, work


def test_what_is_counted_follows_every_change() -> None:
    desk, _ = desk_of(work(1), work(2), work(3))
    assert desk.added() == ()
    before = desk.readiness()
    first, *_ = desk.items()
    desk.done([first.key])
    assert (desk.readiness().done, desk.readiness().total) == (before.done + 1, before.total)
    own = desk.add("Ett eget krav.", PointKind.REQUIREMENT, True, first.item.source)
    assert desk.added() == (own,)
    assert desk.found_in() == Counter(one.item.source.document for one in desk.items())
    assert desk.found_in()[first.item.source.document] > 1
    desk.undo()
    assert desk.added() == ()
    assert all(one.origin is Origin.FOUND for one in desk.items())
    parts = desk.split(first.key, ["en halv", "en annan"])
    assert sum(desk.found_in().values()) == len(desk.items()) == 4
    assert {part.state for part in parts} <= {ItemState.DONE, ItemState.OPEN}
