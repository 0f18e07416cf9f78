"""Prices per hour and per unit: in price columns, beside price labels, and in sentences. Never totals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from app.core.document import BlockKind
from app.secrecy.finders.marks import Mark
from app.secrecy.finders.money import is_of_wages, is_other_money, is_own_price, sentence_around
from app.secrecy.finders.rules import FinderRule, finder_rules, first, says
from app.secrecy.finders.view import Entry, View
from app.secrecy.flow import Span

__all__ = ["prices"]

_AMOUNT = re.compile(
    r"^\s*(?:(?:sek|eur|usd|nok|dkk|gbp|kr|€|£|\$)\s*)?[-–]?\s*\d[\d\s.,'’]*\s*(?:%|procent|percent|:-|,-|kr\w*|sek|eur\w*|usd|nok|dkk|gbp|€|£|\$)?"
    r"(?:\s*(?:/|per|i|an)\s*[\w²³]+)?(?:\s+(?:exkl\w*|excl\w*|ex|i genomsnitt|on average|in average)\.?.*)?\s*$",
    re.IGNORECASE,
)
_CLAUSE = 300
_ENDS = re.compile(r"[.!?](?:\s|$)")
_SENTENCE = re.compile(r"[.!?]\s+(?=[A-ZÅÄÖ])")


def prices(view: View) -> Iterator[Mark]:
    """Marks of all prices that the bid is made of."""
    for entry in view.entries():
        rule = _priced(entry)
        if rule is not None and _AMOUNT.match(entry.text) and re.search(r"[1-9]", entry.text):
            label = entry.column or entry.row
            hourly = rule.category == "hourly-rate" or (
                not entry.sheet and says("column", "price", entry.row) and _hourly(entry.text)
            )
            category = "hourly-rate" if hourly else rule.category
            why = "hourly_column" if hourly else "price_column"
            group = f"price/{entry.table}/{entry.sheet}/{entry.column}/{category}"
            yield Mark(entry.span, category, rule.id, why, label, group, 60)
    for index, block in enumerate(view.document.blocks):
        if block.cells or block.kind is BlockKind.FURNITURE:
            continue
        heading = view.headings[index][-1] if view.headings[index] else ""
        yield from _in_sentences(index, block.text, heading)
        for rule in finder_rules("value", "price"):
            for match in rule.pattern.finditer(block.text):
                start, end = match.span("value" if match["value"] is not None else "value2")
                if not says("never", "price", _before(block.text, start)) and is_own_price(block.text, start, end, heading):
                    why = "hourly_text" if rule.category == "hourly-rate" else "price_text"
                    yield Mark(
                        Span(index, start, end), rule.category, rule.id, why, "", f"price/text/{index}/{rule.category}", 55
                    )


def _in_sentences(index: int, text: str, heading: str) -> Iterator[Mark]:
    """Amounts in a sentence that speaks of what something costs, and of no total and no other money."""
    starts = [0, *(match.end() for match in _SENTENCE.finditer(text))]
    for start, end in pairwise([*starts, len(text)]):
        sentence = text[start:end]
        if not says("never", "amount_cue", sentence) or any(says("never", of, sentence) for of in ("price", "money", "demand")):
            continue
        for rule in finder_rules("value", "amount"):
            for match in rule.pattern.finditer(sentence):
                place = Span(index, start + match.start("value"), start + match.end("value"))
                if not is_own_price(text, place.start, place.end, heading):
                    continue
                yield Mark(place, rule.category, rule.id, "price_text", "", f"price/text/{index}/{rule.category}", 50)


def _priced(entry: Entry) -> FinderRule | None:
    """The rule of the column, else of the row's label; none for totals, counts and money that is no price."""
    if says("never", "price", entry.column) or says("never", "price", entry.row):
        return None
    above = [entry.caption, entry.headings[-1] if entry.headings else "", entry.sheet or ""]
    wages = not any(says("value", "calculation", text) for text in (*entry.heads, entry.row, *above))
    if any(is_other_money(label, wages=wages) for label in (entry.column, entry.row)) or (wages and is_of_wages(entry.heads)):
        return None
    titles = [text for text in above[:2] if not _ENDS.search(text)]  # a sentence before the table speaks of itself
    if any(is_other_money(text, wages=wages) and first("column", "price", text) is None for text in titles):
        return None
    for label in (entry.column, entry.row):
        rule = first("column", "price", label)
        if rule is not None:
            return rule
    if not entry.heads or says("never", "measure", entry.column) or any(says("column", "price", head) for head in entry.heads):
        return None
    # Columns that name no price, as "day, evening, night" do: the line above the table, its chapter or its sheet may.
    return next((rule for text in above if not says("never", "price", text) and (rule := first("column", "price", text))), None)


def _hourly(text: str) -> bool:
    return re.search(r"(?:/|per|i|an)\s*(?:tim|h)", text, re.IGNORECASE) is not None


def _before(text: str, at: int) -> str:
    """The sentence as far as a position."""
    return text[max(sentence_around(text, at)[0], at - _CLAUSE) : at]
