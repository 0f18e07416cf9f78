"""What a workbook says of its fill colours: which of them the bidder fills in, and which are somebody else's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
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
_NOT = re.compile(r"\b(?:inte|ej|icke|låsta?|not|locked|read[ -]only)\b", re.I)
_WORKED_OUT = re.compile(r"\b(?:räknas|beräknas|summeras|formler?|calculated|computed|formulas?|automati\w+)\b", re.I)
_BY_ITSELF = re.compile(r"\b(?:fylls i|ifylls|filled(?: in)?|completed) automati\w+|automatically (?:filled|completed)", re.I)
# "får inte lämnas tomma", "om de inte fylls i förkastas anbudet": they are to be filled in all the same.
_NEVER_EMPTY = re.compile(
    r"\b(?:tomma?|blanka?|empty|blank)\b|\b(?:om|if)\b.{1,60}\b(?:inte|ej|not)\b|\b(?:ej|inte|icke)[ -]i?fyllda\b", re.I
)
_BUYERS = (
    r"(?:(?:beställar|köpar|upphandlar|uppdragsgivar|handläggar)en|(?:upphandlande |avropande )?(?:myndighet(?:en)?|enhet(?:en)?)"
    r"|\w*kommunen|regionen|bolaget|förbundet|förvaltningen|buyer|purchaser|customer|client|council|(?:contracting )?authority)"
)
_BUYER = re.compile(
    rf"\b(?:av|by|för|for) (?:den |det |the )?{_BUYERS}\b|\b{_BUYERS} (?:\w+ )?(?:fyll|ang|besvar|kompletter|fill|complet|enter)"
    r"|\b(?:(?:official|office|internal|agency) use|internt)\b",
    re.I,
)
_BIDDER = re.compile(
    r"\b(?:anbuds(?:givar|lämnar)(?:e|en|ens)|leverantör(?:en|ens|er)?|sökanden?|entreprenören?|konsulten|(?:bidder|tenderer|supplier|vendor"
    r"|contractor|offeror|respondent)s?|ni|you)\b",
    re.I,
)
_OPTIONAL = re.compile(
    r"\b(?:frivilli\w+|valfri\w*|optional|voluntary|(?:endast|bara|enbart) (?:om|vid)|only (?:if|where)"
    r"|(?:if|where) (?:applicable|relevant)|i förekommande fall|vid behov|om (?:tillämpligt|aktuellt|relevant))\b",
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

    `swatches` are the cells that only show a colour, `optional` the words that say of a colour that it can be left empty.
    """

    families: frozenset[str] = frozenset()
    exact: frozenset[Colour] = frozenset()
    closed_families: frozenset[str] = frozenset()
    closed_exact: frozenset[Colour] = frozenset()
    swatches: frozenset[tuple[int, int]] = frozenset()
    optional: tuple[tuple[str | Colour, str], ...] = ()

    def words(self, fill: Colour | None) -> str | None:
        """What is said of cells of this fill that need not be filled in."""
        return next((words for colour, words in self.optional if colour in (fill, family(fill))), None) if self.optional else None

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
            (*self.optional, *(told for told in other.optional if told[0] not in (*self.families, *self.exact))),
        )


def shared_legend(legends: Iterable[Legend]) -> Legend:
    """What the sheets say together: a first sheet often explains the colours of all."""
    together = Legend()
    for one in legends:
        together = together.before(one)
    return together._replace(swatches=frozenset())


def legend(grid: Grid, styles: list[Style], more: Iterable[str] = ()) -> Legend:
    """What the sheet's texts, and `more` that stand over them, say of colours: "Gula celler fylls i av anbudsgivaren"."""
    said = _Said()
    behind: dict[Colour, set[bool]] = {}
    waiting: frozenset[Colour] | None = None
    for text in more:
        said.take(text)
    for row, cells in grid.rows.items():
        for column, raw in cells.items():
            if raw.kind != "t":
                continue
            said.take(raw.text)
            beside = _beside(cells, column, styles)
            own = styles[raw.style].fill
            if (beside is None and own is None) or (verdict := _swatch_verdict(raw.text)) is None:
                continue
            if beside is not None:
                said.colours[beside] = verdict
                said.swatches.add((row, column - 1))
                if verdict and _OPTIONAL.search(raw.text):
                    said.optional[beside] = raw.text
            elif own is not None and _SWATCH.match(raw.text) and family(own) not in ("white", "black"):
                # The colour behind the words themselves means the cells that have it, if there are any; else it decorates.
                waiting = waiting_colours(grid, styles) if waiting is None else waiting
                if own in waiting:
                    behind.setdefault(own, set()).add(verdict)
    for colour, verdicts in behind.items():
        if len(verdicts) == 1:  # headings of the same colour for both parties tell nothing
            said.colours.setdefault(colour, *verdicts)
    return said.legend()


@dataclass(slots=True)
class _Said:
    """What has been read so far."""

    families: dict[str, bool] = field(default_factory=dict)
    colours: dict[Colour, bool] = field(default_factory=dict)
    optional: dict[str | Colour, str] = field(default_factory=dict)
    swatches: set[tuple[int, int]] = field(default_factory=set)

    def take(self, text: str) -> None:
        """Read a text that may name colours."""
        if len(text) > _LONGEST_LEGEND or not _WHERE.search(text):
            return
        for sentence in _SENTENCE.findall(text):
            if _WHERE.search(sentence) is None or _COLOURS.search(sentence) is None:
                continue
            for families, fills, words in _judged(sentence):
                for one in families:
                    optional = fills and _OPTIONAL.search(words) is not None
                    if optional and one not in self.families:
                        self.optional[one] = words.strip()
                    elif fills and not optional:
                        self.optional.pop(one, None)
                    self.families[one] = fills or self.families.get(one, False)

    def legend(self) -> Legend:
        """All of it."""
        return Legend(
            frozenset(name for name, fills in self.families.items() if fills),
            frozenset(colour for colour, fills in self.colours.items() if fills),
            frozenset(name for name, fills in self.families.items() if not fills),
            frozenset(colour for colour, fills in self.colours.items() if not fills),
            frozenset(self.swatches),
            tuple(self.optional.items()),
        )


def _judged(sentence: str) -> Iterable[tuple[set[str], bool, str]]:
    """Each colour of a sentence with its verdict: that of its own clause, of the next that has one, or of the one before, and
    the words of the clause.
    """
    waiting: set[str] = set()
    last: bool | None = None
    words = ""
    for clause in _CLAUSE.split(sentence):
        found = {name for match in _COLOURS.finditer(clause) for name in _NAMES[(match[1] or match[2]).lower()]}
        verdict = _verdict(clause)
        words = clause if found or verdict is not None else words
        waiting |= found
        if verdict is not None and waiting:
            yield waiting, verdict, clause
            waiting = set()
        last = verdict if verdict is not None else last
    if waiting and last is not None:
        yield waiting, last, words


def _verdict(clause: str) -> bool | None:
    """Whether the clause says that the bidder fills something in (True), that somebody or something else does, or neither."""
    if _NOT.search(clause):
        return bool(_NEVER_EMPTY.search(clause))
    if (_BUYER.search(clause) and not _BIDDER.search(clause)) or _BY_ITSELF.search(clause):
        return False
    if not _FILL.search(clause) and _WORKED_OUT.search(clause):
        return False
    if _FILL.search(clause) or (_DUTY.search(clause) and _FIELD.search(clause)):
        return True
    return None


def _swatch_verdict(text: str) -> bool | None:
    """What words beside a colour say of it: short, and about filling in."""
    if len(text) > _LONGEST_SWATCH:
        return None
    about = (
        _SWATCH.match(text)
        or _NOT.search(text)
        or _WORKED_OUT.search(text)
        or _OPTIONAL.search(text)
        or _BUYER.search(text)
        or (_BIDDER.search(text) and _FILL.search(text))
    )
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
