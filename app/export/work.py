"""What the bidder has made of the list, beside the list itself: state, answer, owner, due date, note, linked files.

A file is told by its name alone: the folders of the one who wrote the export are nobody else's business.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from app.core.checklist import ChecklistItem
from app.export.plain import legal, one_line
from app.export.words import Words

if TYPE_CHECKING:
    from app.core.work import FileLink, WorkItem

__all__ = ["NO_WORK", "Progress", "Work", "day_of", "file_name"]

_SIGNS = {"todo": "☐", "doing": "☐", "done": "☑", "not_applicable": "☒"}


@dataclass(frozen=True, slots=True)
class Work:
    """`items` are found by the id of a `ChecklistItem`, `files` by the key of a `WorkItem`.

    `left_out` is how many items the bid must deal with that are not in the list that is exported.
    """

    items: Mapping[str, WorkItem] = field(default_factory=dict)
    files: Mapping[str, tuple[FileLink, ...]] = field(default_factory=dict)
    left_out: int = 0

    def of(self, item: ChecklistItem) -> WorkItem | None:
        """What was made of an item."""
        return self.items.get(item.id)

    def files_of(self, item: ChecklistItem) -> tuple[FileLink, ...]:
        """The files that answer an item."""
        work = self.of(item)
        return self.files.get(work.key, ()) if work is not None else ()


NO_WORK = Work()
"""A list that nobody has worked on: everything in it is left to fill in."""


class Progress:
    """The work in the words of one language."""

    def __init__(self, work: Work, words: Words) -> None:
        self.work = work
        self._words = words

    def status(self, item: ChecklistItem) -> str:
        """todo, doing, done or not_applicable. An item that has an answer or a file and is not done has been begun."""
        work = self.work.of(item)
        if work is None:
            return "todo"
        from app.core.work import ItemState  # a list that nobody has worked on is written without it

        match work.state:
            case ItemState.DONE:
                return "done"
            case ItemState.REJECTED:
                return "not_applicable"
            case _:
                return "doing" if (work.answer or "").strip() or self.work.files_of(item) else "todo"

    def sign(self, item: ChecklistItem) -> str:
        """The box before an item: empty, ticked or crossed out."""
        return _SIGNS[self.status(item)]

    def reply(self, item: ChecklistItem) -> str:
        """The answer as it was written."""
        work = self.work.of(item)
        return (work.answer or "").strip() if work is not None else ""

    def owner(self, item: ChecklistItem) -> str:
        """Who sees to it."""
        work = self.work.of(item)
        return one_line(work.owner or "") if work is not None else ""

    def due(self, item: ChecklistItem) -> str:
        """By when, ISO 8601."""
        work = self.work.of(item)
        return (work.due or "") if work is not None else ""

    def files(self, item: ChecklistItem) -> tuple[str, ...]:
        """The names of the linked files."""
        return tuple(one_line(file_name(link.path)) for link in self.work.files_of(item))

    def remarks(self, item: ChecklistItem) -> Iterator[str]:
        """Why it is not asked of this bidder, what newer documents make of it, and the note."""
        work, words = self.work.of(item), self._words
        if work is None:
            return
        from app.core.work import ItemState

        if work.state is ItemState.REJECTED:
            reason = legal(work.reason or "").strip()
            yield words("rejected_because", reason=reason) if reason else words("rejected")
        if work.withdrawn:
            yield words("withdrawn")
        elif work.changed:
            yield words("changed")
        if note := work.note.strip():
            yield words("note", note=note)

    def lines(self, item: ChecklistItem) -> Iterator[str]:
        """Everything but the state, a line for each thing there is."""
        words = self._words
        if reply := self.reply(item):
            yield words("reply", reply=reply)
        owner, due = self.owner(item), self.due(item)
        told = (words("owner", owner=owner) if owner else "", words("due", day=due) if due else "")
        if any(told):
            yield " · ".join(part for part in told if part)
        if files := self.files(item):
            yield words("files", files=", ".join(files))
        yield from self.remarks(item)

    def summary(self, items: tuple[ChecklistItem, ...]) -> str:
        """How far the items have come, in a sentence; empty when nobody has worked on them."""
        if not self.work.items:
            return ""
        states = [self.status(item) for item in items]
        counted = {state: states.count(state) for state in _SIGNS}
        return self._words("progress_line", **counted)

    def selection(self) -> str:
        """That the list is not the whole one; empty when it is."""
        left_out = self.work.left_out
        if not left_out:
            return ""
        return self._words("left_out_one") if left_out == 1 else self._words("left_out", count=left_out)


def file_name(path: str) -> str:
    """The last part of a path of any system."""
    return PureWindowsPath(path).name if "\\" in path else PurePosixPath(path).name


def day_of(text: str) -> date | None:
    """A day that a spreadsheet can reckon with."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
