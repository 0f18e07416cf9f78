"""The package that goes up to the portal: what is in it, in which order, and how far the user has come with it. Data only."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.core.document import Finding

__all__ = ["EntryRole", "PackageEntry", "PackagePlan", "PackageSource", "PortalProfile", "RunStep", "StepKind"]


@dataclass(frozen=True, slots=True)
class PortalProfile:
    """What a portal takes. None: not known, and told as not known. `source` says where a limit comes from; `own` names the
    fields whose values are a cautious guess of ours. Sizes in bytes, lengths in characters."""

    id: str
    name: str
    file_bytes: int | None = None
    total_bytes: int | None = None
    name_length: int | None = None
    ascii_names: bool = False
    suffixes: tuple[str, ...] = ()
    links_ignored: bool = False
    text_length: int | None = None
    own: tuple[str, ...] = ()
    source: str = ""


class EntryRole(StrEnum):
    """Why a file is in the package."""

    ATTACHMENT = "attachment"  # asked for by an item
    FORM = "form"  # the buyer's own form, filled in
    ANNEX = "annex"  # the request for secrecy
    MASKED = "masked"  # a masked copy of another file
    EXTRA = "extra"  # asked for by nobody


@dataclass(frozen=True, slots=True)
class PackageSource:
    """A file that may go into the package, as it was when it was looked at. `name` is what the user calls it: its path in the bid
    folder. What is made in memory (the annex) has no `path`.

    `items` are the ids of what asks for it, `form_of` the id of the procurement's document that it is a filled copy of.
    `prescribed` is the name that a question asks for, `linked` its hash when the user linked it. `error` says why it cannot be
    read; hash and size are then empty.
    """

    path: str
    name: str
    size: int = 0
    sha256: str = ""
    role: EntryRole = EntryRole.ATTACHMENT
    items: tuple[str, ...] = ()
    form_of: str | None = None
    prescribed: str | None = None
    linked: str | None = None
    error: Finding | None = None


@dataclass(frozen=True, slots=True)
class PackageEntry:
    """A file of the package: `name` in there, `path` where it comes from, `items` the ids of what asks for it.

    `sha256` and `size` (bytes) are those of the file as it lies in the package.
    """

    name: str
    path: str
    role: EntryRole
    items: tuple[str, ...] = ()
    sha256: str = ""
    size: int = 0


class StepKind(StrEnum):
    """What is done at a step. Only questions and forms have words of their own; the others are told by their kind."""

    START = "start"  # log in, compare the documents and the answers to questions with what was read
    QUESTION = "question"  # answer, attach or both
    FORM = "form"  # hand in a form of the buyer's, filled in
    SECRECY = "secrecy"  # the request for secrecy and the masked copies
    EXTRA = "extra"  # files that nobody asks for
    SUBMIT = "submit"
    RECEIPT = "receipt"  # save the portal's receipt, and compare it


@dataclass(frozen=True, slots=True)
class RunStep:
    """One step of the run sheet, in the order of the portal's questions. `item` is the id of the question; `answer` is what to
    paste, `files` the names in the package to choose.

    `id` stays the same when the package is planned again, so that what is ticked off stays so. `heading` is the chapter that the
    question stands in, `document` the name of the document that asks. `covers` are the ids of the questions that a form answers,
    `wants_file` says that a file is asked for rather than words.
    """

    id: str
    item: str | None
    number: str | None
    text: str
    answer: str | None = None
    files: tuple[str, ...] = ()
    kind: StepKind = StepKind.QUESTION
    must: bool = False
    heading: str | None = None
    document: str = ""
    covers: tuple[str, ...] = ()
    wants_file: bool = False


@dataclass(frozen=True, slots=True)
class PackagePlan:
    """What a tender keeps of its package: the portal, what the last one was made of, the steps done.

    What the portal gave is a `KeptFile`.

    `names` are the names that the user has chosen, by path; `order` the paths in the user's own order, when there is one.
    """

    profile: str = "kommers"
    folder: str | None = None
    built_at: str | None = None
    entries: tuple[PackageEntry, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    order: tuple[str, ...] = ()
    done: tuple[str, ...] = field(default=())
    submitted_at: str | None = None
