"""After submission: the portal's printout is read like any foreign file, and compared with the package that was built."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from app.checklist.receipt import AnswerVerdict, Comparison, Outcome, SubmittedAnswer, SubmittedFile, compare_receipt
from app.core.document import Document, Finding
from app.core.packaging import PackageEntry, RunStep, StepKind
from app.core.points import Reading
from app.core.review import Cause, ReviewFinding, Room, Severity
from app.documents.reader import ReadRequest
from app.workflow.check import Runner, Step

__all__ = ["Comparison", "compare", "read_printout", "receipt_findings", "submitted_answers"]

_RULES = {
    Outcome.MISSING: ("receipt.answer_missing", Severity.OBSTACLE),
    Outcome.DIFFERENT: ("receipt.answer_different", Severity.OBSTACLE),
    Outcome.CUT: ("receipt.answer_cut", Severity.OBSTACLE),
    Outcome.EXTRA: ("receipt.answer_extra", Severity.WARNING),
}
_FILE_RULES = {
    "missing": ("receipt.file_missing", Severity.OBSTACLE),
    "different": ("receipt.file_different", Severity.OBSTACLE),
    "extra": ("receipt.file_extra", Severity.WARNING),
}


def read_printout(name: str, data: bytes | Path, runner: Runner, passwords: Sequence[str] = ()) -> Document | Finding:
    """The printout as a document, read where foreign files are read; or why it cannot be read."""
    path, held = (data, None) if isinstance(data, Path) else (None, data)
    request = ReadRequest(name, path, held, tuple(passwords), blocks_only=True)
    failed: Finding | None = None
    for _, result in runner.run([request], _ignore, _never):
        if isinstance(result, Reading):
            return result.document
        if isinstance(result, Finding):
            failed = result
    return failed or Finding("receipt.unreadable", name)


def submitted_answers(steps: Iterable[RunStep]) -> tuple[SubmittedAnswer, ...]:
    """The questions of the run sheet with the answers to paste. Those that ask for files alone are told by the files."""
    return tuple(
        SubmittedAnswer(step.item, step.number, step.text, step.answer)
        for step in steps
        if step.kind is StepKind.QUESTION and step.item is not None and not (step.wants_file and step.answer is None)
    )


def compare(
    printout: Document, steps: Iterable[RunStep], entries: Iterable[PackageEntry], *, name: str = "", reference: str = ""
) -> Comparison:
    """Compare a printout with what was meant: the steps as planned, the entries as built."""
    files = [SubmittedFile(entry.name, entry.size, entry.sha256) for entry in entries]
    return compare_receipt(printout, submitted_answers(steps), files, name=name, reference=reference)


def receipt_findings(comparison: Comparison, receipt: str) -> tuple[ReviewFinding, ...]:
    """What the comparison says, as rows of a review: obstacles first. `receipt` is what the printout is called."""
    return tuple(sorted(_findings(comparison, receipt), key=lambda one: list(Severity).index(one.severity)))


def _findings(comparison: Comparison, receipt: str) -> Iterator[ReviewFinding]:
    here = Cause(Room.PACKAGE, receipt)
    if not comparison.readable:
        yield ReviewFinding("receipt.unreadable", Severity.OBSTACLE, here)
        return
    tender = comparison.tender
    if tender.is_other:
        values = (("ours", tender.ours), ("theirs", tender.theirs))
        yield ReviewFinding("receipt.other_tender", Severity.OBSTACLE, here, values)
        return
    if not tender.told:
        yield ReviewFinding("receipt.no_tender", Severity.WARNING, here)
    for answer in comparison.answers:
        if answer.outcome in _RULES:
            rule, severity = _RULES[answer.outcome]
            yield ReviewFinding(rule, severity, Cause(Room.ANSWERS, items=(answer.item,)), _values(answer))
    for file in comparison.files:
        if file.outcome in _FILE_RULES:
            rule, severity = _FILE_RULES[file.outcome]
            told = (("ours", file.ours), ("theirs", file.theirs)) if file.outcome == "different" else ()
            yield ReviewFinding(rule, severity, Cause(Room.FILE, file.name), told)


def _values(answer: AnswerVerdict) -> tuple[tuple[str, str], ...]:
    line = " ".join(answer.text.split())
    values = {"number": answer.number or "–"}
    if answer.outcome is Outcome.MISSING:
        values["text"] = _begin(line)
    if answer.outcome is Outcome.DIFFERENT:
        values |= {"ours": _begin(answer.ours), "theirs": _begin(answer.theirs)}
    if answer.outcome is Outcome.CUT:
        values |= {"length": str(answer.kept), "whole": str(len(answer.ours))}
    return tuple(sorted(values.items()))


def _begin(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 80 else line[:79].rstrip() + "…"


def _ignore(step: Step) -> None:
    del step


def _never() -> bool:
    return False
