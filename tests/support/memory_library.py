"""A library and earlier answers in memory, as the vault keeps them."""

from __future__ import annotations

from hashlib import sha256

from app.core.errors import VaultWriteError
from app.core.folding import folded
from app.core.library import EarlierAnswer, LibraryDocument

__all__ = ["MemoryLibrary"]


class MemoryLibrary:
    """Keeps documents and their bytes. With `full` set, writing fails as on a full disk."""

    def __init__(self) -> None:
        self.kept: dict[str, LibraryDocument] = {}
        self.blobs: dict[str, bytes] = {}
        self.given: list[EarlierAnswer] = []
        self.full = False

    def library(self) -> tuple[LibraryDocument, ...]:
        return tuple(sorted(self.kept.values(), key=lambda one: (one.kind, one.name)))

    def put_library(self, document: LibraryDocument) -> None:
        if self.full:
            raise VaultWriteError(code="vault.disk_full")
        self.kept[document.key] = document

    def delete_library(self, key: str) -> None:
        del self.kept[key]

    def put_blob(self, data: bytes) -> str:
        name = sha256(data).hexdigest()
        self.blobs[name] = data
        return name

    def blob(self, sha256: str) -> bytes:
        return self.blobs[sha256]

    def answers(self, words: str, but: str | None = None, limit: int = 200) -> tuple[EarlierAnswer, ...]:
        wanted = set(folded(words).split())
        asked = (one for one in self.given if one.tender != but)
        return tuple(one for one in asked if wanted & set(folded(f"{one.question} {one.answer}").split()))[:limit]
