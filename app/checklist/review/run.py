"""All rules over one bid: what they found, and which of them found nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from app.checklist.review import asked, files, forms, gate, others, prices, procurement, remains, timing
from app.checklist.review.inputs import ReviewInputs
from app.core.inspection import FileFacts
from app.core.review import Review, ReviewFinding, Severity
from app.core.work import ItemState

__all__ = ["RULES", "Rule", "run"]

Rule = Callable[[ReviewInputs], Iterator[ReviewFinding]]

FileRule = Callable[[FileFacts, ReviewInputs], Iterator[ReviewFinding]]


def _each(rule: FileRule) -> Rule:
    """The rule over every file of the bid."""

    def over(inputs: ReviewInputs) -> Iterator[ReviewFinding]:
        for file in inputs.files:
            yield from rule(file, inputs)

    return over


RULES: tuple[tuple[tuple[str, ...], Rule], ...] = (
    (("time.passed",), timing.deadline_passed),
    (("time.unknown",), timing.deadline_unknown),
    (("items.open",), gate.open_items),
    (("items.changed",), gate.changed_items),
    (("attachments.missing", "attachments.many"), gate.missing_attachments),
    (("attachments.unlinked",), gate.unlinked_attachments),
    (("files.folder_lost",), gate.folder_lost),
    (("files.gone",), gate.gone_files),
    (("files.changed",), gate.changed_files),
    (("files.open",), gate.open_in_program),
    (("name.twins",), gate.name_twins),
    (("reading.document",), procurement.unread_documents),
    (("reading.pages",), procurement.unread_pages),
    (("reading.uncompared",), procurement.uncompared_forms),
    (("open.failed",), _each(files.opens)),
    (("open.empty",), _each(files.empty)),
    (("open.password",), _each(files.locked)),
    (("format.mismatch",), _each(files.mismatch)),
    (("format.not_taken",), _each(files.not_taken)),
    (("size.file",), _each(files.too_large)),
    (("size.total",), files.total_size),
    (("form.unanswered",), _each(forms.unanswered)),
    (("price.empty",), _each(prices.empty_prices)),
    (("price.text",), _each(prices.text_prices)),
    (("price.formula",), _each(prices.formulas)),
    (("price.error",), _each(prices.errors)),
    (("price.zero",), _each(prices.zero_prices)),
    (("form.changed",), _each(forms.changed_texts)),
    (("signature.missing",), _each(asked.signature)),
    (("date.too_old",), _each(asked.too_old)),
    (("date.expired",), _each(asked.expired)),
    (("date.year",), _each(asked.old_year)),
    (("date.unknown",), _each(asked.undated)),
    (("bid.too_short",), _each(asked.bid_too_short)),
    (("layout.pages",), _each(asked.pages)),
    (("layout.font",), _each(asked.font)),
    (("language.other",), _each(asked.language)),
    (("leftovers.placeholder",), _each(remains.placeholders)),
    (("leftovers.marked",), _each(remains.marked)),
    (("changes.tracked",), _each(remains.tracked)),
    (("comments.left",), _each(remains.comments)),
    (("hidden.sheets",), _each(remains.hidden_sheets)),
    (("hidden.rows",), _each(remains.hidden_rows)),
    (("hidden.text",), _each(remains.hidden_text)),
    (("macros.left",), _each(files.macros)),
    (("metadata.company",), _each(remains.other_company)),
    (("reservation.words",), _each(others.reservations)),
    (("number.organisation", "number.person"), _each(others.numbers)),
    (("other.reference",), _each(others.other_reference)),
    (("other.buyer",), _each(others.other_buyer)),
    (("links.ignored",), _each(remains.links)),
    (("name.prescribed",), _each(files.name_prescribed)),
    (("name.length",), _each(files.name_length)),
    (("name.letters",), _each(files.name_letters)),
    (("contradiction.deadline", "contradiction.question_deadline"), procurement.two_deadlines),
    (("contradiction.pages",), procurement.two_page_limits),
    (("contradiction.validity",), procurement.two_validities),
    (("secrecy.lost",), gate.lost_claims),
    (("secrecy.annex_missing",), gate.annex_missing),
    (("secrecy.annex_stale",), gate.annex_stale),
    (("secrecy.draft",), gate.draft_claims),
    (("secrecy.weak",), gate.weak_claims),
    (("files.extra",), gate.extra_files),
    (("attachments.conditional",), gate.conditional_attachments),
    (("form.left_rows",), _each(forms.left_rows)),
    (("open.scanned",), _each(files.scanned)),
    (("time.last_day", "time.left"), timing.time_left),
    (("reading.unassigned",), procurement.unassigned_lines),
)
"""The rules in the order of their rows, each with the ids that it can give."""

_OF_WORK = frozenset(
    ("items.open", "items.changed", "attachments.unlinked", "attachments.many", "files.gone", "files.changed", "secrecy.weak")
)
"""Rules about what somebody has said and linked."""

_OF_PORTAL = frozenset(("format.not_taken", "size.file", "size.total", "name.letters"))
_OF_FORMS = frozenset(("form.unanswered", "form.changed", "price.empty", "price.text", "price.zero", "price.formula"))
_NEVER = frozenset(("attachments.many", "attachments.conditional", "form.left_rows", "time.left", "time.last_day"))
"""Ways of telling, not checks of their own."""

_WEIGHT = {Severity.OBSTACLE: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def run(inputs: ReviewInputs) -> Review:
    """The review. Decisions of the user are at the findings they were made on; one that says something else now is open again."""
    overrides = {override.finding: override for override in inputs.overrides}
    found: list[ReviewFinding] = []
    passed: list[str] = []
    for ids, rule in RULES:
        mine = list(_once(rule(inputs)))
        found += mine
        said = {finding.rule for finding in mine}
        passed += [name for name in ids if name not in said and _was_asked(name, inputs)]
    decided = [replace(finding, override=overrides.get(finding.id)) for finding in found]
    decided.sort(key=lambda finding: _WEIGHT[finding.severity])
    done = sum(item.state is ItemState.DONE for item in inputs.items)
    return Review(tuple(decided), tuple(passed), len(inputs.items), done, inputs.deadline)


def _was_asked(rule: str, inputs: ReviewInputs) -> bool:
    """Whether the inputs hold what the rule looks at. What could not be looked at has not passed."""
    if not inputs.answers_known and rule in _OF_WORK:
        return False
    if rule in _OF_PORTAL and inputs.profile is None:
        return False
    if rule.startswith("secrecy."):
        return bool(inputs.standing_claims) or inputs.annex.asked
    if rule in _OF_FORMS and not inputs.form_of:
        return False
    return rule not in _NEVER


def _once(findings: Iterable[ReviewFinding]) -> Iterator[ReviewFinding]:
    """Each finding once: two links to one file are one fault."""
    seen: set[str] = set()
    for finding in findings:
        if finding.id not in seen:
            seen.add(finding.id)
            yield finding
