"""What a workbook says of its fill colours: which of them the bidder fills in, and which are somebody else's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from app.documents.xlsx.colours import family, waiting_colours
from app.documents.xlsx.grid import Grid, Raw
from app.documents.xlsx.styles import Colour, Style

__all__ = ["Legend", "legend", "shared_legend"]

_NAMES: dict[str, frozenset[str]] = {
    "gul": frozenset({"yellow"}),
    "yellow": frozenset({"yellow"}),
    "grön": frozenset({"green"}),
    "green": frozenset({"green"}),
    "blå": frozenset({"blue", "turquoise"}),
    "blue": frozenset({"blue", "turquoise"}),
    "turkos": frozenset({"turquoise", "blue"}),
    "orange": frozenset({"orange"}),
    "beige": frozenset({"orange", "yellow"}),
    "röd": frozenset({"red", "pink"}),
    "red": frozenset({"red", "pink"}),
    "rosa": frozenset({"pink", "red"}),
    "pink": frozenset({"pink", "red"}),
    "lila": frozenset({"purple"}),
    "purple": frozenset({"purple"}),
    "grå": frozenset({"grey"}),
    "grey": frozenset({"grey"}),
    "gray": frozenset({"grey"}),
    "vit": frozenset({"white"}),
    "white": frozenset({"white"}),
}
_COLOURS = re.compile(
    r"\b(?:ljus)?(gul|grön|blå|turkos|orange|beige|röd|rosa|lila|grå|vit)"
    r"(?:a|t|tt|e)?(?:-?(?:färga|markera|skugga|fyll)\w*|-?(?:fält|cell|rut)\w*)?\b"
    r"|\b(?:light )?(yellow|green|blue|red|pink|purple|grey|gray|white)(?:-?(?:shaded|coloured|colored|marked))?\b",
    re.I,
)
_WHERE = re.compile(
    r"(?:fält|cell|rut(?:a|or|an|orna)\b|kolumn|rader|ytor|bakgrund|markera|färga|\bfields?\b|\bbox(?:es)?\b|\bareas?\b|shaded)",
    re.I,
)
_FILL = re.compile(
    r"\b(?:fyll(?:a|as|s|er|es)?\b|ifyll\w*|ange[rs]?\b|angivas?\b|besvara\w*|skriv\w*|svar(?:s|a|en)?\b|priss\w*|lämnas?\b"
    r"|complet\w*|fill(?:ed)?\b|enter(?:ed)?\b|inputs?\b|answer\w*|respon(?:d|ses?)\b|indata\b|inmatning\w*)",
    re.I,
)
_DUTY = re.compile(r"\b(?:obligatorisk|frivillig|valfri|mandatory|optional|compulsory|voluntary|required)\w*", re.I)
_FIELD = re.compile(r"fält|cell|\brut(?:a|or|an|orna)\b|\bfields?\b|\bbox(?:es)?\b", re.I)
_NOT = re.compile(
    r"\b(?:inte|ej|icke|låsta?|not|locked|read[ -]only|räknas|beräknas|summeras|automati\w+|formler?|calculated)\b", re.I
)
_NEVER_EMPTY = re.compile(r"\b(?:tomma?|blanka?|empty|blank)\b", re.I)
_BUYER = re.compile(
    r"\b(?:(?:beställar|köpar|upphandlar|uppdragsgivar|handläggar)(?:en|ens|e)?|(?:\w+ )?myndighet(?:en|ens)?|upphandlande"
    r"|\w*kommunens?|regionens?|bolagets?|förbundets?|förvaltningens?|buyer|purchaser|customer|client|(?:contracting )?authority"
    r"|council|(?:official|office|internal|agency) use|internt?)\b",
    re.I,
)
_BIDDER = re.compile(
    r"\b(?:anbuds(?:givar|lämnar)(?:e|en|ens)|leverantör(?:en|ens|er)?|sökanden?|entreprenören?|konsulten|(?:bidder|tenderer|supplier|vendor"
    r"|contractor|offeror|respondent)s?|ni|you)\b",
    re.I,
)
_SWATCH = re.compile(
    r"[\s=:\-–]*(?:(?:fält|cell|ruta|celler|rutor)\w*\s+)?(?:som\s+)?(?:ska\s+)?"
    r"(?:fylls\s+i|ifylls|ifylles|att\s+fylla\s+i|fyllas\s+i|fyll\s+i|to\s+be\s+(?:completed|filled)|input|indata|inmatning)\b"
    r"|[\s=:\-–]*(?:for|för)\s+(?:official|office|internal|internt)\b",
    re.I,
)
_SENTENCE = re.compile(r"[^.!?;\n]+")
_CLAUSE = re.compile(r"\s*[,:()/]\s*|\b(?:och|samt|medan|men|and|while|whereas|but)\b")
_LONGEST_LEGEND = 2_000
_LONGEST_SWATCH = 80


class Legend(NamedTuple):
    """What is said of colours: families by name and exact colours shown as a swatch, to fill in or `closed` to the bidder.

    `swatches` are the cells that only show a colour.
    """

    families: frozenset[str] = frozenset()
    exact: frozenset[Colour] = frozenset()
    closed_families: frozenset[str] = frozenset()
    closed_exact: frozenset[Colour] = frozenset()
    swatches: frozenset[tuple[int, int]] = frozenset()

    def says(self, fill: Colour | None) -> bool:
        """Whether a cell of this fill is to be filled in."""
        return fill in self.exact or (family(fill) in self.families and fill not in self.closed_exact)

    def closes(self, fill: Colour | None) -> bool:
        """Whether a cell of this fill is the buyer's, or worked out."""
        return fill in self.closed_exact or (family(fill) in self.closed_families and fill not in self.exact)

    def __bool__(self) -> bool:
        return bool(self.families or self.exact)

    def before(self, other: Legend) -> Legend:
        """Both together; where they disagree this one holds."""
        return Legend(
            self.families | (other.families - self.closed_families),
            self.exact | (other.exact - self.closed_exact),
            self.closed_families | (other.closed_families - self.families),
            self.closed_exact | (other.closed_exact - self.exact),
            self.swatches,
        )


def shared_legend(legends: Iterable[Legend]) -> Legend:
    """What the sheets say together: a first sheet often explains the colours of all."""
    together = Legend()
    for one in legends:
        together = together.before(one)
    return together._replace(swatches=frozenset())


def legend(grid: Grid, styles: list[Style], more: Iterable[str] = ()) -> Legend:
    """What the sheet's texts, and `more` that stand over them, say of colours: "Gula celler fylls i av anbudsgivaren"."""
    open_families: set[str] = set()
    closed: set[str] = set()
    told: dict[Colour, bool] = {}
    behind: dict[Colour, set[bool]] = {}
    swatches: set[tuple[int, int]] = set()
    waiting: frozenset[Colour] | None = None
    for text in more:
        _take_named(text, open_families, closed)
    for row, cells in grid.rows.items():
        for column, raw in cells.items():
            if raw.kind != "t":
                continue
            _take_named(raw.text, open_families, closed)
            verdict = _swatch_verdict(raw.text)
            if verdict is None:
                continue
            if (beside := _beside(cells, column, styles)) is not None:
                told[beside] = verdict
                swatches.add((row, column - 1))
            elif (
                _SWATCH.match(raw.text) and (own := styles[raw.style].fill) is not None and family(own) not in ("white", "black")
            ):
                # The colour behind the words themselves means the cells that have it, if there are any; else it decorates.
                waiting = waiting_colours(grid, styles) if waiting is None else waiting
                if own in waiting:
                    behind.setdefault(own, set()).add(verdict)
    for colour, verdicts in behind.items():
        if len(verdicts) == 1:  # headings of the same colour for both parties tell nothing
            told.setdefault(colour, *verdicts)
    return Legend(
        frozenset(open_families),
        frozenset(colour for colour, fills in told.items() if fills),
        frozenset(closed - open_families),
        frozenset(colour for colour, fills in told.items() if not fills),
        frozenset(swatches),
    )


def _take_named(text: str, open_families: set[str], closed: set[str]) -> None:
    if len(text) > _LONGEST_LEGEND or not _WHERE.search(text):
        return
    for sentence in _SENTENCE.findall(text):
        if _WHERE.search(sentence) is None or _COLOURS.search(sentence) is None:
            continue
        for families, fills in _judged(sentence):
            (open_families if fills else closed).update(families)


def _judged(sentence: str) -> Iterable[tuple[set[str], bool]]:
    """Each colour of a sentence with its verdict: that of its own clause, of the next that has one, or of the one before."""
    waiting: set[str] = set()
    last: bool | None = None
    for clause in _CLAUSE.split(sentence):
        found = {name for match in _COLOURS.finditer(clause) for name in _NAMES[(match[1] or match[2]).lower()]}
        verdict = _verdict(clause)
        waiting |= found
        if verdict is not None and waiting:
            yield waiting, verdict
            waiting = set()
        last = verdict if verdict is not None else last
    if waiting and last is not None:
        yield waiting, last


def _verdict(clause: str) -> bool | None:
    """Whether the clause says that the bidder fills something in (True), that somebody or something else does, or neither."""
    if _NOT.search(clause):
        return bool(_NEVER_EMPTY.search(clause))
    if _BUYER.search(clause) and not _BIDDER.search(clause):
        return False
    if _FILL.search(clause) or (_DUTY.search(clause) and _FIELD.search(clause)):
        return True
    return None


def _swatch_verdict(text: str) -> bool | None:
    """What words beside a colour say of it: short, and about filling in."""
    if len(text) > _LONGEST_SWATCH:
        return None
    about = _SWATCH.match(text) or _NOT.search(text) or _BUYER.search(text) or (_BIDDER.search(text) and _FILL.search(text))
    if not about:
        return None
    return _verdict(text)


def _beside(cells: dict[int, Raw], column: int, styles: list[Style]) -> Colour | None:
    """The colour of the empty cell on the left, when nothing stands before it: else it is a label's place to fill in."""
    left = cells.get(column - 1)
    if left is None or left.text or any(raw.text for other, raw in cells.items() if other < column):
        return None
    found = styles[left.style].fill
    return found if found is not None and family(found) not in ("white", "black") else None
