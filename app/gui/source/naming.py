"""Highlights in words: for tool tips and for those who do not see them."""

from __future__ import annotations

from app.core.points import PointKind
from app.core.work import ItemState
from app.gui.messages import tr
from app.gui.source.marks import Mark

__all__ = ["mark_name"]


def mark_name(mark: Mark) -> str:
    """Kind and state: "Krav · Klar"; a claim by its own name."""
    return mark.name or f"{_kind(mark.kind)} · {_state(mark.state)}"


def _kind(kind: PointKind) -> str:
    match kind:
        case PointKind.QUESTION:
            return tr("source.kind_question")
        case PointKind.ATTACHMENT:
            return tr("source.kind_attachment")
        case PointKind.REQUIREMENT:
            return tr("source.kind_requirement")
        case PointKind.CRITERION:
            return tr("source.kind_criterion")
        case PointKind.DEADLINE:
            return tr("source.kind_deadline")
        case PointKind.CONTRACT:
            return tr("source.kind_contract")


def _state(state: ItemState) -> str:
    match state:
        case ItemState.OPEN:
            return tr("source.state_open")
        case ItemState.DONE:
            return tr("source.state_done")
        case ItemState.REJECTED:
            return tr("source.state_rejected")
