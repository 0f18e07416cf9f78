"""Files that a password keeps closed, told by their error."""

from __future__ import annotations

from app.core.document import Finding

__all__ = ["can_be_unlocked", "is_locked"]

_CODES = frozenset({"file.password_needed", "file.password_wrong"})


def is_locked(finding: Finding | None) -> bool:
    """Whether a password keeps a file closed."""
    return finding is not None and finding.code in _CODES


def can_be_unlocked(finding: Finding | None) -> bool:
    """Whether the password is all that is missing. Some formats are read only once they have been saved without one."""
    return finding is not None and is_locked(finding) and "remedy" not in dict(finding.values)
