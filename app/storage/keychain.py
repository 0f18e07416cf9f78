"""The system's keyring as the place of the key. A keyring that forgets, or keeps its secrets in clear text, is none."""

from __future__ import annotations

from binascii import Error as NotHexadecimal
from binascii import unhexlify
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

__all__ = ["SERVICE", "Keychain"]

SERVICE = "Anbudsklar"
_REFUSED = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt.")
"""What answers as a keyring and is none, or writes files that anybody who finds them can read."""


class Keychain:
    """Keys of vaults by the vault's id. Never raises: what it cannot do, it says."""

    def __init__(self, backend: KeyringBackend | None = None) -> None:
        self._given = backend
        self._found: KeyringBackend | None = None
        self._looked = False

    @property
    def usable(self) -> bool:
        """Whether there is a keyring that can be trusted with a key."""
        return self._backend() is not None

    def get(self, vault: str) -> bytes | None:
        """The key of a vault; None when it is not there or the system does not give it out."""
        backend = self._backend()
        if backend is None:
            return None
        try:
            text = backend.get_password(SERVICE, vault)
            return unhexlify(text) if text else None
        except (NotHexadecimal, ValueError):
            return None
        except Exception:  # noqa: BLE001 - backends raise what their system's libraries raise
            return None

    def put(self, vault: str, key: bytes) -> bool:
        """Keep the key, and see that it is there; whether it is."""
        backend = self._backend()
        if backend is None:
            return False
        try:
            backend.set_password(SERVICE, vault, key.hex())
        except Exception:  # noqa: BLE001 - as above
            return False
        return self.get(vault) == key

    def forget(self, vault: str) -> None:
        """The key is no longer there."""
        backend = self._backend()
        if backend is not None:
            with suppress(Exception):
                backend.delete_password(SERVICE, vault)

    def _backend(self) -> KeyringBackend | None:
        if not self._looked:
            self._looked = True
            self._found = _trusted(self._given or _system_keyring())
        return self._found


def _system_keyring() -> KeyringBackend | None:
    try:
        import keyring

        return keyring.get_keyring()
    except Exception:  # noqa: BLE001 - looking for keyrings loads whatever is installed as one
        return None


def _trusted(backend: KeyringBackend | None) -> KeyringBackend | None:
    """The backend itself, or of a chain the first that is one; a chain may fall back to any of its links, so it is not used."""
    if backend is None:
        return None
    kind = type(backend)
    if kind.__module__ == "keyring.backends.chainer":
        links = getattr(backend, "backends", ())
        return next((found for link in links if (found := _trusted(link)) is not None), None)
    refused = any(f"{kind.__module__}.".startswith(name) for name in _REFUSED) or "plaintext" in kind.__name__.casefold()
    return None if refused else backend
