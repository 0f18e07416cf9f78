"""What is printed, as passages of text: the tender, how far it has come, and the items under their headings. No painting here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from app.checklist.planning import day_of
from app.core.catalogue import plain
from app.core.work import ItemState
from app.gui.checklist.entries import Entry
from app.gui.checklist.model import ChecklistModel
from app.gui.checklist.rows import Header, Row
from app.gui.checklist.wording import Wording, day_words, figure, kind_word, one_line, state_word
from app.gui.messages import language, tr
from app.gui.shell.countdown import countdown
from app.workflow.desk import Desk

__all__ = ["Passage", "Style", "passages", "rows_of", "title_of"]

_LONGEST = 20_000
"""Characters of a text that are printed. Nobody reads more of it on paper."""
_BOXES = {ItemState.OPEN: "☐", ItemState.DONE: "☑", ItemState.REJECTED: "☒"}


@dataclass(frozen=True, slots=True)
class Style:
    """How a passage is set: points, weight, points of space above it, and a line over it. `aside` passages are indented."""

    size: float = 10.0
    strong: bool = False
    above: float = 0.0
    rule: bool = False
    aside: bool = False


TITLE = Style(18, strong=True)
ABOUT = Style(10, above=3)
COUNTS = Style(10, strong=True, above=6)
GROUP = Style(11, strong=True, above=14)
ITEM = Style(10, above=5, rule=True, aside=True)
DETAIL = Style(9, above=1, aside=True)


@dataclass(frozen=True, slots=True)
class Passage:
    """Text that flows over as many lines as it needs. `left` stands beside the first of them, `right` at its other end.

    `follows` is set when the next passage should begin on the same page.
    """

    text: str
    style: Style
    left: str = ""
    right: str = ""
    follows: bool = False


def title_of(desk: Desk) -> str:
    """What the tender is called."""
    return one_line(desk.tender.value("name") or tr("shell.unnamed"), 300)


def rows_of(desk: Desk, wording: Wording) -> tuple[Row, ...]:
    """The whole tender list by section, where there is no page that shows it otherwise."""
    wording.set_documents(desk.documents)
    wording.set_deadline(desk.tender.value("tender_deadline"))
    model = ChecklistModel(wording)
    model.set_items(desk.items(), desk.links_of)
    model.complete()
    return tuple(model.rows)


def passages(desk: Desk, rows: Sequence[Row], wording: Wording, now: datetime) -> Iterator[Passage]:
    """Everything that is printed, from the top."""
    yield from _head(desk, rows, now)
    for row in rows:
        if isinstance(row, Header):
            yield from _group(row, wording)
        else:
            yield from _item(row, wording)


def _head(desk: Desk, rows: Sequence[Row], now: datetime) -> Iterator[Passage]:
    tender, ready = desk.tender, desk.readiness()
    yield Passage(title_of(desk), TITLE, follows=True)
    known = [one_line(value, 200) for name in ("buyer", "reference") if (value := tender.value(name))]
    if known:
        yield Passage(" · ".join(known), ABOUT, follows=True)
    left = countdown(tender.value("tender_deadline"), now, language())
    if left.when:
        yield Passage(tr("print.deadline", when=left.when), ABOUT, follows=True)
    done = tr("print.counts", done=figure(ready.done), total=figure(ready.total), missing=figure(ready.missing))
    yield Passage(done, COUNTS, follows=True)
    shown = sum(isinstance(row, Entry) for row in rows)
    if shown != ready.total:
        yield Passage(tr("print.filtered", count=shown), ABOUT, follows=True)
    day = f"{day_words(now.date(), now.date())} {now.year} {now:%H:%M}"
    yield Passage(tr("print.printed", when=day), ABOUT)


def _group(header: Header, wording: Wording) -> Iterator[Passage]:
    title = wording.group(header)
    if title:
        where = wording.group_detail(header)
        text = f"{title} · {where}" if where else title
        yield Passage(text, GROUP, right=wording.group_count(header), follows=True)


def _item(entry: Entry, wording: Wording) -> Iterator[Passage]:
    work, item = entry.work, entry.work.item
    details = list(_details(entry, wording))
    text = " ".join(part for part in (item.number, _running(item.text_after_number)) if part)
    yield Passage(text, ITEM, left=f"{_BOXES[work.state]} {state_word(work.state)}", follows=True)
    must = tr("checklist.must") if item.must else ""
    facts = " · ".join(part for part in (kind_word(item.kind), must, wording.where(item.source)) if part)
    yield Passage(facts, DETAIL, follows=bool(details))
    for number, detail in enumerate(details, 1):
        yield Passage(detail, DETAIL, follows=number < len(details))


def _details(entry: Entry, wording: Wording) -> Iterator[str]:
    """What the user has made of an item."""
    work = entry.work
    if work.state is ItemState.REJECTED:
        yield tr("checklist.rejected_because", reason=one_line(work.reason or tr("checklist.no_reason"), 500))
    if work.answer:
        yield tr("print.answer", answer=_running(work.answer))
    due = day_of(work.due)
    who = [tr("checklist.owner_is", owner=one_line(work.owner, 100))] if work.owner else []
    if due is not None:
        who.append(tr("checklist.ready_by", day=day_words(due, wording.today)))
    if who:
        yield " · ".join(who)
    if entry.links:
        yield tr("print.files", files=", ".join(one_line(PurePath(link.path).name, 200) for link in entry.links))
    if work.note.strip():
        yield tr("print.note", note=_running(work.note))


def _running(text: str) -> str:
    """A text of any length as one paragraph, without what cannot be printed."""
    return " ".join(plain(text[:_LONGEST]).split())
