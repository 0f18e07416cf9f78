"""What is put into the vault comes out of it exactly as it was."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.claims import AnchorState
from app.core.errors import NoTenderError, VaultError
from app.core.library import LibraryKind, LibraryUse
from app.core.work import (
    BidFileRecord,
    ClaimRecord,
    ClaimState,
    DocumentRecord,
    FileLink,
    KeptFile,
    Record,
    TenderRecord,
    WorkItem,
)
from app.storage.vault import Vault
from app.workflow.desk import Desk
from app.workflow.desk_state import records_of
from app.workflow.intake import Blobs
from app.workflow.store import Store
from app.workflow.writer import SerialWriter
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

TEXT = st.text(st.characters(exclude_categories=()), max_size=20)
"""Also the zero character, halves of characters as a Linux file name may hold, and what looks like our own escapes."""


def anything(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a record's type, whatever it is made of."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*map(anything, arguments))
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return st.lists(anything(arguments[0]), max_size=2).map(tuple)
        return st.tuples(*map(anything, arguments))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(list(kind))
    if is_dataclass(kind) or hasattr(kind, "_fields"):
        hints = typing.get_type_hints(kind)
        names = [field.name for field in fields(kind)] if is_dataclass(kind) else kind._fields
        return st.builds(kind, **{name: anything(hints[name]) for name in names})
    simple: dict[Any, st.SearchStrategy[Any]] = {
        str: TEXT | st.sampled_from(["\x00", "\x1a001a", "\ud83d", "Å\u030a ﬁ 👩‍⚖️ \u202eabc", "x" * 5000]),
        int: st.integers(-(2**31), 2**31 - 1),
        float: st.floats(allow_nan=False, allow_infinity=False),
        bool: st.booleans(),
        type(None): st.none(),
    }
    return simple[kind]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vault]:
    home = Home(Path(tmp_path_factory.mktemp("vault")) / "v")
    vault = home.create()
    vault.add_tender(tender())
    yield vault
    home.close()


@pytest.mark.parametrize("kind", [DocumentRecord, WorkItem, FileLink, BidFileRecord, ClaimRecord, KeptFile])
def test_every_record_survives_the_round_trip(shared: Vault, kind: type[Record]) -> None:
    given_names: dict[type[Record], dict[str, Any]] = {
        DocumentRecord: {"file": "1" * 64, "reading": None},
        FileLink: {"item": "f" * 32},
        BidFileRecord: {"file": "1" * 64, "reading": None},
        KeptFile: {"file": "1" * 64, "use": "receipt", "at": "2026-11-28T14:02:11"},
    }

    @settings(deadline=None, max_examples=60)
    @given(anything(kind))
    def check(record: Any) -> None:
        kept = replace(record, key="c" * 32, tender=TENDER, **given_names.get(kind, {}))
        shared.write(TENDER, "put", [kept])
        assert contents(shared)[kept.key] == kept
        shared.write(TENDER, "drop", [], [kept.key])
        assert kept.key not in contents(shared)
        # Out of the history, where it lies in another form.
        shared.undo(TENDER)
        assert contents(shared)[kept.key] == kept
        shared.redo(TENDER)

    check()


def test_a_tender_that_was_deleted_is_an_error_with_words(vault: Vault) -> None:
    filled(vault)
    vault.delete_tender(TENDER)
    with pytest.raises(NoTenderError) as caught:
        vault.tender(TENDER)
    assert caught.value.finding().code == "vault.no_tender"
    with pytest.raises(NoTenderError):
        vault.write(TENDER, "done", [])


def test_every_tender_survives_the_round_trip(shared: Vault) -> None:
    @settings(deadline=None, max_examples=60)
    @given(anything(TenderRecord))
    def check(record: TenderRecord) -> None:
        kept = replace(record, key=OTHER, created="2026-11-25T09:00:00", archived=record.archived and "2026-12-01T00:00:00")
        shared.add_tender(kept)
        assert shared.tender(OTHER) == kept

    check()
    assert {record.key for record in shared.tenders()} == {TENDER, OTHER}


def test_records_come_by_their_tender(vault: Vault) -> None:
    items = filled(vault)
    vault.write(OTHER, "create", [tender(OTHER), item(1, tender=OTHER)])
    assert set(vault.items(TENDER)) == set(items)
    assert vault.items(OTHER) == (item(1, tender=OTHER),)
    assert vault.links(TENDER) == (link(1, items[0]),)
    assert [record.position for record in vault.documents(TENDER)] == [1]
    assert vault.items("f" * 32) == ()


def test_files_of_the_bid_and_claims_come_by_their_tender_and_keep_their_bytes(home: Home, vault: Vault) -> None:
    vault.add_tender(tender())
    vault.add_tender(tender(OTHER))
    file, reading = vault.put_blob(b"anbudet"), vault.put_blob(b"what was read of it")
    mine, other = bid_file(1, file=file, reading=reading), bid_file(2, tender=OTHER)
    vault.write(TENDER, "mark_secret", [mine, claim(1, mine)])
    vault.write(OTHER, "mark_secret", [other])
    assert (vault.bid_files(TENDER), vault.claims(TENDER)) == ((mine,), (claim(1, mine),))
    assert (vault.bid_files(OTHER), vault.claims(OTHER)) == ((other,), ())
    vault.close()
    vault = home.open()
    assert (vault.blob(file), vault.blob(reading)) == (b"anbudet", b"what was read of it")
    vault.write(TENDER, "remove_bid_file", [], [mine.key, claim(1, mine).key])
    vault.close()
    vault = home.open()
    assert vault.blob(file) == b"anbudet", "an undo needs it"
    vault.undo(TENDER)
    assert vault.claims(TENDER) == (claim(1, mine),)
    vault.delete_tender(TENDER)
    with pytest.raises(KeyError):
        vault.blob(file)


def test_claims_that_point_at_nothing_are_counted_for_the_overview(vault: Vault) -> None:
    vault.add_tender(tender())
    file = bid_file(1)
    lost = replace(claim(1, file), places=(AnchorState.LOST,))
    vault.write(TENDER, "read_bid", [file, lost, claim(2, file)])
    assert [count.lost_claims for count in vault.overview()] == [1]
    vault.write(TENDER, "claim_withdrawn", [replace(lost, state=ClaimState.WITHDRAWN)])
    assert [count.lost_claims for count in vault.overview()] == [0]


def test_what_the_portal_gave_keeps_its_bytes(home: Home, vault: Vault) -> None:
    vault.add_tender(tender())
    receipt = vault.put_blob(b"kvittot")
    kept = kept_file(1, file=receipt)
    vault.write(TENDER, "submitted", [kept])
    vault.close()
    vault = home.open()
    assert (vault.kept_files(TENDER), vault.blob(receipt)) == ((kept,), b"kvittot")
    vault.undo(TENDER)
    vault.collect_blobs()
    assert vault.kept_files(TENDER) == ()
    assert vault.blob(receipt) == b"kvittot", "doing it again needs it"


def test_the_library_belongs_to_no_tender_and_keeps_its_files(home: Home, vault: Vault) -> None:
    one = library_document(
        1, file=vault.put_blob(b"beviset"), uses=(LibraryUse(TENDER, "Drift av växel", "2026-11-02T08:00:00"),)
    )
    other = library_document(
        2, file=vault.put_blob(b"policyn"), name="Miljöpolicy", kind=LibraryKind.POLICY, expires="2027-01-31"
    )
    vault.put_library(one)
    vault.put_library(other)
    vault.add_tender(tender())
    vault.delete_tender(TENDER)
    vault.close()
    vault = home.open()
    assert vault.library() == (other, one), "by kind and name"
    assert vault.blob(one.file) == b"beviset"
    vault.put_library(replace(one, retired="2026-11-30"))
    assert [known.retired for known in vault.library()] == [None, "2026-11-30"]
    vault.delete_library(one.key)
    vault.close()
    vault = home.open()
    assert vault.library() == (other,)
    with pytest.raises(KeyError):
        vault.blob(one.file)


def test_answers_are_found_again_by_the_words_of_question_or_answer(vault: Vault) -> None:
    items = filled(vault)
    asked = replace(items[0], answer="Två driftorter, speglade.")
    vault.write(TENDER, "answer", [asked, replace(items[1], answer="Nej.")])
    (best, *rest) = vault.answers("Redogör för speglade driftorter")
    assert (best.item, best.answer, best.tender_name, best.buyer) == (
        asked.key,
        asked.answer,
        "Drift av växel",
        "Storköpings kommun",
    )
    assert best.question == asked.item.text
    assert all(other.likeness < best.likeness for other in rest)
    assert vault.answers("speglade", but=TENDER) == ()
    assert vault.answers("  ") == ()
    vault.write(TENDER, "answer", [replace(asked, answer=None)])
    assert vault.answers("speglade") == (), "taken back"
    vault.undo(TENDER)
    assert [found.item for found in vault.answers("speglade")] == [asked.key]
    vault.delete_tender(TENDER)
    assert vault.answers("speglade") == ()


def test_unknown_keys_are_told(vault: Vault) -> None:
    filled(vault)
    with pytest.raises(NoTenderError):
        vault.tender("f" * 32)
    with pytest.raises(KeyError):
        vault.blob("f" * 32)
    with pytest.raises(NoTenderError):
        vault.write("f" * 32, "put", [item(1, tender="f" * 32)])


def test_a_step_cannot_reach_into_another_tender(vault: Vault) -> None:
    items = filled(vault)
    vault.add_tender(tender(OTHER))
    before = contents(vault)
    for puts, deletes in (([items[0]], []), ([], [items[0].key]), ([], [OTHER]), ([replace(items[0], tender=OTHER)], [])):
        with pytest.raises(ValueError, match="tender"):
            vault.write(OTHER, "steal", puts, deletes)
    assert contents(vault) == before
    assert vault.history(OTHER, 9) == ()


def test_the_same_after_opening_again(home: Home, vault: Vault) -> None:
    filled(vault)
    before = contents(vault)
    vault.close()
    assert contents(home.open()) == before


def test_settings_keep_any_value(home: Home, vault: Vault) -> None:
    value = {"språk": "sv", "bredder": [1, 2.5, None], "öppen": True}
    assert vault.setting("window", "default") == "default"
    vault.set_setting("window", "first")
    vault.set_setting("window", value)
    vault.set_setting("nothing", None)
    vault.close()
    again = home.open()
    assert again.setting("window") == value
    assert again.setting("nothing", 1) is None


def test_files_are_kept_once_and_whole(vault: Vault) -> None:
    for data in (b"", b"x", bytes(range(256)) * 40_000):  # the last in ten parts
        name = vault.put_blob(data)
        assert vault.put_blob(data) == name
        assert vault.blob(name) == data


def test_files_that_nothing_names_are_dropped(home: Home, vault: Vault) -> None:
    named, dropped, forgotten, fresh = (vault.put_blob(text) for text in (b"named", b"dropped", b"forgotten", b"fresh"))
    reading = vault.put_blob(b"reading")
    vault.write(TENDER, "create", [tender(), document(1, file=named, reading=reading), document(2, file=dropped)])
    vault.write(TENDER, "remove", [], [document(2).key])
    vault.close()
    vault = home.open()
    assert {vault.blob(name) for name in (named, dropped, reading)} == {b"named", b"dropped", b"reading"}
    with pytest.raises(KeyError):
        vault.blob(forgotten)
    with pytest.raises(KeyError):
        vault.blob(fresh)
    vault.put_blob(b"fresh")
    assert vault.collect_blobs() == 0
    assert vault.blob(fresh) == b"fresh"
    vault.delete_tender(TENDER)
    assert vault.tenders() == ()
    assert vault.history(TENDER, 9) == ()
    for name in (named, dropped, reading):
        with pytest.raises(KeyError):
            vault.blob(name)


def test_what_is_deleted_gives_its_room_back(home: Home, vault: Vault) -> None:
    database = home.folder / "vault.db"
    vault.add_tender(tender(OTHER))
    vault.close()
    small = database.stat().st_size
    vault = home.open()
    vault.write(TENDER, "create", [tender(), document(1, file=vault.put_blob(bytes(3_000_000)))])
    vault.close()
    assert database.stat().st_size > 3_000_000
    vault = home.open()
    vault.delete_tender(TENDER)
    vault.close()
    assert database.stat().st_size < small + 50_000


def test_a_vault_is_what_the_desk_asks_for(vault: Vault) -> None:
    """mypy checks the types; the desk works on it."""
    store: Store = vault
    blobs: Blobs = vault
    items = filled(vault, 3)
    desk = Desk(records_of(TENDER, store), store, SerialWriter())
    desk.answer(items[0].key, "Ja")
    desk.done([items[0].key])
    desk.undo()
    assert vault.items(TENDER) == desk.items()
    assert blobs.blob(blobs.put_blob(b"x")) == b"x"


def test_a_closed_vault_says_so(home: Home, vault: Vault) -> None:
    filled(vault)
    vault.close()
    vault.close()
    for ask in (vault.tenders, vault.overview, lambda: vault.undo(TENDER), lambda: vault.put_blob(b"x")):
        with pytest.raises(VaultError) as caught:
            ask()
        assert caught.value.code_used == "vault.closed"
    home.open()


def test_many_read_while_some_write(vault: Vault) -> None:
    items = filled(vault, 20)
    vault.add_tender(tender(OTHER))

    def read(number: int) -> None:
        for _ in range(25):
            # Each view is of one moment: a step changes all of them, or none.
            assert len({one.note for one in vault.items(TENDER)}) == 1
            vault.overview()
            vault.search("krav")

    def write(number: int) -> None:
        for step in range(25):
            vault.write(TENDER, "note", [replace(one, note=f"{number} {step}") for one in items])
            vault.put_blob(f"{number} {step}".encode())
            vault.collect_blobs()

    with ThreadPoolExecutor(6) as pool:
        for done in [pool.submit(work, number) for number in range(3) for work in (read, write)]:
            done.result()
    assert len(vault.history(TENDER, 999)) == 76
    vault.check()


def test_many_keys_find_what_the_tender_has_of_every_kind(vault: Vault) -> None:
    old = [item(number) for number in range(1, 11)]
    vault.write(TENDER, "create", [tender(), document(1), *old, link(1, old[0])])
    before = contents(vault)
    new = [item(number) for number in range(11, 500)]
    changed: list[Record] = [replace(old[2], note="ny"), replace(tender(), archived="2026-11-25T09:00:00")]
    vault.write(TENDER, "read", [*changed, *new], [link(1, old[0]).key, old[4].key])
    items = {record.key: record for record in vault.items(TENDER)}
    assert len(items) == 498
    assert items[old[2].key].note == "ny"
    assert vault.tender(TENDER).archived == "2026-11-25T09:00:00"
    assert not vault.links(TENDER)
    vault.undo(TENDER)
    assert contents(vault) == before, "what lay under each key was found before it was changed"


def test_many_keys_of_which_one_is_another_tenders_change_nothing(vault: Vault) -> None:
    vault.write(TENDER, "create", [tender(), item(1)])
    vault.write(OTHER, "create", [tender(OTHER), item(500, tender=OTHER)])
    before = contents(vault)
    thief = replace(item(2), key=item(500, tender=OTHER).key)
    with pytest.raises((ValueError, VaultError)):
        vault.write(TENDER, "read", [thief, *(item(number) for number in range(3, 400))])
    assert contents(vault) == before
