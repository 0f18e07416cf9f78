"""The command line's words: what may be typed, in the user's language, and the order that comes of it.

Annotations are values here, not strings: typer reads them, and they hold help texts in the language of the moment.
"""

import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from io import StringIO
from typing import Annotated

import typer

import app
from app.cli.commands import COMMANDS, annex, check, fill, mask, package, review, suggest
from app.cli.messages import LANGUAGES, language_of, plain, say
from app.cli.status import Order
from app.core.catalogue import message_file

__all__ = ["parse", "program_in"]

_MODULES = (check, review, fill, package, annex, mask, suggest)
_UsageError: type[Exception] = typer.BadParameter.__mro__[1]  # typer names it only in its private parts


def parse(arguments: Sequence[str]) -> Order | int:
    """The order, or an exit status when there is nothing to do: help and version are printed, mistakes explained."""
    language = language_of(arguments)
    program = program_in(language)
    printed = StringIO()
    try:
        with redirect_stdout(printed):
            result = program(args=list(arguments) or ["--help"], prog_name="anbudsklar", standalone_mode=False)
    except _UsageError as error:
        unknown = bool(arguments) and arguments[0] not in (*COMMANDS, "help") and not arguments[0].startswith("-")
        message = say(language, "usage_no_command", command=plain(arguments[0])) if unknown else _explained(error, language)
        command = arguments[0] if arguments and arguments[0] in COMMANDS else COMMANDS[0]
        print(say(language, "usage_error", message=message), file=sys.stderr)
        print(say(language, "usage_hint", command=command), file=sys.stderr)
        return 2
    if isinstance(result, Order):
        return result
    print(_in_language(printed.getvalue(), language), end="")
    return result if isinstance(result, int) else 0


def program_in(language: str) -> typer.Typer:
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

    for module in _MODULES:
        module.declare(program, language)

    @program.command(name="help", help=word("help_help"))
    def show_help(
        command: Annotated[str, typer.Argument(metavar="[COMMAND]", help="")] = "",
        lang: Annotated[str, typer.Option("--lang", metavar="|".join(LANGUAGES), help=word("help_lang"))] = language,
    ) -> None:
        del lang
        program(args=[command, "--help"] if command in COMMANDS else ["--help"], prog_name="anbudsklar", standalone_mode=False)

    return program


def _in_language(text: str, language: str) -> str:
    """Typer writes the frame of its help in English only."""
    for english, words in message_file(language)["frame"].items():
        text = text.replace(english, words)
    return text


def _explained(error: Exception, language: str) -> str:
    """The mistake in words. What typer says itself is English; the common mistakes have words of their own."""
    match type(error).__name__:
        case "NoSuchOption":
            return plain(say(language, "usage_no_option", option=getattr(error, "option_name", "")))
        case "BadOptionUsage" | "BadArgumentUsage":
            return plain(say(language, "usage_no_value", option=getattr(error, "option_name", "")))
        case "MissingParameter":
            return say(language, _missing(error))
        case _:
            return plain(str(getattr(error, "message", "")))


def _missing(error: Exception) -> str:
    """The key of the words for what a command cannot do without: `usage_no_PARAMETER`."""
    return f"usage_no_{getattr(getattr(error, 'param', None), 'name', '')}"
