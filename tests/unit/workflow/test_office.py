from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.checklist import Tender
from app.core.library import LibraryKind
from app.core.points import PointKind
from app.core.work import ItemState
from app.storage.keychain import Keychain
from app.workers.serial import SerialRunner
from app.workflow.intake import Intake, basis_of, settle
from app.workflow.office import Office, checklist_of, export_list, taken_from, work_of
from app.workflow.opening import Vault
from app.workflow.writer import SerialWriter
from tests.support.desks import desk_of, point, work
from tests.support.keyrings import MemoryKeyring


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    created = Vault.create(tmp_path / "vault", keychain=Keychain(MemoryKeyring()))
    with created.vault as vault:
        yield Office(vault, SerialWriter())


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "inbjudan.txt"
    path.write_text("3.1 Krav\n\nAnbudsgivaren ska bifoga ett registreringsbevis till anbudet.\n", "utf-8")
    return path


def read(office: Office, path: Path) -> str:
    desk = office.create()
    intake = Intake(SerialRunner(), office.vault, lambda: basis_of(desk), lambda arrival: settle(desk, arrival))
    intake.read_paths([path], progress=lambda step: None, cancelled=lambda: False)
    return desk.key


def test_files_that_wait_to_be_read_are_remembered_as_long_as_their_tender_is_there(office: Office) -> None:
    first, second = office.create().key, office.create().key
    odd = Path("/anbud/\udce5 krav.pdf")  # half a character, as a name on a Linux disk may hold
    office.set_unread([(first, [odd]), (second, [Path("b.pdf")])])
    assert office.unread() == ((first, (odd,)), (second, (Path("b.pdf"),)))
    office.delete(second)
    assert office.unread() == ((first, (odd,)),)


def test_a_draft_goes_with_its_tender(office: Office) -> None:
    first, second = office.create().key, office.create().key
    office.set_draft((first, "edit", "i", "Anbudsgivaren"))
    office.delete(second)
    assert office.draft() == (first, "edit", "i", "Anbudsgivaren")
    office.delete(first)
    assert office.draft() is None


def test_a_tender_that_was_read_is_listed_opened_and_found(office: Office, paper: Path) -> None:
    key = read(office, paper)
    [overview] = office.tenders()
    assert (overview.record.key, overview.readiness.total, overview.documents) == (key, 1, 1)
    desk = office.open(key)
    assert [item.item.text for item in desk.items()] == [hit.text for hit in office.search("REGISTRERINGSBEVIS anbudet")]
    assert office.file(desk.documents[0]) == paper.read_bytes()


def test_the_overview_counts_as_the_desk_does(office: Office, paper: Path) -> None:
    desk = office.open(read(office, paper))
    desk.assign([desk.items()[0].key], "Lina")
    assert office.tenders()[0].readiness == desk.readiness()
    desk.done([desk.items()[0].key])
    assert office.tenders()[0].readiness == desk.readiness()


def test_work_is_there_when_the_tender_is_opened_again(office: Office, paper: Path) -> None:
    key = read(office, paper)
    desk = office.open(key)
    desk.done([desk.items()[0].key])
    again = office.open(key)
    assert again.items()[0].state is ItemState.DONE
    again.undo()
    assert again.items()[0].state is ItemState.OPEN


def test_an_archived_tender_comes_back(office: Office) -> None:
    key = office.create().key
    office.archive(key)
    assert office.tenders()[0].record.archived is not None
    office.open(key).archive(archived=False)
    assert office.tenders()[0].record.archived is None


def test_a_deleted_tender_is_gone(office: Office, paper: Path) -> None:
    key = read(office, paper)
    office.delete(key)
    assert office.tenders() == ()
    assert office.search("registreringsbevis") == ()


def test_the_list_is_exported_as_the_user_has_it(office: Office, paper: Path, tmp_path: Path) -> None:
    desk = office.open(read(office, paper))
    desk.edit_fact("name", "Drift 2027")
    desk.edit(desk.items()[0].key, text="Registreringsbeviset")
    target = tmp_path / "lista.json"
    export_list(checklist_of(taken_from(desk)), target, "json", "sv", lambda finding, language: finding.code)
    text = target.read_text("utf-8")
    assert "Registreringsbeviset" in text
    assert "Drift 2027" in text
    assert checklist_of(taken_from(desk), []).items == ()


def test_what_was_never_found_can_be_said_by_the_user(office: Office) -> None:
    desk = office.create()
    assert checklist_of(taken_from(desk)).tender == Tender()
    desk.edit_fact("buyer", "Norrby kommun")
    assert checklist_of(taken_from(desk)).tender.buyer == "Norrby kommun"


def test_the_sample_has_one_tender_until_that_is_deleted(office: Office) -> None:
    first = office.sample()
    assert office.sample() == first
    assert [tender.record.key for tender in office.tenders()] == [first]
    office.delete(first)
    assert office.sample() != first


def test_duties_after_award_come_along_when_nothing_of_the_tender_is_filtered_away() -> None:
    duty, dropped = work(3, item=point(3, PointKind.CONTRACT)), work(4, state=ItemState.REJECTED)
    desk, _ = desk_of(work(1), work(2), duty, dropped)
    everything = [item.key for item in desk.items() if item not in (duty, dropped)]
    listed = checklist_of(taken_from(desk), everything)
    assert [item.number for item in listed.items] == ["3.1", "3.2", "3.3"]
    assert work_of(taken_from(desk), listed).left_out == 0
    some = checklist_of(taken_from(desk), everything[:1])
    assert [item.number for item in some.items] == ["3.1"]
    assert work_of(taken_from(desk), some).left_out == 1


def test_the_work_is_that_of_the_moment_when_it_was_asked_for(tmp_path: Path) -> None:
    desk, _ = desk_of(work(1))
    key = desk.items()[0].key
    desk.answer(key, "Ja")
    desk.link([key], tmp_path / "bevis.pdf", "a" * 64, 7)
    listed = checklist_of(taken_from(desk))
    made = work_of(taken_from(desk), listed)
    desk.answer(key, "Nej")
    assert made.items["id1"].answer == "Ja"
    assert [link.size for link in made.files_of(listed.items[0])] == [7]


def test_the_library_and_earlier_answers_belong_to_all_tenders(office: Office, paper: Path, tmp_path: Path) -> None:
    kept = office.library.take_in(paper, "Registreringsbevis", LibraryKind.REGISTRATION, issued="2026-09-14")
    assert office.library.documents() == (kept,)
    placed = office.library.place(kept, tmp_path / "anbud", office.create().key, "Drift")
    assert placed.path.read_bytes() == paper.read_bytes()
    first, second = office.open(read(office, paper)), office.create()
    first.answer(first.items()[0].key, "Registreringsbevis bifogas.")
    (found,) = office.answers("registreringsbevis", second.key)
    assert (found.tender, found.answer) == (first.key, "Registreringsbevis bifogas.")
    assert office.answers("registreringsbevis", first.key) == ()
