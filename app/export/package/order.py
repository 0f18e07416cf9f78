"""The order in which the portal asks: the procurement's main document first, its annexes by number, the rest after them.

Nobody outside the portal knows its order. Its questions are made from the same documents, so theirs is the best guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.core.checklist import ChecklistItem, DocumentSummary
from app.core.folding import folded
from app.export.package.names import natural

__all__ = ["document_order", "portal_order"]

_MAIN = re.compile(
    r"upphandlingsdokument|förfrågningsunderlag|anbudsinbjudan|inbjudan|upphandlingsföreskrift|administrativa f|avropsförfrågan"
    r"|tender document|request for (?:tender|proposal)|\brfp|\baf\b|invitation"
)
_FORM = re.compile(r"anbudsformulär|svarsformulär|svarsbilag|tender form|response form")
_ANNEX = re.compile(r"\b(?:bilaga|annex|appendix|attachment|schedule)\W*(\d+|[a-z])\b")
_TALK = re.compile(r"frågor och svar|fragor och svar|kompletterande upplysning|questions? and answers?|\bq ?& ?a\b")
_TERMS = re.compile(r"avtal|kontrakt|contract")


def document_order(documents: Iterable[DocumentSummary]) -> tuple[str, ...]:
    """The ids of the documents, the one that asks first at the front."""
    return tuple(document.id for document in sorted(documents, key=_rank))


def portal_order(items: Iterable[ChecklistItem], documents: Sequence[DocumentSummary]) -> tuple[ChecklistItem, ...]:
    """The items as the portal asks them: by document, and in each as they are given. A document that is not known comes last."""
    place = {document: number for number, document in enumerate(document_order(documents))}
    return tuple(sorted(items, key=lambda item: place.get(item.source.document, len(place))))


def _rank(document: DocumentSummary) -> tuple[object, ...]:
    name = folded(document.name.rpartition("/")[2]).replace("_", " ")
    annex = _ANNEX.search(name)
    if _TALK.search(name):
        group = 5
    elif _TERMS.search(name):
        group = 4
    elif annex:
        group = 2
    elif _MAIN.search(name):
        group = 0
    elif _FORM.search(name):
        group = 1
    else:
        group = 3
    return (group, natural(annex[1]) if annex else (), natural(document.name))
