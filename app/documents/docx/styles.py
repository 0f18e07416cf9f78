"""Styles with what they inherit: outline level, numbering, tab stops, hidden and bold text, size."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.documents.docx.parts import Element, W, is_on, value, whole

LEADERS = frozenset({"underscore", "dot", "hyphen", "middleDot", "heavy"})


@dataclass(frozen=True, slots=True)
class Style:
    """A style's effective properties. `outline` 0..8 is a heading; `stops` are (position, leader) in order."""

    name: str = ""
    outline: int | None = None
    num_id: str | None = None
    num_level: int | None = None
    stops: tuple[tuple[int, str], ...] = ()
    hidden: bool = False
    bold: bool = False
    size: float | None = None
    title: bool = False
    head_row: bool = False


@dataclass(slots=True)
class Styles:
    """All styles of a document by id."""

    root: Element | None = None
    found: dict[str, Style] = field(default_factory=dict)
    raw: dict[str, Element] = field(default_factory=dict)
    default: Style = field(default_factory=Style)

    def __post_init__(self) -> None:
        if self.root is None:
            return
        base = self.root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self.default = Style(size=_size(base), bold=bool(is_on(base, "b")))
        default_id = None
        for style in self.root.iter(W + "style"):
            style_id = style.get(W + "styleId")
            if style_id is not None:
                self.raw[style_id] = style
                if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
                    default_id = style_id
        if default_id is not None:
            self.default = self._resolve(default_id, frozenset())

    def of(self, style_id: str | None) -> Style:
        """The style of that id, or the document's default."""
        if style_id is None:
            return self.default
        return self._resolve(style_id, frozenset())

    def numbering(self, style_id: str) -> str | None:
        """The list that a numbering style stands for."""
        style = self.raw.get(style_id)
        return value(style.find(f"{W}pPr/{W}numPr"), "numId") if style is not None else None

    def _resolve(self, style_id: str, seen: frozenset[str]) -> Style:
        if style_id in self.found:
            return self.found[style_id]
        style = self.raw.get(style_id)
        if style is None or style_id in seen or len(seen) > 40:
            return Style() if style_id in seen else self.default
        based = value(style, "basedOn")
        kind = style.get(W + "type")
        parent = self._resolve(based, seen | {style_id}) if based in self.raw else Style(size=self.default.size)
        properties, run = style.find(W + "pPr"), style.find(W + "rPr")
        numbering = properties.find(W + "numPr") if properties is not None else None
        name = (value(style, "name") or style_id).lower()
        outline = _outline(properties, name)
        level = value(numbering, "ilvl")
        num_id = value(numbering, "numId")
        hidden, bold = is_on(run, "vanish"), is_on(run, "b")
        result = Style(
            name=name,
            outline=parent.outline if outline is None else (None if outline > 8 else outline),
            num_id=num_id if num_id is not None else parent.num_id,
            num_level=whole(level) if level is not None else (parent.num_level if numbering is None else None),
            stops=merged_stops(parent.stops, properties),
            hidden=parent.hidden if hidden is None else hidden,
            bold=parent.bold if bold is None else bold,
            size=_size(run) or parent.size,
            title=parent.title or (kind == "paragraph" and name in ("title", "rubrik", "titel")),
            head_row=parent.head_row or _head_row(style),
        )
        self.found[style_id] = result
        return result


def merged_stops(inherited: tuple[tuple[int, str], ...], properties: Element | None) -> tuple[tuple[int, str], ...]:
    """Tab stops with those of `properties` added or cleared."""
    tabs = properties.find(W + "tabs") if properties is not None else None
    if tabs is None:
        return inherited
    stops = dict(inherited)
    for tab in tabs.iter(W + "tab"):
        position = whole(tab.get(W + "pos"))
        if tab.get(W + "val") == "clear":
            stops.pop(position, None)
        else:
            stops[position] = tab.get(W + "leader", "none")
    return tuple(sorted(stops.items()))


def _outline(properties: Element | None, name: str) -> int | None:
    """The outline level; Word's own headings have theirs by name even where the style does not repeat it."""
    level = value(properties, "outlineLvl")
    if level is not None:
        return whole(level, 9)
    if name.startswith(("heading ", "rubrik ")) and name.split(" ", 1)[1].isdigit():
        return whole(name.split(" ", 1)[1], 10) - 1
    return None


def _size(run: Element | None) -> float | None:
    size = value(run, "sz")
    return whole(size) / 2 if size is not None and size.isdigit() else None


def _head_row(style: Element) -> bool:
    """Whether a table style makes the first row look like a header."""
    for part in style.iter(W + "tblStylePr"):
        if part.get(W + "type") == "firstRow":
            if is_on(part.find(W + "rPr"), "b"):
                return True
            shade = part.find(f"{W}tcPr/{W}shd")
            return shade is not None and shade.get(W + "fill", "auto") not in ("auto", "FFFFFF")
    return False
