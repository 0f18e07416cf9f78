"""Which files answer which attachments, told by names and first lines: for a review without anybody who has linked them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
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
_JOINED = re.compile(r"[_\-.]+|(?<=[a-zåäö])(?=[A-ZÅÄÖ])")


def pair(items: Iterable[WorkItem], files: Iterable[FileFacts], forms: Mapping[str, FileFacts]) -> tuple[FileLink, ...]:
    """A link for each attachment and file that name the same document. A file may answer several, several files one."""
    kinds = {file.path: _kinds_of(file, forms) for file in files}
    known = {file.path: file for file in files}
    links: list[FileLink] = []
    for work in items:
        if work.item.kind is not PointKind.ATTACHMENT:
            continue
        wanted = _kinds_in(work.item.text)
        annexes = {number.casefold() for number in _ANNEX.findall(work.item.text)}
        for path, (mine, form) in kinds.items():
            file = known[path]
            same_annex = form is not None and (annexes & {number.casefold() for number in _ANNEX.findall(form.name)})
            if same_annex or (form is None and wanted & mine) or (form is not None and wanted & _kinds_in(form.name)):
                links.append(FileLink(f"{work.key}:{path}", work.tender, work.key, path, file.sha256, file.size))
    return (*links, *_form_links(items, kinds, known))


def is_conditional(item: ChecklistItem) -> bool:
    """Whether only some bidders must hand it in."""
    return not item.must or item.when is not None or says("condition", item.text)


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
                file = files[path]
                found.append(FileLink(f"{asked.key}:{path}", asked.tender, asked.key, path, file.sha256, file.size))
    return found


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
