"""A day before the sample's deadline, so that pictures of it look the same whenever they are taken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, tzinfo
from unittest.mock import patch

__all__ = ["stopped"]

_NOW = datetime(2027, 10, 13, 9, 14).astimezone()


class _Moment(datetime):
    @classmethod
    def now(cls, tz: tzinfo | None = None) -> _Moment:
        """Always the same."""
        moment = _NOW.astimezone(tz) if tz is not None else _NOW.replace(tzinfo=None)
        return cls.fromtimestamp(moment.timestamp(), tz)


@contextmanager
def stopped() -> Iterator[None]:
    """The window's clock and the history's stand still."""
    moments = ("app.core.clock", "app.storage.steps", "app.workflow.office", "app.gui.review.page")
    with ExitStack() as patches:
        for module in moments:
            patches.enter_context(patch(f"{module}.datetime", _Moment))
        yield
