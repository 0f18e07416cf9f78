"""The envelope beside the database: which vault it is, and its key wrapped under what the user knows. No key lies in it bare.

The recovery code is random and long, so a plain derivation protects it; a passphrase is not, so Argon2id does. Each wrapping is
AES-256-GCM, bound to the vault and to what it is for. The check value tells a wrong key before the database is touched.

A start with the keyring's key unwraps nothing, so the libraries for it are imported where they are used.
"""

from __future__ import annotations

import hmac
import os
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Literal
from unicodedata import normalize

import msgspec

from app.core.errors import DamagedVaultError, NewerVaultError, WrongKeyError
from app.storage.recovery import new_code, normal_code

__all__ = ["Cost", "Envelope", "Wrapped", "new_envelope", "stretched"]

FORMAT = 1
KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Cost:
    """What Argon2id takes: rounds, memory in KiB, lanes. The default is what RFC 9106 recommends second, with more rounds."""

    rounds: int = 4
    memory: int = 65536
    lanes: int = 4

    @property
    def bearable(self) -> bool:
        """Whether a file may ask for it: what is read from a file must not take the machine."""
        return 1 <= self.rounds <= 20 and 8 * self.lanes <= self.memory <= 2 * 1024 * 1024 and 1 <= self.lanes <= 16


@dataclass(frozen=True, slots=True)
class Wrapped:
    """The vault's key under another key. `cost` is set where that one comes from a passphrase."""

    salt: bytes
    nonce: bytes
    data: bytes
    cost: Cost | None = None


@dataclass(frozen=True, slots=True)
class Envelope:
    """What stands in the file.

    `pending` is a recovery code that was shown and not confirmed yet: the old one works until then.
    """

    vault: str
    check: bytes
    recovery: Wrapped | None = None
    pending: Wrapped | None = None
    passphrase: Wrapped | None = None
    format: int = FORMAT

    def packed(self) -> bytes:
        """The file's content."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"

    @staticmethod
    def unpacked(data: bytes) -> Envelope:
        """The envelope again. Raises DamagedVaultError, NewerVaultError."""
        try:
            if msgspec.json.decode(data, type=_Format).format > FORMAT:
                raise NewerVaultError(code="vault.newer")
            return msgspec.json.decode(data, type=Envelope)
        except msgspec.DecodeError as error:
            raise DamagedVaultError(code="vault.damaged") from error

    def fits(self, key: bytes | None) -> bool:
        """Whether it is the vault's key."""
        return key is not None and hmac.compare_digest(self.check, _check(self.vault, key))

    def with_code(self, key: bytes) -> tuple[Envelope, str]:
        """A new recovery code, to be confirmed."""
        code = new_code()
        return replace(self, pending=self._wrap(key, "recovery", normal_code(code), None)), code

    def confirmed(self, code: str) -> Envelope:
        """The code that was shown has been written down: it is the one from now on. Raises WrongKeyError."""
        if self.pending is None or not self.fits(self._unwrap(self.pending, "recovery", normal_code(code))):
            raise WrongKeyError(code="vault.code_wrong")
        return replace(self, recovery=self.pending, pending=None)

    def with_passphrase(self, key: bytes, passphrase: str, cost: Cost) -> Envelope:
        """The key also under a passphrase. Raises ValueError when it is empty."""
        return replace(self, passphrase=self._wrap(key, "passphrase", passphrase, cost))

    def by_code(self, code: str) -> bytes:
        """The key out of the recovery code. Raises WrongKeyError: vault.code_typo or vault.code_wrong."""
        symbols = normal_code(code)
        for wrapped in (self.recovery, self.pending):
            key = None if wrapped is None else self._unwrap(wrapped, "recovery", symbols)
            if key is not None and self.fits(key):
                return key
        raise WrongKeyError(code="vault.code_wrong")

    def by_passphrase(self, passphrase: str) -> bytes:
        """The key out of the passphrase. Raises WrongKeyError."""
        key = None if self.passphrase is None or not passphrase else self._unwrap(self.passphrase, "passphrase", passphrase)
        if key is None or not self.fits(key):
            raise WrongKeyError(code="vault.wrong_passphrase")
        return key

    def _wrap(self, key: bytes, purpose: Literal["recovery", "passphrase"], secret: str, cost: Cost | None) -> Wrapped:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        salt, nonce = os.urandom(16), os.urandom(12)
        cipher = AESGCM(_derived(secret, salt, cost))
        return Wrapped(salt, nonce, cipher.encrypt(nonce, key, self._bound(purpose)), cost)

    def _unwrap(self, wrapped: Wrapped, purpose: Literal["recovery", "passphrase"], secret: str) -> bytes | None:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        if wrapped.cost is not None and not wrapped.cost.bearable:
            raise DamagedVaultError(code="vault.damaged")
        try:
            cipher = AESGCM(_derived(secret, wrapped.salt, wrapped.cost))
            return cipher.decrypt(wrapped.nonce, wrapped.data, self._bound(purpose))
        except (InvalidTag, ValueError):
            return None

    def _bound(self, purpose: str) -> bytes:
        return f"Anbudsklar {purpose} {self.vault}".encode()


@dataclass(frozen=True, slots=True)
class _Format:
    format: int


def new_envelope() -> tuple[Envelope, bytes]:
    """An envelope for a new vault, and the vault's key: random, nobody else has it."""
    vault, key = os.urandom(16).hex(), os.urandom(KEY_BYTES)
    return Envelope(vault, _check(vault, key)), key


def stretched(passphrase: str, salt: bytes, cost: Cost, length: int = KEY_BYTES) -> bytes:
    """Bytes out of a passphrase, at a price. Raises ValueError when it is empty."""
    from argon2.low_level import Type, hash_secret_raw

    if not passphrase:
        raise ValueError("a passphrase has at least one character")
    # One way of writing each letter: keyboards differ in how they send an å.
    secret = normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return hash_secret_raw(secret, salt, cost.rounds, cost.memory, cost.lanes, length, Type.ID)


def _derived(secret: str, salt: bytes, cost: Cost | None) -> bytes:
    if cost is None:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF

        return HKDF(SHA256(), KEY_BYTES, salt, b"Anbudsklar recovery code").derive(secret.encode())
    return stretched(secret, salt, cost)


def _check(vault: str, key: bytes) -> bytes:
    return hmac.new(key, f"Anbudsklar key check {vault}".encode(), sha256).digest()
