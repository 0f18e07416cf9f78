"""Keyrings for tests: one that keeps its secrets in memory, and those that are to be refused."""

from __future__ import annotations

from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError


class MemoryKeyring(KeyringBackend):
    """A keyring as good as the system's, for the time of a test. With `locked` it gives and takes nothing."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.secrets: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._ask()
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._ask()
        self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._ask()
        if self.secrets.pop((service, username), None) is None:
            raise PasswordDeleteError(username)

    def _ask(self) -> None:
        if self.locked:
            raise KeyringLocked("the user said no")
