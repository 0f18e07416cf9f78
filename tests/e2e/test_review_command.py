"""`anbudsklar review` as users run it, with the real child processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.support.planted import FAULTS, SAMPLE, faultless, planted

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "resources" / "schemas" / "review.schema.json").read_text("utf-8"))
PROCUREMENT = SAMPLE / "procurement"
NOW = ("--now", "2027-10-20T12:00")


def run(*arguments: object, language: str = "sv_SE.UTF-8") -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "ANBUDSKLAR"))}
    return subprocess.run(
        [sys.executable, "-m", "app", "review", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=240,
        env={**kept, "PYTHONPATH": str(ROOT), "LANG": language, "PYTHONUTF8": "1"},
        cwd=ROOT.parent,
    )


def test_a_bid_without_faults_is_green_and_the_status_says_so(tmp_path: Path) -> None:
    done = run("--procurement", PROCUREMENT, "--bid", faultless(tmp_path / "bid"), *NOW)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Inget att anmärka.")
    assert "hinder\t" not in done.stdout


def test_faults_are_told_in_json_that_follows_the_schema(tmp_path: Path) -> None:
    target = tmp_path / "granskning.json"
    done = run("-p", PROCUREMENT, "-b", planted(tmp_path / "bid", FAULTS), *NOW, "-o", target, "--lang", "en")
    assert done.returncode == 5, done.stderr
    data = json.loads(target.read_text("utf-8"))
    jsonschema.validate(data, SCHEMA)
    assert {fault.rule for fault in FAULTS} <= {finding["rule"] for finding in data["findings"]}
    assert data["language"] == "en"
    assert not data["ready"]


def test_warnings_alone_have_a_status_of_their_own(tmp_path: Path) -> None:
    faults = [fault for fault in FAULTS if fault.rule == "comments.left"]
    done = run("-p", PROCUREMENT, "-b", planted(tmp_path / "bid", faults), *NOW)
    assert done.returncode == 1, done.stdout
    assert done.stdout.startswith("Inga hinder, 1 varning.")


def test_what_of_the_procurement_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "Underlag.pdf").write_bytes(b"")
    done = run("-p", tmp_path / "Underlag.pdf", "-p", tmp_path / "borta", "-b", tmp_path, *NOW)
    assert done.returncode == 3
    assert done.stderr.count("Underlag.pdf:") == 1
    assert "borta:" in done.stderr
    assert "ingen granskning gjordes" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--bid", "x"), "--procurement"),
        (("--procurement", "x"), "--bid"),
        (("-p", "x", "-b", "y", "--now", "i går"), "2027-10-26"),
        (("-p", "x", "-b", "y", "--format", "pdf"), "-o"),
        (("-p", "x", "-b", "y", "--format", "docx"), "table, json, html, pdf"),
    ],
)
def test_what_is_missing_or_wrong_in_the_command_is_explained(arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_procurement_that_is_not_there_gives_no_review(tmp_path: Path) -> None:
    done = run("-p", tmp_path / "borta.pdf", "-b", faultless(tmp_path / "bid"))
    assert done.returncode == 3
    assert done.stdout == ""


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    done = run("-p", PROCUREMENT, "-b", faultless(tmp_path / "bid"), "-o", tmp_path / "borta" / "g.json")
    assert done.returncode == 4
    assert "Traceback" not in done.stderr
