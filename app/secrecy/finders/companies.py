"""Other companies and their people: references and whom to ask there, customers, subcontractors."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.core.document import BlockKind
from app.secrecy.finders.marks import Mark
from app.secrecy.finders.names import COMPANY, NAME, WORD
from app.secrecy.finders.parties import MAIL, PHONE
from app.secrecy.finders.rules import FinderRule, first, says
from app.secrecy.finders.view import Entry, View
from app.secrecy.flow import Span

__all__ = ["companies"]

_PERSON = re.compile(
    rf"{WORD}\s+{WORD}(?:\s+{WORD})?(?:,\s+[^,.;@\d]{{2,40}}){{0,2}},\s+(?:(?:tel(?:efon)?|phone|mobil)\.?:?\s+)?"
    rf"(?:{MAIL.pattern}|{PHONE.pattern})(?:,\s+(?:{MAIL.pattern}))?"
)


def companies(view: View) -> Iterator[Mark]:
    """Marks of references, customers and subcontractors."""
    for entry in view.entries():
        yield from _in_entry(view, entry)
    for index, block in view.texts():
        yield from _subcontractors(view, index, block.text)
        yield from _customers(view, index, block.text)
        yield from _told(view, index, block.text)


def _in_entry(view: View, entry: Entry) -> Iterator[Mark]:
    label = entry.column or entry.row
    labels = [each for each in (entry.column, entry.row) if each]
    rule = next((found for each in labels if (found := first("column", "subcontractor", each))), None)
    if rule is None and _below(entry.headings, "subcontractors") and entry.table is not None:
        rule = first("section", "subcontractors", entry.headings[-1]) if COMPANY.fullmatch(entry.text.strip()) else None
    if rule is not None and re.search(r"[A-ZÅÄÖ]", entry.text) and len(entry.text) > 3:
        if _is_name(entry):
            yield Mark(entry.span, rule.category, rule.id, "subcontractor", label, "subcontractors", 65)
        return
    listed = first("column", "customer", entry.column) if entry.table is not None and entry.column else None
    if listed is not None and NAME.search(entry.text) and not says("never", "buyer", entry.text):
        yield Mark(entry.span, listed.category, listed.id, "customer", label, "customers/customer", 62)
        return
    told = entry.span.block in view.reference_lines or _below(entry.headings, "reference") or _lists_references(entry.heads)
    if not told and not any(first("section", "reference", title) for title in view.titles):
        return
    around = " ".join(labels)
    contact = next((found for each in labels if (found := first("column", "reference_contact", each))), None)
    if contact is not None and not says("never", "buyer", around) and not says("never", "bid_contact", around):
        yield Mark(entry.span, contact.category, contact.id, "reference_contact", label, "reference-contacts", 95)
        return
    for of, why in (("customer", "customer"), ("reference_value", "reference_value")):
        found = next((rule for each in labels if (rule := first("column", of, each))), None)
        if found is not None:
            yield Mark(entry.span, found.category, found.id, why, label, f"{found.category}s/{why}", 62)
            return


def _lists_references(heads: tuple[str, ...]) -> bool:
    """A table of customers with whom to ask there."""
    return all(any(first("column", of, head) for head in heads) for of in ("customer", "reference_contact"))


def _is_name(entry: Entry) -> bool:
    """A name, not the number or the part of the work beside it."""
    return not re.fullmatch(r"[\d\s-]+", entry.text) and (
        first("column", "subcontractor", entry.column) is not None or bool(COMPANY.search(entry.text))
    )


def _below(headings: tuple[str, ...], of: str) -> FinderRule | None:
    if headings and says("never", "section", headings[-1]):
        return None
    return next((rule for heading in reversed(headings) if (rule := first("section", of, heading))), None)


def _subcontractors(view: View, index: int, text: str) -> Iterator[Mark]:
    below = _below(view.headings[index], "subcontractors")
    for start, sentence in _sentences(text):
        if says("never", "subcontractors", sentence) or view.is_demand(sentence):
            continue
        if below is None and not says("value", "subcontractors", sentence):
            continue
        for match in COMPANY.finditer(sentence):
            name = match[0]
            first_letter = match.start() + _lead(name)
            yield Mark(
                Span(index, start + first_letter, start + match.end()),
                "subcontractor",
                "subcontractor.text",
                "subcontractor",
                "",
                "subcontractors",
                65,
            )


def _customers(view: View, index: int, text: str) -> Iterator[Mark]:
    """Names in a sentence that says whose they are."""
    below = _below(view.headings[index], "customers")
    for start, sentence in _sentences(text):
        rule = first("value", "customers", sentence)
        if view.is_demand(sentence) or (rule is None and below is None):
            continue
        begin = 0
        if rule is not None:
            matched = list(rule.pattern.finditer(sentence))
            begin = matched[-1].end()
            if below is None and not re.search(r"kund|customer|client|uppdragsgivare", sentence, re.IGNORECASE):
                names = list(COMPANY.finditer(sentence, begin))
                for match in names:
                    yield _customer(index, start + match.start() + _lead(match[0]), start + match.end())
                continue
        for match in re.finditer(r"[^,;]+?(?=\s*(?:,|;|\soch\s|\sand\s|\ssamt\s|[.]?$))", sentence[begin:]):
            piece = re.sub(r"^\s*(?:och|and|samt)\s+", "", match[0])
            name = NAME.search(piece)
            if name is not None and (" " in name[0] or COMPANY.fullmatch(name[0])) and name.start() <= 6:
                offset = start + begin + match.end() - len(piece)
                yield _customer(index, offset + name.start(), offset + name.end())


def _customer(index: int, start: int, end: int) -> Mark:
    return Mark(Span(index, start, end), "customer", "customer.text", "customer", "", "customers", 60)


def _told(view: View, index: int, text: str) -> Iterator[Mark]:
    """What is told of a reference below its heading, and whom to ask in a sentence."""
    headings = view.headings[index]
    below = _below(headings, "reference")
    titled = len(headings) == 1 and headings[0] in view.titles and first("section", "reference", view.document.name) is not None
    if below is None and not titled:
        return
    rule = below or next(found for title in view.titles if (found := first("section", "reference", title)))
    block = view.document.blocks[index]
    if block.kind in (BlockKind.COMMENT, BlockKind.FOOTNOTE) or view.is_demand(text) or not headings:
        return
    if says("never", "buyer", text) or says("never", "bid_contact", text):
        return
    if len(text) >= 40 and "sekretess" not in text.lower() and "confidential" not in text.lower():
        yield Mark(Span(index, 0, len(text)), rule.category, rule.id, "reference_section", headings[-1], "references", 40)
    for match in (*_PERSON.finditer(text), *MAIL.finditer(text), *PHONE.finditer(text)):
        weight = 90 if match.re is _PERSON else 75
        yield Mark(
            Span(index, *match.span()),
            "reference-contact",
            "reference.contact",
            "reference_contact",
            "",
            "reference-contacts",
            weight,
        )


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for match in re.finditer(r"(?<!\bför)(?<!\bek)[.!?]\s+(?=[A-ZÅÄÖ])", text):
        yield start, text[start : match.start() + 1]
        start = match.end()
    yield start, text[start:]


def _lead(name: str) -> int:
    """Words of the sentence that begin with a capital and are none of the name."""
    match = re.match(
        r"(?:Vi|We|The|Underleverantören|Underleverantör|Subcontractor|Lackering|Our|Av|Som|Företaget|Bolaget)\s+", name
    )
    return match.end() if match else 0
