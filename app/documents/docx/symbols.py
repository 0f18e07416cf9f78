"""Characters of symbol fonts as what they look like: boxes to tick, bullets, arrows."""

from __future__ import annotations

__all__ = ["from_symbol_font", "visible"]

_WINGDINGS = {
    0x6F: "☐", 0x70: "☐", 0x71: "☐", 0x72: "☐", 0xA8: "☐", 0x78: "☒", 0xFD: "☒", 0xFE: "☑", 0xFC: "✓", 0xFB: "✗",
    0x6C: "●", 0x6E: "■", 0xA7: "▪", 0x9F: "•", 0xA1: "○", 0xD8: "➢", 0xE0: "→", 0xE8: "→", 0xF0: "⇨",
    0x28: "☎", 0x2A: "✉",
}  # fmt: skip
_WINGDINGS_2 = {0xA3: "☐", 0x2A: "☐", 0x30: "☐", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x50: "✓", 0x4F: "✗", 0x97: "•"}
_WEBDINGS = {0x63: "☐", 0x61: "✓", 0x72: "✗", 0x67: "■"}
_SYMBOL = {0xB7: "•", 0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xD7: "·", 0xB0: "°", 0xAE: "→", 0xA7: "▪", 0x2D: "−"}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "webdings": _WEBDINGS, "symbol": _SYMBOL}


def from_symbol_font(code: int, font: str) -> str:
    """The character that a symbol font draws for a code; private-use codes carry it in their low byte."""
    known = _FONTS.get(font.lower())
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    if known is not None and low in known:
        return known[low]
    if known is _SYMBOL and 0x20 <= low < 0x7F:
        return chr(low)
    if known is not None or 0xE000 <= code <= 0xF8FF:
        return "•" if known is None and low in (0xB7, 0xA7) else ""
    return chr(code) if 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""


def visible(text: str, font: str) -> str:
    """A run's text as shown: its font may be a symbol font, or its characters private-use codes of Wingdings."""
    if font.lower() in _FONTS:
        return "".join(char if char.isspace() else from_symbol_font(ord(char), font) for char in text)
    if text.isascii():
        return text
    return "".join(from_symbol_font(ord(char), "Wingdings") if 0xF000 <= ord(char) <= 0xF0FF else char for char in text)
