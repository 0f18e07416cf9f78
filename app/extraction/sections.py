"""The document's outline: which blocks are headings, and what kind of chapter each block stands in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from unicodedata import combining, normalize

from app.core.document import Block, BlockKind, Document, Flag
from app.extraction import kept
from app.extraction.asking import reads_as_question
from app.extraction.cues import word
from app.extraction.numbering import Number, best_chain, code, decimal, label, lettered
from app.extraction.rules import Rule, rule_file, rules, words_pattern

_TITLE_BLOCKS = 6  # a title stands among the first blocks
_FEWEST_CODES = 8  # fewer codes than this are names of things, not the outline of a document
_ENDS = frozenset(".;,")
_ANNEX = kept.pattern(r"^(?:(?:bilaga|annex|appendix|del)\s+\w{1,3}\s+|\d+\s+)*")
# A title that begins so needs no word before what it specifies: "Kravspecifikation lokalvård".
_SPECIFYING = ("kravspecifikation ", "teknisk specifikation ", "requirements specification ", "technical specification ")
_ABOUT = kept.pattern(r"\s*(?:$|[–—:-]|(?:för|av|till|over|for|of)\s)")
FINITE_VERB = kept.pattern(
    r"(?<!\w)(?:ska|skall|måste|bör|får|kan|kommer|har|är|var|hur|blir|krävs|gäller|avser|shall|must|should|may|will|is|are|has|have)(?!\w)",
    re.IGNORECASE,
)


class ChapterKind(StrEnum):
    """What a chapter is for. It decides how a duty in it is read."""

    GENERAL = "general"  # nothing said of it
    INFORMATION = "information"  # background, presentation of the buyer, definitions
    ADMINISTRATIVE = "administrative"  # how to bid
    QUALIFICATION = "qualification"  # who may bid
    REQUIREMENTS = "requirements"  # requirement specification
    EVALUATION = "evaluation"
    PRICE = "price"
    CONTRACT = "contract"  # contract draft and what holds only after award


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the outline. `number` is printed ("3.2.1", "AFB.41") or None; `title` is the heading without its number.

    `printed` is the heading as printed, number and title.
    """

    block: int
    level: int
    number: str | None
    title: str
    kind: ChapterKind

    @property
    def printed(self) -> str:
        """Number and title as one reads them."""
        return f"{self.number} {self.title}" if self.number else self.title


@dataclass(frozen=True, slots=True)
class Outline:
    """Headings in reading order, with the path from the outermost heading to each.

    `contracts` are stretches of blocks that the text itself opens as a contract, whatever the headings in them say.
    """

    headings: tuple[Heading, ...]
    paths: tuple[tuple[int, ...], ...]
    starts: tuple[int, ...]
    default: ChapterKind = ChapterKind.GENERAL
    contracts: tuple[tuple[int, int], ...] = ()

    def at(self, block: int) -> Heading | None:
        """The innermost heading that block number `block` stands under (or is)."""
        index = bisect_right(self.starts, block) - 1
        return self.headings[index] if index >= 0 else None

    def path(self, block: int) -> tuple[str, ...]:
        """Headings from the outermost to the innermost that the block stands under, as printed."""
        index = bisect_right(self.starts, block) - 1
        return tuple(self.headings[place].printed for place in self.paths[index]) if index >= 0 else ()

    def number(self, block: int) -> str | None:
        """Number of the innermost numbered heading that the block stands under."""
        index = bisect_right(self.starts, block) - 1
        if index < 0:
            return None
        return next((self.headings[place].number for place in reversed(self.paths[index]) if self.headings[place].number), None)

    def kind(self, block: int) -> ChapterKind:
        """What kind of chapter the block stands in."""
        for start, end in self.contracts:
            if start <= block < end:
                return ChapterKind.CONTRACT
        heading = self.at(block)
        return heading.kind if heading is not None else self.default

    def is_heading(self, block: int) -> bool:
        """Whether the block itself is a heading of the outline."""
        heading = self.at(block)
        return heading is not None and heading.block == block


def outline(document: Document) -> Outline:
    """Find the headings of a document and what each chapter is for."""
    listed = _lists(document)
    candidates = [
        found for index, block in document.body() if index not in listed and (found := _candidate(index, block)) is not None
    ]
    chosen = _choose(candidates)
    default = _document_kind(document, chosen)
    headings: list[Heading] = []
    paths: list[tuple[int, ...]] = []
    open_headings: list[int] = []
    numbered = any(candidate.number is not None for candidate in chosen)
    chained = 0  # level of the innermost heading of the chain so far
    for candidate in chosen:
        level = _level(candidate, [headings[place] for place in open_headings], chained)
        while open_headings and headings[open_headings[-1]].level >= level:
            open_headings.pop()
        chained = level if candidate.in_chain else chained
        inherited = headings[open_headings[-1]].kind if open_headings else default
        # Before the first number stands the title page: its words name the procurement, not a chapter.
        titled = numbered and not any(heading.number for heading in headings) and candidate.number is None
        kind = default if titled else _chapter_kind(candidate, inherited)
        number = candidate.number.printed if candidate.number else None
        open_headings.append(len(headings))
        headings.append(Heading(candidate.block, level, number, candidate.title, kind))
        paths.append(tuple(open_headings))
    return Outline(
        tuple(headings), tuple(paths), tuple(heading.block for heading in headings), default, _contracts(document, headings)
    )


def _lists(document: Document) -> frozenset[int]:
    """Blocks of numbered lists: 1, 2, 3 one right after the other, opened by a colon, or by a heading such as "Så svarar ni",
    or most of them ended as sentences are.

    Between the headings of chapters stands something else.
    """
    found: list[int] = []
    run: list[int] = []
    opened, last = False, ""
    for index, block in (*document.body(), (-1, None)):
        number = _entry_number(block) if block is not None else None
        if number is None or number != len(run) + 1:
            ended = sum(document.blocks[entry].text.rstrip()[-1:] in _ENDS for entry in run)
            if len(run) > 1 and (opened or ended * 2 > len(run)):
                found += run
            run = []
        if number == len(run) + 1:
            opened = opened if run else last.endswith(":") or word("answering_heading").fullmatch(last.strip(" .?")) is not None
            run.append(index)
        last = block.text.rstrip() if block is not None else ""
    return frozenset(found)


def _entry_number(block: Block) -> int | None:
    """The single number that an unmarked block begins with: "3. CV för konsulten"."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or Flag.CONTENTS in block.flags:
        return None
    if block.number is None and not block.text[:1].isdigit():
        return None
    found = decimal(block.number.strip() if block.number is not None else block.text)
    return found.parts[0] if found is not None and len(found.parts) == 1 else None


def _contracts(document: Document, headings: Sequence[Heading]) -> tuple[tuple[int, int], ...]:
    """From the words that open a contract to the next outermost heading that has a number or names an annex."""
    opening = next(rule for rule in rules("sections") if rule.fields.get("opening"))
    found: list[tuple[int, int]] = []
    for index, block in document.body():
        if opening.pattern.match(block.text) and not (found and index < found[-1][1]):
            later = (
                h.block for h in headings if h.block > index and h.level == 1 and h.number and h.kind is not ChapterKind.CONTRACT
            )
            found.append((index, next(later, len(document.blocks))))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A block that may be a heading. `style` is "decimal", "code", "label", "lettered" or "plain"."""

    block: int
    style: str
    number: Number | None
    title: str
    marked: bool
    level: int | None
    weight: float
    in_chain: bool = False


def _candidate(index: int, block: Block) -> _Candidate | None:
    if block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or Flag.CONTENTS in block.flags:
        return None
    text = block.text
    if not text or len(text) > 200:
        return None
    marked = block.kind is BlockKind.HEADING
    style, number = _number(block, text)
    if not marked and number is None:
        return None
    title = text if block.number is not None or number is None else text[number.end :].strip(" \t.:–-")
    if style == "label":
        # "Bilaga 2 ska bifogas" mentions an annex; "Bilaga 2 Kravspecifikation" in bold is one.
        title = text[number.end :].strip(" \t.:–-") if number is not None else text
        if not marked and (Flag.BOLD not in block.flags or (title and not _is_title(title))):
            return None
    elif not title or not any(letter.isalpha() for letter in title) or (not marked and not _is_title(title)):
        return None
    if not marked and number is not None and reads_as_question(text):
        return None  # a questionnaire numbers its questions as others number their chapters
    if marked and number is None and len(title.split()) > 20:
        return None
    bold = Flag.BOLD in block.flags
    weight = 1.0 + (2.0 if marked else 0.0) + (1.0 if bold else 0.0)
    return _Candidate(index, style, number, title, marked, block.level, weight)


def _number(block: Block, text: str) -> tuple[str, Number | None]:
    if block.number is not None:
        printed = block.number.strip()
        for style, parse in (("decimal", decimal), ("lettered", lettered), ("label", label)):
            if (found := parse(printed)) is not None:
                return style, Number(printed.rstrip(".)"), found.parts, 0)
        return "plain", None
    for style, parse in (("decimal", decimal), ("lettered", lettered), ("code", code), ("label", label)):
        if (found := parse(text)) is not None:
            return style, found
    return "plain", None


def _is_title(text: str) -> bool:
    """Whether the words after a number read as a title rather than as a sentence or a list item."""
    words = text.split()
    if not words or len(words) > 14 or text[-1] in ".;,?!" or (text.endswith(":") and not text.isupper()):
        return False
    if not (words[0][0].isupper() or words[0][0].isdigit()):
        return False
    return FINITE_VERB.search(text) is None


def _choose(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The headings: the best chains of numbers, and what the layout marks as a heading and no chain contradicts."""
    codes = _codes(candidates)
    if codes:
        # Where codes carry the outline, other numbers name documents and list entries.
        unnumbered = [candidate for candidate in candidates if candidate.marked and candidate.number is None]
        return sorted([*codes, *unnumbered], key=lambda candidate: candidate.block)
    taken: dict[int, _Candidate] = {}
    for style in ("decimal", "lettered"):
        numbered = [(c, c.number.parts) for c in candidates if c.style == style and c.number is not None]
        chain = [numbered[place] for place in best_chain([parts for _, parts in numbered], [c.weight for c, _ in numbered])]
        marked = {parts for candidate, parts in chain if candidate.marked}
        for candidate, parts in chain:
            # In a document whose headings are marked as such, an unmarked number belongs to a list or a clause,
            # unless the marked ones leave a gap just for it.
            if candidate.marked or len(marked) * 3 < len(chain) or _fills_gap(parts, marked):
                taken[candidate.block] = replace(candidate, in_chain=True)
    labels = {candidate.block for candidate in candidates if candidate.style == "label"}
    for candidate in candidates:
        if candidate.style == "label" and not candidate.marked and {candidate.block - 1, candidate.block + 1} & labels:
            continue  # a list of annexes, not the annexes
        if candidate.block not in taken and (candidate.marked or candidate.style == "label") and candidate.style != "code":
            taken[candidate.block] = candidate
    return [taken[block] for block in sorted(taken)]


def _fills_gap(parts: tuple[int, ...], marked: set[tuple[int, ...]]) -> bool:
    elder, younger = (*parts[:-1], parts[-1] - 1), (*parts[:-1], parts[-1] + 1)
    return elder in marked and younger in marked


def _codes(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Headings with codes, when enough of them carry the outline; abbreviations explained in a list are not codes."""
    coded = [(candidate, candidate.number.printed) for candidate in candidates if candidate.style == "code" and candidate.number]
    letters = {printed.partition(".")[0] for _, printed in coded if "." in printed}
    found = [replace(candidate, in_chain=True) for candidate, printed in coded if "." in printed or printed in letters]
    return found if len(found) >= _FEWEST_CODES else []


def _level(candidate: _Candidate, path: Sequence[Heading], chained: int) -> int:
    """Depth from 1. Numbers tell it; an unnumbered heading, or a number that starts again, stands below the chain's last."""
    if candidate.style == "label":
        return 1
    base = 1 if path and path[0].level == 1 and path[0].number is not None and not path[0].number[0].isdigit() else 0
    if candidate.number is not None:
        if candidate.style == "code":
            return 1 + len(candidate.number.printed.partition(".")[2])
        return (base if candidate.in_chain else chained) + len(candidate.number.parts)
    if candidate.level is not None:
        return candidate.level
    numbered = [heading.level for heading in path if heading.number is not None]
    return (numbered[-1] if numbered else 0) + 1


def _chapter_kind(candidate: _Candidate, inherited: ChapterKind) -> ChapterKind:
    if candidate.style == "code" and candidate.number is not None:
        for entry in rule_file("sections")["code"]:
            if candidate.number.printed == entry["prefix"]:
                return ChapterKind(entry["kind"])
    title = candidate.title or (candidate.number.printed if candidate.number else "")
    for rule in rules("sections"):
        if not (rule.fields.get("opening") or rule.fields.get("document")) and rule.pattern.match(title):
            found = ChapterKind(rule.fields["kind"])
            # Inside a contract draft a chapter on prices or questions is still contract.
            return inherited if inherited is ChapterKind.CONTRACT else found
    return inherited


def _document_kind(document: Document, headings: Sequence[_Candidate]) -> ChapterKind:
    """What the whole document is for: a contract draft, told by its file name or title, is contract throughout."""
    stem = re.sub(r"[_\-.\d]+", " ", document.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]).strip()
    title = headings[0].title if headings and headings[0].number is None and headings[0].block < _TITLE_BLOCKS else ""
    for rule in rules("sections"):
        if rule.fields.get("document") and (rule.pattern.match(title) or _plain_pattern(rule).match(_plain(stem))):
            return ChapterKind.CONTRACT
    named, headed = _ANNEX.sub("", _plain(stem)), _ANNEX.sub("", title.lower())
    for rule in rules("sections"):
        if rule.fields["kind"] != ChapterKind.REQUIREMENTS or rule.fields.get("document"):
            continue
        match = rule.pattern.match(headed)
        if (
            _plain_pattern(rule).fullmatch(named)
            or (match is not None and _ABOUT.match(headed, match.end()))
            or headed.startswith(_SPECIFYING)
        ):
            return ChapterKind.REQUIREMENTS
    return ChapterKind.GENERAL


def _plain(text: str) -> str:
    """File names are often written without the dots and rings of å, ä and ö."""
    return "".join(char for char in normalize("NFD", text.lower()) if not combining(char))


@cache
def _plain_pattern(rule: Rule) -> re.Pattern[str]:
    return words_pattern(_plain(rule.source))
