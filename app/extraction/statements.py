"""Sentences and list items that ask something of the bidder: requirements, criteria, deadlines, attachments, contract duties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from app.core.document import AnswerType, Block, BlockKind, Document, DocumentKind, Flag
from app.core.points import Answer, Point, PointKind, Source, Span
from app.extraction.apart import Apart, set_apart
from app.extraction.asides import is_aside
from app.extraction.asking import demands, puts_to_bidder, without_number
from app.extraction.entries import alike, content_start, is_below, is_item, number_of, starts_entry, with_section
from app.extraction.instructions import instructions
from app.extraction.judging import judging
from app.extraction.lists import (
    HEADED,
    Lead,
    announces,
    asks_twice,
    documents_in,
    glued_entries,
    heads_contents,
    lead_in,
    tells_of_document,
)
from app.extraction.parties import Parties, find_parties
from app.extraction.parts import asked_besides, enumerated, named_documents
from app.extraction.questionnaires import question_blocks, without_titles
from app.extraction.sections import FINITE_VERB, ChapterKind, Outline
from app.extraction.sentences import sentences
from app.extraction.service_levels import SERVICE_LEVEL, service_rows
from app.extraction.slots.table_shape import lone_rows, names_columns
from app.extraction.specifications import declared_requirement, named_part, regularly_done
from app.extraction.tables import RequirementRow, requirement_rows
from app.extraction.verdicts import Verdict

# What is enumerated in one paragraph is listed entry by entry; a duty after award is one with its entries.
_ENUMERATING = (PointKind.QUESTION, PointKind.ATTACHMENT, PointKind.REQUIREMENT, PointKind.CRITERION)
_FEWEST_CELL_WORDS = 3
_SHORT_ROW = 30  # words
_LONGEST_ENTRY = 30  # words
_WORDY = 10  # words; a shorter lead-in only opens its list


def find_statements(document: Document, outline: Outline, taken: Sequence[Point] = (), apart: Apart | None = None) -> list[Point]:
    """Every statement of the document that no point of `taken` (the answer slots) holds already, in reading order."""
    finder = _Finder(document, outline, taken, apart or set_apart(document, outline))
    return [*without_titles(list(finder.points()), taken, outline), *finder.beside()]


class _Finder:
    """One pass over a document's blocks."""

    def __init__(self, document: Document, outline: Outline, taken: Sequence[Point], apart: Apart) -> None:
        self.document = document
        self.document_id = document.id
        self.outline = outline
        self.parties: Parties = find_parties(document)
        # In a workbook with answer cells the cells are what is filled in, and words beside them are conditions for it.
        # An answer in a log of questions and answers may repeat what another document asks for; what it adds is handed in.
        self.question_log = apart.log.whole
        self.grounds = apart.grounds | apart.left
        self.no_slots = bool(taken) and document.kind is DocumentKind.XLSX
        self.bare = apart.bare
        self.lone = lone_rows(document)
        self.required = apart.declared.required
        self.declared_contracts = apart.declared.contracts
        self._judge = judging(self.parties, self.bare, self.no_slots, self.question_log)
        self.questions = frozenset[int]() if self.question_log else question_blocks(document, outline)
        self.slots = taken
        self.levels = service_rows(document, outline)
        self.cell_leads: dict[tuple[int | None, int], Lead] = {}
        self.taken: dict[int, list[Span]] = {}
        for span in (*(s for point in taken for s in point.spans), *instructions(document), *apart.log.others, *apart.key.spans):
            self.taken.setdefault(span.block, []).append(span)

    def beside(self) -> Iterator[Point]:
        """Documents asked for in the words of a slot that takes an answer: "Beskriv metoden och bifoga ett exempel"."""
        for slot in self.slots:
            if slot.kind is PointKind.QUESTION and slot.spans:
                at = slot.spans[0]
                text = self.document.blocks[at.block].text
                for start, end, own in documents_in(text, at, lambda part: self._judge(part, ChapterKind.GENERAL)):
                    yield self._point(at.block, start, end, own)

    def points(self) -> Iterator[Point]:
        readable = ((index, block) for index, block in self.document.body() if self._readable(block))
        body = [(index, block) for index, block in readable if index not in self.grounds]
        rows = requirement_rows(self.document)
        lead: Lead | None = None
        for place, (index, block) in enumerate(body):
            chapter = self._chapter(index, block)
            if block.kind is BlockKind.TABLE_ROW:
                lead = None
                if index in self.levels and not self._is_taken(index, 0, len(block.text)):
                    yield self._point(index, block.first_words(), len(block.text.rstrip()), SERVICE_LEVEL)
                elif index in rows and not names_columns(block, self.lone):
                    yield from self._requirement_row(index, block, rows[index], chapter)
                else:
                    yield from self._cells(index, block, chapter)
                continue
            if self.outline.is_heading(index) or block.kind is BlockKind.HEADING:
                lead = self._heading_lead(index, block, chapter, lead, self._leads(body, place))
                if lead is None or lead.verdict is not HEADED:
                    yield from self._put_to_bidder(index, block, chapter)
                continue
            if index in self.questions:
                lead = None
                yield from self._put_to_bidder(index, block, chapter)
                continue
            if lead is not None and (is_item(block) or self._continues(lead, block, chapter)):
                yield from self._item(index, block, chapter, lead)
                lead = self._nested_lead(index, block, chapter) or lead
                continue
            lead = None
            leads = self._leads(body, place)
            ends, entries = glued_entries(block.text, 0, len(block.text.rstrip()), leads)
            listed, spans = self._enumeration(index, block, chapter) if not entries else ([], sentences(block.text, 0, ends))
            yield from listed
            goes_on = True
            for start, end in spans:
                if self._is_taken(index, start, end):
                    continue
                last = end >= (ends if entries else len(block.text.rstrip()))
                sentence = block.text[start:end]
                verdict = self._judge(sentence, chapter) or self._told(index, sentence, chapter, goes_on)
                goes_on = verdict is not None
                if last and (sentence[-1] in ":;" or (leads and (sentence[-1].isalnum() or announces(sentence)))):
                    lead = self._lead(index, start, end, chapter, verdict)
                    if lead is not None and leads and is_item(block) and alike(block, body[place + 1][1]):
                        lead = lead.of_entry(sentence)
                    # A lead-in that is a sentence of its own is also listed; one that only opens the list is not. An entry that
                    # asks for something speaks for those after it, and is one of them.
                    own = lead is not None and lead.verdict.must and without_number(sentence)[:1].isupper()
                    told = is_item(block) and (own or FINITE_VERB.search(sentence) is not None)
                    told = told or (verdict is not None and verdict.kind is PointKind.ATTACHMENT and tells_of_document(sentence))
                    if lead is not None and leads and not told and sentence[-1] not in ".!?" and len(sentence.split()) < _WORDY:
                        continue
                if verdict is None and self.bare and chapter is ChapterKind.REQUIREMENTS and block.kind is BlockKind.LIST_ITEM:
                    verdict = named_part(sentence)
                if verdict is not None:
                    yield from self._documents(index, start, end, verdict, chapter)
            for start, end in entries:
                yield from self._item(index, block, chapter, lead, start, end)

    def _chapter(self, index: int, block: Block) -> ChapterKind:
        """What the block's chapter is for. What is put to the bidder in terms of the contract to come is asked of it now."""
        chapter = self.outline.kind(index)
        if chapter is ChapterKind.CONTRACT and any(first <= index < last for first, last in self.declared_contracts):
            return ChapterKind.GENERAL if puts_to_bidder(block.text.rstrip()) else chapter
        return chapter

    def _told(self, index: int, sentence: str, chapter: ChapterKind, goes_on: bool = True) -> Verdict | None:
        """What a sentence without a word of demand requires by the place where it stands."""
        if index in self.required:
            told = declared_requirement(sentence, self.parties, listed=is_item(self.document.blocks[index]), goes_on=goes_on)
        else:
            told = regularly_done(sentence, self.parties) if chapter is ChapterKind.REQUIREMENTS else None
        return None if told is None or is_aside(sentence, self.parties) else told

    def _put_to_bidder(self, index: int, block: Block, chapter: ChapterKind) -> Iterator[Point]:
        """A heading that asks or demands, or a question of a numbered row of them, is a point whatever its words."""
        end = len(block.text.rstrip())
        if self._is_taken(index, 0, end):
            return
        if demands(block.text[:end]):
            demanded = self._judge(block.text[:end], chapter)
            if demanded is not None and demanded.kind in (PointKind.REQUIREMENT, PointKind.CRITERION):
                yield self._point(index, 0, end, demanded)
                return
        if not (index in self.questions or puts_to_bidder(block.text[:end])):
            return
        verdict = self._judge(block.text[:end], chapter)
        if index in self.questions and (verdict is None or verdict.kind is not PointKind.QUESTION):
            verdict = Verdict(PointKind.QUESTION, True, ("asked.among_questions",), answer=AnswerType.TEXT)
        if verdict is not None and verdict.kind in (PointKind.QUESTION, PointKind.ATTACHMENT):
            yield self._point(index, 0, end, verdict)

    def _enumeration(self, index: int, block: Block, chapter: ChapterKind) -> tuple[list[Point], list[tuple[int, int]]]:
        """The entries that a paragraph enumerates after a lead-in in its own text, and the spans of its other sentences."""
        text, begin = block.text, content_start(block.text)
        entries = enumerated(text, begin, len(text.rstrip())) if ")" in text else []
        before = sentences(text, begin, entries[0][0]) if entries else []
        lead = self._judged_lead(index, *before[-1], chapter) if before else None
        if (
            lead is None
            or not (lead.verdict.kind is PointKind.ATTACHMENT or text[lead.span.end - 1] == ":")
            or lead.verdict.kind not in _ENUMERATING
            or self._is_taken(index, lead.span.start, entries[-1][1])
        ):
            return [], sentences(text, begin)
        # The last entry ends with its sentence; the others reach to the next letter.
        last, after = entries[-1]
        entries[-1] = (last, last + len(text[last : min(after, sentences(text, last)[0][1])].rstrip(" .;,")))
        points = []
        for start, end in entries:
            own = self._judge(text[start:end], chapter)
            verdict = lead.govern(own, text[start:end])
            number = with_section(text[start:end].partition(")")[0].strip("("), self.outline.number(index))
            if verdict is not None:
                points.append(self._point(index, start, end, verdict, lead.span, number=number))
        rest = entries[-1][1]
        while rest < len(text) and not text[rest].isalnum():
            rest += 1
        return points, [*before[:-1], *sentences(text, rest)]

    def _documents(
        self, index: int, start: int, end: int, verdict: Verdict, chapter: ChapterKind, lead: Lead | None = None
    ) -> Iterator[Point]:
        """One point for each document that a sentence asks for, or for an answer and a document, or else one for the sentence."""
        sentence = self.document.blocks[index].text[start:end]
        under = (lead.span,) if lead is not None else ()
        twice = tuple(asks_twice(sentence, verdict.kind, lambda half: self._judge(half, chapter)))
        for first, last, own in twice:
            yield self._point(index, start + first, start + last, own, Span(index, start, end), *under)
        if twice:
            return
        parts = named_documents(sentence) if verdict.kind is PointKind.ATTACHMENT else []
        if not parts:
            yield self._point(index, start, end, verdict, *under)
            return
        plain = verdict
        conditional = [part for part in parts if verdict.when is not None and verdict.when in sentence[part[0] : part[1]]]
        for first, last in conditional:
            # "…, och, om ombud anlitas, fullmakt": the condition is that document's alone.
            rest = f"{sentence[:first]}{sentence[last:]}"
            without = self._judge(rest, chapter)
            plain = (lead.govern(without, rest) if lead is not None else without) or verdict
        for part in parts:
            own = verdict if part in conditional else plain
            if own.limit is not None and own.limit not in sentence[part[0] : part[1]]:
                own = replace(own, limit=None)
            yield self._point(index, start + part[0], start + part[1], own, Span(index, start, end), *under)

    def _continues(self, lead: Lead, block: Block, chapter: ChapterKind) -> bool:
        """Whether a paragraph without bullet is an entry of the list that an open lead-in announced: words without a verb."""
        return (
            lead.open
            and block.kind is BlockKind.PARAGRAPH
            and 1 < len(block.text.split()) <= _LONGEST_ENTRY
            and block.text.rstrip()[-1:] not in (".", ":", "?")
            and FINITE_VERB.search(block.text) is None
            and self._judge(block.text, chapter) is None
        )

    def _nested_lead(self, index: int, block: Block, chapter: ChapterKind) -> Lead | None:
        """An item that asks for something itself and announces a list governs what follows it."""
        start = content_start(block.text)
        text = block.text[start:].rstrip()
        opens = bool(text) and (text[-1] == ":" or announces(text))
        return self._judged_lead(index, start, start + len(text), chapter) if opens else None

    def _leads(self, body: Sequence[tuple[int, Block]], place: int) -> bool:
        """Whether a list follows, at once or after an unnumbered heading of its own."""
        for following, block in body[place + 1 : place + 3]:
            if is_item(block) and not self.outline.is_heading(following):
                return True
            if not self._unnumbered(following, block):
                return False
        return False

    def _unnumbered(self, index: int, block: Block) -> bool:
        heading = self.outline.at(index)
        return block.kind is BlockKind.HEADING and (heading is None or heading.block != index or heading.number is None)

    def _heading_lead(self, index: int, block: Block, chapter: ChapterKind, lead: Lead | None, leads: bool) -> Lead | None:
        """An unnumbered heading can open a list itself ("The answer must contain:"); else it leaves an open lead-in open."""
        if not leads or not self._unnumbered(index, block):
            return None
        if lead is not None and lead.verdict is HEADED and not is_below(block, self.document.blocks[lead.span.block]):
            lead = None
        end = len(block.text.rstrip())
        own = self._judged_lead(index, 0, end, chapter) if block.text.rstrip().endswith(":") else None
        if own is None and heads_contents(block.text, chapter):
            own = Lead(HEADED, Span(index, 0, end), contents=True, holds=True, open=False)
        return own or lead

    @staticmethod
    def _readable(block: Block) -> bool:
        return bool(block.text) and block.kind is not BlockKind.COMMENT and Flag.CONTENTS not in block.flags

    def _is_taken(self, block: int, start: int, end: int) -> bool:
        spans = self.taken.get(block)
        return spans is not None and any(min(end, span.end) - max(start, span.start) > (end - start) // 2 for span in spans)

    def _judged_lead(self, index: int, start: int, end: int, chapter: ChapterKind) -> Lead | None:
        return self._lead(index, start, end, chapter, self._judge(self.document.blocks[index].text[start:end], chapter))

    def _lead(self, index: int, start: int, end: int, chapter: ChapterKind, verdict: Verdict | None) -> Lead | None:
        return lead_in(self.document.blocks[index].text[start:end], verdict, chapter, Span(index, start, end))

    def _item(
        self, index: int, block: Block, chapter: ChapterKind, lead: Lead | None, at: int = 0, to: int | None = None
    ) -> Iterator[Point]:
        """An entry of a list; without a lead-in that asks for it, what it says itself."""
        start = content_start(block.text, at)
        end = at + len(block.text[at:to].rstrip())
        if end <= start or self._is_taken(index, start, end) or not any(letter.isalnum() for letter in block.text[start:end]):
            return
        parts = sentences(block.text, start, end)
        own = self._judge(block.text[parts[0][0] : parts[0][1]], chapter)
        governed = lead.govern(own, block.text[start : parts[0][1]]) if lead is not None else own
        pending = (parts[0][0], parts[0][1], governed)
        for first, last in parts[1:]:
            # A later sentence of the item that asks for something itself is a point of its own; others belong to the item.
            verdict = self._judge(block.text[first:last], chapter)
            if verdict is None:
                pending = (pending[0], last, pending[2])
                continue
            yield from self._entry(index, *pending, chapter, lead)
            pending = (first, last, verdict)
        yield from self._entry(index, *pending, chapter, lead)

    def _entry(
        self, index: int, start: int, end: int, verdict: Verdict | None, chapter: ChapterKind, lead: Lead | None
    ) -> Iterator[Point]:
        if verdict is not None:
            yield from self._documents(index, start, end, verdict, chapter, lead)

    def _cells(self, index: int, block: Block, chapter: ChapterKind) -> Iterator[Point]:
        if names_columns(block, self.lone):
            return
        whole = self._judge(block.text.replace("\t", " "), chapter) if len(block.text.split()) < _SHORT_ROW else None
        told = any(len(sentences(cell.text)) > 1 for cell in block.cells)  # such a cell says by itself what and when
        if whole is not None and whole.kind is PointKind.DEADLINE and not told and not self._is_taken(index, 0, len(block.text)):
            # What must be done stands in one cell and when in another; a number before them is none of it.
            yield self._point(index, block.first_words(), len(block.text.rstrip()), whole)
            return
        offset = 0
        for cell in block.cells:
            stop = offset + len(cell.text)
            # "Ska" alone in a cell is the class of its row, not a demand.
            above = self.cell_leads.pop((block.table, cell.column), None)
            if above is not None and starts_entry(cell.text):
                self.cell_leads[block.table, cell.column] = above
                yield from self._item(index, block, chapter, above, offset, stop)
                offset = stop + 1
                continue
            ends, entries = glued_entries(block.text, offset, stop, self._goes_on(index, cell.column))
            spans = sentences(block.text, offset, ends) if len(cell.text.split()) >= _FEWEST_CELL_WORDS else []
            lead: Lead | None = None
            for start, end in spans:
                if self._is_taken(index, start, end):
                    continue
                sentence = block.text[start:end]
                verdict = self._judge(sentence, chapter) or (
                    self._told(index, sentence, chapter) if sentence[-1] == "." else None
                )
                if sentence[-1] == ":" and (lead := self._lead(index, start, end, chapter, verdict)) is not None:
                    self.cell_leads[block.table, cell.column] = lead
                if verdict is not None and (
                    lead is None or len(sentence.split()) >= _WORDY or not self._goes_on(index, cell.column)
                ):
                    yield from self._documents(index, start, end, verdict, chapter)
            for start, end in entries:
                yield from self._item(index, block, chapter, lead, start, end)
            offset = stop + 1

    def _goes_on(self, index: int, column: int) -> bool:
        """Whether the cell below is an entry of a list."""
        below = self.document.blocks[index + 1] if index + 1 < len(self.document.blocks) else None
        return below is not None and any(cell.column == column and starts_entry(cell.text) for cell in below.cells)

    def _requirement_row(self, index: int, block: Block, row: RequirementRow, chapter: ChapterKind) -> Iterator[Point]:
        """A row of a table of requirements is a point whatever its words."""
        must = row.must
        start = sum(len(cell.text) + 1 for cell in block.cells[: row.cell])
        end = start + len(block.cells[row.cell].text)
        if self._is_taken(index, start, end) or not block.text[start:end].strip():
            return
        end, besides = asked_besides(block.text, start, end, lambda sentence: self._judge(sentence, chapter))
        own = self._judge(block.text[start:end], chapter)
        kind = PointKind.REQUIREMENT if must is not False else PointKind.CRITERION
        if chapter is ChapterKind.CONTRACT:
            kind = PointKind.CONTRACT
        elif own is not None and must is None:
            kind, must = own.kind, own.must
        cues = ("table.requirement_row", *(own.cues if own else ()))
        verdict = Verdict(kind, must is not False, cues, own.when if own else None)
        yield self._point(index, start, end, verdict, number=row.number)
        for first, last, asked in besides:
            yield self._point(index, first, last, asked, number=row.number)

    def _point(self, index: int, start: int, end: int, verdict: Verdict, *extra: Span, number: str | None = None) -> Point:
        block = self.document.blocks[index]
        quote = block.text[start:end]
        answer = Answer(AnswerType.FILE if verdict.kind is PointKind.ATTACHMENT else verdict.answer, limit=verdict.limit)
        return Point(
            verdict.kind,
            verdict.must,
            quote,
            Source(self.document_id, quote, block.place_of(start, end)),
            (Span(index, start, end), *extra),
            number or number_of(block, self.outline.number(index)),
            self.outline.path(index),
            when=verdict.when,
            answer=answer,
            cues=verdict.cues,
        )
