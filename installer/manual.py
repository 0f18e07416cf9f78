"""The manual page, made of the command line's own help, so that it cannot say anything else."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typer

import app
from app.cli.arguments import program_in
from app.cli.options import PASSWORD_VARIABLE

__all__ = ["manual"]

_WORDS = Path(__file__).parent / "linux"
_SIGNS = {"\\": "\\e", "-": "\\-", "…": "\\[u2026]"}


def manual(language: str, at: int) -> str:
    """The page in groff's language, in UTF-8. `at` is the moment that it is dated with, in seconds."""
    words = tomllib.loads((_WORDS / f"manual.{language}.toml").read_text("utf-8"))
    program: Any = typer.main.get_command(program_in(language))
    day = datetime.fromtimestamp(at, UTC).date().isoformat()
    lines = [f'.TH ANBUDSKLAR 1 "{day}" "Anbudsklar {app.__version__}"', f".SH {words['name']}"]
    lines += [f"anbudsklar \\- {_text(words['summary'])}", f".SH {words['synopsis']}"]
    lines += [".B anbudsklar", ".RI [ FILE ...]", ".br", ".B anbudsklar \\-\\-sample"]
    for name, command in _commands(program):
        lines += [".br", f".B anbudsklar {name}", _synopsis(command)]
    lines += [f".SH {words['description']}", _text(program.help), ".PP", _text(words["window"]), f".SH {words['commands']}"]
    for name, command in _commands(program):
        lines += [f".SS {name}", _text(command.help)]
        for parameter in command.params:
            lines += [".TP", _head(parameter), _text(parameter.help or "")]
        if command.epilog:
            lines += [".PP", _text(command.epilog)]
    lines += [f".SH {words['options']}"]
    for head, key in (("\\-\\-sample", "sample"), ("\\-\\-version", "version"), ("\\-h, \\-\\-help", "help")):
        lines += [".TP", f".B {head}", _text(words[key])]
    lines += [f".SH {words['environment']}"]
    for head, key in (("ANBUDSKLAR_HOME", "home"), (PASSWORD_VARIABLE, "password")):
        lines += [".TP", f".B {head}", _text(words[key])]
    lines += [f".SH {words['files']}", ".TP", ".I ~/.local/share/Anbudsklar", _text(words["vault"])]
    lines += [".TP", ".I ~/.config/Anbudsklar", _text(words["settings"])]
    lines += [f".SH {words['privacy']}", _text(words["network"])]
    return "\n".join(lines) + "\n"


def _commands(program: Any) -> list[tuple[str, Any]]:
    return [(name, command) for name, command in program.commands.items() if name != "help"]


def _synopsis(command: Any) -> str:
    arguments = [_argument(one) for one in command.params if not one.opts[0].startswith("-")]
    return f".I {_text(' '.join(arguments))} [...]" if arguments else ".RI [ ... ]"


def _argument(parameter: Any) -> str:
    """Its name, with dots where several are taken: some names have them already."""
    return str(parameter.metavar).removesuffix("...") + ("..." if parameter.nargs == -1 else "")


def _head(parameter: Any) -> str:
    if not parameter.opts[0].startswith("-"):
        return f".I {_text(parameter.metavar)}"
    names = ", ".join(f"\\fB{_text(name)}\\fR" for name in reversed(parameter.opts))
    return f"{names} \\fI{_text(parameter.metavar or '')}\\fR"


def _text(words: str) -> str:
    """Words that groff reads as they are: no sign of its own, no line that begins as a command of its."""
    text = "".join(_SIGNS.get(sign, sign) for sign in " ".join(words.split()))
    return f"\\&{text}" if text.startswith((".", "'")) else text
