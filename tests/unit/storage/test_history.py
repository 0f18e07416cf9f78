"""Every step can be taken back and done again, any time later; the vault behaves as its twin in memory."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.core.work import Change, HistoryEntry, ItemState, Record
from app.storage.vault import Vault
from tests.support.memory_store import MemoryStore
from tests.support.vaults import TENDER, Home, contents, document, filled, item, link, tender


def said(entry: HistoryEntry | None) -> HistoryEntry | None:
    """An entry without its time."""
    return None if entry is None else replace(entry, at="")


def seen(change: Change | None) -> Any:
    return change and (set(change.records), set(change.gone), said(change.entry))


def test_undo_and_redo_go_on_after_opening_again(home: Home, vault: Vault) -> None:
    items = filled(vault)
    states = [contents(vault)]
    vault.write(TENDER, "done", [replace(items[0], state=ItemState.DONE)])
    states.append(contents(vault))
    vault.write(TENDER, "remove", [], [items[1].key, items[2].key, document(1).key])
    states.append(contents(vault))
    for expected in (states[1], states[0]):
        vault.close()
        vault = home.open()
        change = vault.undo(TENDER)
        assert change is not None
        assert change.entry is not None
        assert change.entry.undone
        assert contents(vault) == expected
    for expected in states[1:]:
        vault.close()
        vault = home.open()
        assert vault.redo(TENDER) is not None
        assert contents(vault) == expected
    assert vault.redo(TENDER) is None


def test_a_change_tells_what_is_and_what_is_gone(vault: Vault) -> None:
    items = filled(vault)
    new = item(50)
    vault.write(TENDER, "split", [replace(items[0], replaced=True), new], [items[1].key], [("count", "2")])
    change = vault.undo(TENDER)
    assert change is not None
    assert set(change.records) == {items[0], items[1]}
    assert change.gone == (new.key,)
    entry = said(change.entry)
    assert entry == HistoryEntry(2, TENDER, "", "split", (("count", "2"),), (items[0].key, new.key, items[1].key), True)


def test_a_name_typed_on_is_one_step_that_says_the_last_of_it(vault: Vault) -> None:
    (one, two, *_) = filled(vault)
    for name in ("Li", "Lina"):
        values = (("item", one.key), ("owner", name))
        vault.write(TENDER, "assign", [replace(one, owner=name)], values=values, merge=True)
    vault.write(TENDER, "assign", [replace(two, owner="Lina")], values=(("item", two.key), ("owner", "Lina")), merge=True)
    entries = vault.history(TENDER, 2)
    assert [entry.values for entry in entries] == [(("item", key.key), ("owner", "Lina")) for key in (two, one)]
    vault.undo(TENDER)
    vault.undo(TENDER)
    assert next(found for found in vault.items(TENDER) if found.key == one.key).owner is None


def test_typing_is_one_step(vault: Vault) -> None:
    (one, two, *_) = filled(vault)
    values = (("item", one.key),)
    for length in range(1, 30):
        text = "Vi har jour dygnet runt."[:length]
        vault.write(TENDER, "answer", [replace(one, answer=text)], values=values, merge=True)
    assert [entry.action for entry in vault.history(TENDER, 9)] == ["answer", "create"]
    vault.write(TENDER, "answer", [replace(two, answer="Annat")], values=(("item", two.key),), merge=True)
    assert len(vault.history(TENDER, 9)) == 3
    vault.undo(TENDER)
    vault.undo(TENDER)
    assert contents(vault)[one.key] == one
    vault.redo(TENDER)
    assert contents(vault)[one.key] == replace(one, answer="Vi har jour dygnet runt.")


def test_joined_steps_over_other_records_are_one_step(vault: Vault) -> None:
    items = filled(vault)
    before = contents(vault)
    run = (("run", "r1"),)
    vault.write(TENDER, "read", [item(60), replace(items[0], changed=True)], values=run, merge=True)
    vault.write(TENDER, "read", [item(61), replace(items[0], note="x")], [item(60).key], values=run, merge=True)
    vault.write(TENDER, "read", [item(60)], values=run, merge=True)
    after = contents(vault)
    assert said(vault.history(TENDER, 1)[0]) == HistoryEntry(
        2, TENDER, "", "read", run, (item(60).key, items[0].key, item(61).key)
    )
    vault.undo(TENDER)
    assert contents(vault) == before
    vault.redo(TENDER)
    assert contents(vault) == after


def test_a_new_step_forgets_what_was_undone(vault: Vault) -> None:
    (one, *_) = filled(vault)
    vault.write(TENDER, "note", [replace(one, note="a")])
    vault.undo(TENDER)
    vault.write(TENDER, "due", [replace(one, due="2026-12-01")])
    assert vault.redo(TENDER) is None
    assert [entry.action for entry in vault.history(TENDER, 9)] == ["due", "create"]


def test_the_tender_itself_outlives_its_first_step(vault: Vault) -> None:
    filled(vault)
    assert vault.undo(TENDER) is not None
    assert contents(vault) == {TENDER: tender()}
    assert vault.undo(TENDER) is None
    vault.redo(TENDER)
    assert len(contents(vault)) == 8


def test_history_comes_in_pages_newest_first(vault: Vault) -> None:
    (one, *_) = filled(vault)
    for number in range(7):
        vault.write(TENDER, "note", [replace(one, note=str(number))])
    pages = [vault.history(TENDER, 3), vault.history(TENDER, 3, 6), vault.history(TENDER, 3, 3)]
    assert [[entry.number for entry in page] for page in pages] == [[8, 7, 6], [5, 4, 3], [2, 1]]
    assert vault.history(TENDER, 3, 1) == ()


def test_a_step_over_many_records(vault: Vault) -> None:
    items = filled(vault, 4_100)  # more keys than one question may hold
    vault.write(TENDER, "done", [replace(one, state=ItemState.DONE) for one in items])
    vault.write(TENDER, "remove", [], [one.key for one in items])
    assert vault.items(TENDER) == ()
    vault.undo(TENDER)
    vault.undo(TENDER)
    assert set(vault.items(TENDER)) == set(items)


KEYS = st.integers(1, 6)


class VaultAndTwin(RuleBasedStateMachine):
    """Any sequence of steps, in a vault and in memory."""

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.home = Home(self.folder / "v")
        self.vault = self.home.create()
        self.vault.add_tender(tender())
        self.twin = MemoryStore(tender())

    def record(self, number: int, text: str) -> Record:
        made: list[Record] = [item(number, note=text), document(number, file="9" * 64, member=text), link(number, item(1))]
        return made[number % 3]

    @rule(
        puts=st.dictionaries(KEYS, st.text(max_size=3), max_size=4),
        drops=st.lists(KEYS, max_size=3, unique=True),
        action=st.sampled_from(["note", "read"]),
        merge=st.booleans(),
        named=st.booleans(),
    )
    def write(self, puts: dict[int, str], drops: list[int], action: str, merge: bool, named: bool) -> None:
        records = [self.record(number, text) for number, text in puts.items()]
        gone = [self.record(number, "").key for number in drops if number not in puts]
        values = (("value", "x"),) if named else ()
        made = self.vault.write(TENDER, action, records, gone, values, merge)
        assert said(made) == said(self.twin.write(TENDER, action, records, gone, values, merge))

    @rule(edits=st.text(max_size=3))
    def edit_tender(self, edits: str) -> None:
        record = tender(edits=(("name", edits),))
        assert said(self.vault.write(TENDER, "edit", [record])) == said(self.twin.write(TENDER, "edit", [record]))

    @rule()
    def undo(self) -> None:
        assert seen(self.vault.undo(TENDER)) == seen(self.twin.undo(TENDER))

    @rule()
    def redo(self) -> None:
        assert seen(self.vault.redo(TENDER)) == seen(self.twin.redo(TENDER))

    @rule()
    def open_again(self) -> None:
        self.vault.close()
        self.vault = self.home.open()

    @invariant()
    def same(self) -> None:
        if hasattr(self, "vault"):
            assert contents(self.vault) == self.twin.records
            assert [said(entry) for entry in self.vault.history(TENDER, 99)] == [
                said(entry) for entry in self.twin.history(TENDER, 99)
            ]

    def teardown(self) -> None:
        if hasattr(self, "vault"):
            self.home.close()
            shutil.rmtree(self.folder)


VaultAndTwin.TestCase.settings = settings(max_examples=20, stateful_step_count=25, deadline=None)
TestAnySequence = VaultAndTwin.TestCase
