"""The rows of the review in the order they are shown: obstacles, warnings, what was accepted all the same, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.core.review import Review, ReviewFinding, Severity
from app.core.review_words import worded
from app.gui.messages import language, tr

__all__ = ["FindingRow", "Group", "GroupHeader", "Row", "group_name", "rows_of", "sign_name"]


class Group(StrEnum):
    """What the rows below a header have in common."""

    OBSTACLES = "obstacles"
    WARNINGS = "warnings"
    ACCEPTED = "accepted"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class GroupHeader:
    """The line above a group."""

    group: Group
    count: int

    @property
    def key(self) -> str:
        """Unlike every finding's."""
        return f"group:{self.group}"


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding in words. `reason` is why it was accepted all the same."""

    finding: ReviewFinding
    group: Group
    title: str
    detail: str
    remedy: str
    button: str
    question: str
    reason: str = ""

    @property
    def key(self) -> str:
        """The finding's id."""
        return self.finding.id


Row = GroupHeader | FindingRow


def rows_of(review: Review) -> tuple[Row, ...]:
    """All rows, in the window's language."""
    grouped: dict[Group, list[FindingRow]] = {group: [] for group in Group}
    for finding in review.findings:
        row = _row(finding)
        grouped[row.group].append(row)
    rows: list[Row] = []
    for group, found in grouped.items():
        if found:
            rows += [GroupHeader(group, len(found)), *found]
    return tuple(rows)


def group_name(group: Group) -> str:
    """The header's words."""
    match group:
        case Group.OBSTACLES:
            return tr("review.obstacles")
        case Group.WARNINGS:
            return tr("review.warnings")
        case Group.ACCEPTED:
            return tr("review.accepted")
        case Group.NOTES:
            return tr("review.notes")


def sign_name(group: Group) -> str:
    """What the sign at the left means, for who does not see it."""
    match group:
        case Group.OBSTACLES:
            return tr("review.obstacle")
        case Group.WARNINGS:
            return tr("review.warning")
        case Group.ACCEPTED:
            return tr("review.accepted_one")
        case Group.NOTES:
            return tr("review.note")


def spoken(rows: Sequence[Row], place: int) -> str:
    """A row for a screen reader."""
    row = rows[place]
    if isinstance(row, GroupHeader):
        return f"{group_name(row.group)}, {row.count}"
    return ". ".join(part for part in (sign_name(row.group), row.title, row.detail, row.reason, row.remedy) if part)


def _row(finding: ReviewFinding) -> FindingRow:
    words = worded(finding, language())
    if finding.override is not None:
        group = Group.ACCEPTED
    else:
        group = {Severity.OBSTACLE: Group.OBSTACLES, Severity.WARNING: Group.WARNINGS, Severity.NOTE: Group.NOTES}[
            finding.severity
        ]
    reason = tr("review.because", reason=finding.override.reason) if finding.override is not None else ""
    return FindingRow(finding, group, words.title, words.detail, words.remedy, words.button, words.question, reason)
