"""What of a document is read otherwise than the rest, found once for all who read it."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.document import Document
from app.extraction.declarations import NOTHING_DECLARED, Declared, find_declarations
from app.extraction.logs import QuestionLog, question_log
from app.extraction.printouts import Key, key_of
from app.extraction.sections import Outline
from app.extraction.specifications import is_bare
from app.extraction.terms import termination_grounds


@dataclass(frozen=True, slots=True)
class Apart:
    """Others' questions, blocks that hold grounds for ending a contract, whether it specifies without a word of demand, the key
    to the tags of its questions, which asks for nothing itself, blocks of questions that the bidder does not answer, and what the
    document says of its own parts.
    """

    log: QuestionLog
    grounds: frozenset[int]
    bare: bool
    key: Key
    left: frozenset[int] = frozenset()
    declared: Declared = NOTHING_DECLARED


def set_apart(document: Document, outline: Outline) -> Apart:
    """Look for what is read otherwise."""
    return Apart(
        question_log(document),
        termination_grounds(document, outline),
        is_bare(document, outline),
        key_of(document),
        declared=find_declarations(document, outline),
    )
