"""What a finder points out: passages that suppliers often ask to be kept secret. Proposals, never claims: the user decides."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.claims import Anchor

__all__ = ["Suggestion"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Passages of one file that belong together. `category` and `ground` are ids of `resources/rules/secrecy`.

    `rule` is the id of what found it, `why` a code for words (`why_<why>` in the messages, `why_<why>_bare` without a label),
    `values` what these need. `label` is the heading, column or label that gave it away, never a part of what is marked.
    """

    file: str
    category: str
    ground: str
    rule: str
    why: str
    anchors: tuple[Anchor, ...]
    label: str = ""
    values: tuple[tuple[str, str], ...] = ()
