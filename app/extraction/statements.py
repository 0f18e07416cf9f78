"""Sentences and list items that ask something of the bidder: requirements, criteria, deadlines, attachments, contract duties."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from app.core.document import AnswerType, Block, BlockKind, Document, Flag
from app.core.points import Answer, Point, PointKind, Source, Span
from app.extraction.parties import Actor, Parties, find_parties
from app.extraction.rules import Rule, bounded, fold, rules, word_bounded, words
from app.extraction.sections import ChapterKind, Outline
from app.extraction.sentences import sentences
from app.extraction.tables import RequirementRow, requirement_rows

_BULLET = re.compile(r"[•●○▪■□◦·‣⁃\-–—*➢✓✔o]\s+")
_ENUMERATOR = re.compile(r"(?:\(?(?:\d{1,3}(?:\.\d{1,3}){0,5}|[a-zåäö]|[ivx]{1,5})[.)]|\d{1,3}(?:\.\d{1,3}){1,5})\s+")
_LEADS_ON = re.compile(r"(?<!\w)(?:följande|nedanstående|nedan|samtliga|the following|as follows|below)(?!\w)|\w$", re.IGNORECASE)
_CONDITION_END = re.compile(r",|(?<!\w)(?:ska|skall|måste|bör|får|kan|shall|must|should|may)(?!\w)", re.IGNORECASE)
_ROLES = (
    "must",
    "duty",
    "should",
    "evaluated",
    "reject",
    "deadline",
    "attach",
    "later",
    "condition",
    "waived",
    "buyer",
    "limit",
    "ability",
)
_MAKING = ("must", "duty", "should", "evaluated", "reject", "deadline", "attach", "ability")


@dataclass(slots=True)
class _Cues:
    """The rules that a sentence meets, by role, with the first place of each."""

    found: dict[str, list[tuple[Rule, re.Match[str]]]] = field(default_factory=dict)

    def __contains__(self, role: str) -> bool:
        return role in self.found

    def first(self, *roles: str) -> re.Match[str] | None:
        matches = [match for role in roles for _, match in self.found.get(role, ())]
        return min(matches, key=lambda match: match.start()) if matches else None

    def ids(self, *roles: str) -> tuple[str, ...]:
        return tuple(rule.id for role in roles for rule, _ in self.found.get(role, ()))


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What a sentence is."""

    kind: PointKind
    must: bool
    cues: tuple[str, ...]
    when: str | None = None
    limit: str | None = None


@dataclass(frozen=True, slots=True)
class _Lead:
    """A lead-in that governs the list items after it."""

    verdict: _Verdict
    span: Span
    contents: bool  # says what the tender consists of


@cache
def _by_role() -> dict[str, tuple[Rule, ...]]:
    grouped: dict[str, list[Rule]] = {}
    for rule in rules("statements"):
        grouped.setdefault(rule.fields["role"], []).append(rule)
    return {role: tuple(found) for role, found in grouped.items()}


@cache
def _prefilter() -> re.Pattern[str]:
    """One search that tells whether any rule that can make a point may meet the folded text."""
    making = [rule for role in _MAKING if role != "attach" for rule in _by_role()[role]]
    return re.compile(bounded("|".join(rule.source for rule in making)))


@cache
def _word(name: str) -> re.Pattern[str]:
    """A word list of the statements' rules as a pattern."""
    return word_bounded(words("statements")[name])


def find_statements(document: Document, outline: Outline, taken: Sequence[Point] = ()) -> list[Point]:
    """Every statement of the document that no point of `taken` (the answer slots) holds already, in reading order."""
    return list(_Finder(document, outline, taken).points())


class _Finder:
    """One pass over a document's blocks."""

    def __init__(self, document: Document, outline: Outline, taken: Sequence[Point]) -> None:
        self.document = document
        self.outline = outline
        self.parties: Parties = find_parties(document)
        self.taken: dict[int, list[Span]] = {}
        for point in taken:
            for span in point.spans:
                self.taken.setdefault(span.block, []).append(span)

    def points(self) -> Iterator[Point]:
        body = [(index, block) for index, block in self.document.body() if self._readable(block)]
        rows = requirement_rows(self.document)
        lead: _Lead | None = None
        for place, (index, block) in enumerate(body):
            chapter = self.outline.kind(index)
            if block.kind is BlockKind.TABLE_ROW:
                lead = None
                if index in rows:
                    yield from self._requirement_row(index, block, rows[index], chapter)
                else:
                    yield from self._cells(index, block, chapter)
                continue
            if self.outline.is_heading(index) or block.kind is BlockKind.HEADING:
                lead = self._heading_lead(index, block, chapter, lead, self._leads(body, place))
                continue
            if lead is not None and _is_item(block):
                yield from self._item(index, block, chapter, lead)
                continue
            lead = None
            leads = self._leads(body, place)
            for start, end in sentences(block.text, _content_start(block)):
                if self._is_taken(index, start, end):
                    continue
                last = end >= len(block.text.rstrip())
                sentence = block.text[start:end]
                if last and leads and (sentence[-1] in ":;" or _LEADS_ON.search(sentence) is not None):
                    lead = self._lead(index, start, end, chapter)
                    # A lead-in that is a sentence of its own is also listed; one that only opens the list is not.
                    if lead is not None and sentence[-1] not in ".!?" and len(sentence.split()) < _WORDY:
                        continue
                verdict = self._judge(sentence, chapter)
                if verdict is not None:
                    yield self._point(index, start, end, verdict)

    def _leads(self, body: Sequence[tuple[int, Block]], place: int) -> bool:
        """Whether a list follows, at once or after an unnumbered heading of its own."""
        index = body[place][0]
        for following, block in body[place + 1 : place + 3]:
            if _is_item(block) and not self.outline.is_heading(following):
                return following - index < _NEAR
            if not self._unnumbered(following, block):
                return False
        return False

    def _unnumbered(self, index: int, block: Block) -> bool:
        heading = self.outline.at(index)
        return block.kind is BlockKind.HEADING and (heading is None or heading.block != index or heading.number is None)

    def _heading_lead(self, index: int, block: Block, chapter: ChapterKind, lead: _Lead | None, leads: bool) -> _Lead | None:
        """An unnumbered heading can open a list itself ("The answer must contain:"); else it leaves an open lead-in open."""
        if not leads or not self._unnumbered(index, block):
            return None
        own = self._lead(index, 0, len(block.text.rstrip()), chapter) if block.text.rstrip().endswith(":") else None
        return own or lead

    @staticmethod
    def _readable(block: Block) -> bool:
        return bool(block.text) and block.kind is not BlockKind.COMMENT and Flag.CONTENTS not in block.flags

    def _is_taken(self, block: int, start: int, end: int) -> bool:
        return any(min(end, span.end) - max(start, span.start) > (end - start) // 2 for span in self.taken.get(block, ()))

    def _lead(self, index: int, start: int, end: int, chapter: ChapterKind) -> _Lead | None:
        sentence = self.document.blocks[index].text[start:end]
        verdict = self._judge(sentence, chapter)
        if verdict is None:
            return None
        subject = self.parties.tender.search(sentence)
        contents = verdict.kind is PointKind.ATTACHMENT or (
            subject is not None and _word("contents").search(sentence) is not None
        )
        return _Lead(verdict, Span(index, start, end), contents)

    def _item(self, index: int, block: Block, chapter: ChapterKind, lead: _Lead) -> Iterator[Point]:
        start = _content_start(block)
        end = len(block.text.rstrip())
        if end <= start or self._is_taken(index, start, end) or not any(letter.isalnum() for letter in block.text[start:end]):
            return
        parts = sentences(block.text, start, end)
        own = self._judge(block.text[parts[0][0] : parts[0][1]], chapter)
        pending = (parts[0][0], parts[0][1], _governed(lead, own, block.text[start : parts[0][1]]))
        for first, last in parts[1:]:
            # A later sentence of the item that asks for something itself is a point of its own; others belong to the item.
            verdict = self._judge(block.text[first:last], chapter)
            if verdict is None:
                pending = (pending[0], last, pending[2])
                continue
            yield self._point(index, *pending, lead.span)
            pending = (first, last, verdict)
        yield self._point(index, *pending, lead.span)

    def _cells(self, index: int, block: Block, chapter: ChapterKind) -> Iterator[Point]:
        if Flag.HEADER_ROW in block.flags:
            return
        offset = 0
        for cell in block.cells:
            stop = offset + len(cell.text)
            for start, end in sentences(block.text, offset, stop):
                if not self._is_taken(index, start, end) and (verdict := self._judge(block.text[start:end], chapter)) is not None:
                    yield self._point(index, start, end, verdict)
            offset = stop + 1

    def _requirement_row(self, index: int, block: Block, row: RequirementRow, chapter: ChapterKind) -> Iterator[Point]:
        """A row of a table of requirements is a point whatever its words."""
        must = row.must
        start = sum(len(cell.text) + 1 for cell in block.cells[: row.cell])
        end = start + len(block.cells[row.cell].text)
        if self._is_taken(index, start, end) or not block.text[start:end].strip():
            return
        own = self._judge(block.text[start:end], chapter)
        kind = PointKind.REQUIREMENT if must is not False else PointKind.CRITERION
        if chapter is ChapterKind.CONTRACT:
            kind = PointKind.CONTRACT
        elif own is not None and must is None:
            kind, must = own.kind, own.must
        cues = ("table.requirement_row", *(own.cues if own else ()))
        verdict = _Verdict(kind, must is not False, cues, own.when if own else None)
        yield self._point(index, start, end, verdict, number=row.number)

    def _point(self, index: int, start: int, end: int, verdict: _Verdict, *extra: Span, number: str | None = None) -> Point:
        block = self.document.blocks[index]
        quote = block.text[start:end]
        answer = Answer(AnswerType.FILE if verdict.kind is PointKind.ATTACHMENT else AnswerType.NONE, limit=verdict.limit)
        return Point(
            verdict.kind,
            verdict.must,
            quote,
            Source(self.document.id, quote, block.place_of(start, end)),
            (Span(index, start, end), *extra),
            number or _number(block, self.outline.number(index)),
            self.outline.path(index),
            when=verdict.when,
            answer=answer,
            cues=verdict.cues,
        )

    def _judge(self, sentence: str, chapter: ChapterKind) -> _Verdict | None:
        """What a sentence is in its chapter; None when it asks nothing."""
        imperative = _imperative(sentence)
        if imperative is not None and chapter is not ChapterKind.CONTRACT:
            return imperative
        folded = fold(sentence)
        if _prefilter().search(folded) is None:
            return None
        cues = _Cues()
        for role in _ROLES:
            for rule in _by_role()[role]:
                if (match := rule.folded.search(folded)) is not None:
                    cues.found.setdefault(role, []).append((rule, match))
        return _weigh(sentence, cues, chapter, self.parties)


def _imperative(sentence: str) -> _Verdict | None:
    for rule in _by_role()["imperative"]:
        if rule.pattern.match(sentence) and sentence[0].isupper() and len(sentence.split()) > 2:
            return _Verdict(PointKind.QUESTION, True, (rule.id,), _when(sentence, None))
    for rule in _by_role()["imperative_attach"]:
        if rule.pattern.match(sentence) and sentence[0].isupper():
            return _Verdict(PointKind.ATTACHMENT, True, (rule.id,), _when(sentence, None))
    return None


def _weigh(sentence: str, cues: _Cues, chapter: ChapterKind, parties: Parties) -> _Verdict | None:
    """The order in which cues decide."""
    verb = cues.first("must") or cues.first("duty", "should", "evaluated", "reject", "deadline", "attach")
    if verb is None:
        if "ability" in cues and chapter is ChapterKind.EVALUATION and len(sentence.split()) > 2:
            return _Verdict(PointKind.CRITERION, False, cues.ids("ability"))
        return None
    actor = parties.actor(sentence, verb.start(), verb.end())
    if parties.bidder.match(sentence, verb.start()):
        actor = Actor.BIDDER
    waived = "waived" in cues and "must" in cues and _inside(cues.first("must"), cues.first("waived"))
    condition = cues.first("condition")
    conditional = condition is not None and (condition.start() < 3 or condition[0].lower() not in ("om", "if"))
    when = _when(sentence, condition if conditional else None)
    limit = found[0] if (found := cues.first("limit")) is not None else None
    for_tender = _word("tender").search(sentence) is not None

    def verdict(kind: PointKind, must: bool, *roles: str) -> _Verdict:
        return _Verdict(kind, must, cues.ids(*roles), when, limit)

    if chapter is ChapterKind.CONTRACT:
        if "must" in cues and actor is Actor.BIDDER and "later" not in cues and _bids(sentence, verb):
            return verdict(PointKind.REQUIREMENT, not conditional, "must")
        if "must" in cues or "duty" in cues:
            return verdict(PointKind.CONTRACT, False, "must", "duty", "later")
        return None
    if "reject" in cues and "later" not in cues:
        return verdict(PointKind.REQUIREMENT, True, "reject", "must")
    if waived or ("explain" in cues and "must" not in cues):
        return None
    deadline = _deadline(sentence, cues, actor)
    if "buyer" in cues and actor is not Actor.BIDDER and not deadline:
        return None
    if "later" in cues and chapter is not ChapterKind.REQUIREMENTS and ("must" in cues or "duty" in cues or "attach" in cues):
        if deadline and _word("document").search(sentence) is None:
            return verdict(PointKind.DEADLINE, False, "deadline", "later")
        if (actor is not Actor.BUYER or "attach" in cues) and _word("document").search(sentence) is not None:
            return verdict(PointKind.CONTRACT, False, "later", "must", "attach")
        if actor is Actor.BUYER or "later.award" in cues.ids("later"):
            return verdict(PointKind.CONTRACT, False, "later", "must") if actor is not Actor.BUYER else None
    if deadline:
        return verdict(PointKind.DEADLINE, "must" in cues and not conditional and for_tender, "deadline", "must")
    if actor is Actor.BUYER and not cues.found.keys() & {"evaluated", "should"}:
        return None
    if "attach" in cues and ("must" in cues or "should" in cues or "duty" in cues or for_tender) and actor is not Actor.BUYER:
        return verdict(PointKind.ATTACHMENT, "must" in cues and not conditional, "attach", "must", "should")
    if actor is Actor.AGREEMENT and "reject" not in cues and ("must" in cues or "duty" in cues):
        return verdict(PointKind.CONTRACT, False, "must", "duty", "later")
    if "evaluated" in cues and ("must" not in cues or (chapter is ChapterKind.EVALUATION and actor is not Actor.BIDDER)):
        return verdict(PointKind.CRITERION, False, "evaluated", "should")
    if "must" in cues and (actor is not Actor.OTHER or chapter is not ChapterKind.INFORMATION):
        return verdict(PointKind.REQUIREMENT, not conditional, "must")
    if "should" in cues:
        wished = "should.wish" in cues.ids("should")
        return verdict(PointKind.CRITERION if wished else PointKind.REQUIREMENT, False, "should")
    if "duty" in cues and chapter is not ChapterKind.INFORMATION:
        return verdict(PointKind.REQUIREMENT, not conditional, "duty")
    return None


def _deadline(sentence: str, cues: _Cues, actor: Actor) -> bool:
    if "deadline" not in cues or _word("time").search(sentence) is None:
        return False
    ids = cues.ids("deadline")
    if "deadline.event" in ids:
        return True
    if ids == ("deadline.period",):
        return actor is not Actor.BUYER and ("must" in cues or "duty" in cues)
    return actor is not Actor.BUYER or "deadline.last_day" in ids


def _inside(inner: re.Match[str] | None, outer: re.Match[str] | None) -> bool:
    return inner is not None and outer is not None and outer.start() <= inner.start() < outer.end()


def _bids(sentence: str, verb: re.Match[str]) -> bool:
    """Whether the subject is named as one who bids, so that the duty holds for the tender though it stands in contract terms."""
    near = sentence[max(0, verb.start() - 60) : verb.end() + 25]
    return _word("tenderer").search(near) is not None


def _governed(lead: _Lead, own: _Verdict | None, text: str) -> _Verdict:
    """A list item's verdict under its lead-in: what it says itself weighs only where it says more."""
    verdict = lead.verdict
    if own is not None and own.kind in (PointKind.ATTACHMENT, PointKind.DEADLINE) and verdict.kind is not PointKind.CONTRACT:
        return own
    kind = verdict.kind
    if kind is PointKind.REQUIREMENT and lead.contents and _word("document").search(text) is not None:
        kind = PointKind.ATTACHMENT
    elif own is not None and own.kind is PointKind.CRITERION and kind is PointKind.REQUIREMENT:
        kind = PointKind.CRITERION
    elif kind is PointKind.DEADLINE:
        kind = PointKind.REQUIREMENT
    must = verdict.must and kind is not PointKind.CRITERION
    return _Verdict(kind, must, ("list.governed", *verdict.cues), verdict.when, own.limit if own else None)


def _when(sentence: str, condition: re.Match[str] | None) -> str | None:
    """The condition in the document's words."""
    if condition is None:
        return None
    if condition.start() >= 3:
        return condition[0]
    stop = _CONDITION_END.search(sentence, condition.end())
    return sentence[condition.start() : stop.start()].strip() if stop is not None else condition[0]


def _is_item(block: Block) -> bool:
    return block.kind is BlockKind.LIST_ITEM or (
        block.kind is BlockKind.PARAGRAPH and (_BULLET.match(block.text) is not None or _ENUMERATOR.match(block.text) is not None)
    )


def _content_start(block: Block) -> int:
    """Where the text begins after a printed bullet. A printed number belongs to the words: it tells alike items apart."""
    match = _BULLET.match(block.text)
    return match.end() if match is not None and match.end() < len(block.text) else 0


def _number(block: Block, section: str | None) -> str | None:
    """The point's own number, with its section's when it is only a letter."""
    printed = block.number
    if printed is None and (match := _ENUMERATOR.match(block.text)) is not None:
        printed = match[0].strip()
    if printed is None or _BULLET.match(printed + " "):
        return section
    printed = printed.strip("().")
    if "." in printed or section is None:
        return printed
    return f"{section} {printed}"


_WORDY = 10  # words; a shorter lead-in only opens its list
_NEAR = 4  # a list begins at most this many blocks after its lead-in (page furniture may stand between)
