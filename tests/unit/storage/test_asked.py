"""The questions with a name are answered alike by SQLAlchemy and by the texts that are ready before it is there."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.core.claims import AnchorState
from app.core.errors import DamagedVaultError, VaultError
from app.core.work import ItemState
from app.storage.asked import QUESTIONS, Asked
from app.storage.database import Ask
from app.storage.keychain import SERVICE
from app.storage.ready import READY
from app.storage.vault import Vault
from tests.support.ready import made
from tests.support.vaults import (
    OTHER,
    TENDER,
    Home,
    bid_file,
    claim,
    contents,
    document,
    filled,
    item,
    kept_file,
    library_document,
    link,
    tender,
)

ROOT = Path(__file__).resolve().parents[3]
VALUES = {"tender": TENDER, "name": "x", "before": 4, "limit": 2, "first": 1, "last": 3}


def test_every_question_is_ready_as_sqlalchemy_makes_it() -> None:
    assert {name: made(question) for name, question in QUESTIONS.items()} == READY, "run python -m tests.support.ready"


def answers(ask: Ask) -> dict[str, list[dict[str, Any]]]:
    return {name: ask(name, **{value: VALUES[value] for value in READY[name].values}) for name in QUESTIONS}


def test_both_ways_to_ask_have_the_same_answers(vault: Vault) -> None:
    items = filled(vault, 6)
    odd = "Åsa \ud83d \x00 \x1a0041"
    vault.write(TENDER, "assign", [replace(items[0], owner=odd, due="2026-12-01")], values=(("owner", odd),))
    vault.write(TENDER, "done", [replace(items[1], state=ItemState.DONE)], [items[2].key])
    vault.write(TENDER, "link", [link(7, items[1])])
    vault.put_library(library_document(1))
    vault.write(TENDER, "mark", [kept_file(1), of := bid_file(9), replace(claim(10, of), places=(AnchorState.LOST,))])
    vault.write(OTHER, "create", [tender(OTHER), document(8, tender=OTHER), item(1, tender=OTHER, replaced=True)])
    vault.put_blob(b"loose")
    vault.set_setting("x", {"y": [None, "å", 1.5]})
    for name, value in (("n", 7), ("f", 1.5), ("t", "7"), ("b", True), ("none", None)):
        vault.set_setting(name, value)
        assert vault.setting(name, "other") == value
        assert type(vault.setting(name)) is type(value)
    with vault._database.asking() as ask:
        quick, tables = answers(ask), ask.tables()
    with vault._database.reading() as connection:
        slow = Asked(connection)
        assert answers(slow) == quick
        assert slow.tables() == tables
    assert [name for name, rows in quick.items() if not rows] == [], "every question has an answer"
    assert {type(value) for rows in quick.values() for row in rows for value in row.values()} >= {bool, str, int, dict, list}


def test_one_view_stands_while_others_write(vault: Vault) -> None:
    items = filled(vault, 3)
    with vault._database.asking() as ask:
        before = ask("items", tender=TENDER)
        vault.write(TENDER, "note", [replace(items[0], note="nytt")])
        assert ask("items", tender=TENDER) == before
    assert next(one for one in vault.items(TENDER) if one.key == items[0].key).note == "nytt"


def test_a_closed_vault_answers_nothing(vault: Vault) -> None:
    filled(vault, 3)
    with vault._database.asking() as ask:
        vault.close()
        assert ask("tenders"), "what is being asked still gets its answer"
    with pytest.raises(VaultError) as caught:
        vault.tenders()
    assert caught.value.code_used == "vault.closed"
    assert vault._database._quick is not None
    assert vault._database._quick._idle == [], "nobody holds the file"  # type: ignore[attr-defined]


def test_damage_that_is_met_in_asking_is_told(home: Home, vault: Vault) -> None:
    filled(vault, 200)
    vault.close()
    file = home.folder / "vault.db"
    data = bytearray(file.read_bytes())
    for place in range(4096 + 100, len(data), 4096):  # every page but the first
        data[place] ^= 1
    file.write_bytes(bytes(data))
    with pytest.raises(DamagedVaultError):
        home.open()


SHOWN_AND_OPENED = """
import sys
from pathlib import Path
from typing import Any
from app.storage.keychain import Keychain
from app.workflow.desk_state import records_of
from app.workflow.office import Office
from app.workflow.opening import Vault, examine
from app.workflow.writer import SerialWriter
from tests.support.keyrings import MemoryKeyring
ring = MemoryKeyring()
ring.secrets[{service!r}, {vault!r}] = {key!r}
state = examine(Path({folder!r}), Keychain(ring)).state
with Vault.open(Path({folder!r}), keychain=Keychain(ring)) as vault:
    office = Office(vault, SerialWriter())
    (shown,) = office.tenders()
    desk = office.open(shown.record.key)
    print(state, len(desk.items()), len(desk.documents), len(desk.links), len(desk.history()))
    print("sqlalchemy" in sys.modules, "alembic" in sys.modules)
"""


def test_the_tenders_are_shown_and_one_is_opened_before_sqlalchemy_is_there(home: Home, vault: Vault) -> None:
    filled(vault, 5)
    counts = [str(len([one for one in contents(vault).values() if type(one).__name__ == kind])) for kind in ("WorkItem",)]
    key, name = home.keyring.secrets[SERVICE, vault.id], vault.id
    vault.close()
    program = SHOWN_AND_OPENED.format(service=SERVICE, vault=name, key=key, folder=str(home.folder))
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    first, second = done.stdout.splitlines()
    assert first.split() == ["ready", *counts, "1", "1", "1"]
    assert second.split() == ["False", "False"]
