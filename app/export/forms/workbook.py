"""Answers into a workbook: each into its cell, as the kind of value that the cell is made for. Nothing else in the file
changes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal

from lxml import etree

from app.core.document import AnswerType, Finding
from app.core.errors import CorruptFileError
from app.export.forms.looks import Look, looks_of
from app.export.forms.model import Filled, FormJob, Result, Target, unfit
from app.export.forms.package import Package
from app.export.forms.recalculation import drop_results, set_calculation
from app.export.forms.references import cell_name, cell_of
from app.export.forms.rules import Rule, share_of_day
from app.export.forms.sheet import CellValue, FormSheet
from app.export.forms.surgery import Surgeon
from app.export.forms.values import as_day, as_number, as_time, as_yes_no, legal_text, option_of, plain_number, serial

__all__ = ["fill_workbook"]

_MOST_CHARACTERS = 32_767
_NUMBERS = frozenset({AnswerType.PRICE, AnswerType.NUMBER})
_ESCAPE = "_x005F_"


@dataclass(slots=True)
class _Book:
    package: Package
    looks: list[Look]
    parts: dict[str, str]
    main: Surgeon
    main_part: str
    from_1904: bool
    sheets: dict[str, FormSheet] = field(default_factory=dict)

    def sheet(self, name: str) -> FormSheet | None:
        """A sheet by its name, opened when first asked for."""
        found = self.sheets.get(name)
        part = self.parts.get(name)
        if found is None and part is not None and (data := self.package.read(part)) is not None:
            found = self.sheets[name] = FormSheet(name, part, data, self.looks)
        return found


def fill_workbook(job: FormJob) -> Filled:
    """The filled copy. Raises CorruptFileError."""
    try:
        book = _opened(job)
        written: dict[tuple[str, int, int], int] = {}
        results = [_one(book, target, written) for target in job.targets]
        findings = list(_told(book))
        changed: set[tuple[str, int, int]] = set(written)
        if changed:
            for name in book.parts:
                book.sheet(name)
            count, _ = drop_results(book.sheets.values(), changed)
            if count:
                set_calculation(book.main)
                findings.append(Finding("fill.recalculated", job.name, None, (("count", str(count)),)))
        parts = {
            member: sheet.surgeon.result()
            for sheet in book.sheets.values()
            if sheet.surgeon.touched and (member := book.package.member(sheet.part)) is not None
        }
        main = book.package.member(book.main_part)
        if book.main.touched and main is not None:
            parts[main] = book.main.result()
    except etree.XMLSyntaxError as error:
        raise CorruptFileError(job.name) from error
    parts = {member: part for member, part in parts.items() if part != book.package.read(member)}
    data = book.package.with_parts(parts) if parts else job.data
    return Filled(data, tuple(results), tuple(findings), tuple(sorted(parts)))


def _opened(job: FormJob) -> _Book:
    package = Package(job.name, job.data)
    main_part = package.main("xl/workbook.xml")
    data = package.read(main_part)
    if data is None:
        raise CorruptFileError(job.name)
    main = Surgeon(data)
    links = package.relations(main_part)
    styles = next((target for kind, target in links.values() if kind == "styles"), "xl/styles.xml")
    space = main.root.tag.partition("}")[0] + "}"
    parts: dict[str, str] = {}
    for each in main.root.iter(space + "sheet"):
        link = next(
            (links[str(value)] for key, value in each.attrib.items() if str(key).endswith("}id") and str(value) in links), None
        )
        if link is not None and link[0] == "worksheet":
            parts.setdefault(each.get("name", ""), link[1])
    properties = main.root.find(space + "workbookPr")
    from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    return _Book(package, looks_of(package.read(styles)), parts, main, main_part, from_1904)


def _told(book: _Book) -> list[Finding]:
    """What the user must know of the file as a whole."""
    name = book.package.name
    found = []
    if any(member.lower().endswith("vbaproject.bin") for member in book.package.members):
        found.append(Finding("fill.macros", name))
    if any("_xmlsignatures/" in member.lower() for member in book.package.members):
        found.append(Finding("fill.signature_broken", name))
    open_sheets = [sheet.name for sheet in book.sheets.values() if not sheet.protected]
    if book.sheets and len(open_sheets) == len(book.sheets) and any(not look.locked for look in book.looks):
        # Cells are unlocked for a protection that is not switched on: anything in the form could be changed by mistake.
        found.append(Finding("fill.not_protected", name))
    return found


def _one(book: _Book, target: Target, written: dict[tuple[str, int, int], int]) -> Result:
    name, cell = target.place.sheet, target.place.cell
    if name is None and len(book.parts) == 1:
        name = next(iter(book.parts))
    sheet = book.sheet(name) if name is not None else None
    if sheet is None or sheet.data is None:
        return unfit(target, "fill.no_sheet")
    if cell is not None and ":" in cell:
        return unfit(target, "fill.several_cells")
    at = cell_of(cell or "")
    if at is None:
        return unfit(target, "fill.no_cell")
    row, column = sheet.anchor(*at)
    notes: list[Finding] = []
    if (row, column) != at:
        notes.append(Finding("fill.merged", "", None, (("cell", cell_name(row, column)),)))
    target = replace(target, place=replace(target.place, sheet=name, cell=cell_name(row, column)))
    key = (sheet.name, row, column)
    if key in written:
        return unfit(target, "fill.twice", number=written[key] + 1)
    if sheet.computed(row, column):
        return unfit(target, "fill.formula")
    if sheet.locked(row, column):
        return unfit(target, "fill.locked")
    if sheet.holds_text(row, column) and not target.slot and not (sheet.protected and not sheet.look(row, column).locked):
        return unfit(target, "fill.not_open")
    look, rule = sheet.look(row, column), sheet.rule(row, column)
    value = _value(book, target, look, rule, notes)
    if isinstance(value, Result):
        return value
    sheet.write(row, column, value[0])
    written[key] = target.number
    return Result(target.number, value[1], target.place, None, None, tuple(notes))


def _value(book: _Book, target: Target, look: Look, rule: Rule | None, notes: list[Finding]) -> tuple[CellValue, str] | Result:
    """What is written and how the report tells it, or why the cell does not take it."""
    text = legal_text(target.value)
    if rule is not None and rule.kind == "list":
        options = rule.literal or target.options
        if options:
            chosen = option_of(text, options)
            if chosen is None:
                return unfit(target, "fill.not_in_list", options)
            text = options[chosen]
            number = as_number(text)
            if number is not None and _looks_like_number(text):
                return CellValue("number", plain_number(number)), text
            return CellValue("text", _escaped(text)), text
        notes.append(Finding("fill.rule_unread", ""))
    if look.ticks:
        said = as_yes_no(text)
        return unfit(target, "fill.not_yes_no") if said is None else (CellValue("truth", str(int(said))), "☒" if said else "☐")
    kind = rule.kind if rule is not None else ""
    if kind == "date" or (look.shows == "date" and kind in ("", "none", "custom", "list")):
        moment = as_day(text)
        if moment is None:
            return unfit(target, "fill.not_date")
        counted = serial(moment, book.from_1904)
        return _bounded(target, rule, counted, notes) or (CellValue("number", plain_number(counted)), text.strip())
    if kind == "time" or (look.shows == "time" and kind in ("", "none", "custom")):
        clock = as_time(text)
        if clock is None:
            return unfit(target, "fill.not_time")
        share = share_of_day(clock)
        return _bounded(target, rule, share, notes) or (CellValue("number", plain_number(share)), text.strip())
    if _takes_number(target, look, kind):
        number = as_number(text)
        if number is None:
            return unfit(target, "fill.not_number")
        if look.shows == "percent" and not text.strip().endswith("%") and abs(number) >= 1:
            number /= 100  # as when it is typed: 25 in a cell of shares is 25 %
        if kind == "whole" and number != number.to_integral_value():
            return unfit(target, "fill.not_whole")
        return _bounded(target, rule, number, notes) or (CellValue("number", plain_number(number)), text.strip())
    if len(text) > _MOST_CHARACTERS:
        return unfit(target, "fill.too_long", length=len(text), limit=_MOST_CHARACTERS)
    if kind == "textLength" and (refused := _bounded(target, rule, Decimal(len(text)), notes)) is not None:
        longest = _longest(rule)
        if longest is not None and len(text) > longest:
            return unfit(target, "fill.too_long", length=len(text), limit=longest)
        return refused
    if kind == "custom":
        notes.append(Finding("fill.rule_unread", ""))
    return CellValue("text", _escaped(text)), text


def _takes_number(target: Target, look: Look, kind: str) -> bool:
    """Whether the cell is made for a number: by its rule or its format, or because a price is asked for and it has no format."""
    if kind in ("whole", "decimal") or look.shows in ("number", "percent"):
        return True
    return target.type in _NUMBERS and look.shows == "general" and as_number(target.value) is not None


def _bounded(target: Target, rule: Rule | None, value: Decimal, notes: list[Finding]) -> Result | None:
    """The refusal of a value outside the bounds that the sheet sets; None when it is let in."""
    if rule is None or rule.kind not in ("whole", "decimal", "date", "time", "textLength"):
        return None
    allowed = rule.allows(value)
    if allowed is None:
        notes.append(Finding("fill.rule_unread", ""))
        return None
    return None if allowed else unfit(target, "fill.out_of_bounds")


def _longest(rule: Rule | None) -> int | None:
    """The most characters that a rule of length lets in."""
    if rule is None:
        return None
    bound = rule.second if rule.operator == "between" else rule.first
    if rule.operator not in ("between", "lessThan", "lessThanOrEqual", "equal") or not bound.strip().isdigit():
        return None
    return int(bound) - (rule.operator == "lessThan")


def _looks_like_number(text: str) -> bool:
    """Whether an option is a number in the sheet as well: digits without zeros in front, which would be lost."""
    bare = text.strip()
    return bare.replace(",", "").replace(".", "").replace("-", "").isdigit() and not (
        len(bare) > 1 and bare[0] == "0" and bare[1].isdigit()
    )


def _escaped(text: str) -> str:
    """A text that looks like the escape of a character must not be read as one."""
    out, position = [], 0
    while (at := text.find("_x", position)) >= 0:
        digits = text[at + 2 : at + 6]
        escape = text[at + 6 : at + 7] == "_" and len(digits) == 4 and all(each in "0123456789abcdefABCDEF" for each in digits)
        out += [text[position:at], _ESCAPE if escape else "_", "x"]
        position = at + 2
    return "".join([*out, text[position:]])
