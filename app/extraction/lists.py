"""Lists of what the tender holds: whether words lead in such a list, and what an entry of it asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from app.core.document import AnswerType
from app.core.points import PointKind, Span
from app.extraction import kept
from app.extraction.asking import without_number
from app.extraction.conditions import condition_in
from app.extraction.cues import word
from app.extraction.sections import ChapterKind
from app.extraction.sentences import sentences
from app.extraction.slots.lexicon import whole
from app.extraction.verdicts import BIDDING, Verdict, limit_in, names_document

_JOINED = kept.pattern(r",?\s+(?:(?:och|samt|and)|(?:där|vari|in which|where)(?=\s+(?:ni|du|you)\s))\s+")
_BETWEEN = kept.pattern(r",?\s+(?:och|samt|and|as well as)\s+|,\s+")
_LETTER = kept.pattern(r"\(?[a-zåäö][.)]\s+", re.IGNORECASE)
_SLOTS = (PointKind.QUESTION, PointKind.ATTACHMENT)
_LISTING = (*_SLOTS, PointKind.REQUIREMENT, PointKind.CRITERION)
_FEWEST_WORDS = 2
_GOES_ON = (" och", " samt", " eller", " and", " or")
_GLUED = kept.pattern(r":\s+(?=(?:1[.)]|\(1\)|[•●○▪■–])\s+\w)")
_MOST_GLUED = 30
_MOST_JOINS = 12  # a sentence with more is a list
_ANNOUNCING = ("följande", "nedan", "samtliga", "the following", "as follows", "below")  # one is in every match of the next
_LEADS_ON = kept.pattern(r"(?<!\w)(?:följande|nedanstående|nedan|samtliga|the following|as follows|below)(?!\w)", re.IGNORECASE)
_MOST_ASKING = 30  # words of a lead-in that asks for its list
HEADED = Verdict(PointKind.REQUIREMENT, True, ("list.headed",))
"""What a heading that only names what is handed in makes of the entries below it; they are points where they name a slot."""
ASKED = Verdict(PointKind.QUESTION, True, ("list.asked",), answer=AnswerType.TEXT)
"""What words that ask for a list make of its entries: "Dessutom vill vi ha:". Documents are enclosed, the rest is answered."""


def holds_tender(sentence: str) -> bool:
    """Whether words say that what follows is what the tender consists of: "Svaret ska innehålla följande:"."""
    return (word("tender_holds").search(sentence) is not None or asks_for_list(sentence)) and word("lists_no_more").search(
        sentence
    ) is None


def asks_for_list(sentence: str) -> bool:
    """Whether a lead-in asks the bidder itself for what is listed below: "Vi behöver följande från er:"."""
    return sentence[-1] == ":" and len(sentence.split()) <= _MOST_ASKING and word("asks_for_list").search(sentence) is not None


def asking(sentence: str, own: Verdict | None, chapter: ChapterKind) -> Verdict | None:
    """What a lead-in is that is `own` by itself, when it asks for its list and does not say that all of it is enclosed."""
    said = own is not None and own.kind in (PointKind.ATTACHMENT, PointKind.CONTRACT, PointKind.DEADLINE)
    if said or chapter is ChapterKind.CONTRACT or not asks_for_list(sentence):
        return own
    # "Your reply should contain:" is a polite demand; "bör" is a wish.
    wished = word("gladly").search(sentence) is not None or word("wishes").search(sentence) is not None
    when = own.when if own is not None else None
    kind = PointKind.ATTACHMENT if word("lists_documents").search(sentence) is not None else PointKind.QUESTION
    return replace(ASKED, kind=kind, must=not wished and when is None, when=when)


def tells_of_document(sentence: str) -> bool:
    """Whether a demand for a document leads in what that document must hold: "… bifoga en plan som ska innehålla:"."""
    return word("document_tells").search(sentence) is not None


def hands_nothing_in(sentence: str) -> bool:
    """Whether what follows is just what is not handed in: "Följande ska inte bifogas:"."""
    return word("lists_no_more").search(sentence) is not None or word("not_handed_in").search(sentence) is not None


def announces(text: str) -> bool:
    """Whether words say that a list follows."""
    return any(map(text.lower().__contains__, _ANNOUNCING)) and _LEADS_ON.search(text) is not None


def encloses(sentence: str) -> bool:
    """Whether what follows is enclosed, and so a document, whatever it is called."""
    if word("attaches").search(sentence) is not None:
        return True
    return word("lists_documents").search(sentence) is not None and holds_tender(sentence)


def opens_contents(sentence: str, chapter: ChapterKind) -> bool:
    """Whether documents listed after these words are handed in with the tender."""
    if word("lists_no_more").search(sentence) is not None:
        return False
    whole_tender = word("tender").search(sentence) is not None and word("contents").search(sentence) is not None
    return whole_tender or (chapter in BIDDING and word("enclosing").search(sentence) is not None)


def heads_contents(title: str, chapter: ChapterKind) -> bool:
    """Whether a heading names what is handed in: "Så svarar ni", "Handlingar att bifoga"."""
    bare = without_number(title).strip(" .:?")
    return chapter in BIDDING and (
        word("answering_heading").fullmatch(bare) is not None
        or word("asking_heading").fullmatch(bare) is not None
        or whole("document_heading", bare) is not None
    )


def glued_entries(text: str, begin: int, end: int, more: bool) -> tuple[int, list[tuple[int, int]]]:
    """Where the words end that lead in a list in their own paragraph, and the entries of it that stand there.

    "Varje tekniker ska: 1. ha förarbevis," is such a lead-in with its first entry when the list goes on after it (`more`).
    """
    opening = _GLUED.search(text, begin, end) if ":" in text else None
    if opening is None:
        return end, []
    marks = [opening.end()]
    if text[opening.end()].isalnum() or text[opening.end()] == "(":
        for number in range(2, _MOST_GLUED):
            following = re.compile(rf"(?<=\s)\(?{number}[.)]\s+(?=\w)").search(text, marks[-1] + 2, end)
            if following is None:
                break
            marks.append(following.start())
    else:
        bullet = text[opening.end()]
        marks += [
            place for place in range(marks[0] + 1, end - 1) if text[place] == bullet and text[place - 1] == text[place + 1] == " "
        ]
    if len(marks) < _FEWEST_WORDS and not more:
        return end, []
    return opening.start() + 1, [(mark, mark + len(text[mark:stop].rstrip())) for mark, stop in pairwise([*marks, end])]


@dataclass(frozen=True, slots=True)
class Lead:
    """A lead-in that governs the list items after it."""

    verdict: Verdict
    span: Span
    contents: bool  # says what the tender consists of, so that a document named in an entry is to be attached
    holds: bool  # says it of the tender itself, so that data named there are to be given
    open: bool  # ends in a colon, so that what follows belongs to it even without bullets
    entry: bool = False  # is an entry of the list itself: it speaks for those after it that ask for nothing in words of their own

    def of_entry(self, sentence: str) -> Lead | None:
        """The same as an entry of the list that it governs. What is enclosed or answered is said of that entry alone."""
        if sentence.endswith(_GOES_ON):
            return self
        return replace(self, entry=True) if self.verdict.kind is PointKind.REQUIREMENT else None

    def govern(self, own: Verdict | None, text: str) -> Verdict | None:
        """What an entry is under it, when it is `own` by itself: that weighs only where it says more than the lead-in."""
        if self.entry and own is not None:
            return own
        lead = self.verdict
        asked = lead.cues in (ASKED.cues, HEADED.cues) or lead.kind is PointKind.ATTACHMENT
        kind, entry = lead.kind, _LETTER.sub("", without_number(text), count=1) if _LETTER.match(text) else without_number(text)
        if self.holds and (word("no_entry").match(entry) is not None or word("done_by_buyer").search(entry) is not None):
            return None
        if self.holds and own is not None and _is_clause(entry):
            return own
        begins = word("leading_condition").match(entry)
        asked_for = entry[begins.end() :].lstrip() if begins is not None else entry
        given = (
            self.holds
            and kind is not PointKind.CONTRACT
            and (word("given_data").match(asked_for) is not None or (asked and word("asks_how").match(asked_for) is not None))
        )
        if lead.cues == ASKED.cues and own is not None and own.kind not in _SLOTS and word("modal").search(entry) is not None:
            return own  # "Svaret ska vara på svenska." among what is asked for
        telling = own is not None and own.kind in (PointKind.ATTACHMENT, PointKind.DEADLINE) and kind is not PointKind.CONTRACT
        documents = self.contents and kind in (PointKind.REQUIREMENT, PointKind.QUESTION) and names_document(text)
        wished = self.holds and kind is PointKind.CRITERION and word("own_document").match(entry) is not None
        if given:
            kind = PointKind.QUESTION
        elif telling:
            return own
        elif documents or wished:
            kind = PointKind.ATTACHMENT
        elif lead is HEADED:
            return own
        elif own is not None and own.kind is PointKind.CRITERION and kind is PointKind.REQUIREMENT:
            kind = PointKind.CRITERION
        elif kind is PointKind.DEADLINE:
            kind = PointKind.REQUIREMENT
        sometimes = word("where_applicable").search(text) if kind in _SLOTS else None
        when = (condition_in(entry) if kind in _SLOTS else None) or lead.when or (sometimes[0] if sometimes is not None else None)
        must = lead.must and kind is not PointKind.CRITERION and (when is None or when == lead.when)
        must = must and not (kind in _SLOTS and word("gladly").match(entry) is not None)  # "Gärna en broschyr" among demands
        answer = next(
            (verdict.answer for verdict in (own, lead) if verdict is not None and verdict.kind is kind), AnswerType.NONE
        )
        if given and answer is AnswerType.NONE:
            answer = AnswerType.TEXT
        limit = own.limit if own is not None else limit_in(text) if kind in _SLOTS else None
        return Verdict(kind, must, ("list.governed", *lead.cues), when, limit, answer)


def lead_in(sentence: str, verdict: Verdict | None, chapter: ChapterKind, span: Span) -> Lead | None:
    """What words that stand before a list, with what they are by themselves, say of its entries; None when they say nothing."""
    verdict = asking(sentence, verdict, chapter)
    if verdict is None and chapter in BIDDING and sentence[-1] == ":" and holds_tender(sentence):
        verdict = HEADED  # "Kontrollera att anbudet innehåller följande:"
    if verdict is None:
        return None
    if verdict.kind is PointKind.ATTACHMENT and tells_of_document(sentence):
        verdict = replace(verdict, kind=PointKind.REQUIREMENT)
        return Lead(verdict, span, contents=False, holds=False, open=sentence[-1] == ":")
    if hands_nothing_in(sentence):
        return None
    opens = sentence[-1] == ":" or announces(sentence)
    if opens and chapter in BIDDING and verdict.kind is PointKind.REQUIREMENT and encloses(sentence):
        verdict = replace(verdict, kind=PointKind.ATTACHMENT)
    rejects = any(cue.startswith("reject.") for cue in verdict.cues)  # "Anbud som innehåller följande prövas inte:"
    holds = verdict.kind is not PointKind.CONTRACT and not rejects and holds_tender(sentence)
    contents = holds or verdict.kind is PointKind.ATTACHMENT or (not rejects and opens_contents(sentence, chapter))
    return Lead(verdict, span, contents, holds, opens)


def _is_clause(entry: str) -> bool:
    """Whether an entry says what shall be, and so is no name of what is handed in; "timpris som ska gälla hela tiden" is."""
    verb = word("modal").search(entry)
    return verb is not None and verb.start() > 0 and word("of_which").search(entry[: verb.start()]) is None


def asks_twice(sentence: str, kind: PointKind, judge: Callable[[str], Verdict | None]) -> Iterator[tuple[int, int, Verdict]]:
    """The parts of a sentence that asks for an answer and for a document, with what each is; nothing when it asks once.

    "Åberopat företag anges i anbudsformuläret, och ett åtagande ska bifogas."
    """
    if kind in _LISTING and (listed := _in_line(sentence)):
        yield from listed
        return
    if kind not in _SLOTS or (word("hands_in").search(sentence) is None and word("opens_with").search(sentence) is None):
        return
    for match in islice(_JOINED.finditer(sentence), _MOST_JOINS):
        left, right = sentence[: match.start()], sentence[match.end() :].rstrip()
        if min(len(left.split()), len(right.split())) < _FEWEST_WORDS or word("same_document").match(right) is not None:
            continue
        first, second = judge(left), _later_half(left, right, judge)
        if first is None or second is None or {first.kind, second.kind} != set(_SLOTS):
            continue
        if first.when is not None and second.when is None and sentence.startswith(first.when):
            second = replace(second, when=first.when, must=False)
        yield 0, len(left), first
        yield match.end(), match.end() + len(right), second
        return


def _in_line(sentence: str) -> list[tuple[int, int, Verdict]]:
    """What a sentence says that the tender holds, when it is data and documents: "Offerten ska innehålla pris och en tidplan"."""
    opening = word("holds_in_line").search(sentence)
    if opening is None or word("lists_no_more").search(sentence) is not None:
        return []
    found: list[tuple[int, int, PointKind]] = []
    start, end = opening.end() + 1, len(sentence.rstrip(" ."))
    stops = [*_BETWEEN.finditer(sentence, start, end), None]
    for stop in stops:
        last = stop.start() if stop is not None else end
        entry = sentence[start:last]
        kind = PointKind.QUESTION if word("given_data").match(entry) is not None else None
        if kind is None and word("listed_document").match(entry) is not None:
            kind = PointKind.ATTACHMENT
        if kind is None and not found:
            return []
        if kind is None or (found[-1:] and found[-1][2] is kind is PointKind.QUESTION):
            found[-1] = (found[-1][0], last, found[-1][2])
        else:
            found.append((start, last, kind))
        start = stop.end() if stop is not None else end
    if {kind for _, _, kind in found} != set(_SLOTS):
        return []
    must, when = word("wishes").search(sentence) is None, condition_in(sentence)
    answers = {PointKind.QUESTION: AnswerType.TEXT, PointKind.ATTACHMENT: AnswerType.FILE}
    return [
        (
            first,
            last,
            Verdict(kind, must and when is None, ("list.in_line",), when, limit_in(sentence[first:last]), answers[kind]),
        )
        for first, last, kind in found
    ]


def documents_in(text: str, at: Span, judge: Callable[[str], Verdict | None]) -> Iterator[tuple[int, int, Verdict]]:
    """The documents that the words of a question ask for beside its answer, by their place in the block's text."""
    said = sentences(text, at.start, at.end)
    for start, end in said:
        sentence = text[start:end]
        parts = list(asks_twice(sentence, PointKind.QUESTION, judge))
        if not parts and len(said) > 1 and (own := judge(sentence)) is not None:
            parts = [(0, end - start, own)]  # "Systemet är certifierat. Kopia av certifikatet bifogas."
        for first, last, own in parts:
            if own.kind is PointKind.ATTACHMENT:
                yield start + first, start + last, own


def _later_half(left: str, right: str, judge: Callable[[str], Verdict | None]) -> Verdict | None:
    """What the later half is, read with the modal verb of the one before when it has none of its own."""
    verb = word("hands_in").search(right)
    modal = next(word("modal").finditer(left), None)
    if verb is not None and verb.start() > 0 and modal is not None and word("modal").search(right) is None:
        right = f"{right[: verb.start()]}{modal[0]} {right[verb.start() :]}"
    return judge(right[:1].upper() + right[1:])
