"""The rows of the library: how each document stands on the tender's last day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.core.library import LibraryDocument
from app.gui.answers.rows import Group, Header, Line, Sign
from app.gui.answers.wording import kind_words, standing_words
from app.gui.messages import tr
from app.workflow.library import Freshness, standing

__all__ = ["DocumentRow", "document_rows", "document_title"]

_SIGNS = {
    Freshness.VALID: Sign.OK,
    Freshness.ENDING: Sign.ODD,
    Freshness.EXPIRED: Sign.GONE,
    Freshness.OLD: Sign.ODD,
    Freshness.UNDATED: Sign.NONE,
}

_PRESSING = (Freshness.EXPIRED, Freshness.ENDING)


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document of the library. `pressing`: it runs out before or soon after the day it is judged by."""

    key: str
    title: str
    document: LibraryDocument
    lines: tuple[Line, ...]
    pressing: bool = False


def document_rows(
    documents: Sequence[LibraryDocument], today: date, last: date | None, tender: str
) -> list[Header | DocumentRow]:
    """Documents that are offered, then those that were put away. `last` is the tender's last day, `tender` its key."""
    on = _judged_on(today, last)
    offered: list[DocumentRow] = []
    retired: list[DocumentRow] = []
    for document in documents:
        how = standing(document, on)
        line = Line(_SIGNS[how.freshness], standing_words(how, document.expires, on is last))
        if document.retired is not None:
            line = Line(Sign.NONE, tr("answers.retired_on", day=document.retired[:10]))
        pressing = document.retired is None and how.freshness in _PRESSING
        row = DocumentRow(document.key, document.name, document, (line, _about(document, tender)), pressing)
        (offered if document.retired is None else retired).append(row)
    rows: list[Header | DocumentRow] = []
    for group, found in ((Group.OFFERED, offered), (Group.RETIRED, retired)):
        if found:
            rows += [Header(group, len(found)), *found]
    return rows


def document_title(document: LibraryDocument, today: date, last: date | None, most_months: int | None = None) -> str:
    """Its name where it is offered for an item; with how it stands when it runs out, or is older than the item allows."""
    on = _judged_on(today, last)
    how = standing(document, on, most_months if on is last else None)
    if how.freshness is not Freshness.OLD and how.freshness not in _PRESSING:
        return document.name
    return f"{document.name} – {standing_words(how, document.expires, on is last)}"


def _judged_on(today: date, last: date | None) -> date:
    return last if last is not None and last > today else today


def _about(document: LibraryDocument, tender: str) -> Line:
    used = [use for use in document.uses if use.tender != tender]
    parts = [kind_words(document.kind), document.filename]
    if document.issued:
        parts.append(tr("answers.issued_on", day=document.issued[:10]))
    if any(use.tender == tender for use in document.uses):
        parts.append(tr("answers.used_here"))
    elif used:
        parts.append(tr("answers.used_in", name=max(used, key=lambda use: use.at).name))
    if document.note:
        parts.append(" ".join(document.note.split()))
    return Line(Sign.NONE, " · ".join(parts))
