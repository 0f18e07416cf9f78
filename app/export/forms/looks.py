"""The formats of a workbook's cells, as far as they say what may be written: locked or open, a number, a day, a share, plain
text."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.export.forms.surgery import Element, parsed

__all__ = ["Look", "looks_of"]

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATES = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})
_TIMES = frozenset({18, 19, 20, 21, 45, 46, 47})
_NUMBERS = frozenset({1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, *range(37, 45), 48})


class Look(NamedTuple):
    """`shows` is general, text, number, percent, date or time; `ticks` says that the cell is drawn as a check box."""

    locked: bool = True
    shows: str = "general"
    ticks: bool = False


def looks_of(data: bytes | None) -> list[Look]:
    """The formats by number."""
    if data is None:
        return [Look()]
    root = parsed(data)
    codes: dict[int, str] = {}
    found: list[Look] = []
    ticking = _ticking(root)
    for part in root:
        if _local(part) == "numFmts":
            codes = {
                int(each.get("numFmtId", "0")): each.get("formatCode", "") for each in part if each.get("numFmtId", "").isdigit()
            }
        elif _local(part) == "cellXfs":
            found = [_look(each, codes, ticking) for each in part if _local(each) == "xf"]
    return found or [Look()]


def _look(xf: Element, codes: dict[int, str], ticking: bool) -> Look:
    number = xf.get("numFmtId", "0")
    protection = next((each for each in xf if _local(each) == "protection"), None)
    locked = protection is None or protection.get("locked", "1") not in ("0", "false")
    ticks = ticking and any("xfComplement" in _local(inner) for inner in xf.iter())
    return Look(locked, _shows(int(number) if number.isdigit() else 0, codes), ticks)


def _ticking(root: Element) -> bool:
    return any("featurePropertyBags" in str(each.tag) or "xfComplement" in str(each.tag) for each in root.iter())


def _shows(number: int, codes: dict[int, str]) -> str:
    if number in codes:
        code = _LITERAL.sub("", codes[number].split(";")[0]).lower()
        if code.strip() == "@":
            return "text"
        if "%" in code:
            return "percent"
        if "general" in code or "standard" in code:
            return "general"
        if re.search(r"[yd]|mmm|åå", code):
            return "date"
        if re.search(r"[hs]|\[m+\]", code):
            return "time"
        return "number" if re.search(r"[0#?]", code) else "general"
    if number == 49:
        return "text"
    if number in (9, 10):
        return "percent"
    for known, shows in ((_DATES, "date"), (_TIMES, "time"), (_NUMBERS, "number")):
        if number in known:
            return shows
    return "general"


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
