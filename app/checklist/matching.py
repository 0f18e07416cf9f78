"""Which files of the bid folder fit which items of the list, with a score and reasons. Suggestions only: nothing is linked here.

Data in, data out: a file is its name and the first lines of its text; reading it is somebody else's work. Reasons are codes:

    prescribed   the item asks for exactly this file name       annex        the same annex number ("Bilaga 3")
    form         a filled copy of a form that the item asks for section      the same section number ("4.1")
    kind_name    its name says that it is what is asked for     kind_text    its first lines say so
    words        name and item share telling words              heading      its first lines and the item do
    type         the file type that is asked for
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.checklist.file_kinds import kinds_asked, kinds_headed, kinds_named
from app.checklist.file_words import Telling, annexes, leading_number, sections, simple, suffix_of, telling
from app.core.checklist import ChecklistItem, DocumentSummary
from app.core.document import AnswerType
from app.core.points import PointKind

__all__ = ["STRONG", "Fit", "SeenFile", "asked_types", "fits", "form_of", "prescribed_name", "takes_file"]

STRONG = 0.75
"""From here on a suggestion is as good as sure; below `_LEAST` it is none."""
_LEAST = 0.45
_MOST = 5
"""Suggestions for an item."""
_WEIGHTS = {
    "prescribed": 0.97,
    "form": 0.75,
    "kind_name": 0.62,
    "kind_text": 0.5,
    "annex": 0.55,
    "section": 0.3,
    "words": 0.6,
    "heading": 0.35,
    "type": 0.05,
}
_TYPES = {
    "pdf": (r"\bpdf\b", (".pdf",)),
    "excel": (r"\b(?:excel|xlsx?|kalkylblad)\b", (".xlsx", ".xlsm", ".xls", ".ods")),
    "word": (r"\b(?:word|docx?)(?: ?-?(?:fil|format|dokument))?\b", (".docx", ".doc", ".odt")),
}
_QUOTED = r"[”“\"'’‘»«]\s*(?P<name>[^”“\"'’‘»«\n]{2,90}?)\s*[”“\"'’‘»«]"
_CALLED = r"(?:namnges|döp[as]*|benämn\w*|heta|namnet|filnamn\w*|named|file ?name|called)"
_SO = r"(?:som|till|enligt|ska|vara|as|be|to|is|filen|med|följande|:)"
_NAMING = re.compile(rf"{_CALLED}(?:\W+{_SO})*\W*?{_QUOTED}", re.IGNORECASE)
_BARE = re.compile(rf"{_CALLED}\b[^.\n]{{0,40}}?(?P<name>\b[\wåäöÅÄÖ\-]{{2,60}}\.(?:pdf|docx|xlsx|doc|xls|zip))\b", re.IGNORECASE)
_FILLED = re.compile(
    r"\b(?:ifylld?t?|ifyllda|besvarad|undertecknad?t?|signerad?t?|svar|filled|completed|signed|slutlig|klar|final)\b"
)


@dataclass(frozen=True, slots=True)
class SeenFile:
    """A file of the bid folder as matching knows it: its path there, its hash, and its first lines, headings first."""

    path: str
    name: str
    sha256: str = ""
    head: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fit:
    """A file that may be what an item asks for. `score` is from 0 to 1, `reasons` are codes, the weightiest first."""

    item: str
    path: str
    score: float
    reasons: tuple[str, ...]

    @property
    def strong(self) -> bool:
        """Whether it is as good as sure."""
        return self.score >= STRONG


def fits(
    items: Iterable[ChecklistItem], files: Iterable[SeenFile], documents: Sequence[DocumentSummary] = ()
) -> dict[str, tuple[Fit, ...]]:
    """The files that fit each item that a file can answer, best first, by the item's id. Items that nothing fits are left out."""
    wanted = [item for item in items if takes_file(item)]
    read = [_Read(file, form_of(file, documents)) for file in files]
    words = Telling([item.text for item in wanted])
    titles = {document.id: document for document in documents}
    found = {}
    for item in wanted:
        asked = _Asked(item, words, titles)
        made = [fit for file in read if (fit := asked.fit(file)) is not None]
        if made:
            found[item.id] = tuple(sorted(made, key=lambda fit: (-fit.score, fit.path))[:_MOST])
    return found


def prescribed_name(item: ChecklistItem) -> str | None:
    """The file name that an item asks for: ”Filen ska namnges "Bilaga 3 CV"”. None when it asks for none."""
    for text in (item.text, item.source.quote, *(source.quote for source in item.also)):
        found = _NAMING.search(text) or _BARE.search(text)
        if found:
            return found["name"].strip(" .")
    return None


def asked_types(item: ChecklistItem) -> tuple[str, ...]:
    """The endings of the file types that an item asks for; empty when any will do."""
    text = item.text.casefold()
    found = [suffix for pattern, suffixes in _TYPES.values() if re.search(pattern, text) for suffix in suffixes]
    return tuple(found)


def form_of(file: SeenFile, documents: Iterable[DocumentSummary]) -> str | None:
    """The id of the procurement's document that a file is a filled copy of: the same name and type, give or take a number and a
    few words. The unchanged document itself is none; neither is one that two documents are as like."""
    mine = simple(_FILLED.sub(" ", simple(file.name.rpartition("/")[2], ending=False)))
    my_words = telling(mine)
    best: list[tuple[float, str]] = []
    for document in documents:
        if suffix_of(document.name) != suffix_of(file.name) or (document.sha256 and document.sha256 == file.sha256):
            continue
        title = simple(document.name.rpartition("/")[2], ending=False)
        their_words = telling(title)
        if not their_words or not their_words <= my_words or len(my_words - their_words) > 3:
            continue
        theirs, ours = annexes(title), annexes(mine)
        if theirs and ours and not theirs & ours:
            continue
        best.append((len("".join(their_words)) / max(1, len("".join(my_words))), document.id))
    best.sort(reverse=True)
    if not best or (len(best) > 1 and best[0][0] == best[1][0]):
        return None
    return best[0][1]


def takes_file(item: ChecklistItem) -> bool:
    """Whether a file can answer the item."""
    return item.kind is PointKind.ATTACHMENT or item.answer.type is AnswerType.FILE


class _Read:
    """A file as it is compared: what is in its name and its first lines."""

    def __init__(self, file: SeenFile, form: str | None) -> None:
        base = file.name.rpartition("/")[2]
        self.file = file
        self.form = form
        self.name = simple(base, ending=False)
        self.suffix = suffix_of(base)
        self.words = telling(self.name)
        self.annexes = annexes(self.name)
        self.number = leading_number(base)
        head = simple(" \n ".join(file.head[:8]))
        self.heading_words = telling(simple(" \n ".join(file.head[:3])))
        self.kinds_name = kinds_named(self.name)
        self.kinds_text = kinds_headed(head)


class _Asked:
    """An item as files are compared with it."""

    def __init__(self, item: ChecklistItem, words: Telling, documents: Mapping[str, DocumentSummary]) -> None:
        text, above = simple(item.text), simple(" ".join(item.headings[-2:]))
        self.item = item
        self.words = words
        # "Certifikat för respektive område ska bifogas": the heading says which.
        self.text_words = telling(text) | telling(above)
        self.kinds = kinds_asked(text) or kinds_asked(above)
        self.annexes = annexes(text)
        self.sections = sections(item.text) | ({item.number.rstrip(".")} if item.number else frozenset())
        self.types = asked_types(item)
        wished = prescribed_name(item)
        self.prescribed = simple(wished, ending=bool(suffix_of(wished))) if wished else None
        self.forms = {
            id
            for id, document in documents.items()
            if (title := simple(document.name.rpartition("/")[2], ending=False))
            and ((annexes(title) & self.annexes) or (telling(title) and telling(title) <= self.text_words))
        }

    def fit(self, file: _Read) -> Fit | None:
        """How well a file fits; None when it does not."""
        given: dict[str, float] = {}
        if self.prescribed and self.prescribed in (file.name, simple(file.file.name.rpartition("/")[2])):
            given["prescribed"] = 1.0
        if file.form is not None and file.form in self.forms:
            given["form"] = 1.0
        if self.annexes & file.annexes:
            given["annex"] = 1.0
        if file.number is not None and file.number in self.sections and "." in file.number:
            given["section"] = 1.0
        if self.kinds & file.kinds_name:
            given["kind_name"] = 1.0
        if self.kinds & file.kinds_text:
            given["kind_text"] = 1.0
        if (shared := self.words.shared(file.words, self.text_words)) >= 0.5:
            given["words"] = shared
        if (shared := self.words.shared(self.text_words, file.heading_words)) >= 0.5:
            given["heading"] = shared
        if not given:
            return None
        if self.types and file.suffix in self.types:
            given["type"] = 1.0
        against = 1.0
        for name, share in given.items():
            against *= 1 - _WEIGHTS[name] * share
        score = (1 - against) * self._doubt(file, given)
        if score < _LEAST:
            return None
        reasons = sorted(given, key=lambda name: -_WEIGHTS[name] * given[name])
        return Fit(self.item.id, file.file.path, round(score, 3), tuple(reasons))

    def _doubt(self, file: _Read, given: Mapping[str, float]) -> float:
        """What speaks against it: it is another kind of document, has another annex number or another type."""
        doubt = 1.0
        theirs = file.kinds_name or file.kinds_text
        if self.kinds and theirs and not self.kinds & (file.kinds_name | file.kinds_text) and "form" not in given:
            doubt *= 0.4
        if self.annexes and file.annexes and not self.annexes & file.annexes:
            doubt *= 0.5
        if self.types and file.suffix not in self.types:
            doubt *= 0.7
        if file.form is not None and self.forms and file.form not in self.forms:
            doubt *= 0.4
        return 1.0 if "prescribed" in given else doubt
