"""A comparison in rows: what can be taken in with a box each, and below it what cannot, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.core.differences import Comparison, Difference, Entry, Gone
from app.core.work import WorkItem
from app.gui.filling.lines import Line, Row, Sign, Swap, place_words, with_heading
from app.gui.filling.report_lines import finding_line
from app.gui.messages import tr

__all__ = ["compare_rows", "taken_of"]


def compare_rows(comparison: Comparison, items: Iterable[WorkItem], *, form: bool) -> tuple[Row, ...]:
    """The rows; `form`: the file is a form of the buyer's, not a matrix. Everything that can be taken in is ticked."""
    by_id = {work.item.id: work for work in items}
    takeable = [
        _difference(f"take:{number}", one, by_id, form=form, checked=True) for number, one in enumerate(comparison.takeable)
    ]
    files = [
        _difference(f"file:{number}", one, by_id, form=form, checked=None)
        for number, one in enumerate(one for one in comparison.differences if not one.can_be_taken)
    ]
    told = [finding_line(f"told:{number}", one) for number, one in enumerate(comparison.findings)]
    missing = tr("filling.lost_places") if form else tr("filling.missing")
    return (
        *with_heading(tr("filling.differs"), takeable),
        *with_heading(tr("filling.about_file"), told),
        *with_heading(tr("filling.unknown"), _gone("unknown", comparison.unknown, Sign.ODD, tr("filling.unknown_why"))),
        *with_heading(tr("filling.added"), _gone("added", comparison.added, Sign.ODD, tr("filling.added_why"))),
        *with_heading(tr("filling.reworded"), _reworded(comparison.reworded, by_id)),
        *with_heading(tr("filling.files"), files),
        *with_heading(missing, _gone("missing", comparison.missing, Sign.NOTE, tr("filling.missing_why"))),
    )


def taken_of(comparison: Comparison, chosen: Sequence[str]) -> tuple[Difference, ...]:
    """The differences whose lines are ticked."""
    ticked = set(chosen)
    return tuple(one for number, one in enumerate(comparison.takeable) if f"take:{number}" in ticked)


def _difference(key: str, one: Difference, by_id: Mapping[str, WorkItem], *, form: bool, checked: bool | None) -> Line:
    work = by_id.get(one.item)
    title = " ".join(filter(None, (work.item.number if work is not None else None, one.text)))
    warning = (tr("filling.replaces") if form else tr("filling.both")) if one.both else ""
    mine, theirs = _value(one.entry, one.mine), _value(one.entry, one.theirs)
    return Line(key, " ".join(title.split()), item=one.key, swap=Swap(_entry(one.entry), mine, theirs, warning), checked=checked)


def _gone(name: str, some: Sequence[Gone], sign: Sign, why: str) -> list[Line]:
    return [
        Line(
            f"{name}:{number}",
            " ".join((one.text or one.item).split()),
            " – ".join(filter(None, (place_words(one.place), why))),
            sign=sign,
        )
        for number, one in enumerate(some)
    ]


def _reworded(some: Sequence[Gone], by_id: Mapping[str, WorkItem]) -> list[Line]:
    return [
        Line(
            f"reworded:{number}",
            " ".join((by_id[one.item].item.text if one.item in by_id else one.text).split()),
            tr("filling.reworded_to", place=place_words(one.place), text=" ".join(one.text.split())),
            tr("filling.reworded_why"),
            sign=Sign.ODD,
        )
        for number, one in enumerate(some)
    ]


def _entry(entry: Entry) -> str:
    match entry:
        case Entry.ANSWER:
            return tr("filling.entry_answer")
        case Entry.STATE:
            return tr("filling.entry_state")
        case Entry.OWNER:
            return tr("filling.entry_owner")
        case Entry.DUE:
            return tr("filling.entry_due")
        case Entry.NOTE:
            return tr("filling.entry_note")
    return tr("filling.entry_files")


def _value(entry: Entry, text: str) -> str:
    if entry is not Entry.STATE:
        return text
    states = {"open": tr("filling.state_open"), "done": tr("filling.state_done"), "rejected": tr("filling.state_rejected")}
    return states.get(text, text)
