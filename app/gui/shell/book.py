"""The pages by their place in the rail, and how each is made."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.gui.actions import Actions
from app.gui.overview.page import OverviewPage
from app.gui.session import Session

__all__ = ["ANSWERS", "CHECKLIST", "DOCUMENTS", "OVERVIEW", "PACKAGE", "PAGES", "REVIEW", "SECRECY", "make_page"]

OVERVIEW, DOCUMENTS, CHECKLIST, ANSWERS, SECRECY, REVIEW, PACKAGE = range(7)
PAGES = ("page_overview", "page_documents", "page_checklist", "page_answers", "page_secrecy", "page_review", "page_package")
"""The pages' actions, in the order of the rail."""


def make_page(number: int, session: Session, actions: Actions) -> QWidget:
    """A page, by its place in the rail. What is not shown is not imported."""
    if number == DOCUMENTS:
        from app.gui.underlag.page import UnderlagPage

        return UnderlagPage(session, actions)
    if number == CHECKLIST:
        from app.gui.checklist.page import ChecklistPage

        return ChecklistPage(session, actions)
    if number == ANSWERS:
        from app.gui.answers.page import AnswersPage

        return AnswersPage(session, actions)
    if number == SECRECY:
        from app.gui.secrecy.page import SecrecyPage

        return SecrecyPage(session, actions)
    if number == REVIEW:
        from app.gui.review.page import ReviewPage

        return ReviewPage(session, actions)
    if number == PACKAGE:
        from app.gui.package.page import PackagePage

        return PackagePage(session, actions)
    return OverviewPage(session, actions)
