"""A review as a file: JSON for scripts, the completeness report as HTML and PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from app.core.catalogue import filled
from app.core.clock import in_sweden, recorded_words
from app.core.document import Finding
from app.core.review import Review, ReviewFinding, Severity
from app.core.review_words import rule_name, worded
from app.export.file import Write
from app.export.review.content import FileRow, Report, Row, report_words
from app.workflow.reviewing import ReviewInputs

__all__ = ["FORMATS", "report_of", "review_writer"]

FORMATS = ("json", "html", "pdf")

_KILO = 1024


def review_writer(
    name: str,
    review: Review,
    inputs: ReviewInputs,
    language: str,
    describe: Callable[[Finding, str], str],
    left_out: Iterable[Finding] = (),
) -> Write:
    """A function that writes the review to a binary stream in one of `FORMATS`; `describe` puts findings in words."""
    if name == "json":
        from app.export.review.json import write_json

        answers = {path: tuple(work.item.id for work in items) for path, items in inputs.asked_of.items()}

        def words(finding: Finding) -> str:
            return describe(finding, language)

        return partial(
            write_json,
            review,
            language=language,
            tender=inputs.tender,
            files=inputs.files,
            answers=answers,
            left_out=tuple(left_out),
            describe=words,
        )
    report = report_of(review, inputs, language)
    if name == "html":
        from app.export.review.html import write_html

        return partial(write_html, report)
    from app.export.review.pdf import write_pdf

    return partial(write_pdf, report)


def report_of(review: Review, inputs: ReviewInputs, language: str) -> Report:
    """The completeness report in words: what is left, what was decided and why, what was found in order, the files."""
    words = report_words(language)
    made = in_sweden(inputs.now)
    open_rows = {severity: _rows(review, language, severity) for severity in Severity}
    decided = tuple(_row(finding, language) for finding in review.findings if finding.override is not None)
    sections = (
        *((words[f"section_{severity.value}"], words["none"], open_rows[severity]) for severity in Severity),
        *(((words["section_decided"], words["none"], decided),) if decided else ()),
    )
    tender = inputs.tender
    facts = (
        ("tender", tender.name),
        ("reference", tender.reference),
        ("buyer", tender.buyer),
        ("deadline", (review.tender_deadline or "").replace("T", " ")),
        ("made", made.strftime("%Y-%m-%d %H:%M")),
        ("state", _state(review, language, len(decided), inputs.answers_known)),
    )
    return Report(
        language=language,
        title=words["title"],
        verdict=words["ready"] if review.ready else filled(words["obstacles"], {"count": review.obstacles}),
        ready=review.ready,
        facts=tuple((words[key], value) for key, value in facts if value),
        sections=sections,
        passed=tuple(rule_name(rule, language) for rule in review.passed),
        files=tuple(
            FileRow(file.name, _answers(inputs, file.path), _size(file.size, language), file.sha256) for file in inputs.files
        ),
        made=made.strftime("%Y-%m-%d %H:%M"),
        day=made.date().isoformat(),
    )


def _state(review: Review, language: str, decided: int, known: bool) -> str:
    words = report_words(language)
    parts = [filled(words["warnings"], {"count": review.warnings})]
    if decided:
        parts.append(filled(words["decided"], {"count": decided}))
    if known:
        parts.insert(0, filled(words["done"], {"done": review.done, "total": review.total}))
    return " · ".join(parts)


def _rows(review: Review, language: str, severity: Severity) -> tuple[Row, ...]:
    return tuple(
        _row(finding, language) for finding in review.findings if finding.severity is severity and finding.override is None
    )


def _row(finding: ReviewFinding, language: str) -> Row:
    said = worded(finding, language)
    decision = ""
    if finding.override is not None:
        day = recorded_words(finding.override.at)
        values = {"reason": finding.override.reason, "at": day, "by": finding.override.by or ""}
        decision = filled(report_words(language)["decision_by" if finding.override.by else "decision"], values)
    return Row(said.title, said.detail, said.remedy, said.question, decision)


def _answers(inputs: ReviewInputs, path: str) -> str:
    """The numbers of what a file answers, where they have numbers, else the beginning of their words."""
    items = inputs.asked_of.get(path, ())
    return ", ".join(dict.fromkeys(work.item.number or work.item.text[:24] for work in items))


def _size(size: int, language: str) -> str:
    """In kilobytes or megabytes, with the language's decimal mark."""
    if size < _KILO * _KILO:
        return f"{max(1, round(size / _KILO)) if size else 0} kB"
    said = f"{size / _KILO / _KILO:.1f} MB"
    return said.replace(".", ",") if language == "sv" else said
