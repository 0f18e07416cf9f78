"""Chapters of a bidder's own knowledge: methods, technical solutions, security, CVs. Never the buyer's words or a policy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.core.document import BlockKind, Flag
from app.secrecy.finders.marks import Mark
from app.secrecy.finders.rules import FinderRule, finder_rules, first, is_label, says
from app.secrecy.finders.view import View
from app.secrecy.flow import Span

__all__ = ["chapters", "is_about_a_person"]

_SUBJECTS = ("method", "technical", "security")
_SHORTEST = 40
_WORD = r"[A-ZÅÄÖ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäöéü]+)?"
_NAME = re.compile(rf"{_WORD}(?:\s+{_WORD}){{1,2}}")
_SUBJECT = re.compile(rf"{_WORD}\s+{_WORD}\s+(?:har|är|var|has|is|was)\s")


def chapters(view: View) -> Iterator[Mark]:
    """Marks of the paragraphs below such headings."""
    if is_about_a_person(view):
        yield from _career(view)
        return
    yield from _answers(view)
    if view.is_form:
        return
    for index, block in view.texts():
        if block.kind is BlockKind.COMMENT:
            continue
        told = says("value", "career", block.text) and (_people(view, index) or _SUBJECT.match(block.text) is not None)
        if (
            len(block.text) >= _SHORTEST
            and (told or (_people(view, index) and _is_career(block.text)))
            and view.headings[index]
            and not view.is_demand(block.text)
            and not says("never", "section", view.headings[index][-1])
        ):
            yield _mark(index, len(block.text), finder_rules("section", "people")[0], "cv", view.headings[index][-1], 45)
            continue
        found = _chapter(view.headings[index])
        if view.is_demand(block.text):
            continue
        if found is None:
            yield from _know_how(view, index)
            continue
        rule, heading, of = found
        if rule.of == "cv":
            if len(block.text) >= 15:
                yield _mark(index, len(block.text), rule, "cv", heading, 40)
        elif len(block.text) >= _SHORTEST:
            yield _mark(index, len(block.text), rule, of, heading, 40)


def _know_how(view: View, index: int) -> Iterator[Mark]:
    """A paragraph that gives its own measures, limits or parts away, whatever its heading says."""
    headings, text = view.headings[index], view.document.blocks[index].text
    if says("never", "know_how", text):
        return
    if not headings or len(text) < 2 * _SHORTEST or any(says("never", "section", heading) for heading in headings):
        return
    if any(first("section", of, heading) for heading in headings for of in ("reference", "customers", "subcontractors")):
        return
    for of in ("engineering", "know_how"):
        rule = finder_rules("value", of)[0]
        if len({match[0].lower() for match in rule.pattern.finditer(text)}) >= 2:
            why = "technical" if of == "engineering" else "method"
            yield _mark(index, len(text), rule, why, headings[-1], 30)
            return


def _people(view: View, index: int) -> bool:
    """Below a heading about the people offered, or one that is a person's name."""
    headings = view.headings[index]
    return any(first("section", "people", heading) for heading in headings) or bool(headings and _NAME.fullmatch(headings[-1]))


def _answers(view: View) -> Iterator[Mark]:
    """What the bidder answers in a column of its own, when it is more than yes or a reference to an annex."""
    for entry in view.entries():
        rule = first("column", "answer", entry.column)
        if rule is None or len(entry.text) < 2 * _SHORTEST or view.is_demand(entry.text) or says("never", "section", entry.row):
            continue
        yield Mark(entry.span, rule.category, rule.id, "answer", entry.column, "answers", 35)


def is_about_a_person(view: View) -> bool:
    """The document is a CV: its name, title or first heading says so."""
    return any(first("section", "cv", title) for title in view.titles)


def _chapter(headings: tuple[str, ...]) -> tuple[FinderRule, str, str] | None:
    """The innermost heading that decides, and what it is about."""
    for heading in reversed(headings):
        if says("never", "section", heading):
            return None
        for of in ("cv", *_SUBJECTS):
            rule = first("section", of, heading)
            if rule is not None:
                return rule, heading, of
    return None


def _career(view: View) -> Iterator[Mark]:
    """What a CV tells: everything below its headings but short facts that say nothing."""
    tables: set[int | None] = set()
    for index, block in enumerate(view.document.blocks):
        if block.kind in (BlockKind.FURNITURE, BlockKind.COMMENT) or view.is_heading(block):
            continue
        heading = view.headings[index][-1] if view.headings[index] else ""
        rule = next(rule for rule in (first("section", "cv", title) for title in view.titles) if rule is not None)
        if block.cells:
            head = Flag.HEADER_ROW in block.flags or block.table not in tables
            tables.add(block.table)
            if not head and len(block.text) >= 25:
                yield _mark(index, len(block.text), rule, "cv", heading, 40)
        elif (
            len(block.text) >= 25
            and len(view.headings[index]) > 0
            and (not _is_head(view, index) or _is_career(block.text))
            and not is_label(block.text.partition(":")[0])
        ):
            yield _mark(index, len(block.text), rule, "cv", heading, 40)


def _is_career(text: str) -> bool:
    """A line of a CV: the years and what was done in them."""
    return any(rule.pattern.match(text) for rule in finder_rules("value", "career_line"))


def _is_head(view: View, index: int) -> bool:
    """Name and role stand below the title, before the first chapter."""
    titles = sum(1 for block in view.document.blocks[:index] if view.is_heading(block))
    return titles <= 1


def _mark(index: int, length: int, rule: FinderRule, why: str, heading: str, weight: int) -> Mark:
    return Mark(
        Span(index, 0, length),
        rule.category,
        rule.id,
        f"{why}_section",
        heading,
        "cv" if rule.of == "cv" else f"{rule.of}/{heading}",
        weight,
    )
