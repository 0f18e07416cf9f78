"""What might be worth keeping secret in the bid's files, each with a name that lasts, a reason and its mark. Never a claim by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.work import BidFileRecord, TenderRecord
from app.workflow.insight import MarkPlace, Whereabouts
from app.workflow.marks import Finders
from app.workflow.secrecy_desk import Placed

__all__ = ["Proposal", "proposals"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A passage that might be worth it. `id` follows from its words and file, so that one turned down stays turned down."""

    id: str
    placed: Placed
    mark: MarkPlace
    where: Whereabouts
    category: str
    ground: str
    reason: str
    title: str | None = None
    duration: str | None = None


def proposals(
    finders: Finders, files: Sequence[BidFileRecord], tender: TenderRecord, language: str
) -> tuple[Proposal, ...]:
    """All proposals, file by file."""
    del finders, files, tender, language
    return ()
