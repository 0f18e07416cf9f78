"""Pages made before they are wanted, part by part, while the user looks at something else."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from functools import partial

from PySide6.QtWidgets import QWidget

from app.gui.actions import Actions
from app.gui.session import Session
from app.gui.slices import in_next_round, let_by

__all__ = [
    "Make",
    "Turns",
    "answers_in_turns",
    "bring",
    "checklist_in_turns",
    "in_one",
    "package_in_turns",
    "review_in_turns",
    "secrecy_in_turns",
]

Make = Callable[[int, Session, Actions], QWidget]
Turns = Generator[None, None, QWidget]
"""A page in the making: ends with the page."""

_SEEN = "seen"


def checklist_in_turns(session: Session, actions: Actions, parent: QWidget) -> Turns:
    """The checklist, part by part."""
    from app.gui.checklist.page import ChecklistPage

    page = ChecklistPage(session, actions, parent, turns=True)
    return (yield from _in_turns(page, page.making))


def answers_in_turns(session: Session, actions: Actions, parent: QWidget) -> Turns:
    """Svar, part by part."""
    from app.gui.answers.page import AnswersPage

    page = AnswersPage(session, actions, parent, turns=True)
    return (yield from _in_turns(page, page.making))


def secrecy_in_turns(session: Session, actions: Actions, parent: QWidget) -> Turns:
    """Sekretess, part by part."""
    from app.gui.secrecy.page import SecrecyPage

    page = SecrecyPage(session, actions, parent, turns=True)
    return (yield from _in_turns(page, page.making))


def review_in_turns(session: Session, actions: Actions, parent: QWidget) -> Turns:
    """Granskning, part by part."""
    from app.gui.review.page import ReviewPage

    page = ReviewPage(session, actions, parent, turns=True)
    return (yield from _in_turns(page, page.making))


def package_in_turns(session: Session, actions: Actions, parent: QWidget) -> Turns:
    """Paket, part by part."""
    from app.gui.package.page import PackagePage

    page = PackagePage(session, actions, parent, turns=True)
    return (yield from _in_turns(page, page.making))


def _in_turns(page: QWidget, making: Iterator[None]) -> Turns:
    """Closed before the end, it leaves nothing behind."""
    try:
        yield from making
    except GeneratorExit:
        page.deleteLater()
        raise
    return page


def in_one(make: Make, number: int, session: Session, actions: Actions) -> Turns:
    """A page that is made in one turn."""
    yield
    return make(number, session, actions)


def bring(page: QWidget) -> None:
    """A page is about to come into sight: nothing else that can wait is done meanwhile. For the first time it is laid out in this
    round of events, and painted in the next."""
    let_by()
    if not page.property(_SEEN):
        page.setProperty(_SEEN, True)
        page.setUpdatesEnabled(False)
        in_next_round(page, partial(page.setUpdatesEnabled, True))
