from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.core.checklist import DocumentSummary, Tender
from app.core.document import DocumentKind, Finding, Place, document_id
from app.core.errors import AnbudsklarError
from app.core.points import Fact, PointKind, Source
from app.core.work import Change, DocumentRecord, ItemState, Origin, WorkItem, new_key
from app.workflow.desk import Desk
from app.workflow.desk_state import records_of
from app.workflow.readiness import without_file
from app.workflow.writer import SerialWriter
from tests.support.desks import TENDER, desk_of, point, work
from tests.support.memory_store import MemoryStore


def states(items: tuple[WorkItem, ...]) -> list[ItemState]:
    return [item.state for item in items]


def test_a_decision_is_shown_at_once_written_and_told() -> None:
    desk, store = desk_of(work(1), work(2))
    told: list[Change] = []
    desk.subscribe(told.append)
    desk.done([work(1).key])
    assert desk.item(work(1).key).state is ItemState.DONE
    assert store.items(TENDER)[0].state is ItemState.DONE
    assert told[0].records == (desk.item(work(1).key),)
    assert told[-1].entry is not None
    assert told[-1].entry.action == "done"


def test_what_changes_nothing_is_no_step() -> None:
    desk, store = desk_of(replace(work(1), state=ItemState.DONE, reviewed=True))
    desk.done([work(1).key])
    desk.answer(work(1).key, "  ")
    assert store.writes == 0


def test_undo_and_redo_go_through_everything_that_was_done() -> None:
    desk, _ = desk_of(work(1), work(2))
    one, two = work(1).key, work(2).key
    desk.reject([one], "gäller bara utländska företag")
    desk.answer(two, "Ja")
    desk.merge([one, two])
    assert len(desk.items()) == 1
    for _ in range(3):
        desk.undo()
    assert desk.items() == (work(1), work(2))
    assert not desk.can_undo
    for _ in range(3):
        desk.redo()
    assert len(desk.items()) == 1
    assert desk.items()[0].answer == "Ja"
    assert not desk.can_redo


def test_undo_works_on_a_desk_that_was_opened_later() -> None:
    desk, store = desk_of(work(1))
    desk.assign([work(1).key], "Lina")
    later = type(desk)(records_of(TENDER, store), store, SerialWriter())
    assert next(entry.action for entry in later.history() if not entry.undone) == "assign"
    later.undo()
    assert later.item(work(1).key).owner is None


def test_a_decision_says_that_the_change_was_seen() -> None:
    desk, _ = desk_of(*(work(number, changed=True) for number in (1, 2, 3)))
    desk.keep([work(1).key])
    desk.done([work(2).key])
    desk.reject([work(3).key], "annan del")
    assert [(item.state, item.changed) for item in desk.items()] == [
        (ItemState.OPEN, False),
        (ItemState.DONE, False),
        (ItemState.REJECTED, False),
    ]


def test_typing_on_is_one_step() -> None:
    desk, _ = desk_of(work(1), work(2))
    for text in ("V", "Vi", "Vi har"):
        desk.answer(work(1).key, text)
    desk.answer(work(2).key, "Nej")
    desk.undo()
    assert desk.item(work(1).key).answer == "Vi har"
    desk.undo()
    assert desk.item(work(1).key).answer is None


def test_a_split_keeps_the_quotes_and_the_order() -> None:
    desk, _ = desk_of(work(1), work(2))
    parts = desk.split(work(1).key, ["Beskriv punkt 1", "hur den uppfylls."])
    assert [part.item.source.quote for part in parts] == ["Beskriv punkt 1", "hur den uppfylls."]
    assert [item.key for item in desk.items()] == [parts[0].key, parts[1].key, work(2).key]
    assert all(part.origin is Origin.SPLIT for part in parts)
    with pytest.raises(ValueError, match="two"):
        desk.split(work(2).key, ["only one", " "])


def test_a_merged_item_keeps_answers_files_and_all_places() -> None:
    desk, _ = desk_of(replace(work(1), answer="ett"), replace(work(2), answer="två", owner="Omar"))
    desk.link([work(2).key], Path("/bud/cv.pdf"), "ab", 3)
    one = desk.merge([work(2).key, work(1).key])
    assert (one.answer, one.owner) == ("ett\n\ntvå", "Omar")
    assert [source.quote for source in one.item.also] == [work(2).item.source.quote]
    assert [link.path for link in desk.links_of(one.key)] == [str(Path("/bud/cv.pdf"))]


def test_an_added_item_stands_where_its_text_stands() -> None:
    desk, _ = desk_of(work(1), work(2), replace(work(3), item=point(3, page=9)))
    added = desk.add("Bifoga  en plan", PointKind.ATTACHMENT, True, Source("doc", "Bifoga en plan", Place(5)))
    assert [item.key for item in desk.items()] == [work(1).key, work(2).key, added.key, work(3).key]
    assert added.item.text == "Bifoga en plan"


def test_an_edit_keeps_what_was_found_beside_it() -> None:
    desk, _ = desk_of(work(1))
    desk.edit(work(1).key, text="Med egna ord", must=False)
    item = desk.item(work(1).key)
    assert (item.item.text, item.item.must, item.found) == ("Med egna ord", False, point(1))


def test_readiness_counts_what_the_bid_must_deal_with() -> None:
    contract = replace(work(4), item=point(4, PointKind.CONTRACT))
    desk, _ = desk_of(
        work(1), replace(work(2), state=ItemState.REJECTED), replace(work(3), owner="Lina", reviewed=True), contract
    )
    desk.done([work(1).key])
    ready = desk.readiness()
    assert (ready.total, ready.done, ready.missing, ready.must_missing, ready.unreviewed) == (2, 1, 1, 1, 0)
    assert ready.owners == (("Lina", 1),)


def test_own_facts_come_before_found_ones_and_can_be_taken_back() -> None:
    desk, _ = desk_of()
    desk.edit_fact("name", "Drift 2027")
    assert desk.tender.value("name") == "Drift 2027"
    desk.edit_fact("name", None)
    assert desk.tender.value("name") == "Upphandling av drift"


class LaterWriter:
    """Does the work when told, like a thread that is slow."""

    def __init__(self) -> None:
        self.queue: list[tuple[Callable[[], Any], Callable[[Any], None], Callable[[Finding], None]]] = []

    def submit(self, work: Callable[[], Any], then: Callable[[Any], None], failed: Callable[[Finding], None]) -> None:
        self.queue.append((work, then, failed))

    def run(self) -> None:
        queue, self.queue = self.queue, []
        results = []
        for job, then, failed in queue:  # all of it on the writer's side first: the answers arrive late
            try:
                results.append((then, job()))
            except AnbudsklarError as error:
                results.append((failed, error.finding()))
        for answer, result in results:
            answer(result)


def test_what_could_not_be_written_is_kept_and_written_in_order() -> None:
    writer = LaterWriter()
    desk, store = desk_of(work(1), writer=writer)
    troubles: list[Finding | None] = []
    desk.on_trouble(troubles.append)
    store.full = True
    desk.assign([work(1).key], "Lina")
    desk.assign([work(1).key], "Omar")
    writer.run()
    assert troubles[0] is not None
    assert troubles[0].code == "vault.disk_full"
    assert desk.unsaved == 2
    assert desk.item(work(1).key).owner == "Omar"
    store.full = False
    desk.assign([work(1).key], "Eva")
    writer.run()
    assert [entry.values[0][1] for entry in store.entries] == ["Lina", "Omar", "Eva"]
    assert store.items(TENDER)[0].owner == "Eva"
    assert desk.unsaved == 0
    assert troubles[-1] is None


def test_what_is_done_while_an_undo_is_on_its_way_stays() -> None:
    """The undo's answer came last and took the newer step off the desk, but not out of the vault."""
    writer = LaterWriter()
    desk, store = desk_of(work(1), writer=writer)
    desk.assign([work(1).key], "Lina")
    writer.run()
    desk.undo()
    desk.assign([work(1).key], "Omar")
    writer.run()
    assert desk.item(work(1).key).owner == "Omar"
    assert desk.items() == store.items(TENDER)
    desk.assign([work(1).key], "Eva")
    desk.undo()
    writer.run()
    assert desk.item(work(1).key).owner == "Omar"
    assert desk.items() == store.items(TENDER)


def test_nothing_is_undone_while_something_is_unsaved() -> None:
    desk, store = desk_of(work(1))
    desk.assign([work(1).key], "Lina")
    store.full = True
    desk.assign([work(1).key], "Omar")
    desk.undo()
    assert desk.item(work(1).key).owner == "Omar"
    assert not any(entry.undone for entry in store.entries)


def document(name: str, **fields: Any) -> DocumentRecord:
    summary = DocumentSummary(document_id(name), name, DocumentKind.PDF, "ab", unreadable_pages=(2, 3, 4))
    return DocumentRecord(new_key(), TENDER, 0, summary, "ab", **fields)


def test_pages_are_acknowledged_together_and_taken_back() -> None:
    desk, _ = desk_of()
    paper = document("a.pdf")
    desk.take_in(desk.tender.found, [paper], [], run="1", lasting=True)
    desk.acknowledge(paper.key, [2, 3])
    assert desk.readiness().unread_pages == 1
    desk.acknowledge(paper.key, [3], seen=False)
    assert desk.documents[0].acknowledged == (2,)
    desk.undo()
    desk.undo()
    assert desk.readiness().unread_pages == 3


def test_a_document_leaves_with_its_items_links_and_facts() -> None:
    paper, other = document("a.pdf"), document("b.pdf")
    facts = (
        Fact("buyer", "Norrby kommun", Source(paper.summary.id, "Norrby kommun"), 5),
        Fact("reference", "N 2026/7", Source(other.summary.id, "N 2026/7"), 5),
    )
    item = replace(work(1), item=replace(point(1), source=Source(paper.summary.id, "Beskriv")))
    desk, _ = desk_of(item, work(2))
    desk.take_in(Tender(buyer="Norrby kommun", reference="N 2026/7", facts=facts), [paper, other], [], run="1", lasting=True)
    desk.link([item.key], Path("/bud/cv.pdf"), "ab", 3)
    desk.remove_document(paper.key)
    assert (desk.tender.value("buyer"), desk.tender.value("reference")) == (None, "N 2026/7")
    assert [record.key for record in desk.documents] == [other.key]
    assert [record.key for record in desk.items()] == [work(2).key]
    assert desk.links == ()
    desk.undo()
    assert desk.tender.value("buyer") == "Norrby kommun"
    assert len(desk.links_of(item.key)) == 1


def test_typing_right_after_an_undo_is_a_step_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was joined to the step before the one taken back, and what that had said was in no step any more."""
    desk, _ = desk_of(work(1))
    now = 100.0
    monkeypatch.setattr("app.workflow.desk_state.monotonic", lambda: now)
    desk.answer(work(1).key, "Vi har tre")
    now += 60
    desk.answer(work(1).key, "Vi har tre konsulter")
    desk.undo()
    desk.answer(work(1).key, "Nej")
    desk.undo()
    assert desk.item(work(1).key).answer == "Vi har tre"


def test_what_another_document_asks_for_too_stays_when_one_leaves() -> None:
    paper, other = document("a.pdf"), document("b.pdf")
    here, there = Source(paper.summary.id, "Bifoga intyg"), Source(other.summary.id, "Intyg bifogas")
    first = replace(work(1, answer="bifogat"), item=replace(point(1), source=here, also=(there,), headings=("3 Krav",)))
    second = replace(work(2), item=replace(point(2), source=there, also=(here,), headings=("1 Anbud",)))
    desk, _ = desk_of(first, second)
    desk.take_in(desk.tender.found, [paper, other], [], run="1", lasting=True)
    desk.remove_document(paper.key)
    assert [(item.item.source, item.item.also, item.item.headings) for item in desk.items()] == [
        (there, (), ()),
        (there, (), ("1 Anbud",)),
    ]
    assert desk.items()[0].answer == "bifogat"
    desk.undo()
    assert [item.item.source for item in desk.items()] == [here, there]


def test_a_fault_of_the_program_while_writing_loses_no_step(monkeypatch: pytest.MonkeyPatch) -> None:
    desk, store = desk_of(work(1), writer=FaultyWriter())
    troubles: list[Finding | None] = []
    desk.on_trouble(troubles.append)
    write = store.write
    monkeypatch.setattr(store, "write", _fails)
    desk.assign([work(1).key], "Lina")
    desk.assign([work(1).key], "Omar")
    assert troubles[0] is not None
    assert desk.unsaved == 2
    monkeypatch.setattr(store, "write", write)
    desk.retry()
    assert [entry.values[0][1] for entry in store.entries] == ["Lina", "Omar"]
    assert desk.unsaved == 0


class FaultyWriter(SerialWriter):
    """Tells a fault of the program as the window's writer does."""

    def submit(self, work: Callable[[], Any], then: Callable[[Any], None], failed: Callable[[Finding], None]) -> None:
        try:
            super().submit(work, then, failed)
        except MemoryError:
            failed(Finding("error", ""))


def _fails(*_arguments: object) -> None:
    raise MemoryError


def test_typing_after_a_pause_is_a_step_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    desk, _ = desk_of(work(1))
    now = 100.0
    monkeypatch.setattr("app.workflow.desk_state.monotonic", lambda: now)
    desk.answer(work(1).key, "Vi har tre")
    now += 60
    desk.answer(work(1).key, "Vi har tre konsulter")
    desk.undo()
    assert desk.item(work(1).key).answer == "Vi har tre"


def acted(desk: Desk) -> list[tuple[str, bool]]:
    return [(entry.action, entry.undone) for entry in desk.history()]


def test_the_way_back_goes_through_a_tender_that_was_put_away_and_taken_back() -> None:
    desk, store = desk_of(work(1))
    key = work(1).key
    desk.done([key])
    desk.archive()
    desk.archive(False)
    now = desk_of_store(store)
    now.undo()
    assert (now.item(key).state, now.tender.archived, now.can_undo) == (ItemState.OPEN, None, False)
    now.redo()
    assert (now.item(key).state, now.tender.archived, now.can_redo) == (ItemState.DONE, None, False)
    assert acted(now) == [("unarchive", False), ("archive", False), ("done", False)]


def test_older_steps_come_from_the_vault_when_they_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.workflow.desk_state._HISTORY", 3)
    desk, store = desk_of(*[work(number) for number in range(1, 9)])
    for number in range(1, 9):
        desk.done([work(number).key])
    now = desk_of_store(store)
    assert (len(now.history()), now.history_whole) == (3, False)
    told: list[int] = []
    while not now.history_whole:
        now.recall(lambda: told.append(len(now.history())), unheard)
    assert told == [6, 8]
    assert now.history() == tuple(reversed(store.entries))
    assert len(now.history(work(1).key)) == 1


def test_undo_goes_on_beyond_the_steps_that_are_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.workflow.desk_state._HISTORY", 3)
    desk, store = desk_of(*[work(number) for number in range(1, 6)])
    for number in range(1, 6):
        desk.done([work(number).key])
    now = desk_of_store(store)
    for _ in range(5):
        assert now.can_undo
        now.undo()
    assert {item.state for item in now.items()} == {ItemState.OPEN}
    assert now.history() == tuple(reversed(store.entries))


def test_that_undo_waits_for_what_is_not_saved_is_told() -> None:
    desk, store = desk_of(work(1))
    told: list[Finding | None] = []
    desk.on_trouble(told.append)
    store.full = True
    desk.done([work(1).key])
    desk.undo()
    assert told[-1] is not None
    assert told[-1].code == "vault.undo_waits"
    assert desk.item(work(1).key).state is ItemState.DONE
    store.full = False
    desk.undo()
    assert desk.item(work(1).key).state is ItemState.OPEN


def unheard(finding: Finding) -> None:
    raise AssertionError(finding)


def desk_of_store(store: MemoryStore) -> Desk:
    """The tender as it is opened again."""
    return Desk(records_of(TENDER, store), store, SerialWriter())


def test_many_files_are_linked_in_one_step_and_only_where_something_changes() -> None:
    desk, store = desk_of(work(1), work(2))
    one, two = work(1).key, work(2).key
    desk.link([one], Path("/bud/cv.pdf"), "ab", 3)
    before = store.writes
    desk.link_many([(one, Path("/bud/cv.pdf"), "ab", 3)])
    assert store.writes == before
    desk.link_many([(one, Path("/bud/cv.pdf"), "cd", 4), (two, Path("/bud/ref.pdf"), "ef", 5)])
    assert {(link.item, link.path, link.sha256) for link in desk.links} == {
        (one, "/bud/cv.pdf", "cd"),
        (two, "/bud/ref.pdf", "ef"),
    }
    assert store.writes == before + 1
    desk.undo()
    assert [(link.item, link.sha256) for link in desk.links] == [(one, "ab")]


def test_attachments_that_must_have_a_file_and_lack_one_are_counted() -> None:
    needed, optional = point(1, PointKind.ATTACHMENT), point(2, PointKind.ATTACHMENT, must=False)
    rejected = replace(work(3, item=point(3, PointKind.ATTACHMENT)), state=ItemState.REJECTED)
    desk, _ = desk_of(work(1, item=needed), work(2, item=optional), rejected, work(4))
    assert without_file(desk.items(), desk.links) == (work(1).key,)
    desk.link([work(1).key], Path("/bud/cv.pdf"), "ab", 3)
    assert without_file(desk.items(), desk.links) == ()
