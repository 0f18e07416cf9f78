"""`anbudsklar fill FORM --answers FILE.json -o OUT`: answers into a copy of the buyer's form, and a report of what became of
each.

0 every answer is in the copy; 1 some are not; 2 the command is wrong; 3 none could be filled in, or form or answers cannot be
read (nothing is written); 4 the copy could not be written; 130 interrupted. Annotations of what may be typed are values here, not
strings.
"""

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.messages import LANGUAGES, say
from app.cli.options import one_of, passwords
from app.cli.status import Order, Status

if TYPE_CHECKING:
    from app.core.forms import FillReport
    from app.workers.runner import ProcessRunner

__all__ = ["FORMATS", "FillOrder", "declare"]

FORMATS = ("table", "json")


@dataclass(frozen=True, slots=True)
class FillOrder(Order):
    """Which form, which answers, where to. `format` is the report's."""

    form: Path
    answers: Path
    output: Path
    format: str
    language: str
    passwords: tuple[str, ...] = field(default=(), repr=False)

    def carry_out(self, early: "ProcessRunner | None") -> int:
        """Fill in and report. Answers with the exit status."""
        del early
        return _fill(self)


def declare(program: typer.Typer, language: str) -> None:
    """Add the command with its help in the language."""

    def word(key: str) -> str:
        return say(language, key)

    @program.command(help=word("help_fill"), epilog=word("help_fill_status"))
    def fill(
        form: Annotated[str, typer.Argument(metavar="FORM", help=word("help_fill_form"))],
        answers: Annotated[str, typer.Option("--answers", "-a", metavar="FILE.json", help=word("help_fill_answers"))] = "",
        output: Annotated[str, typer.Option("--output", "-o", metavar="OUT", help=word("help_fill_output"))] = "",
        format: Annotated[str, typer.Option("--format", metavar="|".join(FORMATS), help=word("help_fill_format"))] = FORMATS[0],
        password: Annotated[list[str] | None, typer.Option("--password", metavar="TEXT", help=word("help_password"))] = None,
        password_file: Annotated[str, typer.Option("--password-file", metavar="FILE", help=word("help_password_file"))] = "",
        lang: Annotated[str, typer.Option("--lang", metavar="|".join(LANGUAGES), help=word("help_fill_lang"))] = language,
    ) -> FillOrder:
        if not form:
            raise typer.BadParameter(say(language, "usage_no_form"))
        if not answers:
            raise typer.BadParameter(say(language, "usage_fill_answers"))
        if not output or output == "-":
            raise typer.BadParameter(say(language, "usage_fill_output"))
        return FillOrder(
            form=Path(form),
            answers=Path(answers),
            output=Path(output),
            format=one_of("--format", format, FORMATS, language),
            language=one_of("--lang", lang, LANGUAGES, language),
            passwords=(*(password or ()), *passwords(password_file, language)),
        )


def _fill(order: FillOrder) -> int:
    from app.cli.messages import describe
    from app.cli.stop import undone_on_stop
    from app.core.errors import AnbudsklarError, OutputError
    from app.core.forms import Outcome
    from app.workers.file_work import ProcessFileWork
    from app.workflow.answersfile import read_answers
    from app.workflow.filling import fill_file

    work = ProcessFileWork()
    try:
        answers = read_answers(order.answers)
        with undone_on_stop(work.abandon):
            report = fill_file(order.form, answers, order.output, work=work, passwords=order.passwords, guard=undone_on_stop)
    except OutputError as error:
        print(describe(error.finding(), order.language), file=sys.stderr)
        return Status.UNWRITTEN
    except AnbudsklarError as error:
        for finding in (error.finding(), *getattr(error, "more", ())):
            print(describe(finding, order.language), file=sys.stderr)
        return Status.NOTHING
    _show(report, order)
    if not report.count(Outcome.FILLED):
        print(say(order.language, "fill_nothing"), file=sys.stderr)
        return Status.NOTHING
    return Status.READ if report.count(Outcome.FILLED) == len(report.entries) else Status.PARTLY


def _show(report: "FillReport", order: FillOrder) -> None:
    from app.cli.filled import as_json, as_lines
    from app.cli.messages import describe
    from app.cli.output import printing

    with printing():
        if order.format == "json":
            print(as_json(report, order.language))
        else:
            print("\n".join(as_lines(report, order.output.name, order.language)))
    if order.format != "json":
        for finding in report.findings:
            print(describe(finding, order.language), file=sys.stderr)
