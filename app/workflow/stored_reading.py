"""What was found in a document as bytes to keep, and back, so that a list can be built again without reading again."""

from __future__ import annotations

import zlib
from typing import TypeVar

import msgspec

from app.core.document import Document
from app.core.errors import DamagedVaultError
from app.core.points import Reading

__all__ = ["packed", "packed_document", "unpacked", "unpacked_document"]

Kind = TypeVar("Kind")


def packed(reading: Reading) -> bytes:
    """The reading, small."""
    return zlib.compress(msgspec.json.encode(reading), 6)


def unpacked(data: bytes) -> Reading:
    """The reading again. Raises DamagedVaultError when it is none."""
    return _decoded(data, Reading)


def packed_document(document: Document) -> bytes:
    """A whole document, small: what marks in a file of the bid are found in again."""
    return zlib.compress(msgspec.json.encode(document), 6)


def unpacked_document(data: bytes) -> Document:
    """The document again. Raises DamagedVaultError when it is none."""
    return _decoded(data, Document)


def _decoded(data: bytes, kind: type[Kind]) -> Kind:
    try:
        return msgspec.json.decode(zlib.decompress(data), type=kind)
    except (zlib.error, msgspec.DecodeError) as error:
        raise DamagedVaultError(code="vault.damaged") from error
