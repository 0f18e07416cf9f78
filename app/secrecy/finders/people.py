"""Facts about persons: identity numbers, birth dates, home addresses, private telephones and mail; and bank accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.core.document import BlockKind
from app.secrecy.finders.marks import Mark
from app.secrecy.finders.numbers import ibans, personal_numbers
from app.secrecy.finders.parties import MAIL, PHONE, Parties
from app.secrecy.finders.rules import finder_rules, first, says
from app.secrecy.finders.view import Entry, View
from app.secrecy.flow import Span

__all__ = ["people"]

_ADDRESS = re.compile(
    r"(?:[A-ZÅÄÖ\d][\w.'’-]*\s+){1,4}?(?:\d{1,4}\s?[A-Za-z]?)(?!\d)(?:,?\s+(?:lgh|apt)\.?\s*\d+)?(?:,\s*(?:\d{3}\s?\d{2}\s+)?[A-ZÅÄÖ][\w-]+(?:\s+[A-ZÅÄÖ][\w-]+)?)?"
    r"|\d{1,4}\s+(?:[A-Z][\w'’-]+\s+){1,3}(?:Street|Road|Lane|Avenue|Close|Way|Drive|Court)(?:,\s*[A-ZÅÄÖ][\w-]+)?"
    r"|[A-ZÅÄÖ]\w+(?:gatan|vägen|gränd|stigen|backen|torget|gata|väg)\s+\d{1,4}\s?[A-Z]?(?:,\s*(?:\d{3}\s?\d{2}\s+)?[A-ZÅÄÖ][\w-]+)?"
)
_WITH_CODE = re.compile(
    r"(?:[A-ZÅÄÖ][\w.'’-]*\s+){1,3}\d{1,4}\s?[A-Za-z]?,\s*(?:SE-)?\d{3}\s?\d{2}\s+[A-ZÅÄÖ][\w-]+(?:\s[A-ZÅÄÖ][\w-]+)?"
)
_ACCOUNT = re.compile(r"\d[\d\s,.-]{5,30}\d")
_TEN = re.compile(r"(?<!\d)(?:\d{2})?\d{6}\s?[-+–]?\s?\d{4}(?!\d)")
_MOBILE = re.compile(r"^(?:\+46\s?(?:\(0\))?\s?7|07|0046\s?7)")
_DATE = re.compile(
    r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}(?:st|nd|rd|th)?\s+[a-zåäö]+\s+\d{4}|\d{1,2}[./]\d{1,2}[./]\d{2,4})", re.IGNORECASE
)


def people(view: View, known: Parties, person: bool) -> Iterator[Mark]:
    """Marks about persons. `person` says that the document is about one: a CV."""
    for index, block in enumerate(view.document.blocks):
        numbers = [match.span() for match in personal_numbers(block.text)]
        for start, end in numbers:
            yield _mark(Span(index, start, end), "person.identity_number", "personal_number", "", 90)
        if numbers or person or (view.headings[index] and first("section", "personal", view.headings[index][-1])):
            # Beside a person's number, an address is a person's, whatever it is called.
            for match in _WITH_CODE.finditer(block.text):
                yield _mark(Span(index, *match.span()), "person.home_address", "home_address", "", 75)
        for match in ibans(block.text):
            yield _mark(Span(index, *match.span()), "bank.account", "iban", "IBAN", 85)
        if block.kind is not BlockKind.FURNITURE and not block.cells:
            yield from _in_text(index, block.text)
            if numbers or person:
                yield from _address(index, block.text)
            yield from _reachable(view, known, index, Span(index, 0, len(block.text)), person, "")
    for entry in view.entries():
        if view.document.blocks[entry.span.block].cells:
            yield from _in_cell(view, known, entry, person)


def _address(index: int, text: str) -> Iterator[Mark]:
    """What a person's own paper calls an address is the home's, also without a postal code."""
    for rule in finder_rules("column", "persons_address"):
        for label in rule.pattern.finditer(text):
            match = _ADDRESS.match(text, label.end() + len(re.match(r"\s*:?\s*", text[label.end() :])[0]))  # type: ignore[index]
            if match is not None:
                yield _mark(Span(index, *match.span()), "person.home_address", "home_address", label[0], 78)


def _in_cell(view: View, known: Parties, entry: Entry, person: bool) -> Iterator[Mark]:
    labels = f"{entry.column} | {entry.row}"
    label = entry.column or entry.row
    index, start, _ = entry.span
    if says("column", "home_address", labels) and (match := _ADDRESS.search(entry.text)):
        yield _mark(Span(index, start + match.start(), start + match.end()), "person.home_address", "home_address", label, 80)
    if says("column", "identity_number", labels) and (match := _TEN.search(entry.text)):
        yield _mark(
            Span(index, start + match.start(), start + match.end()), "person.identity_number", "personal_number", label, 80
        )
    if says("column", "birth", labels) and (match := _DATE.search(entry.text)):
        yield _mark(Span(index, start + match.start(), start + match.end()), "person.birth", "birth", label, 80)
    if says("column", "bank", labels) and not says("never", "bank", labels):
        match = _ACCOUNT.search(entry.text)
        if match is not None:
            yield _mark(Span(index, start + match.start(), start + match.end()), "bank.account", "bank_account", label, 80)
    yield from _reachable(view, known, index, entry.span, person, labels)


def _in_text(index: int, text: str) -> Iterator[Mark]:
    wanted = (("home_address", _ADDRESS, "home_address"), ("birth", _DATE, "birth"), ("identity_number", _TEN, "personal_number"))
    for of, value, why in wanted:
        for rule in finder_rules("column", of):
            for label in rule.pattern.finditer(text):
                match = value.search(text, label.end(), label.end() + 90)
                if match is not None and match.start() - label.end() <= 4:
                    yield _mark(Span(index, *match.span()), rule.id, why, label[0], 80)
    for rule in finder_rules("column", "bank"):
        for label in rule.pattern.finditer(text):
            match = _ACCOUNT.search(text, label.end(), label.end() + 60)
            if match is not None and sum(map(str.isdigit, match[0])) < 7:
                match = None
            clearing = re.match(r"[\s:]*(?:är )?\d{4}", text[label.end() :])
            between = text[label.end() : match.start()] if match is not None else ""
            if match is not None and match.start() - label.end() <= 12 and not says("never", "bank", between):
                yield _mark(
                    Span(index, label.start() if clearing else match.start(), match.end()), rule.id, "bank_account", label[0], 80
                )
            elif clearing:
                follows = next(
                    (found for each in finder_rules("column", "bank") if (found := each.pattern.search(text, label.end()))), None
                )
                account = _ACCOUNT.search(text, follows.end(), follows.end() + 40) if follows else None
                if account is not None:
                    yield _mark(Span(index, label.start(), account.end()), rule.id, "bank_account", label[0], 81)


def _reachable(view: View, known: Parties, index: int, span: Span, person: bool, labels: str) -> Iterator[Mark]:
    """Telephones and mail of persons. Not what the company gives to everybody, nor whom the buyer is to ask about the bid."""
    block = view.document.blocks[index]
    text = block.text[span.start : span.end]
    if not person and view.headings[index] and says("never", "bidder_facts", view.headings[index][-1]):
        return
    numbered = next(personal_numbers(text), None) is not None
    private = person or numbered or any(first("section", "personal", heading) for heading in view.headings[index])
    for pattern, of in ((PHONE, "phone"), (MAIL, "mail")):
        for match in pattern.finditer(text):
            around = f"{labels} {text[max(0, match.start() - 80) : match.start()]}"
            after = text[match.end() : match.end() + 60].partition(". ")[0]
            if (
                says("never", "buyer", after)
                or known.is_public(match[0])
                or says("never", "buyer", around)
                or says("never", "bid_contact", around)
            ):
                continue
            if of == "phone":
                if sum(map(str.isdigit, match[0])) < 9:
                    continue
                wanted = private or _MOBILE.match(match[0]) is not None
                wanted = wanted and not says("never", "phone", around) and not _is_contact(around)
            else:
                domain = match[0].rpartition("@")[2].lower()
                named = re.search(r"[._]", match[0].partition("@")[0]) is not None
                wanted = (private or named or "privat" in around.lower()) and domain not in known.domains
                wanted = wanted and not says("never", "mail", match[0])
            if wanted:
                place = Span(index, span.start + match.start(), span.start + match.end())
                yield _mark(place, f"person.{of}", of, "", 70)


def _is_contact(around: str) -> bool:
    return says("never", "bid_contact", around)


def _mark(span: Span, rule: str, why: str, label: str, weight: int) -> Mark:
    category = next(each.category for each in finder_rules() if each.id == rule)
    return Mark(span, category, rule, why, label, f"{category}/{why}", weight)
