"""What of a document is read otherwise than the rest, found once for all who read it."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.document import Document
from app.extraction.logs import QuestionLog, question_log
from app.extraction.sections import Outline
from app.extraction.specifications import is_bare
from app.extraction.terms import termination_grounds


@dataclass(frozen=True, slots=True)
class Apart:
    """Others' questions, blocks that hold grounds for ending a contract, and whether it specifies without a word of demand."""

    log: QuestionLog
    grounds: frozenset[int]
    bare: bool


def set_apart(document: Document, outline: Outline) -> Apart:
    """Look for what is read otherwise."""
    return Apart(question_log(document), termination_grounds(document, outline), is_bare(document, outline))
