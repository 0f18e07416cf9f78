"""What is understood without typer means what typer would make of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.cli.arguments import parse
from app.cli.checking import CheckOrder
from app.cli.simple import simple_order

_WORDS = st.sampled_from(
    [
        *("a.pdf", "b", "å ä.docx", "", "-", "--", "x.xlsx", "x.json", "X.HTML", "check", "json", "JSON", "xlsx", "pdf"),
        *("must", "Question", "allt", "en", "sv", "EN", "fr", "-f", "--format", "--format=json", "-o", "--output", "-ox.json"),
        *("--only", "--only=must", "--password", "--password-file", "--lang", "--lang=en", "--nonsens"),
        *("--help", "-h", "--version"),
    ]
)


@pytest.fixture(autouse=True)
def _swedish(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "sv_SE.UTF-8")
    monkeypatch.setenv("ANBUDSKLAR_PASSWORD", "ett\n\ntvå")


@pytest.mark.parametrize(
    ("arguments", "order"),
    [
        (["a.pdf", "b"], CheckOrder((Path("a.pdf"), Path("b")), "table", None, (), "sv", ("ett", "två"))),
        (["a", "-o", "x.json"], CheckOrder((Path("a"),), "json", Path("x.json"), (), "sv", ("ett", "två"))),
        (
            ["--format", "HTML", "a", "--only", "must", "--only", "Question", "--lang", "en", "--password", "tre"],
            CheckOrder((Path("a"),), "html", None, ("must", "question"), "en", ("tre", "ett", "två")),
        ),
    ],
)
def test_orders_that_need_no_explaining_are_understood(arguments: list[str], order: CheckOrder) -> None:
    assert simple_order(["check", *arguments]) == order
    assert simple_order(("check", *arguments)) == order


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["rita"],
        ["suggest", "a"],
        ["check"],
        ["check", ""],
        ["check", "a", "-o"],
        ["check", "a", "-o", "-"],
        ["check", "a", "--format", "xlsx"],
        ["check", "a", "--format", "pdf"],
        ["check", "a", "--only", "allt"],
        ["check", "a", "--lang", "fr"],
        ["check", "a", "--nonsens"],
        ["check", "a", "--help"],
        ["check", "a", "--password-file", "p.txt"],
        ["check", "--", "-a"],
    ],
)
def test_the_rest_is_left_to_typer(arguments: list[str]) -> None:
    assert simple_order(arguments) is None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_WORDS, max_size=6))
def test_both_understand_the_same(words: Sequence[str]) -> None:
    simple = simple_order(["check", *words])
    if simple is not None:
        assert parse(["check", *words]) == simple


def test_a_simple_order_does_not_load_typer() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from app.cli.simple import simple_order; assert simple_order(['check', 'a', '-o', 'x.json']);"
        "print(*(name for name in ('typer', 'pydantic', 'rich') if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""
