"""What may be typed, and what comes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.arguments import parse
from app.cli.commands.check import FORMATS, CheckOrder


@pytest.fixture(autouse=True)
def _swedish(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "ANBUDSKLAR_PASSWORD"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "sv_SE.UTF-8")


def order(*arguments: str) -> CheckOrder:
    made = parse(arguments)
    assert isinstance(made, CheckOrder)
    return made


def test_the_simplest_order() -> None:
    assert order("check", "a.pdf", "b") == CheckOrder((Path("a.pdf"), Path("b")), "table", None, (), "sv")


def test_everything_at_once() -> None:
    made = order("check", "a", "--format", "JSON", "-o", "x.bin", "--only", "must", "--only", "question", "--lang", "en")
    assert made == CheckOrder((Path("a"),), "json", Path("x.bin"), ("must", "question"), "en")


@pytest.mark.parametrize("form", FORMATS[1:])
def test_the_ending_of_the_output_decides(form: str) -> None:
    assert order("check", "a", "-o", f"x.{form.upper()}").format == form


def test_a_dash_is_standard_output() -> None:
    assert order("check", "a", "--format", "html", "-o", "-").output is None


def test_passwords_come_from_three_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "p.txt").write_text("\ufefftre\n\nfyra å\n", "utf-8")
    monkeypatch.setenv("ANBUDSKLAR_PASSWORD", "två")
    made = order("check", "a", "--password", "ett", "--password-file", str(tmp_path / "p.txt"))
    assert made.passwords == ("ett", "två", "tre", "fyra å")
    assert "fyra" not in repr(made)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check"], "minst en fil"),
        (["check", "a", "--nonsens"], "inget val som heter --nonsens"),
        (["check", "a", "--format", "pdf"], 'kan inte vara "pdf"'),
        (["check", "a", "--only", "allt"], "must, missing, question"),
        (["check", "a", "--format", "xlsx"], "-o checklista.xlsx"),
        (["check", "a", "--format", "docx", "-o", "-"], "-o checklista.docx"),
        (["check", "a", "--password-file", "finns/inte"], "finns/inte"),
        (["check", "a", "--lang", "fr"], "sv, en"),
        (["rita"], "inget kommando som heter rita"),
    ],
)
def test_mistakes_are_explained(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert parse(arguments) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert words in told.err
    assert "anbudsklar check --help" in told.err


WRONG = [
    (["annex", "c.json", "-o", "x.txt", "--limit", "abc"], "--limit ska vara ett heltal", "--limit must be a whole number"),
    (["annex", "c.json", "-o", "x.txt", "--limit="], "--limit ska vara ett heltal", "--limit must be a whole number"),
    (["mask", "c.json", "-o", "d", "--leave", "1.5"], "--leave ska vara ett heltal", "--leave must be a whole number"),
    (["annex", "c.json", "mer", "och", "-o", "x.txt"], "för mycket: mer och", "too much: mer och"),
    (["package", "--zip=1"], "--zip anges utan värde", "--zip takes no value"),
    (["annex", "c.json", "-o"], "-o behöver ett värde", "-o needs a value"),
    (["--lang"], "--lang behöver ett värde", "--lang needs a value"),
    (["--lang", "fr", "check", "a"], 'kan inte vara "fr"', 'cannot be "fr"'),
    (["help", "--lang", "fr"], 'kan inte vara "fr"', 'cannot be "fr"'),
    (["--version=1"], "--version anges utan värde", "--version takes no value"),
    (["suggest", "--hjälp"], "inget val som heter --hjälp", "no option named --hjälp"),
]


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(("arguments", "swedish", "english"), WRONG)
def test_what_the_library_finds_wrong_is_told_in_the_users_language(
    arguments: list[str],
    swedish: str,
    english: str,
    language: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANG", f"{language}_SE.UTF-8")
    assert parse(arguments) == 2
    told = capsys.readouterr().err
    assert (swedish if language == "sv" else english) in told
    assert "--help" in told


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--lang", "sv", "rita"], "inget kommando som heter rita. Välj bland: check, review"),
        (["--lang=en", "draw"], "no command named draw. Choose from: check, review"),
        (["--lang", "en"], "Give a command: check, review"),
    ],
)
def test_a_command_is_asked_for_also_after_a_language(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert parse(arguments) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--help"], ["help"], [], ["check", "--help"], ["help", "check"], ["check", "-h"]])
@pytest.mark.parametrize(("language", "words"), [("sv", "Användning: anbudsklar"), ("en", "Usage: anbudsklar")])
def test_help_in_both_languages(
    arguments: list[str], language: str, words: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", f"{language}_SE.UTF-8")
    assert parse(arguments) == 0
    shown = capsys.readouterr().out
    assert words in shown
    if "check" in arguments:
        assert "130" in shown
        assert "--password-file" in shown


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert parse(["--version"]) == 0
    assert capsys.readouterr().out.startswith("anbudsklar 0.")
