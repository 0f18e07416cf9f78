"""The rows of the page: what needs a file, the files of the bid folder, the documents of the library."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from app.checklist.matching import Fit, takes_file
from app.core.packaging import PackageSource
from app.core.points import PointKind
from app.core.work import FileLink, ItemState, WorkItem
from app.gui.answers.wording import doubt_words, fit_words
from app.gui.messages import explained, tr
from app.gui.package.rows import size_words
from app.workflow.bid_matching import BidMatches
from app.workflow.readiness import on_tender_list

__all__ = [
    "AskedRow",
    "FileRow",
    "Group",
    "Header",
    "Line",
    "Linked",
    "Sign",
    "asked_rows",
    "file_rows",
    "group_name",
    "with_files",
]

_MOST_LINES = 3
_MOST_NUMBERS = 4


class Sign(StrEnum):
    """A shape as well as a colour."""

    OK = "✓"
    ODD = "!"
    GONE = "✕"
    HINT = "→"
    NONE = "–"


class Group(StrEnum):
    """What the rows below a header have in common."""

    ODD = "odd"
    LACKING = "lacking"
    HAVING = "having"
    OFFERED = "offered"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Header:
    """The line above a group."""

    group: Group
    count: int

    @property
    def key(self) -> str:
        """Unlike every row's."""
        return f"group:{self.group}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line below a row's title, with its sign."""

    sign: Sign
    text: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A linked file and how it is now."""

    link: FileLink
    line: Line

    @property
    def changed(self) -> bool:
        """Whether the file is another than the one that was linked."""
        return self.line.sign is Sign.ODD


@dataclass(frozen=True, slots=True)
class AskedRow:
    """An item that a file can answer. `fits` are the bid folder's files that may be it, `shelf` the library's documents, of
    which the best is called `shelf_title`. `counted`: an attachment that must have a file and has none."""

    key: str
    title: str
    must: bool
    lines: tuple[Line, ...]
    linked: tuple[Linked, ...] = ()
    fits: tuple[Fit, ...] = ()
    shelf: tuple[Fit, ...] = ()
    shelf_title: str = ""
    counted: bool = False


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file of the bid. `title` is its name in the folder; `links` the keys of what links it."""

    key: str
    title: str
    source: PackageSource
    lines: tuple[Line, ...]
    links: tuple[FileLink, ...] = ()
    changed: bool = False


def group_name(group: Group) -> str:
    """The header's words."""
    match group:
        case Group.ODD:
            return tr("answers.group_odd")
        case Group.LACKING:
            return tr("answers.group_lacking")
        case Group.HAVING:
            return tr("answers.group_having")
        case Group.OFFERED:
            return tr("answers.group_offered")
        case Group.RETIRED:
            return tr("answers.group_retired")


def with_files(items: Sequence[WorkItem], links: Sequence[FileLink]) -> tuple[WorkItem, ...]:
    """The items that files answer or may answer: a few of a long list, which is gone through once."""
    linked = {link.item for link in links}
    asked = (item for item in items if takes_file(item.item) or item.key in linked)
    return tuple(item for item in asked if on_tender_list(item))


def asked_rows(
    items: Sequence[WorkItem],
    links: Sequence[FileLink],
    matches: BidMatches,
    shelf: Mapping[str, Sequence[Fit]] | None = None,
    title_of: Callable[[str, str], str] | None = None,
) -> list[Header | AskedRow]:
    """The items of `with_files`: those whose file has changed or gone, those without one, those that have theirs.

    `shelf` are fitting documents of the library by the item's id; `title_of` has the words for one by its key and the item's id.
    """
    by_item: dict[str, list[Linked]] = {}
    for link in links:
        by_item.setdefault(link.item, []).append(Linked(link, _linked_line(link, matches)))
    grouped: dict[Group, list[AskedRow]] = {Group.ODD: [], Group.LACKING: [], Group.HAVING: []}
    for item in items:
        linked = tuple(by_item.get(item.key, ()))
        fits = tuple(matches.fits.get(item.item.id, ()))
        documents = tuple((shelf or {}).get(item.item.id, ()))
        title = " ".join(filter(None, (item.item.number, " ".join(item.item.text_after_number.split()))))
        shelved = title_of(documents[0].path, item.item.id) if documents and title_of is not None else ""
        lines = _folded(linked) if linked else (_empty_line(item, fits, documents, shelved),)
        counted = not linked and item.item.must and item.item.kind is PointKind.ATTACHMENT
        row = AskedRow(item.key, title, item.item.must, lines, linked, fits, documents, shelved, counted)
        odd = any(one.line.sign is not Sign.OK for one in linked)
        grouped[Group.ODD if odd else Group.HAVING if linked else Group.LACKING].append(row)
    rows: list[Header | AskedRow] = []
    for group, found in grouped.items():
        if found:
            rows += [Header(group, len(found)), *found]
    return rows


def file_rows(
    files: Sequence[PackageSource],
    folder: str | None,
    items: Sequence[WorkItem],
    links: Sequence[FileLink],
    matches: BidMatches,
    twins: Sequence[tuple[str, str]] = (),
) -> list[FileRow]:
    """The bid's files as they are now, beside the items of `with_files`. Linked files that lie elsewhere come last."""
    by_path: dict[str, list[FileLink]] = {}
    asked = {item.key: item for item in items}
    for link in links:
        if link.item in asked:
            by_path.setdefault(link.path, []).append(link)
    names = {item.item.id: item.item.number or "" for item in items}
    wanted: dict[str, list[Fit]] = {}
    for some in matches.fits.values():
        for fit in some:
            wanted.setdefault(fit.path, []).append(fit)
    others = {**dict(twins), **{second: first for first, second in twins}}
    changed = frozenset(matches.changed)
    rows = []
    for file in files:
        mine = by_path.get(file.path, [])
        odd = any(link.key in changed for link in mine)
        numbers = [number for link in mine if (number := asked[link.item].item.number or "")]
        lines = [_state_line(file, mine, odd, numbers, wanted.get(file.path, ()), names, matches)]
        if (twin := others.get(file.name)) is not None:
            lines.append(Line(Sign.ODD, tr("answers.twin", file=twin)))
        outside = not folder or Path(folder) not in Path(file.path).parents
        about = " · ".join(filter(None, (size_words(file.size) if file.error is None else "", _where(file, outside))))
        if about:
            lines.append(Line(Sign.NONE, about))
        rows.append(FileRow(file.path, file.name.rpartition("/")[2] or file.name, file, tuple(lines), tuple(mine), odd))
    return rows


def _where(file: PackageSource, outside: bool) -> str:
    if outside:
        return tr("answers.outside", folder=Path(file.path).parent.name)
    return tr("answers.subfolder", folder=file.name.rpartition("/")[0]) if "/" in file.name else ""


def _linked_line(link: FileLink, matches: BidMatches) -> Line:
    name = Path(link.path).name
    if link.key in matches.gone:
        return Line(Sign.GONE, tr("answers.linked_gone", file=name))
    if link.key in matches.changed:
        return Line(Sign.ODD, tr("answers.linked_changed", file=name))
    return Line(Sign.OK, name)


def _folded(linked: Sequence[Linked]) -> tuple[Line, ...]:
    """A line for each file, the odd ones first; more than there is room for are counted."""
    odd_first = sorted((one.line for one in linked), key=lambda line: line.sign is Sign.OK)
    if len(odd_first) <= _MOST_LINES:
        return tuple(odd_first)
    rest = len(odd_first) - _MOST_LINES + 1
    return (*odd_first[: _MOST_LINES - 1], Line(Sign.NONE, tr("answers.more_files", count=rest)))


def _empty_line(item: WorkItem, fits: Sequence[Fit], shelf: Sequence[Fit], shelved: str) -> Line:
    best = max((*fits, *shelf[:1]), key=lambda fit: fit.score, default=None)
    if best is not None and best in fits:
        return Line(Sign.HINT, tr("answers.suggested", file=Path(best.path).name, reasons=fit_words(best)))
    if best is not None:
        return Line(Sign.HINT, tr("answers.on_shelf", document=shelved))
    if item.state is ItemState.DONE:
        return Line(Sign.ODD, tr("answers.done_without"))
    return Line(Sign.NONE, tr("answers.must_lack") if item.item.must else tr("answers.may_lack"))


def _state_line(
    file: PackageSource,
    links: Sequence[FileLink],
    changed: bool,
    numbers: Sequence[str],
    wanted: Sequence[Fit],
    names: Mapping[str, str],
    matches: BidMatches,
) -> Line:
    if file.error is not None:
        return Line(Sign.GONE, explained(file.error).text)
    if changed:
        return Line(Sign.ODD, tr("answers.file_changed", count=len(links)))
    if file.path in matches.unfilled:
        return Line(Sign.ODD, tr("answers.file_unfilled", form=doubt_words(matches.unfilled[file.path])))
    if links:
        listed = ", ".join(dict.fromkeys(numbers))
        few = listed and len(links) <= _MOST_NUMBERS
        words = tr("answers.file_linked", count=len(links))
        return Line(Sign.OK, tr("answers.with_numbers", words=words, numbers=listed) if few else words)
    if wanted:
        best = max(wanted, key=lambda fit: fit.score)
        number = names.get(best.item, "")
        return Line(Sign.HINT, tr("answers.file_fits", number=number) if number else tr("answers.file_fits_one"))
    return Line(Sign.ODD, tr("answers.file_extra"))
