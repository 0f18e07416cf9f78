"""Which files answer which attachments, told by names and first lines: for a review without anybody who has linked them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import PurePosixPath

from app.checklist.review.lexicon import says
from app.core.checklist import ChecklistItem
from app.core.document import document_id
from app.core.folding import folded
from app.core.inspection import FileFacts
from app.core.points import PointKind
from app.core.resources import resource
from app.core.work import FileLink, WorkItem

__all__ = ["is_conditional", "pair"]

_ANNEX = re.compile(r"\b(?:bilaga|appendix|annex)\s+(\d{1,3}[a-z]?|[a-z])\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:bilaga\s*)?(\d{1,3}(?:\.\d{1,2})?[a-z]?)(?=[\s._-])", re.IGNORECASE)
_REFERRED = re.compile(r"(?:bilaga\s*)?(\d{1,3}(?:\.\d{1,2})?[a-z]?)\.?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{6,}")
_ALIKE = 8
_COMMON = re.compile(
    r"(?:anbud|bifog|bilag|beskriv|avsnitt|lämna|leverant|uppgift|intyga|dokument|handling|enligt|företag|person|ska\b|samtlig|respekt|"
    r"uppdrag|myndig|upphand|kontroll|informa|redovis|tender|attach|descri)"
)
_JOINED = re.compile(r"[_\-.]+|(?<=[a-zåäö])(?=[A-ZÅÄÖ])")


def pair(items: Sequence[WorkItem], files: Sequence[FileFacts], forms: Mapping[str, FileFacts]) -> tuple[FileLink, ...]:
    """A link for each attachment and file that name the same document. A file may answer several, several files one."""
    kinds = {file.path: _kinds_of(file, forms) for file in files}
    known = {file.path: file for file in files}
    links: list[FileLink] = []
    for work in items:
        if work.item.kind is not PointKind.ATTACHMENT:
            continue
        wanted = _kinds_in(work.item.text) or _kinds_in(" ".join(work.item.headings[-1:]))
        annexes = {number.casefold() for number in _ANNEX.findall(work.item.text)}
        for path, (mine, form) in kinds.items():
            file = known[path]
            same_annex = form is not None and (annexes & {number.casefold() for number in _ANNEX.findall(form.name)})
            said = wanted & mine if form is None else wanted & _kinds_in(form.name)
            if same_annex or said or (not wanted and form is None and _shares_a_word(work.item, file)):
                links.append(_link(work, file))
    return tuple(
        {link.key: link for link in (*links, *_form_links(items, kinds, known), *_numbered(items, files, forms))}.values()
    )


def is_conditional(item: ChecklistItem) -> bool:
    """Whether only some bidders must hand it in, or it is no document of its own."""
    return not item.must or item.when is not None or says("condition", item.text) or says("no_document", item.text)


def _form_links(
    items: Iterable[WorkItem],
    kinds: Mapping[str, tuple[frozenset[str], FileFacts | None]],
    files: Mapping[str, FileFacts],
) -> list[FileLink]:
    """A filled form answers the questions in it: a link to the first of them, so that it is no extra file."""
    found = []
    for path, (_, form) in kinds.items():
        if form is not None:
            asked = next((work for work in items if work.item.source.document == document_id(form.name)), None)
            if asked is not None:
                found.append(_link(asked, files[path]))
    return found


def _numbered(items: Sequence[WorkItem], files: Sequence[FileFacts], forms: Mapping[str, FileFacts]) -> Iterator[FileLink]:
    """Files that a filled form refers to by number where it asks for one: "Beskrivningen bifogas som bilaga nr: 5"."""
    numbered = {match[1].casefold(): file for file in files if (match := _NUMBERED.match(PurePosixPath(file.name).stem))}
    for file in files:
        form = forms.get(file.path)
        if form is None:
            continue
        answers = {(block.place.paragraph, None, None): block.value for block in file.blocks if block.value}
        answers |= {(None, cell.sheet, cell.cell): cell.text for cell in file.cells}
        for work in items:
            place = work.item.source.place
            said = answers.get((place.paragraph, place.sheet, place.cell), "")
            number = _REFERRED.fullmatch(said) if work.item.source.document == document_id(form.name) else None
            if number is not None and "bilaga" in folded(work.item.text + said) and number[1].casefold() in numbered:
                yield _link(work, numbered[number[1].casefold()])


def _link(work: WorkItem, file: FileFacts) -> FileLink:
    return FileLink(f"{work.key}:{file.path}", work.tender, work.key, file.path, file.sha256, file.size)


def _shares_a_word(item: ChecklistItem, file: FileFacts) -> bool:
    """Whether a telling word of the item stands in the file's name or title."""
    stem = _JOINED.sub(" ", PurePosixPath(file.name).stem)
    named = {word[:_ALIKE] for word in _WORD.findall(folded(f"{stem} {' '.join(file.heads[:1])}"))}
    return any(word[:_ALIKE] in named for word in _WORD.findall(folded(item.text)) if not _COMMON.match(word))


def _kinds_of(file: FileFacts, forms: Mapping[str, FileFacts]) -> tuple[frozenset[str], FileFacts | None]:
    form = forms.get(file.path)
    stem = _JOINED.sub(" ", PurePosixPath(file.name).stem)
    named = _kinds_in(stem)
    return (named or _kinds_in(" \n ".join(file.heads[:3]))), form


def _kinds_in(text: str) -> frozenset[str]:
    """The documents that a text names."""
    plain = folded(text)
    return frozenset(name for name, pattern in _same() if pattern.search(plain))


@cache
def _same() -> tuple[tuple[str, re.Pattern[str]], ...]:
    content = tomllib.loads(resource("rules", "review.toml").read_text("utf-8"))
    return tuple(
        (entry["id"], re.compile(rf"(?<!\w)(?:{'|'.join(entry['words'])})(?!\w)".replace(" ?", r"\s*")))
        for entry in content["same"]
    )
