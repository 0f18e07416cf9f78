"""Rules about the procurement itself: what of it was not read, and where it says two things at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from app.checklist.review.inputs import ReviewInputs
from app.checklist.tender import add
from app.core.checklist import ChecklistItem
from app.core.document import document_id
from app.core.points import Fact, PointKind, Source
from app.core.review import Cause, ReviewFinding, Room, Severity

__all__ = [
    "common_subject",
    "is_answer",
    "page_cap",
    "two_deadlines",
    "two_page_limits",
    "two_validities",
    "unassigned_lines",
    "uncompared_forms",
    "unread_documents",
    "unread_pages",
]

_RIVALS = 25
"""Days whose weights lie this close speak of the same thing with the same right."""

_ANNOUNCED = 110
"""The weight from which a day was announced as a new one: it replaces the old, and there is nothing to ask."""

_COUNTS = {
    "en": 1, "ett": 1, "två": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10, "femton": 15,
    "tjugo": 20, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "fifteen": 15, "twenty": 20,
}  # fmt: skip
_PAGES = re.compile(
    r"\b(\d{1,3}|" + "|".join(_COUNTS) + r")(?: ?\(\w+\))?(?: \w+){0,2}? (?:a4[- ]?)?(?:text)?(?:sid(?:a|or)|pages?)\b",
    re.IGNORECASE,
)
_CAP = re.compile(
    r"\b(?:högst|max\w*|inte överstiga|ej överstiga|som mest|no more than|not exceed|up to|maximum)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_COMMON = re.compile(
    r"(?:beskriv|anbud|bilag|sid|person|offerera|nyckel|avsnitt|högst|omfatt|uppgift|respektive|respective|describ|tender|maxim|varje|"
    r"därutöver|dokument|krav|svar|ifyll|fritext|lämna|bifog|myndighet)",
    re.IGNORECASE,
)
_SUBJECT = 7
"""Letters that two words must share from their beginning to name the same thing."""

_ANSWERS = re.compile(
    r"\bfr[aå]g(?:or|a)\b.*\bsvar\b|\bq ?& ?a\b|\bquestions\b.*\banswers\b|förtydligande|komplettering", re.IGNORECASE
)


def unread_documents(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Documents of the procurement that could not be read at all."""
    for record in inputs.documents:
        if record.summary.error is not None:
            yield ReviewFinding(
                "reading.document",
                Severity.OBSTACLE,
                Cause(Room.UNDERLAG, document=record.summary.id),
                (("document", record.summary.name), ("code", record.summary.error.code)),
            )


def uncompared_forms(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Documents that were read and yet could not be looked through: a filled copy of theirs is compared with nothing."""
    unread = {record.summary.name for record in inputs.documents if record.summary.error is not None}
    for original in inputs.originals:
        if original.error is not None and original.name not in unread:
            yield ReviewFinding(
                "reading.uncompared",
                Severity.WARNING,
                Cause(Room.UNDERLAG, document=document_id(original.name)),
                (("document", original.name), ("code", original.error.code), *original.error.values),
            )


def unread_pages(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Pages that are pictures or broken, and that nobody has looked at himself."""
    for record in inputs.documents:
        left = sorted(set(record.summary.unreadable_pages) - set(record.acknowledged))
        if left:
            yield ReviewFinding(
                "reading.pages",
                Severity.OBSTACLE,
                Cause(Room.UNDERLAG, document=record.summary.id),
                (("document", record.summary.name), ("pages", ranges(left)), ("count", str(len(left)))),
            )


def unassigned_lines(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Lines that no rule took: worth a look, as something asked for may be among them."""
    count = sum(record.summary.lines.unassigned for record in inputs.documents)
    if count:
        most = max(inputs.documents, key=lambda record: record.summary.lines.unassigned)
        yield ReviewFinding(
            "reading.unassigned", Severity.NOTE, Cause(Room.UNDERLAG, document=most.summary.id), (("count", str(count)),)
        )


def two_deadlines(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Two last days for tenders, neither announced as the new one."""
    yield from _two_days(inputs, "tender_deadline", "contradiction.deadline")
    yield from _two_days(inputs, "question_deadline", "contradiction.question_deadline")


def two_validities(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Two days until which the bid binds, or a day and a length of time that do not meet."""
    facts = [fact for fact in inputs.tender.facts if fact.name == "valid_until"]
    if inputs.deadline_day is not None:
        for fact in inputs.tender.facts:
            if fact.name == "validity_period" and (day := _ends(inputs.deadline_day, fact.value)) is not None:
                facts.append(Fact("valid_until", day, fact.source, fact.weight))
    yield from _rivals(inputs, facts, "contradiction.validity")


def two_page_limits(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Two caps on the pages of one and the same thing. What the buyer has answered later replaces what was said before."""
    capped = [
        (item, source, cap)
        for item in _distinct(inputs)
        for source in (item.source, *item.also)
        if (cap := page_cap(source.quote) or (page_cap(item.answer.limit or "") if source is item.source else None)) is not None
    ]
    told: set[tuple[str, str]] = set()
    for number, (first, here, cap) in enumerate(capped):
        for second, there, other in capped[number + 1 :]:
            subject = common_subject(here.quote, there.quote)
            if cap == other or subject is None or (subject, f"{cap}{other}") in told:
                continue
            if is_answer(inputs, here) != is_answer(inputs, there):
                continue
            told.add((subject, f"{cap}{other}"))
            yield _contradiction(
                inputs, "contradiction.pages", str(cap), here, str(other), there, (first.id, second.id), (("subject", subject),)
            )


def page_cap(text: str) -> int | None:
    """How many pages at most, in words about a cap."""
    for match in _PAGES.finditer(text):
        if _CAP.search(text[max(0, match.start() - 40) : match.start()]):
            return int(match[1]) if match[1].isdigit() else _COUNTS[match[1].lower()]
    return None


def ranges(pages: Sequence[int]) -> str:
    """Sorted pages as they are written: 3–4, 7."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def _two_days(inputs: ReviewInputs, name: str, rule: str) -> Iterator[ReviewFinding]:
    yield from _rivals(inputs, [fact for fact in inputs.tender.facts if fact.name == name], rule)


def _rivals(inputs: ReviewInputs, facts: Sequence[Fact], rule: str) -> Iterator[ReviewFinding]:
    """The heaviest day, and the first other that weighs about as much."""
    dated = sorted((fact for fact in facts if _day(fact.value)), key=lambda fact: -fact.weight)
    if not dated or dated[0].weight >= _ANNOUNCED:
        return
    for other in dated[1:]:
        if other.value[:10] != dated[0].value[:10] and other.weight >= dated[0].weight - _RIVALS:
            yield _contradiction(
                inputs, rule, dated[0].value.replace("T", " "), dated[0].source, other.value.replace("T", " "), other.source, ()
            )
            return


def _contradiction(
    inputs: ReviewInputs,
    rule: str,
    first: str,
    here: Source,
    second: str,
    there: Source,
    items: tuple[str, ...],
    more: tuple[tuple[str, str], ...] = (),
) -> ReviewFinding:
    """`first_*` and `second_*` name value, document and page (empty where there are none) for the question to the buyer."""
    return ReviewFinding(
        rule,
        Severity.WARNING,
        Cause(Room.UNDERLAG, document=here.document, items=items, place=here.place),
        (
            ("first", first),
            ("first_document", _document(inputs, here)),
            ("first_page", str(here.place.page or "")),
            ("second", second),
            ("second_document", _document(inputs, there)),
            ("second_page", str(there.place.page or "")),
            *more,
        ),
    )


def _document(inputs: ReviewInputs, source: Source) -> str:
    return next((record.summary.name for record in inputs.documents if record.summary.id == source.document), "")


def is_answer(inputs: ReviewInputs, source: Source) -> bool:
    """Whether it stands among the buyer's answers to questions."""
    return _ANSWERS.search(_document(inputs, source).replace("_", " ")) is not None


def _distinct(inputs: ReviewInputs) -> Iterable[ChecklistItem]:
    return (
        work.item
        for work in inputs.items
        if work.item.kind in (PointKind.ATTACHMENT, PointKind.QUESTION, PointKind.REQUIREMENT, PointKind.CRITERION)
    )


def common_subject(first: str, second: str) -> str | None:
    """The word that both texts speak of: alike in their first letters, and none that stands in every such sentence."""
    others = [word.lower() for word in _WORD.findall(second) if not _COMMON.match(word)]
    for match in _WORD.finditer(first):
        word = match[0]
        low = word.lower()
        if _COMMON.match(low):
            continue
        if word == "CV" and "cv" in others:
            return word
        if len(low) >= _SUBJECT and any(other[:_SUBJECT] == low[:_SUBJECT] for other in others):
            return low
    return None


def _ends(deadline: str, length: str) -> str | None:
    try:
        ends = add(date.fromisoformat(deadline), length)
    except ValueError:
        return None
    return ends.isoformat() if ends is not None else None


def _day(value: str) -> bool:
    try:
        date.fromisoformat(value[:10])
    except ValueError:
        return False
    return True
