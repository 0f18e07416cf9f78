"""The checklist as one HTML file for any browser: nothing is fetched, nothing runs, everything foreign is escaped.

Its skeleton and style are `resources/templates/checklist.html`. The content security policy allows the file's own style, known
by its hash, and nothing else, so that not even a fault in the escaping could run or load anything.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from html import escape
from string import Template
from typing import BinaryIO

from app import __version__
from app.core.checklist import Checklist, ChecklistItem, DocumentSummary
from app.core.document import Place
from app.core.points import PointKind
from app.core.resources import resource
from app.export.places import Link
from app.export.plain import legal, one_line, ranges
from app.export.target import writing
from app.export.view import Describe, View
from app.export.words import words_in
from app.export.work import NO_WORK, Work

__all__ = ["anchor", "write_html"]

_BODY = "$body"
_LEFT = frozenset({"todo", "doing"})
_NO_ANCHOR = re.compile(r"[^\w.:-]+")


def write_html(checklist: Checklist, target: BinaryIO, language: str, describe: Describe, work: Work = NO_WORK) -> None:
    """Write the page as UTF-8, piece by piece, with what `work` has below each item. Raises OutputError."""
    view = View(checklist, words_in(language), describe, work)
    skeleton, style = _template()
    before, after = skeleton.split(_BODY)
    values = _values(view, style)
    with writing("html"):
        target.write(Template(before).substitute(values).encode())
        for piece in _body(view):
            target.write(piece.encode())
        target.write(Template(after).substitute(values).encode())


def anchor(identity: str) -> str:
    """The fragment that leads to an item of the page: `checklista.html#i-<id>`."""
    return f"i-{_NO_ANCHOR.sub('-', identity)}"


@cache
def _template() -> tuple[str, str]:
    """The skeleton and the style of the page."""
    skeleton, _, style = resource("templates", "checklist.html").read_text("utf-8").partition("<!-- style -->")
    return skeleton, style.strip()


def _values(view: View, style: str) -> dict[str, str]:
    words, tender = view.words, view.checklist.tender
    about = (one_line(tender.buyer or ""), one_line(tender.reference or ""))
    due = view.deadline()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    program = f"Anbudsklar {__version__}"
    return {
        "language": words.language,
        "style": style,
        "style_hash": f"sha256-{digest}",
        "program": program,
        "title": _text(view.title),
        "name": _text(view.name),
        "about": _text(" · ".join(part for part in about if part)),
        "due": f'<p class="due">{_text(words.of("facts", "tender_deadline"))} {_text(due)}</p>' if due else "",
        "skip": _text(words("skip")),
        "made_by": _text(words("made_by", program=program)),
    }


def _body(view: View) -> Iterator[str]:
    words = view.words
    yield f'<p class="lead">{_text(view.summary())}</p>\n'
    if selection := view.progress.selection():
        yield f'<p class="selection">{_text(selection)}</p>\n'
    yield from _by_hand(view)
    yield from _facts(view)
    yield f'<section id="list">\n<h2>{_text(words("tender_part"))}</h2>\n'
    if view.tender_items:
        yield from _filters(view)
        yield from _items(view, view.tender_items)
    else:
        yield f'<p class="quiet">{_text(words("no_items"))}</p>\n'
    yield "</section>\n"
    if view.contract_items:
        yield f'<section id="contract">\n<h2>{_text(words("contract_part"))}</h2>\n'
        yield f'<p class="lead">{_text(words("contract_lead"))}</p>\n'
        yield from _items(view, view.contract_items)
        yield "</section>\n"
    yield from _ledger(view)


def _by_hand(view: View) -> Iterator[str]:
    """What the program could not vouch for, before the list that it concerns."""
    problems = list(view.problems())
    if left := view.unassigned_count():
        problems.append(view.words("unassigned_here", count=left))
    if problems:
        yield f'<section id="by-hand">\n<h2>{_text(view.words("by_hand"))}</h2>\n'
        yield f'<p class="lead">{_text(view.words("by_hand_lead"))}</p>\n<ul class="problems">\n'
        yield "".join(f"<li>{_text(problem)}</li>\n" for problem in problems)
        yield "</ul>\n</section>\n"


def _facts(view: View) -> Iterator[str]:
    words = view.words
    yield f'<section id="facts">\n<h2>{_text(words("facts"))}</h2>\n<div class="wide"><table>\n'
    yield _head(
        words("facts"), [(words.of("columns", name), "c-fact" if name == "fact" else "") for name in ("fact", "value", "source")]
    )
    yield "<tbody>\n"
    for fact in view.facts():
        source = _source(view.places.source(fact.source), view.places.link(fact.source)) if fact.source else ""
        value = _text(fact.value) if fact.found else f'<span class="quiet">{_text(fact.value)}</span>'
        yield f'<tr><th scope="row">{_text(fact.label)}</th><td>{value}</td><td>{source}</td></tr>\n'
    yield "</tbody>\n</table></div>\n</section>\n"


def _filters(view: View) -> Iterator[str]:
    """Choices that the style sheet alone acts on."""
    words = view.words
    must = sum(item.must for item in view.tender_items)
    yield f'<fieldset class="filters">\n<legend>{_text(words("filter"))}</legend>\n'
    yield _choice("radio", "show-all", words("filter_all"), len(view.tender_items), checked=True)
    for kind, count, _ in view.counts():
        if count and kind is not PointKind.CONTRACT:
            yield _choice("radio", f"show-{kind.value}", words.of("kinds_many", kind.value), count)
    yield _choice("checkbox", "only-must", words("filter_must"), must)
    if view.progress.work.items:
        left = sum(view.progress.status(item) in _LEFT for item in view.tender_items)
        yield _choice("checkbox", "only-left", words("filter_left"), left)
    yield "</fieldset>\n"


def _choice(type_: str, identity: str, label: str, count: int, checked: bool = False) -> str:
    return (
        f'<label><input type="{type_}" name="{"show" if type_ == "radio" else identity}" id="{identity}"'
        f'{" checked" if checked else ""}>{_text(label)} <span class="count">{count}</span></label>\n'
    )


def _items(view: View, items: Iterable[ChecklistItem]) -> Iterator[str]:
    """A table for each document, in it a body of rows for each heading path."""
    words = view.words
    duties = False
    for document, groups in view.documents_of(items):
        duties = groups[0].items[0].kind is PointKind.CONTRACT
        names = ("number", "duty" if duties else "text", "must", "kind", "source")
        yield f'<section class="doc">\n<h3>{_text(document)}</h3>\n<table class="list">\n'
        yield _head(document, [(words.of("columns", name), f"c-{name}") for name in names])
        for group in groups:
            path = view.path(group.headings) or words("no_heading")
            yield f'<tbody>\n<tr><th class="path" scope="rowgroup" colspan="{len(names)}">{_text(path)}</th></tr>\n'
            for item in group.items:
                yield _row(view, item)
            yield "</tbody>\n"
        yield "</table>\n</section>\n"


def _row(view: View, item: ChecklistItem) -> str:
    words, places = view.words, view.places
    known = [view.answer_line(item)]
    if item.when:
        known.append(words("when", when=one_line(item.when)))
    if item.lot:
        known.append(words("lot", lot=one_line(item.lot)))
    if item.also:
        known.append(words("also", places=places.also(item.also, item.source)))
    told = "".join(f'<span class="known">{_text(line)}</span>' for line in known if line) + _work(view, item)
    place = places.place(item.source.place) or places.document(item.source)
    kind = item.kind.value
    marks = f"{' is-must' if item.must else ''}{' is-left' if view.progress.status(item) in _LEFT else ''}"
    sign = view.progress.sign(item)
    return (
        f'<tr class="item {kind}{marks}" id="{anchor(item.id)}">'
        f'<th scope="row"><span class="box" aria-hidden="true">{sign}</span>{_text(one_line(item.number or ""))}</th>'
        f'<td><span class="text">{_text(item.text.strip())}</span>{told}</td>'
        f"<td{' class=must' if item.must else ''}>{_text(view.must(item))}</td>"
        f'<td><span class="tag {kind}">{_text(view.kind(item))}</span></td>'
        f"<td>{_source(place, places.link(item.source))}</td></tr>\n"
    )


def _work(view: View, item: ChecklistItem) -> str:
    """State and work of an item: the state by a sign and a word."""
    progress = view.progress
    if progress.work.of(item) is None:
        return ""
    status = progress.status(item)
    state = f'<span class="state {status}">{progress.sign(item)} {_text(view.words.of("status", status))}</span>'
    return state + "".join(f'<span class="made">{_text(line)}</span>' for line in progress.lines(item))


def _ledger(view: View) -> Iterator[str]:
    words = view.words
    names = ("document", "format", "pages", "total", "items", "context", "furniture", "unassigned")
    yield f'<section id="documents">\n<h2>{_text(words("documents"))}</h2>\n<p class="lead">{_text(words("ledger_lead"))}</p>\n'
    yield '<div class="wide"><table>\n'
    yield _head(words("documents"), [(words.of("columns", name), "n" if name in names[2:] else "") for name in names])
    yield "<tbody>\n"
    for document in view.checklist.documents:
        yield _document(view, document)
    yield "</tbody>\n</table></div>\n"
    for document in view.checklist.documents:
        yield from _unassigned(view, document)
    yield "</section>\n"


def _document(view: View, document: DocumentSummary) -> str:
    lines = document.lines
    counts = (lines.total, lines.items, lines.context, lines.furniture, lines.unassigned)
    notes = []
    if document.unreadable_pages:
        notes.append(f"{view.words.of('columns', 'unreadable')}: {ranges(document.unreadable_pages)}")
    told = "".join(f'<span class="known">{_text(note)}</span>' for note in notes)
    name = _source(one_line(document.name), view.places.link_to(document.id, Place()))
    form = view.words("not_read") if document.error else view.words.of("formats", document.kind.value)
    numbers = ("" if document.pages is None else str(document.pages), *map(str, counts))
    cells = "".join(f'<td class="n">{number}</td>' for number in numbers)
    return f'<tr><th scope="row">{name}{told}</th><td>{_text(form)}</td>{cells}</tr>\n'


def _unassigned(view: View, document: DocumentSummary) -> Iterator[str]:
    """The lines that no rule took, folded away."""
    if not document.unassigned:
        return
    words = view.words
    title = f"{words.of('sheets', 'unassigned')}: {one_line(document.name)}"
    count = words("unassigned_count", count=len(document.unassigned))
    yield f"<details>\n<summary>{_text(title)} ({_text(count)})</summary>\n<table>\n"
    yield _head(title, [(words.of("columns", "line"), ""), (words.of("columns", "place"), "c-source")])
    yield "<tbody>\n"
    for line in document.unassigned:
        place = _source(view.places.place(line.place), view.places.link_to(document.id, line.place))
        yield f"<tr><td>{_text(line.text)}</td><td>{place}</td></tr>\n"
    yield "</tbody>\n</table>\n</details>\n"


def _head(caption: str, columns: Sequence[tuple[str, str]]) -> str:
    cells = "".join(f'<th scope="col"{f" class={style}" if style else ""}>{_text(name)}</th>' for name, style in columns)
    return f"<caption>{_text(caption)}</caption>\n<thead><tr>{cells}</tr></thead>\n"


def _source(words: str, link: Link | None) -> str:
    return f'<a href="{escape(link.address)}">{_text(words)}</a>' if link and words else _text(words)


def _text(text: str) -> str:
    """Foreign or own text as HTML."""
    return escape(legal(text))
