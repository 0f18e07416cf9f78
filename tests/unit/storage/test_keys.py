"""Who gets in: keyring, passphrase, recovery code; each failure has its own error, and nothing is overwritten."""

from __future__ import annotations

import json
import stat
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring

from app.core.errors import (
    DamagedVaultError,
    LockedVaultError,
    NewerVaultError,
    NoKeyError,
    VaultError,
    VaultWriteError,
    WrongKeyError,
)
from app.storage.envelope import Cost, Envelope
from app.storage.folder import default_folder
from app.storage.keychain import SERVICE, Keychain
from app.storage.opening import VaultState, examine
from app.storage.recovery import new_code, normal_code
from app.storage.vault import Vault
from tests.support.keyrings import MemoryKeyring
from tests.support.vaults import CHEAP, PASSPHRASE, Home, contents, filled

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class PlaintextKeyring(MemoryKeyring):
    """As one that writes its secrets to a file for everybody to read."""


class ForgetfulKeyring(MemoryKeyring):
    """Takes a secret and does not have it."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


def none() -> Keychain:
    return Keychain(made(FailKeyring))


def made(kind: Any) -> KeyringBackend:
    """keyring's own classes have no types."""
    backend: KeyringBackend = kind()
    return backend


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# --- keyring


def test_the_keyring_opens_it(home: Home, vault: Vault) -> None:
    filled(vault)
    assert vault.in_keyring
    assert home.keyring.secrets.keys() == {(SERVICE, vault.id)}
    vault.close()
    assert len(contents(home.open())) == 8


@pytest.mark.parametrize("backend", [FailKeyring, NullKeyring, PlaintextKeyring, ForgetfulKeyring])
def test_what_is_no_safe_keyring_is_not_used(home: Home, backend: type[KeyringBackend]) -> None:
    with pytest.raises(NoKeyError) as caught:
        home.create(keychain=Keychain(made(backend)))
    assert caught.value.code_used == "vault.no_keyring"
    assert examine(home.folder, home.keychain).state is VaultState.MISSING
    assert not any(Path(name).name == "vault.db" for name in files_of(home.folder) if home.folder.exists())


def test_a_keyring_from_keyrings_alt_is_not_used() -> None:
    kind = type("EncryptedKeyring", (MemoryKeyring,), {"__module__": "keyrings.alt.file"})
    assert not Keychain(kind()).usable
    assert Keychain(MemoryKeyring()).usable


def test_of_a_chain_the_first_safe_link_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    safe = MemoryKeyring()
    monkeypatch.setattr(ChainerBackend, "backends", [PlaintextKeyring(), safe])
    assert Keychain(made(ChainerBackend)).put("v", b"k" * 32)
    assert safe.secrets
    monkeypatch.setattr(ChainerBackend, "backends", [PlaintextKeyring()])
    assert not Keychain(made(ChainerBackend)).usable


def test_a_keyring_that_is_locked_or_has_lost_the_key(home: Home, vault: Vault) -> None:
    vault.close()
    home.keyring.locked = True
    with pytest.raises(NoKeyError) as caught:
        home.open()
    assert caught.value.code_used == "vault.no_key"
    home.keyring.locked = False
    home.keyring.secrets.clear()
    assert examine(home.folder, home.keychain).state is VaultState.NEEDS_RECOVERY
    with pytest.raises(NoKeyError):
        home.open()


@pytest.mark.parametrize("secret", ["00" * 32, "no hexadecimal", ""])
def test_another_key_in_the_keyring(home: Home, vault: Vault, secret: str) -> None:
    vault.close()
    home.keyring.secrets[SERVICE, vault.id] = secret
    before = files_of(home.folder)
    with pytest.raises(WrongKeyError if secret.startswith("0") else NoKeyError):
        home.open()
    assert examine(home.folder, home.keychain).state is VaultState.NEEDS_RECOVERY
    assert files_of(home.folder) == before


# --- passphrase


def test_without_a_keyring_a_passphrase_opens_it(home: Home) -> None:
    vault = home.create(passphrase=PASSPHRASE, keychain=none())
    filled(vault)
    assert vault.has_passphrase
    assert not vault.in_keyring
    vault.close()
    assert examine(home.folder, none()).state is VaultState.NEEDS_PASSPHRASE
    with pytest.raises(NoKeyError):
        home.open(keychain=none())
    for wrong in (PASSPHRASE + " ", PASSPHRASE.upper(), "", "\ud800"):
        with pytest.raises(WrongKeyError) as caught:
            home.open(keychain=none(), passphrase=wrong)
        assert caught.value.code_used == "vault.wrong_passphrase"
    decomposed = PASSPHRASE.replace("å", "a\u030a").replace("ä", "a\u0308")
    assert len(contents(home.open(keychain=none(), passphrase=decomposed))) == 8


def test_a_passphrase_is_set_changed_and_taken_away(home: Home, vault: Vault) -> None:
    vault.set_passphrase("den första frasen", CHEAP)
    vault.set_passphrase(PASSPHRASE, CHEAP)
    vault.close()
    with pytest.raises(WrongKeyError):
        home.open(keychain=none(), passphrase="den första frasen")
    vault = home.open(keychain=none(), passphrase=PASSPHRASE)
    with pytest.raises(ValueError, match="keyring"):
        vault.set_passphrase(None)
    vault.close()
    vault = home.open()
    vault.set_passphrase(None)
    assert not vault.has_passphrase


def test_an_empty_passphrase_is_none(home: Home) -> None:
    with pytest.raises(ValueError, match="passphrase"):
        home.create(passphrase="", keychain=none())


# --- recovery code


def test_the_recovery_code_opens_it_and_refills_the_keyring(home: Home, vault: Vault) -> None:
    filled(vault)
    vault.close()
    home.keyring.secrets.clear()
    written = home.code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    vault = home.open(recovery_code=written)
    assert len(contents(vault)) == 8
    assert vault.in_keyring
    vault.close()
    home.open()


def test_a_slip_in_the_code_is_told_from_a_wrong_code(home: Home, vault: Vault) -> None:
    vault.close()
    plain = home.code.replace("-", "")
    slips = {plain[:-1], plain + "0", "", plain.replace(plain[3], "U", 1), "å" * 28}
    for place, symbol in enumerate(plain):
        other = SYMBOLS[(SYMBOLS.index(symbol) + 1 + place) % 32]
        if other != symbol:
            slips.add(plain[:place] + other + plain[place + 1 :])
        if place and plain[place - 1] != symbol:
            slips.add(plain[: place - 1] + symbol + plain[place - 1] + plain[place + 1 :])
    assert len(slips) > 50
    for slip in slips:
        with pytest.raises(WrongKeyError) as caught:
            home.open(recovery_code=slip)
        assert caught.value.code_used == "vault.code_typo", slip
    with pytest.raises(WrongKeyError) as caught:
        home.open(recovery_code=new_code())
    assert caught.value.code_used == "vault.code_wrong"


def test_codes_are_long_random_and_well_formed() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4] * 7  # 27 random symbols of 5 bits and a check
        assert normal_code(code) == code.replace("-", "")


def test_a_vault_is_complete_when_the_code_is_confirmed(home: Home) -> None:
    vault = home.create()
    assert not vault.confirmed
    for wrong, code in ((new_code(), "vault.code_wrong"), (home.code[:-1], "vault.code_typo")):
        with pytest.raises(WrongKeyError) as caught:
            vault.confirm_recovery(wrong)
        assert caught.value.code_used == code
    vault.close()
    # Not seen by the user, perhaps: what was shown still opens it, and another one can be shown.
    assert not examine(home.folder, home.keychain).confirmed
    home.open(recovery_code=home.code).close()
    vault = home.open()
    vault.confirm_recovery(vault.renew_recovery())
    assert vault.confirmed
    vault.close()
    assert examine(home.folder, home.keychain).confirmed
    with pytest.raises(WrongKeyError):
        home.open(recovery_code=home.code)


def test_the_old_code_works_until_the_new_one_is_confirmed(home: Home, vault: Vault) -> None:
    vault.backup_now()
    new = vault.renew_recovery()
    vault.close()
    home.open(recovery_code=home.code).close()
    vault = home.open(recovery_code=new)
    vault.confirm_recovery(new)
    vault.close()
    with pytest.raises(WrongKeyError) as caught:
        home.open(recovery_code=home.code)
    assert caught.value.code_used == "vault.code_wrong"
    home.open(recovery_code=new).close()
    # Nor by way of the copy that lies with the backups.
    (home.folder / "vault.json").unlink()
    with pytest.raises(WrongKeyError):
        home.open(recovery_code=home.code)
    home.open(recovery_code=new)


# --- the envelope


def test_the_envelope_holds_no_key(home: Home, vault: Vault) -> None:
    vault.set_passphrase(PASSPHRASE, CHEAP)
    key = bytes.fromhex(next(iter(home.keyring.secrets.values())))
    for data in files_of(home.folder).values():
        for clear in (key, key.hex().encode(), key.hex().upper().encode(), PASSPHRASE.encode(), home.code.encode()):
            assert clear not in data


def test_a_lost_or_broken_envelope_is_taken_from_its_copy(home: Home, vault: Vault) -> None:
    filled(vault)
    vault.close()
    envelope = home.folder / "vault.json"
    for broken in (b"", b"{}", b"\xff\x00", b'{"format":1,"vault":3}'):
        envelope.write_bytes(broken)
        assert examine(home.folder, home.keychain).state is VaultState.READY
        home.open().close()
    envelope.unlink()
    assert len(contents(home.open())) == 8
    assert Envelope.unpacked(envelope.read_bytes()).vault == vault.id


def test_without_any_envelope_it_says_so_and_makes_no_other(home: Home, vault: Vault) -> None:
    vault.close()
    (home.folder / "vault.json").unlink()
    (home.folder / "backups" / "vault.json").unlink()
    before = files_of(home.folder)
    assert examine(home.folder, home.keychain).state is VaultState.DAMAGED
    with pytest.raises(DamagedVaultError) as caught:
        home.open(recovery_code=home.code)
    assert caught.value.code_used == "vault.envelope_lost"
    with pytest.raises(VaultError) as exists:
        home.create()
    assert exists.value.code_used == "vault.exists"
    assert files_of(home.folder) == before


def test_a_newer_envelope(home: Home, vault: Vault) -> None:
    vault.close()
    envelope = home.folder / "vault.json"
    envelope.write_bytes(json.dumps({**json.loads(envelope.read_bytes()), "format": 2, "more": []}).encode())
    before = files_of(home.folder)
    assert examine(home.folder, home.keychain).state is VaultState.NEWER
    with pytest.raises(NewerVaultError):
        home.open()
    assert files_of(home.folder) == before


def test_an_envelope_cannot_ask_for_all_the_memory(home: Home) -> None:
    home.create(passphrase=PASSPHRASE, keychain=none()).close()
    for path in (home.folder / "vault.json", home.folder / "backups" / "vault.json"):
        envelope = Envelope.unpacked(path.read_bytes())
        assert envelope.passphrase is not None
        path.write_bytes(replace(envelope, passphrase=replace(envelope.passphrase, cost=Cost(4, 1 << 30, 4))).packed())
    with pytest.raises(DamagedVaultError):
        home.open(keychain=none(), passphrase=PASSPHRASE)


def test_a_changed_check_value_is_a_wrong_key(home: Home, vault: Vault) -> None:
    vault.close()
    envelope = Envelope.unpacked((home.folder / "vault.json").read_bytes())
    (home.folder / "vault.json").write_bytes(replace(envelope, check=bytes(32)).packed())
    with pytest.raises(WrongKeyError):
        home.open()


# --- the folder


def test_a_second_program_is_told_at_once(home: Home, vault: Vault) -> None:
    filled(vault)
    with pytest.raises(LockedVaultError):
        home.open()
    assert examine(home.folder, home.keychain).state is VaultState.LOCKED
    with pytest.raises(LockedVaultError):
        home.create()
    vault.close()
    assert len(contents(home.open())) == 8


def test_a_failed_opening_lets_go_of_the_lock(home: Home, vault: Vault) -> None:
    vault.close()
    with pytest.raises(WrongKeyError):
        home.open(recovery_code=new_code())
    home.open()


def test_there_is_nothing(home: Home) -> None:
    assert examine(home.folder, home.keychain).state is VaultState.MISSING
    assert examine(home.folder, home.keychain).keyring
    assert not examine(home.folder, none()).keyring
    with pytest.raises(VaultError) as caught:
        home.open()
    assert caught.value.code_used == "vault.missing"
    assert not home.folder.exists()


def test_another_vault_is_not_made_over_one(home: Home, vault: Vault) -> None:
    filled(vault)
    vault.close()
    before = files_of(home.folder)
    with pytest.raises(VaultError) as caught:
        home.create()
    assert caught.value.code_used == "vault.exists"
    assert files_of(home.folder) == before


def test_looking_changes_nothing(home: Home, vault: Vault) -> None:
    filled(vault)
    vault.close()
    before = {path: path.stat() for path in home.folder.rglob("*")}
    assert examine(home.folder, home.keychain).state is VaultState.READY
    after = {path: path.stat() for path in home.folder.rglob("*")}
    assert {path: (found.st_mtime_ns, found.st_size) for path, found in before.items() if path.name != "vault.lock"} == {
        path: (found.st_mtime_ns, found.st_size) for path, found in after.items() if path.name != "vault.lock"
    }


def test_an_interrupted_creation_is_finished_or_begun_again(home: Home, vault: Vault) -> None:
    vault.close()
    database, creating = home.folder / "vault.db", home.folder / "vault.db.creating"
    database.rename(creating)  # the last step was not taken
    assert examine(home.folder, home.keychain).state is VaultState.READY
    home.open().close()
    assert not creating.exists()
    database.rename(creating)
    (home.folder / "vault.json").unlink()  # nor the one before
    (home.folder / "backups" / "vault.json").unlink()
    assert examine(home.folder, home.keychain).state is VaultState.MISSING
    home.create()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the user's own folders from others by itself")
def test_nobody_else_may_read_it(home: Home, vault: Vault) -> None:
    vault.close()
    (home.folder / "backups" / "vault.json").unlink()
    (home.folder / "backups").rmdir()
    for path in (home.folder, *home.folder.iterdir()):  # as unpacked from an archive
        path.chmod(0o755)
    vault = home.open()
    filled(vault)
    vault.backup_now()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (home.folder, *home.folder.rglob("*"))}
    assert {"vault.db", "vault.db-wal", "vault.json", "vault.lock", "backups"} <= modes.keys()
    for name, mode in modes.items():
        assert mode in (0o600, 0o700), name
        assert not mode & 0o077, name


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for folder in (tmp_path / "file", tmp_path / "file" / "inner"):
        with pytest.raises(VaultWriteError) as caught:
            Vault.create(folder, keychain=Keychain(MemoryKeyring()))
        assert caught.value.code_used == "vault.read_only"


def test_the_folder_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("ANBUDSKLAR_HOME", raising=False)
    assert default_folder().name == "Anbudsklar"
    monkeypatch.setenv("ANBUDSKLAR_HOME", str(tmp_path))
    assert default_folder() == tmp_path


def test_no_key_in_what_is_shown(home: Home, vault: Vault, caplog: pytest.LogCaptureFixture, capfd: Any) -> None:
    caplog.set_level(0)
    items = filled(vault)
    key = next(iter(home.keyring.secrets.values()))
    vault.close()
    (home.folder / "vault.db").write_bytes(b"no database at all" * 999)
    with pytest.raises(DamagedVaultError) as caught:
        home.open()
    error: BaseException | None = caught.value
    shown = repr(vault) + caplog.text + "".join(capfd.readouterr())
    while error is not None:
        shown += f"{error!r} {error}"
        error = error.__cause__ or error.__context__
    assert key not in shown.lower()
    assert items[0].item.text not in shown
