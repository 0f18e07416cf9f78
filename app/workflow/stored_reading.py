"""What was found in a document as bytes to keep, and back, so that a list can be built again without reading again."""

from __future__ import annotations

import zlib

import msgspec

from app.core.errors import DamagedVaultError
from app.core.points import Reading

__all__ = ["packed", "unpacked"]


def packed(reading: Reading) -> bytes:
    """The reading, small."""
    return zlib.compress(msgspec.json.encode(reading), 6)


def unpacked(data: bytes) -> Reading:
    """The reading again. Raises DamagedVaultError when it is none."""
    try:
        return msgspec.json.decode(zlib.decompress(data), type=Reading)
    except (zlib.error, msgspec.DecodeError) as error:
        raise DamagedVaultError(code="vault.damaged") from error
