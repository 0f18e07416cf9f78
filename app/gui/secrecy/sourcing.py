"""What the page shows in the document view: the bid's files as documents, and a hatched mark for every passage of every claim."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.claims import AnchorState, Strength
from app.core.points import PointKind
from app.core.work import BidFileRecord, ClaimRecord, ClaimState, DocumentRecord, ItemState
from app.gui.messages import tr
from app.gui.secrecy import words
from app.gui.source.marks import Mark
from app.workflow.insight import Insight

__all__ = ["as_document", "marks_of"]


def as_document(record: BidFileRecord) -> DocumentRecord:
    """A file of the bid as the document view takes it."""
    return DocumentRecord(record.key, record.tender, record.position, record.summary, record.file, member=record.member)


def marks_of(claims: Iterable[ClaimRecord], insight: Insight, strengths: dict[str, Strength]) -> tuple[Mark, ...]:
    """The marks of all claims. What is withdrawn is outlined only; one that is weak with its reasons written is red."""
    made = []
    for record in claims:
        withdrawn = record.state is ClaimState.WITHDRAWN
        role = "error" if strengths.get(record.key) is Strength.WEAK and _written(record) else "secrecy"
        title = words.claim_title(record.claim)
        name = (
            f"{tr('secrecy.withdrawn')} · {title}"
            if withdrawn
            else f"{tr('secrecy.request', number=record.claim.number)} · {title}"
        )
        for anchor, places in enumerate(insight.marks.get(record.key, ())):
            if record.place_state(anchor) is AnchorState.LOST:
                continue
            for number, place in enumerate(places):
                made.append(
                    Mark(
                        f"{record.key}#{anchor}.{number}",
                        place.file,
                        place.place,
                        place.quote,
                        PointKind.REQUIREMENT,
                        ItemState.REJECTED if withdrawn else ItemState.OPEN,
                        role=role,
                        name=name,
                        group=record.key,
                    )
                )
    return tuple(made)


def _written(record: ClaimRecord) -> bool:
    """Whether reasons are given. Before that every claim is weak, and a page full of faults would say nothing."""
    claim = record.claim
    return record.state is ClaimState.READY or bool(claim.used_by.strip() and claim.how.strip() and claim.loss.strip())
