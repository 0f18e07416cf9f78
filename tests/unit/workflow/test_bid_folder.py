"""The bid folder as it is now, and in words why a file of it cannot be used."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from app.core.catalogue import explain
from app.core.document import Finding
from app.core.errors import InputError
from app.export.package.build import build_package
from app.export.package.manifest import ManifestFacts
from app.export.package.plan import PlanItem, plan_package
from app.export.package.sources import is_open_elsewhere, look_at, trouble
from app.workflow.bid_folder import bid_files, look_into
from app.workflow.check import CancelledError
from tests.support.package import zip_bytes
from tests.support.packages import OPEN, item


def test_files_are_told_with_size_and_hash_in_natural_order(tmp_path: Path) -> None:
    (tmp_path / "CV").mkdir()
    for name in ("Bilaga 10.pdf", "Bilaga 2.pdf", "CV/Anna.docx"):
        (tmp_path / name).write_bytes(name.encode())
    listing = look_into(tmp_path)
    assert [one.name for one in listing.files] == ["Bilaga 2.pdf", "Bilaga 10.pdf", "CV/Anna.docx"]
    assert listing.files[0].sha256 == sha256(b"Bilaga 2.pdf").hexdigest()
    assert listing.files[0].size == 12
    assert Path(listing.files[2].path) == tmp_path / "CV" / "Anna.docx"
    assert listing.findings == ()


def test_what_is_no_file_of_the_bid_is_left_out(tmp_path: Path) -> None:
    for name in ("~$Anbud.docx", ".DS_Store", "Thumbs.db", "Anbud.docx"):
        (tmp_path / name).write_bytes(b"x")
    assert [one.name for one in look_into(tmp_path).files] == ["Anbud.docx"]


def test_a_package_of_ours_in_the_bid_folder_is_no_part_of_the_bid(tmp_path: Path) -> None:
    (tmp_path / "CV.pdf").write_bytes(b"cv")
    planned = plan_package([PlanItem(item("a"))], look_into(tmp_path).files, [], OPEN)
    build_package(planned, tmp_path / "Klart" / "Paket", ManifestFacts(), bid=tmp_path)
    assert [one.name for one in look_into(tmp_path).files] == ["CV.pdf"]
    (tmp_path / "Klart" / "egen.pdf").write_bytes(b"x")
    (tmp_path / "manifest.json").write_bytes(b'{"format": "annat"}')
    assert {one.name for one in look_into(tmp_path).files} == {"CV.pdf", "Klart/egen.pdf", "manifest.json"}


def test_the_zip_of_a_package_of_ours_is_no_part_of_the_bid_and_any_other_is(tmp_path: Path) -> None:
    (tmp_path / "CV.pdf").write_bytes(b"cv")
    planned = plan_package([PlanItem(item("a"))], look_into(tmp_path).files, [], OPEN)
    build_package(planned, tmp_path / "Paket", ManifestFacts(), archive=True, bid=tmp_path)
    (tmp_path / "Bilagor.zip").write_bytes(zip_bytes({"Bilagor/manifest.json": b"{}", "Bilagor/CV.pdf": b"cv"}))
    (tmp_path / "Trasig.zip").write_bytes(b"PK")
    assert (tmp_path / "Paket.zip").is_file()
    assert [one.name for one in look_into(tmp_path).files] == ["Bilagor.zip", "CV.pdf", "Trasig.zip"]
    assert [one.name for one in bid_files(tmp_path)[0]] == ["Bilagor.zip", "CV.pdf", "Trasig.zip"]


def test_text_of_any_kind_in_the_folder_is_a_file_of_the_bid(tmp_path: Path) -> None:
    for name in ("Anbud.docx", "data.json", "start.bat"):
        (tmp_path / name).write_bytes(b"echo")
    requests, told = bid_files(tmp_path)
    assert [one.name for one in requests] == ["Anbud.docx", "data.json", "start.bat"]
    assert told == []


def test_an_empty_file_and_an_empty_folder(tmp_path: Path) -> None:
    assert look_into(tmp_path).files == ()
    assert look_into(tmp_path).findings == ()
    (tmp_path / "tom.pdf").write_bytes(b"")
    assert [(one.size, one.error) for one in look_into(tmp_path).files] == [(0, None)]


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    listing = look_into(tmp_path / "borta")
    assert listing.files == ()
    assert [one.code for one in listing.findings] == ["upload.folder_lost"]
    (tmp_path / "fil").write_bytes(b"x")
    assert [one.code for one in look_into(tmp_path / "fil").findings] == ["upload.folder_lost"]


def test_names_that_differ_only_by_form_are_two_files(tmp_path: Path) -> None:
    composed, apart = "Bilaga å.pdf", normalize("NFD", "Bilaga å.pdf")
    (tmp_path / composed).write_bytes(b"1")
    (tmp_path / apart).write_bytes(b"2")
    if len(list(tmp_path.iterdir())) < 2:
        pytest.skip("this file system takes them for one")
    listing = look_into(tmp_path)
    assert len({one.name for one in listing.files}) == 2
    assert len({one.sha256 for one in listing.files}) == 2


def test_looking_can_be_stopped(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"x")
    with pytest.raises(CancelledError):
        look_into(tmp_path, cancelled=lambda: True)
    seen: list[tuple[int, int, str]] = []
    look_into(tmp_path, progress=lambda *step: seen.append(step))
    assert seen == [(0, 1, "a.pdf")]


class _WindowsError(PermissionError):
    winerror = 32


class _NetworkError(OSError):
    winerror = 53


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.EIO, ""), "upload.drive_lost"),
        (OSError(errno.ESTALE, ""), "upload.drive_lost"),
        (OSError(errno.EHOSTDOWN, ""), "upload.drive_lost"),
        (OSError(errno.ETIMEDOUT, ""), "upload.drive_lost"),
        (_NetworkError(errno.ENOENT, ""), "upload.drive_lost"),
        (_WindowsError(errno.EACCES, ""), "upload.locked"),
        (PermissionError(errno.EACCES, ""), "file.permission"),
        (FileNotFoundError(errno.ENOENT, ""), "file.not_found"),
    ],
)
def test_why_a_file_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, code: str) -> None:
    path = tmp_path / "CV.docx"
    path.write_bytes(b"x")

    def fail(*_: Any, **__: Any) -> Any:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", fail)
        found = look_at(path)
    assert found.error is not None
    assert found.error.code == code
    assert (found.sha256, found.size) == ("", 0)
    for language in ("sv", "en"):
        assert "?" not in explain(found.error, language).text


def test_a_file_whose_folder_went_away_is_told_so(tmp_path: Path) -> None:
    assert look_at(tmp_path / "borta" / "CV.docx").error == Finding("upload.folder_lost", "CV.docx")


@pytest.mark.parametrize("lock", ["~$Anbudsbrev.docx", "~$budsbrev.docx", ".~lock.Anbudsbrev.docx#"])
def test_a_file_that_word_or_libreoffice_has_open(tmp_path: Path, lock: str) -> None:
    path = tmp_path / "Anbudsbrev.docx"
    path.write_bytes(b"x")
    assert not is_open_elsewhere(path)
    (tmp_path / lock).write_bytes(b"")
    assert is_open_elsewhere(path)
    assert trouble(PermissionError(errno.EACCES, ""), path, "Anbudsbrev.docx").code == "upload.locked"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs rights that can be taken away")
def test_a_file_that_may_not_be_read_is_among_the_files(tmp_path: Path) -> None:
    (tmp_path / "hemlig.pdf").write_bytes(b"x")
    (tmp_path / "hemlig.pdf").chmod(0)
    assert [(one.name, one.error and one.error.code) for one in look_into(tmp_path).files] == [("hemlig.pdf", "file.permission")]


def test_a_file_that_has_not_changed_is_not_read_again_and_one_that_has_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"ett")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    assert look_at(path).sha256 == sha256(b"ett").hexdigest()
    path.write_bytes(b"fyra")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    assert look_at(path).sha256 == sha256(b"fyra").hexdigest()
    path.write_bytes(b"fem!")
    os.utime(path, (1_700_000_009, 1_700_000_009))
    assert look_at(path).sha256 == sha256(b"fem!").hexdigest()
    with monkeypatch.context() as patched:
        patched.setattr("app.export.package.sources._PIECE", "not a number")  # reading would fail
        assert look_at(path).sha256 == sha256(b"fem!").hexdigest()


def test_a_file_written_just_now_is_always_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"ett")
    state = path.stat()
    assert look_at(path).sha256 == sha256(b"ett").hexdigest()
    path.write_bytes(b"tre")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert look_at(path).sha256 == sha256(b"tre").hexdigest()


def test_a_file_whose_time_lies_is_looked_at_afresh_after_it_was_found_out(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"ett")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    planned = plan_package([PlanItem(item("a"))], [look_at(path)], [], OPEN)
    path.write_bytes(b"tre")
    os.utime(path, (1_700_000_000, 1_700_000_000))
    with pytest.raises(InputError) as told:
        build_package(planned, tmp_path / "p", ManifestFacts())
    assert told.value.code_used == "upload.changed_meanwhile"
    assert look_at(path).sha256 == sha256(b"tre").hexdigest()


def test_nothing_is_held_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(b"x")
    opened: list[Any] = []
    whole: Callable[..., Any] = Path.open

    def watch(path: Path, *given: Any, **more: Any) -> Any:
        stream = whole(path, *given, **more)
        opened.append(stream)
        return stream

    monkeypatch.setattr(Path, "open", watch)
    look_into(tmp_path)
    assert opened
    assert all(stream.closed for stream in opened)
