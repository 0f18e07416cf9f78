"""What goes on over a page break: tables, rows and paragraphs; and repeated header rows."""

from __future__ import annotations

from dataclasses import replace

from app.core.document import BlockKind, Cell, Flag, Line
from app.documents.pdf.blocks import Draft, is_item
from app.documents.pdf.lines import glue_between

_ENDS = (".", ":", "?", "!", ";")


def join_pages(drafts: list[Draft], regions_continue: dict[int, int]) -> list[Draft]:
    """The drafts with tables, rows and paragraphs joined over page breaks.

    `regions_continue` maps a region to the one that it goes on from.
    """
    result: list[Draft] = []
    last_body: Draft | None = None
    tables: dict[int, int] = {}
    headers: dict[int, list[list[str]]] = {}
    repeated = 0
    rows: dict[int, int] = {}
    for draft in drafts:
        if draft.kind in (BlockKind.FURNITURE, BlockKind.FOOTNOTE, BlockKind.COMMENT):
            result.append(draft)
            continue
        if draft.table is not None:
            if draft.table not in tables:
                tables[draft.table] = draft.table
                above = last_body.table if last_body is not None and last_body.page == draft.page - 1 else None
                if last_body is not None and above is not None and _same_table(last_body, draft, headers.get(above, [])):
                    tables[draft.table] = above
            draft.table = tables[draft.table]
            header = headers.setdefault(draft.table, [])
            texts = [cell.text for cell in draft.cells]
            if last_body is not None and last_body.page != draft.page and any(texts):
                if repeated < len(header) and texts == header[repeated]:
                    draft.kind = BlockKind.FURNITURE
                    result.append(draft)
                    repeated += 1
                    continue
            else:
                repeated = 0
            if len(header) < 3:
                header.append(texts)
            if (
                last_body is not None
                and last_body.table == draft.table
                and last_body.page < draft.page
                and _goes_on(last_body, draft)
            ):
                _append_row(last_body, draft)
                continue
            draft.row = rows.get(draft.table, 0)
            rows[draft.table] = draft.row + 1
        elif last_body is not None and _paragraph_goes_on(last_body, draft, regions_continue):
            append(last_body, draft)
            continue
        result.append(draft)
        if draft.kind is not BlockKind.ANSWER_SLOT:
            last_body = draft
    return result


def _same_table(above: Draft, below: Draft, header: list[list[str]]) -> bool:
    """Rows of one table: its first row again, or cells that begin at the same places."""
    if header and any(header[0]) and [cell.text for cell in below.cells] == header[0]:
        return True
    if above.table is None or not above.cells or abs(above.box.x0 - below.box.x0) > 8 or abs(above.box.x1 - below.box.x1) > 8:
        return False
    edges = {round(cell.place.box.x0) for cell in above.cells if cell.place.box is not None}
    other = {round(cell.place.box.x0) for cell in below.cells if cell.place.box is not None}
    shared = sum(1 for edge in edges if any(abs(edge - value) <= 5 for value in other))
    return shared >= min(len(edges), len(other)) and shared >= 1


def _goes_on(above: Draft, below: Draft) -> bool:
    """The rest of a row: same cells, its first cell empty, and some cell goes on where the one above stopped."""
    if len(above.cells) != len(below.cells) or len(below.cells) < 2 or Flag.HEADER_ROW in above.flags:
        return False
    filled = [(one.text, other.text) for one, other in zip(above.cells, below.cells, strict=True) if other.text]
    if not filled or all(not one for one, _ in filled):
        return False
    if not below.cells[0].text:
        return all(not one or other[:1].islower() or (len(one) > 25 and not one.endswith(_ENDS)) for one, other in filled)
    return all(one and not one.endswith(_ENDS) and other[:1].islower() for one, other in filled)


def _append_row(above: Draft, below: Draft) -> None:
    cells: list[Cell] = []
    texts: list[str] = []
    lines: list[Line] = []
    old, new = _lines_by_cell(above), _lines_by_cell(below)
    offset = 0
    for index, (one, other) in enumerate(zip(above.cells, below.cells, strict=True)):
        head, glue = glue_between(one.text, other.text) if one.text and other.text else (one.text, "")
        text = head + glue + other.text
        lines += [line._replace(start=offset + line.start) for line in old[index]]
        lines += [line._replace(start=offset + len(head) + len(glue) + line.start) for line in new[index]]
        texts.append(text)
        cells.append(replace(one, text=text, slots=one.slots + other.slots))
        offset += len(text) + 1
    above.cells, above.text, above.lines = cells, "\t".join(texts), tuple(lines)


def _lines_by_cell(draft: Draft) -> list[list[Line]]:
    """Lines with their start counted within their cell."""
    result: list[list[Line]] = [[] for _ in draft.cells]
    starts = [0]
    for cell in draft.cells:
        starts.append(starts[-1] + len(cell.text) + 1)
    for line in draft.lines:
        index = next((number for number in range(len(draft.cells)) if line.start < starts[number + 1]), len(draft.cells) - 1)
        result[index].append(line._replace(start=line.start - starts[index]))
    return result


def _paragraph_goes_on(above: Draft, below: Draft, regions_continue: dict[int, int]) -> bool:
    """Running text broken by the page: same type, unfinished above, going on in small letters below."""
    if above.page != below.page - 1 or above.table is not None or below.kind is not BlockKind.PARAGRAPH:
        return False
    if above.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or Flag.CONTENTS in above.flags or is_item(below.text):
        return False
    same_region = above.region == below.region or (
        below.region is not None and regions_continue.get(below.region) == above.region
    )
    return same_region and is_unfinished(above, below)


def is_unfinished(above: Draft, below: Draft) -> bool:
    """Whether a text goes on in another one of the same type: it does not end, and the other begins in small letters."""
    if abs(above.size - below.size) > 0.6 or above.bold != below.bold or above.slots:
        return False
    if (
        above.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
        or below.kind is not BlockKind.PARAGRAPH
        or is_item(below.text)
    ):
        return False
    if len(above.text) < 20 or above.text.endswith(_ENDS):
        return False
    return below.text[:1].islower() or above.text.endswith("-")


def append(above: Draft, below: Draft) -> None:
    """Add a text that goes on in another column or on another page."""
    head, glue = glue_between(above.text, below.text)
    offset = len(head) + len(glue)
    above.text = head + glue + below.text
    above.lines += tuple(line._replace(start=line.start + offset) for line in below.lines)
    above.slots += below.slots


def mark_header_rows(drafts: list[Draft]) -> None:
    """The rows that name the columns: first rows that are bold, shaded, repeated, or short above longer or empty cells."""
    tables: dict[int, list[Draft]] = {}
    repeated: set[tuple[int, str]] = set()
    for draft in drafts:
        if draft.table is None:
            continue
        if draft.kind is BlockKind.FURNITURE:
            repeated.add((draft.table, draft.text))
            draft.table = draft.row = None
        else:
            tables.setdefault(draft.table, []).append(draft)
    for table, rows in tables.items():
        for index, row in enumerate(rows[:3]):
            if (table, row.text) in repeated or _names_columns(row, rows[index + 1 :]):
                row.flags.add(Flag.HEADER_ROW)
            elif sum(1 for cell in row.cells if cell.text) > 1:
                break


def _names_columns(row: Draft, below: list[Draft]) -> bool:
    words = [cell.text for cell in row.cells if cell.text]
    if (
        len(words) < 2
        or not below
        or any(len(word) > 90 or word.endswith(".") for word in words)
        or any(c.slots for c in row.cells)
    ):
        return False
    if row.bold and not all(other.bold or not other.lines for other in below):
        return True
    if row.shaded and not all(other.shaded for other in below):
        return True
    if len(below) < 2 or any(word.endswith(":") or not any(char.isalpha() for char in word) for word in words):
        return False
    if len(words) < len(row.cells) or any(len(word) > 40 for word in words):
        return False
    usual = [other for other in below if len(other.cells) == len(row.cells)]
    empty = sum(1 for other in usual if any(not cell.text for cell in other.cells))
    longer = sum(1 for other in usual if len(other.text) > 1.6 * len(row.text))
    return len(usual) >= 2 and (empty > 0.5 * len(usual) or longer > 0.6 * len(usual))
