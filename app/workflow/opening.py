"""The way into the vault, for the window: how it stands, making one, opening it, and the ways out when it does not open."""

from __future__ import annotations

from app.storage.folder import default_folder
from app.storage.opening import VaultState, VaultStatus, examine
from app.storage.vault import Created, Vault

__all__ = ["Created", "Vault", "VaultState", "VaultStatus", "default_folder", "examine"]
