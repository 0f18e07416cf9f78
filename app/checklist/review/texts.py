"""What the text of a file of the bid says that the review asks for. Runs in the child process, where the whole text is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from app.checklist.review.days import first_day
from app.checklist.review.lexicon import first, languages, rules_of, says
from app.core.checkdigits import luhn
from app.core.document import Block, BlockKind, Document
from app.core.inspection import EXCERPT, DateFact, DateMeaning, FileFacts, NumberFact, NumberKind, Spot

__all__ = ["read_texts"]

_MOST = 200
"""Findings of one kind in one file: a file with more of them is told by its first ones."""

_HEADS = 12
_FIRST_BLOCKS = 15
_SHORT = 60
"""Characters of a line that is a label of its own: "Underskrift:", "Ort och datum"."""

_NUMBER = re.compile(r"(?<![\d-])((?:16|19|20)?\d{6})[-+\u2010-\u2013\u2212]?(\d{4})(?!\d|-\d)")
_CASE = re.compile(r"[ :\t]{0,4}((?:[A-ZÅÄÖ]{1,6}[ -]?)?\d\w*(?:[/:.-]\d+){0,4})")
_URL = re.compile(r"\b(?:https?://|www\.)[^\s<>\"”)]{4,200}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\t")
_ENOUGH = 25
_SHARE = 0.75
_AFTER = 40
"""Characters between the words about a day and the day."""

_NEAR = 60
_DATED = {"issued": DateMeaning.ISSUED, "expires": DateMeaning.EXPIRES, "bid_valid": DateMeaning.BID_VALID}


def read_texts(facts: FileFacts, document: Document) -> FileFacts:
    """The facts with those that stand in the text."""
    body = [block for _, block in document.body() if block.kind is not BlockKind.COMMENT and block.text]
    signing = next((block for block in reversed(body) if len(block.text) <= _SHORT and says("signing", block.text)), None)
    return replace(
        facts,
        placeholders=(*facts.placeholders, *islice(_placeholders(body), _MOST)),
        reservations=tuple(islice(_reservations(body), _MOST)),
        dates=tuple(islice(_dates(body), _MOST)),
        numbers=tuple(islice(_numbers(body), _MOST)),
        references=tuple(islice(_references(document.blocks), _MOST)),
        names=tuple(islice(_names(body), _MOST)),
        links=(*facts.links, *islice(_links(body), _MOST)),
        language=_language(body),
        heads=tuple(islice(_heads(document, body), _HEADS)),
        characters=sum(len(block.text) for block in body),
        asks_signature=signing.place if signing is not None else None,
    )


def _placeholders(body: Iterable[Block]) -> Iterator[Spot]:
    for block in body:
        taken: set[int] = set()
        for rule in rules_of("placeholder"):
            for match in rule.pattern.finditer(block.text):
                if match.start() not in taken:
                    taken.add(match.start())
                    place = block.place_of(match.start(), match.end())
                    yield Spot(place, _around(block.text, match.start(), match.end()), rule.id)


def _reservations(body: Iterable[Block]) -> Iterator[Spot]:
    """The words are `what`, the sentence around them `text`: what the buyer has written himself is told by it."""
    for block in body:
        ends = [0, *(found.end() for found in _SENTENCE.finditer(block.text)), len(block.text)]
        told = -1
        at = 0
        # The whole text is searched, as a sentence seems to end at an abbreviation: "exkl. moms" must not lose its "moms".
        while (said := first("reservation", block.text, at)) is not None:
            at = max(said.end(), said.start() + 1)
            begin = max(end for end in ends if end <= said.start())
            if begin != told:
                told = begin
                end = min(end for end in ends if end >= said.end())
                place = block.place_of(said.start(), said.end())
                yield Spot(place, block.text[begin:end].strip()[:EXCERPT], said[0].strip())


def _dates(body: Sequence[Block]) -> Iterator[DateFact]:
    for block in body:
        for kind, meaning in _DATED.items():
            for rule in rules_of(kind):
                for match in rule.pattern.finditer(block.text):
                    day = first_day(block.text, match.end(), _AFTER)
                    if day is not None and not _own(kind, block.text[match.start() : match.end() + _AFTER]):
                        yield _dated(meaning, day, block, match)
    for block in body[:_FIRST_BLOCKS]:  # a document's own day stands at its top
        label = first("document_date", block.text)
        if label is not None and (day := first_day(block.text, label.end(), 12)) is not None:
            yield _dated(DateMeaning.DOCUMENT, day, block, label)


def _own(kind: str, text: str) -> bool:
    """Whether words about an end speak of the bid, which has a kind of its own."""
    return kind == "expires" and says("bid_valid", text)


def _dated(meaning: DateMeaning, day: date, block: Block, match: re.Match[str]) -> DateFact:
    return DateFact(meaning, day.isoformat(), block.place_of(match.start(), match.end()), block.text[:EXCERPT])


def _numbers(body: Iterable[Block]) -> Iterator[NumberFact]:
    """Only beside words that say what the number is: ten digits may be anything."""
    for block in body:
        for kind, words in (
            (NumberKind.ORGANISATION, "organisation_number"),
            (NumberKind.PERSON, "personal_number"),
        ):
            for rule in rules_of(words):
                for match in rule.pattern.finditer(block.text):
                    number = _NUMBER.search(block.text, match.end(), match.end() + _NEAR)
                    if number is not None:
                        digits = (number[1] + number[2])[-10:]
                        yield NumberFact(kind, number[0], luhn(digits), block.place_of(number.start(), number.end()))


def _references(blocks: Iterable[Block]) -> Iterator[Spot]:
    """Also those in page headers, where a forgotten one stands most often."""
    for block in blocks:
        for rule in rules_of("reference"):
            for match in rule.pattern.finditer(block.text):
                number = _CASE.match(block.text, match.end())
                if number is not None and len(number[1]) > 3:
                    yield Spot(block.place_of(number.start(1), number.end(1)), number[1])


def _names(body: Sequence[Block]) -> Iterator[Spot]:
    """Public organisations; `what` is "addressed" where the file is meant for the one named."""
    for block in body:
        for rule in rules_of("organisation"):
            for match in rule.pattern.finditer(block.text):
                before = block.text[max(0, match.start() - _NEAR) : match.start()]
                after = block.text[match.end() : match.end() + 25]
                meant = any(
                    found.end() >= len(before.rstrip())
                    for rule in rules_of("addressed")
                    for found in rule.pattern.finditer(before.rstrip())
                )
                meant = meant or re.match(r"s? (?:upphandling|förfrågan|anbudsförfrågan)", after) is not None
                yield Spot(block.place_of(match.start(), match.end()), match[0][:EXCERPT], "addressed" if meant else "")


def _links(body: Iterable[Block]) -> Iterator[Spot]:
    for block in body:
        for match in _URL.finditer(block.text):
            yield Spot(block.place_of(match.start(), match.end()), match[0].rstrip(".,;")[:EXCERPT])


def _language(body: Iterable[Block]) -> str | None:
    """By frequent words; None where there are too few, or where both languages share the text."""
    counts = dict.fromkeys(languages(), 0)
    for block in body:
        for word in _WORD.findall(block.text.lower()):
            for code, known in languages().items():
                counts[code] += word in known
    code, most = max(counts.items(), key=lambda entry: entry[1])
    total = sum(counts.values())
    return code if total >= _ENOUGH and most >= _SHARE * total else None


def _heads(document: Document, body: Sequence[Block]) -> Iterator[str]:
    title = {key.lower(): value for key, value in document.metadata}.get("title", "")
    if title:
        yield title[:EXCERPT]
    for block in (*body[:4], *(block for block in body[4:] if block.kind is BlockKind.HEADING)):
        yield block.text[:EXCERPT]


def _around(text: str, start: int, end: int) -> str:
    """The words with a little of what stands around them."""
    return text[max(0, start - 20) : min(len(text), end + 20)].strip()[:EXCERPT]
