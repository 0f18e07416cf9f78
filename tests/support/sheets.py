"""Workbooks and archives for the tests, built in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.core.document import Block, Cell, Document
from app.core.limits import DEFAULT_LIMITS, Limits
from app.documents.reader import ReadRequest


def workbook(fill: Callable[[Worksheet], None], *more: tuple[str, Callable[[Worksheet], None]]) -> bytes:
    """The bytes of a workbook: `fill` makes the first sheet ("Blad1"), each of `more` another one."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "Blad1"
    fill(first)
    for name, make in more:
        make(book.create_sheet(name))
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def changed(data: bytes, parts: Mapping[str, Callable[[bytes], bytes]], added: Mapping[str, bytes] | None = None) -> bytes:
    """A package with some of its parts rewritten, as openpyxl cannot write everything that Excel does."""
    target = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(target, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            change = parts.get(name)
            new.writestr(name, change(old.read(name)) if change else old.read(name))
        for name, content in (added or {}).items():
            new.writestr(name, content)
    return target.getvalue()


def archive(members: Mapping[str, bytes] | list[tuple[str | ZipInfo, bytes]]) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as package:
        for name, content in members.items() if isinstance(members, Mapping) else members:
            package.writestr(name, content)
    return target.getvalue()


def request(
    data: bytes, name: str = "bilaga.xlsx", limits: Limits = DEFAULT_LIMITS, passwords: tuple[str, ...] = ()
) -> ReadRequest:
    return ReadRequest(name, data=data, limits=limits, passwords=passwords)


def cell(document: Document, reference: str, sheet: str = "Blad1") -> Cell:
    found = [c for block in document.blocks for c in block.cells if c.place.cell == reference and c.place.sheet == sheet]
    assert len(found) == 1, f"{reference}: {len(found)}"
    return found[0]


def row(document: Document, text: str) -> Block:
    """The only block whose text begins so."""
    found = [block for block in document.blocks if block.text.startswith(text) and block.lines]
    assert len(found) == 1, f"{text}: {len(found)}"
    return found[0]


def slots(document: Document) -> dict[str, str]:
    """Origin of the slot by cell reference."""
    return {c.place.cell or "": c.slots[0].origin.value for block in document.blocks for c in block.cells if c.slots}
