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
    return DocumentRecord(record.key, record.tender, record.position, record.summary, record.file)


def marks_of(claims: Iterable[ClaimRecord], insight: Insight, strengths: dict[str, Strength]) -> tuple[Mark, ...]:
    """The marks of all claims. What is withdrawn is outlined only; a weak one has the colour of what stands in its way."""
    made = []
    for record in claims:
        withdrawn = record.state is ClaimState.WITHDRAWN
        role = "error" if strengths.get(record.key) is Strength.WEAK else "secrecy"
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
