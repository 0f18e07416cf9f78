"""Pages made before they are wanted: imported on another thread, and made part by part while the user looks at something else."""

from __future__ import annotations

from collections.abc import Callable, Generator

from PySide6.QtWidgets import QWidget

from app.gui.actions import Actions
from app.gui.messages import read_words
from app.gui.session import Session

__all__ = ["Make", "Turns", "in_one", "page_in_turns", "warm_pages"]

Make = Callable[[int, Session, Actions], QWidget]
Turns = Generator[None, None, QWidget]
"""A page in the making: ends with the page."""


def page_in_turns(session: Session, actions: Actions, parent: QWidget) -> Turns:
    """The checklist, which takes longest."""
    from app.gui.checklist import making

    return making.page_in_turns(session, actions, parent)


def in_one(make: Make, number: int, session: Session, actions: Actions) -> Turns:
    """A page that is made in one turn."""
    yield
    return make(number, session, actions)


def warm_pages() -> None:
    """Import what the other pages need, on another thread while the window is idle: the first switch to them is then at once.

    Raises ImportError, which is told again when the page is opened.
    """
    import app.gui.answers.page
    import app.gui.checklist.page
    import app.gui.secrecy.page
    import app.gui.shell.commands
    import app.gui.source.view
    import app.gui.underlag.page  # noqa: F401

    read_words()
