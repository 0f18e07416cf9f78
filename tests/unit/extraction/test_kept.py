"""What is kept of the rules is what would have been made, and anything amiss with it does no harm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from app.extraction import kept
from app.extraction.rules import Rule, rules, words, words_pattern
from app.extraction.triggers import needs

_FILES = ("context", "facts", "parties", "requests", "sections", "slots", "statements", "tables")


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own, and nothing remembered before or after."""
    target = tmp_path / "cache" / "kept.patterns"
    monkeypatch.setattr(kept, "_place", lambda: target)
    monkeypatch.setattr(kept, "sys", SimpleNamespace(dont_write_bytecode=False))
    kept._store.cache_clear()
    yield target
    kept._store.cache_clear()


def fresh(name: str) -> list[Rule]:
    """The rules as another process has them: nothing of them is made yet."""
    return [replace(rule) for rule in rules(name)]


def again() -> None:
    """As the next process finds it."""
    kept._store.cache_clear()


@pytest.mark.parametrize("name", _FILES)
def test_a_kept_pattern_is_the_one_that_is_compiled(name: str) -> None:
    sources = [rule.source for rule in rules(name)] + list(words(name).values())
    made = {source: words_pattern(source) for source in sources}
    kept.save()
    again()
    for rule in rules(name):
        loaded = words_pattern(rule.source)
        for pattern in (made[rule.source], loaded):
            plain = re.compile(pattern.pattern, re.IGNORECASE)
            assert (pattern.flags, pattern.groups, pattern.groupindex) == (plain.flags, plain.groups, plain.groupindex)
            assert pattern == plain
            for text in (*rule.examples, *rule.near_misses):
                assert [match.regs for match in pattern.finditer(text)] == [match.regs for match in plain.finditer(text)]


def test_what_is_kept_is_not_compiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    kept.pattern(r"(?P<name>anbud)\w*", re.IGNORECASE)
    kept.save()
    again()
    monkeypatch.setattr(kept, "_compiled", lambda *_: pytest.fail("compiled"))
    match = kept.pattern(r"(?P<name>anbud)\w*", re.IGNORECASE).match("Anbudet")
    assert match is not None
    assert match["name"] == "Anbud"


def test_flags_tell_patterns_apart() -> None:
    assert kept.pattern("anbud").search("Anbud") is None
    assert kept.pattern("anbud", re.IGNORECASE).search("Anbud") is not None


def test_what_was_made_of_a_rule_is_not_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made = [(rule.needs, rule.folded.pattern, rule.pattern.pattern) for rule in fresh("statements")]
    kept.save()
    again()
    monkeypatch.setattr("app.extraction.rules.needs", lambda _: pytest.fail("made"))
    monkeypatch.setattr("app.extraction.rules.bounded", lambda _: pytest.fail("made"))
    assert [(rule.needs, rule.folded.pattern, rule.pattern.pattern) for rule in fresh("statements")] == made
    assert [rule.needs for rule in fresh("statements")] == [needs(rule.source) for rule in rules("statements")]


def test_another_way_of_making_makes_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    assert kept.made_of("a|b", "split", lambda source: source.split("|")) == ["a", "b"]
    kept.save()
    again()
    assert kept.made_of("a|b", "split", lambda _: ["kept is taken"]) == ["a", "b"]
    monkeypatch.setattr(kept, "_MAKERS", ("rules.py",))
    again()
    assert kept.made_of("a|b", "split", lambda _: ["made anew"]) == ["made anew"]


@pytest.mark.parametrize("harm", ["nothing", "half", "another version", "nonsense", "numbers that mean nothing"])
def test_a_damaged_file_does_no_harm(place: Path, harm: str) -> None:
    kept.pattern("anbud", re.IGNORECASE)
    kept.save()
    content = place.read_bytes()
    match harm:
        case "nothing":
            place.write_bytes(b"")
        case "half":
            place.write_bytes(content[: len(content) // 2])
        case "another version":
            place.write_bytes(content.replace(b"cpython-3", b"cpython-9"))
        case "nonsense":
            place.write_bytes(b"\xc1" * 100)
        case _:
            file = msgspec.msgpack.decode(content, type=kept._File)
            code = file.patterns[next(iter(file.patterns))]
            file.patterns = {key: msgspec.structs.replace(code, numbers=b"\xff" * 16) for key in file.patterns}
            place.write_bytes(msgspec.msgpack.encode(file))
    again()
    assert kept.pattern("anbud", re.IGNORECASE).search("ett Anbud") is not None


def test_where_nothing_can_be_written_nothing_is_kept(place: Path) -> None:
    place.parent.write_text("a file where the folder would be")
    assert kept.pattern("anbud").search("anbud") is not None
    kept.save()
    assert place.parent.is_file()


@pytest.mark.parametrize(
    "system", [SimpleNamespace(dont_write_bytecode=True), SimpleNamespace(dont_write_bytecode=False, frozen=True)]
)
def test_nothing_is_written_where_python_may_not_or_the_program_is_sealed(
    place: Path, monkeypatch: pytest.MonkeyPatch, system: SimpleNamespace
) -> None:
    monkeypatch.setattr(kept, "sys", system)
    kept.pattern("anbud")
    kept.save()
    assert not place.exists()


def test_nothing_is_left_beside_the_file(place: Path) -> None:
    kept.pattern("anbud")
    kept.save()
    kept.pattern("offert")
    kept.save()
    assert list(place.parent.iterdir()) == [place]


def test_an_interpreter_of_another_build_compiles_in_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_compiled", lambda *_: getattr(object(), "missing"))  # noqa: B009
    assert kept.pattern("anbud", re.IGNORECASE) == re.compile("anbud", re.IGNORECASE)


def test_a_wrong_pattern_is_told() -> None:
    with pytest.raises(re.error):
        kept.pattern("(")
