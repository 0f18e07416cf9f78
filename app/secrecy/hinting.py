"""Where words tell a part of what they should keep: a name or a figure out of a marked passage, though not the whole of it.

Ordinary words are no hints. A name is a word with a capital that its place in a sentence does not call for; at the beginning of a
short quote it may be one, and is then a hint only where another sentence has it in its middle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple
from unicodedata import normalize

from app.core.claims import ClaimSet, SecrecyClaim
from app.secrecy.catalogue import category
from app.secrecy.masking.folding import compact, find, folded, is_numeric
from app.secrecy.masking.needles import pieces_of
from app.secrecy.revealing import secrets_of, without

__all__ = ["SHORT", "PartTold", "names_in", "parts_told"]

SHORT = 8
"""The most words of a short quote. In a longer one, a single word at the beginning or a figure is seldom the secret."""
_LEAST = 4
_PLACE = "place"
_NOWHERE: Mapping[int, str] = MappingProxyType({})
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_BEGINNING = re.compile(r"(?:^|[.!?:;•]|[\r\n\t])[\s\"'”“»(–\-*]*$")
_ROLE = re.compile(
    r"(?:are|chef|arkitekt|konsult|ingenjör|ansvarig|specialist|tekniker|tester)$|(?:developer|manager|architect|engineer|leader|officer)$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_ROUND = frozenset({"100", "1000"})


class PartTold(NamedTuple):
    """A claim whose words tell a part of what claims `of` keep secret, in which fields."""

    number: int
    of: tuple[int, ...]
    fields: tuple[str, ...]


class _Hints(NamedTuple):
    names: frozenset[str]
    maybe_names: frozenset[str]
    figures: frozenset[str]


def names_in(text: str) -> frozenset[str]:
    """Words with a capital that stand elsewhere than at the beginning of a sentence, a line or a cell."""
    return frozenset(word for word, begins in _capitals(text) if not begins)


def parts_told(claims: ClaimSet, fields: Sequence[str], places: Mapping[int, str] = _NOWHERE) -> Iterator[PartTold]:
    """Claims whose fields tell a part of a quote that the annex does not repeat. The whole of one is left to others.

    `places` are the words, by claim, in which the annex says where it stands: a heading may tell a name. Told as field `place`.
    """
    kept = [claim for claim in claims.claims if not claim.quote_in_annex]
    hints = {claim.number: [_hints(quote) for quote in _quotes(claim)] for claim in kept}
    secrets = [(secret, "█") for claim in kept for secret in secrets_of(claim)]
    ordinary = _ordinary(claims, fields)
    for claim in claims.claims:
        texts = {name: without(getattr(claim, name) or "", secrets) for name in fields}
        texts[_PLACE] = without(places.get(claim.number, ""), secrets)
        found = {
            (name, number)
            for name, text in texts.items()
            for number, some in hints.items()
            if text and any(_tells(text, one, ordinary) for one in some)
        }
        if found:
            told = {name for name, _ in found}
            yield PartTold(
                claim.number, tuple(sorted({number for _, number in found})), tuple(name for name in texts if name in told)
            )


def _quotes(claim: SecrecyClaim) -> Iterator[str]:
    return (anchor.quote for anchor in claim.anchors if anchor.quote)


@lru_cache(maxsize=1024)
def _hints(quote: str) -> _Hints:
    quote = normalize("NFC", quote)
    short = len(quote.split()) <= SHORT
    names = {word for word in names_in(quote) if len(word) >= _LEAST and not _ROLE.search(word)}
    first = {word for word, begins in _capitals(quote) if begins and len(word) >= _LEAST and not _ROLE.search(word)}
    figures = {piece.text for piece in pieces_of(quote, 0) if is_numeric(piece.text)} if short else set()
    return _Hints(
        frozenset(names),
        frozenset(first - names) if short and names_in(quote) else frozenset(),
        frozenset(figure for figure in figures if not _YEAR.fullmatch(figure.partition(".")[0].partition(",")[0])) - _ROUND,
    )


def _capitals(text: str) -> Iterator[tuple[str, bool]]:
    """Words with a capital, and whether each begins a sentence, a line or a cell."""
    for found in _WORD.finditer(text):
        if found.group()[0].isupper():
            yield found.group(), _BEGINNING.search(text, max(0, found.start() - 12), found.start()) is not None


def _ordinary(claims: ClaimSet, fields: Iterable[str]) -> frozenset[str]:
    """Folded words and figures that tell nothing: those at the top of the annex, those of the categories, and every word that
    the request writes without a capital."""
    tender, bidder = claims.tender, claims.bidder
    open_texts = [tender.name, tender.buyer, tender.reference or "", bidder.name, bidder.organisation_number]
    open_texts += [bidder.signatory or "", bidder.contact or ""]
    for claim in claims.claims:
        kind = category(claim.category)
        open_texts += [text for language in ("sv", "en") for text in (kind.name(language), kind.title(language))]
    found = {compact(word) for text in open_texts for word in (*_WORD.findall(text), *re.findall(r"\d+", text))}
    written = [getattr(claim, name) or "" for claim in claims.claims for name in fields]
    written += [quote for claim in claims.claims for quote in _quotes(claim)]
    return frozenset(found | {compact(word) for text in written for word in _WORD.findall(text) if word[0].islower()})


def _tells(text: str, hints: _Hints, ordinary: frozenset[str]) -> bool:
    capitals = [(word, begins) for word, begins in _capitals(text) if compact(word) not in ordinary]
    if any(_of(word, hints.names) or (not begins and _of(word, hints.maybe_names)) for word, begins in capitals):
        return True
    where = folded(text)
    return any(
        figure not in ordinary and next(find(where, figure, bounded=True), None) is not None
        for figure in hints.figures
        if figure in where.text
    )


def _of(word: str, names: frozenset[str]) -> bool:
    """Whether it is one of the names, also in the genitive, or the first part of a longer word (Karlsson-projektet)."""
    return any(one in names for one in (word, word.removesuffix("s"), *re.split(r"[-'’]", word)[:1]))
