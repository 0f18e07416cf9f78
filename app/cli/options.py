"""What options of several commands have in common: choices, targets, passwords. Mistakes are explained in the user's language."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from app.cli.messages import say

__all__ = ["PASSWORD_VARIABLE", "one_of", "passwords", "target_of"]

PASSWORD_VARIABLE = "ANBUDSKLAR_PASSWORD"  # noqa: S105 - the variable's name

_PASSWORDS_MOST = 1 << 20


def one_of(option: str, value: str, choices: Sequence[str], language: str) -> str:
    """The value in lower case, if it is one of the choices. Raises typer.BadParameter."""
    if value.lower() not in choices:
        raise _mistake(say(language, "usage_choice", option=option, value=value, choices=", ".join(choices)))
    return value.lower()


def target_of(output: str) -> Path | None:
    """The file to write; None for standard output, which nothing and a dash stand for."""
    return Path(output) if output and output != "-" else None


def passwords(file: str, language: str) -> list[str]:
    """Passwords that don't stand in the shell's history: of the environment and of a file, one a line. Raises BadParameter."""
    found = os.environ.get(PASSWORD_VARIABLE, "").splitlines()
    if file:
        try:
            with Path(file).open("rb") as stream:
                # It may be a pipe or a device, which need not end.
                found += stream.read(_PASSWORDS_MOST).decode("utf-8-sig").splitlines()
        except (OSError, ValueError):
            raise _mistake(say(language, "usage_password_file", file=file)) from None
    return [password for password in found if password]


def _mistake(message: str) -> Exception:
    """Typer takes long to load, and most orders hold no mistake."""
    from typer import BadParameter

    return BadParameter(message)
