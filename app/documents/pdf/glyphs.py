"""Characters of symbol fonts as the characters they look like, and fonts whose names say bold."""

from __future__ import annotations

import re
from ctypes import Array, byref, c_char, c_int

from app.documents.pdf import calls
from app.documents.pdf.calls import Handle

_BOLD = re.compile(rb"bold|black|heavy|semibold|demi(?!r)|fett", re.IGNORECASE)
_SYMBOLS = re.compile("[\uf020-\uf0ff\xa8\xa7\xfe\xfd\xfc\xfb\x6f\x71\x6e\x76]")
_PRINTABLE_HINTS = "\xa8\xfe\xfd\xfc\xfb"
_HINT = re.compile("[\uf020-\uf0ff\xa8\xfe\xfd\xfc\xfb]")

# Wingdings by character code: what forms and lists are set with.
_WINGDINGS = {
    0x6C: "●",
    0x6D: "○",
    0x6E: "■",
    0x6F: "☐",
    0x70: "☐",
    0x71: "☐",
    0x72: "☐",
    0x74: "◆",
    0x75: "◆",
    0x76: "❖",
    0x77: "◆",
    0x78: "☒",
    0x7E: "◆",
    0x9E: "•",
    0x9F: "•",
    0xA0: " ",
    0xA1: "○",
    0xA4: "◉",
    0xA7: "▪",
    0xA8: "☐",
    0xB7: "•",
    0xD8: "➢",
    0xE0: "→",
    0xE8: "→",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
}
# Symbol (Adobe) where it differs: the bullet and the arrows.
_SYMBOL = {
    0xB7: "•",
    0xAE: "→",
    0xA3: "≤",
    0xB3: "≥",
    0xB4: "×",
    0xB1: "±",
    0xB0: "°",
    0x2D: "−",
    0xA7: "♣",
    0xA8: "♦",
    0xF0: "☐",
}


def is_bold(name: bytes) -> bool:
    """Whether a font's name says that it is bold."""
    return _BOLD.search(name) is not None


def has_symbols(text: str) -> bool:
    """Whether a text (never empty) holds, or begins with, a character that may be a glyph of a symbol font."""
    if text[0] in "\xa7oqnv" and text[1:2] in ("", " "):
        return True  # of plain letters only a first one that stands alone may be a glyph
    if text.isascii():
        return False
    # Private characters are not printable, and of the others there are five: as many glances instead of a search.
    return any(map(text.__contains__, _PRINTABLE_HINTS)) or (not text.isprintable() and _HINT.search(text) is not None)


def symbols_to_text(text: str, page: Handle, index: int, exact: bool, name: Array[c_char]) -> str:
    """The text with the glyphs of symbol fonts replaced; the font is asked about per character, there are few."""
    result = []
    flags = c_int()
    for offset, char in enumerate(text):
        code = ord(char)
        private = 0xF020 <= code <= 0xF0FF
        if not private and not _SYMBOLS.match(char):
            result.append(char)
            continue
        font = b""
        if exact or offset == 0:
            got = calls.get_font_info(page, index + offset, name, len(name), byref(flags))
            font = name.value.lower() if 0 < got <= len(name) else b""
        if b"symbol" in font and b"segoe" not in font:
            result.append(_SYMBOL.get(code & 0xFF, char))
        elif private or b"wingdings" in font or b"webdings" in font or b"zapfdingbats" in font:
            result.append(_WINGDINGS.get(code & 0xFF, "•" if private else char))
        else:
            result.append(char)
    return "".join(result)
