"""`anbudsklar mask CLAIMS.json -o DIR`: a masked copy of each file of the bid in which something is marked.

0 every such file has its copy; 1 some have none; 2 the command is wrong; 3 none has one; 4 a copy could not be written; 130
interrupted. Annotations of what may be typed are values here, not strings: typer reads them.
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
    from app.workers.runner import ProcessRunner
    from app.workflow.masking import FileOutcome

__all__ = ["MaskOrder", "declare"]


@dataclass(frozen=True, slots=True)
class MaskOrder(Order):
    """The claims file and the folder for the copies. `left`: claims whose text may stand elsewhere, on purpose."""

    claims: Path
    folder: Path
    left: tuple[int, ...]
    language: str
    passwords: tuple[str, ...] = field(default=(), repr=False)

    def carry_out(self, early: "ProcessRunner | None") -> int:
        """Mask and write. Answers with the exit status."""
        del early
        return _mask(self)


def declare(program: typer.Typer, language: str) -> None:
    """Add the command with its help in the language."""

    def word(key: str) -> str:
        return say(language, key)

    @program.command(help=word("help_mask"), epilog=word("help_mask_status"))
    def mask(
        claims: Annotated[str, typer.Argument(metavar="CLAIMS.json", help=word("help_claims_file"))],
        output: Annotated[str, typer.Option("--output", "-o", metavar="DIR", help=word("help_mask_output"))] = "",
        leave: Annotated[list[int] | None, typer.Option("--leave", metavar="NR", help=word("help_mask_leave"))] = None,
        password: Annotated[list[str] | None, typer.Option("--password", metavar="TEXT", help=word("help_password"))] = None,
        password_file: Annotated[str, typer.Option("--password-file", metavar="FILE", help=word("help_password_file"))] = "",
        lang: Annotated[str, typer.Option("--lang", metavar="|".join(LANGUAGES), help=word("help_mask_lang"))] = language,
    ) -> MaskOrder:
        if not claims:
            raise typer.BadParameter(say(language, "usage_no_claims"))
        if not output or output == "-":
            raise typer.BadParameter(say(language, "usage_mask_output"))
        return MaskOrder(
            claims=Path(claims),
            folder=Path(output),
            left=tuple(leave or ()),
            language=one_of("--lang", lang, LANGUAGES, language),
            passwords=(*(password or ()), *passwords(password_file, language)),
        )


def _mask(order: MaskOrder) -> int:
    from app.cli.messages import describe
    from app.cli.stop import undone_on_stop
    from app.core.errors import AnbudsklarError, ClaimsError, OutputError
    from app.secrecy.claimsfile import read_claims
    from app.workers.masking import ProcessMasker
    from app.workers.members import inside
    from app.workflow.masking import mask_bid

    try:
        loaded = read_claims(order.claims)
        numbers = {claim.number for claim in loaded.claims.claims}
        if (unknown := next((number for number in order.left if number not in numbers), None)) is not None:
            raise ClaimsError(order.claims.name, code="claims.no_such_number", number=unknown, last=max(numbers, default=0))
    except AnbudsklarError as error:
        for finding in (error.finding(), *getattr(error, "more", ())):
            print(describe(finding, order.language), file=sys.stderr)
        return Status.NOTHING
    for finding in loaded.warnings:
        print(describe(finding, order.language), file=sys.stderr)
    masker = ProcessMasker()
    outcomes = []
    try:
        with undone_on_stop(masker.abandon):
            for outcome in mask_bid(
                loaded.claims,
                order.claims.parent,
                order.folder,
                masker=masker,
                passwords=order.passwords,
                left=frozenset(order.left),
                guard=undone_on_stop,
                inside=inside(order.claims.parent, order.passwords),
            ):
                _tell(outcome, order.language)
                outcomes.append(outcome)
    except OutputError as error:
        print(describe(error.finding(), order.language), file=sys.stderr)
        return Status.UNWRITTEN
    return _status(outcomes)


def _tell(outcome: "FileOutcome", language: str) -> None:
    from app.cli.messages import describe, plain

    if outcome.copy is not None:
        print(say(language, "mask_written", file=plain(outcome.name), copy=plain(outcome.copy.name), count=outcome.places))
    for finding in (*([outcome.error] if outcome.error else ()), *outcome.warnings):
        print(describe(finding, language), file=sys.stderr)
    if outcome.error is not None:
        print(say(language, "mask_none", file=plain(outcome.name)), file=sys.stderr)


def _status(outcomes: "list[FileOutcome]") -> int:
    if any(outcome.error is not None and outcome.error.code.startswith("output.") for outcome in outcomes):
        return Status.UNWRITTEN
    if not any(outcome.copy is not None for outcome in outcomes):
        return Status.NOTHING
    return Status.PARTLY if any(outcome.error is not None for outcome in outcomes) else Status.READ
