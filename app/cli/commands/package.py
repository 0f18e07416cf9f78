"""`anbudsklar package --procurement PATH… --bid DIR -o OUT`: the folder that goes up to the portal, from two folders.

0 the package is built; 1 it is built, with warnings; 2 the command is wrong; 3 no package, for nothing could be read; 4 it
could not be written; 5 no package, for obstacles remain; 130 interrupted. Annotations are values here, not strings.
"""

import sys
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.messages import LANGUAGES, say
from app.cli.options import one_of, passwords
from app.cli.status import Order, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.core.document import Finding
    from app.core.packaging import PortalProfile
    from app.core.review import Review
    from app.workers.runner import ProcessRunner
    from app.workflow.package_folders import FolderPlan
    from app.workflow.packaging import Made
    from app.workflow.review_folders import FolderReview

__all__ = ["PROFILES", "PackageOrder", "declare"]

PROFILES = ("kommers", "tendsign", "e-avrop", "generic")
"""Those that ship with the program; a test holds them to the file."""
_COUNTED = {"upload.no_answer": "package_open", "upload.no_file": "package_lacking"}
"""Findings that may be many: they are in the run sheet, and counted here."""

_STATUS = {
    "upload.obstacles": Status.OBSTACLES,
    "upload.target_taken": Status.UNWRITTEN,
    "upload.target_worked_on": Status.UNWRITTEN,
    "upload.target_in_bid": Status.UNWRITTEN,
}
"""Everything was read, but there is no package all the same."""


@dataclass(frozen=True, slots=True)
class PackageOrder(Order):
    """What is to be built of what. `forced` is the reason to build although obstacles remain."""

    procurement: tuple[Path, ...]
    bid: Path
    folder: Path
    answers: Path | None
    claims: Path | None
    archive: bool
    profile: str
    profiles: Path | None
    language: str
    forced: str = ""
    passwords: tuple[str, ...] = field(default=(), repr=False)

    def carry_out(self, early: "ProcessRunner | None") -> int:
        """Read, pair, plan and build. Answers with the exit status."""
        return _package(self, early)


class _LackingError(Exception):
    """The claims do not say all that an annex must."""

    def __init__(self, findings: "Iterable[Finding]") -> None:
        super().__init__()
        self.findings = tuple(findings)


def declare(program: typer.Typer, language: str) -> None:
    """Add the command with its help in the language."""

    def word(key: str) -> str:
        return say(language, key, choices=", ".join(PROFILES))

    @program.command(help=word("help_package"), epilog=word("help_package_status"))
    def package(
        procurement: Annotated[
            list[str] | None, typer.Option("--procurement", "-p", metavar="PATH", help=word("help_package_procurement"))
        ] = None,
        more: Annotated[list[str] | None, typer.Argument(metavar="[PATH]...", help=word("help_package_procurement"))] = None,
        bid: Annotated[str, typer.Option("--bid", "-b", metavar="DIR", help=word("help_package_bid"))] = "",
        output: Annotated[str, typer.Option("--output", "-o", metavar="DIR", help=word("help_package_output"))] = "",
        answers: Annotated[str, typer.Option("--answers", metavar="FILE.json", help=word("help_package_answers"))] = "",
        claims: Annotated[str, typer.Option("--claims", metavar="CLAIMS.json", help=word("help_package_claims"))] = "",
        archive: Annotated[bool, typer.Option("--zip", help=word("help_package_zip"))] = False,
        profile: Annotated[str, typer.Option("--profile", metavar="ID", help=word("help_package_profile"))] = PROFILES[0],
        profiles: Annotated[str, typer.Option("--profiles", metavar="FILE.toml", help=word("help_package_profiles"))] = "",
        force: Annotated[str | None, typer.Option("--force", metavar="REASON", help=word("help_package_force"))] = None,
        password: Annotated[list[str] | None, typer.Option("--password", metavar="TEXT", help=word("help_password"))] = None,
        password_file: Annotated[str, typer.Option("--password-file", metavar="FILE", help=word("help_password_file"))] = "",
        lang: Annotated[str, typer.Option("--lang", metavar="|".join(LANGUAGES), help=word("help_package_lang"))] = language,
    ) -> PackageOrder:
        paths = (*(procurement or ()), *(more or ()))
        if not paths or not all(paths) or not bid or not output or output == "-":
            raise typer.BadParameter(say(language, "usage_package_folders"))
        if force is not None and not force.strip():
            raise typer.BadParameter(say(language, "usage_package_reason"))
        return PackageOrder(
            procurement=tuple(map(Path, paths)),
            bid=Path(bid),
            folder=Path(output),
            answers=Path(answers) if answers else None,
            claims=Path(claims) if claims else None,
            archive=archive,
            profile=profile if profiles else one_of("--profile", profile, PROFILES, language),
            profiles=Path(profiles) if profiles else None,
            language=one_of("--lang", lang, LANGUAGES, language),
            forced=(force or "").strip(),
            passwords=(*(password or ()), *passwords(password_file, language)),
        )


def _package(order: PackageOrder, early: "ProcessRunner | None") -> int:
    from app.core.errors import AnbudsklarError, OutputError
    from app.workers.runner import ProcessRunner

    runner = early or ProcessRunner()
    try:
        return _planned_and_built(order, runner)
    except _LackingError as error:
        return _nothing(error.findings, order)
    except OutputError as error:
        _tell((error.finding(),), order.language)
        return Status.UNWRITTEN
    except AnbudsklarError as error:
        _nothing((error.finding(), *getattr(error, "more", ())), order)
        return _STATUS.get(error.code_used, Status.NOTHING)
    finally:
        runner.close()


def _planned_and_built(order: PackageOrder, runner: "ProcessRunner") -> int:
    from app.workflow.answersfile import read_answers
    from app.workflow.bid_folder import look_into
    from app.workflow.package_answers import place_answers
    from app.workflow.package_folders import plan_folders

    profile = _profile(order)
    answers = read_answers(order.answers) if order.answers is not None else ()
    listing = look_into(order.bid)
    if not listing.files:
        return _nothing(listing.findings, order)
    review = _reviewed(order, profile, runner)
    documents = review.checklist.documents
    unread = [document.error for document in documents if document.error is not None]
    _tell(unread, order.language)
    if len(unread) == len(documents):
        return _nothing((), order)
    placed = place_answers(answers, review.checklist.items, order.answers.name if order.answers is not None else "")
    made, doubts = _secrecy(order)
    plan = plan_folders(review.checklist, listing, profile, known=review, answers=placed.by_item, made=made)
    told = (*placed.findings, *doubts, *plan.left_out)
    _tell(told, order.language)
    warned = _tell_plan(plan, order.language)
    warned = _tell_review(review.review, order.language) or warned
    return _build(order, review, plan, made, warned or bool(unread or told))


def _reviewed(order: PackageOrder, profile: "PortalProfile", runner: "ProcessRunner") -> "FolderReview":
    """The procurement read and the gate asked. Raises CancelledError."""
    from app.cli.progress import Meter
    from app.cli.stop import undone_on_stop
    from app.core.clock import in_sweden
    from app.workers.file_work import ProcessFileWork
    from app.workers.inspecting import WorkInspector
    from app.workflow.check import get_ready
    from app.workflow.review_folders import review_folders

    Thread(target=get_ready, daemon=True).start()
    work = ProcessFileWork()
    with Meter(order.language) as meter, undone_on_stop(work.abandon):
        return review_folders(
            order.procurement,
            order.bid,
            order.passwords,
            runner=runner,
            inspector=WorkInspector(work),
            now=in_sweden(),
            profile=profile,
            progress=meter.step,
            listed=meter.listed,
        )


def _build(order: PackageOrder, review: "FolderReview", plan: "FolderPlan", made: "tuple[Made, ...]", warned: bool) -> int:
    from app.cli.messages import plain
    from app.cli.stop import undone_on_stop
    from app.core.clock import in_sweden
    from app.workflow.packaging import BuildOrder, build

    tender = review.checklist.tender
    now = datetime.now(UTC)
    built = build(
        BuildOrder(
            plan.planned,
            order.folder,
            tender.name or "",
            tender.buyer or "",
            tender.reference or "",
            tender.tender_deadline or "",
            review.checklist.items,
            made,
            order.language,
            order.archive,
            order.bid,
            review.review,
            order.forced,
        ),
        now,
        in_sweden(now).date(),
        guard=undone_on_stop,
    )
    count, steps = len(built.entries), len(plan.planned.steps)
    print(say(order.language, "package_built", folder=plain(str(order.folder)), count=count, steps=steps))
    if built.archive is not None:
        print(say(order.language, "package_zipped", file=plain(built.archive.name)))
    return Status.PARTLY if warned else Status.READ


def _profile(order: PackageOrder) -> "PortalProfile":
    """The portal. Raises InputError for a file of profiles that cannot be used."""
    from app.core.errors import NotFoundError, PermissionDeniedError
    from app.workflow.packaging import profile_named, read_profiles

    if order.profiles is None:
        return profile_named(order.profile)
    try:
        data = order.profiles.read_bytes()
    except FileNotFoundError as error:
        raise NotFoundError(order.profiles.name) from error
    except OSError as error:
        raise PermissionDeniedError(order.profiles.name) from error
    return profile_named(order.profile, read_profiles(data, order.profiles.name))


def _secrecy(order: PackageOrder) -> "tuple[tuple[Made, ...], tuple[Finding, ...]]":
    """The annex and the masked copies, and what is said of them. Raises ClaimsError and _LackingError."""
    if order.claims is None:
        return (), ()
    from app.cli.stop import undone_on_stop
    from app.core.clock import day_in_sweden
    from app.core.document import Finding
    from app.secrecy.claimsfile import read_claims
    from app.workers.masking import ProcessMasker
    from app.workers.members import inside
    from app.workflow.annex import unnamed
    from app.workflow.package_folders import annex_made, masked_made

    loaded = read_claims(order.claims)
    if lacking := unnamed(loaded.claims):
        raise _LackingError(replace(finding, file=order.claims.name) for finding in lacking)
    made = [annex_made(loaded.claims, order.language, day_in_sweden())]
    doubts = list(loaded.warnings)
    masker = ProcessMasker()
    with undone_on_stop(masker.abandon):
        folder = order.claims.parent
        for one in masked_made(loaded.claims, folder, masker, order.passwords, inside=inside(folder, order.passwords)):
            if isinstance(one, Finding):
                doubts.append(one)
            else:
                made.append(one)
    return tuple(made), tuple(doubts)


def _tell_plan(plan: "FolderPlan", language: str) -> bool:
    """What is odd about the package, on standard error; whether any of it is more than a note."""
    from app.core.review import Severity
    from app.workflow.packaging import finding_of

    counts = dict.fromkeys(_COUNTED, 0)
    for finding in plan.planned.findings:
        if finding.rule in counts:
            counts[finding.rule] += 1
        else:
            _tell((finding_of(finding),), language)
    for rule, count in counts.items():
        if count:
            print(say(language, _COUNTED[rule], count=count), file=sys.stderr)
    return any(finding.severity is not Severity.NOTE for finding in plan.planned.findings)


def _tell_review(review: "Review", language: str) -> bool:
    """The obstacles of the review, and how many warnings it has, on standard error; whether there are any."""
    from app.core.review_words import worded

    for finding in review.findings:
        if finding.blocks:
            words = worded(finding, language)
            detail = words.detail if words.detail.endswith((".", "!", "?", "…")) else f"{words.detail}."
            said = say(language, "package_obstacle", title=words.title, detail=detail, remedy=words.remedy)
            print(" ".join(said.split()), file=sys.stderr)
    if review.warnings:
        print(say(language, "package_review", count=review.warnings), file=sys.stderr)
    return bool(review.obstacles or review.warnings)


def _nothing(findings: "Iterable[Finding]", order: PackageOrder) -> int:
    _tell(findings, order.language)
    print(say(order.language, "package_none"), file=sys.stderr)
    return Status.NOTHING


def _tell(findings: "Iterable[Finding]", language: str) -> None:
    from app.cli.messages import describe

    for finding in findings:
        print(describe(finding, language), file=sys.stderr)
