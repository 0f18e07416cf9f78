"""The bid's files on their way in: read by whoever is asked, kept as they are, and the claims' marks found in them again."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from app.core.claims import AnchorState
from app.core.document import Document, DocumentKind, Place
from app.core.errors import CorruptFileError, DamagedVaultError
from app.core.limits import Limits
from app.workflow.bid import BidIntake, BidShelf, bid_basis_of, changed_on_disk, settle_bid
from app.workflow.check import CancelledError, Step
from app.workflow.desk import Desk
from app.workflow.marks import Selection, selected, spread, spread_count
from app.workflow.proposals import proposals
from tests.support.bids import METHOD, PRICES, bid_desk, method, placed
from tests.support.desks import desk_of
from tests.support.memory_store import MemoryStore


def parse(name: str, data: bytes, limits: Limits) -> Document:
    """A paragraph for each line: what a child does, without one."""
    del limits
    if b"\x00" in data:
        raise CorruptFileError(name)
    made = method(*data.decode().splitlines(), name=name)
    return replace(made, sha256=sha256(data).hexdigest(), kind=DocumentKind.DOCX)


def intake(desk: Desk, store: MemoryStore, shelf: BidShelf) -> BidIntake:
    return BidIntake(parse, store, shelf, partial(bid_basis_of, desk), partial(settle_bid, desk))


def quiet(_step: Step) -> None:
    """Nobody watches."""


def never() -> bool:
    return False


def test_files_are_read_once_kept_and_read_again_only_when_they_changed(tmp_path: Path) -> None:
    desk, store = desk_of()
    shelf = BidShelf(store)
    (tmp_path / "b.docx").write_bytes("Fjärde stycket".encode())
    (tmp_path / "a.docx").write_bytes(b"x")
    steps: list[Step] = []
    intake(desk, store, shelf).read_paths([tmp_path], progress=steps.append, cancelled=never)
    assert [record.summary.name.rsplit("/", 1)[-1] for record in desk.bid_files] == ["a.docx", "b.docx"]
    second = desk.bid_files[1]
    assert store.blob(second.file) == "Fjärde stycket".encode()
    assert any(block.text == "Fjärde stycket" for block in shelf.document(second).blocks)
    assert steps[-1].finished
    before = store.writes
    intake(desk, store, shelf).read_paths([tmp_path / "b.docx"], progress=quiet, cancelled=never)
    assert store.writes == before, "the same file is the same file"
    assert changed_on_disk(desk.bid_files) == ()
    (tmp_path / "b.docx").write_bytes(b"nytt")
    (tmp_path / "a.docx").unlink()
    assert [record.path for record in changed_on_disk(desk.bid_files)] == [str(tmp_path / "a.docx"), str(tmp_path / "b.docx")]
    intake(desk, store, shelf).read_again(desk.bid_files, progress=quiet, cancelled=never)
    gone, new = desk.bid_files
    assert gone.summary.error is not None
    assert (gone.reading is not None, new.key) == (True, second.key), "what was read of it stays"
    assert store.blob(new.file) == b"nytt"


def test_a_file_that_cannot_be_read_is_there_with_its_error(tmp_path: Path) -> None:
    desk, store = desk_of()
    shelf = BidShelf(store)
    (tmp_path / "trasig.docx").write_bytes(b"PK\x00")
    intake(desk, store, shelf).read_paths([tmp_path / "trasig.docx"], progress=quiet, cancelled=never)
    (record,) = desk.bid_files
    assert record.summary.error is not None
    assert (record.summary.error.code, record.file) == ("file.corrupt", "")
    with pytest.raises(DamagedVaultError):
        shelf.finder(record)


def test_reading_stops_when_it_is_told_to_and_what_came_before_stays(tmp_path: Path) -> None:
    desk, store = desk_of()
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.docx").write_bytes(name.encode())

    def after_the_first() -> bool:
        return len(desk.bid_files) == 1

    with pytest.raises(CancelledError):
        intake(desk, store, BidShelf(store)).read_paths([tmp_path], progress=quiet, cancelled=after_the_first)
    assert len(desk.bid_files) == 1


def test_marks_are_found_again_moved_or_lost_in_a_newer_file(tmp_path: Path) -> None:
    desk, store = desk_of()
    shelf = BidShelf(store)
    path = tmp_path / "m.docx"
    path.write_bytes("Hemligheten är att vi mäter vattnet varje natt.\nDet här stycket tas bort sedan.".encode())
    intake(desk, store, shelf).read_paths([path], progress=quiet, cancelled=never)
    (record,) = desk.bid_files
    stays = desk.mark([placed(shelf, desk, record.key, "mäter vattnet varje natt")], "method", "osl-31-16")
    goes = desk.mark([placed(shelf, desk, record.key, "Det här stycket tas bort sedan.")], "method", "osl-31-16")
    path.write_bytes("Ett nytt stycke först.\nOch ett till.\nHemligheten är att vi mäter vattnet varje natt.".encode())
    intake(desk, store, shelf).read_again(desk.bid_files, progress=quiet, cancelled=never)
    assert desk.claim(stays.key).places[0] is not AnchorState.LOST
    assert desk.claim(stays.key).position > stays.position
    assert desk.claim(goes.key).places == (AnchorState.LOST,)
    assert desk.readiness().lost_claims == 1
    path.write_bytes("Det här stycket tas bort sedan.\nHemligheten är att vi mäter vattnet varje natt.".encode())
    intake(desk, store, shelf).read_again(desk.bid_files, progress=quiet, cancelled=never)
    assert desk.readiness().lost_claims == 0, "what comes back is found"


def test_marks_in_a_file_that_is_gone_are_lost_until_it_is_back(tmp_path: Path) -> None:
    desk, store = desk_of()
    shelf = BidShelf(store)
    path = tmp_path / "m.docx"
    content = "Hemligheten är att vi mäter vattnet varje natt.".encode()
    path.write_bytes(content)
    intake(desk, store, shelf).read_paths([path], progress=quiet, cancelled=never)
    (record,) = desk.bid_files
    claim = desk.mark([placed(shelf, desk, record.key, "mäter vattnet varje natt")], "method", "osl-31-16")
    path.unlink()
    intake(desk, store, shelf).read_again(desk.bid_files, progress=quiet, cancelled=never)
    assert desk.claim(claim.key).places == (AnchorState.LOST,)
    assert desk.readiness().lost_claims == 1
    path.write_bytes(content)
    intake(desk, store, shelf).read_again(desk.bid_files, progress=quiet, cancelled=never)
    assert desk.readiness().lost_claims == 0
    assert desk.claim(claim.key).claim.anchors[0].quote == "mäter vattnet varje natt"


def test_cells_and_text_make_marks_where_they_stand() -> None:
    desk, _, shelf = bid_desk()
    cells = selected(shelf.finder(desk.bid_file(PRICES)), Selection(PRICES, "1285\n1090", Place(sheet="Pris"), "C2:C3"))
    assert cells is not None
    assert (cells.anchor.sheet, cells.anchor.cells) == ("Pris", "C2:C3")
    second = selected(shelf.finder(desk.bid_file(METHOD)), Selection(METHOD, "Steg två", Place(paragraph=2)))
    assert second is not None
    assert int(second.position) == 2
    assert selected(shelf.finder(desk.bid_file(METHOD)), Selection(METHOD, "finns inte")) is None


def test_a_text_is_found_in_all_files_also_where_nobody_looks() -> None:
    desk, _, shelf = bid_desk()
    found = spread(shelf, desk.bid_files, "1 285")
    assert {(one.file, one.where.value, one.placed is not None) for one in found} == {
        (METHOD, "body", True),
        (METHOD, "header", True),
        (METHOD, "comment", True),
        (METHOD, "metadata", False),
        (PRICES, "body", True),
    }


def test_of_very_many_places_the_first_are_shown_and_all_are_counted() -> None:
    desk, _, shelf = bid_desk()
    everywhere = spread(shelf, desk.bid_files, "1 285")
    assert spread(shelf, desk.bid_files, "1 285", 2) == everywhere[:2]
    assert spread(shelf, desk.bid_files, "1 285", 0) == ()
    assert spread_count(shelf, desk.bid_files, "1 285") == len(everywhere) == 5
    assert spread_count(shelf, desk.bid_files, "finns inte") == 0


def test_a_file_that_was_renamed_or_moved_keeps_its_claims(tmp_path: Path) -> None:
    desk, store = desk_of()
    shelf = BidShelf(store)
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.docx").write_bytes(f"Hemligheten i {name} är vattnet.".encode())
    intake(desk, store, shelf).read_paths([tmp_path], progress=quiet, cancelled=never)
    keys = [record.key for record in desk.bid_files]
    claims = [desk.mark([placed(shelf, desk, key, "är vattnet")], "method", "osl-31-16").key for key in keys]
    folder = tmp_path / "slutlig"
    folder.mkdir()
    (tmp_path / "a.docx").rename(folder / "bilaga 1.docx")
    (tmp_path / "b.docx").unlink()
    (folder / "b.docx").write_bytes("Först något nytt.\nHemligheten i b är vattnet.".encode())
    (folder / "c.docx").write_bytes((tmp_path / "c.docx").read_bytes())
    intake(desk, store, shelf).read_paths([folder], progress=quiet, cancelled=never)
    files = {Path(record.path).relative_to(tmp_path).as_posix(): record.key for record in desk.bid_files}
    assert files["slutlig/bilaga 1.docx"] == keys[0], "by what is in it"
    assert files["slutlig/b.docx"] == keys[1], "by its name"
    assert (files["c.docx"], len(files)) == (keys[2], 4), "a copy beside the file is another file"
    assert desk.bid_file(keys[0]).summary.name.endswith("bilaga 1.docx")
    assert changed_on_disk(desk.bid_files) == ()
    assert not any(desk.claim(key).lost for key in claims)


def test_a_file_that_could_not_be_read_is_not_told_as_changed(tmp_path: Path) -> None:
    desk, store = desk_of()
    path = tmp_path / "trasig.docx"
    path.write_bytes(b"PK\x00")
    intake(desk, store, BidShelf(store)).read_paths([path], progress=quiet, cancelled=never)
    assert changed_on_disk(desk.bid_files) == ()
    path.unlink()
    assert changed_on_disk(desk.bid_files) == desk.bid_files


def test_a_search_for_suggestions_that_nobody_waits_for_ends_early() -> None:
    desk, _, shelf = bid_desk()
    assert proposals(shelf, desk.bid_files)
    asked: list[int] = []

    def after_the_first() -> bool:
        asked.append(1)
        return len(asked) > 1

    assert proposals(shelf, desk.bid_files, after_the_first) == ()
