"""The facts of a tender as the page shows them: the value that holds, where it stands, what else is said. No Qt here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from app.core.checklist import Tender
from app.core.points import Fact, Source
from app.core.work import DocumentRecord, TenderRecord
from app.gui.messages import tr

__all__ = ["GROUPS", "FactForm", "FactView", "Told", "fact_label", "facts_of", "form_of"]


class FactForm(Enum):
    """How a fact is shown and typed."""

    TEXT = "text"
    DAY = "day"
    MOMENT = "moment"  # a day, with or without its time
    LINES = "lines"  # several at once, each true in its place


GROUPS = (
    ("about", ("name", "buyer", "reference", "procedure", "lots")),
    ("times", ("tender_deadline", "question_deadline", "answers_by", "valid_until", "award_planned", "contract_start")),
    (
        "form",
        ("submission_way", "tender_language", "currency", "page_limit", "font_limit", "file_naming", "secrecy_instruction"),
    ),
)
"""What is shown, in order, under which heading."""

_ALWAYS = frozenset(("name", "buyer", "reference", "tender_deadline", "question_deadline", "valid_until"))
_FORMS = {
    "tender_deadline": FactForm.MOMENT,
    "question_deadline": FactForm.MOMENT,
    "answers_by": FactForm.MOMENT,
    "valid_until": FactForm.DAY,
    "award_planned": FactForm.DAY,
    "contract_start": FactForm.DAY,
    "lots": FactForm.LINES,
    "page_limit": FactForm.LINES,
    "font_limit": FactForm.LINES,
    "file_naming": FactForm.LINES,
    "secrecy_instruction": FactForm.LINES,
}
_STORED_AS = {"lots": "lot"}


@dataclass(frozen=True, slots=True)
class Told:
    """A value and where it stands. `document` is the document's name, empty where the source is not known."""

    value: str
    source: Source | None = None
    document: str = ""


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact as shown. `values` hold, `rivals` are said elsewhere and do not. `own` is set when the user has decided;
    `found` is then what the documents say, to go back to."""

    name: str
    form: FactForm
    values: tuple[Told, ...] = ()
    rivals: tuple[Told, ...] = ()
    own: bool = False
    found: str | None = None

    @property
    def text(self) -> str:
        """What stands in the field when it is edited."""
        return "\n".join(told.value for told in self.values)


def form_of(name: str) -> FactForm:
    """How a fact is shown."""
    return _FORMS.get(name, FactForm.TEXT)


def facts_of(record: TenderRecord, documents: Sequence[DocumentRecord]) -> tuple[FactView, ...]:
    """What there is to show of a tender; what was not found only where a bidder would miss it."""
    names = {document.summary.id: document.summary.name for document in documents}
    views = (_view(name, record, names) for _, group in GROUPS for name in group)
    return tuple(view for view in views if view.values or view.rivals or view.own or view.name in _ALWAYS)


def _view(name: str, record: TenderRecord, names: dict[str, str]) -> FactView:
    form = form_of(name)
    told = [
        Told(fact.value, fact.source, names.get(fact.source.document, ""))
        for fact in sorted(_facts(record.found, name), key=lambda fact: -fact.weight)
    ]
    edits = dict(record.edits)
    if form is FactForm.LINES:
        found_text = "\n".join(one.value for one in told) or None
        if name not in edits:
            return FactView(name, form, tuple(told))
        own = tuple(_sourced(line, told) for line in edits[name].splitlines() if line.strip())
        return FactView(name, form, own, (), own=True, found=found_text)
    found = getattr(record.found, name, None) if name in _FIELDS else (told[0].value if told else None)
    value = edits.get(name, found)
    values = (_sourced(value, told) if name in edits else _found(name, value, told, record.found, names),) if value else ()
    rivals = tuple(one for one in told if not _same(one.value, value) and (form is FactForm.TEXT or _is_moment(one.value)))
    return FactView(name, form, values, rivals, own=name in edits, found=found if isinstance(found, str) else None)


_FIELDS = frozenset(("name", "buyer", "reference", "tender_deadline", "question_deadline", "valid_until"))


def _facts(tender: Tender, name: str) -> Iterable[Fact]:
    wanted = _STORED_AS.get(name, name)
    return (fact for fact in tender.facts if fact.name == wanted)


def _sourced(value: str, told: Sequence[Told]) -> Told:
    """The user's value, with the place that says the same if there is one."""
    return next((one for one in told if _same(one.value, value)), Told(value))


def _found(name: str, value: str, told: Sequence[Told], tender: Tender, names: dict[str, str]) -> Told:
    """The value that was chosen, with its source: that which says it, or that which it was counted from."""
    for one in told:
        if _same(one.value, value):
            return Told(value, one.source, one.document)
    counted = [one for one in told if not _is_moment(one.value)]
    if name == "valid_until":
        counted += [Told(f.value, f.source, names.get(f.source.document, "")) for f in _facts(tender, "validity_period")]
    return Told(value, counted[0].source, counted[0].document) if counted else Told(value)


def _same(one: str, other: str | None) -> bool:
    """Equal, or the same day of which one says the time as well."""
    if other is None:
        return False
    if one.casefold() == other.casefold():
        return True
    days = sorted((one, other), key=len)
    return len(days[0]) == len("2026-12-04") and _is_moment(days[0]) and days[1].startswith(days[0] + "T")


def _is_moment(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def fact_label(name: str) -> str:
    """What a fact is called."""
    return {
        "name": tr("underlag.fact_name"),
        "buyer": tr("underlag.fact_buyer"),
        "reference": tr("underlag.fact_reference"),
        "procedure": tr("underlag.fact_procedure"),
        "lots": tr("underlag.fact_lots"),
        "tender_deadline": tr("underlag.fact_tender_deadline"),
        "question_deadline": tr("underlag.fact_question_deadline"),
        "answers_by": tr("underlag.fact_answers_by"),
        "valid_until": tr("underlag.fact_valid_until"),
        "award_planned": tr("underlag.fact_award_planned"),
        "contract_start": tr("underlag.fact_contract_start"),
        "submission_way": tr("underlag.fact_submission_way"),
        "tender_language": tr("underlag.fact_tender_language"),
        "currency": tr("underlag.fact_currency"),
        "page_limit": tr("underlag.fact_page_limit"),
        "font_limit": tr("underlag.fact_font_limit"),
        "file_naming": tr("underlag.fact_file_naming"),
        "secrecy_instruction": tr("underlag.fact_secrecy_instruction"),
        "about": tr("underlag.group_about"),
        "times": tr("underlag.group_times"),
        "form": tr("underlag.group_form"),
    }[name]
