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
from app.cli.options import one_of
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
        print(say(language, "usage_error", message=_explained(error, arguments, language)), file=sys.stderr)
        command = _command(arguments)
        print(say(language, "usage_hint", command=command if command in COMMANDS else COMMANDS[0]), file=sys.stderr)
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
        del version  # it has had its effect
        one_of("--lang", lang, LANGUAGES, language)

    for module in _MODULES:
        module.declare(program, language)

    @program.command(name="help", help=word("help_help"))
    def show_help(
        command: Annotated[str, typer.Argument(metavar="[COMMAND]", help="")] = "",
        lang: Annotated[str, typer.Option("--lang", metavar="|".join(LANGUAGES), help=word("help_lang"))] = language,
    ) -> None:
        one_of("--lang", lang, LANGUAGES, language)
        program(args=[command, "--help"] if command in COMMANDS else ["--help"], prog_name="anbudsklar", standalone_mode=False)

    return program


def _in_language(text: str, language: str) -> str:
    """Typer writes the frame of its help in English only."""
    for english, words in message_file(language)["frame"].items():
        text = text.replace(english, words)
    return text


def _command(arguments: Sequence[str]) -> str | None:
    """The first word that is neither an option nor the language: what ought to be a command."""
    before = ("", *arguments)
    return next(
        (word for last, word in zip(before, arguments, strict=False) if not word.startswith("-") and last != "--lang"), None
    )


def _explained(error: Exception, arguments: Sequence[str], language: str) -> str:
    """The mistake in the user's words. Typer's own are English, and are never shown."""
    command = _command(arguments)
    if command not in (*COMMANDS, "help") and type(error) is _UsageError:
        known = ", ".join(COMMANDS)
        return say(language, "usage_no_command" if command else "usage_command", command=plain(command or ""), choices=known)
    option = plain(getattr(error, "option_name", ""))
    param = getattr(error, "param", None)
    match type(error).__name__:
        case "NoSuchOption":
            return say(language, "usage_no_option", option=option)
        case "BadOptionUsage":
            given = any(word.startswith(f"{option}=") for word in arguments)
            return say(language, "usage_flag" if given else "usage_no_value", option=option)
        case "MissingParameter":
            return say(language, f"usage_no_{getattr(param, 'name', '')}")
        case "BadParameter" if param is None:  # of our own commands, in words already
            return plain(str(getattr(error, "message", "")))
        case "BadParameter":
            return say(language, "usage_number", option=max(getattr(param, "opts", ("",)), key=len))
        case _:
            extra = str(getattr(error, "message", "")).partition("extra argument(s) (")[2].removesuffix(")")
            return say(language, "usage_extra", words=plain(extra)) if extra else say(language, "usage_unclear")
