"""What a review of the bid says: findings with a rule, a severity, a cause to jump to, and what the user has decided. Data only.

The words of a rule are in the message files under its id; here are only its id and the values its words need.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from app.core.document import Place

__all__ = ["Cause", "Override", "Review", "ReviewFinding", "ReviewPlan", "Room", "Severity"]


class Severity(StrEnum):
    """How much it matters. Obstacles block "klar", warnings do not, notes are told in the report."""

    OBSTACLE = "obstacle"
    WARNING = "warning"
    NOTE = "note"


class Room(StrEnum):
    """Where the cause is mended."""

    CHECKLIST = "checklist"
    UNDERLAG = "underlag"
    ANSWERS = "answers"
    SECRECY = "secrecy"
    PACKAGE = "package"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Cause:
    """What a row jumps to. `file` is the name of a file of the bid (its path in the bid folder), `document` the id of a document
    of the procurement, `items` the ids (`ChecklistItem.id`) of what asks for it, `claim` the number of a secrecy claim."""

    room: Room
    file: str | None = None
    document: str | None = None
    items: tuple[str, ...] = ()
    claim: int | None = None
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Override:
    """The user has looked at a finding and goes on all the same: why, when (UTC, ISO 8601), and who said so, if named."""

    finding: str
    reason: str
    at: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class ReviewFinding:
    """One row of the review. `rule` is a stable id ("comments.left"), `values` what its words need, `shown` what they need
    besides that makes it no other finding (hours that pass)."""

    rule: str
    severity: Severity
    cause: Cause
    values: tuple[tuple[str, str], ...] = ()
    override: Override | None = None
    shown: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """Twelve hexadecimal digits that follow from rule, cause and values: a finding that says something else is another."""
        said = repr((self.rule, self.cause, self.values))
        return sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    @property
    def blocks(self) -> bool:
        """Whether the bid is not ready because of it."""
        return self.severity is Severity.OBSTACLE and self.override is None


@dataclass(frozen=True, slots=True)
class Review:
    """All that the rules say of a bid, obstacles first. `passed` are the ids of the rules that found nothing, for the report."""

    findings: tuple[ReviewFinding, ...] = ()
    passed: tuple[str, ...] = ()
    total: int = 0
    done: int = 0
    tender_deadline: str | None = None

    @property
    def obstacles(self) -> int:
        """How many findings block."""
        return sum(finding.blocks for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many warnings nobody has decided on."""
        return sum(finding.severity is Severity.WARNING and finding.override is None for finding in self.findings)

    @property
    def ready(self) -> bool:
        """Whether nothing blocks."""
        return not self.obstacles


@dataclass(frozen=True, slots=True)
class ReviewPlan:
    """What a tender keeps of its review: the decisions on findings."""

    overrides: tuple[Override, ...] = ()
