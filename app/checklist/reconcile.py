"""A newer list meets the work already done: what the user decided stays with the passage it was decided for.

Items are recognised by their identity, which follows the passage. A passage that was changed has another one: its item is
recognised by place and likeness (`successors`), goes on with all that was done, and is marked as changed. Nothing that the user
has worked on is ever removed: what the newest documents no longer ask for is marked as withdrawn.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from app.checklist.successors import successors
from app.core.checklist import ChecklistItem
from app.core.work import ItemState, Origin, WorkItem, new_key

__all__ = ["Reconciled", "is_untouched", "reconcile"]


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Records that are new or changed, and the keys of those that are no more."""

    puts: tuple[WorkItem, ...] = ()
    gone: tuple[str, ...] = ()


def reconcile(
    tender: str, existing: Mapping[str, WorkItem], newest: Sequence[ChecklistItem], linked: Collection[str] = ()
) -> Reconciled:
    """What must change among the `existing` items for the list to say what the `newest` one does.

    `linked` are the keys of items that have files. Found items stand at whole numbers, the user's own between them.
    """
    by_identity = {(item.found or item.item).id: item for item in existing.values() if item.origin is Origin.FOUND}
    heirs = _heirs(by_identity, newest, linked)
    puts: list[WorkItem] = []
    moved: dict[str, float] = {}
    for index, item in enumerate(newest):
        old = by_identity.pop(item.id, None)
        if old is None and item.id in heirs:
            old = existing[heirs[item.id]]
            by_identity.pop((old.found or old.item).id)
        if old is None:
            puts.append(WorkItem(new_key(), tender, float(index), item))
            continue
        new = replace(_renewed(old, item), position=float(index), withdrawn=False)
        if old.position != new.position:
            moved[old.key] = new.position - old.position
        if new != old:
            puts.append(new)
    gone = []
    for old in by_identity.values():
        if is_untouched(old) and old.key not in linked:
            gone.append(old.key)
        elif not old.withdrawn:
            puts.append(replace(old, withdrawn=True))
    puts.extend(_followers(existing, moved))
    return Reconciled(tuple(puts), tuple(gone))


def _heirs(by_identity: Mapping[str, WorkItem], newest: Sequence[ChecklistItem], linked: Collection[str]) -> dict[str, str]:
    """For new identities, the keys of items whose place they take: of what has been worked on. What was split or merged lives
    on in others."""
    kept = {item.id for item in newest}
    gone = (item for identity, item in by_identity.items() if identity not in kept and not item.replaced)
    lost = [item for item in gone if not is_untouched(item) or item.key in linked]
    if not lost:
        return {}
    order = sorted(by_identity, key=lambda identity: by_identity[identity].position)
    fresh = [item for item in newest if item.id not in by_identity]
    return {new: key for key, new in successors(lost, fresh, order, [item.id for item in newest]).items()}


def is_untouched(item: WorkItem) -> bool:
    """Whether nothing would be lost with it."""
    return (
        item.state is ItemState.OPEN
        and not item.reviewed
        and not item.replaced
        and item.found is None
        and not (item.answer or item.owner or item.due or item.note)
    )


def _renewed(old: WorkItem, item: ChecklistItem) -> WorkItem:
    found = old.found or old.item
    if found == item:
        return old
    differs = _asks(found) != _asks(item) and (found.id != item.id or not is_untouched(old))
    changed = old.changed or differs
    # Until a change has been seen, the words before the first one are those that the user knows.
    was = found if differs and not old.changed else old.was
    if old.found is None:
        return replace(old, item=item, changed=changed, was=was)
    # The user's words stay, their place follows the document.
    shown = replace(old.item, id=item.id, source=item.source, headings=item.headings, also=item.also)
    return replace(old, item=shown, found=item, changed=changed, was=was)


def _asks(item: ChecklistItem) -> tuple[object, ...]:
    """What a change of matters to the bidder: not a page more or less before it."""
    return item.kind, item.must, item.text, item.when, item.lot, item.answer


def _followers(existing: Mapping[str, WorkItem], moved: Mapping[str, float]) -> list[WorkItem]:
    """The parts of what moved, at the same distance from it; and their parts in turn."""
    shifts = dict(moved)
    followers: list[WorkItem] = []
    waiting = [item for item in existing.values() if item.parents]
    while waiting:
        later = []
        for item in waiting:
            shift = shifts.get(item.parents[0])
            if shift is None:
                later.append(item)
            else:
                shifts[item.key] = shift
                followers.append(replace(item, position=item.position + shift))
        if len(later) == len(waiting):
            break
        waiting = later
    return followers
