"""What must not be found in a masked copy: the marked texts and those of their pieces that stand nowhere else in sight.

A piece that the user left in sight elsewhere (a common word, a page number) tells nothing about the mask. A piece that stood
only under masks and in hidden layers must be gone from the copy altogether, whoever reads it and however.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache, cached_property
from itertools import pairwise
from typing import NamedTuple

from app.core.document import Finding
from app.secrecy.masking.folding import Folded, Span, compact, find, folded, is_numeric

__all__ = [
    "Needle",
    "Needles",
    "number_in",
    "open_from_others",
    "pieces_of",
    "places_of_needle",
    "plain_number",
    "squeezed",
    "whole",
]

_WORD = re.compile(r"[^\s,;:!?()\[\]{}\"“”«»/|<>]+")
_NUMBER = re.compile(r"(?<![\w])-?\d{1,3}(?:[ \u00a0\u202f.,']\d{3})+(?:[.,]\d{1,4})?(?![\w])|(?<![\w])-?\d+(?:[.,]\d+)?(?![\w])")
_ODD_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3}(?!\w)|(?<=\.\d{9})\d*(?!\w))")
_AMOUNT = re.compile(
    r"(?<![\d.,'’])[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f.,'’]\d{3})+(?:[.,]\d{1,2})?(?!\d)"
    r"|(?<![\d.,])[1-9]\d{3,}(?:[.,]\d{1,2})?(?!\d)"
)
"""An amount of four digits or more in any of the ways people write it: 1 285, 1.285:-, 1,285.00, 1285,00, SEK1285."""
_DECIMALS = re.compile(r"[.,](\d{1,2})$")
_MOST_OF_UNIT = 12
_MOST_EXPONENT = 20
_LEAST_WORD = 5
_LEAST_DIGITS = 3
_LEAST_FIGURE = 4
_IN_WINDOW = 3
_LEAST_WINDOW = 12
_MOST_PIECES = 1500


class Needle(NamedTuple):
    """A folded text to look for, and the claim that it belongs to.

    `bounded`: only as a word or number of its own. `anywhere`: so distinctive that it can be looked for in bytes and markup;
    any other is looked for in texts only, as it may be a word of the format. `whole`: the marked text itself.
    """

    text: str
    number: int
    bounded: bool
    anywhere: bool
    whole: bool
    source: str

    @property
    def telling(self) -> bool:
        """Whether it is the same datum wherever it stands: not a short number or abbreviation, which can mean something else."""
        return self.anywhere or not (is_numeric(self.text) or len(self.text) < 4)


def amounts_in(source: str) -> Iterator[tuple[Span, Decimal]]:
    """The amounts of four digits or more that a text tells, with their values, however they are written."""
    for found in _AMOUNT.finditer(source):
        written = found.group()
        decimals = _DECIMALS.search(written)
        digits = re.sub(r"\D", "", written[: decimals.start()] if decimals else written)
        value = Decimal(f"{digits}.{decimals[1]}" if decimals else digits)
        yield Span(*found.span()), value.normalize()


@cache
def _amount(source: str) -> Decimal | None:
    """The value of a text that is nothing but one such amount, with a unit at most ("kr per timme")."""
    found = list(amounts_in(source))
    if len(found) != 1:
        return None
    span, value = found[0]
    rest = [sign for sign in source[: span.start] + source[span.end :] if sign.isalnum()]
    return value if len(rest) <= _MOST_OF_UNIT and not any(sign.isdigit() for sign in rest) else None


def places_of_needle(where: Folded, needle: Needle) -> Iterator[Span]:
    """Where a needle stands in a text: as it is written, and, when it is an amount, as others would write it."""
    if needle.text in where.text:
        yield from find(where, needle.text, bounded=needle.bounded)
    if (value := _amount(needle.source)) is not None:
        yield from (span for span, other in amounts_in(where.source) if other == value)


def whole(quote: str, number: int) -> Needle:
    """The needle for a marked text."""
    return _needle(quote, number, whole=True)


def _needle(source: str, number: int, *, whole: bool) -> Needle:
    text = compact(source)
    letters, digits = sum(map(str.isalpha, text)), sum(map(str.isdigit, text))
    bounded = len(text) < 6 or is_numeric(text)
    several = len(source.split()) > 1 and len(text) >= 8
    odd = any(ord(sign) > 127 for sign in source) and len(text) >= 6
    anywhere = "@" in text or digits >= 6 or (digits > 0 and letters > 1 and len(text) >= 6) or several or odd or len(text) >= 13
    return Needle(text, number, bounded, anywhere and not (is_numeric(text) and digits < 6), whole, source)


def squeezed(text: str) -> str:
    """Letters and digits alone, folded."""
    return re.sub(r"[\W_]+", "", compact(text))


def plain_number(text: str) -> str:
    """A stored number as it is shown, with the fifteen digits that programs keep; empty for what is no number."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return ""
    if not value.is_finite() or abs(value.adjusted()) > _MOST_EXPONENT:
        return ""
    rounded = value.quantize(Decimal(1).scaleb(max(value.adjusted() - 14, -20))) if value else value
    plain = format(rounded, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def number_in(text: str) -> Decimal | None:
    """The one number in a short text such as "1 250,00 kr", None when there is none or several."""
    found = _NUMBER.findall(text)
    if len(found) != 1 or len(text) > 40:
        return None
    return _value(found[0])


def _value(text: str) -> Decimal | None:
    plain = re.sub(r"[\s\u00a0\u202f']", "", text)
    if plain.count(",") and plain.count("."):
        thousands = "," if plain.rfind(",") < plain.rfind(".") else "."
        plain = plain.replace(thousands, "")
    elif plain.count(".") > 1 or plain.count(",") > 1:
        plain = plain.replace(".", "").replace(",", "")
    try:
        return Decimal(plain.replace(",", "."))
    except InvalidOperation:
        return None


def open_from_others(others: Iterable[tuple[int, str]], in_sight: Callable[[Needle], bool], name: str) -> list[Finding]:
    """Which texts that are marked in other files of the bid stand open in this one."""
    numbers = sorted(
        {number for number, text in others if (needle := whole(text, number)).telling and needle.text and in_sight(needle)}
    )
    return [Finding("mask.open_here", name, None, (("claim", str(number)),)) for number in numbers]


def pieces_of(quote: str, number: int) -> list[Needle]:
    """What the marked text is made of: its longer words, its numbers in the ways they can be written, runs of three words."""
    found: dict[str, Needle] = {}

    def add(source: str) -> None:
        needle = _needle(source, number, whole=False)
        if needle.text and len(found) < _MOST_PIECES:
            found.setdefault(needle.text, needle)

    words = _WORD.findall(quote)
    for token in _NUMBER.findall(quote):
        if sum(map(str.isdigit, token)) >= _LEAST_DIGITS:
            add(token)
            value = _value(token)
            for form in _forms(value) if value is not None else ():
                add(form)
    step = 1 if len(words) < 300 else _IN_WINDOW
    for index in range(0, len(words) - _IN_WINDOW + 1, step):
        run = " ".join(words[index : index + _IN_WINDOW])
        if len(compact(run)) >= _LEAST_WINDOW:
            add(run)
    for left, right in pairwise(words):
        if left[:1].isupper() and right[:1].isupper() and len(compact(left + right)) >= 6:  # names
            add(f"{left} {right}".rstrip(".-"))
    for word in words:
        bare = word.strip(".'-–*•")
        if len(compact(bare)) >= _LEAST_WORD:
            add(bare)
    found.pop(compact(quote), None)
    return list(found.values())


def _forms(value: Decimal) -> Iterator[str]:
    """A number as files store it and as people write it."""
    plain = format(value.normalize(), "f")
    yield plain
    if "." not in plain:
        yield f"{plain}.0"
        yield f"{plain}.00"
        yield f"{plain},00"
    else:
        yield plain.replace(".", ",")


@dataclass(frozen=True)
class Needles:
    """All needles of a file, most telling first.

    What also stands open elsewhere is none of them: it would be found there. `beside` has those as well, as far as they tell
    something by themselves (whole texts and numbers), for the layers that nobody sees; it is empty when nothing stands open.
    """

    all: tuple[Needle, ...]
    beside: tuple[Needle, ...] = ()

    @cached_property
    def unseen(self) -> Needles | None:
        """What is looked for where nobody sees, when that is more than elsewhere."""
        return Needles(self.beside) if len(self.beside) > 0 else None

    @classmethod
    def of(cls, covered: Iterable[tuple[int, str]], in_sight: Callable[[Needle], bool]) -> Needles:
        """For the texts under the masks with their claims' numbers; `in_sight` tells whether a text stands elsewhere openly."""
        wholes: dict[str, Needle] = {}
        pieces: dict[str, Needle] = {}
        for number, text in covered:
            needle = whole(text, number)
            if needle.text:
                wholes.setdefault(needle.text, needle)
            for piece in pieces_of(text, number):
                pieces.setdefault(piece.text, piece)
        every = [*wholes.values(), *(piece for key, piece in pieces.items() if key not in wholes)]
        every.sort(key=lambda needle: (not needle.whole, -len(needle.text)))
        seen = {needle.text for needle in every if in_sight(needle)}
        telling = tuple(needle for needle in every if needle.text not in seen or needle.whole or is_numeric(needle.text))
        return cls(tuple(needle for needle in every if needle.text not in seen), telling if seen else ())

    @cached_property
    def anywhere(self) -> tuple[Needle, ...]:
        """Those that can be looked for in bytes."""
        return tuple(needle for needle in self.all if needle.anywhere)

    def first_in(self, text: str | Folded, *, anywhere: bool = False) -> Needle | None:
        """A needle that stands in the text, None when it is clean. With `anywhere`, only the distinctive are looked for."""
        return next((needle for _, needle in self._found(text, anywhere=anywhere)), None)

    def _found(self, text: str | Folded, *, anywhere: bool) -> Iterator[tuple[Span, Needle]]:
        """Every find, needle by needle. Most texts are clean, which their folded signs alone tell."""
        source = text.source if isinstance(text, Folded) else text
        if _ODD_NUMBER.search(source):
            yield from self._by_value(source, anywhere=anywhere)
        if self._amounts and not anywhere:  # elsewhere such digits may be a number of the format
            yield from ((span, self._amounts[value]) for span, value in amounts_in(source) if value in self._amounts)
        signs = text.text if isinstance(text, Folded) else compact(text)
        there = [needle for needle in (self.anywhere if anywhere else self.all) if needle.text in signs] if signs else []
        if there:
            where = text if isinstance(text, Folded) else folded(text)
            for needle in there:
                for span in find(where, needle.text, bounded=needle.bounded):
                    yield span, needle

    @cached_property
    def _amounts(self) -> dict[Decimal, Needle]:
        return {value: needle for needle in reversed(self.all) if (value := _amount(needle.source)) is not None}

    def _by_value(self, source: str, *, anywhere: bool) -> Iterator[tuple[Span, Needle]]:
        """Numbers that a program writes as 1.285E3 or 1285.0000000000002, and people as 1285."""
        for found in _ODD_NUMBER.finditer(source):
            shown = plain_number(found.group())
            for needle in (self.anywhere if anywhere else self.all) if shown else ():
                if is_numeric(needle.text) and needle.text == compact(shown):
                    yield Span(*found.span()), needle

    @cached_property
    def _names(self) -> dict[str, Needle]:
        """Words with a capital that are long enough to be somebody's or something's name."""
        plain = [needle for needle in self.all if not needle.anywhere and needle.source[:1].isupper()]
        return {needle.source: needle for needle in plain if needle.text.isalpha() and len(needle.text) >= _LEAST_WORD}

    @cached_property
    def _name(self) -> re.Pattern[str]:
        one_of = "|".join(map(re.escape, sorted(self._names, key=len, reverse=True)))
        return re.compile(rf"(?<!\w)(?:{one_of})(?!\w)" if one_of else r"(?!)")

    def name_in(self, text: str) -> Needle | None:
        """A word that stands in a value of the format just as it was marked, capital and all: the format's own words do not."""
        found = self._name.search(text)
        return self._names[found.group()] if found is not None else None

    def renamed(self, text: str, instead: Callable[[int], str]) -> str:
        """The value with such words replaced. The same object when there are none."""
        return self._name.sub(lambda found: instead(self._names[found.group()].number), text)

    @cached_property
    def _squeezed(self) -> tuple[tuple[str, Needle], ...]:
        """Needles as names hold them, where no blanks are allowed."""
        pairs = [(squeezed(needle.text), needle) for needle in self.all if needle.whole or needle.anywhere]
        return tuple(pair for pair in pairs if len(pair[0]) >= (_LEAST_FIGURE if pair[0].isdigit() else _LEAST_WORD))

    def told_by(self, name: str) -> Needle | None:
        """A needle that a name tells: also when its words are joined, or when something stands right before a number."""
        if (found := self.first_in(name)) is not None:
            return found
        signs = squeezed(name)
        for text, needle in self._squeezed:
            if text in signs and (not text.isdigit() or re.search(rf"(?<!\d){text}(?!\d)", signs)):
                return needle
        return None

    def spans_in(self, text: str | Folded, *, anywhere: bool = False) -> list[tuple[Span, Needle]]:
        """Where needles stand in the text, in order and without overlaps: what overlaps is joined under the first's number."""
        found = self._found(text, anywhere=anywhere)
        return _joined(sorted(found, key=lambda pair: (pair[0], not pair[1].whole)))

    def replaced(self, text: str, instead: Callable[[int], str], *, anywhere: bool = False) -> str:
        """The text with every needle in it replaced. The same object when it is clean."""
        spans = self.spans_in(text, anywhere=anywhere)
        if not spans:
            return text
        parts: list[str] = []
        last = 0
        for span, needle in spans:
            parts += [text[last : span.start], instead(needle.number)]
            last = span.end
        return "".join([*parts, text[last:]])


def _joined(found: Sequence[tuple[Span, Needle]]) -> list[tuple[Span, Needle]]:
    joined: list[tuple[Span, Needle]] = []
    for span, needle in found:
        if joined and span.start < joined[-1][0].end:
            last, first = joined[-1]
            joined[-1] = (Span(last.start, max(last.end, span.end)), first)
        else:
            joined.append((span, needle))
    return joined
