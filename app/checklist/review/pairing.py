"""Which files answer which attachments, for a review without anybody who has linked them: what matching is sure of, and what
forms and letters say of each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from app.checklist.matching import STRONG, SeenFile, fits
from app.checklist.review.lexicon import says
from app.core.checklist import ChecklistItem, DocumentSummary
from app.core.document import document_id
from app.core.folding import folded
from app.core.inspection import FileFacts
from app.core.points import PointKind
from app.core.work import FileLink, WorkItem

__all__ = ["is_conditional", "pair"]

_BY_NAME = 0.6
"""From which a file that cannot be opened is taken for what its name says: it is damaged, not missing as well."""
_ANNEX = re.compile(r"\b(?:bilaga|appendix|annex)\s+(\d{1,3}[a-z]?|[a-z])\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:bilaga\s*)?(\d{1,3}(?:\.\d{1,2})?[a-z]?)(?=[\s._-])", re.IGNORECASE)
_REFERRED = re.compile(r"(?:bilaga\s*)?(\d{1,3}(?:\.\d{1,2})?[a-z]?)\.?", re.IGNORECASE)
_JOINED = re.compile(r"[_\-.]+|(?<=[a-zåäö])(?=[A-ZÅÄÖ])")


def pair(
    items: Sequence[WorkItem],
    files: Sequence[FileFacts],
    forms: Mapping[str, FileFacts],
    documents: Sequence[DocumentSummary] = (),
) -> tuple[FileLink, ...]:
    """A link for each attachment and file that go together as good as surely. A file may answer several, several files one."""
    known = {file.path: file for file in files}
    asked = [work for work in items if work.item.kind is PointKind.ATTACHMENT]
    seen = [SeenFile(file.path, file.name, file.sha256, file.heads) for file in files]
    suited = fits([work.item for work in asked], seen, documents)
    links = [
        _link(work, known[fit.path])
        for work in asked
        for fit in suited.get(work.item.id, ())
        if fit.score >= (STRONG if known[fit.path].error is None else _BY_NAME)
    ]
    links += [_link(work, file) for work in asked for file in files if file.path not in forms and _is_letter(work.item, file)]
    links += [_link(work, known[path]) for work in asked for path, form in forms.items() if _names(work.item, form)]
    links += [*_form_links(items, known, forms), *_numbered(items, files, forms)]
    return tuple({link.key: link for link in links}.values())


def is_conditional(item: ChecklistItem) -> bool:
    """Whether only some bidders must hand it in, or it is no document of its own."""
    return not item.must or item.when is not None or says("condition", item.text) or says("no_document", item.text)


def _form_links(items: Sequence[WorkItem], files: Mapping[str, FileFacts], forms: Mapping[str, FileFacts]) -> Iterator[FileLink]:
    """A filled form answers the questions in it: a link to the first of them, so that it is no extra file."""
    for path, form in forms.items():
        asked = next((work for work in items if work.item.source.document == document_id(form.name)), None)
        if asked is not None:
            yield _link(asked, files[path])


def _names(item: ChecklistItem, form: FileFacts) -> bool:
    """Whether an item asks for the form by its number: "ifylld prisbilaga, bilaga 2"."""
    return bool(_annexes(item.text) & _annexes(PurePosixPath(form.name).stem))


def _annexes(text: str) -> frozenset[str]:
    return frozenset(number.casefold() for number in _ANNEX.findall(text))


def _is_letter(item: ChecklistItem, file: FileFacts) -> bool:
    """Whether both name the bid's own letter: the file by its name or its first lines."""
    stem = _JOINED.sub(" ", PurePosixPath(file.name).stem)
    return says("letter", item.text) and any(says("letter", text) for text in (stem, *file.heads[:3]))


def _numbered(items: Sequence[WorkItem], files: Sequence[FileFacts], forms: Mapping[str, FileFacts]) -> Iterator[FileLink]:
    """Files that a filled form refers to by number where it asks for one: "Beskrivningen bifogas som bilaga nr: 5"."""
    numbered = {match[1].casefold(): file for file in files if (match := _NUMBERED.match(PurePosixPath(file.name).stem))}
    for file in files:
        form = forms.get(file.path)
        if form is None:
            continue
        answers: dict[tuple[int | None, str | None, str | None], str] = {
            (block.place.paragraph, None, None): block.value for block in file.blocks if block.value
        }
        answers.update({(None, cell.sheet, cell.cell): cell.text for cell in file.cells})
        for work in items:
            place = work.item.source.place
            said = answers.get((place.paragraph, place.sheet, place.cell), "")
            number = _REFERRED.fullmatch(said) if work.item.source.document == document_id(form.name) else None
            if number is not None and "bilaga" in folded(work.item.text + said) and number[1].casefold() in numbered:
                yield _link(work, numbered[number[1].casefold()])


def _link(work: WorkItem, file: FileFacts) -> FileLink:
    return FileLink(f"{work.key}:{file.path}", work.tender, work.key, file.path, file.sha256, file.size)
