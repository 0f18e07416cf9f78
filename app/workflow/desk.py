"""One open tender and everything that the user can do to it. Every action is one step that can be taken back, any time later."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.core.checklist import Tender
from app.core.points import PointKind, Source, UnassignedLine
from app.core.work import Change, DocumentRecord, FileLink, ItemState, Record, WorkItem, new_key
from app.workflow import reshaping
from app.workflow.answers_desk import AnswersDesk

__all__ = ["Desk"]


class Desk(AnswersDesk):
    """An open tender: its records, and the actions on them."""

    # --- decisions about items

    def keep(self, keys: Sequence[str]) -> None:
        """The item is asked for: it has been looked at, as it says now, and stays."""
        self._change_items("keep", keys, reviewed=True, changed=False)

    def done(self, keys: Sequence[str]) -> None:
        """The bid has what the item asks for."""
        self._change_items("done", keys, state=ItemState.DONE, reviewed=True, reason=None, changed=False)

    def reopen(self, keys: Sequence[str]) -> None:
        """Not done after all."""
        self._change_items("reopen", keys, state=ItemState.OPEN)

    def reject(self, keys: Sequence[str], reason: str) -> None:
        """The item is not asked of this bidder, because of `reason`."""
        why = reason.strip() or None
        self._change_items(
            "reject", keys, (("reason", reason),), state=ItemState.REJECTED, reviewed=True, reason=why, changed=False
        )

    def restore(self, keys: Sequence[str]) -> None:
        """Back on the list; also undoes an edit that hid what was found and says that a change has been seen."""
        self._change_items("restore", keys, state=ItemState.OPEN, reason=None, changed=False)

    def edit(
        self,
        key: str,
        *,
        text: str | None = None,
        kind: PointKind | None = None,
        must: bool | None = None,
        number: str | None = None,
    ) -> None:
        """Say it in other words, or as another kind. What was found stays beside it."""
        old = self._items[key]
        item = replace(
            old.item,
            text=old.item.text if text is None else text,
            kind=old.item.kind if kind is None else kind,
            must=old.item.must if must is None else must,
            number=old.item.number if number is None else number or None,
        )
        if item != old.item:
            self._step("edit", [replace(old, item=item, found=old.found or old.item, reviewed=True)])

    def split(self, key: str, texts: Sequence[str]) -> tuple[WorkItem, ...]:
        """An item for each text, instead of the one. Raises ValueError for fewer than two texts."""
        wanted = [text.strip() for text in texts if text.strip()]
        if len(wanted) < 2:
            raise ValueError("splitting needs at least two texts")
        whole, parts = reshaping.split(self._items[key], wanted)
        self._step("split", [whole, *parts], values=(("count", str(len(parts))),))
        return parts

    def merge(self, keys: Sequence[str]) -> WorkItem:
        """One item instead of several, in the order of the list. Raises ValueError for fewer than two."""
        chosen = [item for item in self.items() if item.key in set(keys)]
        if len(chosen) < 2:
            raise ValueError("merging needs at least two items")
        replaced, one = reshaping.merged(chosen)
        moved = [replace(link, key=new_key(), item=one.key) for item in chosen for link in self.links_of(item.key)]
        self._step("merge", [*replaced, one, *moved], values=(("count", str(len(chosen))),))
        return one

    def add(self, text: str, kind: PointKind, must: bool, source: Source, headings: Sequence[str] = ()) -> WorkItem:
        """An item of the user's own, from marked text."""
        item = self._added(text, kind, must, source, headings)
        self._step("add", [item])
        return item

    def promote(self, document: DocumentRecord, line: UnassignedLine) -> WorkItem:
        """An unassigned line becomes a requirement on the list."""
        item = self._added(line.text, PointKind.REQUIREMENT, True, Source(document.summary.id, line.text, line.place), ())
        self._step("promote", [item])
        return item

    # --- work on items

    def answer(self, key: str, text: str | None) -> None:
        """What the bid answers. Typing on is one step."""
        old = self._items[key]
        new = text if text and text.strip() else None
        if new != old.answer:
            self._typed("answer", key, replace(old, answer=new), (("item", key),))

    def note(self, key: str, text: str) -> None:
        """A note to oneself. Typing on is one step."""
        if text != self._items[key].note:
            self._typed("note", key, replace(self._items[key], note=text), (("item", key),))

    def assign(self, keys: Sequence[str], owner: str | None) -> None:
        """Who sees to it."""
        name = (owner or "").strip() or None
        self._change_items("assign", keys, (("owner", name or ""),), owner=name)

    def due(self, keys: Sequence[str], day: str | None) -> None:
        """By when, as a local date (ISO 8601)."""
        self._change_items("due", keys, (("day", day or ""),), due=day)

    def type_owner(self, key: str, owner: str | None) -> None:
        """As `assign`, as far as it is typed. Typing on is one step, which says the last name."""
        name = (owner or "").strip() or None
        if name != self._items[key].owner:
            self._typed(
                "assign", key, replace(self._items[key], owner=name), (("item", key), ("owner", name or ""), ("count", "1"))
            )

    def type_due(self, key: str, day: str | None) -> None:
        """As `due`, as far as it is typed. Typing on is one step, which says the last day."""
        if day != self._items[key].due:
            self._typed("due", key, replace(self._items[key], due=day), (("item", key), ("day", day or ""), ("count", "1")))

    def link(self, keys: Sequence[str], path: Path, sha256: str, size: int) -> None:
        """The file answers the items."""
        known = {(link.item, link.path): link for key in keys for link in self.links_of(key)}
        new = []
        for key in keys:
            old = known.get((key, str(path)))
            new.append(FileLink(old.key if old else new_key(), self.key, key, str(path), sha256, size))
        self._step("link", new, values=(("file", path.name),))

    def link_many(self, pairs: Iterable[tuple[str, Path, str, int]]) -> None:
        """Files answer items, in one step: the item's key, the file's path, hash and size of each pair."""
        new = {}
        for key, path, sha256, size in pairs:
            old = next((link for link in self.links_of(key) if link.path == str(path)), None)
            link = FileLink(old.key if old else new_key(), self.key, key, str(path), sha256, size)
            if link != old:
                new[key, str(path)] = link
        if new:
            self._step("link_many", list(new.values()), values=(("count", str(len(new))),))

    def unlink(self, key: str) -> None:
        """The linked file does not answer the item."""
        self._step("unlink", [], [key], (("file", Path(self._links[key].path).name),))

    # --- the procurement

    def acknowledge(self, document: str, pages: Iterable[int], seen: bool = True) -> None:
        """The user has (or has not) looked at unreadable pages in another way."""
        record = self._documents[document]
        these = set(pages)
        acknowledged = {*record.acknowledged} | these if seen else {*record.acknowledged} - these
        if acknowledged != set(record.acknowledged):
            new = replace(record, acknowledged=tuple(sorted(acknowledged)))
            self._step("acknowledge" if seen else "acknowledge_not", [new], values=(("count", str(len(these))),))

    def edit_fact(self, name: str, value: str | None) -> None:
        """The user's own value of a fact; None goes back to what was found, an empty text says there is none."""
        edits = dict(self.tender.edits)
        if value is None:
            edits.pop(name, None)
        else:
            edits[name] = value.strip()
        if edits != dict(self.tender.edits):
            self._step("edit_fact", [replace(self.tender, edits=tuple(sorted(edits.items())))], values=(("fact", name),))

    def remove_document(self, document: str) -> None:
        """Take a document and what only it asks for off the tender; facts that it gave as well."""
        from app.checklist.tender import choose

        record = self._documents[document]
        gone, kept = reshaping.without_document(self._items.values(), record.summary.id)
        links = [link.key for link in self._links.values() if link.item in set(gone)]
        found = self.tender.found
        facts = tuple(fact for fact in found.facts if fact.source.document != record.summary.id)
        puts: list[Record] = [*kept]
        if facts != found.facts:
            puts.append(replace(self.tender, found=choose(facts)))
        self._step("remove_document", puts, [document, *gone, *links], (("file", record.summary.name),))

    def archive(self, archived: bool = True) -> None:
        """Put the tender away, or take it back."""
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
        self._step("archive" if archived else "unarchive", [replace(self.tender, archived=now if archived else None)])

    def take_in(
        self,
        found: Tender,
        documents: Iterable[DocumentRecord],
        items: Iterable[WorkItem],
        gone: Iterable[str] = (),
        *,
        run: str,
        lasting: bool,
    ) -> None:
        """What reading brought: records that are new or changed, and keys that are no more. One run is one step.

        What does not last is shown and not written: more of it is on its way.
        """
        puts: list[Record] = [*documents, *items]
        if found != self.tender.found:
            puts.append(replace(self.tender, found=found))
        deletes = tuple(gone)
        if not lasting:
            for key in [*(record.key for record in puts), *deletes]:
                self._provisional.setdefault(key, self._record(key))
            self._apply(Change(tuple(puts), deletes))
            return
        brought = {*(record.key for record in puts), *deletes}
        left = {key: self._record(key) for key in self._provisional if key not in brought}
        puts += [record for record in left.values() if record is not None]
        deletes += tuple(key for key, record in left.items() if record is None and self._provisional[key] is not None)
        if puts or deletes:
            self._step("read", puts, deletes, (("run", run),), merge=True)
        self._provisional.clear()

    def drop_provisional(self) -> None:
        """Reading ended before what was only shown could be kept: the desk is as the vault has it again."""
        before, self._provisional = self._provisional, {}
        records = tuple(record for record in before.values() if record is not None)
        gone = tuple(key for key, record in before.items() if record is None and self._record(key) is not None)
        if records or gone:
            self._apply(Change(records, gone))

    def undo(self) -> None:
        """As `DeskState.undo`. What is typed afterwards is a step of its own: it goes on with nothing."""
        self._last_typed = None
        super().undo()

    def redo(self) -> None:
        """As `undo`."""
        self._last_typed = None
        super().redo()

    # --- how

    def _change_items(self, action: str, keys: Sequence[str], values: tuple[tuple[str, str], ...] = (), **fields: Any) -> None:
        changed = []
        for key in keys:
            old = self._items[key]
            if any(getattr(old, name) != value for name, value in fields.items()):
                changed.append(replace(old, **fields))
        if changed:
            self._step(action, changed, values=(*values, ("count", str(len(changed)))))

    def _added(self, text: str, kind: PointKind, must: bool, source: Source, headings: Sequence[str]) -> WorkItem:
        place = reshaping.own_place(self.items(), source)
        return reshaping.added(self.key, " ".join(text.split()), kind, must, source, headings, place)
