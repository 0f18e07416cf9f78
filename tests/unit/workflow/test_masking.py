"""The masked copies of a bid: a file changed on disk, a full disk, names, and one file's trouble that is not the others'."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any, NoReturn
from zipfile import ZipFile

import pytest

from app.core.claims import Anchor, BidFile, ClaimSet
from app.core.document import Finding
from app.core.errors import OutputError
from app.documents.reader import ReadRequest
from app.secrecy.masking import Mark, Masked
from app.workers.masking import ProcessMasker, SerialMasker
from app.workflow.masking import FileOutcome, marks_by_file, mask_bid
from tests.support.claims import BIDDER, TENDER, claim
from tests.support.hiding.pdfs import bid_pdf
from tests.support.hiding.sheets import bid_xlsx
from tests.support.hiding.words import bid_docx
from tests.support.leaks import leaks
from tests.support.masks import pdf_text

SECRET = "Nordvik Kraftverk"


def bid(folder: Path, **changes: Any) -> ClaimSet:
    """A bid of three files in each of which one thing is marked, and one in which nothing is."""
    made = {"brev.pdf": bid_pdf(SECRET), "metod.docx": bid_docx(SECRET), "pris.xlsx": bid_xlsx(SECRET), "policy.txt": b"Policy"}
    for name, data in made.items():
        (folder / name).write_bytes(data)
    files = tuple(BidFile(name, name, sha256(data).hexdigest()) for name, data in made.items())
    anchors = tuple(Anchor(name, quote=SECRET) for name in list(made)[:3])
    return ClaimSet(TENDER, BIDDER, changes.get("files", files), changes.get("claims", (claim(anchors=anchors),)))


def outcomes(claims: ClaimSet, folder: Path, target: Path, **more: Any) -> dict[str, FileOutcome]:
    found = mask_bid(claims, folder, target, masker=more.pop("masker", None) or SerialMasker(), **more)
    return {outcome.name: outcome for outcome in found}


def written(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_each_file_with_a_mark_has_its_copy_and_the_originals_are_untouched(tmp_path: Path) -> None:
    claims = bid(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    found = outcomes(claims, tmp_path, tmp_path / "ut")
    assert written(tmp_path / "ut") == ["brev_maskad.pdf", "metod_maskad.docx", "pris_maskad.xlsx"]
    assert [warning.code for warning in found["policy.txt"].warnings] == ["mask.nothing_marked"]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before
    for path in (tmp_path / "ut").iterdir():
        assert leaks(path.read_bytes(), SECRET) == []


def test_a_file_without_marks_is_searched_for_what_is_marked_in_the_others(tmp_path: Path) -> None:
    claims = bid(tmp_path)
    (tmp_path / "policy.txt").write_text(f"Vi har arbetat för {SECRET}.", encoding="utf-8")
    found = outcomes(claims, tmp_path, tmp_path / "ut")["policy.txt"]
    assert [warning.code for warning in found.warnings] == ["mask.open_here"]
    assert found.copy is None
    (tmp_path / "policy.txt").write_bytes(bytes(range(256)))
    found = outcomes(claims, tmp_path, tmp_path / "ut2")["policy.txt"]
    assert [warning.code for warning in found.warnings] == ["mask.not_searched"]


def test_a_file_that_changed_since_it_was_marked_has_no_copy_and_the_others_have(tmp_path: Path) -> None:
    claims = bid(tmp_path)
    (tmp_path / "metod.docx").write_bytes(bid_docx("annat"))
    found = outcomes(claims, tmp_path, tmp_path / "ut")
    assert found["metod.docx"].error == Finding("mask.file_changed", "metod.docx")
    assert written(tmp_path / "ut") == ["brev_maskad.pdf", "pris_maskad.xlsx"]


def test_a_mark_that_cannot_be_found_leaves_its_file_without_a_copy(tmp_path: Path) -> None:
    anchors = (Anchor("brev.pdf", quote=SECRET), Anchor("brev.pdf", quote="finns inte"), Anchor("pris.xlsx", quote=SECRET))
    found = outcomes(bid(tmp_path, claims=(claim(anchors=anchors),)), tmp_path, tmp_path / "ut")
    error = found["brev.pdf"].error
    assert error is not None
    assert error.code == "mask.not_found"
    assert written(tmp_path / "ut") == ["pris_maskad.xlsx"]


def test_a_file_that_is_gone_is_an_error_of_its_own(tmp_path: Path) -> None:
    claims = bid(tmp_path)
    (tmp_path / "brev.pdf").unlink()
    error = outcomes(claims, tmp_path, tmp_path / "ut")["brev.pdf"].error
    assert error is not None
    assert error.code == "file.not_found"


def test_a_full_disk_leaves_no_half_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = bid(tmp_path)

    def full(_: int) -> NoReturn:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    found = outcomes(claims, tmp_path, tmp_path / "ut")
    assert {outcome.error.code for outcome in found.values() if outcome.error} == {"output.disk_full"}
    assert written(tmp_path / "ut") == []


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "fil").write_bytes(b"")
    with pytest.raises(OutputError):
        outcomes(bid(tmp_path), tmp_path, tmp_path / "fil" / "ut")


def test_a_name_that_tells_is_replaced_and_a_file_of_the_bid_is_never_written_over(tmp_path: Path) -> None:
    for name in (f"{SECRET}.pdf", "brev.pdf", "brev_maskad.pdf"):
        (tmp_path / name).write_bytes(bid_pdf(SECRET))
    files = tuple(BidFile(name, name) for name in (f"{SECRET}.pdf", "brev.pdf", "brev_maskad.pdf"))
    claims = ClaimSet(TENDER, BIDDER, files, (claim(anchors=tuple(Anchor(file.id, quote=SECRET) for file in files)),))
    found = outcomes(claims, tmp_path, tmp_path)
    copies = [outcome.copy.name for outcome in found.values() if outcome.copy]
    assert copies == ["maskerad-1_maskad.pdf", "brev_maskad (2).pdf", "brev_maskad_maskad.pdf"]
    assert (tmp_path / "brev_maskad.pdf").read_bytes() == bid_pdf(SECRET)
    assert "mask.renamed" in [warning.code for warning in found[f"{SECRET}.pdf"].warnings]


def test_marks_are_gathered_by_file_in_the_order_of_the_claims() -> None:
    claims = ClaimSet(
        TENDER,
        BIDDER,
        (BidFile("a", "a.pdf"), BidFile("b", "b.pdf")),
        (claim(number=2, anchors=(Anchor("b", page=1), Anchor("a", page=2))), claim(number=5, anchors=(Anchor("a", page=3),))),
    )
    assert marks_by_file(claims) == {
        "b": (Mark(2, Anchor("b", page=1)),),
        "a": (Mark(2, Anchor("a", page=2)), Mark(5, Anchor("a", page=3))),
    }


def test_a_child_of_its_own_makes_the_same_copy(tmp_path: Path) -> None:
    claims = bid(tmp_path)
    outcomes(claims, tmp_path, tmp_path / "ut", masker=ProcessMasker())
    outcomes(claims, tmp_path, tmp_path / "serial")
    assert pdf_text((tmp_path / "ut" / "brev_maskad.pdf").read_bytes()) == pdf_text(
        (tmp_path / "serial" / "brev_maskad.pdf").read_bytes()
    )
    for name in ("metod_maskad.docx", "pris_maskad.xlsx"):
        assert parts(tmp_path / "ut" / name) == parts(tmp_path / "serial" / name)


def parts(path: Path) -> dict[str, bytes]:
    with ZipFile(BytesIO(path.read_bytes())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ("import os; os._exit(3)", "worker.crashed"),
        ("import sys; sys.stdout.buffer.write(b'\\x00' * 7)", "worker.protocol"),
        ("import sys; sys.stdout.buffer.write((2).to_bytes(8, 'big') + b'{}' + (0).to_bytes(8, 'big'))", "worker.protocol"),
    ],
)
def test_a_child_that_dies_or_talks_nonsense_is_no_copy(script: str, code: str) -> None:
    import sys

    result = ProcessMasker(command=[sys.executable, "-c", script]).mask(ReadRequest("brev.pdf", data=b"%PDF"), (), frozenset())
    assert isinstance(result, Finding)
    assert result.code == code


def test_work_that_is_called_off_ends_its_child() -> None:
    import sys

    masker = ProcessMasker(cancelled=lambda: True, command=[sys.executable, "-c", "import time; time.sleep(600)"])
    result = masker.mask(ReadRequest("brev.pdf", data=b"%PDF"), (), frozenset())
    assert result == Finding("work.cancelled", "brev.pdf")


def test_a_fault_that_nobody_foresaw_is_an_error_without_a_word_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> NoReturn:
        raise ZeroDivisionError(SECRET)

    monkeypatch.setattr("app.workflow.masking.mask_file", fails)
    result = SerialMasker().mask(ReadRequest("brev.pdf", data=b"x"), (), frozenset())
    assert isinstance(result, Finding)
    assert result.code == "worker.failed"
    assert SECRET not in repr(result)


class _Refusing:
    def mask(
        self, request: ReadRequest, marks: Sequence[Mark], left: frozenset[int], others: Sequence[tuple[int, str]] = ()
    ) -> Masked | Finding:
        return Finding("limit.memory", request.name)


def test_what_the_masker_says_is_what_is_told(tmp_path: Path) -> None:
    found = outcomes(bid(tmp_path), tmp_path, tmp_path / "ut", masker=_Refusing())
    assert found["brev.pdf"].error == Finding("limit.memory", "brev.pdf")
    assert written(tmp_path / "ut") == []


def test_what_is_marked_in_one_file_and_stands_open_in_another_is_told(tmp_path: Path) -> None:
    anchors = (
        Anchor("brev.pdf", quote=SECRET),
        Anchor("metod.docx", quote="hela perioden"),
        Anchor("pris.xlsx", quote="Leveransplan"),
    )
    found = outcomes(bid(tmp_path, claims=(claim(number=4, anchors=anchors),)), tmp_path, tmp_path / "ut")
    for name in ("metod.docx", "pris.xlsx"):
        assert Finding("mask.open_here", name, None, (("claim", "4"),)) in found[name].warnings
