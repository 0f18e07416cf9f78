"""Where words tell what they should keep: the secret text of a claim, found in a sentence or a name that others will read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from app.core.claims import SecrecyClaim

__all__ = ["revealed", "reveals", "secrets_of", "without"]

_LEAST = 3
"""Letters and digits. What is shorter stands in many sentences without telling anything."""
_MOST = 2000
"""Characters. Longer passages are looked for line by line only."""


def secrets_of(claim: SecrecyClaim) -> Iterator[str]:
    """The texts that the claim keeps secret: each quote, and each line or cell of one that has several."""
    for anchor in claim.anchors:
        if anchor.quote:
            pieces = [piece.strip() for piece in re.split(r"[\r\n\t\u2028\u2029]+", anchor.quote)]
            if len(anchor.quote) <= _MOST:
                yield anchor.quote
            if len(pieces) > 1:
                yield from (piece for piece in pieces if _weight(piece) > _LEAST)


def reveals(text: str, secret: str) -> bool:
    """Whether the text holds the secret, however it is spaced, composed of letters and accents, and whatever its case."""
    return any(revealed(text, (secret,)))


def revealed(text: str, secrets: Iterable[str]) -> Iterator[str]:
    """Those of the secrets that the text holds."""
    whole = _whole(text)
    folded = whole.casefold()
    for secret in secrets:
        known = _known(secret)
        if known is not None and known.needle in folded and known.pattern.search(whole):
            yield secret


def without(text: str, secrets: Iterable[tuple[str, str]]) -> str:
    """The text with every secret in it replaced by the word that comes with it, the longest secrets first."""
    text = _whole(text)
    folded = text.casefold()
    for secret, word in sorted(secrets, key=lambda pair: -len(pair[0])):
        known = _known(secret)
        if known is not None and known.needle in folded:
            text = known.pattern.sub(lambda _, word=word: word, text)  # type: ignore[misc]
    return text


class _Known(NamedTuple):
    """A secret as it is looked for: a piece that spares most texts the pattern, and the pattern."""

    needle: str
    pattern: re.Pattern[str]


@lru_cache(maxsize=4096)
def _known(secret: str) -> _Known | None:
    """Takes the secret as a whole word or number, with or without something between its parts: 1285 reveals "1 285", and
    CV_Anna_Ek.pdf reveals "Anna Ek"."""
    if _weight(secret) < _LEAST:
        return None
    parts = _whole(secret).split()
    # A figure ends where its digits end: 1285 is not told by 12850, but by 1285,00 and by 1285kr.
    before = r"(?<![^\W_])" if parts[0][0].isalnum() else ""
    after = (r"(?!\d)" if parts[-1][-1].isdigit() else r"(?![^\W_])") if parts[-1][-1].isalnum() else ""
    pattern = before + r"[\s_.\-]*".join(re.escape(part) for part in parts) + after
    return _Known(max(parts, key=len).casefold(), re.compile(pattern, re.IGNORECASE))


def _whole(text: str) -> str:
    """Letters with their accents in one: names of files come in pieces from some systems."""
    return text if text.isascii() else normalize("NFC", text)


def _weight(text: str) -> int:
    return sum(character.isalnum() for character in text)
