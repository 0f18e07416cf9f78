"""What a workbook's styles say of a cell: locked, bold, bordered, its fill as a colour, and how its number is shown."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isfinite
from typing import NamedTuple, TypeVar
from zipfile import ZipFile

from lxml import etree

from app.documents.xlsx.xml import children, local, parsed

__all__ = ["PLAIN", "Colour", "Style", "number_text", "read_styles"]

Colour = tuple[int, int, int]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Style:
    """One cell format. `shows` is "date", "time", "moment", "percent", "price", "number", "text" or "" (General)."""

    locked: bool = True
    bold: bool = False
    size: float | None = None
    fill: Colour | None = None
    bordered: bool = False
    shows: str = ""
    checkbox: bool = False


PLAIN = Style()


class _Font(NamedTuple):
    bold: bool
    size: float | None


# Formats that the file may refer to by number alone (ECMA-376 part 1, 18.8.30), those that matter here.
_BUILT_IN = {
    **dict.fromkeys((1, 2, 3, 4, 11, 37, 38, 39, 40, 48), "number"),
    **dict.fromkeys((5, 6, 7, 8, 41, 42, 43, 44), "price"),
    **dict.fromkeys((9, 10), "percent"),
    **dict.fromkeys((14, 15, 16, 17, *range(27, 32), 34, 35, 36, *range(50, 59)), "date"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 46, 47), "time"),
    22: "moment",
    49: "text",
}
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKETED = re.compile(r"\[[^\]]*\]")
_ELAPSED = re.compile(r"\[(?:h+|m+|s+|t+)\]", re.IGNORECASE)
_CURRENCY = re.compile(r"kr\b|sek|eur|€|£|(?<!\[)\$|\[\$[^\]-]", re.IGNORECASE)
_THEME_ORDER = ("lt1", "dk1", "lt2", "dk2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6", "hlink", "folHlink")
# Colours by index: the first eight repeat as 8 to 15; then the palette of Excel 97 (ECMA-376 part 1, 18.8.27).
_PALETTE = (
    "000000FFFFFFFF000000FF000000FFFFFF00FF00FF00FFFF800000008000000080808000800080008080C0C0C0808080"
    "9999FF993366FFFFCCCCFFFF660066FF80800066CCCCCCFF000080FF00FFFFFF0000FFFF8000808000000080800000FF"
    "00CCFFCCFFFFCCFFCCFFFF9999CCFFFF99CCCC99FFFFCC993366FF33CCCC99CC00FFCC00FF9900FF6600666699969696"
    "003366339966003300333300993300993366333399333333"
)
_INDEXED = [_PALETTE[start : start + 6] for start in range(0, len(_PALETTE), 6)]
_EPOCH = datetime(1899, 12, 30)
_MOST_STYLES = 65_536


def read_styles(package: ZipFile, part: str | None, theme_part: str | None) -> list[Style]:
    """The cell formats by index, as cells name them. A workbook without a style part has one, the plain one."""
    root = parsed(package, part) if part else None
    if root is None:
        return [PLAIN]
    palette = [_rgb(element.get("rgb")) for element in children(root, "colors", "indexedColors", "rgbColor")]
    colours = _Colours(_theme(package, theme_part), palette)
    formats = {
        element.get("numFmtId") or "": _shows(element.get("formatCode") or "") for element in children(root, "numFmts", "numFmt")
    }
    fonts = [_font(element) for element in children(root, "fonts", "font")]
    fills = [colours.fill(element) for element in children(root, "fills", "fill")]
    borders = [_bordered(element) for element in children(root, "borders", "border")]
    made: dict[Style, Style] = {}
    styles: list[Style] = []
    for element in children(root, "cellXfs", "xf"):
        if len(styles) >= _MOST_STYLES:
            break
        font = _at(fonts, element.get("fontId"), _Font(False, None))
        number = element.get("numFmtId") or "0"
        style = Style(
            locked=all(child.get("locked") not in ("0", "false") for child in children(element, "protection")),
            bold=font.bold,
            size=font.size,
            fill=_at(fills, element.get("fillId"), None),
            bordered=_at(borders, element.get("borderId"), False),
            shows=formats[number] if number in formats else _BUILT_IN.get(_whole(number), ""),
            checkbox=any(local(inner) == "xfComplement" for inner in element.iter()),
        )
        styles.append(made.setdefault(style, style))
    return styles or [PLAIN]


def number_text(value: str, shows: str, from_1904: bool) -> str:
    """A stored number as a reader would say it: dates in ISO form, percent as percent, other numbers without grouping."""
    try:
        number = float(value)
    except ValueError:
        return value
    if not isfinite(number):
        return value
    if shows in ("date", "moment", "time"):
        return _moment(number + (1462 if from_1904 else 0), shows) or _plain(number)
    if shows == "percent":
        return _plain(round(number * 100, 10)) + "%"
    return _plain(number)


def _moment(days: float, shows: str) -> str:
    if not 0 <= days < 2_958_466:
        return ""
    # Excel takes 1900 for a leap year: the days before 1 March 1900 stand one off.
    moment = _EPOCH + timedelta(days=days + (1 if 0 < days < 60 else 0))
    moment = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    clock = moment.strftime("%H:%M:%S" if moment.second else "%H:%M")
    if shows == "time" or days < 1:
        return clock
    day = f"{moment.year:04}-{moment.month:02}-{moment.day:02}"
    return day if shows == "date" or (moment.hour, moment.minute, moment.second) == (0, 0, 0) else f"{day} {clock}"


def _plain(number: float) -> str:
    if number == int(number) and abs(number) < 1e15:
        return str(int(number))
    text = f"{number:.12g}"
    return text if "e" not in text else f"{number:.10f}".rstrip("0").rstrip(".") if 1e-9 < abs(number) < 1e15 else text


def _shows(code: str) -> str:
    """What a number format shows, from its first section."""
    first = code.split(";", 1)[0]
    if _CURRENCY.search(first):
        return "price"
    elapsed = _ELAPSED.search(first)
    bare = _BRACKETED.sub("", _QUOTED.sub("", first)).lower()
    if bare in ("", "general", "standard"):
        return "time" if elapsed else ""
    if bare == "@":
        return "text"
    day = any(letter in bare for letter in "yd") or "å" in bare
    clock = bool(elapsed) or any(letter in bare for letter in "hs")
    if day or clock or ("m" in bare and not any(mark in bare for mark in "0#?")):
        return "moment" if day and clock else "time" if clock else "date"
    if "%" in bare:
        return "percent"
    return "number" if any(mark in bare for mark in "0#?") else ""


class _Colours:
    """Resolves a colour given as RGB, index or theme colour with tint."""

    def __init__(self, theme: list[Colour | None], palette: list[Colour | None]) -> None:
        self._theme = theme
        self._palette = palette

    def fill(self, element: etree._Element) -> Colour | None:
        for pattern in children(element, "patternFill"):
            kind = pattern.get("patternType") or "none"
            if kind == "none":
                return None
            for foreground in children(pattern, "fgColor" if kind == "solid" else "bgColor"):
                return self._colour(foreground)
        for stop in children(element, "gradientFill", "stop", "color"):
            return self._colour(stop)
        return None

    def _colour(self, element: etree._Element) -> Colour | None:
        base: Colour | None = None
        if element.get("rgb"):
            base = _rgb(element.get("rgb"))
        elif element.get("theme"):
            base = _at(self._theme, element.get("theme"), None)
        elif element.get("indexed"):
            base = self._indexed(_whole(element.get("indexed")))
        if base is None:
            return None
        try:
            tint = float(element.get("tint") or 0)
        except ValueError:
            tint = 0.0
        return _tinted(base, tint) if tint else base

    def _indexed(self, index: int) -> Colour | None:
        if 0 <= index < len(self._palette):
            return self._palette[index]
        place = index if index < 8 else index - 8
        return _rgb(_INDEXED[place]) if 0 <= place < len(_INDEXED) else None


def _theme(package: ZipFile, part: str | None) -> list[Colour | None]:
    root = parsed(package, part, forgiving=True) if part else None
    named: dict[str, Colour | None] = {}
    if root is not None:
        for scheme in children(root, "themeElements", "clrScheme"):
            for slot in scheme:
                for colour in slot:
                    named[local(slot)] = _rgb(colour.get("lastClr") or colour.get("val"))
    return [named.get(name) for name in _THEME_ORDER]


def _tinted(base: Colour, tint: float) -> Colour:
    """Lighter (tint above 0) or darker, as ECMA-376 part 1, 18.8.19 has it."""
    hue, light, saturation = rgb_to_hls(*(part / 255 for part in base))
    tint = max(-1.0, min(1.0, tint))
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    red, green, blue = hls_to_rgb(hue, light, saturation)
    return round(red * 255), round(green * 255), round(blue * 255)


def _rgb(text: str | None) -> Colour | None:
    digits = (text or "")[-6:]
    try:
        value = int(digits, 16) if len(digits) == 6 else -1
    except ValueError:
        value = -1
    return (value >> 16, value >> 8 & 255, value & 255) if value >= 0 else None


def _font(element: etree._Element) -> _Font:
    bold, size = False, None
    for child in element:
        if local(child) == "b":
            bold = child.get("val") not in ("0", "false")
        elif local(child) == "sz":
            try:
                size = float(child.get("val") or "")
            except ValueError:
                size = None
    return _Font(bold, size)


def _bordered(element: etree._Element) -> bool:
    """Whether an upright and a level side are drawn: else they are the lines between columns, or a rule under a title."""
    sides = {local(child) for child in element if (child.get("style") or "none") != "none"}
    return bool(sides & {"left", "right", "start", "end"}) and bool(sides & {"top", "bottom"})


def _at(values: list[T], index: str | None, otherwise: T) -> T:
    place = _whole(index)
    return values[place] if 0 <= place < len(values) else otherwise


def _whole(text: str | None) -> int:
    try:
        return int(text or "0")
    except ValueError:
        return -1
