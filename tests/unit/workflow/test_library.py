"""The company's own documents: how they stand on a tender's last day, and how they come into a bid."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.core.errors import AnbudsklarError, InputError, OutputError
from app.core.library import LibraryDocument, LibraryKind
from app.workflow.library import Freshness, LibraryShelf, Standing, standing, to_renew
from tests.support.vaults import library_document

LAST = date(2026, 12, 4)


class Kept:
    def __init__(self) -> None:
        self.known: dict[str, LibraryDocument] = {}
        self.files: dict[str, bytes] = {}

    def library(self) -> tuple[LibraryDocument, ...]:
        return tuple(self.known.values())

    def put_library(self, document: LibraryDocument) -> None:
        self.known[document.key] = document

    def delete_library(self, key: str) -> None:
        del self.known[key]

    def put_blob(self, data: bytes) -> str:
        name = f"{hash(data):x}"
        self.files[name] = data
        return name

    def blob(self, sha256: str) -> bytes:
        return self.files[sha256]


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def shelf(kept: Kept) -> LibraryShelf:
    return LibraryShelf(kept, lambda: datetime(2026, 11, 29, 12, tzinfo=UTC))


@pytest.mark.parametrize(
    ("issued", "expires", "months", "expected"),
    [
        ("2026-09-04", None, 3, Standing(Freshness.VALID)),
        ("2026-09-03", None, 3, Standing(Freshness.OLD, 92)),
        ("2026-09-03", None, None, Standing(Freshness.VALID)),
        (None, "2026-12-04", None, Standing(Freshness.ENDING, 0)),
        (None, "2026-12-03", None, Standing(Freshness.EXPIRED, 1)),
        ("2020-01-01", "2027-02-02", None, Standing(Freshness.ENDING, 60)),
        ("2020-01-01", "2027-02-03", None, Standing(Freshness.VALID, 61)),
        ("2020-01-01", "2027-06-30", 12, Standing(Freshness.OLD, 2529)),
        (None, None, 3, Standing(Freshness.UNDATED)),
        ("i höstas", None, 3, Standing(Freshness.UNDATED)),
    ],
)
def test_a_document_is_judged_on_the_tenders_last_day(
    issued: str | None, expires: str | None, months: int | None, expected: Standing
) -> None:
    assert standing(library_document(1, issued=issued, expires=expires), LAST, months) == expected


def test_months_back_from_a_day_that_the_month_does_not_have() -> None:
    on = date(2026, 5, 31)
    assert standing(library_document(1, issued="2026-02-28"), on, 3).freshness is Freshness.VALID
    assert standing(library_document(1, issued="2026-02-27"), on, 3).freshness is Freshness.OLD


def test_what_runs_out_is_told_ahead_of_time() -> None:
    documents = (
        library_document(1, name="ISO 9001", expires="2027-01-10"),
        library_document(2, name="Försäkring", expires="2026-12-31"),
        library_document(3, name="Gammal", expires="2025-12-31", retired="2026-01-02"),
        library_document(4, name="Långt kvar", expires="2028-12-31"),
        library_document(5, name="Utgånget", expires="2026-11-01"),
    )
    told = to_renew(documents, date(2026, 11, 29))
    assert [(document.name, how.freshness) for document, how in told] == [
        ("Utgånget", Freshness.EXPIRED),
        ("Försäkring", Freshness.ENDING),
        ("ISO 9001", Freshness.ENDING),
    ]


def test_a_copy_goes_into_the_bids_folder_over_nothing(shelf: LibraryShelf, kept: Kept, tmp_path: Path) -> None:
    source = tmp_path / "Registreringsbevis åäö.pdf"
    source.write_bytes(b"%PDF beviset")
    document = shelf.take_in(source, "  Registreringsbevis ", LibraryKind.REGISTRATION, issued="2026-09-14")
    assert (document.name, document.filename, document.size) == ("Registreringsbevis", source.name, 12)
    source.unlink()
    bid = tmp_path / "anbud" / "bilagor"
    first = shelf.place(document, bid, "a" * 32, "Drift")
    assert (first.path.read_bytes(), first.new) == (b"%PDF beviset", True)
    assert shelf.place(shelf.documents()[0], bid, "a" * 32, "Drift") == (
        again := first.__class__(first.path, first.sha256, 12, new=False)
    )
    assert again.path == first.path
    first.path.write_bytes(b"n\xc3\xa5got annat")
    second = shelf.place(shelf.documents()[0], bid, "a" * 32, "Drift")
    assert second.path.name == "Registreringsbevis åäö (2).pdf"
    assert first.path.read_bytes() == b"n\xc3\xa5got annat"
    (used,) = kept.library()
    assert [(use.tender, use.path) for use in used.uses] == [("a" * 32, str(first.path)), ("a" * 32, str(second.path))]


def test_a_newer_issue_retires_the_older(shelf: LibraryShelf, tmp_path: Path) -> None:
    for year in ("2025", "2026"):
        (tmp_path / f"{year}.pdf").write_bytes(year.encode())
    old = shelf.take_in(tmp_path / "2025.pdf", "ISO 27001", LibraryKind.CERTIFICATE, expires="2026-12-31")
    new = shelf.renew(old, tmp_path / "2026.pdf", issued=None, expires="2027-12-31")
    assert {document.key: document.retired for document in shelf.documents()} == {old.key: "2026-11-29", new.key: None}
    assert (new.name, new.kind) == (old.name, old.kind)
    shelf.retire(new)
    shelf.delete(shelf.retire(new, False))
    assert [document.key for document in shelf.documents()] == [old.key]


def test_what_cannot_be_taken_in_or_written_is_told(shelf: LibraryShelf, kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "tom.pdf").write_bytes(b"")
    for path in (tmp_path / "tom.pdf", tmp_path / "borta.pdf", tmp_path):
        with pytest.raises(AnbudsklarError):
            shelf.take_in(path, "x", LibraryKind.OTHER)
    assert shelf.documents() == ()
    (tmp_path / "a.pdf").write_bytes(b"a")
    document = shelf.take_in(tmp_path / "a.pdf", "A", LibraryKind.OTHER)
    with pytest.raises(OutputError):
        shelf.place(document, tmp_path / "a.pdf" / "under", "a" * 32, "Drift")
    kept.files.clear()
    with pytest.raises(InputError) as caught:
        shelf.place(document, tmp_path, "a" * 32, "Drift")
    assert caught.value.finding().code == "library.no_file"
