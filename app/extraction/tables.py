"""Tables of requirements: which rows state one, in which column, under which number, and whether it must be met."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from app.core.document import Block, BlockKind, Cell, Document, Flag
from app.extraction import kept
from app.extraction.rules import Rule, rules

_IDENTIFIER = kept.pattern(
    r"[A-ZÅÄÖ]{1,6}[-–.: ]{0,2}(?:[A-ZÅÄÖ]{1,6}[-–.: ]{0,2})?\d{1,4}(?:\s?\d{1,3})?(?:\.\d{1,3}){0,4}|\d{1,3}(?:\.\d{1,3}){1,5}"
)
_WHOLE_NUMBER = kept.pattern(r"\d{1,4}[.)]?")
_TICK = kept.pattern(r"[x✓✔☒☑●]|ja|yes", re.IGNORECASE)
_REFUSAL = kept.pattern(r"nej|no", re.IGNORECASE)
_SCORED = kept.pattern(r"[^\W\d_][ ,:;(–-]{0,4}\d{1,3} ?(?:p|points?|pts|poäng)?\.?\)?", re.IGNORECASE)  # "S – 15 p"
_KEY = kept.pattern(r"[:(\[?]")  # what stands after these in a header is the key to its answers
_CLASSES = ("mandatory", "optional")
_MOST_CLASS_WORDS = 4
_MOST_HEADER_WORDS = 8


class RequirementRow(NamedTuple):
    """Which cell of a row holds the requirement's words, its printed number, and whether it must be met (None: not said)."""

    cell: int
    number: str | None
    must: bool | None


class Requirements(NamedTuple):
    """The rows of a document's tables that state a requirement, and those that only head a group of them, by block."""

    rows: Mapping[int, RequirementRow]
    groups: frozenset[int]


@dataclass(slots=True)
class _Stretch:
    """The rows below one header: the columns that it names, its words by column, and the rows with their blocks."""

    columns: dict[str, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    body: list[tuple[int, Block]] = field(default_factory=list)


def requirement_rows(document: Document) -> Mapping[int, RequirementRow]:
    """Rows that state a requirement, by the index of their block.

    A table counts when a header names a column of requirements, when most rows start with an identifier and go on in words, or
    when a column of classes says of most rows whether they must be met.
    """
    return requirements(document).rows


def requirements(document: Document) -> Requirements:
    """The rows of requirements and the heads of their groups."""
    tables: dict[int, list[tuple[int, Block]]] = {}
    for index, block in document.body():
        if block.kind is BlockKind.TABLE_ROW and block.table is not None:
            tables.setdefault(block.table, []).append((index, block))
    found: dict[int, RequirementRow] = {}
    groups: set[int] = set()
    for rows in tables.values():
        for stretch in _stretches(rows):
            _read(stretch, found, groups)
    return Requirements(found, frozenset(groups))


def names_class(text: str) -> bool:
    """Whether a column with this name says of each row whether it must be met."""
    bare = _bare(text)
    return bool(bare) and (_column(bare) == "class" or _ticked_class(bare) is not None)


def names_requirement(text: str) -> bool:
    """Whether a column with this name holds requirements."""
    return _column(_bare(text)) == "text"


@cache
def mark(text: str) -> bool | None:
    """Whether a class ("Ska", "Bör-krav", "Mandatory") that is the whole text must be met; None when it is no class."""
    rule = _marking(text.strip(" .:*()"))
    return None if rule is None or rule.fields["mark"] not in _CLASSES else bool(rule.fields["mark"] == "mandatory")


def _marking(text: str) -> Rule | None:
    return next((rule for rule in rules("tables") if "mark" in rule.fields and rule.pattern.fullmatch(text) is not None), None)


@cache
def _ticked_class(text: str) -> bool | None:
    """The class that a column is ticked for, when its name is that of one class."""
    rule = _marking(text)
    return mark(text) if rule is not None and rule.fields.get("header") else None


def _stretches(rows: list[tuple[int, Block]]) -> Iterator[_Stretch]:
    """The rows of a table parted at its headers; a sheet can hold several tables below each other."""
    stretch = _Stretch()
    for index, block in rows:
        columns = _columns(block)
        marked = Flag.HEADER_ROW in block.flags
        if (len(columns) > 1 and columns.keys() & {"text", "class", "must"} and _is_short(block)) or (
            marked and not stretch.columns and not stretch.body
        ):
            yield stretch
            stretch = _Stretch(columns, {cell.column: cell.text.strip() for cell in block.cells})
        elif not marked or _is_entry(block, stretch.columns):
            # Where little tells a header apart, its mark can reach into the first row below it.
            stretch.body.append((index, block))
    yield stretch


def _columns(block: Block) -> dict[str, int]:
    """The columns that a row would name as a header; "must" and "should" when there is one for each class."""
    columns: dict[str, int] = {}
    marks: dict[bool, int] = {}
    for cell in block.cells:
        text = _bare(cell.text)
        if not text or len(text.split()) > _MOST_HEADER_WORDS:
            continue
        told = _ticked_class(text)
        if told is not None:
            marks.setdefault(told, cell.column)
        name = _column(text)
        if name is not None:
            columns.setdefault(name, cell.column)
    if len(marks) == 2:
        columns = {name: column for name, column in columns.items() if column not in marks.values()}
        columns |= {"must": marks[True], "should": marks[False]}
    return columns


@cache
def _column(text: str) -> str | None:
    for rule in rules("tables"):
        name = rule.fields.get("column")
        if name is not None and rule.pattern.fullmatch(text) is not None:
            return str(name)
    return None


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(" .:*")


def _is_short(block: Block) -> bool:
    return all(len(cell.text.split()) <= _MOST_HEADER_WORDS for cell in block.cells)


def _is_entry(block: Block, columns: Mapping[str, int]) -> bool:
    """Whether a row marked as a header has a number and words of its own, as a row below a header has."""
    number = _cell_text(block, columns.get("id")) or ""
    return _is_number(number) and any(len(cell.text.split()) > 2 for cell in block.cells)


def _is_number(text: str) -> bool:
    return _IDENTIFIER.fullmatch(text) is not None or _WHOLE_NUMBER.fullmatch(text) is not None


def _read(stretch: _Stretch, found: dict[int, RequirementRow], groups: set[int]) -> None:
    columns = stretch.columns
    classes = [_cell_text(block, columns.get("class")) for _, block in stretch.body]
    letters = _letters(stretch.names.get(columns.get("class", -1), ""), classes)
    judged = [_must(stretch, block, letters) for _, block in stretch.body]
    classed = sum(must is not None for must in judged)
    if "text" not in columns and not _identified(stretch.body) and (classed < 2 or classed * 3 < len(judged) * 2):
        return
    numbered = sum(_is_number(_cell_text(block, columns.get("id")) or "") for _, block in stretch.body)
    for (index, block), must in zip(stretch.body, judged, strict=True):
        if numbered and _heads_group(block, columns):
            groups.add(index)
            continue
        place = _text_cell(block, columns)
        if place is None or _only_informs(block, columns):
            continue
        number = next((cell.text.strip() for cell in block.cells[:place] if _IDENTIFIER.fullmatch(cell.text.strip())), None)
        number = number or _cell_text(block, columns.get("id"))
        found[index] = RequirementRow(place, number, _by_column(columns, block.cells[place]) if must is None else must)


def _only_informs(block: Block, columns: Mapping[str, int]) -> bool:
    """Whether the class of a row is that it asks for nothing."""
    said = _says(_bare(_cell_text(block, columns.get("class")) or ""), "information")
    return said is not None and said.span() == (0, len(said.string))


def _by_column(columns: Mapping[str, int], cell: Cell) -> bool | None:
    """The class of words that stand in the column of one class themselves."""
    in_column = {columns[name]: name == "must" for name in ("must", "should") if name in columns}
    return in_column.get(cell.column)


def _heads_group(block: Block, columns: Mapping[str, int]) -> bool:
    """Whether a row of a numbered table has no number, only the name of the rows below: over the columns, or in bold."""
    texts = [cell for cell in block.cells if cell.text.strip() and _column(_bare(cell.text)) is None]
    if not texts or len(texts[0].text.split()) > _MOST_HEADER_WORDS or texts[0].text.rstrip().endswith((".", "?", ":")):
        return False
    first = texts[0]
    number = _cell_text(block, columns.get("id")) or ""
    wide = first.column == columns["id"] and first.column_span > 1
    alone = len(texts) == 1 and (first.column == columns["id"] or Flag.BOLD in first.flags or Flag.BOLD in block.flags)
    return not _is_number(number) and (wide or alone)


def _identified(body: list[tuple[int, Block]]) -> bool:
    identified = sum(
        1
        for _, block in body
        if len(block.cells) > 1 and _IDENTIFIER.fullmatch(block.cells[0].text.strip()) and len(block.cells[1].text.split()) > 3
    )
    return len(body) > 1 and identified * 3 >= len(body) * 2


def _text_cell(block: Block, columns: Mapping[str, int]) -> int | None:
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


def _cell(block: Block, column: int | None) -> Cell | None:
    return None if column is None else next((cell for cell in block.cells if cell.column == column), None)


def _cell_text(block: Block, column: int | None) -> str | None:
    cell = _cell(block, column)
    return None if cell is None else cell.text.strip() or None


def _must(stretch: _Stretch, block: Block, letters: str | None) -> bool | None:
    columns = stretch.columns
    if "must" in columns:
        ticked = [name for name in ("must", "should") if _TICK.fullmatch(_cell_text(block, columns[name]) or "")]
        return ticked[0] == "must" if len(ticked) == 1 else None
    text = _cell_text(block, columns.get("class"))
    if not text or len(text.split()) > _MOST_CLASS_WORDS:
        return None
    if _SCORED.fullmatch(text):
        return False
    if len(text) == 1 and text.isalpha() and not (_TICK.fullmatch(text) and letters is None):
        return None if letters is None or text.lower() not in letters else text.lower() == letters[0]
    return class_said(stretch.names.get(columns["class"], ""), text)


def class_said(header: str, text: str) -> bool | None:
    """What a cell of a column of classes with this header says: "Ska", "Bör", or yes and no under "Obligatorisk"."""
    name = _KEY.split(header, maxsplit=1)[0]
    if _says(name, "mandatory") and not _says(name, "optional"):
        if _TICK.fullmatch(text):
            return True
        if _REFUSAL.fullmatch(text):
            return False
    optional = _says(text, "optional")
    rest = text[: optional.start()] + text[optional.end() :] if optional is not None else text
    mandatory = _says(rest, "mandatory")
    return None if (optional is None) == (mandatory is None) else mandatory is not None


def _says(text: str, told: str) -> re.Match[str] | None:
    return next((match for rule in rules("tables") if rule.fields.get("mark") == told and (match := rule.search(text))), None)


def _letters(header: str, classes: Sequence[str | None]) -> str | None:
    """The two letters of a class column, the mandatory one first: by its legend, else by the letters that stand in it."""
    pairs: list[Rule] = [rule for rule in rules("tables") if "letters" in rule.fields]
    for rule in pairs:
        if rule.search(header) is not None:
            return str(rule.fields["letters"])
    used = {text.lower() for text in classes if text and len(text) == 1 and text.isalpha()}
    scored = {text[0].lower() for text in classes if text and _SCORED.fullmatch(text)}
    if len(used) == len(scored) == 1 and used != scored:
        return f"{next(iter(used))}{next(iter(scored))}"
    for rule in pairs:
        known = set(rule.fields["letters"])
        if used and rule.fields.get("plain") and used <= known and (used == known or not rule.fields.get("both")):
            return str(rule.fields["letters"])
    return None
