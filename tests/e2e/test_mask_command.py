"""`anbudsklar mask` as a user runs it."""

from __future__ import annotations

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from tests.support.hiding.pdfs import bid_pdf
from tests.support.hiding.words import bid_docx
from tests.support.leaks import leaks

ROOT = Path(__file__).resolve().parents[2]
SECRET = "Nordvik Kraftverk"


def claims_file(folder: Path, **files: tuple[str, bytes, dict[str, Any]]) -> Path:
    """A claims file beside the files of a bid: name, bytes and anchor of each."""
    for name, data, _ in files.values():
        (folder / name).write_bytes(data)
    made = {
        "format": "anbudsklar/claims-1",
        "tender": {"name": "Konsulttjänster", "buyer": "Exempelverket", "reference": None},
        "bidder": {"name": "Norrsken Konsult AB", "organisation_number": "556819-4798"},
        "files": [{"id": key, "path": name, "sha256": sha256(data).hexdigest()} for key, (name, data, _) in files.items()],
        "claims": [
            {
                "number": 1,
                "anchors": [{"file": key, **anchor} for key, (_, _, anchor) in files.items()],
                "category": "reference",
                "ground": "osl-31-16",
                "used_by": "a",
                "how": "b",
                "loss": "c",
            }
        ],
    }
    path = folder / "claims.json"
    path.write_text(json.dumps(made), "utf-8")
    return path


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "app", "mask", *map(str, arguments), "--lang", "sv"]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=300)


def test_copies_are_written_and_told_of(tmp_path: Path) -> None:
    claims = claims_file(
        tmp_path,
        p=("brev.pdf", bid_pdf(SECRET), {"quote": SECRET, "page": 1}),
        d=("metod.docx", bid_docx(SECRET), {"quote": SECRET}),
    )
    done = run(claims, "-o", tmp_path / "ut")
    assert done.returncode == 0, done.stderr
    assert "brev.pdf: brev_maskad.pdf är skriven och kontrollerad, 1 mask." in done.stdout
    assert sorted(path.name for path in (tmp_path / "ut").iterdir()) == ["brev_maskad.pdf", "metod_maskad.docx"]
    for path in (tmp_path / "ut").iterdir():
        assert leaks(path.read_bytes(), SECRET) == []
    assert SECRET not in done.stdout + done.stderr


def test_what_cannot_be_found_is_a_status_and_no_file(tmp_path: Path) -> None:
    claims = claims_file(
        tmp_path,
        p=("brev.pdf", bid_pdf(SECRET), {"quote": "finns inte alls"}),
        d=("metod.docx", bid_docx(SECRET), {"quote": SECRET}),
    )
    done = run(claims, "-o", tmp_path / "ut")
    assert done.returncode == 1
    assert "brev.pdf: Det som är markerat i begäran 1 finns inte i filen." in done.stderr
    assert [path.name for path in (tmp_path / "ut").iterdir()] == ["metod_maskad.docx"]


def test_no_copy_at_all_has_a_status_of_its_own(tmp_path: Path) -> None:
    claims = claims_file(tmp_path, p=("brev.pdf", bid_pdf(SECRET), {"quote": SECRET}))
    (tmp_path / "brev.pdf").write_bytes(bid_pdf("annat"))
    done = run(claims, "-o", tmp_path / "ut")
    assert done.returncode == 3
    assert "har ändrats sedan den markerades" in done.stderr
    assert list((tmp_path / "ut").iterdir()) == []


def test_a_broken_claims_file_and_a_missing_folder_are_explained(tmp_path: Path) -> None:
    broken = tmp_path / "claims.json"
    broken.write_text("{", "utf-8")
    assert run(broken, "-o", tmp_path / "ut").returncode == 3
    missing = run(broken)
    assert missing.returncode == 2
    assert "-o" in missing.stderr
    assert not (tmp_path / "ut").exists()


def test_a_number_that_no_claim_has_is_told(tmp_path: Path) -> None:
    claims = claims_file(tmp_path, d=("metod.docx", bid_docx(SECRET), {"quote": SECRET}))
    done = run(claims, "-o", tmp_path / "ut", "--leave", "9")
    assert done.returncode == 3
    assert "Ingen begäran har nummer 9" in done.stderr
    assert not (tmp_path / "ut").exists()


def test_a_file_in_an_archive_is_unpacked_and_masked(tmp_path: Path) -> None:
    claims = claims_file(tmp_path, d=("metod.docx", bid_docx(SECRET), {"quote": SECRET}))
    with ZipFile(tmp_path / "bilagor.zip", "w") as archive:
        archive.write(tmp_path / "metod.docx", "a/metod.docx")
    (tmp_path / "metod.docx").unlink()
    content = json.loads(claims.read_text("utf-8"))
    content["files"][0]["path"] = "bilagor.zip/a/metod.docx"
    claims.write_text(json.dumps(content), "utf-8")
    assert run(claims, "-o", tmp_path / "ut").returncode == 0
    assert leaks((tmp_path / "ut" / "metod_maskad.docx").read_bytes(), SECRET) == []


def test_claims_on_a_file_outside_their_folder_are_refused(tmp_path: Path) -> None:
    claims = claims_file(tmp_path, d=("metod.docx", bid_docx(SECRET), {"quote": SECRET}))
    (tmp_path / "under").mkdir()
    content = json.loads(claims.read_text("utf-8"))
    content["files"][0]["path"] = "../metod.docx"
    inner = tmp_path / "under" / "claims.json"
    inner.write_text(json.dumps(content), "utf-8")
    done = run(inner, "-o", tmp_path / "ut")
    assert done.returncode == 3
    assert "Sökvägen i files[0].path leder ut ur mappen" in done.stderr
    assert not (tmp_path / "ut").exists()
