"""Looking for cycles: off while the window runs, little at a time, and given back afterwards."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from app.gui.tidying import Tidying


class Knot:
    """Refers to itself."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture
def tidying() -> Iterator[Tidying]:
    made = Tidying()
    made.start()
    yield made
    made.stop()
    made.deleteLater()


def test_the_automatic_search_is_off_meanwhile() -> None:
    assert gc.isenabled()
    made = Tidying()
    made.start()
    assert not gc.isenabled()
    made.stop()
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    made.deleteLater()


def test_what_is_new_and_in_a_knot_goes(tidying: Tidying) -> None:
    knot = Knot()
    gone = weakref.ref(knot)
    del knot
    few = [[number] for number in range(5_000)]
    tidying.tidy()
    assert gone() is None
    assert len(few) == 5_000


def test_a_tender_is_set_aside_and_not_looked_through(tidying: Tidying) -> None:
    many = [[number] for number in range(50_000)]
    before = gc.get_freeze_count()
    tidying.tidy()
    assert gc.get_freeze_count() - before >= 50_000
    assert gc.get_count()[0] < 1_000
    assert len(many) == 50_000
