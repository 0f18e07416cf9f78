"""What portals print beside their questions: tags that class a question, what an answer is worth, and the key to the tags."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from app.core.document import Block, BlockKind, Document
from app.core.points import Span
from app.extraction import kept
from app.extraction.rules import Rule, rules
from app.extraction.sentences import sentences

_EDGES = " \t.,;:()[]–-*•"
_MOST_TAG_WORDS = 4
_LONGEST_TAG = 45
_FEWEST_KEYS = 2
_FEWEST_IN_WORDS = 3  # explanations in running text
_MOST_EXPLAINED = 10  # words of one of them
_NAMED = 16  # characters in which a cell names what follows
_UNSAID = "question"  # a tag that says nothing of whether there must be an answer
_MOST_LABEL_WORDS = 5
_MOST_KEY_WORDS = 45  # an explanation is short
_LONGEST_KEY = 400  # characters
_KEY_BLOCKS = 150  # the key stands before the questions
_NEAR = 12  # blocks between a tag and what explains it, as they are read
_KEYED = kept.pattern(r"([^:=–]{1,45}?)\s*(?:[:=]|\s[–-]\s)\s*(\S.*)")
_MUST = {"must": True, "weighted": False, "optional": False}


class Tag(NamedTuple):
    """What a tag says of its question: must it be answered (None: not said), or does the buyer answer it."""

    meaning: str
    must: bool | None

    @property
    def buyers(self) -> bool:
        """Whether the buyer fills this in."""
        return self.meaning == "buyer"


@dataclass(frozen=True, slots=True)
class Key:
    """The tags that a document explains, in lower case, with what they mean, and where it does.

    `starred`: a star marks the questions that must be answered, and the others need not be.
    """

    tags: Mapping[str, str] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()
    starred: bool = False

    def tag(self, text: str) -> Tag | None:
        """What a text says when it is nothing but a tag: one that the document explains, or one that anybody knows."""
        if not 1 <= len(text) <= _LONGEST_TAG:
            return None
        bare = text.strip(_EDGES).lower()
        meaning = self.tags.get(bare) or _known(bare)
        return Tag(meaning, _MUST.get(meaning)) if meaning is not None else None

    def cut(self, line: str) -> tuple[int, Tag] | None:
        """Where a tag at the end of a printed line begins, after words of their own.

        A tag is written with a capital there, and the buyer is a tag in the words of the key alone: "kontakt hos Beställaren".
        """
        words = list(_WORDS.finditer(line))
        for count in range(min(_MOST_TAG_WORDS, len(words) - 2), 0, -1):
            start = words[-count].start()
            text = line[start:].strip(_EDGES)
            if not text[:1].isupper():
                continue
            tag = self.tag(text)
            if tag is not None and (text.lower() in self.tags or not tag.buyers):
                return start, tag
        return None


_WORDS = kept.pattern(r"\S+")


@cache
def _group(name: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in rules("printouts") if rule.fields["group"] == name)


@cache
def _known(bare: str) -> str | None:
    return next((rule.fields["tag"] for rule in _group("tag") if rule.pattern.fullmatch(bare) is not None), None)


def is_points(text: str) -> bool:
    """Whether a text only says what the answer beside it is worth."""
    bare = text.strip(_EDGES)
    return 2 <= len(bare) <= 40 and any(rule.pattern.fullmatch(bare) is not None for rule in _group("points"))


def is_format(text: str) -> bool:
    """Whether a text only says which files or values an answer may be."""
    bare = text.strip(_EDGES)
    return bool(bare) and any(rule.pattern.fullmatch(bare) is not None for rule in _group("format"))


def key_of(document: Document) -> Key:
    """The key to the tags of a printout: two or more short marks near each other, each with what it says of a question beside it.

    At least one is a tag that anybody knows, and none is explained twice: a table of documents or requirements is no key.
    """
    found: dict[str, list[_Entry]] = {}
    for entry in _explained(document):
        found.setdefault(entry.tag.strip(_EDGES).lower(), []).append(entry)
    known = [entries[0].spans[-1].block for tag, entries in found.items() if _known(tag) is not None]
    kept_entries = {
        tag: entries[0]
        for tag, entries in found.items()
        if tag
        and len(entries) == 1
        and any(abs(entries[0].spans[-1].block - block) <= _NEAR for block in known)
        and (_known(tag) is not None or entries[0].plain)
    }
    star = _star(document)
    if len({entry.meaning for entry in kept_entries.values()}) < _FEWEST_KEYS:
        kept_entries = {}
    spans = tuple(span for entry in kept_entries.values() for span in entry.spans)
    stars = (star,) if star is not None else ()
    return Key({tag: entry.meaning for tag, entry in kept_entries.items()}, (*spans, *stars), star is not None)


def _star(document: Document) -> Span | None:
    """Where a document says that a star marks what must be answered."""
    for index, block in itertools.islice(document.body(), _KEY_BLOCKS):
        if "*" not in block.text:
            continue
        for start, end in sentences(block.text):
            sentence = block.text[start:end]
            if (
                "*" in sentence
                and any(rule.search(sentence) is not None for rule in _group("star"))
                and not any(rule.search(sentence) is not None for rule in _group("starred_else"))
            ):
                return Span(index, start, end)
    return None


class _Entry(NamedTuple):
    """A tag with what its explanation means, where both stand, and whether the explanation begins with what it speaks of."""

    tag: str
    meaning: str
    spans: tuple[Span, ...]
    plain: bool


def _entry(tag: str, explanation: str, *spans: Span) -> _Entry | None:
    """The entry of a key that a tag and the words beside it make; None when they make none."""
    tag = tag.strip()
    if not 0 < len(tag) <= _LONGEST_TAG or len(tag.split()) > _MOST_TAG_WORDS or tag[-1] in ".?":
        return None
    meaning = _meaning(explanation)
    if meaning is None:
        return None
    opening = " ".join(explanation.split()[:3])
    return _Entry(tag, meaning, spans, any(rule.search(opening) is not None for rule in _group("keyed")))


def _meaning(text: str) -> str | None:
    """What an explanation says of the questions that a tag stands at."""
    lowered, count = text.lower(), len(text.split())
    speaking = ("keyed", "named") if count <= _MOST_LABEL_WORDS else ("keyed",)
    if count > _MOST_KEY_WORDS or not any(rule.search(text) for group in speaking for rule in _group(group)):
        return None
    return next((rule.fields["tag"] for rule in _group("legend") if not rule.is_absent(lowered) and rule.search(text)), None)


def _explained(document: Document) -> Iterator[_Entry]:
    """Each tag with the meaning that stands beside it, and where both stand."""
    blocks = [(index, block) for index, block in itertools.islice(document.body(), _KEY_BLOCKS) if block.text]
    for place, (index, block) in enumerate(blocks):
        found: Sequence[_Entry | None] = ()
        if block.kind is BlockKind.TABLE_ROW:
            cells = [cell.text.strip() for cell in block.cells if cell.text.strip()]
            if len(cells) == 2 and ":" not in cells[1][:_NAMED]:  # "Fråga | Svar: Fritext" is a question's own
                found = [_entry(cells[0], cells[1], Span(index, 0, len(block.text)))]
        elif len(block.text) <= _LONGEST_KEY:
            found = _by_line(index, block) or [_in_words(blocks, place)]
        yield from (entry for entry in found if entry is not None)


def _by_line(index: int, block: Block) -> list[_Entry]:
    """Explanations that a reader has joined to one paragraph, each on a printed line of its own."""
    edges = [*(line.start for line in block.lines), len(block.text)]
    found = _by_sentence(index, block)
    if found:
        return found
    for start, end in itertools.pairwise(edges) if len(edges) > 2 else ():
        written = _KEYED.fullmatch(block.text[start:end].strip())
        entry = _entry(written[1], written[2], Span(index, start, end)) if written is not None else None
        if entry is not None:
            found.append(entry)
    return found


def _by_sentence(index: int, block: Block) -> list[_Entry]:
    """Explanations in running text, one after the other: "Krav: ska vara uppfyllt. Värderas: ger poäng. Intern: läses av oss."

    They are few words that need not name what they speak of; three of them at least, and two of them of tags that anybody knows.
    """
    if block.text.count(": ") < _FEWEST_IN_WORDS:
        return []
    found: list[_Entry] = []
    for start, end in sentences(block.text):
        written = _KEYED.fullmatch(block.text[start:end].strip())
        if written is None or len(written[1].split()) > _MOST_TAG_WORDS or not written[2][0].islower():
            continue
        if len(written[2].split()) <= _MOST_EXPLAINED:
            tag = _known(written[1].strip(_EDGES).lower())
            found.append(_Entry(written[1], tag or _UNSAID, (Span(index, start, end),), True))
    known = {entry.meaning for entry in found} - {_UNSAID}
    return found if len(found) >= _FEWEST_IN_WORDS and len(known) >= _FEWEST_KEYS else []


def _in_words(blocks: Sequence[tuple[int, Block]], place: int) -> _Entry | None:
    """A paragraph that explains a tag: the one that it begins with, or the one printed left of it."""
    index, block = blocks[place]
    whole = Span(index, 0, len(block.text))
    if _meaning(block.text) is None:
        return None
    written = _KEYED.fullmatch(block.text)
    entry = _entry(written[1], written[2], whole) if written is not None else None
    if entry is not None:
        return entry
    for other, tag in blocks[max(0, place - _NEAR) : place + _NEAR + 1]:
        if other != index and _is_beside(tag, block):
            return _entry(tag.text, block.text, Span(other, 0, len(tag.text)), whole)
    for rule in _group("tag"):
        # Tag and explanation as one line: "Obligatorisk Frågan måste besvaras".
        start = rule.pattern.match(block.text)
        if start is not None and re.match(r"\s+[A-ZÅÄÖ]", block.text[start.end() :]):
            return _entry(start[0], block.text[start.end() :], whole)
    return None


def _is_beside(tag: Block, block: Block) -> bool:
    """Whether a short text stands left of a block, on the height of its first line."""
    if tag.kind is BlockKind.TABLE_ROW or len(tag.text) > _LONGEST_TAG or tag.place.page != block.place.page:
        return False
    box, first = tag.place.box, block.lines[0].box if block.lines else None
    return (
        box is not None and first is not None and box.x1 <= first.x0 + 4 and box.y0 - 3 <= (first.y0 + first.y1) / 2 <= box.y1 + 3
    )
