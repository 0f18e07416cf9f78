"""The recovery code: what the user writes down. Random, in letters that are not mistaken for each other, with a check symbol.

Crockford's base 32 (no I, L, O, U; case, spaces and hyphens do not matter). The last symbol is a checksum over the field of
32 elements: every wrong symbol and every two that changed places are seen, so that a slip is told apart from another's code.
"""

from __future__ import annotations

import secrets

from app.core.errors import WrongKeyError

__all__ = ["new_code", "normal_code"]

_SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 27
"""Symbols before the check symbol: 135 bits."""

_ALIKE = str.maketrans(
    {"O": "0", "I": "1", "L": "1", "-": None, " ": None, "\u2013": None, "\u2011": None, "\t": None, "\n": None}
)


def new_code() -> str:
    """A code in groups of four."""
    symbols = "".join(secrets.choice(_SYMBOLS) for _ in range(_LENGTH))
    symbols += _check(symbols)
    return "-".join(symbols[start : start + 4] for start in range(0, len(symbols), 4))


def normal_code(text: str) -> str:
    """The code as it was made, without hyphens. Raises WrongKeyError (vault.code_typo) when it cannot be one."""
    symbols = text.upper().translate(_ALIKE)
    well_formed = len(symbols) == _LENGTH + 1 and not set(symbols) - set(_SYMBOLS)
    if not well_formed or _check(symbols[:-1]) != symbols[-1]:
        raise WrongKeyError(code="vault.code_typo")
    return symbols


def _check(symbols: str) -> str:
    """Sum of the symbols, each times another power of x, in GF(32) modulo x^5 + x^2 + 1."""
    total = 0
    for symbol in symbols:
        total ^= _SYMBOLS.index(symbol)
        total <<= 1
        if total & 32:
            total ^= 0b100101
    return _SYMBOLS[total]
