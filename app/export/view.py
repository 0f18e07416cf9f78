"""What every exported document shows of a checklist, in its words and order, before any format dresses it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from app.core.checklist import Checklist, ChecklistItem, DocumentSummary
from app.core.document import AnswerType, Finding
from app.core.points import Fact, PointKind, Source
from app.export.places import Places
from app.export.plain import legal, one_line, ranges
from app.export.words import Words
from app.export.work import NO_WORK, Progress, Work

__all__ = ["KINDS", "Describe", "FactRow", "Group", "View"]

Describe = Callable[[Finding], str]

KINDS = tuple(PointKind)
"""The kinds in the order of the supplier's work."""
_CHOSEN = ("tender_deadline", "question_deadline", "valid_until", "name", "buyer", "reference")
"""Facts that every tender has or ought to have, deadlines first: told even when they were not found."""
_TIMES = frozenset({"tender_deadline", "question_deadline", "valid_until", "answers_by", "validity_period", "award_planned"})

_OF_PAGES = frozenset({"page.unreadable", "page.no_text"})


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact of the tender. `value` is empty when the documents do not tell it. `time` marks what the calendar needs."""

    label: str
    value: str
    source: Source | None
    time: bool
    found: bool = True


@dataclass(frozen=True, slots=True)
class Group:
    """Items that follow each other under one heading of one document."""

    headings: tuple[str, ...]
    items: tuple[ChecklistItem, ...]


class View:
    """A checklist as a reader sees it, in one language."""

    def __init__(self, checklist: Checklist, words: Words, describe: Describe, work: Work = NO_WORK) -> None:
        self.checklist = checklist
        self.words = words
        self.places = Places(checklist, words)
        self.progress = Progress(work, words)
        self._findings = describe
        self.tender_items = tuple(item for item in checklist.items if item.kind is not PointKind.CONTRACT)
        self.contract_items = tuple(item for item in checklist.items if item.kind is PointKind.CONTRACT)

    @property
    def name(self) -> str:
        """The tender's name, or words for having none."""
        return one_line(self.checklist.tender.name or "") or self.words("unknown_tender")

    @property
    def title(self) -> str:
        """The exported document's title."""
        name = one_line(self.checklist.tender.name or "")
        return self.words("title_of", name=name) if name else self.words("title")

    def describe(self, finding: Finding) -> str:
        """A finding in words."""
        return legal(self._findings(finding))

    def kind(self, item: ChecklistItem) -> str:
        """The item's kind in a word."""
        return self.words.of("kinds", item.kind.value)

    def must(self, item: ChecklistItem) -> str:
        """Ska or Bör. A time that nobody is excluded for, and a duty of the contract, is neither."""
        if item.kind is PointKind.CONTRACT or (item.kind is PointKind.DEADLINE and not item.must):
            return ""
        return self.words.of("must", "yes" if item.must else "no")

    def answer(self, item: ChecklistItem) -> str:
        """The type of answer, with the choices where there are some."""
        word = self.words.of("answers", item.answer.type.value)
        options = [one_line(option) for option in item.answer.options if option.strip()]
        if options and item.answer.type is not AnswerType.YES_NO:
            return self.words("options", type=word, options=" / ".join(options)) if word else " / ".join(options)
        return word

    def answer_line(self, item: ChecklistItem) -> str:
        """Everything known of the answer on one line: Ja/nej · Ja krävs · begränsning: 2 sidor."""
        parts = [self.answer(item)]
        if item.answer.required:
            parts.append(self.words("required", answer=one_line(item.answer.required)))
        if limit := self.limit(item):
            parts.append(self.words("limit", limit=limit))
        return " · ".join(part for part in parts if part)

    def limit(self, item: ChecklistItem) -> str:
        """How long the answer may be; the cap of a form field, which is a bare number, with its unit."""
        parts = (part.strip() for part in one_line(item.answer.limit or "").split(";"))
        return "; ".join(self.words("characters", count=part) if part.isdigit() else part for part in parts if part)

    def path(self, headings: Iterable[str]) -> str:
        """The heading path on one line."""
        return " › ".join(text for heading in headings if (text := one_line(heading)))

    def facts(self) -> Iterator[FactRow]:
        """The chosen facts with their sources, deadlines first; then what else the documents tell, also where they disagree."""
        tender = self.checklist.tender
        told: set[tuple[str, str]] = set()
        for name in _CHOSEN:
            value = getattr(tender, name) or self._in_words(name)
            yield self._fact(name, value)
            told.add((name, value or ""))
        for lot in tender.lots:
            yield self._fact("lot", lot)
            told.add(("lot", lot))
        for fact in sorted(tender.facts, key=lambda fact: fact.name not in _TIMES):
            if (fact.name, fact.value) in told:
                continue
            told.add((fact.name, fact.value))
            label = self.words.of("facts", fact.name)
            if getattr(tender, fact.name, None):
                label = self.words("other_mention", label=label)
            yield FactRow(label, _value(fact.value), fact.source, fact.name in _TIMES)

    def _in_words(self, name: str) -> str | None:
        """A day that is only told in words that cannot be counted: "ten working days before the last tender day"."""
        best = max((fact for fact in self.checklist.tender.facts if fact.name == name), key=_weight, default=None)
        return best.value if best is not None else None

    def _fact(self, name: str, value: str | None) -> FactRow:
        label, time = self.words.of("facts", name), name in _TIMES
        if not value:
            return FactRow(label, self.words("not_found"), None, time, found=False)
        facts = [fact for fact in self.checklist.tender.facts if fact.name == name]
        # A day that was counted has no source that says it; the words it was counted from are the next best.
        best = max((fact for fact in facts if fact.value == value), key=_weight, default=max(facts, key=_weight, default=None))
        return FactRow(label, _value(value), best.source if best else None, time)

    def deadline(self) -> str:
        """When the tender is due, in words, or empty."""
        return _value(self.checklist.tender.tender_deadline or "")

    def counts(self) -> Iterator[tuple[PointKind, int, int]]:
        """For each kind how many there are, and how many of them are mandatory."""
        for kind in KINDS:
            items = [item for item in self.checklist.items if item.kind is kind]
            yield kind, len(items), sum(item.must for item in items)

    def summary(self) -> str:
        """The counts in a sentence; how far the work has come in a second one, when there is any."""
        must = sum(item.must for item in self.tender_items)
        counts = self.words("summary_line", tender=len(self.tender_items), must=must, contract=len(self.contract_items))
        return " ".join(part for part in (counts, self.progress.summary(self.tender_items)) if part)

    def documents_of(self, items: Iterable[ChecklistItem]) -> Iterator[tuple[str, tuple[Group, ...]]]:
        """Items by document, in the order of the package, and by heading path where it changes."""
        by_document: dict[str, list[ChecklistItem]] = {document.id: [] for document in self.checklist.documents}
        for item in items:
            by_document.setdefault(item.source.document, []).append(item)
        for found in by_document.values():
            if found:
                groups = (Group(path, tuple(run)) for path, run in groupby(found, key=lambda item: item.headings))
                yield self.places.document(found[0].source), tuple(groups)

    def problems(self) -> Iterator[str]:
        """What must be read by hand, document by document: files and pages that were not read, and what readers warn of."""
        for document in self.checklist.documents:
            if document.error is not None:
                yield self.describe(document.error)
            if document.unreadable_pages:
                key = "unreadable_one" if len(set(document.unreadable_pages)) == 1 else "unreadable"
                yield self.words(key, file=one_line(document.name), pages=ranges(document.unreadable_pages))
            for warning in self.warnings(document):
                yield self.describe(warning)

    @staticmethod
    def warnings(document: DocumentSummary) -> tuple[Finding, ...]:
        """What readers warn of, without what the list of unreadable pages says already."""
        told = _OF_PAGES if document.unreadable_pages else frozenset()
        return tuple(warning for warning in document.warnings if warning.code not in told)

    def unassigned_count(self) -> int:
        """How many lines no rule took."""
        return sum(document.lines.unassigned for document in self.checklist.documents)


def _weight(fact: Fact) -> int:
    return fact.weight


def _value(value: str) -> str:
    """A fact's value for reading: the day and the time apart."""
    text = one_line(value)
    if len(text) >= 16 and text[:4].isdigit() and text[10] == "T":
        return f"{text[:10]} {text[11:]}"
    return text
