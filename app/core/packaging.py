"""The package that goes up to the portal: what is in it, in which order, and how far the user has come with it. Data only."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["EntryRole", "PackageEntry", "PackagePlan", "PortalProfile", "RunStep"]


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


@dataclass(frozen=True, slots=True)
class RunStep:
    """One step of the run sheet, in the order of the portal's questions. `item` is the id of the question; `answer` is what to
    paste, `files` the names in the package to choose."""

    id: str
    item: str | None
    number: str | None
    text: str
    answer: str | None = None
    files: tuple[str, ...] = ()


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
