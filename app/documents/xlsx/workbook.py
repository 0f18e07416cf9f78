"""A workbook's skeleton: its sheets in order, where each stands in the package, names, strings, styles, metadata."""

from __future__ import annotations

from dataclasses import dataclass, field
from zipfile import ZipFile

from app.core.errors import CorruptFileError
from app.documents.xlsx.grid import Tally, clean, shared_strings
from app.documents.xlsx.styles import Style, read_styles
from app.documents.xlsx.xml import Relation, attribute, children, local, parsed, relations

__all__ = ["SheetPart", "Workbook", "open_workbook"]

_MOST_SHEETS = 2_000
_MOST_NAMES = 50_000
_METADATA = {"title", "subject", "creator", "description", "keywords", "category", "lastModifiedBy", "created", "modified"}


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet and where its XML is; `part` is None for a sheet whose part is `missing` or that holds no cells (a chart)."""

    name: str
    hidden: bool
    part: str | None
    missing: bool = False


@dataclass(slots=True)
class Workbook:
    """What all sheets share."""

    sheets: list[SheetPart]
    strings: list[str]
    styles: list[Style]
    names: dict[str, str] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    outside: list[str] = field(default_factory=list)
    from_1904: bool = False
    metadata: tuple[tuple[str, str], ...] = ()


def open_workbook(package: ZipFile, tally: Tally) -> Workbook:
    """Raises CorruptFileError when the package has no workbook."""
    part = _main_part(package)
    root = parsed(package, part) if part else None
    if part is None or root is None:
        raise CorruptFileError(tally.file)
    links = relations(package, part)
    sheets = [
        _sheet(package, element.get("name") or f"#{number}", element.get("state"), links.get(attribute(element, "id") or ""))
        for number, element in enumerate(children(root, "sheets", "sheet"), 1)
        if number <= _MOST_SHEETS
    ]
    strings_part = _target(links, "sharedStrings")
    strings: list[str] = []
    if strings_part in package.namelist() and strings_part:
        with package.open(strings_part) as source:
            strings = shared_strings(source, tally)
    book = Workbook(sheets, strings, read_styles(package, _target(links, "styles"), _target(links, "theme")))
    book.from_1904 = any(element.get("date1904") in ("1", "true") for element in children(root, "workbookPr"))
    for element in children(root, "definedNames", "definedName"):
        _take_name(book, element.get("name") or "", element.get("localSheetId"), (element.text or "").strip())
    for element in children(root, "externalReferences", "externalReference"):
        link = links.get(attribute(element, "id") or "")
        book.outside.append(link[1] if link and not link[2] else "")
    book.metadata = _metadata(package)
    return book


def _take_name(book: Workbook, name: str, sheet: str | None, formula: str) -> None:
    if name == "_xlnm.Print_Titles" and sheet and sheet.isdigit():
        book.titles[int(sheet)] = formula
    elif len(book.names) < _MOST_NAMES:
        book.names.setdefault(name.casefold(), formula)


def _main_part(package: ZipFile) -> str | None:
    for kind, target, outside in relations(package, "").values():
        if kind == "officeDocument" and not outside:
            return target
    return "xl/workbook.xml" if "xl/workbook.xml" in package.namelist() else None


def _sheet(package: ZipFile, name: str, state: str | None, link: Relation | None) -> SheetPart:
    part = _cells_part(package, link)
    return SheetPart(name, (state or "visible") != "visible", part, part is None and (link is None or link[0] != "chartsheet"))


def _cells_part(package: ZipFile, link: Relation | None) -> str | None:
    if link is None or link[2] or link[0] not in ("worksheet", "dialogsheet", "xlMacrosheet", "xlIntlMacrosheet"):
        return None
    return link[1] if link[1] in package.NameToInfo else None


def _target(links: dict[str, Relation], kind: str) -> str | None:
    return next((target for found, target, outside in links.values() if found == kind and not outside), None)


def _metadata(package: ZipFile) -> tuple[tuple[str, str], ...]:
    root = parsed(package, "docProps/core.xml", forgiving=True)
    if root is None:
        return ()
    return tuple((local(child), text) for child in root if local(child) in _METADATA and (text := clean(child.text or "")))
