"""`anbudsklar annex`: what may be typed, what comes of it, and that a file is either whole or untouched."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.cli.arguments import parse
from app.cli.commands.annex import FORMATS, AnnexOrder
from app.cli.main import main
from app.core.claims import Anchor, ClaimSet
from app.secrecy.claimsfile import dump_claims
from app.workflow.annex import FORMATS as WRITTEN
from app.workflow.annex import is_stale
from tests.support.annexes import SEVERAL
from tests.support.claims import claim, claim_set


@pytest.fixture(autouse=True)
def _swedish(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "sv_SE.UTF-8")


def claims_file(folder: Path, claims: ClaimSet = SEVERAL) -> Path:
    path = folder / "begäran.json"
    path.write_bytes(dump_claims(claims))
    return path


def test_the_ending_decides_the_format_and_the_annex_is_swedish(monkeypatch: pytest.MonkeyPatch) -> None:
    assert parse(["annex", "c.json", "-o", "x.PDF"]) == AnnexOrder(Path("c.json"), Path("x.PDF"), "pdf", None, False, "sv", "sv")
    english = parse(["annex", "c.json", "-o", "x.txt", "--lang", "en", "--limit", "2000"])
    assert english == AnnexOrder(Path("c.json"), Path("x.txt"), "txt", 2000, False, "en", "en")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert parse(["annex", "c.json", "-o", "x.docx"]) == AnnexOrder(
        Path("c.json"), Path("x.docx"), "docx", None, False, "sv", "en"
    )
    assert FORMATS == WRITTEN


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["annex"], "Ange filen med sekretessbegäran"),
        (["annex", "", "-o", "x.pdf"], "Ange filen med sekretessbegäran"),
        (["annex", "c.json"], "docx, pdf, txt, xlsx, json"),
        (["annex", "c.json", "-o", "-"], "docx, pdf, txt, xlsx, json"),
        (["annex", "c.json", "-o", "bilaga.doc"], "docx, pdf, txt, xlsx, json"),
        (["annex", "c.json", "-o", "bilaga.pdf", "--limit", "100"], "--limit gäller bara text"),
        (["annex", "c.json", "-o", "bilaga.txt", "--limit", "0"], "--limit gäller bara text"),
        (["annex", "c.json", "-o", "bilaga.pdf", "--lang", "fr"], "sv, en"),
        (["annex", "c.json", "--nonsens"], "inget val som heter --nonsens"),
    ],
)
def test_mistakes_are_explained(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert words in told.err
    assert "anbudsklar annex --help" in told.err


@pytest.mark.parametrize("arguments", [["annex", "--help"], ["help", "annex"]])
def test_help_is_given(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 0
    shown = capsys.readouterr().out
    assert "--limit" in shown
    assert "130" in shown


@pytest.mark.parametrize("form", FORMATS)
def test_an_annex_is_written(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / f"bilaga.{form}"
    placed = claim_set(claim(), claim(number=2, anchors=(Anchor("cv", page=2),)))
    assert main(["annex", str(claims_file(tmp_path, placed)), "-o", str(target)]) == 0
    assert capsys.readouterr() == ("", "")
    assert not is_stale(target.read_bytes(), placed)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["begäran.json", target.name])


def test_what_to_look_at_is_told_and_does_not_stop_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    doubtful = replace(SEVERAL, bidder=replace(SEVERAL.bidder, organisation_number="556819-4799"))
    assert main(["annex", str(claims_file(tmp_path, doubtful)), "-o", str(tmp_path / "bilaga.docx")]) == 0
    told = capsys.readouterr().err
    assert "kontrollsiffra stämmer inte" in told
    assert "Begäran 4 har varken sida, blad eller celler" in told


def test_an_annex_that_is_not_word_for_word_the_claims_has_a_status_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    telling = claim_set(claim(loss="Om priset 1285 kr blir känt förlorar vi avropet."))
    assert main(["annex", str(claims_file(tmp_path, telling)), "-o", str(tmp_path / "bilaga.txt")]) == 1
    assert "I bilagan står ett märke i stället" in capsys.readouterr().err
    assert "[uppgift 1]" in (tmp_path / "bilaga.txt").read_text("utf-8")
    assert "1285" not in (tmp_path / "bilaga.txt").read_text("utf-8")


def test_a_text_is_shortened_aloud_or_not_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target = claims_file(tmp_path), tmp_path / "bilaga.txt"
    assert main(["annex", str(source), "-o", str(target), "--limit", "4300"]) == 1
    assert "Det här står inte med: marknad" in capsys.readouterr().err
    before = target.read_bytes()
    assert main(["annex", str(source), "-o", str(target), "--limit", "500"]) == 4
    assert "bilaga.txt: Texten får inte plats i 500 tecken." in capsys.readouterr().err
    assert target.read_bytes() == before


def test_claims_that_cannot_be_used_are_told_with_every_fault_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content: dict[str, Any] = json.loads(dump_claims(SEVERAL))
    del content["claims"][0]["loss"]
    content["claims"][1]["ground"] = "gissning"
    (tmp_path / "fel.json").write_text(json.dumps(content), "utf-8")
    target = tmp_path / "bilaga.pdf"
    target.write_bytes(b"den gamla")
    assert main(["annex", str(tmp_path / "fel.json"), "-o", str(target)]) == 3
    told = capsys.readouterr().err
    assert "fel.json: Fältet claims[0].loss saknas." in told
    assert "Det finns ingen grund som heter gissning." in told
    assert target.read_bytes() == b"den gamla"
    assert main(["annex", str(tmp_path / "finns inte.json"), "-o", str(target)]) == 3
    assert "finns inte.json: Det finns ingen sådan fil" in capsys.readouterr().err


def test_a_target_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["annex", str(claims_file(tmp_path)), "-o", str(tmp_path / "ingen" / "bilaga.pdf")]) == 4
    assert "mappen finns inte" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("form", FORMATS)
def test_a_full_disk_is_told(form: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    link = tmp_path / f"full.{form}"
    link.symlink_to("/dev/full")
    assert main(["annex", str(claims_file(tmp_path)), "-o", str(link)]) == 4
    assert "Disken är full" in capsys.readouterr().err


def test_an_annex_needs_the_names_that_suggestions_may_lack(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nameless = replace(SEVERAL, bidder=replace(SEVERAL.bidder, name=" "))
    target = tmp_path / "bilaga.txt"
    assert main(["annex", str(claims_file(tmp_path, nameless)), "-o", str(target)]) == 3
    assert "bidder.name" in capsys.readouterr().err
    assert not target.exists()


def test_an_annex_that_would_tell_a_part_of_the_secret_is_written_only_when_told_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claims = claim_set(
        claim(number=1, anchors=(Anchor("cv", "Karlsson Bygg", page=1),)),
        claim(number=2, anchors=(Anchor("cv", page=2),), may_be_released="att kunden Karlsson finns"),
    )
    source, target = claims_file(tmp_path, claims), tmp_path / "bilaga.txt"
    assert main(["annex", str(source), "-o", str(target)]) == 3
    assert not target.exists()
    assert "--anyway" in capsys.readouterr().err
    assert main(["annex", str(source), "-o", str(target), "--anyway"]) == 0
    assert target.exists()


def test_a_claim_of_an_unknown_kind_does_not_stop_the_others(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = claims_file(tmp_path)
    content = json.loads(source.read_text())
    content["claims"][0]["category"] = "nytt-slag"
    source.write_text(json.dumps(content))
    assert main(["annex", str(source), "-o", str(tmp_path / "bilaga.txt")]) in (0, 1)
    assert f"Begäran {content['claims'][0]['number']} " in capsys.readouterr().err


@pytest.mark.parametrize(("language", "words"), [("sv", "leder ut ur mappen"), ("en", "leads out of the folder")])
def test_claims_on_files_outside_their_folder_give_no_annex(
    language: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", f"{language}_SE.UTF-8")
    source = claims_file(tmp_path)
    content = json.loads(source.read_text("utf-8"))
    content["files"][0]["path"] = "../../.ssh/id_rsa"
    source.write_text(json.dumps(content), "utf-8")
    assert main(["annex", str(source), "-o", str(tmp_path / "bilaga.txt")]) == 3
    told = capsys.readouterr().err
    assert "files[0].path" in told
    assert words in told
    assert not (tmp_path / "bilaga.txt").exists()
