"""Masked copies of Excel files.

Marked cells lose value and formula; what was computed from them keeps its last value and loses its formula; then every layer
that the sheet does not show is cleaned or dropped. The copy is proven by `office_proof` and read again with openpyxl.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from app.core.document import Finding
from app.core.errors import MaskingError
from app.secrecy.masking.book import Book, Cell, areas_of, reference_of, string_text
from app.secrecy.masking.chains import Edits, aside_chains
from app.secrecy.masking.choosing import spans_of
from app.secrecy.masking.folding import Folded, Span, compact, find, folded
from app.secrecy.masking.formulas import Dependents, dependents
from app.secrecy.masking.literals import drop_literals
from app.secrecy.masking.model import Masked, MaskJob, mask_text
from app.secrecy.masking.naming import named_after
from app.secrecy.masking.needles import Needle, Needles, number_in, open_from_others, places_of_needle, whole
from app.secrecy.masking.office_layers import drop_layers
from app.secrecy.masking.office_names import clean_names
from app.secrecy.masking.office_pictures import clean_pictures
from app.secrecy.masking.office_proof import prove_book, prove_office
from app.secrecy.masking.package import Package, local, take_out
from app.secrecy.masking.pictures_told import pictures_in_book
from app.secrecy.masking.sheet_places import CellPlace, equal_number, places_in_book
from app.secrecy.masking.styles import Shading
from app.secrecy.masking.sweep import drop_elements, sweep

__all__ = ["mask_xlsx"]

Element = Any

_CACHES = frozenset({"numCache", "strCache", "multiLvlStrCache"})
_OUTSIDE = frozenset({"sheetDataSet"})
_SHOWN = 20


def mask_xlsx(job: MaskJob) -> Masked:
    """The masked copy. Raises MaskingError, and CorruptFileError for what is no Excel file."""
    package = Package(job.data, job.name)
    findings = [Finding("mask.signature_broken", job.name)] if any("_xmlsignatures" in part for part in package.names()) else []
    findings += drop_layers(package)
    work = _Work(job, package)
    work.apply()
    beside = work.needles.unseen or work.needles
    pictures = clean_pictures(package, beside)
    findings += [*pictures.told(job.name), *work.pictures(pictures.gone)]
    cleaned = work.aside + pictures.cleaned + sum(clean(package, beside) for clean in (drop_literals, clean_names))
    cleaned += sweep(package, work.needles)
    work.repair()
    if cleaned:
        findings.append(Finding("mask.also_cleaned", job.name, None, (("count", str(cleaned)),)))
    data = package.written()
    prove_office(data, job.name, work.needles)
    prove_book(data, job.name, work.needles)
    return Masked(data, (*findings, *work.findings), len(work.places), work.named)


class _Work:
    """One workbook on its way: the places, what depends on them, and the needles that follow."""

    def __init__(self, job: MaskJob, package: Package) -> None:
        self.job, self.package = job, package
        self.book = Book(package)
        self.findings: list[Finding] = []
        self._asides = Edits()
        sheets = {sheet.part for sheet in self.book.sheets}
        self._chains = list(aside_chains(package, lambda part, root: part in sheets or local(root) == "sst"))
        self.places: dict[Cell, list[CellPlace]] = {}
        self._sights: list[tuple[Cell, Folded]] | None = None
        for mark in job.marks:
            found = places_in_book(self.book, mark, job.name)
            if not found and not self._mark_aside(mark.anchor.quote or "", mark.number):
                raise MaskingError(job.name, code="mask.not_found", claim=mark.number)
            self._add(found)
        self.depending = self._depending()
        self._refuse_elsewhere()
        self.findings += open_from_others(job.others, self._in_sight, job.name)
        covered = list(self._covered())
        self.named = named_after(job.name, covered)
        self.needles = Needles.of(covered, self._in_sight)
        self.aside = self._clean_aside()

    def _add(self, found: Iterable[CellPlace]) -> None:
        self._sights = None
        for place in found:
            self.places.setdefault(place.cell, []).append(place)

    def _mark_aside(self, quote: str, number: int) -> int:
        before = len(self._asides)
        for chain in self._chains:
            for span in spans_of(chain.text, quote):
                chain.edit(span, number, self._asides)
        return len(self._asides) - before

    def _covered(self) -> Iterable[tuple[int, str]]:
        for mark in self.job.marks:
            if mark.anchor.quote:
                yield mark.number, mark.anchor.quote
        for cell, places in self.places.items():
            if any(place.span is None for place in places):
                yield places[0].number, cell.text

    def _left_open(self, cell: Cell) -> str:
        """What is left in sight of a cell's text."""
        places = self.places.get(cell, [])
        if any(place.span is None for place in places):
            return ""
        spans = [place.span for place in places if place.span is not None]
        return "".join("\ue000" if any(s.start <= i < s.end for s in spans) else sign for i, sign in enumerate(cell.text))

    def _in_sight(self, needle: Needle) -> bool:
        return any(True for _ in self._seen(needle))

    def _seen(self, needle: Needle) -> Iterable[Cell]:
        if self._sights is None:  # folded once for hundreds of needles
            shown = (cell for cell in self.book.cells() if cell.in_sight and cell.text)
            self._sights = [(cell, folded(self._left_open(cell))) for cell in shown]
        for cell, text in self._sights:
            if next(places_of_needle(text, needle), None) is not None:
                yield cell

    def _refuse_elsewhere(self) -> None:
        """A secret that is also printed openly is none: stop, unless it is left there on purpose or is a mere number.

        Cells marked as such hold ordinary words as well (what a row is called): where those stand open is told.
        """
        for mark in self.job.marks:
            if mark.number in self.job.left:
                continue
            quote = mark.anchor.quote or ""
            if not compact(quote):
                self._tell_elsewhere(mark.number, [cell.text for cell in self._marked(mark.number)])
                continue
            cells = self._elsewhere(quote, mark.number)
            if not cells:
                continue
            value = number_in(quote)
            long = value is not None and len(str(value.normalize()).replace(".", "").strip("-0")) >= 6
            needle = whole(quote, mark.number)
            same = any(next(find(folded(self._left_open(cell)), needle.text, bounded=needle.bounded), None) for cell in cells)
            if needle.telling and (long or (value is None and same)):
                shown = self._safe(_listed(cells), quote)
                raise MaskingError(self.job.name, code="mask.elsewhere_cells", claim=mark.number, places=shown)
            self._tell_elsewhere(mark.number, [quote])

    def _marked(self, number: int) -> list[Cell]:
        """The cells that a claim masks whole."""
        return [
            cell
            for cell, places in self.places.items()
            if any(place.number == number and place.span is None for place in places) and compact(cell.text)
        ]

    def _elsewhere(self, text: str, number: int) -> list[Cell]:
        """Cells in sight where a text, or a number equal to it, stands open."""
        value = number_in(text)
        cells = list(self._seen(whole(text, number)))
        cells += [
            cell
            for cell in self.book.cells()
            if cell.in_sight and cell not in self.places and value is not None and equal_number(cell, text)
        ]
        return list(dict.fromkeys(cells))

    def _tell_elsewhere(self, number: int, texts: Sequence[str]) -> None:
        cells = dict.fromkeys(cell for text in dict.fromkeys(texts) for cell in self._elsewhere(text, number))
        if cells:
            shown = _listed(list(cells))
            for text in texts:
                shown = self._safe(shown, text)
            said = (("claim", str(number)), ("places", shown))
            self.findings.append(Finding("mask.number_elsewhere", self.job.name, None, said))

    def _safe(self, shown: str, quote: str) -> str:
        """Places without the secret: a sheet may be named after it."""
        return "?" if compact(quote) in compact(shown) else shown

    def pictures(self, gone: Collection[str]) -> list[Finding]:
        """The pictures that the copy shows. Those on a sheet with a mask are told with their places."""
        marked = {cell.sheet for cell in self.places}
        return pictures_in_book(self.book, marked, gone, lambda place: "?" if self.needles.first_in(place) else place)

    def _depending(self) -> Dependents:
        """What was computed from the masked cells; what shows their very values is masked as well."""
        while True:
            found = dependents(self.book, set(self.places))
            if not found.copies:
                break
            for cell in found.copies:
                number = next(iter(self.places.values()))[0].number
                for other, places in self.places.items():
                    if other.text == cell.text:
                        number = places[0].number
                self._add([CellPlace(cell, number)])
        for code, cells in (("mask.computed_from_one", found.telling), ("mask.computed", found.further)):
            if cells:
                quotes = "".join(mark.anchor.quote or "" for mark in self.job.marks)
                shown = self._safe(", ".join(cell.name for cell in cells[:_SHOWN]), quotes or "\ue000")
                said = (("count", str(len(cells))), ("places", shown))
                self.findings.append(Finding(code, self.job.name, None, said))
        return found

    def _clean_aside(self) -> int:
        """Cells out of sight and texts of drawings and comments that hold a needle."""
        count = len(self._asides)
        unseen = self.needles.unseen or self.needles
        for cell in self.book.cells():
            wanted = self.needles if cell.in_sight else unseen
            spans = wanted.spans_in(cell.text) if cell.text and cell not in self.places else []
            if spans and (cell.number is not None or cell.formula is not None):
                self._add([CellPlace(cell, spans[0][1].number)])
            else:
                self._add(CellPlace(cell, needle.number, span) for span, needle in spans)
            count += len(spans)
        for chain in self._chains:
            for span, needle in unseen.spans_in(chain.text):
                chain.edit(span, needle.number, self._asides)
        return count + len(self._asides)

    def apply(self) -> None:
        """Write the masks into the sheets."""
        self._drop_formulas()
        shading = Shading(self.package, self.book.main)
        for cell, places in self.places.items():
            _mask_cell(cell, places, shading)
        for leaf in self._asides.leaves():
            leaf.element.text = "".join(text for text, _ in self._asides.pieces(leaf, mask_text))
        self._forget_strings()
        for part in self.package.names():
            root = self.package.tree(part)
            if root is not None and local(root) in ("chartSpace", "externalLink"):
                drop_elements(root, _CACHES | _OUTSIDE)

    def _drop_formulas(self) -> None:
        """Formulas of masked cells, of what depends on them and of what spells a marked text go; values stay."""
        doomed = {*self.places, *self.depending.all()}
        doomed |= {cell for cell in self.book.cells() if cell.formula and self.needles.first_in(cell.formula)}
        doomed |= {cell for cell in self.book.cells() if self._fills_masked(cell)}
        shared = {(cell.sheet.part, key) for cell in doomed if (key := _shared_key(cell))}
        for cell in self.book.cells():
            if cell in doomed or ((key := _shared_key(cell)) and (cell.sheet.part, key) in shared):
                for child in [child for child in cell.element if local(child) == "f"]:
                    cell.element.remove(child)

    def _fills_masked(self, cell: Cell) -> bool:
        """Whether a formula over several cells would fill a masked one again."""
        for child in cell.element:
            if local(child) == "f" and child.get("ref") and child.get("t") in ("array", "dataTable"):
                areas = areas_of(child.get("ref"))
                return any(
                    other.sheet is cell.sheet and any(area.holds(other.row, other.column) for area in areas)
                    for other in self.places
                )
        return False

    def _forget_strings(self) -> None:
        """Shared strings that no cell uses any more, or never did, are emptied; their numbers stay."""
        strings = self.book.strings
        if strings is None:
            return
        used = {
            child.text
            for sheet in self.book.sheets
            for element in sheet.root.iter()
            if local(element) == "c" and element.get("t") == "s"
            for child in element
            if local(child) == "v"
        }
        for index, entry in enumerate(strings):
            if str(index) not in used:
                for child in list(entry):
                    entry.remove(child)
                entry.append(entry.makeelement(entry.tag[: -len("si")] + "t"))

    def repair(self) -> None:
        """What the workbook needs to open: tables named as their header cells, sheets with different names, no dead names."""
        names: set[str] = set()
        for element in [element for element in self.book.root.iter() if local(element) in ("sheet", "definedName")]:
            if local(element) == "definedName":
                if "maskerad_" in (element.text or "") and "!" not in (element.text or ""):
                    take_out(element)
                continue
            name, number = element.get("name", ""), 1
            while element.get("name", "").casefold() in names:
                number += 1
                element.set("name", f"{name}_{number}"[:31])
            names.add(element.get("name", "").casefold())
        for sheet in self.book.sheets:
            for part in self.package.related(sheet.part, "table"):
                self._rename_columns(part, sheet.root)

    def _rename_columns(self, part: str, sheet: Element) -> None:
        table = self.package.tree(part)
        if table is None or table.get("headerRowCount") == "0":
            return
        area = areas_of(table.get("ref", "A1"))[0]
        cells = {element.get("r"): element for element in sheet.iter() if local(element) == "c"}
        taken: set[str] = set()
        columns = [element for element in table.iter() if local(element) == "tableColumn"]
        for offset, column in enumerate(columns):
            for child in [child for child in column if "maskerad_" in (child.text or "")]:
                column.remove(child)
            cell = cells.get(reference_of(area.top, area.left + offset))
            text = _inline_text(cell)
            if text is None or cell is None:
                taken.add(column.get("name", "").casefold())
                continue
            name, number = text, 1
            while name.casefold() in taken:
                number += 1
                name = f"{text} {number}"
            taken.add(name.casefold())
            column.set("name", name)
            if name != text:
                _set_inline(cell, name)


def _listed(cells: Sequence[Cell]) -> str:
    return ", ".join(cell.name for cell in cells[:_SHOWN])


def _shared_key(cell: Cell) -> str | None:
    return next((child.get("si") for child in cell.element if local(child) == "f" and child.get("t") == "shared"), None)


def _inline_text(cell: Element | None) -> str | None:
    if cell is None or cell.get("t") != "inlineStr":
        return None
    return "".join(string_text(child) for child in cell if local(child) == "is")


def _set_inline(cell: Element, text: str) -> None:
    space = cell.tag[: -len("c")]
    for child in list(cell):
        cell.remove(child)
    held = cell.makeelement(f"{space}is")
    shown = held.makeelement(f"{space}t")
    shown.text = text
    shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    held.append(shown)
    cell.append(held)
    cell.set("t", "inlineStr")
    for name in ("cm", "vm"):
        cell.attrib.pop(name, None)


def _mask_cell(cell: Cell, places: Sequence[CellPlace], shading: Shading) -> None:
    numbers = tuple(sorted({place.number for place in places}))
    if any(place.span is None for place in places):
        _set_inline(cell.element, mask_text(numbers))
        cell.element.set("s", shading.shaded(cell.element.get("s", "0")))
        return
    signs: dict[int, set[int]] = {}
    for place in places:
        for index in range(*(place.span or Span(0, 0))):
            signs.setdefault(index, set()).add(place.number)
    parts: list[str] = []
    index = 0
    while index < len(cell.text):
        if index not in signs:
            parts.append(cell.text[index])
            index += 1
            continue
        here: set[int] = set()
        while index in signs:
            here |= signs[index]
            index += 1
        parts.append(mask_text(tuple(here)))
    _set_inline(cell.element, "".join(parts))
