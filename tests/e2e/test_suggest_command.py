"""`anbudsklar suggest` as users run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from pypdf import PdfReader, PdfWriter

from tests.support.package import pdf_bytes

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "resources" / "schemas" / "claims.schema.json").read_text("utf-8"))
BID = ROOT / "resources" / "sample" / "bid"


def run(*arguments: object, language: str = "sv_SE.UTF-8") -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "ANBUDSKLAR"))}
    return subprocess.run(
        [sys.executable, "-m", "app", "suggest", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        env={**kept, "PYTHONPATH": str(ROOT), "LANG": language, "PYTHONUTF8": "1"},
        cwd=ROOT.parent,
    )


def claims(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    jsonschema.validate(content, SCHEMA)
    return content


@pytest.fixture
def priced(tmp_path: Path) -> Path:
    path = tmp_path / "pris.pdf"
    path.write_bytes(pdf_bytes(("Priser", "En konsult kostar 950 kr/tim.")))
    return path


def test_it_writes_claims_that_follow_the_schema_and_shows_why(tmp_path: Path) -> None:
    target = tmp_path / "c.json"
    given = (
        "--tender",
        "Konsulter",
        "--buyer",
        "Verket",
        "--reference",
        "V 1",
        "--bidder",
        "Vi AB",
        "--organisation-number",
        "559999-9990",
    )
    done = run(BID, "-o", target, *given)
    assert done.returncode == 0, done.stderr
    made = claims(target)
    assert made["tender"] == {"name": "Konsulter", "buyer": "Verket", "reference": "V 1"}
    assert made["bidder"] == {"name": "Vi AB", "organisation_number": "559999-9990"}
    for file in made["files"]:
        assert (BID / file["path"]).is_file()
    assert f"Sökvägarna är skrivna från {BID}" in done.stderr
    assert {claim["loss"] for claim in made["claims"]} == {""}
    assert all(claim["note"] for claim in made["claims"])
    assert "Anbudsområde A!C5:C7" in done.stdout
    assert "kolumnen eller raden heter ”Pris per timme (SEK)”" in done.stdout


def test_english_users_read_english(priced: Path) -> None:
    done = run(priced, language="en_GB.UTF-8")
    assert done.returncode == 0
    assert "One suggestion." in done.stdout
    assert "amount per hour in running text" in done.stdout


def test_without_a_file_nothing_is_written_and_a_dash_is_standard_output(priced: Path) -> None:
    run(priced)
    assert [path.name for path in priced.parent.iterdir()] == ["pris.pdf"]
    content = json.loads(run(priced, "-o", "-").stdout)
    jsonschema.validate(content, SCHEMA)
    assert content["claims"][0]["anchors"][0]["quote"] == "950 kr/tim"


def test_somebody_s_work_is_not_overwritten(priced: Path) -> None:
    target = priced.with_name("c.json")
    assert run(priced, "-o", target).returncode == 0
    assert run(priced, "-o", target).returncode == 0
    worked = target.read_text("utf-8").replace('"how": ""', '"how": "De lägger sig en krona under."', 1)
    target.write_text(worked, "utf-8")
    done = run(priced, "-o", target)
    assert done.returncode == 4
    assert "lämnas orörd" in done.stderr
    assert target.read_text("utf-8") == worked


def test_a_password_opens_a_file_and_is_told_nowhere(priced: Path) -> None:
    writer = PdfWriter(clone_from=PdfReader(priced))
    writer.encrypt("hemligt-lösen", algorithm="AES-256")
    locked = priced.with_name("låst.pdf")
    writer.write(locked)
    refused = run(locked)
    assert refused.returncode == 3
    assert "lösenord" in refused.stderr.lower()
    opened = run(locked, "--password", "hemligt-lösen", "-o", priced.with_name("c.json"))
    assert opened.returncode == 0, opened.stderr
    assert "hemligt-lösen" not in opened.stdout + opened.stderr + priced.with_name("c.json").read_text("utf-8")


def test_what_cannot_be_read_has_words_and_a_status(priced: Path) -> None:
    broken = priced.with_name("trasig.pdf")
    broken.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 8)
    target = priced.with_name("c.json")
    done = run(priced, broken, "-o", target)
    assert done.returncode == 1
    assert "trasig.pdf" in done.stderr
    assert len(claims(target)["claims"]) == 1
    assert run(priced.with_name("finns inte.pdf")).returncode == 3
    assert run().returncode == 2


def test_no_text_of_a_document_is_on_standard_error(priced: Path) -> None:
    scan = priced.with_name("låst.docx")
    scan.write_bytes(b"PK\x03\x04 950 kr/tim hemlig text")
    done = run(priced, scan, "-o", priced.with_name("c.json"))
    assert "950" not in done.stderr
    assert "hemlig text" not in done.stderr
