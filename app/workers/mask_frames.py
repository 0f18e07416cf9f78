"""What parent and masking child say to each other: a task and the file's bytes, an answer and the copy's bytes."""

from __future__ import annotations

import msgspec

from app.core.document import Finding
from app.core.limits import Limits
from app.secrecy.masking import Mark

__all__ = ["MaskAnswer", "MaskTask", "decode_answer", "decode_task"]


class MaskTask(msgspec.Struct, frozen=True):
    """Parent to child: mask this. The file's bytes follow as a frame of their own."""

    name: str
    marks: tuple[Mark, ...]
    passwords: tuple[str, ...]
    left: tuple[int, ...]
    limits: Limits
    others: tuple[tuple[int, str], ...] = ()

    def __repr__(self) -> str:
        """Without the passwords and the secrets: a task may end up in a trace."""
        return f"MaskTask({len(self.marks)})"


class MaskAnswer(msgspec.Struct, frozen=True):
    """Child to parent: why there is no copy, or what else became of the file; then the copy's bytes follow as a frame."""

    error: Finding | None = None
    findings: tuple[Finding, ...] = ()
    places: int = 0
    named: int | None = None


def decode_task(body: bytes) -> MaskTask:
    """The task in a frame."""
    return msgspec.json.decode(body, type=MaskTask)


def decode_answer(body: bytes) -> MaskAnswer:
    """The answer in a frame, every type checked. Raises msgspec.DecodeError."""
    return msgspec.json.decode(body, type=MaskAnswer)
