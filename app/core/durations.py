"""Lengths of time as ISO 8601 writes them ("P2Y", "P1Y6M", "P90D"): whole years, months, weeks and days."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Duration", "parse_duration"]

_FORM = re.compile(r"P(?=[0-9])(?:([0-9]{1,4})Y)?(?:([0-9]{1,4})M)?(?:([0-9]{1,5})W)?(?:([0-9]{1,6})D)?")
_DAYS = (365.25, 30.4375, 7.0, 1.0)


class Duration(NamedTuple):
    """A length of time, of any size but zero."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0

    @property
    def in_days(self) -> float:
        """About how many days it is: enough to tell a longer from a shorter."""
        return sum(count * days for count, days in zip(self, _DAYS, strict=True))

    def exceeds(self, other: Duration) -> bool:
        """Whether it is longer. Two years are as long as 24 months, and as 730 or 731 days."""
        return self.in_days > other.in_days + 0.6


def parse_duration(text: str) -> Duration | None:
    """The length of time; None for what is no ISO 8601 duration of whole days or more, or is nothing at all."""
    found = _FORM.fullmatch(text.strip())
    if found is None:
        return None
    made = Duration(*(int(part or 0) for part in found.groups()))
    return made if any(made) else None
