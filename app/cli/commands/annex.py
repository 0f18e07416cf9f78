"""`anbudsklar annex CLAIMS.json -o FILE`: the secrecy annex, whole or not at all, and on standard error what to look at in it.

An annex whose own words tell a part of what is to be kept secret is written only with `--anyway`.

Annotations of what may be typed are values here, not strings: typer reads them, and they hold help in the language of the moment.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.messages import LANGUAGES, say
from app.cli.options import one_of, target_of
from app.cli.status import Order, Status

if TYPE_CHECKING:
    from app.core.document import Finding
    from app.workers.runner import ProcessRunner

__all__ = ["FORMATS", "AnnexOrder", "declare"]

FORMATS = ("docx", "pdf", "txt", "xlsx", "json")

_NOT_AS_ASKED = {"annex.secret_in_words", "annex.secret_in_name", "annex.shortened", "annex.characters"}
"""Doubts that mean that the annex does not say word for word what the claims say."""

_TELLS = {"annex.part_in_words", "annex.secret_in_facts"}
"""Doubts that mean that the annex itself would tell some of what it asks to keep secret: not unless the user says so."""


@dataclass(frozen=True, slots=True)
class AnnexOrder(Order):
    """Which annex the user wants. `language` is the annex's, `spoken` that of messages."""

    claims: Path
    output: Path
    format: str
    limit: int | None
    anyway: bool
    language: str
    spoken: str

    def carry_out(self, early: "ProcessRunner | None") -> int:
        """Read the claims and write the annex. Answers with the exit status."""
        del early  # nothing foreign is parsed
        return _annex(self)


def declare(program: typer.Typer, language: str) -> None:
    """Add the command with its help in the language."""

    def word(key: str) -> str:
        return say(language, key)

    @program.command(help=word("help_annex"), epilog=word("help_annex_status"))
    def annex(
        claims: Annotated[str, typer.Argument(metavar="CLAIMS", help=word("help_annex_claims"))],
        output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help=word("help_annex_output"))] = "",
        limit: Annotated[int | None, typer.Option("--limit", metavar="N", help=word("help_annex_limit"))] = None,
        anyway: Annotated[bool, typer.Option("--anyway", help=word("help_annex_anyway"))] = False,
        lang: Annotated[str, typer.Option("--lang", metavar="|".join(LANGUAGES), help=word("help_annex_lang"))] = LANGUAGES[0],
    ) -> AnnexOrder:
        if not claims:
            raise typer.BadParameter(say(language, "usage_no_claims"))
        target = target_of(output)
        form = target.suffix.lower().lstrip(".") if target else ""
        if target is None or form not in FORMATS:
            raise typer.BadParameter(say(language, "usage_annex_output", choices=", ".join(FORMATS)))
        if limit is not None and (limit < 1 or form != "txt"):
            raise typer.BadParameter(say(language, "usage_annex_limit"))
        return AnnexOrder(Path(claims), target, form, limit, anyway, one_of("--lang", lang, LANGUAGES, language), language)


def _annex(order: AnnexOrder) -> int:
    from app.cli.output import to_file
    from app.core.clock import day_in_sweden
    from app.core.document import Finding
    from app.core.errors import ClaimsError, InputError, LimitError, OutputError
    from app.secrecy.claimsfile import read_claims
    from app.workflow.annex import annex_of, annex_writer, doubts, unnamed, unsound

    try:
        loaded = read_claims(order.claims)
    except ClaimsError as error:
        _tell((error.finding(), *error.more), order.spoken)
        return Status.NOTHING
    except (InputError, LimitError) as error:
        _tell((error.finding(),), order.spoken)
        return Status.NOTHING
    if lacking := unnamed(loaded.claims):
        _tell((replace(finding, file=order.claims.name) for finding in lacking), order.spoken)
        return Status.NOTHING
    annex = annex_of(loaded.claims, order.language, day_in_sweden())
    telling = () if order.anyway else doubts(loaded.claims, annex)
    if any(one.code in _TELLS for one in telling):
        _tell((*loaded.warnings, *telling, Finding("annex.would_tell", order.output.name)), order.spoken)
        return Status.NOTHING
    try:
        to_file(order.output, annex_writer(order.format, annex, order.limit))
        found = doubts(loaded.claims, annex, order.format, order.limit)
    except OutputError as error:
        _tell((error.finding(),), order.spoken)
        return Status.UNWRITTEN
    _tell((*loaded.warnings, *unsound(loaded.claims), *found), order.spoken)
    return Status.PARTLY if any(one.code in _NOT_AS_ASKED for one in found) else Status.READ


def _tell(findings: "Iterable[Finding]", language: str) -> None:
    from app.cli.messages import describe

    for finding in findings:
        print(describe(finding, language), file=sys.stderr)
