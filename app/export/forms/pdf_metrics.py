"""How wide Helvetica's characters are: Adobe's own measures of the standard font (in thousandths of its size)."""

from __future__ import annotations

from functools import cache

__all__ = ["shown_widths"]

_USUAL = 0.556
_BY_WIDTH = {
    191: "'",
    222: "ijl‚‘’",
    260: "|¦",
    278: " !,./:;I[\\]ft·ÌÍÎÏìíîï",
    333: "()-`r„ˆ‹“”˜›¡¨¯²³´¸¹",
    334: "{}",
    350: "•",
    355: '"',
    365: "º",
    370: "ª",
    389: "*",
    400: "°",
    469: "^",
    500: "Jcksvxyzšžçýÿ",
    537: "¶",
    556: "#$0123456789?L_abdeghnopqu€ƒ†‡–¢£¤¥§«µ»àáâãäåèéêëðñòóôõöùúûüþ",
    584: "+<=>~¬±×÷",
    611: "FTZŽ¿ßø",
    667: "&ABEKPSVXYŠŸÀÁÂÃÄÅÈÉÊËÝÞ",
    722: "CDHNRUwÇÐÑÙÚÛÜ",
    737: "©®",
    778: "GOQÒÓÔÕÖØ",
    833: "Mm",
    834: "¼½¾",
    889: "%æ",
    944: "Wœ",
    1000: "…‰Œ—™Æ",
    1015: "@",
}


@cache
def _widths() -> dict[str, float]:
    return {letter: width / 1000 for width, letters in _BY_WIDTH.items() for letter in letters}


def shown_widths(text: str) -> list[float]:
    """The width of each character at size 1."""
    known = _widths()
    return [known.get(letter, _USUAL) for letter in text]
