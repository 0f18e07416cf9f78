"""`anbudsklar package` as users run it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import jsonschema
import pytest

from app.cli.commands.package import PROFILES
from app.workflow.packaging import built_in
from tests.support.claims import claim, claim_set
from tests.support.package import pdf_bytes

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample"
SCHEMA = json.loads((ROOT / "resources" / "schemas" / "package.schema.json").read_text("utf-8"))


def run(*arguments: object, language: str = "sv_SE.UTF-8") -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "ANBUDSKLAR"))}
    return subprocess.run(
        [sys.executable, "-m", "app", "package", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=180,
        env={**kept, "PYTHONPATH": str(ROOT), "LANG": language, "PYTHONUTF8": "1"},
        cwd=ROOT.parent,
    )


@pytest.fixture
def procurement(tmp_path: Path) -> Path:
    folder = tmp_path / "underlag"
    folder.mkdir()
    (folder / "Upphandlingsdokument.pdf").write_bytes(
        pdf_bytes(
            (
                "Upphandlingsdokument",
                "Diarienummer: V 2027/15",
                "3.1 Registreringsbevis",
                "Anbudsgivaren ska bifoga registreringsbevis.",
                "3.2 CV",
                "Anbudsgivaren ska bifoga CV för projektledaren.",
            )
        )
    )
    return folder


@pytest.fixture
def bid(tmp_path: Path) -> Path:
    folder = tmp_path / "anbud"
    folder.mkdir()
    (folder / "Registreringsbevis.pdf").write_bytes(pdf_bytes(("Registreringsbevis", "Konsult AB")))
    (folder / "CV Åsa.pdf").write_bytes(pdf_bytes(("CV", "Åsa Berg")))
    return folder


def manifest(target: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((target / "manifest.json").read_bytes())
    jsonschema.validate(made, SCHEMA)
    for entry in made["files"]:
        data = (target / made["folder"] / entry["name"]).read_bytes()
        assert entry["sha256"] == sha256(data).hexdigest()
    return made


def test_the_sample_becomes_a_package_and_a_zip(tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in (SAMPLE / "bid").iterdir()}
    done = run("--procurement", SAMPLE / "procurement", "--bid", SAMPLE / "bid", "-o", tmp_path / "Paket", "--zip")
    assert done.returncode == 1, done.stderr
    assert "Paketet är byggt i" in done.stdout
    said = manifest(tmp_path / "Paket")
    assert said["tender"]["reference"] == "VRM 2027/0417"
    assert len(said["files"]) == len(before)
    assert (tmp_path / "Paket" / "korschema.pdf").read_bytes().startswith(b"%PDF")
    with ZipFile(tmp_path / "Paket.zip") as archive:
        assert len(archive.namelist()) == len(before) + 3
    assert {path.name: path.read_bytes() for path in (SAMPLE / "bid").iterdir()} == before


def test_files_get_names_that_portals_take_and_everything_is_paired(procurement: Path, bid: Path, tmp_path: Path) -> None:
    done = run(procurement, "--bid", bid, "-o", tmp_path / "p", "--lang", "en")
    assert done.returncode in (0, 1), done.stderr
    assert "The package is built" in done.stdout
    said = manifest(tmp_path / "p")
    assert [entry["name"] for entry in said["files"]] == ["01_Registreringsbevis.pdf", "02_CV Asa.pdf"]
    assert said["files"][1]["original_name"] == "CV Åsa.pdf"
    assert all(entry["items"] for entry in said["files"])
    assert (tmp_path / "p" / "contents.txt").exists()


def test_an_obstacle_stops_it_until_a_reason_is_given(procurement: Path, bid: Path, tmp_path: Path) -> None:
    (bid / "CV Åsa.pdf").write_bytes(b"")
    done = run("-p", procurement, "-b", bid, "-o", tmp_path / "p")
    assert done.returncode == 5
    assert "Filen är tom" in done.stderr
    assert "Inget paket skrevs." in done.stderr
    assert not (tmp_path / "p").exists()
    assert run("-p", procurement, "-b", bid, "-o", tmp_path / "p", "--force", " ").returncode == 2
    done = run("-p", procurement, "-b", bid, "-o", tmp_path / "p", "--force", "CV kommer senare")
    assert done.returncode == 1, done.stderr
    assert manifest(tmp_path / "p")["forced"] == {"reason": "CV kommer senare", "obstacles": 1}


def test_answers_and_own_profiles(procurement: Path, bid: Path, tmp_path: Path) -> None:
    (tmp_path / "svar.json").write_text(json.dumps({"answers": [{"question": "Finns inte", "value": "x"}]}), "utf-8")
    (tmp_path / "egna.toml").write_text("[[portal]]\nid = 'liten'\nname = 'Liten'\nfile_bytes = 10\n", "utf-8")
    given = ("-p", procurement, "-b", bid, "-o", tmp_path / "p", "--answers", tmp_path / "svar.json")
    done = run(*given, "--profiles", tmp_path / "egna.toml", "--profile", "liten")
    assert done.returncode == 5
    assert "Liten tar högst" in done.stderr
    assert "Svar nummer 1" in done.stderr
    (tmp_path / "egna.toml").write_text("[[portal]]\nid = 3", "utf-8")
    done = run(*given, "--profiles", tmp_path / "egna.toml")
    assert done.returncode == 3
    assert "portal 1: id" in done.stderr


def test_the_annex_and_masked_copies_are_put_in(procurement: Path, bid: Path, tmp_path: Path) -> None:
    from app.core.claims import Anchor, BidFile
    from app.secrecy.claimsfile import dump_claims

    files = (BidFile("f1", "CV Åsa.pdf"),)
    claims = claim_set(claim(anchors=(Anchor("f1", "Åsa Berg", page=1),)), files=files)
    (bid / "begäran.json").write_bytes(dump_claims(claims))
    target = tmp_path / "p"
    shutil.move(bid / "begäran.json", tmp_path / "begäran.json")
    (tmp_path / "CV Åsa.pdf").write_bytes((bid / "CV Åsa.pdf").read_bytes())
    done = run("-p", procurement, "-b", bid, "-o", target, "--claims", tmp_path / "begäran.json")
    assert done.returncode in (0, 1), done.stderr
    roles = [entry["role"] for entry in manifest(target)["files"]]
    assert roles.count("annex") == 1
    assert roles.count("masked") == 1
    masked = next(entry["name"] for entry in manifest(target)["files"] if entry["role"] == "masked")
    assert b"Berg" not in (target / "anbud" / masked).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 2),
        (("--procurement", "x"), 2),
        (("--procurement", "x", "--bid", "y"), 2),
        (("--procurement", "x", "--bid", "y", "-o", "z", "--profile", "okänd"), 2),
        (("--procurement", "x", "--bid", "/finns/inte", "-o", "z"), 3),
    ],
)
def test_what_cannot_be_done_is_told_with_a_status(arguments: tuple[str, ...], code: int) -> None:
    done = run(*arguments)
    assert done.returncode == code
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_an_unreadable_procurement_gives_no_package(bid: Path, tmp_path: Path) -> None:
    done = run("-p", tmp_path / "borta", "-b", bid, "-o", tmp_path / "p")
    assert done.returncode == 3
    assert not (tmp_path / "p").exists()


def test_work_of_others_is_never_overwritten(procurement: Path, bid: Path, tmp_path: Path) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "eget.txt").write_text("eget", "utf-8")
    done = run("-p", procurement, "-b", bid, "-o", tmp_path / "p")
    assert done.returncode == 4
    assert (tmp_path / "p" / "eget.txt").read_text("utf-8") == "eget"
    done = run("-p", procurement, "-b", bid, "-o", bid)
    assert done.returncode == 4
    assert sorted(path.name for path in bid.iterdir()) == ["CV Åsa.pdf", "Registreringsbevis.pdf"]


def test_help_names_the_portals() -> None:
    done = run("--help")
    assert done.returncode == 0
    assert "tendsign" in done.stdout
    assert tuple(profile.id for profile in built_in()) == PROFILES
