"""A passage that a finder marked, before it becomes an anchor."""

from __future__ import annotations

from dataclasses import dataclass

from app.secrecy.flow import Span

__all__ = ["Mark"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a block. Marks of one `group` become one suggestion. `weight` decides when two marks overlap: more is kept."""

    span: Span
    category: str
    rule: str
    why: str
    label: str
    group: str
    weight: int = 50
