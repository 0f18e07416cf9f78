"""A customer that a sentence names, and whom to ask there: by title, name and telephone or mail, in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.secrecy.finders.marks import Mark
from app.secrecy.finders.money import sentence_around
from app.secrecy.finders.names import COMPANY, NAME, WORD
from app.secrecy.finders.parties import MAIL, PHONE
from app.secrecy.finders.rules import finder_rules, says
from app.secrecy.finders.view import View
from app.secrecy.flow import Span

__all__ = ["mentions"]

_TAIL = re.compile(r"\s+([a-zåäö]+)(?!\w)")
_FULL_NAME = rf"{WORD}(?:\s+(?:von|af|de|van))?(?:\s+{WORD}){{1,2}}"
_BY = (
    r"(?:nås |reached |available )?(?:på|via|at|on|by|genom)?\s*"
    r"(?:(?:tele)?fon|tel\.?|mobil|phone|mobile|e-?post|e-?mail|mejl)?\.?:?\s*"
)
_REACHED = re.compile(
    rf"(?P<name>{_FULL_NAME})(?:\s*\([^)\d]{{2,40}}\)|,\s+[^,.;@\d]{{2,40}}?)?\s*[,(–-]?\s*{_BY}"
    rf"(?:{MAIL.pattern}|{PHONE.pattern})\)?(?:\s*(?:,|eller|och|or|and)\s*{_BY}(?:{MAIL.pattern}|{PHONE.pattern}))?"
)


def mentions(view: View) -> Iterator[Mark]:
    """Marks of customers that are named one by one, and of the people to ask there."""
    told: tuple[str, ...] | None = None
    for index, block in view.texts():
        text = block.text
        found = list(_customers(view, index, text))
        yield from found
        headings = view.headings[index]
        near = bool(found) or (told is not None and told == headings)
        if not headings or not says("never", "bidder_facts", headings[-1]):
            yield from _people(index, text, near)
        told = headings if found else None


def _customers(view: View, index: int, text: str) -> Iterator[Mark]:
    for rule in finder_rules("value", "customer_named"):
        for cue in rule.pattern.finditer(text):
            begin, end = sentence_around(text, cue.start())
            if view.is_demand(text[begin:end]):
                continue
            span = _name_at(text, cue.end(), certain=rule.id == "customer.named")
            if span is not None and not says("never", "buyer", text[span[0] : span[1]]):
                yield _mark(index, *span, rule.id)
    for rule in finder_rules("value", "customer_named_after"):
        for cue in rule.pattern.finditer(text):
            begin, _ = sentence_around(text, cue.start())
            names = list(COMPANY.finditer(text, begin, cue.start()))
            if names and cue.start() - names[-1].end() <= 12 and not view.is_demand(text[begin : cue.end()]):
                yield _mark(index, names[-1].start(), names[-1].end(), rule.id)


def _name_at(text: str, at: int, *, certain: bool) -> tuple[int, int] | None:
    """The name that begins there. Where the words before do not speak of a customer, only what is a company or a public body."""
    at += len(re.match(r"\s*,?\s*\(?(?:the\s+)?", text[at:], re.IGNORECASE)[0])  # type: ignore[index]
    company = COMPANY.match(text, at)
    if company is not None:
        return company.span()
    name = NAME.match(text, at)
    if name is None:
        return None
    tail = _TAIL.match(text, name.end())
    if tail is not None and " " not in name[0] and name[0].endswith("s") and not says("value", "public_body", tail[1]):
        return None  # "Sveriges största": whose it is, not who
    public = tail is not None and says("value", "public_body", tail[1])
    end = tail.end() if public and tail is not None else name.end()
    return (at, end) if certain or public or re.match(r"Region\s", name[0]) else None


def _people(index: int, text: str, near: bool) -> Iterator[Mark]:
    """Whoever can be reached where a customer or a reference is spoken of, and is neither the bidder's nor the buyer's."""
    for match in _REACHED.finditer(text):
        begin, end = sentence_around(text, match.start())
        if not near and not says("value", "reference_talk", text[begin:end]):
            continue
        if _is_of_a_customer(text[begin : match.start()], text[match.end() : end]):
            yield _mark(index, *match.span(), "reference.contact", 92)
    for rule in finder_rules("value", "contact_named"):
        for cue in rule.pattern.finditer(text):
            begin, end = sentence_around(text, cue.start())
            name = re.compile(rf"\s+(?:[a-zåäö-]+\s+){{0,2}}({_FULL_NAME})").match(text, cue.end())
            if name is None or not (near or says("value", "reference_talk", text[begin:end])):
                continue
            if _is_of_a_customer(text[begin : cue.start()], text[name.end() : end]) and not says("never", "buyer", cue[0]):
                start, end = name.span(1)
                yield _mark(index, start, end - (text[end - 1] in ".,"), "reference.contact", 91)


def _is_of_a_customer(before: str, after: str) -> bool:
    around = f"{before} {after[:60]}"
    if says("never", "bid_contact", around) or says("never", "buyer", around):
        return False
    return not says("never", "own_person", " ".join(before.split()[-3:]))


def _mark(index: int, start: int, end: int, rule: str, weight: int = 61) -> Mark:
    contact = rule == "reference.contact"
    why = "reference_contact" if contact else "customer"
    category = "reference-contact" if contact else "customer"
    return Mark(Span(index, start, end), category, rule, why, "", "reference-contacts" if contact else "customers", weight)
