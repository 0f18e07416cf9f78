"""A stream of bytes under a passphrase, piece by piece, so that a gigabyte needs a megabyte of memory.

Layout: magic, length of the head, head (JSON, in clear: how the passphrase was stretched), then pieces of ciphertext, each with
its tag. A piece's nonce holds its number and whether it is the last, and the head is authenticated with each (the STREAM
construction): nothing can be changed, left out, repeated or cut off unseen.
"""

from __future__ import annotations

import hmac
import os
import struct
from dataclasses import dataclass
from hashlib import sha256
from typing import BinaryIO

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.core.errors import DamagedVaultError, NewerVaultError, WrongKeyError
from app.storage.envelope import KEY_BYTES, Cost, stretched

__all__ = ["Opener", "Sealer", "damaged"]

_MAGIC = b"Anbudsklar tender\n"
_FORMAT = 1
_LENGTH = struct.Struct(">I")
_HEAD_LIMIT = 4096
_PIECE = 1 << 20
_TAG = 16


@dataclass(frozen=True, slots=True)
class _Format:
    format: int


@dataclass(frozen=True, slots=True)
class _Head:
    """`check` tells a wrong passphrase from a damaged file."""

    format: int
    salt: bytes
    prefix: bytes
    check: bytes
    cost: Cost


def damaged() -> DamagedVaultError:
    """The file is not what was written once."""
    return DamagedVaultError(code="vault.transfer_damaged")


class _Pieces:
    def __init__(self, key: bytes, prefix: bytes, head: bytes) -> None:
        self._cipher = AESGCM(key)
        self._prefix = prefix
        self._head = head
        self._number = 0

    def _nonce(self, last: bool) -> bytes:
        nonce = self._prefix + struct.pack(">I?", self._number, last)
        self._number += 1
        return nonce


class Sealer(_Pieces):
    """Writes. Raises ValueError for an empty passphrase, OSError from the file."""

    def __init__(self, file: BinaryIO, passphrase: str, cost: Cost) -> None:
        salt, prefix = os.urandom(16), os.urandom(7)
        key, check = _keys(passphrase, salt, cost)
        head = msgspec.json.encode(_Head(_FORMAT, salt, prefix, check, cost))
        super().__init__(key, prefix, head)
        self._file = file
        self._waiting = bytearray()
        file.write(_MAGIC + _LENGTH.pack(len(head)) + head)

    def write(self, data: bytes) -> None:
        """Add bytes."""
        self._waiting += data
        while len(self._waiting) > _PIECE:  # the last piece is never empty unless all is
            self._write(bytes(self._waiting[:_PIECE]), last=False)
            del self._waiting[:_PIECE]

    def finish(self) -> None:
        """There is no more."""
        self._write(bytes(self._waiting), last=True)

    def _write(self, piece: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(self._nonce(last), piece, self._head))


class Opener(_Pieces):
    """Reads what a `Sealer` wrote. Raises WrongKeyError, NewerVaultError, DamagedVaultError, OSError from the file."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise damaged()
        length = file.read(_LENGTH.size)
        if len(length) < _LENGTH.size or _LENGTH.unpack(length)[0] > _HEAD_LIMIT:
            raise damaged()
        data = file.read(_LENGTH.unpack(length)[0])
        head = _head(data)
        key, check = _keys(passphrase, head.salt, head.cost) if passphrase else (bytes(KEY_BYTES), b"")
        if not hmac.compare_digest(check, head.check):
            raise WrongKeyError(code="vault.transfer_wrong_key")
        super().__init__(key, head.prefix, data)
        self._file = file
        self._next = file.read(_PIECE + _TAG)
        self._waiting = memoryview(b"")
        self._ended = False

    def read(self, size: int) -> bytes:
        """So many bytes, not one less."""
        found = bytearray()
        while len(found) < size:
            if not self._waiting:
                self._waiting = self._piece()
            taken = size - len(found)
            found += self._waiting[:taken]
            self._waiting = self._waiting[taken:]
        return bytes(found)

    def finish(self) -> None:
        """There must be no more."""
        if self._waiting or not self._ended:
            raise damaged()

    def _piece(self) -> memoryview:
        if self._ended:
            raise damaged()
        piece, self._next = self._next, self._file.read(_PIECE + _TAG)
        self._ended = not self._next
        try:
            return memoryview(self._cipher.decrypt(self._nonce(self._ended), piece, self._head))
        except InvalidTag as error:
            raise damaged() from error


def _head(data: bytes) -> _Head:
    try:
        if msgspec.json.decode(data, type=_Format).format > _FORMAT:
            raise NewerVaultError(code="vault.transfer_newer")
        head = msgspec.json.decode(data, type=_Head)
    except msgspec.DecodeError as error:
        raise damaged() from error
    if not head.cost.bearable or len(head.prefix) != 7 or len(head.salt) < 16:
        raise damaged()
    return head


def _keys(passphrase: str, salt: bytes, cost: Cost) -> tuple[bytes, bytes]:
    both = stretched(passphrase, salt, cost, 2 * KEY_BYTES)
    return both[:KEY_BYTES], sha256(both[KEY_BYTES:]).digest()
