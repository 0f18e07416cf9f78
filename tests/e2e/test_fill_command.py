"""`anbudsklar fill` as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from tests.support.forms import acroform

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str | Path, lang: str = "sv") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "app", "fill", *map(str, arguments), "--lang", lang]
    environment = {key: value for key, value in os.environ.items() if key != "ANBUDSKLAR_PASSWORD"}
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=300, env=environment)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "form.pdf").write_bytes(acroform())
    return tmp_path


def answers(folder: Path, *entries: dict[str, Any]) -> Path:
    path = folder / "svar.json"
    path.write_text(json.dumps({"format": "anbudsklar/answers-1", "answers": entries}), "utf-8")
    return path


def test_it_fills_in_a_copy_and_tells_what_became_of_each_answer(folder: Path) -> None:
    given = answers(
        folder,
        {"field": "company", "value": "Åkes Bygg AB"},
        {"question": "Har ni kollektivavtal?", "value": True},
        {"field": "orgnr", "value": "för långt för fältet"},
        {"item": "0000", "value": 12},
    )
    done = run(folder / "form.pdf", "--answers", given, "-o", folder / "ut.pdf")
    assert done.returncode == 1
    assert "Ifyllt (2 svar)" in done.stdout
    assert "Svaret är för långt: 20 tecken, högst 11 får plats." in done.stdout
    assert "Frågan finns inte i formuläret." in done.stdout
    assert "ut.pdf är skriven: 2 av 4 svar ifyllda." in done.stdout
    fields = PdfReader(folder / "ut.pdf").get_fields() or {}
    assert fields["agreement"]["/V"] == "/Ja"
    assert (folder / "form.pdf").read_bytes() == acroform()
    assert {path.name for path in folder.iterdir()} == {"form.pdf", "svar.json", "ut.pdf"}


def test_the_report_as_json(folder: Path) -> None:
    given = answers(folder, {"field": "company", "value": "Åkes"}, {"field": "town", "value": "Kiruna"})
    done = run(folder / "form.pdf", "-a", given, "-o", folder / "ut.pdf", "--format", "json", lang="en")
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert report["filled"] == 1
    assert [entry["outcome"] for entry in report["answers"]] == ["filled", "unfit"]
    assert report["answers"][1]["reason"]["code"] == "fill.not_in_list"
    assert report["answers"][1]["options"] == ["Malmö", "Umeå"]
    assert {entry["question"] for entry in report["unanswered"]} >= {"Beskriv er organisation:", "Ort:"}


def test_all_is_filled_in(folder: Path) -> None:
    done = run(folder / "form.pdf", "-a", answers(folder, {"field": "company", "value": "Åkes"}), "-o", folder / "ut.pdf")
    assert done.returncode == 0, done.stderr


def test_nothing_is_written_when_nothing_fits(folder: Path) -> None:
    done = run(folder / "form.pdf", "-a", answers(folder, {"field": "finns inte", "value": "x"}), "-o", folder / "ut.pdf")
    assert done.returncode == 3
    assert "ingen kopia skrevs" in done.stderr
    assert not (folder / "ut.pdf").exists()


def test_the_original_is_never_the_copy(folder: Path) -> None:
    given = answers(folder, {"field": "company", "value": "Åkes"})
    done = run(folder / "form.pdf", "-a", given, "-o", folder / "form.pdf")
    assert done.returncode == 3
    assert "Kopian kan inte skrivas över formuläret." in done.stderr
    assert (folder / "form.pdf").read_bytes() == acroform()


def test_a_copy_that_cannot_be_written(folder: Path) -> None:
    given = answers(folder, {"field": "company", "value": "Åkes"})
    assert run(folder / "form.pdf", "-a", given, "-o", folder / "finns inte" / "ut.pdf").returncode == 4


@pytest.mark.parametrize(
    "arguments", [(), ("form.pdf",), ("form.pdf", "-a", "svar.json"), ("form.pdf", "-a", "svar.json", "-o", "-")]
)
def test_a_command_that_lacks_something(arguments: tuple[str, ...]) -> None:
    assert run(*arguments).returncode == 2


def test_faults_in_the_answers_are_all_told_by_their_place(folder: Path) -> None:
    given = answers(folder, {"value": "x"}, {"field": "a", "values": 1}, {"place": {"box": [1]}, "value": "hemligt svar"})
    done = run(folder / "form.pdf", "-a", given, "-o", folder / "ut.pdf")
    assert done.returncode == 3
    for place in ("answers[0]", "answers[1].values", "answers[1].value", "answers[2].place.box"):
        assert place in done.stderr
    assert "hemligt" not in done.stderr
