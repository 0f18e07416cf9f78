"""Facts of the procurement that a document states: names, numbers, days, lots and how the tender is to look."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from app.core.document import Block, BlockKind, Document, Flag
from app.core.points import Fact, Source
from app.extraction import kept
from app.extraction.facts.binding import is_no_term
from app.extraction.facts.buyers import is_another
from app.extraction.facts.changes import is_gone
from app.extraction.facts.lists import word
from app.extraction.facts.organisations import is_party, number_in_front, organisation_after, organisation_before
from app.extraction.facts.titles import titles
from app.extraction.facts.values import NUMBER_BEFORE, Found, Page, spans_of_lines
from app.extraction.facts.years import with_years
from app.extraction.hints import hints_of
from app.extraction.rules import Rule, fold, rules
from app.extraction.sections import ChapterKind, Outline

__all__ = ["find_facts"]

_TITLE_BLOCKS = 40  # without pages: where a title page would be
_COPULA = kept.pattern(r"\s(?:är|is)$")
_DIGIT = kept.pattern(r"\d")
_FIGURES = frozenset(["date", "changed", "reference"])
_TIMES = frozenset(["date", "changed", "period"])
_ARTICLE = kept.pattern(r"the (?=\w+ \w+ \w+)", re.IGNORECASE)
_NO_FACTS = frozenset([Flag.CONTENTS, Flag.STRUCK])
_SHORT = 90  # characters: a text this short may be a label whose value stands in the next block
_MOST_OF_A_KIND = 60
_LABEL, _TITLE_PAGE, _CONTRACT, _FURNITURE, _PRECISE, _LOOSE = 8, 12, -35, -12, 3, -30
_NEAR = 50  # characters before a number that say whose it is
_OTHERS = -45  # the number of the framework agreement that a call-off is made under
_LISTED = -65  # in a table further on, "Beställare" is who bought something else: a column of reference projects
_BOUGHT_ELSEWHERE = ("beställar", "byggherr", "uppdragsgivar", "köpar", "client", "buyer", "purchaser", "agency")
_CHANGED = 130  # a time that is announced as new: more than any number of documents that print the old one
_SINGLE = frozenset(["name", "buyer"])
_RELATIVE = frozenset(["question_deadline", "answers_by"])  # "six days before the last tender day" says enough for these


def find_facts(document: Document, outline: Outline) -> list[Fact]:
    """Facts in reading order, each with its source and how much it weighs against others of its name."""
    page = Page(document)
    found: list[Fact] = []
    counts: dict[str, int] = {}
    seen_furniture: set[str] = set()
    all_rules = rules("facts")
    for index, block in enumerate(document.blocks):
        text = block.text
        if not text or not _NO_FACTS.isdisjoint(block.flags):
            continue
        if block.kind is BlockKind.FURNITURE:
            if text in seen_furniture:
                continue
            seen_furniture.add(text)
        short = len(text) < _SHORT
        folded = fold(text)
        for number in hints_of("facts").wanted(text):
            rule = all_rules[number]
            name = rule.fields["fact"]
            if counts.get(name, 0) >= _MOST_OF_A_KIND or not (short or _may_hold(rule, text)):
                continue
            for fact in _apply(rule, page, outline, document, index, block, folded):
                found.append(fact)
                counts[name] = counts.get(name, 0) + 1
                if name == "published" and page.published is None:
                    page.published = _day(fact.value)
    found.extend(titles(document, annex=outline.default is ChapterKind.CONTRACT))
    return _distinct(with_years(found))


def _may_hold(rule: Rule, text: str) -> bool:
    """Whether a text that is no label by itself holds the figures that the rule's value consists of."""
    return rule.fields["value"] not in _FIGURES or _DIGIT.search(text) is not None


def _apply(rule: Rule, page: Page, outline: Outline, document: Document, index: int, block: Block, folded: str) -> Iterator[Fact]:
    timed = rule.fields["value"] in _TIMES
    for match in _matches(rule, page, index, folded):
        if timed and is_gone(match.start(), page.changes.gone(index)):
            continue
        at_label = _starts_line(block, match.start())
        found = _value(rule, page, index, match)
        if isinstance(found, tuple):
            found, case = found
            if case is not None:
                yield Fact("reference", case.value, Source(document.id, case.quote, case.place), rule.fields["weight"])
        if found is None or not _sensible(rule, found):
            continue
        if timed and is_no_term(rule.fields["fact"], block.text, match.start(), found.quote):
            continue
        if timed and (rule.fields["value"] == "changed" or page.changes.announces(index, match.start())):
            yield Fact(rule.fields["fact"], found.value, Source(document.id, found.quote, found.place), _CHANGED)
            return
        name, weight = rule.fields["fact"], rule.fields["weight"]
        weight += _LABEL if at_label else 0
        weight += _PRECISE if found.precise else 0
        weight += _TITLE_PAGE if _on_title_page(index, block) else 0
        weight += _LOOSE if rule.fields["value"] == "name" and _loose(block, match.end()) else 0
        weight += _OTHERS if name == "reference" and _is_of_framework(block.text, match.start()) else 0
        weight += _LISTED if name == "buyer" and block.cells and _may_be_another(index, block, match) else 0
        weight += _FURNITURE if block.kind is BlockKind.FURNITURE else 0
        # A title page may speak of the contract that is procured; that does not make its facts those of a contract draft.
        if outline.kind(index) is ChapterKind.CONTRACT and (
            outline.default is ChapterKind.CONTRACT or not _on_title_page(index, block)
        ):
            weight += _CONTRACT
        yield Fact(rule.fields["fact"], found.value, Source(document.id, found.quote, found.place), weight)
        return


def _matches(rule: Rule, page: Page, index: int, folded: str) -> Iterator[re.Match[str]]:
    """Where the rule takes the text; a label only at the start of a line or cell, a number before it apart.

    The matches tell places: most are of the folded text, which is searched in half the time.
    """
    pattern, text = (rule.folded, folded) if rule.folds else (rule.pattern, page.blocks[index].text)
    if not rule.fields.get("label"):
        yield from pattern.finditer(text)
        return
    for start in page.label_starts(index):
        if (match := pattern.match(text, start)) is not None:
            yield match


def _value(rule: Rule, page: Page, index: int, match: re.Match[str]) -> Found | tuple[Found | None, Found | None] | None:
    kind = rule.fields["value"]
    start, end = match.span()
    block = page.blocks[index]
    if kind in ("date", "changed"):
        return page.date(index, start, end, relative=rule.fields["fact"] in _RELATIVE)
    if kind == "period":
        return page.period(index, start, end)
    if kind == "reference":
        return page.reference(index, start, end)
    if kind == "name":
        if not _labels_value(block, start, end):
            return None
        found, case = page.name(index, start, end, several=rule.fields["fact"] == "name")
        value = _tidy(found.value) if found is not None else None
        if value and rule.fields["fact"] == "name":
            number, value = number_in_front(value)
            if number is not None and case is None and found is not None:
                case = replace(found, value=number)
        return replace(found, value=value) if found is not None and value else None, case
    if kind == "sentence":
        return page.sentence(index, start) if block.kind is not BlockKind.HEADING else None
    if kind == "says":
        return Found(rule.fields["says"], block.text[start:end], block.place_of(start, end))
    if kind in ("before", "after"):
        spot = organisation_before(block.text, start) if kind == "before" else organisation_after(block.text, end)
        if spot is None or page.changes.asked(index, start) or (kind == "before" and is_another(block.text, spot, (start, end))):
            return None
        return Found(block.text[slice(*spot)], block.text[slice(*spot)], block.place_of(*spot))
    named = [match.span(name) for name in ("value", "other") if name in match.re.groupindex]
    value = next((block.text[first:last] for first, last in named if last > first), block.text[start:end])
    return Found(" ".join(value.split()), block.text[start:end], block.place_of(start, end))


def _labels_value(block: Block, start: int, end: int) -> bool:
    """Whether the words stand as a label: alone on their line, or before a colon, or before a short rest of their block."""
    if block.cells:
        return True
    line_end = next((stop for begin, stop in spans_of_lines(block) if begin <= start < stop), len(block.text))
    rest = block.text[end:line_end].strip()
    if not rest or rest.startswith((":", "–", "- ")):
        return True
    says_so = _COPULA.search(block.text, start, end) is not None
    return start == 0 and len(block.text) < 110 and (says_so or not rest.endswith(".")) and rest[0].isupper()


def _loose(block: Block, end: int) -> bool:
    """Whether the name follows its label on the same line with nothing between, as in "Upphandling Växtskötsel"."""
    return not block.cells and re.match(r"[ ]+[^\s:–-]", block.text[end:]) is not None and len(block.lines) < 2


def _sensible(rule: Rule, found: Found) -> bool:
    name, value = rule.fields["fact"], found.value
    if name in _SINGLE:
        return (
            2 < len(value) <= 140
            and any(letter.isalpha() for letter in value)
            and not value.startswith("[")
            and word("not_names").match(value) is None
            and not is_party(value)
        )
    if rule.fields["value"] in ("date", "changed") and name not in _RELATIVE:
        return _day(value) is not None
    return True


def _tidy(value: str) -> str:
    """A name without its quotation marks, its number of registration and the sentence that goes on after it."""
    value = re.split(
        r"\s*[,;(]?\s*\b(?:org\.?\s?nr|organisationsnummer|nedan|\d{6}-\d{4})", value, maxsplit=1, flags=re.IGNORECASE
    )[0]
    value = re.sub(r"\s*\([“”\"'][^)]*\)?$", "", value)
    value = _ARTICLE.sub("", word("verbs").split(value, maxsplit=1)[0])
    return " ".join(value.split()).strip(" ,;:.–-(\"”“'")


def _may_be_another(index: int, block: Block, match: re.Match[str]) -> bool:
    """Whether a label further on in a table may name who bought something else."""
    told = block.text[match.start() : match.end()].lower()
    return not _on_title_page(index, block) and told.startswith(_BOUGHT_ELSEWHERE)


def _is_of_framework(text: str, start: int) -> bool:
    """Whether a number is introduced as that of a framework agreement."""
    return word("frameworks").search(text, max(0, start - _NEAR), start) is not None


def _starts_line(block: Block, start: int) -> bool:
    text = block.text
    if start == 0 or text[start - 1] == "\t" or NUMBER_BEFORE.fullmatch(text, 0, start):
        return True
    return any(begin == start for begin, _ in spans_of_lines(block))


def _on_title_page(index: int, block: Block) -> bool:
    return block.place.page == 1 if block.place.page is not None else index < _TITLE_BLOCKS


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def _distinct(facts: list[Fact]) -> list[Fact]:
    """One fact per name and value: the heaviest, at the place where it first weighs that much."""
    best: dict[tuple[str, str], Fact] = {}
    for fact in facts:
        key = (fact.name, fact.value.casefold())
        if key not in best or fact.weight > best[key].weight:
            best[key] = fact
    kept = {id(fact) for fact in best.values()}
    return [fact for fact in facts if id(fact) in kept]
