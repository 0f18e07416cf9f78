"""One tender as one file: whole, secret, and nothing taken in from one that anybody has touched."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.core.errors import DamagedVaultError, NewerVaultError, NoTenderError, NotFoundError, VaultWriteError, WrongKeyError
from app.core.work import FileLink
from app.storage import transfer
from app.storage.envelope import Cost
from app.storage.sealing import Sealer
from app.storage.vault import Vault
from tests.support.vaults import CHEAP, OTHER, PASSPHRASE, TENDER, Home, bid_file, claim, contents, document, filled, item, tender


@pytest.fixture
def other(tmp_path: Path) -> Any:
    home = Home(tmp_path / "other")
    yield home.create()
    home.close()


def worked_on(vault: Vault) -> None:
    items = filled(vault, 30)
    big = vault.put_blob(bytes(range(251)) * 12_000)
    gone = vault.put_blob(b"removed, but can come back")
    vault.write(TENDER, "add", [document(2, file=big), document(3, file=gone), document(4, file="9" * 64)])
    vault.write(TENDER, "remove", [], [document(3).key])
    vault.write(TENDER, "merge", [replace(item(90), parents=(items[0].key, items[1].key)), replace(items[0], replaced=True)])
    vault.write(TENDER, "note", [replace(items[2], note="\ud83d\x00 ovanligt")], values=(("item", items[2].key),))
    mine = bid_file(1, file=vault.put_blob(b"anbudet"), reading=vault.put_blob(b"what was read"))
    vault.write(TENDER, "mark_secret", [mine, claim(1, mine)])
    vault.write(TENDER, "claim_how", [replace(claim(1, mine), position=2.0)])
    vault.undo(TENDER)


def test_a_tender_goes_to_another_vault_with_its_history_and_files(vault: Vault, other: Vault, tmp_path: Path) -> None:
    worked_on(vault)
    vault.write(OTHER, "create", [tender(OTHER), item(1, tender=OTHER)])
    target = tmp_path / "Drift av växel.anbudsklar"
    vault.export_tender(TENDER, PASSPHRASE, target, CHEAP)
    if sys.platform != "win32":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert other.import_tender(target, PASSPHRASE) == TENDER
    assert contents(other) == contents(vault)
    assert other.history(TENDER, 99) == vault.history(TENDER, 99)
    assert [record.key for record in other.tenders()] == [TENDER]
    assert len(other.search("driftsäkerhet")) == len(vault.search("driftsäkerhet")) - 1
    for record in other.documents(TENDER):
        if record.position in (1, 2):
            assert other.blob(record.file) == vault.blob(record.file)
    (file,) = other.bid_files(TENDER)
    assert (other.blob(file.file), other.blob(str(file.reading))) == (b"anbudet", b"what was read")
    other.collect_blobs()
    assert other.redo(TENDER) == vault.redo(TENDER)
    while (change := vault.undo(TENDER)) is not None:
        assert other.undo(TENDER) == change
        assert contents(other) == contents(vault)
        for record in other.documents(TENDER):
            if record.position == 3:
                assert other.blob(record.file) == b"removed, but can come back"


def test_a_tender_that_is_here_already_becomes_another(vault: Vault, tmp_path: Path) -> None:
    worked_on(vault)
    before = contents(vault)
    vault.export_tender(TENDER, PASSPHRASE, tmp_path / "a", CHEAP)
    key = vault.import_tender(tmp_path / "a", PASSPHRASE)
    assert key != TENDER
    assert contents(vault) == before
    copy = contents(vault, key)
    assert len(copy) == len(before)
    assert not copy.keys() & before.keys()
    links = [record for record in copy.values() if isinstance(record, FileLink)]
    assert all(link.item in copy for link in links)
    assert [one.claim.anchors[0].file for one in vault.claims(key)] == [file.key for file in vault.bid_files(key)]
    merged = next(one for one in vault.items(key) if one.parents)
    assert set(merged.parents) <= copy.keys()
    entry = next(entry for entry in vault.history(key, 99) if entry.action == "note")
    assert dict(entry.values)["item"] == entry.records[0]
    while vault.undo(key) is not None:
        pass
    assert contents(vault) == before


def test_a_wrong_passphrase_is_told_from_a_damaged_file(vault: Vault, other: Vault, tmp_path: Path) -> None:
    filled(vault)
    vault.export_tender(TENDER, PASSPHRASE, tmp_path / "a", CHEAP)
    for wrong in ("fel", "", PASSPHRASE + "."):
        with pytest.raises(WrongKeyError) as caught:
            other.import_tender(tmp_path / "a", wrong)
        assert caught.value.code_used == "vault.transfer_wrong_key"
    with pytest.raises(ValueError, match="passphrase"):
        vault.export_tender(TENDER, "", tmp_path / "b", CHEAP)
    assert not (tmp_path / "b").exists()
    assert not list(tmp_path.glob("*.partial"))


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda data: b"",
    "another file": lambda data: b"%PDF-1.7" + data,
    "only the head": lambda data: data[:30],
    "cut": lambda data: data[:-1],
    "cut in the middle": lambda data: data[: len(data) // 2],
    "a piece less": lambda data: data[: -((len(data) - 1) % ((1 << 20) + 16) or 1)],
    "longer": lambda data: data + b"\x00",
    "repeated": lambda data: data + data,
    "last bit": lambda data: data[:-1] + bytes([data[-1] ^ 1]),
    "middle bit": lambda data: data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :],
    "cost": lambda data: data.replace(b'"memory":64', b'"memory":1073741824'),
    "length": lambda data: data.replace(data[18:22], b"\xff\xff\xff\xff", 1),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_touched_file_is_refused_whole(vault: Vault, other: Vault, tmp_path: Path, change: str) -> None:
    worked_on(vault)
    target = tmp_path / "a"
    vault.export_tender(TENDER, PASSPHRASE, target, CHEAP)
    target.write_bytes(CHANGES[change](target.read_bytes()))
    with pytest.raises(DamagedVaultError) as caught:
        other.import_tender(target, PASSPHRASE)
    assert caught.value.code_used == "vault.transfer_damaged"
    assert other.tenders() == ()
    assert other.collect_blobs() == 0


def sealed(path: Path, content: dict[str, Any], rest: bytes = b"E" + bytes(8)) -> Path:
    """A file with the right passphrase and content of one's own."""
    import zlib

    with path.open("wb") as file:
        sealer = Sealer(file, PASSPHRASE, CHEAP)
        data = zlib.compress(msgspec.json.encode(content).replace(b'"#1e999"', b"1e999").replace(b'"#NaN"', b"NaN"))
        sealer.write(transfer._FRAME.pack(b"R", len(data)) + data + rest)
        sealer.finish()
    return path


def plain(record: Any, name: str) -> list[Any]:
    return [record.key, name, msgspec.to_builtins(record)]


RECORDS = [plain(tender(), "tender")]
GOOD: dict[str, Any] = {"version": 1, "tender": TENDER, "records": RECORDS, "steps": []}
STEP = {"number": 1, "at": "", "action": "x", "details": [], "undone": False, "parts": []}
FOREIGN = plain(item(1, tender=OTHER), "item")
HOSTILE: dict[str, dict[str, Any]] = {
    "no tender": {"records": []},
    "another tender": {"tender": OTHER},
    "a record of another tender": {"records": [*RECORDS, FOREIGN]},
    "a step over another tender": {"steps": [{**STEP, "parts": [{"before": [[FOREIGN[0]]], "after": [FOREIGN]}]}]},
    "a key that is not the record's": {"records": [*RECORDS, ["f" * 32, *plain(item(1), "item")[1:]]]},
    "sides that differ": {"steps": [{**STEP, "parts": [{"before": [], "after": [plain(item(1), "item")]}]}]},
    "a step twice": {"steps": [STEP, STEP]},
    "an unknown kind": {"records": [[TENDER, "spy", {}]]},
    "no record": {"records": [[TENDER, "tender", 5]]},
    "an empty row": {"records": [[]]},
    "a huge number": {"records": [*RECORDS, plain(replace(document(1), position=2**63), "document")]},
    "a number beyond all": {
        "records": [*RECORDS, [document(1).key, "document", {**plain(document(1), "")[2], "position": "#1e999"}]]
    },
    "no number": {"records": [*RECORDS, [document(1).key, "document", {**plain(document(1), "")[2], "position": "#NaN"}]]},
    "no version": {"version": None},
}


@pytest.mark.parametrize("fault", HOSTILE)
def test_what_is_inside_is_checked_as_well(vault: Vault, tmp_path: Path, fault: str) -> None:
    assert vault.import_tender(sealed(tmp_path / "good", GOOD), PASSPHRASE) == TENDER
    vault.delete_tender(TENDER)
    vault.add_tender(tender(OTHER))
    path = sealed(tmp_path / "bad", {**GOOD, **HOSTILE[fault]})
    with pytest.raises(DamagedVaultError) as caught:
        vault.import_tender(path, PASSPHRASE)
    assert caught.value.code_used == "vault.transfer_damaged"
    assert [record.key for record in vault.tenders()] == [OTHER]


@pytest.mark.parametrize(
    "rest",
    [
        b"",
        b"F" + (64).to_bytes(8, "big") + b"0" * 64 + b"E" + bytes(8),
        b"F" + (70).to_bytes(8, "big") + b"1" * 64 + b"no hash" + b"E" + bytes(8),
        b"F" + (1 << 62).to_bytes(8, "big") + b"1" * 64,
        b"X" + bytes(8),
        b"E" + bytes(8) + b"more",
    ],
)
def test_files_inside_are_what_they_say(vault: Vault, tmp_path: Path, rest: bytes) -> None:
    content = {**GOOD, "records": [plain(tender(), "tender"), plain(document(1, file="1" * 64), "document")]}
    with pytest.raises(DamagedVaultError):
        vault.import_tender(sealed(tmp_path / "bad", content, rest), PASSPHRASE)
    assert vault.tenders() == ()


def test_a_newer_file_is_told(vault: Vault, tmp_path: Path) -> None:
    filled(vault)
    vault.export_tender(TENDER, PASSPHRASE, tmp_path / "a", CHEAP)
    data = (tmp_path / "a").read_bytes()
    (tmp_path / "a").write_bytes(data.replace(b'{"format":1', b'{"format":2', 1))
    for path in (tmp_path / "a", sealed(tmp_path / "b", {"version": 99, "new": True})):
        with pytest.raises(NewerVaultError) as caught:
            vault.import_tender(path, PASSPHRASE)
        assert caught.value.code_used == "vault.transfer_newer"


def test_places_that_cannot_be_read_or_written(vault: Vault, tmp_path: Path) -> None:
    filled(vault)
    with pytest.raises(NotFoundError):
        vault.import_tender(tmp_path / "none", PASSPHRASE)
    with pytest.raises(VaultWriteError) as caught:
        vault.export_tender(TENDER, PASSPHRASE, tmp_path / "none" / "a", CHEAP)
    assert caught.value.code_used == "vault.transfer_unwritable"
    with pytest.raises(NoTenderError):
        vault.export_tender(OTHER, PASSPHRASE, tmp_path / "a", CHEAP)
    assert list(tmp_path.iterdir()) == [vault._folder.path]


def test_the_usual_cost_is_that_of_a_passphrase() -> None:
    assert Cost().bearable
    assert Cost().memory >= 64 * 1024
    assert Cost().rounds >= 3
