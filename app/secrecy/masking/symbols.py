"""Text that Word holds as symbols, sign by sign: a code of a font instead of a letter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from app.secrecy.masking.package import local

__all__ = ["sign_of", "spoken", "symbol_of"]

Element = Any

_PICTOGRAMS = ("wingdings", "webdings", "marlett")
_NOTHING = "\u00ad"
"""Is left out when texts are compared."""


def sign_of(symbol: Element) -> str:
    """The sign of a symbol, as its code says, whatever its font draws for it."""
    code = next((value for name, value in symbol.attrib.items() if name.rpartition("}")[2] == "char"), "")
    try:
        number = int(code, 16)
    except ValueError:
        return _NOTHING
    return chr(number) if 0x20 <= number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else _NOTHING


def symbol_of(symbol: Element) -> str:
    """What a reader sees of a symbol: nothing of a font that draws pictures for letters."""
    font = next((value for name, value in symbol.attrib.items() if name.rpartition("}")[2] == "font"), "")
    return _NOTHING if font.lower().startswith(_PICTOGRAMS) else sign_of(symbol)


def spoken(root: Element, sign: Callable[[Element], str] = sign_of) -> Iterator[str]:
    """All text of a part in its order, symbols with it: as their codes say, or as `symbol_of` has them."""
    if not any(local(element) == "sym" for element in root.iter()):
        yield from map(str, root.itertext())
        return
    for element in root.iter():
        if local(element) == "sym":
            yield sign(element)
        elif element.text and isinstance(element.tag, str):
            yield element.text
