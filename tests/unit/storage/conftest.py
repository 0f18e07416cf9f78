from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.storage.vault import Vault
from tests.support.vaults import Home


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    """A folder that no vault is in yet."""
    home = Home(tmp_path / "Anbudsklar")
    yield home
    home.close()


@pytest.fixture
def vault(home: Home) -> Vault:
    """A new vault with its recovery code confirmed."""
    vault = home.create()
    vault.confirm_recovery(home.code)
    return vault
