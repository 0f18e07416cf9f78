"""Taking over what came back from colleagues: of the differences that were shown, those that the user chose, as one step."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from app.core.differences import Difference, Entry
from app.core.work import ItemState, WorkItem
from app.workflow.package_desk import PackageDesk

__all__ = ["AnswersDesk"]


class AnswersDesk(PackageDesk):
    """Answers from files."""

    def take_answers(self, differences: Iterable[Difference], file: str) -> tuple[Difference, ...]:
        """Take the differences over to the list, in one step that can be taken back. `file` is the name of where they come from.

        Answers with those that were left: files, items that are gone, and entries that were changed since they were compared.
        """
        changed: dict[str, WorkItem] = {}
        left: list[Difference] = []
        for difference in differences:
            old = changed.get(difference.key) or self._items.get(difference.key)
            if old is None or not difference.can_be_taken or _now(old, difference.entry) != difference.mine:
                left.append(difference)
                continue
            changed[difference.key] = _with(old, difference)
        puts = [item for key, item in changed.items() if item != self._items[key]]
        if puts:
            self._step("take_answers", puts, values=(("file", file), ("count", str(len(puts)))))
        return tuple(left)


def _now(item: WorkItem, entry: Entry) -> str:
    match entry:
        case Entry.ANSWER:
            return item.answer or ""
        case Entry.OWNER:
            return item.owner or ""
        case Entry.DUE:
            return item.due or ""
        case Entry.NOTE:
            return item.note
        case Entry.STATE:
            return item.state.value
    return ""


def _with(item: WorkItem, difference: Difference) -> WorkItem:
    text = difference.theirs
    match difference.entry:
        case Entry.ANSWER:
            return replace(item, answer=text or None)
        case Entry.OWNER:
            return replace(item, owner=text or None)
        case Entry.DUE:
            return replace(item, due=text or None)
        case Entry.NOTE:
            return replace(item, note=text)
    state = ItemState(text)
    reason = item.reason if state is ItemState.REJECTED else None
    return replace(item, state=state, reason=reason, reviewed=item.reviewed or state is not ItemState.OPEN, changed=False)
