"""Every error that the vault raises has words, and every word of the vault an error."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.core import errors
from app.core.catalogue import LANGUAGES, message_file

STORAGE = Path(__file__).resolve().parents[3] / "app" / "storage"


@pytest.mark.parametrize("language", LANGUAGES)
def test_codes_and_words_are_the_same(language: str) -> None:
    source = "".join(path.read_text("utf-8") for path in STORAGE.rglob("*.py"))
    used = set(re.findall(r'"(vault\.[a-z_]+)"', source)) - {"vault.db", "vault.json", "vault.lock", "vault.partial"}
    classes = {kind.code for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.VaultError)}
    known = {code for code in message_file(language)["findings"] if code.startswith("vault.")}
    assert "vault.code_typo" in used
    assert used | classes == known
