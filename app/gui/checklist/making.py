"""The checklist page in the making: its parts one by one, so that the window is heard between them."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtWidgets import QWidget

from app.gui.actions import Actions
from app.gui.checklist.detail import DetailPanel
from app.gui.checklist.left import LeftPane
from app.gui.checklist.wording import Wording
from app.gui.session import Session

if TYPE_CHECKING:
    from app.gui.checklist.page import ChecklistPage

__all__ = ["Parts", "make_parts", "page_in_turns"]


class Parts(NamedTuple):
    """What takes longest to make."""

    wording: Wording
    left: LeftPane
    detail: DetailPanel


def make_parts(actions: Actions) -> Parts:
    """All of them at once."""
    wording = Wording()
    return Parts(wording, LeftPane(wording, actions), DetailPanel(wording))


def page_in_turns(session: Session, actions: Actions, parent: QWidget) -> Generator[None, None, ChecklistPage]:
    """Ends with the page. Closed before the end, it leaves nothing behind."""
    from app.gui.checklist.page import ChecklistPage
    from app.gui.source.view import SourceView

    made: list[QWidget] = []
    try:
        wording = Wording()
        made.append(left := LeftPane(wording, actions))
        yield
        made.append(detail := DetailPanel(wording))
        yield
        made.append(source := SourceView(actions))
        yield
    except GeneratorExit:
        for part in made:
            part.deleteLater()
        raise
    return ChecklistPage(session, actions, parent, source=source, parts=Parts(wording, left, detail))
