"""Vaults for tests: real files with a keyring in memory, and keys that are cheap to derive."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from app.core.checklist import ChecklistItem, DocumentSummary, Tender
from app.core.claims import Anchor, AnchorState, SecrecyClaim
from app.core.document import Box, DocumentKind, Place
from app.core.library import LibraryDocument, LibraryKind
from app.core.points import LineCounts, PointKind, Source
from app.core.work import BidFileRecord, ClaimRecord, DocumentRecord, FileLink, KeptFile, Record, TenderRecord, WorkItem
from app.storage.envelope import Cost
from app.storage.keychain import Keychain
from app.storage.store import RecordStore
from app.storage.vault import Vault
from tests.support.keyrings import MemoryKeyring

TENDER = "a" * 32
OTHER = "b" * 32
CHEAP = Cost(rounds=1, memory=64, lanes=1)
PASSPHRASE = "fyra små ord räcker"


def key_of(number: int, letter: str = "") -> str:
    """A record's key; another letter gives another row of keys."""
    return f"{letter}{number:0{32 - len(letter)}x}"


def tender(key: str = TENDER, **fields: Any) -> TenderRecord:
    return TenderRecord(key, "2026-11-25T09:00:00", Tender(name="Drift av växel", buyer="Storköpings kommun"), **fields)


def item(
    number: int, *, tender: str = TENDER, kind: PointKind = PointKind.QUESTION, must: bool = True, **fields: Any
) -> WorkItem:
    text = f"Beskriv hur krav {number} på driftsäkerhet uppfylls under avtalstiden."
    source = Source("doc1", text, Place(1 + number // 40, Box(70.0, 40.0, 500.5, 52.25)))
    found = ChecklistItem(f"id{number}", kind, must, text, source, number=f"3.{number}", headings=("3 Krav",))
    return WorkItem(key_of(number, "" if tender == TENDER else tender[0]), tender, float(number), found, **fields)


def document(number: int, *, tender: str = TENDER, file: str = "", **fields: Any) -> DocumentRecord:
    summary = DocumentSummary(
        f"doc{number}", f"Bilaga {number}.pdf", DocumentKind.PDF, file, 12, (3, 4), lines=LineCounts(9, 4, 2, 1, 2)
    )
    return DocumentRecord(key_of(number, "d"), tender, number, summary, file, **fields)


def link(number: int, of: WorkItem) -> FileLink:
    return FileLink(key_of(number, "e"), of.tender, of.key, f"/anbud/Bilaga {number}.pdf", "0" * 64, 12345)


def bid_file(number: int, *, tender: str = TENDER, file: str = "", **fields: Any) -> BidFileRecord:
    key = key_of(number, "9")
    summary = DocumentSummary(key, f"Anbud {number}.docx", DocumentKind.DOCX, file, None)
    return BidFileRecord(key, tender, number, summary, f"/anbud/Anbud {number}.docx", file, 5120, **fields)


def claim(number: int, of: BidFileRecord, **fields: Any) -> ClaimRecord:
    anchor = Anchor(of.key, f"1 {number}85 kr", "Timpris ", " exkl. moms", box=Box(70.0, 40.0, 500.5, 52.25))
    who, how, loss = "Konkurrenter", "Räknar fram vår marginal.", "Vi förlorar nästa avrop."
    asked = SecrecyClaim(number, (anchor,), "unit-price", "osl-31-16", who, how, loss, duration="P2Y")
    return ClaimRecord(key_of(number, "8"), of.tender, float(number), asked, places=(AnchorState.FOUND,), **fields)


def kept_file(number: int, *, tender: str = TENDER, file: str = "") -> KeptFile:
    return KeptFile(key_of(number, "7"), tender, "receipt", f"Kvitto {number}.pdf", file, 900, "2026-11-28T14:02:11")


def library_document(number: int, *, file: str = "", **fields: Any) -> LibraryDocument:
    named: dict[str, Any] = {"name": "Registreringsbevis", "kind": LibraryKind.REGISTRATION, "issued": "2026-09-14", **fields}
    return LibraryDocument(key_of(number, "6"), filename="bevis.pdf", file=file, size=900, added="2026-11-01T08:00:00", **named)


class Home:
    """A folder for a vault and the keyring that goes with it. Vaults that are open are closed at the end of the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keyring = MemoryKeyring()
        self.code = ""
        self._open: list[Vault] = []

    @property
    def keychain(self) -> Keychain:
        return Keychain(self.keyring)

    def create(self, **how: Any) -> Vault:
        vault, self.code = Vault.create(self.folder, keychain=how.pop("keychain", self.keychain), cost=CHEAP, **how)
        self._open.append(vault)
        return vault

    def open(self, **how: Any) -> Vault:
        vault = Vault.open(self.folder, keychain=how.pop("keychain", self.keychain), **how)
        self._open.append(vault)
        return vault

    def close(self) -> None:
        for vault in self._open:
            vault.close()


def contents(vault: RecordStore, of: str = TENDER) -> dict[str, object]:
    """Every record of a tender by its key."""
    records: tuple[Record, ...] = (vault.tender(of), *vault.items(of), *vault.documents(of), *vault.links(of))
    records += (*vault.bid_files(of), *vault.claims(of), *vault.kept_files(of))
    return {record.key: record for record in records}


def filled(vault: RecordStore, count: int = 5) -> tuple[WorkItem, ...]:
    """A tender with items, a document with its file, and a link."""
    items = tuple(item(number) for number in range(1, count + 1))
    name = vault.put_blob(b"%PDF-1.7 " + bytes(range(256)) * 20)
    vault.write(TENDER, "create", [tender(), *items, document(1, file=name), link(1, items[0])])
    return items


__all__ = [
    "CHEAP",
    "OTHER",
    "PASSPHRASE",
    "TENDER",
    "Home",
    "bid_file",
    "claim",
    "contents",
    "document",
    "filled",
    "item",
    "key_of",
    "link",
    "replace",
    "tender",
]
