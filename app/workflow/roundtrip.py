"""The way back: a kravmatris or a filled form that colleagues have worked in is read again and compared with the list.

Nothing is changed here. What the user chooses of the differences is one step of the desk (`take_answers`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from app.core.differences import Comparison, Difference, Entry, Gone
from app.core.document import Finding, Place
from app.core.errors import FillError
from app.core.limits import DEFAULT_LIMITS, Limits
from app.core.points import PointKind
from app.core.work import FileLink, ItemState, WorkItem
from app.documents.reader import ReadRequest
from app.export.forms.values import as_day
from app.export.matrix import ENTRIES, MatrixRow, MatrixSheet, entry_text, read_matrix
from app.export.words import LANGUAGES, words_in
from app.export.work import Progress, Work, day_of
from app.workflow.filling import FileWork, format_of

__all__ = ["compare_matrix", "matrix_in", "matrix_of"]

_ENTRY = {
    "status": Entry.STATE,
    "owner": Entry.OWNER,
    "due": Entry.DUE,
    "reply": Entry.ANSWER,
    "file": Entry.FILES,
    "comment": Entry.NOTE,
}
_STATES = {"todo": ItemState.OPEN, "doing": ItemState.OPEN, "done": ItemState.DONE, "not_applicable": ItemState.REJECTED}


def matrix_in(request: ReadRequest, order: bytes) -> tuple[bytes, bytes]:
    """The matrix in a workbook, as JSON. Runs in the child process. `order` is the JSON of the list's ids."""
    from app.documents.formats import Format
    from app.documents.ooxml import checked_package

    ids = msgspec.json.decode(order, type=list[str])
    form = format_of(request)
    if form in (Format.XLSX, Format.ENCRYPTED):
        checked_package(request).close()
    if form is not Format.XLSX:
        raise FillError(request.name, code="matrix.not_a_workbook")
    return msgspec.json.encode(read_matrix(request.bytes(), request.name, ids)), b""


def matrix_of(path: Path, items: Iterable[WorkItem], *, work: FileWork, limits: Limits = DEFAULT_LIMITS) -> MatrixSheet:
    """The matrix in a file, read in a child. Raises errors of the tree: FillError (`matrix.*`, what kept it from being read)."""
    request = ReadRequest(path.name, data=ReadRequest(path.name, path=path, limits=limits).bytes(), limits=limits)
    done = work.do("read_matrix", request, msgspec.json.encode(sorted({item.item.id for item in items})))
    if isinstance(done, Finding):
        raise FillError.told(done)
    try:
        return msgspec.json.decode(done[0], type=MatrixSheet)
    except msgspec.DecodeError as error:
        raise FillError(path.name, code="worker.protocol") from error


def compare_matrix(
    name: str, sheet: MatrixSheet, items: Sequence[WorkItem], files: Mapping[str, Sequence[FileLink]] | None = None
) -> Comparison:
    """What differs between the matrix and the list. `files` are the links by the keys of the items."""
    links = files or {}
    by_id = {item.item.id: item for item in items}
    work = Work(by_id, {key: tuple(some) for key, some in links.items()})
    shown = [_Shown(work, language) for language in LANGUAGES]
    differences: list[Difference] = []
    findings = [*sheet.findings]
    unknown: list[Gone] = []
    reworded: list[Gone] = []
    seen: dict[str, MatrixRow] = {}
    same = 0
    for row in sheet.rows:
        item, place = by_id.get(row.id), Place(cell=f"A{row.number}")
        if item is None:
            unknown.append(Gone(row.id, row.text, place))
            continue
        if row.id in seen:
            if seen[row.id].entries != row.entries:
                findings.append(_odd(name, "matrix.twice", row))
            continue
        seen[row.id] = row
        if row.text and entry_text(row.text) != entry_text(item.item.text):
            reworded.append(Gone(row.id, row.text, place))
        found = _differences(name, row, item, shown, findings)
        differences += found
        same += not found
    if any(not row.base for row in seen.values()):
        findings.append(Finding("matrix.no_base", name))
    for gone in sheet.gone:
        findings.append(Finding("matrix.column_gone", name, None, (("column", _column_words(gone)),)))
    missing = [
        Gone(item.item.id, item.item.text)
        for item in items
        if item.item.id not in seen and item.item.kind is not PointKind.CONTRACT
    ]
    added = tuple(Gone("", text, Place(cell=f"A{number}")) for number, text in sheet.added)
    return Comparison(name, tuple(differences), same, tuple(unknown), added, tuple(missing), tuple(reworded), tuple(findings))


def _column_words(name: str) -> str:
    return " / ".join(dict.fromkeys(words_in(language).of("columns", name) for language in LANGUAGES))


def _odd(name: str, code: str, row: MatrixRow) -> Finding:
    return Finding(code, name, None, (("row", str(row.number)),))


def _differences(name: str, row: MatrixRow, item: WorkItem, shown: Sequence[_Shown], findings: list[Finding]) -> list[Difference]:
    """The entries of one row that say something else than the list; those left as they were written are not among them."""
    found: list[Difference] = []
    for column in ENTRIES:
        theirs = row.entries.get(column)
        now = [each.entry(column, item) for each in shown]
        if theirs is None or row.was(column, theirs) or theirs in now:
            continue
        mine, wanted = "", theirs
        match column:
            case "status":
                if row.status is None:
                    findings.append(_odd(name, "matrix.status_unknown", row))
                    continue
                mine, wanted = item.state.value, _STATES[row.status].value
            case "due":
                day = _day(theirs)
                if day is None:
                    findings.append(_odd(name, "matrix.due_unread", row))
                    continue
                mine, wanted = item.due or "", day
            case "reply":
                mine = item.answer or ""
            case "owner":
                mine, wanted = item.owner or "", " ".join(theirs.split())
            case "comment":
                mine, wanted = item.note, _note(theirs, shown)
            case _:
                mine = now[0]
        if entry_text(mine) != entry_text(wanted):
            both = bool(row.base) and not any(row.was(column, each) for each in now)
            place = Place(cell=f"A{row.number}")
            found.append(Difference(item.key, item.item.id, item.item.text, _ENTRY[column], mine, wanted, both, place))
    return found


class _Shown:
    """What the matrix says of items in one language."""

    def __init__(self, work: Work, language: str) -> None:
        words = words_in(language)
        self._words, self._progress = words, Progress(work, words)
        self.note_lead = words("note", note="\0").partition("\0")[0]
        self._remarks = (words("rejected"), words("withdrawn"), words("changed"))
        self._rejected = words("rejected_because", reason="\0").partition("\0")[0]

    def entry(self, column: str, item: WorkItem) -> str:
        """A cell of the item's row as it would be written now."""
        progress, asked = self._progress, item.item
        match column:
            case "status":
                return entry_text(self._words.of("status", progress.status(asked)))
            case "owner":
                return entry_text(progress.owner(asked))
            case "due":
                return entry_text(day_of(due) or due if (due := progress.due(asked)) else "")
            case "reply":
                return entry_text(progress.reply(asked))
            case "file":
                return entry_text("\n".join(progress.files(asked)))
        return entry_text("\n".join(progress.remarks(asked)))

    def is_remark(self, line: str) -> bool:
        """Whether the matrix itself says this beside the note."""
        return line in self._remarks or line.startswith(self._rejected)


def _day(text: str) -> str | None:
    """A day as the list keeps it; empty for none."""
    if not text:
        return ""
    moment = as_day(text)
    return moment.date().isoformat() if moment is not None else None


def _note(text: str, shown: Sequence[_Shown]) -> str:
    """The note in a comment: without what the matrix itself says of the item, and without the word before the note."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        for each in shown:
            if line.startswith(each.note_lead):
                before = [other for other in lines[:number] if not any(one.is_remark(other) for one in shown)]
                return "\n".join([*before, line[len(each.note_lead) :], *lines[number + 1 :]]).strip()
    return "\n".join(line for line in lines if not any(each.is_remark(line) for each in shown)).strip()
