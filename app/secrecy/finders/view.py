"""A document as the finders see it: passages with the labels, columns and headings that tell what they are about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from app.core.document import Block, BlockKind, Document, DocumentKind, Flag
from app.secrecy.anchors import Finder
from app.secrecy.finders.headers import Header, headers
from app.secrecy.finders.rules import first, is_label, says
from app.secrecy.flow import Flow, Span, bare_heading

__all__ = ["Entry", "View"]

_TEXT_KINDS = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.ANSWER_SLOT, BlockKind.FOOTNOTE, BlockKind.COMMENT})
_LABEL = re.compile(r"(?:^|(?<=[.;,]\s)|(?<=\n))([^\W\d][^.:;|\n]{1,60}):\s+(?=\S)")
_ENDS = re.compile(r"[.!?]\s+(?=[A-ZÅÄÖ(])|[;\n]|\.$|$")
_DEMANDED = 0.3


@dataclass(frozen=True, slots=True)
class Entry:
    """A value with what stands for it: the column's heading and the row's first cell, or the label before it.

    `caption` is the line above the table and the title in it, `heads` are the headings of all its columns.
    """

    span: Span
    text: str
    column: str
    row: str
    headings: tuple[str, ...]
    table: int | None = None
    sheet: str | None = None
    cell: str | None = None
    caption: str = ""
    heads: tuple[str, ...] = ()


class View:
    """One document of the bid. `id` is the file's in the claims."""

    def __init__(self, document: Document, file: str) -> None:
        self.document = document
        self.file = file
        self.finder = Finder(document)

    @property
    def flow(self) -> Flow:
        """The document's text."""
        return self.finder.flow

    @cached_property
    def headings(self) -> tuple[tuple[str, ...], ...]:
        """For every block the headings above it, the outermost first, without their numbers."""
        found: list[tuple[str, ...]] = []
        open_: list[tuple[int, str]] = []
        for block in self.document.blocks:
            if self.is_heading(block):
                level = block.level or (1 if block.kind is BlockKind.HEADING else 2)
                open_ = [entry for entry in open_ if entry[0] < level]
                found.append(tuple(text for _, text in open_))
                open_.append((level, bare_heading(block)))
            else:
                found.append(tuple(text for _, text in open_))
        return tuple(found)

    def is_heading(self, block: Block) -> bool:
        """A heading, or in plain text a short line that ends without a full stop."""
        if block.kind is BlockKind.HEADING:
            return True
        text = block.text.strip()
        plain = self.document.kind is DocumentKind.TEXT and block.kind is BlockKind.PARAGRAPH
        return plain and 2 < len(text) <= 60 and text[-1] not in ".:;,!?" and not any(map(str.isdigit, text)) and "@" not in text

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """What the document calls itself: file name, title, first heading."""
        name = re.sub(r"[_.]+", " ", self.document.name.rpartition("/")[2].rpartition(".")[0])
        title = next((value for key, value in self.document.metadata if key.lower() == "title"), "")
        heading = next((bare_heading(block) for block in self.document.blocks if self.is_heading(block)), "")
        return tuple(part for part in (name, title, heading) if part)

    @cached_property
    def is_form(self) -> bool:
        """The buyer's own form: many of its sentences demand something of the bidder."""
        texts = [block.text for _, block in self.texts()] + [
            cell.text for block in self.document.blocks for cell in block.cells if len(cell.text) > 40
        ]
        demands = sum(1 for text in texts if self.is_demand(text))
        return len(texts) >= 4 and demands >= 3 and demands / len(texts) >= _DEMANDED

    @staticmethod
    def is_demand(text: str) -> bool:
        """It says what the bidder has to do: the buyer's words. A duty that nobody speaks of as "we" is one, too."""
        return says("never", "demand", text) or (says("never", "duty", text) and not says("value", "own_voice", text))

    def texts(self) -> Iterator[tuple[int, Block]]:
        """Running text, with its index."""
        for index, block in enumerate(self.document.blocks):
            if block.kind in _TEXT_KINDS and not self.is_heading(block):
                yield index, block

    @cached_property
    def label_tables(self) -> frozenset[int | None]:
        """Tables of two columns whose first holds labels, row by row: they have no header."""
        labels: Counter[int | None] = Counter()
        wide: set[int | None] = set()
        for block in self.document.blocks:
            if len(block.cells) == 2:
                labels[block.table] += is_label(block.cells[0].text)
            elif block.cells:
                wide.add(block.table)
        return frozenset(table for table, count in labels.items() if count >= 2 and table not in wide)

    def entries(self) -> Iterator[Entry]:
        """Everything that is labelled: cells of tables, and values after "Label:" in running text."""
        caption = ""
        for index, block in enumerate(self.document.blocks):
            if block.cells:
                yield from self._row(index, block, caption)
                continue
            if block.kind not in (BlockKind.FURNITURE, BlockKind.COMMENT, BlockKind.FOOTNOTE):
                caption = block.text if len(block.text) <= 120 else ""
            if block.kind in _TEXT_KINDS:
                yield from self._labelled(index, block)

    @cached_property
    def reference_lines(self) -> frozenset[int]:
        """Blocks that tell of a reference line by line ("Kund: …", "Kontaktperson: …"), whatever stands above them.

        A customer alone may be the buyer; with whom to ask and what it was worth, or when, it is a reference.
        """
        found: set[int] = set()
        run: list[int] = []
        for index, block in enumerate(self.document.blocks):
            if not block.cells and block.kind in _TEXT_KINDS and _LABEL.match(block.text):
                run.append(index)
                continue
            found |= self._of_reference(run)
            run = []
        return frozenset(found | self._of_reference(run))

    def _of_reference(self, run: list[int]) -> set[int]:
        labels = [match[1] for index in run for match in _LABEL.finditer(self.document.blocks[index].text)]
        has = [any(first("column", of, label) for label in labels) for of in ("customer", "reference_contact", "reference_part")]
        buyer = any(says("never", "buyer", label) or says("never", "bid_contact", label) for label in labels)
        own = any(first("column", "bidder", label) for label in labels)
        return set(run) if all(has) and not buyer and not own else set()

    @cached_property
    def _headers(self) -> dict[int, Header]:
        """For every row of a table the header that stands over it."""
        tables: dict[int, list[tuple[int, Block]]] = {}
        for index, block in enumerate(self.document.blocks):
            if block.cells:
                tables.setdefault(block.table if block.table is not None else -1, []).append((index, block))
        found: dict[int, Header] = {}
        for table, rows in tables.items():
            if table in self.label_tables:
                continue
            made = list(headers(rows))
            for index, _ in rows:
                found[index] = next(header for header in reversed(made) if header.start <= index)
        return found

    def _row(self, index: int, block: Block, caption: str) -> Iterator[Entry]:
        head = self._headers.get(index)
        names = head is not None and index in head.rows
        if head is not None and names:
            plain = len(block.cells) > 2 and not any(map(str.isdigit, block.text))
            if plain or len(head.rows) > 1 or (Flag.HEADER_ROW in block.flags and len(block.cells) > 2):
                return
        first = next((cell.text for cell in block.cells if cell.text.strip()), "")
        pair = len(block.cells) == 2
        above = " ".join(part for part in (caption, head.title if head is not None else "") if part)
        for number, cell in enumerate(block.cells):
            if not cell.text.strip() or (number == 0 and pair):
                continue
            start, end = self.flow.offset_of(index, number)
            column = "" if head is None or names else head.over(cell)
            row = " ".join(first.split()) if cell.text != first else ""
            yield Entry(
                Span(index, start, end), cell.text, column, row, self.headings[index], block.table,
                cell.place.sheet or block.place.sheet, cell.place.cell, above,
                () if head is None or names else head.texts,
            )  # fmt: skip

    def _labelled(self, index: int, block: Block) -> Iterator[Entry]:
        for match in _LABEL.finditer(block.text):
            end = _ENDS.search(block.text, match.end())
            last = end.start() if end else len(block.text)
            if last > match.end():
                text = block.text[match.end() : last]
                yield Entry(Span(index, match.end(), last), text, match[1].strip(), "", self.headings[index])
