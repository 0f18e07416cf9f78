"""The name of a masked copy. A name that tells what is masked is replaced."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import PurePath
from unicodedata import normalize

from app.secrecy.hinting import SHORT, names_in
from app.secrecy.masking.folding import find, folded
from app.secrecy.masking.needles import Needle, pieces_of, squeezed, whole

__all__ = ["copy_name", "named_after", "telling_claim"]

_WITHOUT_MACROS = {".docm": ".docx", ".xlsm": ".xlsx", ".dotm": ".dotx", ".xltm": ".xltx"}
_LEAST = 4
_YEAR = re.compile(r"(?:19|20)\d\d")


def telling_claim(name: str, quotes: Iterable[tuple[int, str]]) -> int | None:
    """The number of a claim whose text, or a telling piece of it, is in a file's name; None when the name is clean."""
    signs = squeezed(name)
    for number, quote in quotes:
        needles = [whole(quote, number), *_telling_pieces(quote, number)]
        if any(len(text := squeezed(needle.source)) >= _LEAST and text in signs for needle in needles):
            return number
    return None


def named_after(name: str, covered: Iterable[tuple[int, str]]) -> int | None:
    """The number of a claim whose masked text is told by the file's name; None when the name is clean.

    What was masked in cells or under a box holds short words and years, too: one alone tells only as a word of the name's own,
    and a word of four letters or a year tells nothing.
    """
    signs, words = squeezed(name), folded(name)
    for number, text in covered:
        needle = whole(text, number)
        told = squeezed(text)
        alone = (len(told) <= 5 and told.isdigit()) or (len(text.split()) == 1 and told.isalpha())
        if alone:
            ordinary = len(told) < _LEAST or (told.isalpha() and len(told) == _LEAST) or _YEAR.fullmatch(told) is not None
            if not ordinary and next(find(words, needle.text, bounded=True), None) is not None:
                return number
        elif len(told) >= _LEAST and told in signs:
            return number
        if any(len(piece := squeezed(one.source)) >= _LEAST and piece in signs for one in _telling_pieces(text, number, 0)):
            return number
    return None


def _telling_pieces(quote: str, number: int, short: int = SHORT) -> list[Needle]:
    """The pieces that tell by themselves. A single word of a passage of more than `short` words does not, however long it is,
    unless it is a name."""
    quote = normalize("NFC", quote)
    pieces = [piece for piece in pieces_of(quote, number) if piece.anywhere]
    if len(quote.split()) <= short:
        return pieces
    names = names_in(quote)
    return [piece for piece in pieces if not piece.source.isalpha() or piece.source in names]


def copy_name(
    name: str, quotes: Iterable[tuple[int, str]], taken: Callable[[str], bool], named: int | None = None
) -> tuple[str, bool]:
    """`STEM_maskad.EXT` for a file's name, numbered when that is taken, and whether the stem had to be replaced.

    `named` is the number of a claim that the name is known to tell, whatever the quotes say.
    """
    path = PurePath(name)
    ending = _WITHOUT_MACROS.get(path.suffix.lower(), path.suffix)
    claim = telling_claim(name, quotes) or named
    stem = path.stem if claim is None else f"maskerad-{claim}"
    if claim is not None and telling_claim(ending, quotes) is not None:
        ending = ""
    wanted, number = f"{stem}_maskad{ending}", 1
    while taken(wanted):
        number += 1
        wanted = f"{stem}_maskad ({number}){ending}"
    return wanted, claim is not None
