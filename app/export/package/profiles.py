"""Portal profiles: what ships with the program (`resources/rules/portals.toml`), and the user's own, which replace them by id."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import cache
from typing import Any

from app.core.errors import InputError
from app.core.packaging import PortalProfile
from app.core.resources import resource

__all__ = ["DEFAULT", "built_in", "profile_named", "profiles_with", "read_profiles", "written"]

DEFAULT = "kommers"
"""Where the bids to Försäkringskassan go."""

_GENERIC = "generic"
_WHOLE = ("file_bytes", "total_bytes", "name_length", "text_length")
_SWITCHES = ("ascii_names", "links_ignored")
_TEXTS = ("id", "name", "source")
_LISTS = ("suffixes", "own")
_LIMITS = (*_WHOLE, *_SWITCHES, "suffixes")


@cache
def built_in() -> tuple[PortalProfile, ...]:
    """The profiles that ship with the program, the usual one first."""
    return read_profiles(resource("rules", "portals.toml").read_bytes())


def profiles_with(own: Iterable[PortalProfile] = ()) -> tuple[PortalProfile, ...]:
    """All profiles: the user's own in the place of those with the same id, the others after them."""
    found = {profile.id: profile for profile in built_in()}
    found.update({profile.id: profile for profile in own})
    return tuple(found.values())


def profile_named(name: str, own: Iterable[PortalProfile] = ()) -> PortalProfile:
    """The profile of an id; the generic one for an id that is not known (any more)."""
    known = {profile.id: profile for profile in profiles_with(own)}
    return known.get(name, known[_GENERIC])


def read_profiles(data: bytes, file: str = "portals.toml") -> tuple[PortalProfile, ...]:
    """Profiles from a file as `portals.toml` is. Raises InputError (upload.profiles), which names the entry and the field."""
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except ValueError as error:
        raise InputError(file, code="upload.profiles", place="TOML") from error
    entries = table.get("portal")
    if not isinstance(entries, list):
        raise InputError(file, code="upload.profiles", place="portal")
    found: dict[str, PortalProfile] = {}
    for number, entry in enumerate(entries, 1):
        profile = _profile(entry, f"portal {number}", file)
        if profile.id in found:
            raise InputError(file, code="upload.profiles", place=f"portal {number}: id")
        found[profile.id] = profile
    return tuple(found.values())


def written(profiles: Iterable[PortalProfile]) -> str:
    """Profiles as text that `read_profiles` takes, for the user to edit. What is not known is left out."""
    parts = []
    for profile in profiles:
        lines = [f"{name} = {_toml(value)}" for name, value in asdict(profile).items() if value not in (None, (), "", False)]
        parts.append("\n".join(("[[portal]]", *lines)))
    return "\n\n".join(parts) + "\n"


def _toml(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return f"{value:_}"
        case tuple():
            return f"[{', '.join(map(_toml, value))}]"
        case _:
            text = str(value).replace("\\", "\\\\").replace('"', '\\"')
            return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in text) + '"'


def _profile(entry: object, place: str, file: str) -> PortalProfile:
    """Every field is of its kind, and nothing is misspelt: a limit that is not read is worse than none."""

    def wrong(name: str) -> InputError:
        return InputError(file, code="upload.profiles", place=f"{place}: {name}")

    if not isinstance(entry, Mapping):
        raise wrong("id")
    for name in entry:
        if name not in (*_WHOLE, *_SWITCHES, *_TEXTS, *_LISTS):
            raise wrong(str(name))
    made: dict[str, Any] = {}
    for name in _TEXTS:
        value = entry.get(name, "")
        if not isinstance(value, str) or (name != "source" and not value.strip()):
            raise wrong(name)
        made[name] = value
    for name in _WHOLE:
        value = entry.get(name)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int) or value < 1):
            raise wrong(name)
        made[name] = value
    for name in _SWITCHES:
        value = entry.get(name, False)
        if not isinstance(value, bool):
            raise wrong(name)
        made[name] = value
    for name in _LISTS:
        value = entry.get(name, [])
        if not isinstance(value, list) or not all(isinstance(part, str) and part for part in value):
            raise wrong(name)
        made[name] = tuple(value)
    if any(name not in _LIMITS for name in made["own"]):
        raise wrong("own")
    made["suffixes"] = tuple("." + suffix.lower().lstrip(".") for suffix in made["suffixes"])
    if made["name_length"] is not None and made["name_length"] < 12:  # room for a letter, a number and an ending
        raise wrong("name_length")
    return PortalProfile(**made)
