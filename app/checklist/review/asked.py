"""Rules about what was asked for: pages, size of text, language, signatures, ages of certificates, how long the bid binds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from app.checklist.review.ages import most_months
from app.checklist.review.inputs import ReviewInputs
from app.checklist.review.lexicon import says
from app.checklist.review.procurement import common_subject, is_answer, page_cap
from app.checklist.review.rows import about
from app.checklist.tender import add
from app.core.checklist import ChecklistItem
from app.core.inspection import DateFact, DateMeaning, FileFacts, Signature
from app.core.review import ReviewFinding, Severity

__all__ = ["bid_too_short", "expired", "font", "language", "old_year", "pages", "signature", "too_old", "undated"]

_SIZE = re.compile(r"(\d{1,2}(?:[.,]5)?)")
_SHARE = 200
"""Characters of running text from which a size counts: captions and notes may be smaller."""

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_LANGUAGES = {"svenska": "sv", "swedish": "sv", "engelska": "en", "english": "en"}
_EITHER = re.compile(r"\b(?:svenska|swedish|engelska|english)\b", re.IGNORECASE)


def pages(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """More pages than what it answers may have. What the buyer has answered later replaces what was said before."""
    if file.pages is None or file.path in inputs.form_of:
        return
    caps = [(cap, work.item) for work in inputs.asked_of.get(file.path, ()) for cap in _caps(work.item, inputs)]
    if caps:
        cap, item = min(caps, key=lambda entry: entry[0])
        if file.pages > cap:
            values = (("pages", str(file.pages)), ("cap", str(cap)))
            yield about("layout.pages", Severity.OBSTACLE, file, inputs, values=values, items=(item.id,))


def font(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Running text smaller than the procurement asks for."""
    sizes = [_size(fact.value) for fact in inputs.tender.facts if fact.name == "font_limit"]
    least = min((size for size in sizes if size is not None), default=None)
    if least is None or file.path in inputs.form_of:
        return
    small = [size for size in file.sizes if size.points < least - 0.25 and size.characters >= _SHARE]
    if small:
        values = (("size", f"{small[0].points:g}"), ("least", f"{least:g}"))
        yield about("layout.font", Severity.WARNING, file, inputs, small[0].place, values)


def language(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Written in another language than the one the bid must have."""
    asked = {
        _LANGUAGES[word.lower()]
        for fact in inputs.tender.facts
        if fact.name == "tender_language"
        for word in _EITHER.findall(fact.value)
    }
    if len(asked) == 1 and file.language is not None and file.language not in asked:
        values = (("found", file.language), ("asked", next(iter(asked))))
        yield about("language.other", Severity.WARNING, file, inputs, values=values)


def signature(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """A signature is asked for, or the file has a place for one, and there is none. Scanned pages may hold it unseen."""
    if file.error is not None or file.signature is not Signature.NONE or file.unreadable_pages:
        return
    asked = [work.item.id for work in inputs.asked_of.get(file.path, ()) if _wants_signature(work.item)]
    if asked:
        yield about("signature.missing", Severity.OBSTACLE, file, inputs, file.asks_signature, items=asked)
    elif file.asks_signature is not None:
        yield about("signature.missing", Severity.WARNING, file, inputs, file.asks_signature)


def too_old(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """Older at the tender deadline than what it answers allows."""
    for item, months in _ages(file, inputs):
        issued = _issued(file)
        if issued is None or inputs.deadline_day is None:
            continue
        oldest = add(date.fromisoformat(issued.day), f"P{months}M")
        if oldest is not None and oldest < date.fromisoformat(inputs.deadline_day):
            values = (("day", issued.day), ("months", str(months)), ("deadline", inputs.deadline_day))
            yield about("date.too_old", Severity.OBSTACLE, file, inputs, issued.place, values, (item.id,))
            return


def undated(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """A document that may only be so old, without a day that could be read."""
    if file.error is None and _issued(file) is None:
        for item, months in _ages(file, inputs):
            yield about("date.unknown", Severity.WARNING, file, inputs, values=(("months", str(months)),), items=(item.id,))
            return


def expired(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """A certificate whose last day comes before the tender deadline. The latest day counts: it may list earlier ones."""
    if inputs.deadline_day is None or not _is_dated(file, inputs):
        return
    ends = [fact for fact in file.dates if fact.meaning is DateMeaning.EXPIRES]
    if ends:
        last = max(ends, key=lambda fact: fact.day)
        if last.day < inputs.deadline_day:
            yield about("date.expired", Severity.OBSTACLE, file, inputs, last.place, (("day", last.day),))


def old_year(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """An annual report of a year long past, where the latest are asked for."""
    if inputs.deadline_day is None:
        return
    items = [work.item for work in inputs.asked_of.get(file.path, ()) if says("years", work.item.text)]
    texts = " ".join((file.name.rsplit("/", 1)[-1], *file.heads[:4]))
    years = sorted(set(_YEAR.findall(texts)))
    wanted = int(inputs.deadline_day[:4]) - 2
    if items and years and (says("annual", texts.replace("_", " ").replace("-", " "))) and int(years[-1]) < wanted:
        values = (("years", ", ".join(years)), ("asked", f"{wanted}–{wanted + 1}"))
        yield about("date.year", Severity.WARNING, file, inputs, values=values, items=(items[0].id,))


def bid_too_short(file: FileFacts, inputs: ReviewInputs) -> Iterator[ReviewFinding]:
    """The bid says that it binds until a day before the one asked for."""
    asked = inputs.valid_until
    if asked is None or file.path in inputs.form_of:
        return
    ends = [fact for fact in file.dates if fact.meaning is DateMeaning.BID_VALID]
    if ends and (last := max(ends, key=lambda fact: fact.day)).day < asked:
        yield about("bid.too_short", Severity.OBSTACLE, file, inputs, last.place, (("day", last.day), ("asked", asked)))


def _caps(item: ChecklistItem, inputs: ReviewInputs) -> Iterator[int]:
    """The cap that an item sets: by an answer of the buyer's about the same thing, else by its own words."""
    own = [
        page_cap(text) for text in (item.text, item.answer.limit or "", *(source.quote for source in (item.source, *item.also)))
    ]
    for work in inputs.items:
        other = work.item
        cap = page_cap(other.text)
        if cap is not None and is_answer(inputs, other.source) and common_subject(item.text, other.text) is not None:
            yield cap
            return
    yield from (cap for cap in own if cap is not None)


def _wants_signature(item: ChecklistItem) -> bool:
    return any(says("signed", text) for text in (item.text, item.source.quote, *(source.quote for source in item.also)))


def _ages(file: FileFacts, inputs: ReviewInputs) -> Iterator[tuple[ChecklistItem, int]]:
    for work in inputs.asked_of.get(file.path, ()):
        if (months := most_months(work.item)) is not None:
            yield work.item, months


def _issued(file: FileFacts) -> DateFact | None:
    """The latest day of issue, else the day at the top of the document."""
    for meaning in (DateMeaning.ISSUED, DateMeaning.DOCUMENT):
        found = [fact for fact in file.dates if fact.meaning is meaning]
        if found:
            return max(found, key=lambda fact: fact.day)
    return None


def _is_dated(file: FileFacts, inputs: ReviewInputs) -> bool:
    """Whether it is a document whose days matter."""
    name = file.name.rsplit("/", 1)[-1].replace("_", " ").replace("-", " ")
    asked = (work.item.text for work in inputs.asked_of.get(file.path, ()))
    return any(says("dated", text) for text in (name, *file.heads[:3], *asked))


def _size(text: str) -> float | None:
    found = _SIZE.search(text)
    return float(found[1].replace(",", ".")) if found else None
