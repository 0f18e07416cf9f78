from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from app.core.document import Finding
from app.core.errors import VaultWriteError
from app.core.points import Glimpse, Reading
from app.core.work import ItemState
from app.documents.reader import ReadRequest
from app.workers.serial import SerialRunner
from app.workflow.check import CancelledError, Runner, Step
from app.workflow.desk import Desk
from app.workflow.intake import Arrival, Intake, basis_of, settle
from app.workflow.reading import read_file, summary
from app.workflow.stored_reading import unpacked
from tests.support.desks import TENDER, desk_of
from tests.support.memory_store import MemoryStore

ONE = """3.1 Kvalificering

Anbudsgivaren ska ha minst tre anställda konsulter.

Anbudsgivaren ska bifoga ett registreringsbevis till anbudet.

Sista dag att lämna anbud är 2026-12-04 klockan 23:59.
"""
TWO = """4.1 Krav

Leverantören ska tillhandahålla support på svenska under kontorstid.
"""


def intake(desk: Desk, store: MemoryStore, runner: Runner | None = None) -> Intake:
    def deliver(arrival: Arrival) -> None:
        settle(desk, arrival)

    return Intake(runner or SerialRunner(), store, lambda: basis_of(desk), deliver)


def read(desk: Desk, store: MemoryStore, *paths: Path, runner: Runner | None = None) -> None:
    intake(desk, store, runner).read_paths(paths, progress=ignore, cancelled=never)


def ignore(step: Step) -> None:
    del step


def never() -> bool:
    return False


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "inbjudan.txt").write_text(ONE, "utf-8")
    (tmp_path / "krav.txt").write_text(TWO, "utf-8")
    return tmp_path


def texts(desk: Desk) -> list[str]:
    return [item.item.text for item in desk.items()]


def test_files_become_documents_items_facts_and_kept_bytes(folder: Path) -> None:
    desk, store = desk_of()
    read(desk, store, folder)
    assert [record.summary.name for record in desk.documents] == ["inbjudan.txt", "krav.txt"]
    assert any("registreringsbevis" in text for text in texts(desk))
    assert desk.tender.found.tender_deadline == "2026-12-04T23:59"
    assert store.blob(desk.documents[0].file) == (folder / "inbjudan.txt").read_bytes()
    assert store.items(TENDER) == tuple(item for item in store.items(TENDER) if item in desk.items())
    assert len(store.entries) == 1


def test_a_second_reading_keeps_what_was_decided(folder: Path) -> None:
    desk, store = desk_of()
    read(desk, store, folder)
    chosen = next(item for item in desk.items() if "konsulter" in item.item.text)
    proof = next(item for item in desk.items() if "registreringsbevis" in item.item.text)
    desk.done([chosen.key])
    desk.answer(proof.key, "Finns")
    (folder / "inbjudan.txt").write_text(
        ONE.replace("Anbudsgivaren ska bifoga ett registreringsbevis till anbudet.\n", ""), "utf-8"
    )
    before = {item.key for item in desk.items()}
    read(desk, store, folder / "inbjudan.txt")
    assert desk.item(chosen.key).state is ItemState.DONE
    assert desk.item(proof.key).withdrawn
    assert {item.key for item in desk.items()} == before
    assert len(desk.documents) == 2


def test_a_changed_sentence_keeps_what_was_done_on_it_and_says_so(folder: Path) -> None:
    desk, store = desk_of()
    read(desk, store, folder)
    old = next(item for item in desk.items() if "konsulter" in item.item.text)
    desk.answer(old.key, "Vi har fyra")
    desk.assign([old.key], "Anna")
    desk.due([old.key], "2026-12-01")
    desk.note(old.key, "Fråga Per")
    desk.link([old.key], Path("cv.pdf"), "0" * 64, 9)
    desk.done([old.key])
    before = desk.item(old.key)
    (folder / "inbjudan.txt").write_text(ONE.replace("minst tre anställda", "minst fem anställda"), "utf-8")
    read(desk, store, folder / "inbjudan.txt")
    now = desk.item(old.key)
    assert "minst fem" in now.item.text
    assert now == replace(before, item=now.item, position=now.position, changed=True, was=before.item)
    assert [link.path for link in desk.links_of(old.key)] == ["cv.pdf"]
    assert sum("konsulter" in item.item.text for item in desk.items()) == 1
    desk.undo()
    assert desk.item(old.key) == before
    desk.redo()
    desk.keep([old.key])
    assert not desk.item(old.key).changed


def test_another_sentence_in_its_place_does_not_inherit_the_answer(folder: Path) -> None:
    desk, store = desk_of()
    read(desk, store, folder)
    old = next(item for item in desk.items() if "registreringsbevis" in item.item.text)
    desk.answer(old.key, "Finns")
    desk.done([old.key])
    (folder / "inbjudan.txt").write_text(ONE.replace("ett registreringsbevis", "ett försäkringsbrev"), "utf-8")
    done = desk.readiness().done
    read(desk, store, folder / "inbjudan.txt")
    assert desk.item(old.key).withdrawn
    assert (desk.item(old.key).answer, desk.readiness().done) == ("Finns", done - 1)
    assert next(item for item in desk.items() if "försäkringsbrev" in item.item.text).answer is None


def test_one_undo_takes_a_whole_reading_back(folder: Path) -> None:
    desk, store = desk_of()
    read(desk, store, folder)
    desk.undo()
    assert desk.items() == ()
    assert desk.documents == ()
    desk.redo()
    assert len(desk.documents) == 2
    assert store.items(TENDER)


def test_a_file_that_cannot_be_read_is_a_document_with_an_error(folder: Path) -> None:
    (folder / "trasig.pdf").write_bytes(b"%PDF-1.7 nothing more")
    desk, store = desk_of()
    read(desk, store, folder)
    broken = next(record for record in desk.documents if record.summary.name == "trasig.pdf")
    assert broken.summary.error is not None
    assert desk.readiness().unread_documents == 1
    assert len(desk.items()) > 1


def test_reading_again_needs_only_what_was_kept(folder: Path) -> None:
    desk, store = desk_of()
    read(desk, store, folder)
    before = desk.items()
    (folder / "inbjudan.txt").unlink()
    intake(desk, store).read_again(desk.documents, progress=ignore, cancelled=never)
    assert desk.items() == before


class EarlyRunner:
    """Gives a glimpse of every file before the whole, and looks at the desk in between."""

    def __init__(self, look: Callable[[], None]) -> None:
        self.look = look

    def run(
        self, requests: Sequence[ReadRequest], progress: Callable[[Step], None], cancelled: Callable[[], bool]
    ) -> Iterator[tuple[int, Reading | Finding | Glimpse]]:
        for index, request in enumerate(requests):
            for result in read_file(request):
                if isinstance(result, Reading):
                    yield index, Glimpse(summary(result))
                    self.look()
                    yield index, summary(result)


def test_a_glimpse_is_shown_but_written_only_with_the_whole(folder: Path) -> None:
    desk, store = desk_of()
    seen: list[tuple[int, int]] = []

    def look() -> None:
        seen.append((len(desk.items()), len(store.items(TENDER))))

    read(desk, store, folder / "inbjudan.txt", runner=EarlyRunner(look))
    assert seen[0][0] > 0
    assert seen[0][1] == 0
    assert set(store.items(TENDER)) == set(desk.items())


def test_the_file_of_a_glimpse_can_be_shown_while_the_whole_is_read(folder: Path) -> None:
    desk, store = desk_of()
    bytes_shown: list[bytes] = []
    runner = EarlyRunner(lambda: bytes_shown.append(store.blob(desk.documents[0].file)))
    read(desk, store, folder / "inbjudan.txt", runner=runner)
    assert bytes_shown == [(folder / "inbjudan.txt").read_bytes()]


def test_a_glimpse_whose_file_cannot_be_kept_is_shown_and_the_whole_says_why(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, store = desk_of()
    seen: list[tuple[int, str]] = []

    def full(_data: bytes) -> str:
        raise VaultWriteError(code="vault.disk_full")

    monkeypatch.setattr(store, "put_blob", full)
    runner = EarlyRunner(lambda: seen.append((len(desk.items()), desk.documents[0].file)))
    with pytest.raises(VaultWriteError):
        read(desk, store, folder / "inbjudan.txt", runner=runner)
    assert seen[0][0] > 0
    assert seen[0][1] == ""


def test_what_was_only_shown_leaves_with_a_reading_that_was_stopped(folder: Path) -> None:
    desk, store = desk_of()
    decided: list[str] = []

    def stop() -> None:
        decided.append(desk.items()[0].key)
        desk.done(decided)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(desk, store, folder / "inbjudan.txt", runner=EarlyRunner(stop))
    desk.drop_provisional()
    assert [item.key for item in desk.items()] == decided
    assert [item.key for item in store.items(TENDER)] == decided


class BusyRunner:
    """Glimpses the first file, reads the others to their end, and then either goes on or is stopped."""

    def __init__(self, stopped: bool) -> None:
        self.stopped = stopped

    def run(
        self, requests: Sequence[ReadRequest], progress: Callable[[Step], None], cancelled: Callable[[], bool]
    ) -> Iterator[tuple[int, Reading | Finding | Glimpse]]:
        whole = [summary(next(found for found in read_file(request) if isinstance(found, Reading))) for request in requests]
        yield 0, Glimpse(replace(whole[0], points=whole[0].points[:1]))
        for index in range(1, len(requests)):
            yield index, whole[index]
        if self.stopped:
            raise CancelledError
        yield 0, whole[0]


def test_half_a_reading_is_never_kept_as_the_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.workflow.intake._PATIENCE", -1.0)
    desk, store = desk_of()
    read(desk, store, folder, runner=BusyRunner(stopped=False))
    kept = unpacked(store.blob(next(record.reading for record in desk.documents if record.summary.name == "inbjudan.txt") or ""))
    assert len(kept.points) > 1
    assert set(store.items(TENDER)) == set(desk.items())


def test_what_was_read_before_a_stop_stays_and_what_was_glimpsed_goes(folder: Path) -> None:
    desk, store = desk_of()
    with pytest.raises(CancelledError):
        read(desk, store, folder, runner=BusyRunner(stopped=True))
    desk.drop_provisional()
    assert [record.summary.name for record in desk.documents] == ["krav.txt"]
    assert desk.items()
    assert set(store.items(TENDER)) == set(desk.items())
    assert set(store.documents(TENDER)) == set(desk.documents)


def test_a_stopped_second_reading_leaves_the_list_as_it_was(folder: Path) -> None:
    desk, store = desk_of()
    read(desk, store, folder)
    before = set(desk.items())
    other = folder / "bilaga.txt"
    other.write_text(ONE, "utf-8")
    with pytest.raises(CancelledError):
        read(desk, store, other, runner=BusyRunner(stopped=True))
    desk.drop_provisional()
    assert set(desk.items()) == before == set(store.items(TENDER))
    assert desk.tender == store.tender(TENDER)
