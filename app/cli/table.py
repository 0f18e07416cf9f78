"""The list for reading: as tables in a terminal, as plain lines where the output goes on to another program."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from app.cli.messages import describe, plain, say
from app.core.checklist import Checklist, ChecklistItem
from app.core.document import AnswerType
from app.core.points import PointKind, Source

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["show", "write_plain"]

_OF_PAGES = frozenset({"page.unreadable", "page.no_text"})

_MOMENTS = ("tender_deadline", "question_deadline", "valid_until")
_ORDER = tuple(PointKind)
"""The kinds stand in the order of the supplier's work; duties of the contract come last and apart."""


def show(checklist: Checklist, language: str) -> None:
    """Print the list: with tables in a terminal, plain when piped."""
    if sys.stdout.isatty():
        _show_tables(checklist, language)
    else:
        for line in _lines(checklist, language):
            print(line)
        sys.stdout.flush()


def write_plain(checklist: Checklist, stream: BinaryIO, language: str) -> None:
    """Write the plain lines as UTF-8."""
    for line in _lines(checklist, language):
        stream.write(line.encode("utf-8", "replace") + b"\n")


def _lines(checklist: Checklist, language: str) -> Iterator[str]:
    """One line per item, with tabs between number, mark, text, answer and source, so that other programs can take it apart."""
    for label, value in _facts(checklist, language):
        yield f"{label}: {value}"
    yield ""
    yield _counts(checklist, language)
    for kind, document, items in _groups(checklist):
        yield ""
        yield f"{_title(kind, len(items), language)} – {document}"
        for item in items:
            yield "\t".join(_cells(item, checklist, language))
    yield ""
    yield from _state(checklist, language)


def _show_tables(checklist: Checklist, language: str) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    facts = Table.grid(padding=(0, 2))
    for label, value in _facts(checklist, language):
        facts.add_row(Text(label, "dim"), Text(value))
    console.print(facts)
    console.print()
    console.print(Text(_counts(checklist, language), "bold"))
    for kind, document, items in _groups(checklist):
        table = Table(
            title=Text(f"{_title(kind, len(items), language)} – {document}", "bold"), title_justify="left", box=box.SIMPLE
        )
        table.add_column(say(language, "column_number"), max_width=12, overflow="fold")
        table.add_column(say(language, "column_must"), min_width=3)
        table.add_column(say(language, "column_text"), ratio=1, overflow="fold")
        table.add_column(say(language, "column_answer"), max_width=18, overflow="fold")
        table.add_column(say(language, "column_source"), max_width=14, overflow="fold")
        for item in items:
            table.add_row(*(Text(cell) for cell in _cells(item, checklist, language, short=True)))
        console.print(table)
    _print_state(console, checklist, language)


def _print_state(console: Console, checklist: Checklist, language: str) -> None:
    for line in _state(checklist, language):
        console.print(line)


def _facts(checklist: Checklist, language: str) -> Iterator[tuple[str, str]]:
    tender = checklist.tender
    for name in ("name", "buyer", "reference", *_MOMENTS):
        value = getattr(tender, name)
        told = str(value).replace("T", " ") if name in _MOMENTS else str(value)
        yield say(language, f"fact_{name}"), _one_line(told) if value else say(language, "not_found")
    if tender.lots:
        yield say(language, "fact_lots"), "; ".join(_one_line(lot) for lot in tender.lots)


def _counts(checklist: Checklist, language: str) -> str:
    parts = []
    for kind in _ORDER:
        count = sum(1 for item in checklist.items if item.kind is kind)
        parts.append(f"{say(language, f'kind_{kind.value}')} {count}")
    must = sum(1 for item in checklist.items if item.must and item.kind is not PointKind.CONTRACT)
    return say(language, "counts", kinds=" · ".join(parts), must=must)


def _groups(checklist: Checklist) -> Iterator[tuple[PointKind, str, list[ChecklistItem]]]:
    names = {document.id: document.name for document in checklist.documents}
    for kind in _ORDER:
        by_document: dict[str, list[ChecklistItem]] = {}
        for item in checklist.items:
            if item.kind is kind:
                by_document.setdefault(item.source.document, []).append(item)
        for document, items in by_document.items():
            yield kind, plain(names.get(document, document)), items


def _title(kind: PointKind, count: int, language: str) -> str:
    return f"{say(language, f'kind_{kind.value}')} ({count})"


def _cells(item: ChecklistItem, checklist: Checklist, language: str, short: bool = False) -> tuple[str, ...]:
    """Number, must mark, text with its condition and lot, answer, source (with the document's name unless it stands above)."""
    text = _one_line(item.text)
    if item.lot:
        text += f" [{_one_line(item.lot)}]"
    if item.when:
        text += f" ({say(language, 'when', when=_one_line(item.when))})"
    where = _where(item.source, language)
    if not short:
        names = {document.id: document.name for document in checklist.documents}
        where = f"{plain(names.get(item.source.document, ''))} {where}".strip()
    return _one_line(item.number or ""), say(language, "must") if item.must else "", text, _answer(item, language), where


def _answer(item: ChecklistItem, language: str) -> str:
    if item.answer.type is AnswerType.NONE:
        return ""
    words = [say(language, f"answer_{item.answer.type.value}")]
    if item.answer.required:
        words.append(f"= {_one_line(item.answer.required)}")
    if item.answer.limit:
        parts = (part.strip() for part in _one_line(item.answer.limit).split(";"))
        # The cap of a form field is a bare number.
        told = [say(language, "characters", count=part) if part.isdigit() else part for part in parts if part]
        words.append(f"({'; '.join(told)})")
    return " ".join(words)


def _where(source: Source, language: str) -> str:
    place = source.place
    if place.sheet or place.cell:
        return _one_line("!".join(part for part in (place.sheet, place.cell) if part))
    if place.page is not None:
        return say(language, "page", page=place.page)
    return say(language, "paragraph", paragraph=place.paragraph + 1) if place.paragraph is not None else ""


def _state(checklist: Checklist, language: str) -> Iterator[str]:
    """What was read and what was not: pages without text, warnings, and the account of all lines."""
    for document in checklist.documents:
        if document.error is not None:
            yield describe(document.error, language)
            continue
        lines = document.lines
        yield say(
            language,
            "ledger",
            file=plain(document.name),
            total=lines.total,
            items=lines.items,
            context=lines.context,
            furniture=lines.furniture,
            unassigned=lines.unassigned,
        )
        if document.unreadable_pages:
            yield say(language, "unreadable", file=plain(document.name), pages=_ranges(document.unreadable_pages))
        for warning in document.warnings:
            # The line above has said it already.
            if not (document.unreadable_pages and warning.code in _OF_PAGES):
                yield describe(warning, language)


def _ranges(pages: tuple[int, ...]) -> str:
    """1–3, 7"""
    parts: list[list[int]] = []
    for page in sorted(set(pages)):
        if parts and page == parts[-1][-1] + 1:
            parts[-1].append(page)
        else:
            parts.append([page])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in parts)


def _one_line(text: str) -> str:
    return " ".join(plain(text).split())
