"""Every code has words in both languages, and the words hold what they promise."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli.messages import LANGUAGES, describe, language_of, plain, say
from app.core import errors
from app.core.catalogue import message_file
from app.core.document import Finding
from app.core.errors import AnbudsklarError
from app.secrecy.claimsfile import load_claims
from app.workers.masking import SerialMasker
from app.workflow.masking import mask_bid
from tests.support.claims import claim_set

ROOT = Path(__file__).resolve().parents[3]
CODE = re.compile(
    r"(?!annex\.typ$)(file|limit|worker|work|output|page|pdf|docx|xlsx|word|excel|sheet|text|zip|archive|package|legacy|image"
    r"|claims|mask|annex|upload|receipt|fill|answers|matrix)\.[a-z_]+"
)


def codes_of_program() -> dict[str, str]:
    """Every finding's code in the source of the rooms that report, with the file it is used in."""
    found: dict[str, str] = {}
    for room in ("core", "documents", "workflow", "workers", "checklist", "secrecy", "export", "storage", "cli"):
        for path in (ROOT / "app" / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                    found[node.value] = path.name
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding" and node.args:
                    first = node.args[0]
                    if isinstance(first, ast.Constant):
                        found[str(first.value)] = path.name
    return found


def gaps(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def leaves(tree: object, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(tree, dict):
        for key, part in tree.items():
            yield from leaves(part, f"{path}/{key}")
    else:
        yield path, str(tree)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_the_program_has_words(language: str) -> None:
    known = message_file(language)["findings"]
    missing = {code: file for code, file in codes_of_program().items() if code not in known}
    assert not missing


def test_the_search_for_codes_finds_them() -> None:
    assert {"file.empty", "limit.time", "worker.crashed", "output.disk_full", "page.unreadable"} <= codes_of_program().keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_class_has_words(language: str) -> None:
    classes = [getattr(errors, name) for name in errors.__all__]
    for kind in classes:
        if kind is not AnbudsklarError:
            assert kind.code in message_file(language)["findings"]


def test_both_languages_have_the_same_keys_and_gaps() -> None:
    swedish, english = (dict(leaves(message_file(language))) for language in ("sv", "en"))
    assert swedish.keys() == english.keys()
    assert {key: gaps(text) for key, text in swedish.items()} == {key: gaps(text) for key, text in english.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_says_what_is_wrong_and_what_to_do(language: str) -> None:
    for code, entry in message_file(language)["findings"].items():
        assert entry["text"].endswith("."), code
        assert entry["remedy"].endswith("."), code
        assert entry.keys() == {"text", "remedy"}, code


def test_the_words_a_remedy_can_ask_for_exist() -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "app" / "documents").rglob("*.py"))
    named = set(re.findall(r"remedy=\"([a-z_]+)\"|\"remedy\", \"([a-z_]+)\"", source))
    asked = {name for pair in named for name in pair if name}
    assert asked
    assert asked <= message_file("sv")["remedies"].keys()


@pytest.mark.parametrize("file", sorted((ROOT / "resources" / "messages").glob("*sv.toml")), ids=lambda file: file.name)
def test_swedish_letters_are_whole(file: Path) -> None:
    text = file.read_bytes().decode("utf-8")
    tomllib.loads(text)
    assert {"å", "ä", "ö"} & set(text)
    assert not re.search("Ã|\ufffd|[ao]\u0308|a\u030a", text)
    doubtful = re.findall(r"\b(?:gar|maste|fran|inte ar|anvand|losenord|oppna|las)\b", text.replace("ANBUDSKLAR_PASSWORD", ""))
    assert not doubtful


def test_a_finding_names_file_page_and_remedy() -> None:
    finding = Finding("page.unreadable", "Bilaga 1.pdf", 4, (("first", "4"), ("last", "4")))
    assert describe(finding, "sv").startswith("Bilaga 1.pdf, sidan 4: ")
    assert "för hand" in describe(finding, "sv")
    several = Finding("page.unreadable", "Bilaga 1.pdf", 4, (("first", "4"), ("last", "9")))
    assert describe(several, "sv").startswith("Bilaga 1.pdf, sidorna 4–9: ")
    assert describe(several, "en").startswith("Bilaga 1.pdf, pages 4–9: ")


def test_a_finding_may_bring_its_own_remedy() -> None:
    assert "Packa upp" in describe(Finding("file.unsupported", "a.7z", None, (("remedy", "unpack"),)), "sv")


def test_an_unknown_code_and_missing_values_are_still_a_sentence() -> None:
    assert "brand.new" in describe(Finding("brand.new", "a.pdf"), "sv")
    assert "(?)" in describe(Finding("limit.pages", "a.pdf"), "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_field_of_a_claims_file_should_hold_is_said_in_words(language: str) -> None:
    source = (ROOT / "app" / "secrecy" / "claimsform.py").read_text("utf-8")
    kinds = set(re.findall(r"expected=\"([a-z_]+)\"", source))
    assert kinds == message_file(language)["expected"].keys()
    for kind in kinds:
        said = describe(Finding("claims.wrong_type", "a.json", None, (("expected", kind), ("place", "tender"))), language)
        assert message_file(language)["expected"][kind] in said
    assert "anbudsklar/claims-1" in describe(Finding("claims.format", "", None, (("expected", "anbudsklar/claims-1"),)), language)


def test_an_empty_claims_file_is_not_fetched_from_a_portal() -> None:
    with pytest.raises(errors.ClaimsError) as told:
        load_claims(b"", "a.json")
    assert "portal" not in describe(told.value.finding(), "sv")


def test_a_file_where_a_folder_is_needed_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "ut").write_bytes(b"")
    with pytest.raises(errors.OutputError) as told:
        list(mask_bid(claim_set(), tmp_path, tmp_path / "ut", masker=SerialMasker()))
    assert "en fil med det namnet" in describe(told.value.finding(), "sv")
    assert "a file of that name" in describe(told.value.finding(), "en")


def test_braces_in_a_file_name_are_only_text() -> None:
    assert describe(Finding("file.empty", "{0}{file.__class__}.pdf"), "en").startswith("{0}{file.__class__}.pdf: ")


def test_names_cannot_steer_the_terminal() -> None:
    assert "\x1b" not in describe(Finding("file.empty", "a\x1b[2Jb.pdf"), "sv")
    assert plain("a\u202eb\x07c") == "a b c"
    assert plain("åäö – ☐ é") == "åäö – ☐ é"


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "sv"),
        ([], {"LANG": "C.UTF-8"}, "sv"),
        ([], {"LANG": "sv_SE.UTF-8"}, "sv"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LC_ALL": "sv_SE.UTF-8", "LANG": "en_GB.UTF-8"}, "sv"),
        (["check", "--lang", "en"], {"LANG": "sv_SE.UTF-8"}, "en"),
        (["check", "--lang=sv"], {"LANG": "en_US.UTF-8"}, "sv"),
        (["check", "--lang"], {}, "sv"),
        (["check", "--lang", "fr"], {}, "sv"),
    ],
)
def test_which_language(arguments: list[str], environment: dict[str, str], language: str) -> None:
    assert language_of(arguments, environment) == language


def test_say_fills_the_gaps() -> None:
    assert say("en", "progress_pages", done=3, total=7) == "page 3 of 7"


def test_reasons_have_words_and_unknown_ones_stay() -> None:
    assert describe(Finding("file.unsafe", "a.zip", None, (("reason", "traversal"),)), "sv").startswith(
        "a.zip: Filen lästes inte, för dess"
    )
    assert "document should not" in describe(Finding("file.unsafe", "a.pdf"), "en")
    assert "(no permission to write)" in describe(Finding("output.unwritable", "a.json", None, (("reason", "EACCES"),)), "en")
    assert "(Something odd)" in describe(Finding("output.unwritable", "a.json", None, (("reason", "Something odd"),)), "sv")
