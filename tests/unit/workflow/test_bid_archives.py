"""Files of the bid that lie in an archive or want a password: each a file of its own, the archive kept, changes seen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from app.core.claims import AnchorState, Bidder
from app.core.document import Document, DocumentKind, Finding
from app.core.errors import PasswordNeededError, UnsupportedFormatError, WrongPasswordError
from app.core.limits import Limits
from app.core.work import BidFileRecord
from app.secrecy.masking import Masked
from app.workflow.bid import BidIntake, BidShelf, bid_basis_of, changed_on_disk, settle_bid
from app.workflow.check import Step
from app.workflow.desk import Desk
from app.workflow.masking import mask_bid
from app.workflow.secrecy_transfer import bring, export_claims, files_of
from tests.support.bids import method, placed
from tests.support.desks import desk_of
from tests.support.memory_store import MemoryStore

PASSWORD = "Ek&Bok-17"


class Reader:
    """Archives are JSON objects of names and texts here; a text that begins with LOCKED wants the password."""

    def __init__(self, *passwords: str) -> None:
        self.passwords = passwords
        self.read: list[str] = []

    def __call__(self, name: str, data: bytes, limits: Limits) -> Document:
        if data.startswith(b"{"):
            raise UnsupportedFormatError(name, format="zip", remedy="unpack")
        return self._document(name, data.decode())

    def unpack(self, name: str, data: bytes, limits: Limits, cancelled: Callable[[], bool]) -> Iterator[Document | Finding]:
        for member, text in json.loads(data).items():
            try:
                yield self._document(f"{name}/{member}", text)
            except PasswordNeededError as error:
                yield error.finding()
        if "notes" in name:
            yield Finding("file.skipped", f"{name}/log.py")

    def _document(self, name: str, text: str) -> Document:
        self.read.append(name)
        if text.startswith("LOCKED") and PASSWORD not in self.passwords:
            raise (WrongPasswordError if self.passwords else PasswordNeededError)(name)
        made = method(*text.splitlines(), name=name)
        return replace(made, sha256=sha256(text.encode()).hexdigest(), kind=DocumentKind.DOCX)


def intake(desk: Desk, store: MemoryStore, reader: Reader) -> BidIntake:
    look, settle = partial(bid_basis_of, desk), partial(settle_bid, desk)
    return BidIntake(reader, store, BidShelf(store), look, settle, unpack=reader.unpack)


def take(desk: Desk, store: MemoryStore, path: Path, reader: Reader | None = None) -> tuple[Finding, ...]:
    return intake(desk, store, reader or Reader()).read_paths([path], progress=quiet, cancelled=never)


def again(desk: Desk, store: MemoryStore, reader: Reader | None = None) -> None:
    intake(desk, store, reader or Reader()).read_again(desk.bid_files, progress=quiet, cancelled=never)


def archive(path: Path, **members: str) -> Path:
    path.write_text(json.dumps({name.replace("_", "."): text for name, text in members.items()}))
    return path


def quiet(_step: Step) -> None:
    """Nobody watches."""


def never() -> bool:
    return False


def names(desk: Desk) -> list[str]:
    return [record.summary.name for record in desk.bid_files]


def test_the_files_in_an_archive_are_files_of_the_bid_and_the_archive_is_kept(tmp_path: Path) -> None:
    desk, store = desk_of()
    path = archive(tmp_path / "Anbud.zip", pris_docx="Priset är 900 kr.", metod_docx="Vi gör så.")
    assert take(desk, store, path) == ()
    assert names(desk) == ["Anbud.zip/pris.docx", "Anbud.zip/metod.docx"]
    first, second = desk.bid_files
    assert (first.path, first.member, first.place) == (str(path), "pris.docx", f"{path}/pris.docx")
    assert store.blob(first.file) == store.blob(second.file) == path.read_bytes()
    assert (first.position, second.position) == (0, 1)
    assert desk.claim_set().files == ()
    desk.mark([placed(BidShelf(store), desk, first.key, "900 kr")], "unit-price", "osl-31-16")
    (named,) = desk.claim_set().files
    assert (named.path, named.sha256) == (first.place, first.summary.sha256)


def test_an_archive_that_changes_is_seen_and_its_marks_are_found_again(tmp_path: Path) -> None:
    desk, store = desk_of()
    path = archive(tmp_path / "Anbud.zip", a_docx="Hemligheten är att vi mäter vattnet.", b_docx="Annat.")
    take(desk, store, path)
    assert changed_on_disk(desk.bid_files) == ()
    kept = desk.mark([placed(BidShelf(store), desk, desk.bid_files[0].key, "mäter vattnet")], "method", "osl-31-16")
    keys = [record.key for record in desk.bid_files]
    archive(path, a_docx="Först ett stycke till.\nHemligheten är att vi mäter vattnet.", c_docx="Nytt.")
    assert [record.member for record in changed_on_disk(desk.bid_files)] == ["a.docx", "b.docx"]
    again(desk, store)
    assert [record.key for record in desk.bid_files] == keys, "what is new in it waits until it is dropped again"
    assert desk.claim(kept.key).places[0] is not AnchorState.LOST
    gone = desk.bid_files[1].summary.error
    assert gone is not None
    assert (gone.code, desk.bid_files[1].reading is not None) == ("file.not_found", True), "what was read of it stays"
    take(desk, store, path)
    assert names(desk) == ["Anbud.zip/a.docx", "Anbud.zip/b.docx", "Anbud.zip/c.docx"]


def test_an_archive_that_is_as_it_was_is_not_read_again(tmp_path: Path) -> None:
    desk, store = desk_of()
    take(desk, store, archive(tmp_path / "Anbud.zip", a_docx="Ett.", b_docx="Två."))
    before, reader = desk.bid_files, Reader()
    again(desk, store, reader)
    assert (desk.bid_files, reader.read) == (before, [])


def test_an_archive_that_was_moved_keeps_its_claims(tmp_path: Path) -> None:
    desk, store = desk_of()
    path = archive(tmp_path / "Anbud.zip", a_docx="Ett.", b_docx="Två.")
    take(desk, store, path)
    keys = [record.key for record in desk.bid_files]
    take(desk, store, path.rename(tmp_path / "Anbud 2.zip"))
    assert [(record.key, record.path) for record in desk.bid_files] == [(key, str(tmp_path / "Anbud 2.zip")) for key in keys]


def test_what_is_no_file_to_read_is_told_and_takes_no_place(tmp_path: Path) -> None:
    desk, store = desk_of()
    findings = take(desk, store, archive(tmp_path / "notes.zip", a_docx="Ett."))
    assert [finding.code for finding in findings] == ["file.skipped"]
    assert names(desk) == ["notes.zip/a.docx"]


def test_a_protected_file_waits_for_its_password_and_is_read_with_it(tmp_path: Path) -> None:
    desk, store = desk_of()
    path = tmp_path / "pris.pdf"
    path.write_text("LOCKED\nPriset är 900 kr.")
    take(desk, store, path)
    (locked,) = desk.bid_files
    assert locked.summary.error is not None
    assert (locked.summary.error.code, locked.reading) == ("file.password_needed", None)
    assert store.blob(locked.file) == path.read_bytes(), "it is there to be opened"
    assert changed_on_disk(desk.bid_files) == ()
    again(desk, store, Reader("fel"))
    assert desk.bid_files[0].summary.error is not None
    again(desk, store, Reader("fel", PASSWORD))
    (opened,) = desk.bid_files
    assert (opened.key, opened.summary.error, opened.reading is not None) == (locked.key, None, True)


def test_a_newer_version_that_is_protected_keeps_what_was_read_and_can_be_opened(tmp_path: Path) -> None:
    desk, store = desk_of()
    path = tmp_path / "pris.pdf"
    path.write_text("Priset är 900 kr.")
    take(desk, store, path)
    (before,) = desk.bid_files
    claim = desk.mark([placed(BidShelf(store), desk, before.key, "900 kr")], "unit-price", "osl-31-16")
    path.write_text("LOCKED\nFörst.\nPriset är 900 kr.")
    again(desk, store)
    (locked,) = desk.bid_files
    assert (locked.reading, locked.summary.sha256) == (before.reading, before.summary.sha256)
    assert store.blob(locked.file) == path.read_bytes()
    assert desk.claim(claim.key).places == (AnchorState.FOUND,)
    again(desk, store, Reader(PASSWORD))
    assert desk.bid_files[0].summary.error is None
    assert desk.claim(claim.key).position > claim.position


def test_a_protected_file_in_an_archive_is_read_once_its_password_is_known(tmp_path: Path) -> None:
    desk, store = desk_of()
    take(desk, store, archive(tmp_path / "Anbud.zip", a_pdf="LOCKED\nEtt.", b_docx="Två."))
    error = desk.bid_files[0].summary.error
    assert error is not None
    assert error.code == "file.password_needed"
    again(desk, store, Reader(PASSWORD))
    assert [record.summary.error for record in desk.bid_files] == [None, None]


def test_claims_on_a_file_in_an_archive_go_out_and_come_back(tmp_path: Path) -> None:
    desk, store = desk_of()
    path = archive(tmp_path / "Anbud.zip", a_docx="Priset är 900 kr.", b_docx="Priset är 900 kr.")
    take(desk, store, path)
    desk.edit_bidder(Bidder("Vi AB", "556000-4615"))
    second = desk.bid_files[1]
    desk.mark([placed(BidShelf(store), desk, second.key, "900 kr")], "unit-price", "osl-31-16")
    target = tmp_path / "krav.json"
    export_claims(desk.claim_set(), target)
    assert files_of(target) == (path,), "the archive is what can be read"
    brought = bring(target, desk.bid_files, BidShelf(store))
    assert [one.anchor.file for _, some in brought.claims for one in some] == [second.key]


class Copier:
    """Masks nothing: tells what it was given."""

    def __init__(self) -> None:
        self.seen: list[bytes] = []

    def mask(self, request: Any, marks: Any, left: Any, others: Any = ()) -> Masked:
        self.seen.append(request.bytes())
        return Masked(b"masked", (), 1)


def test_a_file_in_an_archive_is_masked_as_it_lies_there(tmp_path: Path) -> None:
    desk, store = desk_of()
    take(desk, store, archive(tmp_path / "Anbud.zip", a_docx="Priset är 900 kr."))
    (record,) = desk.bid_files
    desk.mark([placed(BidShelf(store), desk, record.key, "900 kr")], "unit-price", "osl-31-16")
    masker, target = Copier(), tmp_path / "ut"

    def inside(file: Any) -> bytes:
        assert file.id == record.key
        return "Priset är 900 kr.".encode()

    (made,) = mask_bid(desk.claim_set(), Path(), target, masker=masker, inside=inside)
    assert (made.name, made.copy, masker.seen) == ("a.docx", target / "a_maskad.docx", ["Priset är 900 kr.".encode()])

    def changed(file: Any) -> bytes:
        return b"other"

    (stopped,) = mask_bid(desk.claim_set(), Path(), target, masker=masker, inside=changed)
    assert stopped.error is not None
    assert stopped.error.code == "mask.file_changed"

    def closed(file: Any) -> bytes:
        raise PasswordNeededError(f"Anbud.zip/{file.path}")

    (told,) = mask_bid(desk.claim_set(), Path(), target, masker=masker, inside=closed)
    assert told.error == Finding("file.password_needed", "a.docx")


def test_the_place_of_a_file_is_its_path_on_into_the_archive(tmp_path: Path) -> None:
    desk, store = desk_of()
    (tmp_path / "a.docx").write_text("Ett.")
    take(desk, store, tmp_path / "a.docx")
    record: BidFileRecord = desk.bid_files[0]
    assert record.place == record.path
    assert replace(record, member="x/y.docx").place == f"{record.path}/x/y.docx"
