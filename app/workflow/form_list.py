"""The procurement's documents that are forms, and what filling one of them in a window needs beside the writing itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from app.checklist.matching import SeenFile, fits
from app.core.document import DocumentKind, Finding
from app.core.errors import FillError
from app.core.points import PointKind
from app.core.work import DocumentRecord, ItemState, WorkItem

if TYPE_CHECKING:
    from app.documents.reader import ReadRequest
    from app.workflow.filling import FileWork

__all__ = ["ListedForm", "asking_for", "form_request", "forms_of", "is_original", "member_in"]

_KINDS = frozenset({DocumentKind.XLSX, DocumentKind.DOCX, DocumentKind.PDF})
_PLACES = ("slot.", "column.")
_FIELDS = "slot.form_field"
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class ListedForm:
    """A document with places to answer in: how many questions it has, and how many of them the list answers.

    A PDF without fields cannot be filled in by a program: then it is not `fillable`.
    """

    document: DocumentRecord
    questions: int
    answered: int
    fillable: bool = True

    @property
    def name(self) -> str:
        """The file's own name, without the archive that it came in."""
        return PurePosixPath(self.document.summary.name).name

    @property
    def suffix(self) -> str:
        """The file's ending, in lower case."""
        return PurePosixPath(self.document.summary.name).suffix.lower()


def forms_of(documents: Iterable[DocumentRecord], items: Iterable[WorkItem]) -> tuple[ListedForm, ...]:
    """The forms among the documents, in their order. Items that do not ask this bidder anything are not counted."""
    asked: dict[str, list[WorkItem]] = {}
    for work in items:
        if work.replaced or work.withdrawn or work.state is ItemState.REJECTED:
            continue
        if _has_place((work.found or work.item).cues):
            for document in dict.fromkeys((work.item.source.document, *(one.document for one in work.item.also))):
                asked.setdefault(document, []).append(work)
    forms = []
    for record in documents:
        found = asked.get(record.summary.id, [])
        if not found or record.summary.kind not in _KINDS or record.summary.error is not None:
            continue
        answered = sum(bool(work.answer and work.answer.strip()) for work in found)
        fields = record.summary.kind is not DocumentKind.PDF or any(_FIELDS in work.item.cues for work in found)
        forms.append(ListedForm(record, len(found), answered, fields))
    return tuple(forms)


@lru_cache(maxsize=4096)
def _has_place(cues: tuple[str, ...]) -> bool:
    """Asked of every item of a list, which have few different ones."""
    return any(cue.startswith(_PLACES) for cue in cues)


def asking_for(name: str, items: Iterable[WorkItem], documents: Sequence[DocumentRecord]) -> tuple[str, ...]:
    """The keys of the attachments that ask for a file with this name, as good as surely: "ifylld prisbilaga, bilaga 2"."""
    asking = {
        work.item.id: work.key
        for work in items
        if work.item.kind is PointKind.ATTACHMENT and not work.replaced and work.state is not ItemState.REJECTED
    }
    listed = [work.item for work in items if work.item.id in asking]
    found = fits(listed, [SeenFile(name, name)], [record.summary for record in documents])
    return tuple(asking[item] for item, some in found.items() if some[0].strong)


def form_request(record: DocumentRecord, kept: bytes, passwords: Sequence[str], work: FileWork) -> ReadRequest:
    """The document as it was given, under its name on the list. One inside an archive is taken out of it in a child.

    Raises errors of the tree.
    """
    from app.documents.reader import ReadRequest

    name, member = record.summary.name, record.member
    if member is None:
        return ReadRequest(name, data=kept, passwords=tuple(passwords))
    archive = ReadRequest(name.removesuffix(f"/{member}"), data=kept, passwords=tuple(passwords))
    done = work.do("member", archive, msgspec.json.encode(member))
    if isinstance(done, Finding):
        raise FillError.told(done)
    return ReadRequest(name, data=done[1], passwords=tuple(passwords))


def member_in(request: ReadRequest, order: bytes) -> tuple[bytes, bytes]:
    """The bytes of a document inside an archive. Runs in the child process. `order` is the JSON of its path there."""
    from app.workflow.pages import member_of

    return b"null", member_of(request, msgspec.json.decode(order, type=str)).bytes()


def is_original(target: Path, originals: Collection[str]) -> bool:
    """Whether the file is, byte for byte, one that the buyer sent (hashes in `originals`): nothing is written over it."""
    digest = sha256()
    try:
        with target.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except OSError:
        return False
    return digest.hexdigest() in originals
