"""`anbudsklar check PATH…`: what may be typed after it. What comes of it is in `app.cli.checking`.

Annotations of what may be typed are values here, not strings: typer reads them, and they hold help in the language of the moment.
"""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.checking import BINARY, FORMATS, CheckOrder, format_of
from app.cli.messages import LANGUAGES, say
from app.cli.options import PASSWORD_VARIABLE, one_of, passwords, target_of
from app.workflow.filters import FILTERS

__all__ = ["FORMATS", "PASSWORD_VARIABLE", "CheckOrder", "declare"]


def declare(program: typer.Typer, language: str) -> None:
    """Add the command with its help in the language."""

    def word(key: str) -> str:
        return say(language, key)

    @program.command(help=word("help_check"), epilog=word("help_status"))
    def check(
        paths: Annotated[list[str], typer.Argument(metavar="PATH", help=word("help_path"))],
        form: Annotated[str, typer.Option("--format", "-f", metavar="|".join(FORMATS), help=word("help_format"))] = "",
        output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help=word("help_output"))] = "",
        only: Annotated[list[str] | None, typer.Option("--only", metavar="|".join(FILTERS), help=word("help_only"))] = None,
        password: Annotated[list[str] | None, typer.Option("--password", metavar="TEXT", help=word("help_password"))] = None,
        password_file: Annotated[str, typer.Option("--password-file", metavar="FILE", help=word("help_password_file"))] = "",
        lang: Annotated[str, typer.Option("--lang", metavar="|".join(LANGUAGES), help=word("help_lang"))] = language,
    ) -> CheckOrder:
        if not all(paths):  # an empty path would stand for the current folder and all that is in it
            raise typer.BadParameter(say(language, "usage_no_paths"))
        target = target_of(output)
        return CheckOrder(
            paths=tuple(Path(path) for path in paths),
            format=_format(form, target, language),
            output=target,
            only=tuple(one_of("--only", value, FILTERS, language) for value in only or ()),
            language=one_of("--lang", lang, LANGUAGES, language),
            passwords=(*(password or ()), *passwords(password_file, language)),
        )


def _format(given: str, target: Path | None, language: str) -> str:
    chosen = format_of(one_of("--format", given, FORMATS, language) if given else "", target)
    if chosen in BINARY and target is None:
        raise typer.BadParameter(say(language, "usage_needs_output", format=chosen))
    return chosen
