"""`anbudsklar suggest FILE… -o CLAIMS.json`: passages that may be worth keeping secret, as claims whose harm is still unwritten.

0 everything was read; 1 something could not be read, the rest is suggested all the same; 2 the command is wrong; 3 nothing could
be read; 4 the claims could not be written, or would have overwritten somebody's work; 130 interrupted.
"""

import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from app.cli.messages import LANGUAGES, plain, say
from app.cli.options import one_of, passwords, target_of
from app.cli.status import Order, Status

if TYPE_CHECKING:
    from app.core.claims import ClaimSet
    from app.workers.runner import ProcessRunner
    from app.workflow.suggesting import Suggested

__all__ = ["SuggestOrder", "declare"]


@dataclass(frozen=True, slots=True)
class SuggestOrder(Order):
    """The bid's files and where the claims go: `output` is None for nowhere, or for standard output when that is asked for."""

    paths: tuple[Path, ...]
    output: Path | None
    to_standard_output: bool
    tender: tuple[str, str, str | None]
    bidder: tuple[str, str]
    language: str
    passwords: tuple[str, ...] = field(default=(), repr=False)

    def carry_out(self, early: "ProcessRunner | None") -> int:
        """Read, find and write. Answers with the exit status."""
        return _suggest(self, early)


def declare(program: typer.Typer, language: str) -> None:
    """Add the command with its help in the language."""

    def word(key: str) -> str:
        return say(language, key)

    @program.command(help=word("help_suggest"), epilog=word("help_suggest_status"))
    def suggest(
        paths: Annotated[list[str], typer.Argument(metavar="FILE", help=word("help_suggest_path"))],
        output: Annotated[str, typer.Option("--output", "-o", metavar="CLAIMS.json", help=word("help_suggest_output"))] = "",
        tender: Annotated[str, typer.Option("--tender", metavar="TEXT", help=word("help_suggest_tender"))] = "",
        buyer: Annotated[str, typer.Option("--buyer", metavar="TEXT", help=word("help_suggest_buyer"))] = "",
        reference: Annotated[str, typer.Option("--reference", metavar="TEXT", help=word("help_suggest_reference"))] = "",
        bidder: Annotated[str, typer.Option("--bidder", metavar="TEXT", help=word("help_suggest_bidder"))] = "",
        number: Annotated[str, typer.Option("--organisation-number", metavar="TEXT", help=word("help_suggest_number"))] = "",
        password: Annotated[list[str] | None, typer.Option("--password", metavar="TEXT", help=word("help_password"))] = None,
        password_file: Annotated[str, typer.Option("--password-file", metavar="FILE", help=word("help_password_file"))] = "",
        lang: Annotated[str, typer.Option("--lang", metavar="|".join(LANGUAGES), help=word("help_lang"))] = language,
    ) -> SuggestOrder:
        if not all(paths):
            raise typer.BadParameter(say(language, "usage_no_paths"))
        return SuggestOrder(
            paths=tuple(Path(path) for path in paths),
            output=target_of(output),
            to_standard_output=output == "-",
            tender=(tender, buyer, reference or None),
            bidder=(bidder, number),
            language=one_of("--lang", lang, LANGUAGES, language),
            passwords=(*(password or ()), *passwords(password_file, language)),
        )


def _suggest(order: SuggestOrder, early: "ProcessRunner | None") -> int:
    from app.cli.messages import describe
    from app.cli.progress import Meter
    from app.cli.suggested import reason
    from app.core.claims import Bidder, ClaimTender
    from app.core.errors import OutputError
    from app.workers.runner import ProcessRunner
    from app.workflow.suggesting import claims_of, is_untouched, suggest

    if order.output is not None and not is_untouched(order.output):
        finding = OutputError(order.output.name, code="output.worked_on").finding()
        print(describe(finding, order.language), file=sys.stderr)
        return Status.UNWRITTEN
    runner = early or ProcessRunner()
    base = order.output.parent if order.output is not None else Path()
    try:
        with Meter(order.language) as meter:
            suggested = suggest(order.paths, order.passwords, runner=runner, base=base, progress=meter.step, listed=meter.listed)
    finally:
        runner.close()
    gaps = _tell(suggested, order.language)
    if not suggested.files:
        print(say(order.language, "nothing_read"), file=sys.stderr)
        return Status.NOTHING
    claims = claims_of(suggested, ClaimTender(*order.tender), Bidder(*order.bidder), lambda one: reason(one, order.language))
    try:
        _write(claims, suggested, order)
    except OutputError as error:
        print(describe(error.finding(), order.language), file=sys.stderr)
        return Status.UNWRITTEN
    return Status.PARTLY if gaps else Status.READ


def _tell(suggested: "Suggested", language: str) -> bool:
    """What could not be read and what else is odd, on standard error. Whether anything was left unread."""
    from app.cli.messages import describe
    from app.workflow.suggesting import gaps_of

    warnings = [warning for document in suggested.documents.values() for warning in document.warnings]
    for finding in (*suggested.failures, *warnings):
        print(describe(finding, language), file=sys.stderr)
    return gaps_of(suggested)


def _write(claims: "ClaimSet", suggested: "Suggested", order: SuggestOrder) -> None:
    from app.cli.output import printing, to_file, to_standard_output
    from app.cli.suggested import show
    from app.secrecy.claimsfile import dump_claims

    content = dump_claims(claims)

    def write(stream: BinaryIO) -> None:
        stream.write(content)

    if suggested.elsewhere is not None and (order.to_standard_output or order.output is not None):
        print(say(order.language, "suggested_elsewhere", folder=plain(str(suggested.elsewhere))), file=sys.stderr)
    if order.to_standard_output:
        to_standard_output(write)
        return
    if order.output is not None:
        to_file(order.output, write)
    with printing():
        show(claims, suggested, order.language)
        if order.output is not None:
            print(say(order.language, "suggested_written", file=order.output.name))
