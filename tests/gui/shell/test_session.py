"""What is open, selected and read, and where dropped files go."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from app.core.checklist import DocumentSummary, Tender
from app.core.document import DocumentKind
from app.core.work import Change, DocumentRecord, ItemState, TenderRecord
from app.gui.jobs import QtWriter
from app.gui.session import Session
from app.workflow.writer import SerialWriter
from tests.gui.shell.support import MemoryOffice, NoReader
from tests.support.desks import TENDER, work

OTHER = "f" * 32


def two_tenders(office: MemoryOffice) -> None:
    office.add(TenderRecord(TENDER, "2026-11-25T09:00:00", Tender("Drift")), *[work(number) for number in range(1, 4)])
    office.add(TenderRecord(OTHER, "2026-11-25T09:00:00", Tender("Städ")))


def finished(session: Session, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: session.job is None)


def test_tenders_come_when_asked_for(session: Session, office: MemoryOffice, qtbot: QtBot) -> None:
    two_tenders(office)
    with qtbot.waitSignal(session.tenders_changed):
        session.refresh()
    assert [tender.record.value("name") for tender in session.tenders] == ["Drift", "Städ"]


def test_opening_tells_and_changes_follow(session: Session, office: MemoryOffice, qtbot: QtBot) -> None:
    two_tenders(office)
    changes: list[Any] = []
    session.changed.connect(changes.append)
    with qtbot.waitSignal(session.opened):
        session.open_tender(TENDER)
    assert session.desk is not None
    first = session.desk
    first.done([first.items()[0].key])
    assert all(isinstance(change, Change) for change in changes)
    assert changes
    session.open_tender(OTHER)
    changes.clear()
    first.done([first.items()[1].key])
    assert not changes, "a desk that was put away is still heard"


def test_selecting_tells_once(session: Session, office: MemoryOffice, qtbot: QtBot) -> None:
    two_tenders(office)
    session.open_tender(TENDER)
    told: list[Any] = []
    session.selected.connect(told.append)
    session.select("a")
    session.select("a")
    session.select(None)
    assert told == ["a", None]
    session.select("b")
    session.open_tender(OTHER)
    assert told == ["a", None, "b", None]


def test_files_without_an_open_tender_make_one(session: Session, reader: NoReader, office: MemoryOffice, qtbot: QtBot) -> None:
    session.add_files([Path("a.pdf"), Path("b.pdf")])
    finished(session, qtbot)
    assert session.desk is not None
    assert reader.asked == [(session.desk.key, ("a.pdf", "b.pdf"))]
    assert len(office.cards) == 1


def test_files_for_an_empty_open_tender_go_there(session: Session, office: MemoryOffice, reader: NoReader, qtbot: QtBot) -> None:
    two_tenders(office)
    session.open_tender(OTHER)
    session.add_files([Path("a.pdf")])
    finished(session, qtbot)
    assert reader.asked == [(OTHER, ("a.pdf",))]


def test_with_a_tender_open_the_user_is_asked(session: Session, office: MemoryOffice, reader: NoReader, qtbot: QtBot) -> None:
    two_tenders(office)
    summary = DocumentSummary("d", "Anbudsinbjudan.pdf", DocumentKind.PDF, "0" * 64)
    document = DocumentRecord("d" * 32, TENDER, 0, summary, "0" * 64)
    office.stores[TENDER].records[document.key] = document
    session.open_tender(TENDER)
    with qtbot.waitSignal(session.choice_wanted) as asked:
        session.add_files([Path("a.pdf")])
    assert asked.args == [(Path("a.pdf"),)]
    assert not reader.asked
    session.add_to_open(asked.args[0])
    finished(session, qtbot)
    session.add_to_new(asked.args[0])
    finished(session, qtbot)
    assert reader.asked[0][0] == TENDER
    assert session.desk is not None
    assert session.desk.key not in (TENDER, OTHER)
    session.add_files([])
    assert len(reader.asked) == 2


def test_the_sample_is_read_whole(session: Session, reader: NoReader, qtbot: QtBot) -> None:
    session.open_sample()
    finished(session, qtbot)
    assert "Upphandlingsdokument.pdf" in reader.asked[0][1]
    assert len(reader.asked[0][1]) == 5


def test_the_sample_is_read_once_and_then_opened_as_it_was_left(
    session: Session, office: MemoryOffice, reader: NoReader, qtbot: QtBot
) -> None:
    session.open_sample()
    finished(session, qtbot)
    assert session.desk is not None
    first = session.desk.key
    summary = DocumentSummary("d", "krav.pdf", DocumentKind.PDF, "0" * 64)
    record = DocumentRecord("d" * 32, first, 0, summary, "f" * 64)
    office.stores[first].write(
        first,
        "read",
        [record],
    )
    session.close_tender()
    session.open_sample()
    assert session.desk is not None
    assert session.desk.key == first
    assert session.job is None
    assert len(reader.asked) == 1


def test_the_sample_is_opened_once_the_vault_is(office: MemoryOffice, reader: NoReader, qtbot: QtBot) -> None:
    session = Session(None, SerialWriter(), None)
    session.open_sample()
    session.attach(office, reader)
    finished(session, qtbot)
    assert len(reader.asked) == 1
    session.close()
    session.deleteLater()


def test_archiving_an_open_tender_is_not_undone_by_the_next_change_of_it(session: Session, office: MemoryOffice) -> None:
    """The desk held the record as it was before, and wrote it back with the next fact."""
    two_tenders(office)
    session.open_tender(TENDER)
    desk = session.desk
    assert desk is not None
    session.archive(TENDER)
    desk.edit_fact("buyer", "Sjövik")  # reading goes on behind, for instance
    assert office.stores[TENDER].tender(TENDER).archived
    session.open_tender(TENDER)
    session.archive(TENDER, archived=False)
    assert session.desk is not None
    assert session.desk.tender.archived is None
    assert [tender.record.archived for tender in session.tenders] == [None, None]


def test_what_is_read_comes_one_after_the_other(session: Session, office: MemoryOffice, reader: NoReader, qtbot: QtBot) -> None:
    two_tenders(office)
    session.open_tender(TENDER)
    session.add_to_open([Path("a.pdf")])
    session.add_to_open([Path("b.pdf")])
    jobs: list[Any] = []
    session.reading.connect(jobs.append)
    finished(session, qtbot)
    assert [names for _, names in reader.asked] == [("a.pdf",), ("b.pdf",)]
    assert jobs[-1] is None


def test_a_tender_that_is_archived_or_deleted_leaves_the_desk(session: Session, office: MemoryOffice) -> None:
    two_tenders(office)
    session.open_tender(TENDER)
    session.archive(TENDER)
    assert session.desk is None
    assert office.stores[TENDER].tender(TENDER).archived
    session.archive(TENDER, archived=False)
    session.open_tender(TENDER)
    session.delete(TENDER)
    assert session.desk is None
    assert TENDER not in office.cards
    assert [tender.record.key for tender in session.tenders] == [OTHER]


def test_what_was_not_read_when_the_program_ended_is_read_the_next_time(
    office: MemoryOffice, reader: NoReader, qtbot: QtBot
) -> None:
    """A tender with one document of four looked as whole as any other."""
    two_tenders(office)
    first = Session(office, SerialWriter(), reader)
    first.open_tender(OTHER)
    first.add_to_open([Path("a.pdf")])
    assert office.left == ((OTHER, (Path("a.pdf"),)),)
    first.close()
    first.deleteLater()
    assert office.left == ((OTHER, (Path("a.pdf"),)),)
    second = Session(None, SerialWriter(), None)
    second.attach(office, reader)
    assert second.reading_desk is not None
    assert second.reading_desk.key == OTHER
    assert not office.left, "what ends the program must not end it every time"
    second.close()
    assert office.left == ((OTHER, (Path("a.pdf"),)),)
    second.deleteLater()
    third = Session(None, SerialWriter(), None)
    third.attach(office, reader)
    finished(third, qtbot)
    third.close()
    third.deleteLater()
    assert not office.left


def test_deleting_a_tender_that_is_read_leaves_what_waits_for_others(
    session: Session, office: MemoryOffice, reader: NoReader, qtbot: QtBot
) -> None:
    two_tenders(office)
    for key in (TENDER, OTHER):
        session.open_tender(key)
        session.add_to_open([Path("a.pdf")])
    session.delete(TENDER)
    finished(session, qtbot)
    assert (OTHER, ("a.pdf",)) in reader.asked


def test_what_waits_to_be_read_goes_with_its_tender(
    session: Session, office: MemoryOffice, reader: NoReader, qtbot: QtBot
) -> None:
    two_tenders(office)
    for key in (TENDER, OTHER):
        session.open_tender(key)
        session.add_to_open([Path("a.pdf")])
    session.delete(OTHER)
    finished(session, qtbot)
    assert reader.asked == [(TENDER, ("a.pdf",))]


def test_what_could_not_be_saved_goes_with_its_tender(session: Session, office: MemoryOffice) -> None:
    two_tenders(office)
    session.open_tender(TENDER)
    told: list[Any] = []
    session.trouble.connect(told.append)
    assert session.desk is not None
    office.stores[TENDER].full = True
    session.desk.done([session.desk.items()[0].key])
    session.delete(TENDER)
    assert session.unsaved == 0
    assert told[-1] is None


def test_a_tender_that_is_asked_for_twice_is_on_one_desk(office: MemoryOffice, reader: NoReader, qtbot: QtBot) -> None:
    two_tenders(office)
    writer = QtWriter()
    session = Session(office, writer, reader)
    desks: list[Any] = []
    session.opened.connect(desks.append)
    session.open_tender(TENDER)
    session.open_tender(TENDER)
    qtbot.waitUntil(lambda: len(desks) == 2)
    assert desks[0] is desks[1]
    session.close()
    writer.close()
    session.deleteLater()
    writer.deleteLater()


def test_trouble_with_saving_is_told_and_its_end_too(session: Session, office: MemoryOffice) -> None:
    two_tenders(office)
    session.open_tender(TENDER)
    told: list[Any] = []
    session.trouble.connect(told.append)
    assert session.desk is not None
    office.stores[TENDER].full = True
    session.desk.done([session.desk.items()[0].key])
    assert told[-1].code == "vault.disk_full"
    assert session.desk.unsaved == 1
    office.stores[TENDER].full = False
    session.desk.retry()
    assert told[-1] is None


def test_what_could_not_be_saved_stays_when_another_tender_is_opened(session: Session, office: MemoryOffice) -> None:
    two_tenders(office)
    session.open_tender(TENDER)
    first = session.desk
    assert first is not None
    office.stores[TENDER].full = True
    first.done([first.items()[0].key])
    session.open_tender(OTHER)
    assert session.unsaved == 1
    session.open_tender(TENDER)
    assert session.desk is first
    office.stores[TENDER].full = False
    session.retry()
    assert session.unsaved == 0
    session.open_tender(OTHER)
    session.open_tender(TENDER)
    assert session.desk is not first
    assert session.desk is not None
    assert session.desk.item(first.items()[0].key).state is ItemState.DONE
