"""The command line's words: what may be typed, in the user's language, and the order that comes of it.

Annotations are values here, not strings: typer reads them, and they hold help texts in the language of the moment.
"""

import os
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Annotated

import typer

import app
from app.cli.messages import LANGUAGES, language_of, plain, say
from app.core.catalogue import message_file
from app.workflow.filters import FILTERS

__all__ = ["FORMATS", "PASSWORD_VARIABLE", "Order", "parse"]

FORMATS = ("table", "json", "xlsx", "docx", "html")
PASSWORD_VARIABLE = "ANBUDSKLAR_PASSWORD"  # noqa: S105 - the variable's name

_BINARY = ("xlsx", "docx")
_PASSWORDS_MOST = 1 << 20
_UsageError: type[Exception] = typer.BadParameter.__mro__[1]  # typer names it only in its private parts


@dataclass(frozen=True, slots=True)
class Order:
    """What the user wants done. `output` is None for standard output."""

    paths: tuple[Path, ...]
    format: str
    output: Path | None
    only: tuple[str, ...]
    language: str
    passwords: tuple[str, ...] = field(default=(), repr=False)


def parse(arguments: Sequence[str]) -> Order | int:
    """The order, or an exit status when there is nothing to do: help and version are printed, mistakes explained."""
    language = language_of(arguments)
    program = _program(language)
    printed = StringIO()
    try:
        with redirect_stdout(printed):
            result = program(args=list(arguments) or ["--help"], prog_name="anbudsklar", standalone_mode=False)
    except _UsageError as error:
        unknown = bool(arguments) and arguments[0] not in ("check", "help") and not arguments[0].startswith("-")
        message = say(language, "usage_no_command", command=plain(arguments[0])) if unknown else _explained(error, language)
        print(say(language, "usage_error", message=message), file=sys.stderr)
        print(say(language, "usage_hint"), file=sys.stderr)
        return 2
    if isinstance(result, Order):
        return result
    print(_in_language(printed.getvalue(), language), end="")
    return result if isinstance(result, int) else 0


def _program(language: str) -> typer.Typer:
    """The commands with their help in one language."""

    def word(key: str) -> str:
        return say(language, key)

    program = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog=word("help_more"),
    )

    def version(asked: bool) -> None:
        if asked:
            print(f"anbudsklar {app.__version__}")
            raise typer.Exit

    @program.callback(help=word("help_program"))
    def start(
        version: Annotated[bool, typer.Option("--version", callback=version, is_eager=True, help=word("help_version"))] = False,
        lang: Annotated[str, typer.Option("--lang", metavar="|".join(LANGUAGES), help=word("help_lang"))] = language,
    ) -> None:
        del version, lang  # both have had their effect

    @program.command(help=word("help_check"), epilog=word("help_status"))
    def check(
        paths: Annotated[list[str], typer.Argument(metavar="PATH", help=word("help_path"))],
        form: Annotated[str, typer.Option("--format", "-f", metavar="|".join(FORMATS), help=word("help_format"))] = "",
        output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help=word("help_output"))] = "",
        only: Annotated[list[str] | None, typer.Option("--only", metavar="|".join(FILTERS), help=word("help_only"))] = None,
        password: Annotated[list[str] | None, typer.Option("--password", metavar="TEXT", help=word("help_password"))] = None,
        password_file: Annotated[str, typer.Option("--password-file", metavar="FILE", help=word("help_password_file"))] = "",
        lang: Annotated[str, typer.Option("--lang", metavar="|".join(LANGUAGES), help=word("help_lang"))] = language,
    ) -> Order:
        if not all(paths):  # an empty path would stand for the current folder and all that is in it
            raise typer.BadParameter(say(language, "usage_no_path"))
        target = Path(output) if output and output != "-" else None
        return Order(
            paths=tuple(Path(path) for path in paths),
            format=_format(form, target, language),
            output=target,
            only=tuple(_one_of("--only", value, FILTERS, language) for value in only or ()),
            language=_one_of("--lang", lang, LANGUAGES, language),
            passwords=(*(password or ()), *_passwords(password_file, language)),
        )

    @program.command(name="help", help=word("help_help"))
    def show_help(
        command: Annotated[str, typer.Argument(metavar="[COMMAND]", help="")] = "",
        lang: Annotated[str, typer.Option("--lang", metavar="|".join(LANGUAGES), help=word("help_lang"))] = language,
    ) -> None:
        del lang
        program(args=[command, "--help"] if command == "check" else ["--help"], prog_name="anbudsklar", standalone_mode=False)

    return program


def _in_language(text: str, language: str) -> str:
    """Typer writes the frame of its help in English only."""
    for english, words in message_file(language)["frame"].items():
        text = text.replace(english, words)
    return text


def _format(given: str, target: Path | None, language: str) -> str:
    """The format asked for, else the one that the output's ending names, else a table."""
    ending = target.suffix.lower().lstrip(".") if target else ""
    chosen = _one_of("--format", given, FORMATS, language) if given else (ending if ending in FORMATS else "table")
    if chosen in _BINARY and target is None:
        raise typer.BadParameter(say(language, "usage_needs_output", format=chosen))
    return chosen


def _one_of(option: str, value: str, choices: Sequence[str], language: str) -> str:
    if value.lower() not in choices:
        raise typer.BadParameter(say(language, "usage_choice", option=option, value=value, choices=", ".join(choices)))
    return value.lower()


def _passwords(file: str, language: str) -> list[str]:
    """Passwords that don't stand in the shell's history: of the environment and of a file, one a line."""
    found = os.environ.get(PASSWORD_VARIABLE, "").splitlines()
    if file:
        try:
            with Path(file).open("rb") as stream:
                # It may be a pipe or a device, which need not end.
                found += stream.read(_PASSWORDS_MOST).decode("utf-8-sig").splitlines()
        except (OSError, ValueError):
            raise typer.BadParameter(say(language, "usage_password_file", file=file)) from None
    return [password for password in found if password]


def _explained(error: Exception, language: str) -> str:
    """The mistake in words. What typer says itself is English; the common mistakes have words of their own."""
    match type(error).__name__:
        case "NoSuchOption":
            return plain(say(language, "usage_no_option", option=getattr(error, "option_name", "")))
        case "BadOptionUsage" | "BadArgumentUsage":
            return plain(say(language, "usage_no_value", option=getattr(error, "option_name", "")))
        case "MissingParameter":
            return say(language, "usage_no_path")
        case _:
            return plain(str(getattr(error, "message", "")))
