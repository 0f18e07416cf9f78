"""What became of a form, in rows: what did not fit first, what is filled in and wants a look, what is filled in, what is left."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from app.core.document import Finding
from app.core.forms import Entry, FillReport, FormAnswer, Outcome
from app.gui.filling.lines import Line, Row, Sign, place_words, with_heading
from app.gui.messages import explained, tr

__all__ = ["finding_line", "report_rows"]

_MOST_OPTIONS = 12
_SENTENCE = re.compile(r"(?<=[.]) +(?=[A-ZÅÄÖ])")


def report_rows(report: FillReport, answers: Sequence[FormAnswer], keys: Mapping[str, str]) -> tuple[Row, ...]:
    """The rows. `answers` are those that were given, in order; `keys` are the keys of the list's items by their ids."""

    def lines(wanted: Callable[[Entry], bool], sign: Sign) -> list[Line]:
        return [_entry_line(entry, answers, keys, sign) for entry in report.entries if wanted(entry)]

    left = [
        Line(
            f"left:{number}",
            one.question,
            " · ".join(filter(None, (place_words(one.place), tr("filling.must") if one.must else ""))),
            sign=Sign.ODD if one.must else Sign.NOTE,
            button=tr("filling.show") if one.item in keys else "",
            item=keys.get(one.item, ""),
        )
        for number, one in enumerate(report.unanswered)
    ]
    return (
        *with_heading(
            tr("filling.about_file"), [finding_line(f"file:{number}", one) for number, one in enumerate(report.findings)]
        ),
        *with_heading(tr("filling.unfit"), lines(lambda one: one.outcome is Outcome.UNFIT, Sign.WRONG)),
        *with_heading(tr("filling.no_place"), lines(lambda one: one.outcome is Outcome.NO_PLACE, Sign.WRONG)),
        *with_heading(tr("filling.look_at"), lines(lambda one: one.outcome is Outcome.FILLED and bool(one.notes), Sign.ODD)),
        *with_heading(tr("filling.filled"), lines(lambda one: one.outcome is Outcome.FILLED and not one.notes, Sign.GOOD)),
        *with_heading(tr("filling.unanswered"), left),
    )


def finding_line(key: str, finding: Finding) -> Line:
    """Something about the file as a whole."""
    said = explained(finding)
    first, *rest = _SENTENCE.split(said.text, maxsplit=1)
    return Line(key, first, "".join(rest), said.remedy, sign=Sign.ODD)


def _entry_line(entry: Entry, answers: Sequence[FormAnswer], keys: Mapping[str, str], sign: Sign) -> Line:
    asked = answers[entry.number].item if entry.number < len(answers) else None
    item = keys.get(asked or "", "") or keys.get(entry.item or "", "")
    said = [explained(one) for one in (*((entry.reason,) if entry.reason is not None else ()), *entry.notes)]
    where = place_words(entry.place, entry.field)
    written = " ".join(entry.written.split()) if entry.outcome is Outcome.FILLED else ""
    detail = ": ".join(filter(None, (where, written)))
    if said:
        texts = " ".join(one.text for one in said)
        detail = f"{detail} – {texts}" if detail else texts
    remedies = [one.remedy for one in said if one.remedy]
    if entry.options:
        more = " …" if len(entry.options) > _MOST_OPTIONS else ""
        remedies.append(tr("filling.options", options=", ".join(entry.options[:_MOST_OPTIONS]) + more))
    title = entry.question or entry.field or (answers[entry.number].question if entry.number < len(answers) else "") or where
    return Line(
        f"answer:{entry.number}",
        " ".join(title.split()),
        detail,
        " ".join(dict.fromkeys(remedies)),
        sign,
        tr("filling.show") if item else "",
        item,
    )
