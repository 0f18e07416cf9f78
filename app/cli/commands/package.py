"""`anbudsklar package --procurement PATH… --bid DIR -o OUT`: the folder that goes up to the portal, from two folders.

0 the package is built; 1 it is built, with warnings; 2 the command is wrong; 3 no package; 4 it could not be written; 130
interrupted. Annotations of what may be typed are values here, not strings: typer reads them.
"""

import sys
from dataclasses import dataclass, field
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

    from app.core.checklist import Checklist
    from app.core.document import Finding
    from app.core.packaging import PortalProfile
    from app.workers.runner import ProcessRunner
    from app.workflow.package_folders import FolderPlan
    from app.workflow.packaging import Made

__all__ = ["PROFILES", "PackageOrder", "declare"]

PROFILES = ("kommers", "tendsign", "e-avrop", "generic")
"""Those that ship with the program; a test holds them to the file."""
_COUNTED = {"upload.no_answer": "package_open", "upload.no_file": "package_lacking"}
"""Findings that may be many: they are in the run sheet, and counted here."""


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
    from app.cli.progress import Meter
    from app.core.errors import AnbudsklarError, OutputError
    from app.workers.runner import ProcessRunner
    from app.workflow.bid_folder import look_into
    from app.workflow.check import check, get_ready
    from app.workflow.package_answers import place_answers, read_answers
    from app.workflow.package_folders import plan_folders

    runner = early or ProcessRunner()
    Thread(target=get_ready, daemon=True).start()
    warned = False
    try:
        profile = _profile(order)
        entries = read_answers(order.answers) if order.answers is not None else ()
        listing = look_into(order.bid)
        if not listing.files:
            return _nothing(listing.findings, order)
        with Meter(order.language) as meter:
            checklist = check(order.procurement, order.passwords, runner=runner, progress=meter.step, listed=meter.listed)
        unread = [document.error for document in checklist.documents if document.error is not None]
        _tell(unread, order.language)
        if len(unread) == len(checklist.documents):
            print(say(order.language, "nothing_read"), file=sys.stderr)
            return Status.NOTHING
        placed = place_answers(entries, checklist.items, order.answers.name if order.answers is not None else "")
        made, doubts = _secrecy(order)
        plan = plan_folders(checklist, listing, profile, runner, answers=placed.by_item, made=made, passwords=order.passwords)
        _tell((*placed.findings, *doubts, *plan.left_out), order.language)
        warned = bool(unread or placed.findings or doubts or plan.left_out)
        warned = _tell_plan(plan, order.language) or warned
        return _build(order, checklist, plan, made, warned)
    except OutputError as error:
        _tell((error.finding(),), order.language)
        return Status.UNWRITTEN
    except AnbudsklarError as error:
        return _nothing((error.finding(), *getattr(error, "more", ())), order)
    finally:
        runner.close()


def _build(order: PackageOrder, checklist: "Checklist", plan: "FolderPlan", made: "tuple[Made, ...]", warned: bool) -> int:
    from app.cli.messages import plain
    from app.cli.stop import undone_on_stop
    from app.core.clock import in_sweden
    from app.workflow.packaging import BuildOrder, build

    tender = checklist.tender
    now = datetime.now(UTC)
    built = build(
        BuildOrder(
            plan.planned,
            order.folder,
            tender.name or "",
            tender.buyer or "",
            tender.reference or "",
            tender.tender_deadline or "",
            checklist.items,
            made,
            order.language,
            order.archive,
            order.bid,
            forced=order.forced,
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
    """The annex and the masked copies, and what is said of them. Raises ClaimsError."""
    if order.claims is None:
        return (), ()
    from app.cli.stop import undone_on_stop
    from app.core.clock import in_sweden
    from app.core.document import Finding
    from app.core.errors import ClaimsError
    from app.secrecy.claimsfile import read_claims
    from app.workers.masking import ProcessMasker
    from app.workflow.annex import unnamed
    from app.workflow.package_folders import annex_made, masked_made

    loaded = read_claims(order.claims)
    if lacking := unnamed(loaded.claims):
        raise ClaimsError(order.claims.name, code=lacking[0].code, **dict(lacking[0].values))
    made = [annex_made(loaded.claims, order.language, in_sweden().date())]
    doubts = list(loaded.warnings)
    masker = ProcessMasker()
    with undone_on_stop(masker.abandon):
        for one in masked_made(loaded.claims, order.claims.parent, masker, order.passwords):
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


def _nothing(findings: "Iterable[Finding]", order: PackageOrder) -> int:
    _tell(findings, order.language)
    print(say(order.language, "package_none"), file=sys.stderr)
    return Status.NOTHING


def _tell(findings: "Iterable[Finding]", language: str) -> None:
    from app.cli.messages import describe

    for finding in findings:
        print(describe(finding, language), file=sys.stderr)
