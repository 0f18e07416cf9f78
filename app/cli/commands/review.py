"""`anbudsklar review --procurement PATH… --bid DIR`: the checks and the gate without a window.

0 nothing to remark; 1 warnings, no obstacles; 2 the command is wrong; 3 nothing of the procurement could be read, no review; 4
the review could not be written; 5 obstacles; 130 interrupted. Annotations of what may be typed are values here, not strings.
"""

import sys
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.messages import LANGUAGES, say
from app.cli.options import one_of, passwords, target_of
from app.cli.status import Order, Status

if TYPE_CHECKING:
    from app.workers.runner import ProcessRunner
    from app.workflow.review_folders import FolderReview

__all__ = ["FORMATS", "ReviewOrder", "declare"]

FORMATS = ("table", "json", "html", "pdf")
_DAY = "%Y-%m-%d"


@dataclass(frozen=True, slots=True)
class ReviewOrder(Order):
    """What is to be reviewed. `now` and `deadline` are local times in Sweden; `output` is None for standard output."""

    procurement: tuple[Path, ...]
    bid: Path
    format: str
    output: Path | None
    deadline: str | None
    now: datetime | None
    profile: str | None
    language: str
    passwords: tuple[str, ...] = field(default=(), repr=False)

    def carry_out(self, early: "ProcessRunner | None") -> int:
        """Read, inspect, review and write. Answers with the exit status."""
        return _review(self, early)


def declare(program: typer.Typer, language: str) -> None:
    """Add the command with its help in the language."""

    def word(key: str) -> str:
        return say(language, key)

    @program.command(help=word("help_review"), epilog=word("help_review_status"))
    def review(
        procurement: Annotated[
            list[str] | None, typer.Option("--procurement", "-p", metavar="PATH", help=word("help_review_procurement"))
        ] = None,
        more: Annotated[list[str] | None, typer.Argument(metavar="PATH", help=word("help_review_procurement"))] = None,
        bid: Annotated[str, typer.Option("--bid", "-b", metavar="DIR", help=word("help_review_bid"))] = "",
        form: Annotated[str, typer.Option("--format", "-f", metavar="|".join(FORMATS), help=word("help_review_format"))] = "",
        output: Annotated[str, typer.Option("--output", "-o", metavar="FILE", help=word("help_review_output"))] = "",
        deadline: Annotated[str, typer.Option("--deadline", metavar="TIME", help=word("help_review_deadline"))] = "",
        now: Annotated[str, typer.Option("--now", metavar="TIME", help=word("help_review_now"))] = "",
        profile: Annotated[str, typer.Option("--profile", metavar="PORTAL", help=word("help_review_profile"))] = "",
        password: Annotated[list[str] | None, typer.Option("--password", metavar="TEXT", help=word("help_password"))] = None,
        password_file: Annotated[str, typer.Option("--password-file", metavar="FILE", help=word("help_password_file"))] = "",
        lang: Annotated[str, typer.Option("--lang", metavar="|".join(LANGUAGES), help=word("help_lang"))] = language,
    ) -> ReviewOrder:
        paths = (*(procurement or ()), *(more or ()))
        if not paths or not all(paths) or not bid:
            raise typer.BadParameter(say(language, "usage_review_folders"))
        target = target_of(output)
        moment = _moment("--deadline", deadline, language)
        return ReviewOrder(
            procurement=tuple(map(Path, paths)),
            bid=Path(bid),
            format=_format(form, target, language),
            output=target,
            deadline=None if moment is None else deadline.strip().replace(" ", "T"),
            now=_moment("--now", now, language),
            profile=_profile(profile, language),
            language=one_of("--lang", lang, LANGUAGES, language),
            passwords=(*(password or ()), *passwords(password_file, language)),
        )


def _format(given: str, target: Path | None, language: str) -> str:
    """The format asked for, else the one that the output's ending names, else a table."""
    ending = target.suffix.lower().lstrip(".") if target else ""
    chosen = one_of("--format", given, FORMATS, language) if given else (ending if ending in FORMATS else "table")
    if chosen == "pdf" and target is None:
        raise typer.BadParameter(say(language, "usage_needs_output", format=chosen))
    return chosen


def _profile(given: str, language: str) -> str | None:
    """The id of a portal that ships with the program."""
    if not given:
        return None
    from app.workflow.review_folders import portals

    return one_of("--profile", given, portals(), language)


def _moment(option: str, text: str, language: str) -> datetime | None:
    """A day, or a day and a time. Raises typer.BadParameter for anything else."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=None)
    except ValueError:
        raise typer.BadParameter(say(language, "usage_review_time", option=option, value=text)) from None


def _review(order: ReviewOrder, early: "ProcessRunner | None") -> int:
    from app.cli.messages import describe
    from app.cli.progress import Meter
    from app.cli.stop import undone_on_stop
    from app.core.clock import in_sweden
    from app.core.errors import OutputError
    from app.workers.file_work import ProcessFileWork
    from app.workers.inspecting import WorkInspector
    from app.workers.runner import ProcessRunner
    from app.workflow.check import get_ready
    from app.workflow.review_folders import review_folders

    runner = early or ProcessRunner()
    Thread(target=get_ready, daemon=True).start()
    work = ProcessFileWork()
    try:
        with Meter(order.language) as meter, undone_on_stop(work.abandon):
            made = review_folders(
                order.procurement,
                order.bid,
                order.passwords,
                runner=runner,
                inspector=WorkInspector(work),
                now=in_sweden(order.now),
                deadline=order.deadline,
                profile=order.profile,
                progress=meter.step,
                listed=meter.listed,
            )
    finally:
        runner.close()
    for finding in made.left_out:
        print(describe(finding, order.language), file=sys.stderr)
    if not any(document.error is None for document in made.checklist.documents):
        for document in made.checklist.documents:
            if document.error is not None:
                print(describe(document.error, order.language), file=sys.stderr)
        print(say(order.language, "review_nothing"), file=sys.stderr)
        return Status.NOTHING
    try:
        _write(made, order)
    except OutputError as error:
        print(describe(error.finding(), order.language), file=sys.stderr)
        return Status.UNWRITTEN
    if made.review.obstacles:
        return Status.OBSTACLES
    return Status.PARTLY if made.review.warnings else Status.READ


def _write(made: "FolderReview", order: ReviewOrder) -> None:
    from app.cli import reviewed
    from app.cli.messages import describe
    from app.cli.output import printing, to_file, to_standard_output
    from app.workflow.review_report import review_writer

    if order.format == "table":
        if order.output is None:
            with printing():
                reviewed.show(made.review, order.language)
        else:
            to_file(order.output, reviewed.writing(made.review, order.language))
        return
    write = review_writer(order.format, made.review, made.inputs, order.language, describe, made.left_out)
    if order.output is None:
        to_standard_output(write)
    else:
        to_file(order.output, write)
