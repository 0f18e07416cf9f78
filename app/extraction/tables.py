"""Tables of requirements: which rows state one, in which column, under which number, and whether it must be met."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.core.document import Block, BlockKind, Document, Flag
from app.extraction.rules import rules

_IDENTIFIER = re.compile(
    r"[A-ZÅÄÖ]{1,6}[-–.: ]{0,2}(?:[A-ZÅÄÖ]{1,6}[-–.: ]{0,2})?\d{1,4}(?:\s?\d{1,3})?(?:\.\d{1,3}){0,4}|\d{1,3}(?:\.\d{1,3}){1,5}"
)


class RequirementRow(NamedTuple):
    """Which cell of a row holds the requirement's words, its printed number, and whether it must be met (None: not said)."""

    cell: int
    number: str | None
    must: bool | None


def requirement_rows(document: Document) -> dict[int, RequirementRow]:
    """Rows that state a requirement, by the index of their block.

    A table counts when a header names a column of requirements, or when most rows start with an identifier and go on in words.
    """
    tables: dict[int, list[tuple[int, Block]]] = {}
    for index, block in document.body():
        if block.kind is BlockKind.TABLE_ROW and block.table is not None:
            tables.setdefault(block.table, []).append((index, block))
    found: dict[int, RequirementRow] = {}
    for rows in tables.values():
        found.update(_rows_of(rows))
    return found


def _rows_of(rows: list[tuple[int, Block]]) -> dict[int, RequirementRow]:
    header = next((block for _, block in rows if Flag.HEADER_ROW in block.flags), None)
    columns: dict[str, int] = {}
    if header is not None:
        for cell in header.cells:
            text = cell.text.strip()
            for rule in rules("tables"):
                name = rule.fields.get("column")
                if name is not None and name not in columns and rule.pattern.fullmatch(text):
                    columns[name] = cell.column
                    break
    body = [(index, block) for index, block in rows if Flag.HEADER_ROW not in block.flags]
    if "text" not in columns and not _identified(body):
        return {}
    found: dict[int, RequirementRow] = {}
    for index, block in body:
        place = _text_cell(block, columns)
        if place is None:
            continue
        number = next((cell.text.strip() for cell in block.cells[:place] if _IDENTIFIER.fullmatch(cell.text.strip())), None)
        number = number or _cell_text(block, columns.get("id"))
        found[index] = RequirementRow(place, number, _must(_cell_text(block, columns.get("class"))))
    return found


def _identified(body: list[tuple[int, Block]]) -> bool:
    identified = sum(
        1
        for _, block in body
        if len(block.cells) > 1 and _IDENTIFIER.fullmatch(block.cells[0].text.strip()) and len(block.cells[1].text.split()) > 3
    )
    return len(body) > 1 and identified * 3 >= len(body) * 2


def _text_cell(block: Block, columns: dict[str, int]) -> int | None:
    """Index of the cell that holds the requirement's words."""
    if "text" in columns:
        place = next(
            (n for n, cell in enumerate(block.cells) if cell.column <= columns["text"] < cell.column + cell.column_span), None
        )
    else:
        place = max(range(len(block.cells)), key=lambda n: len(block.cells[n].text), default=None)
    if place is None or len(block.cells[place].text.split()) < 2 or len(block.cells) < 2:
        return None
    return place


def _cell_text(block: Block, column: int | None) -> str | None:
    if column is None:
        return None
    return next((cell.text.strip() or None for cell in block.cells if cell.column == column), None)


def _must(text: str | None) -> bool | None:
    if not text:
        return None
    for rule in rules("tables"):
        if "mark" in rule.fields and rule.search(text):
            return bool(rule.fields["mark"] == "mandatory")
    return None
