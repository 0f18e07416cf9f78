"""Portal profiles: those that ship, the user's own, and files that are none."""

from __future__ import annotations

import pytest

from app.core.catalogue import explain
from app.core.errors import InputError
from app.core.packaging import PortalProfile
from app.export.package.profiles import DEFAULT, built_in, profile_named, profiles_with, read_profiles, written


def test_the_four_portals_are_there_and_the_usual_one_first() -> None:
    assert [profile.id for profile in built_in()] == ["kommers", "tendsign", "e-avrop", "generic"]
    assert built_in()[0].id == DEFAULT


def test_limits_that_nobody_has_published_are_marked_as_our_own() -> None:
    kommers = profile_named("kommers")
    assert (kommers.file_bytes, kommers.name_length, kommers.ascii_names) == (50_000_000, 80, True)
    assert set(kommers.own) == {"file_bytes", "name_length", "ascii_names", "suffixes"}
    assert kommers.total_bytes is None
    assert kommers.text_length is None


def test_what_tendsign_says_is_no_guess() -> None:
    tendsign = profile_named("tendsign")
    assert tendsign.file_bytes == 50_000_000
    assert tendsign.links_ignored
    assert not tendsign.own
    assert "TendSign" in tendsign.source


def test_the_users_own_profile_comes_before_the_one_that_ships() -> None:
    own = (PortalProfile("kommers", "Kommers hos oss", file_bytes=20_000_000), PortalProfile("kommun", "Kommunens portal"))
    assert profile_named("kommers", own).file_bytes == 20_000_000
    assert [profile.id for profile in profiles_with(own)] == ["kommers", "tendsign", "e-avrop", "generic", "kommun"]


def test_a_profile_that_is_gone_is_the_generic_one() -> None:
    assert profile_named("borttagen").id == "generic"


def test_profiles_survive_being_written_and_read() -> None:
    odd = PortalProfile("x", 'Med "citat" och \\ och å', total_bytes=1, name_length=40, suffixes=(".pdf",), own=("total_bytes",))
    assert read_profiles(written((*built_in(), odd)).encode()) == (*built_in(), odd)


def test_a_byte_order_mark_of_notepad_is_no_fault() -> None:
    assert read_profiles("\ufeff[[portal]]\nid = 'a'\nname = 'A'\nsuffixes = ['PDF']".encode())[0].suffixes == (".pdf",)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[[portal]", "TOML"),
        ("portal = 3", "portal"),
        ("[[portal]]\nname = 'A'", "portal 1: id"),
        ("[[portal]]\nid = 'a'\nname = 'A'\nfile_byte = 3", "portal 1: file_byte"),
        ("[[portal]]\nid = 'a'\nname = 'A'\nfile_bytes = -1", "portal 1: file_bytes"),
        ("[[portal]]\nid = 'a'\nname = 'A'\nfile_bytes = true", "portal 1: file_bytes"),
        ("[[portal]]\nid = 'a'\nname = 'A'\nfile_bytes = '50 MB'", "portal 1: file_bytes"),
        ("[[portal]]\nid = 'a'\nname = 'A'\nascii_names = 'ja'", "portal 1: ascii_names"),
        ("[[portal]]\nid = 'a'\nname = 'A'\nown = ['allt']", "portal 1: own"),
        ("[[portal]]\nid = 'a'\nname = 'A'\nname_length = 3", "portal 1: name_length"),
        ("[[portal]]\nid = 'a'\nname = 'A'\n[[portal]]\nid = 'a'\nname = 'B'", "portal 2: id"),
        ("portal = [3]", "portal 1: id"),
    ],
)
def test_a_fault_in_the_file_is_named(text: str, place: str) -> None:
    with pytest.raises(InputError) as told:
        read_profiles(text.encode(), "egna.toml")
    assert told.value.code_used == "upload.profiles"
    assert dict(told.value.values)["place"] == place
    assert place in explain(told.value.finding(), "sv").text


def test_bytes_that_are_no_text_are_a_fault_of_the_file() -> None:
    with pytest.raises(InputError):
        read_profiles(b"\xff\xfe\x00")
