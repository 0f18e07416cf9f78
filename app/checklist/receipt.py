"""The portal's own printout of the submitted bid against what was meant to be submitted: missing, different, cut off, extra.

Order does not matter, nor how numbers, dates and line breaks are written. What cannot be told for sure is told as different, with
both texts: a glance costs less than a wrong answer.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from rapidfuzz import fuzz

from app.checklist.receipt_files import FileVerdict, SubmittedFile, compare_files
from app.checklist.receipt_tender import TenderVerdict, judge_tender
from app.checklist.receipt_text import Piece, Stream, canonical, length_of, pieces_of, stream_of
from app.core.document import BlockKind, Document

__all__ = ["AnswerVerdict", "Comparison", "Outcome", "SubmittedAnswer", "SubmittedFile", "compare_receipt"]

_SHORT = 40
"""Letters of an answer up to which it must stand alone rather than somewhere in the text after its question."""
_TELLING = 25
"""Letters of an answer from which it is found without its question."""
_LEAST_CUT = 20
_KEY = 90
_ALIKE = 88
_ANSWER = r"(?:ert svar|anbudsgivarens svar|leverantörens svar|svar|answer|response|fritextsvar|fritext)"
_LABEL = re.compile(rf"\A\W*{_ANSWER}\b\s*[:：]?\s*", re.IGNORECASE)
_LABELLED = re.compile(rf"\A\W*{_ANSWER}\s*[:：]", re.IGNORECASE)
_BOILERPLATE = re.compile(
    r"\W*(?:obligatorisk(?:t)?|mandatory|ja/nej\.?|ja krävs\.?|ja/nej\.? ja krävs\.?|fritext|free text|text|svar|answer|ert svar"
    r"|bifogade? filer|uppladdade filer|filnamn|bilagor|bifogad fil|attached files|file name|sida \d+(?: av \d+)?"
    r"|ska-?krav|bör-?krav|högst \d+ tecken|max \d+ tecken|välj ett alternativ)?\W*"
)
_FILE = re.compile(r"[^\n]{1,180}\.(?:pdf|docx?|xlsx?|zip|jpe?g|png|txt)\b[^\n]{0,100}", re.IGNORECASE)
_NOTHING = re.compile(r"\W*(?:ej besvarad|inte besvarad|obesvarad|inget svar|svar saknas|saknas|not answered|no answer|n/a)?\W*")
_TICKED = re.compile(r"[☒☑✓✔✗✘■●◉⦿]\s*([^☐☒☑✓✔✗✘□■○●◉⦿\n]{1,60})|[\[(][xX✓][\])]\s*([^\[\](\n]{1,60})")
_MINUS = re.compile(r"\s*[-\u2212\u2013]\s?\d")
_HYPHEN_BEFORE, _HYPHEN_AFTER = re.compile(r"\w[-\u2010]"), re.compile(r"[-\u2010]\w")
_ELLIPSIS = ("…", "...")


class Outcome(StrEnum):
    """What became of an answer or a file."""

    SAME = "same"
    MISSING = "missing"
    DIFFERENT = "different"
    CUT = "cut"  # the beginning of the answer is there, the rest is not
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class SubmittedAnswer:
    """A question and the answer that was meant. Without an answer, one in the printout is extra."""

    item: str
    number: str | None
    text: str
    answer: str | None


@dataclass(frozen=True, slots=True)
class AnswerVerdict:
    """What the printout says to a question. `theirs` is what stands there; of a cut answer `kept` of its letters are there."""

    item: str
    number: str | None
    text: str
    outcome: Outcome
    ours: str = ""
    theirs: str = ""
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of comparing. Of a printout for another tender, or without text, nothing else is said."""

    tender: TenderVerdict
    answers: tuple[AnswerVerdict, ...] = ()
    files: tuple[FileVerdict, ...] = ()
    readable: bool = True

    @property
    def agrees(self) -> bool:
        """Whether everything is there, as it was meant, and nothing more."""
        odd = any(one.outcome is not Outcome.SAME for one in self.answers) or any(one.outcome != "same" for one in self.files)
        return self.readable and not self.tender.is_other and not odd


def compare_receipt(
    printout: Document,
    answers: Sequence[SubmittedAnswer],
    files: Sequence[SubmittedFile],
    *,
    name: str = "",
    reference: str = "",
) -> Comparison:
    """Compare the portal's printout with the answers and files. `name` and `reference` (diarienummer) are the tender's."""
    pieces = pieces_of(printout)
    if not pieces:
        return Comparison(TenderVerdict(), readable=False)
    furniture = [block.text for block in printout.blocks if block.kind is BlockKind.FURNITURE]
    titles = [value for key, value in printout.metadata if key.casefold() in ("title", "subject")]
    verdict = judge_tender([*titles, *furniture, *(piece.text for piece in pieces)], name, reference)
    if verdict.is_other:
        return Comparison(verdict)
    stream = stream_of(pieces)
    return Comparison(verdict, tuple(_answers(stream, answers)), compare_files([piece.text for piece in pieces], files))


def _answers(stream: Stream, answers: Sequence[SubmittedAnswer]) -> list[AnswerVerdict]:
    places = _questions(stream, answers)
    begins = sorted(start for start, _ in places.values())
    found = []
    for index, one in enumerate(answers):
        ours = (one.answer or "").strip()
        if index not in places:
            if not ours:
                continue
            there = len(canonical(ours)) >= _TELLING and _at(stream, canonical(ours), 0, len(stream.letters)) is not None
            outcome = Outcome.SAME if there else Outcome.MISSING
            found.append(AnswerVerdict(one.item, one.number, one.text, outcome, ours))
            continue
        _, end = places[index]
        until = next((start for start in begins if start >= end), len(stream.letters))
        verdict = _judged(stream, one, ours, end, until)
        if verdict is not None:
            found.append(verdict)
    return found


def _questions(stream: Stream, answers: Sequence[SubmittedAnswer]) -> dict[int, tuple[int, int]]:
    """Where each question stands: with its number before it if it can be, else the first place that is free."""
    found: dict[int, tuple[int, int]] = {}
    taken: set[int] = set()
    order = sorted(range(len(answers)), key=lambda index: (not answers[index].number, -len(answers[index].text)))
    for index in order:
        one = answers[index]
        key, number = canonical(one.text), canonical(one.number or "")
        whole = key
        if not key:
            continue
        key = key[:_KEY]
        places = []
        at = stream.letters.find(key)
        while at >= 0:
            told = number and stream.letters[max(0, at - len(number)) : at] == number
            if at not in taken and stream.is_edge(at) and (told or len(key) >= 12 or stream.begins_piece(at)):
                places.append(at)
            at = stream.letters.find(key, at + 1)
        numbered = [at for at in places if number and stream.letters[max(0, at - len(number)) : at] == number]
        start = next(iter(numbered or places), None)
        if start is None:
            if (near := _nearly(stream, key, taken)) is None:
                continue
            start, end = near
        else:
            end = start + (len(whole) if stream.letters.startswith(whole, start) else len(key))
        taken.add(start)
        if number and stream.letters[max(0, start - len(number)) : start] == number:
            start -= len(number)
        found[index] = (start, end)
    return found


def _nearly(stream: Stream, key: str, taken: set[int]) -> tuple[int, int] | None:
    """A question that the portal words a little otherwise: the piece that is most like it."""
    if len(key) < 16:
        return None
    best: tuple[float, int, int] | None = None
    bounds = [*stream.pieces, len(stream.text) + 1]
    for begin, end in pairwise(bounds):
        first, last = bisect_left(stream.starts, begin), bisect_left(stream.starts, end)
        letters = stream.letters[first:last]
        if len(letters) < len(key) * 0.7:
            continue
        match = fuzz.partial_ratio_alignment(key, letters, score_cutoff=_ALIKE)
        if match is not None and first + match.dest_start not in taken and (best is None or match.score > best[0]):
            best = (match.score, first + match.dest_start, first + match.dest_end)
    return (best[1], best[2]) if best else None


def _judged(stream: Stream, one: SubmittedAnswer, ours: str, start: int, until: int) -> AnswerVerdict | None:
    """What stands between a question and the next, against the answer."""
    raw = stream.raw(start, until)
    said = _said(raw)

    def verdict(outcome: Outcome, kept: int = 0) -> AnswerVerdict:
        theirs = _LABEL.sub("", stream.shown(start, _end_of(stream, raw, start, until)), count=1) if said else ""
        return AnswerVerdict(one.item, one.number, one.text, outcome, ours, theirs[: max(200, 2 * len(ours))], kept)

    if not ours:
        return verdict(Outcome.EXTRA) if said and _is_answered(stream, raw, start, until) else None
    if not said:
        return verdict(Outcome.MISSING)
    wanted = canonical(ours)
    if not wanted:
        return verdict(Outcome.SAME if ours in raw else Outcome.DIFFERENT)
    there = stream_of(map(Piece, said))
    if len(wanted) > _SHORT:
        if _at(there, wanted, 0, len(there.letters)) is not None:
            return verdict(Outcome.SAME)
        shared = _shared(wanted, there.letters)
        if shared >= _LEAST_CUT and shared < len(wanted) and _ends_there(there, shared):
            return verdict(Outcome.CUT, length_of(ours, shared))
        return verdict(Outcome.DIFFERENT)
    return verdict(Outcome.SAME if _says(said, wanted, _is_minus(ours)) else Outcome.DIFFERENT)


def _says(said: Sequence[str], wanted: str, minus: bool) -> bool:
    """Whether a short answer stands there: alone, ticked, or in a piece that says little else and nothing against it. An amount
    below zero is another than the same amount above."""
    ticked = [canonical(first or second) for piece in said for first, second in _TICKED.findall(piece)]
    if ticked:
        return wanted in ticked
    for piece in said[:2]:
        letters = canonical(piece)
        if _is_minus(piece) is not minus:
            continue
        if letters == wanted:
            return True
        there = stream_of([Piece(piece)])
        against = {"ja": "nej", "nej": "ja", "yes": "no", "no": "yes"}.get(wanted)
        if against and _at(there, against, 0, len(letters)) is not None:
            return False
        at = _at(there, wanted, 0, len(letters)) if len(letters) <= 3 * len(wanted) + 12 else None
        if at is not None and not _is_hyphened(there, at, at + len(wanted)):
            return True
    return False


def _is_minus(text: str) -> bool:
    return _MINUS.match(text) is not None


def _is_hyphened(there: Stream, start: int, end: int) -> bool:
    """Whether a hyphen makes the letters part of a longer name or number: "Frostvik" in "Frostvik-Berg"."""
    before = there.text[max(0, there.starts[start] - 2) : there.starts[start]]
    after = there.text[there.starts[end - 1] + 1 : there.starts[end - 1] + 3]
    return _HYPHEN_BEFORE.fullmatch(before) is not None or _HYPHEN_AFTER.fullmatch(after) is not None


def _said(raw: str) -> list[str]:
    """The pieces of an answer, without labels and what every portal prints around it."""
    found = []
    for piece in raw.split("\n"):
        text = _LABEL.sub("", piece, count=1).strip()
        if not _NOTHING.fullmatch(text) and not _BOILERPLATE.fullmatch(text) and not _FILE.fullmatch(text):
            found.append(text)
    return found


def _end_of(stream: Stream, raw: str, start: int, until: int) -> int:
    """Where what is shown of an answer ends: before what portals print after the last one."""
    begun = False
    for number, piece in enumerate(raw.split("\n"), stream.piece_at(start)):
        said = bool(_said(piece))
        if begun and not said and number < len(stream.pieces):
            return min(until, bisect_left(stream.starts, stream.pieces[number]))
        begun = begun or said
    return until


def _is_answered(stream: Stream, raw: str, start: int, until: int) -> bool:
    """Whether what stands after a question is surely an answer: after a label, or in the same row of a table."""
    labelled = [match for piece in raw.split("\n") if (match := _LABELLED.match(piece))]
    if labelled:
        return any(_said(match.string[match.end() :]) for match in labelled)
    row = stream.rows[stream.piece_at(start - 1)]
    beside = stream.piece_at(start)
    return start < until and row >= 0 and beside < len(stream.rows) and stream.rows[beside] == row


def _at(stream: Stream, wanted: str, start: int, end: int) -> int | None:
    """Where letters stand as whole words and numbers."""
    at = stream.letters.find(wanted, start, end)
    while at >= 0:
        if stream.is_edge(at) and stream.is_edge(at + len(wanted)):
            return at
        at = stream.letters.find(wanted, at + 1, end)
    return None


def _shared(wanted: str, letters: str) -> int:
    """How many letters the answer and what stands there have in common from the start."""
    count = 0
    for ours, theirs in zip(wanted, letters, strict=False):
        if ours != theirs:
            break
        count += 1
    return count


def _ends_there(there: Stream, shared: int) -> bool:
    """Whether what stands there goes on with something else after so many letters: an ellipsis, or a new piece, or nothing."""
    if shared >= len(there.letters):
        return True
    between = there.text[there.starts[shared - 1] + 1 : there.starts[shared]]
    return any(mark in between for mark in _ELLIPSIS) or "\n" in between
