"""Tables of requirements: which rows state one, in which column, under which number, and whether it must be met."""

from __future__ import annotations

import re

from app.core.document import Block, BlockKind, Document, Flag

_REQUIREMENT_HEADER = re.compile(
    r"(?:ska|skall|bör|obligatorisk\w* )?-?krav(?:beskrivning|text|formulering)?(?:en|et)?|beskrivning av krav(?:et)?|requirements?(?: description| text)?|description of requirement",
    re.IGNORECASE,
)
_ID_HEADER = re.compile(r"(?:krav|punkt|req(?:uirement)?)?[- ]?(?:id|nr|nummer|no\.?|#|ref\.?)|id", re.IGNORECASE)
_CLASS_HEADER = re.compile(
    r"klass|typ|kravtyp|ska/bör|ska / bör|kategori|prioritet|class|type|priority|mandatory(?:/optional)?", re.IGNORECASE
)
_MANDATORY = re.compile(
    r"(?<!\w)(?:ska|skall|s|m|must|mandatory|obligatorisk\w*|ska-?krav|skall-?krav|shall)(?!\w)", re.IGNORECASE
)
_OPTIONAL = re.compile(r"(?<!\w)(?:bör|b|bör-?krav|option\w*|önskvärt|should|desirable|mervärde\w*)(?!\w)", re.IGNORECASE)
_IDENTIFIER = re.compile(
    r"[A-ZÅÄÖ]{1,6}[-–.: ]{0,2}(?:[A-ZÅÄÖ]{1,6}[-–.: ]{0,2})?\d{1,4}(?:\s?\d{1,3})?(?:\.\d{1,3}){0,4}|\d{1,3}(?:\.\d{1,3}){1,5}"
)


def requirement_rows(document: Document) -> dict[int, tuple[int, str | None, bool | None]]:
    """Rows that state a requirement: block index → (index of the cell with its text, its printed number, must or None when not said).

    A table counts when a header names a column of requirements, or when most of its rows start with an identifier and go on with a sentence.
    """
    tables: dict[int, list[tuple[int, Block]]] = {}
    for index, block in document.body():
        if block.kind is BlockKind.TABLE_ROW and block.table is not None:
            tables.setdefault(block.table, []).append((index, block))
    found: dict[int, tuple[int, str | None, bool | None]] = {}
    for rows in tables.values():
        found.update(_rows_of(rows))
    return found


def _rows_of(rows: list[tuple[int, Block]]) -> dict[int, tuple[int, str | None, bool | None]]:
    header = next((block for _, block in rows if Flag.HEADER_ROW in block.flags), None)
    columns: dict[str, int] = {}
    if header is not None:
        for cell in header.cells:
            text = cell.text.strip()
            for name, pattern in (("id", _ID_HEADER), ("class", _CLASS_HEADER), ("text", _REQUIREMENT_HEADER)):
                if name not in columns and pattern.fullmatch(text):
                    columns[name] = cell.column
                    break
    body = [(index, block) for index, block in rows if Flag.HEADER_ROW not in block.flags]
    if "text" not in columns and not _identified(body):
        return {}
    found: dict[int, tuple[int, str | None, bool | None]] = {}
    for index, block in body:
        place = _text_cell(block, columns)
        if place is None:
            continue
        number = next((cell.text.strip() for cell in block.cells[:place] if _IDENTIFIER.fullmatch(cell.text.strip())), None)
        number = number or _cell_text(block, columns.get("id"))
        found[index] = (place, number, _must(_cell_text(block, columns.get("class"))))
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
    if _OPTIONAL.search(text):
        return False
    return True if _MANDATORY.search(text) else None
