"""What is asked for first, what is forgotten, and what is not asked for again."""

from __future__ import annotations

from threading import Thread

from app.core.document import Place
from app.gui.source.places import Places, Visit
from app.gui.source.wanted import QuoteWanted, SearchWanted, Tile, Wanted, WordsWanted


def tile(page: int) -> Tile:
    return Tile(page, 100, 140, 0, 0, 100, 140)


def all_of(wanted: Wanted) -> list[object]:
    found: list[object] = []
    while wanted.waiting():
        found.append(wanted.next())
    return found


def test_what_is_in_sight_comes_before_quotes_miniatures_and_search() -> None:
    wanted = Wanted()
    wanted.set_pages(7)
    wanted.search("intyg")
    wanted.small((tile(9),))
    wanted.quotes((QuoteWanted(1, "a"),))
    wanted.tiles((tile(1), tile(2)))
    wanted.words(1)
    searches = [SearchWanted("intyg", 1, 5, False), SearchWanted("intyg", 6, 7, True)]
    assert all_of(wanted) == [tile(1), tile(2), WordsWanted(1), QuoteWanted(1, "a"), tile(9), *searches]


def test_pages_scrolled_past_are_forgotten() -> None:
    wanted = Wanted()
    for page in range(1, 100):
        wanted.tiles((tile(page),))
    assert all_of(wanted) == [tile(99)]


def test_a_page_that_failed_is_not_asked_for_until_the_user_wants_it() -> None:
    wanted = Wanted()
    wanted.failed(2)
    wanted.tiles((tile(1), tile(2)))
    wanted.words(2)
    wanted.quotes((QuoteWanted(2, "a"),))
    wanted.small((tile(2),))
    assert wanted.next() == tile(1)
    wanted.again(2)
    wanted.tiles((tile(2),))
    assert wanted.next() == tile(2)


def test_another_search_replaces_the_one_before() -> None:
    wanted = Wanted()
    wanted.set_pages(100)
    wanted.search("intyg")
    wanted.next()
    wanted.search("skatt")
    assert wanted.next() == SearchWanted("skatt", 1, 5, False)
    wanted.search(None)
    assert not wanted.waiting()


def test_closing_wakes_the_one_who_waits() -> None:
    wanted = Wanted()
    answers: list[object] = ["nothing yet"]

    def wait() -> None:
        answers.append(wanted.next())

    thread = Thread(target=wait)
    thread.start()
    wanted.close()
    thread.join(20)
    assert answers == ["nothing yet", None]


def visit(page: int, document: str = "a") -> Visit:
    return Visit(document, Place(page))


def test_places_are_walked_as_in_a_browser() -> None:
    places = Places()
    for page in (1, 2, 2, 3):
        places.visit(visit(page))
    assert (places.back(), places.back(), places.back()) == (visit(2), visit(1), None)
    assert places.forward() == visit(2)
    places.visit(visit(9))
    assert not places.can_forward
    assert places.back() == visit(2)


def test_places_in_documents_that_are_gone_are_forgotten() -> None:
    places = Places()
    for place in (visit(1), visit(5, "b"), visit(2), visit(6, "b")):
        places.visit(place)
    places.keep(frozenset({"a"}))
    assert places.back() == visit(1)
    assert places.forward() == visit(2)
    assert not places.can_forward
