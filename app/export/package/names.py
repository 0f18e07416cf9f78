"""Names of files as every system and the portal take them: no two that look alike, nothing reserved, not too long.

A name that the buyer prescribes is kept as it is, unless a known limit of the portal or the file system forbids it.
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from unicodedata import combining, normalize

from app.core.packaging import PortalProfile

__all__ = ["Named", "alike", "fitted", "natural", "split_name"]

_LONGEST = 200
"""Characters: with the longest letters (UTF-8, three bytes) and a number there is still room in most file systems' 255."""
_LONGEST_BYTES = 240
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
"""Windows allows none of them."""
_UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe00-\ufe0f]")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?= *(?:\.|\Z))")
_LETTERS = str.maketrans(
    {
        "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "OE", "ß": "ss", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th",
        "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "§": "par",
        "’": "'", "‘": "'", "´": "'", "”": "", "“": "", "„": "", "»": "", "«": "", "…": "...", "\u00a0": " ", "€": "EUR",
    }
)  # fmt: skip
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}\Z")
_NUMBERS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Named:
    """A name that can be used, and why it is not the one that was wished for: "letters", "characters", "reserved", "length",
    "taken", "empty"."""

    name: str
    reasons: tuple[str, ...] = ()


def fitted(
    wished: str, profile: PortalProfile, taken: Container[str] = frozenset(), *, prefix: str = "", fixed: bool = False
) -> Named:
    """The name nearest to the one wished for. `taken` holds names as `alike` gives them.

    With `fixed` (prescribed by the buyer, or chosen by the user) limits that are only our guess are not kept.
    """
    reasons: list[str] = []
    name = normalize("NFC", wished)
    cleaned = _clean(name)
    if cleaned != name:
        reasons.append("characters")
    guessed = frozenset(profile.own) if fixed else frozenset()
    if profile.ascii_names and "ascii_names" not in guessed and not cleaned.isascii():
        cleaned = _clean(_ascii(cleaned))
        reasons.append("letters")
    stem, suffix = split_name(cleaned)
    stem = stem.strip() if suffix else stem
    if not stem.strip("-_. "):
        stem = "fil"
        reasons.append("empty")
    if _RESERVED.match(stem + suffix) and not prefix:
        stem = re.sub(r"\A([^.]*)", r"\1_", stem)
        reasons.append("reserved")
    most = profile.name_length if profile.name_length and "name_length" not in guessed else _LONGEST
    whole = _short(stem, suffix, prefix, "", most)
    if whole != prefix + stem + suffix:
        reasons.append("length")
    number = 2
    free = whole
    while alike(free) in taken:
        free = _short(stem, suffix, prefix, f"_{number}", most)
        number += 1
    if free != whole:
        reasons.append("taken")
    return Named(free, tuple(reasons))


def alike(name: str) -> str:
    """A key that two names share when a system may take them for the same: capitals, Unicode forms, unseen marks."""
    return normalize("NFKC", normalize("NFKD", _UNSEEN.sub("", name)).casefold()).rstrip(". ")


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key to sort by as people do: 2 before 10."""
    parts = _NUMBERS.split(alike(name))
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


def split_name(name: str) -> tuple[str, str]:
    """A name without its ending, and the ending with its dot; what is no ending ("4.1 CV") stays in the name."""
    found = _SUFFIX.search(name)
    return (name[: found.start()], found[0]) if found and found.start() else (name, "")


def _clean(name: str) -> str:
    return _FORBIDDEN.sub("-", _UNSEEN.sub("", name)).strip().rstrip(". ")


def _ascii(text: str) -> str:
    spelled = "".join(c for c in normalize("NFKD", text.translate(_LETTERS)) if not combining(c))
    return re.sub(r"[^\x20-\x7e]+", "_", spelled.translate(_LETTERS))


def _short(stem: str, suffix: str, prefix: str, number: str, most: int) -> str:
    room = max(1, most - len(prefix) - len(number) - len(suffix))
    cut = stem[:room].rstrip(" .-_") if len(stem) > room else stem
    while len((prefix + cut + number + suffix).encode("utf-8")) > _LONGEST_BYTES and len(cut) > 1:
        cut = cut[:-1]
    return prefix + (cut or "f") + number + suffix
