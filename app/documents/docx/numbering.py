"""The numbers of headings and list items as Word shows them. They are not in the text: they are counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.documents.docx.parts import Element, W, is_on, value, whole
from app.documents.docx.styles import Styles

# Bullets that are drawn as an empty box are places to tick. Wingdings keeps them in the private use area.
BOX_BULLETS = frozenset("\uf0a8\uf06f\uf071\uf072\uf0a3☐□❏❑")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and prints. `restart` is the level (1-based) after which it begins again, 0 never."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands before a paragraph: `number` where it counts, `box` where the bullet is a box to tick."""

    number: str | None = None
    box: bool = False


class Numbering:
    """Counts a document's lists. Paragraphs must be asked for in their order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self.styles = styles
        self.abstract: dict[str, Element] = {}
        self.lists: dict[str, Element] = {}
        self.levels: dict[str, tuple[str, dict[int, Level]] | None] = {}
        self.starts: dict[tuple[str, int], int] = {}
        self.by_style: dict[tuple[str, str], int] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.used: set[str] = set()
        if root is not None:
            for each in root.iter(W + "abstractNum"):
                self.abstract[each.get(W + "abstractNumId", "")] = each
            for each in root.findall(W + "num"):
                self.lists[each.get(W + "numId", "")] = each

    def printed(self, num_id: str | None, level: int | None, style_id: str | None) -> Printed | None:
        """What Word prints before the next paragraph of this list and level; None when the paragraph is in no list."""
        if num_id in (None, "0") or (found := self._list(num_id)) is None:
            return None
        counter, levels = found
        if level is None:
            level = self.by_style.get((num_id, style_id or ""), 0)
        level = max(0, min(8, level))
        own = levels.get(level)
        if own is None:
            return Printed()
        counts = self.counts.setdefault(counter, {})
        self._begin(num_id, counts)
        for each in range(level):
            # A level that no paragraph has used yet counts as begun.
            counts.setdefault(each, levels[each].start if each in levels else 1)
        counts[level] = counts[level] + 1 if level in counts else own.start
        for deeper in [each for each in counts if each > level]:
            rule = levels[deeper].restart if deeper in levels else None
            if rule is None or (rule > 0 and level < rule):
                del counts[deeper]
        if own.kind == "bullet":
            return Printed(box=own.text.strip() in BOX_BULLETS and bool(own.text.strip()))
        if own.kind == "none" and "%" not in own.text:
            return Printed(own.text.strip() or None)
        return Printed(_filled(own, levels, counts) or None)

    def _begin(self, num_id: str, counts: dict[int, int]) -> None:
        """The first paragraph of a list with its own start makes the shared counter begin there."""
        if num_id in self.used:
            return
        self.used.add(num_id)
        for (each, level), start in self.starts.items():
            if each == num_id:
                counts[level] = start - 1
                for deeper in [other for other in counts if other > level]:
                    del counts[deeper]

    def _list(self, num_id: str) -> tuple[str, dict[int, Level]] | None:
        if num_id not in self.levels:
            self.levels[num_id] = self._load(num_id)
        return self.levels[num_id]

    def _load(self, num_id: str) -> tuple[str, dict[int, Level]] | None:
        entry = self.lists.get(num_id)
        definition = self._definition(entry, 0)
        if entry is None or definition is None:
            return None
        levels = {}
        for each in definition.findall(W + "lvl"):
            number = whole(each.get(W + "ilvl"))
            levels[number] = _level(each)
            if (style := value(each, "pStyle")) is not None:
                self.by_style[(num_id, style)] = number
        for change in entry.findall(W + "lvlOverride"):
            number = whole(change.get(W + "ilvl"))
            own = change.find(W + "lvl")
            if own is not None:
                levels[number] = _level(own)
            start = value(change, "startOverride")
            if start is not None:
                self.starts[(num_id, number)] = whole(start, 1)
        return definition.get(W + "abstractNumId", ""), levels

    def _definition(self, entry: Element | None, depth: int) -> Element | None:
        """The levels of a list, followed through numbering styles that stand for another list."""
        definition = self.abstract.get(value(entry, "abstractNumId") or "") if entry is not None else None
        link = value(definition, "numStyleLink")
        if link is None or depth > 5:
            return definition
        target = self.styles.numbering(link)
        followed = self._definition(self.lists.get(target or ""), depth + 1)
        return followed if followed is not None else definition


def _level(element: Element) -> Level:
    kind, restart = value(element, "numFmt") or "decimal", value(element, "lvlRestart")
    return Level(
        start=whole(value(element, "start"), 0 if element.find(W + "start") is None else 1),
        kind=kind,
        text=value(element, "lvlText") or "",
        legal=bool(is_on(element, "isLgl")),
        restart=whole(restart) if restart is not None else None,
    )


def _filled(own: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
    text = own.text
    for level in range(9):
        if (mark := f"%{level + 1}") in text:
            kind = "decimal" if own.legal else (levels[level].kind if level in levels else "decimal")
            text = text.replace(mark, formatted(counts.get(level, 1), kind))
    return " ".join(text.split())


def formatted(number: int, kind: str) -> str:
    """A number in one of Word's formats; unknown ones as figures, which is what Word falls back to."""
    return _FORMATS.get(kind, str)(number)


def _letters(number: int) -> str:
    """Word's letters go a to z, then aa, bb: the same letter repeated."""
    if not 1 <= number <= 780:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def _roman(number: int) -> str:
    if not 1 <= number <= 32_767:
        return str(number)
    text = ""
    for value_of, sign in _ROMAN:
        text += sign * (number // value_of)
        number %= value_of
    return text


_FORMATS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "decimalZero": lambda number: f"{number:02d}",
    "numberInDash": lambda number: f"- {number} -",
    "bullet": lambda _number: "",
    "none": lambda _number: "",
}
