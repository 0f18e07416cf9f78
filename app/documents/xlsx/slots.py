"""Which cells are places to fill in: unlocked on a protected sheet, governed by a validation, or of a colour that says so."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.document import AnswerType, Slot, SlotOrigin
from app.documents.xlsx.grid import Grid, Raw, Rule, cells_between
from app.documents.xlsx.legends import Legend
from app.documents.xlsx.references import Area, areas, split_sheet
from app.documents.xlsx.styles import Colour, Style
from app.documents.xlsx.workbook import Workbook

__all__ = ["Options", "Places"]

_YES = frozenset({"ja", "yes", "j", "y"})
_NO = frozenset({"nej", "no", "n"})
_MOST_OPTIONS = 500
_TALL = 64
_NUMBERS = frozenset({"whole", "decimal"})
_DEPTH = 8


class Options:
    """Resolves what a list validation offers: words, cells of any sheet, or a name for them."""

    def __init__(self, book: Workbook, grids: dict[str, Grid]) -> None:
        self._names = book.names
        self._grids = {name.casefold(): grid for name, grid in grids.items()}
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}

    def of(self, formula: str, sheet: str) -> tuple[str, ...]:
        """The options in order, once each; none when the formula computes them."""
        key = (formula, sheet)
        if key not in self._known:
            self._known[key] = tuple(dict.fromkeys(self._resolve(formula.lstrip("="), sheet, 0)))[:_MOST_OPTIONS]
        return self._known[key]

    def _resolve(self, formula: str, sheet: str, depth: int) -> list[str]:
        if depth > _DEPTH:
            return []
        if formula.startswith('"') and formula.endswith('"') and len(formula) > 1:
            words = formula[1:-1].replace('""', '"')
            return [word.strip() for word in words.split("," if "," in words else ";") if word.strip()]
        named = self._names.get(formula.casefold())
        if named is not None:
            return self._resolve(named.lstrip("="), sheet, depth + 1)
        other, reference = split_sheet(formula)
        grid = self._grids.get((other or sheet).casefold())
        found = areas(reference)
        if grid is None or not found:
            return []
        texts: list[str] = []
        for _, _, raw in cells_between(grid, found[0]):
            if raw.text:
                texts.append(raw.text)
            if len(texts) >= _MOST_OPTIONS:
                break
        return texts


class Places:
    """Answers for one sheet whether a cell is a place to fill in."""

    def __init__(
        self,
        name: str,
        grid: Grid,
        styles: list[Style],
        options: Options,
        own: Legend,
        shared: Legend,
        colours: frozenset[Colour],
    ) -> None:
        self.protected = grid.protected
        self._name = name
        self._styles = styles
        self._options = options
        # A sheet that names its colours itself is read by its own words alone.
        self._legend = own if own.families else own.before(shared)
        self._names_colours = bool(own.families)
        self._colours = colours
        self._open = grid.open_areas if grid.protected else []
        self._by_row: dict[int, list[tuple[Area, Rule]]] = {}
        self._tall: list[tuple[Area, Rule]] = []
        for rule in grid.rules:
            for area in rule.areas:
                if area.bottom - area.top < _TALL:
                    for row in range(area.top, area.bottom + 1):
                        self._by_row.setdefault(row, []).append((area, rule))
                else:
                    self._tall.append((area, rule))
        # Words on this sheet hold for it; those of other sheets, and a mere swatch, where its cells have the colour.
        self._legend_holds = (bool(own.families) and not self.protected) or self._legend_matches(grid)

    def rules_at(self, row: int) -> Iterable[tuple[Area, Rule]]:
        """The validations that have cells in the row."""
        yield from self._by_row.get(row, ())
        for area, rule in self._tall:
            if area.top <= row <= area.bottom:
                yield area, rule

    def rule_of(self, row: int, column: int) -> Rule | None:
        """The validation of a cell."""
        if not self._tall and row not in self._by_row:
            return None
        return next((rule for area, rule in self.rules_at(row) if area.left <= column <= area.right), None)

    def unlocked(self, row: int, column: int, style: Style) -> bool:
        """Whether the sheet is protected and yet lets anybody change this cell."""
        if not self.protected:
            return False
        return not style.locked or any(a.top <= row <= a.bottom and a.left <= column <= a.right for a in self._open)

    def fill_in(self, style: Style, raw: Raw) -> bool:
        """Whether the cell's colour says that it is to be filled in."""
        if self._legend_holds:
            return self._legend.says(style.fill)
        return style.fill is not None and style.fill in self._colours and raw.kind != "t" and not self._legend.closes(style.fill)

    def slot(self, row: int, column: int, raw: Raw, header: bool) -> Slot | None:
        """The place to fill in that the cell is, if it is one. A formula computes its value: nobody fills it in."""
        if raw.formula or header or (row, column) in self._legend.swatches:
            return None
        style = self._styles[raw.style]
        rule = self.rule_of(row, column)
        unlocked = self.unlocked(row, column, style)
        offered = self._options.of(rule.formula, self._name) if rule is not None and rule.kind == "list" else ()
        if self.protected and not unlocked:
            return None
        origin = self._origin(style, raw, rule, offered, unlocked)
        if origin is None:
            return None
        limit = None
        told = (rule.title, rule.prompt) if rule is not None else ()
        legend = self._legend.words(style.fill) if self._legend_holds and style.fill is not None else None
        label = " ".join(part for part in (*told, legend) if part) or None
        return Slot(origin, answer_type(style, rule, offered), label, offered, False, raw.text or None, None, limit)

    def _origin(self, style: Style, raw: Raw, rule: Rule | None, offered: tuple[str, ...], unlocked: bool) -> SlotOrigin | None:
        if style.checkbox:
            return SlotOrigin.CHECKBOX
        label = raw.kind == "t" and style.bold
        if rule is not None and not label and (not raw.text or unlocked or _could_be_answer(raw, rule, offered)):
            return SlotOrigin.VALIDATED_CELL
        if unlocked:
            # What can be written in is there for it, unless the sheet's own words say which colour is, or whose this one is.
            other = self._legend_holds and self._names_colours and not self._legend.says(style.fill)
            if label or other or self._legend.closes(style.fill):
                return None
            return SlotOrigin.UNLOCKED_CELL
        if (
            self._legend_holds
            and not self.protected
            and "white" in self._legend.families
            and not style.bordered
            and not style.fill
        ):
            return None
        return SlotOrigin.COLOURED_CELL if raw.kind != "t" and self.fill_in(style, raw) else None

    def _legend_matches(self, grid: Grid) -> bool:
        """Whether cells to fill in have the legend's colour, unlocked on a protected sheet; else it speaks of something else."""
        if not self._legend:
            return False
        said = [self._legend.says(style.fill) and (style.fill is not None or style.bordered) for style in self._styles]
        return any(
            not raw.formula
            and said[raw.style]
            and (row, column) not in self._legend.swatches
            and (not self._styles[raw.style].locked if self.protected else raw.kind != "t")
            for row, cells in grid.rows.items()
            for column, raw in cells.items()
        )


def answer_type(style: Style, rule: Rule | None, offered: tuple[str, ...]) -> AnswerType:
    """What kind of answer the cell takes, by its validation and its number format."""
    if style.checkbox:
        return AnswerType.YES_NO
    if rule is not None and rule.kind == "list":
        words = {word.casefold() for word in offered}
        return AnswerType.YES_NO if words & _YES and words & _NO and len(words) <= 3 else AnswerType.CHOICE
    if style.shows == "price":
        return AnswerType.PRICE
    if (rule is not None and rule.kind == "date") or style.shows in ("date", "moment"):
        return AnswerType.DATE
    if (rule is not None and rule.kind in _NUMBERS) or style.shows in ("number", "percent"):
        return AnswerType.NUMBER
    return AnswerType.TEXT


def _could_be_answer(raw: Raw, rule: Rule, offered: tuple[str, ...]) -> bool:
    """Whether the text in an open cell is a value that the validation lets in, not a column's name above it."""
    if rule.kind == "list":
        return (
            raw.text in offered
            or raw.kind != "t"
            or raw.text.casefold().startswith(("välj", "ange", "select", "choose", "<", "["))
        )
    return raw.kind != "t"
