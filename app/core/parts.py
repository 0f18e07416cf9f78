"""Whose work the program stands on: every library with its version, its licence and the licence's text.

The packed program carries a list that was made when it was packed. Started from its project, it looks in its environment.
"""

from __future__ import annotations

import json
import platform
import re
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from app.core.resources import resource

__all__ = ["Part", "dumped", "gathered", "loaded", "parts"]

_LIST = "parts.json"
_PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"
_TEXT = re.compile(r"(?:^|/)(?:licen[cs]es?/|[^/]*(?:licen[cs]e|copying|notice)[^/]*$)", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_LONGEST = 80
"""Characters of a licence's name: some packages put the whole text there."""


@dataclass(frozen=True, slots=True)
class Part:
    """A library. `inside` are the packages that bring it; `source` is where its source code is, if its licence asks for that."""

    name: str
    version: str
    licence: str
    home: str
    texts: tuple[str, ...]
    inside: tuple[str, ...] = ()
    source: str = ""


@cache
def parts() -> tuple[Part, ...]:
    """All of them by name. Takes a moment where the environment is looked through: not for a thread that may not wait."""
    listed = resource("licences", _LIST)
    if listed.is_file():
        return loaded(listed.read_text("utf-8"))
    return gathered(_asked_for())


def gathered(roots: Iterable[str], versions: dict[str, str] | None = None) -> tuple[Part, ...]:
    """The packages that the roots need, and what is inside them. `versions` are those of parts that have no package."""
    found = {_key(found.name): found for found in _closure(roots)}
    known = {"Python": platform.python_version(), **(versions or {})}
    if "pyside6-essentials" in found:
        known.setdefault("Qt", found["pyside6-essentials"].version)
    told = tomllib.loads(resource("licences", "bundled.toml").read_text("utf-8"))
    added = {_key(name): more for name, more in told["package"].items()}
    own = [_of_package(package, added.get(name, {})) for name, package in found.items()]
    for entry in told["part"]:
        brought = tuple(name for name in entry.get("inside", ()) if name == "Python" or _key(name) in found)
        if entry.get("inside") and not brought:
            continue
        version = known.get(entry["name"], "")
        own.append(Part(entry["name"], version, entry["licence"], entry["home"], _texts(entry), brought, entry.get("source", "")))
    return tuple(sorted(own, key=lambda part: part.name.casefold()))


def dumped(found: Iterable[Part]) -> str:
    """The list as it is carried, each text once."""
    texts: list[str] = []
    entries = []
    for part in found:
        numbers = []
        for text in part.texts:
            if text not in texts:
                texts.append(text)
            numbers.append(texts.index(text))
        entries.append({**asdict(part), "texts": numbers})
    return json.dumps({"texts": texts, "parts": entries}, ensure_ascii=False, indent=1)


def loaded(text: str) -> tuple[Part, ...]:
    """What `dumped` made, as it was."""
    carried = json.loads(text)
    texts = carried["texts"]
    return tuple(
        Part(**{**entry, "texts": tuple(texts[number] for number in entry["texts"]), "inside": tuple(entry["inside"])})
        for entry in carried["parts"]
    )


def _asked_for() -> list[str]:
    """What the program itself asks for: of its package, or of its project."""
    try:
        return list(metadata.requires("anbudsklar") or ())
    except metadata.PackageNotFoundError:
        return list(tomllib.loads(_PROJECT.read_text("utf-8"))["project"]["dependencies"])


def _closure(roots: Iterable[str]) -> list[metadata.Distribution]:
    """The packages that are needed and there; one that is asked for on another system is not."""
    waiting = [(root, frozenset[str]()) for root in roots]
    seen: set[tuple[str, frozenset[str]]] = set()
    found: dict[str, metadata.Distribution] = {}
    while waiting:
        requirement, extras = waiting.pop()
        wanted, _, marker = requirement.partition(";")
        of = re.search(r"extra\s*==\s*[\"']([^\"']+)[\"']", marker)
        match = _NAME.match(wanted)
        if match is None or (of is not None and of[1] not in extras):
            continue
        asked = re.search(r"\[([^\]]*)\]", wanted)
        more = frozenset(part.strip() for part in asked[1].split(",")) if asked else frozenset()
        if (match[0], more) in seen:
            continue
        seen.add((match[0], more))
        try:
            package = metadata.distribution(match[0])
        except metadata.PackageNotFoundError:
            continue
        found[_key(match[0])] = package
        waiting += [(needed, more) for needed in package.requires or ()]
    return list(found.values())


def _texts(entry: dict[str, Any]) -> tuple[str, ...]:
    return tuple(resource("licences", name).read_text("utf-8") for name in entry.get("texts", ()))


def _of_package(package: metadata.Distribution, added: dict[str, Any]) -> Part:
    said = package.metadata
    files = sorted((file for file in package.files or () if "dist-info" in str(file) and _TEXT.search(str(file))), key=str)
    texts = [text for file in files if Path(str(file)).suffix.lower() not in (".py", ".pyc") and (text := _read(package, file))]
    licence = added.get("licence") or _licence(package)
    return Part(said["Name"], package.version, licence, _home(package), (*texts, *_texts(added)), (), added.get("source", ""))


def _read(package: metadata.Distribution, file: metadata.PackagePath) -> str:
    try:
        data = Path(str(package.locate_file(file))).read_bytes()
    except OSError:
        return ""
    try:
        return data.decode("utf-8").strip("\r\n") + "\n"
    except UnicodeDecodeError:
        return data.decode("latin-1").strip("\r\n") + "\n"


def _licence(package: metadata.Distribution) -> str:
    """The licence's name: its expression, else what is said in a line, else what it is filed under."""
    said = package.metadata
    for field in ("License-Expression", "License"):
        words = _first(said, field).strip()
        if words and "\n" not in words and len(words) <= _LONGEST:
            return words
    filed = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or () if line.startswith("License :: ")]
    return ", ".join(filed)


def _home(package: metadata.Distribution) -> str:
    said = package.metadata
    lines = [str(line) for line in said.get_all("Project-URL") or ()]
    pages: dict[str, str] = {name: page for name, comma, page in (line.partition(", ") for line in lines) if comma}
    lowered = {name.casefold(): page for name, page in pages.items()}
    for name in ("homepage", "home", "source", "source code", "repository", "github"):
        if name in lowered:
            return lowered[name]
    return _first(said, "Home-page") or str(next(iter(pages.values()), ""))


def _first(said: metadata.PackageMetadata, field: str) -> str:
    """What a field says, nothing where it is not there: versions of the library answer to that in different ways."""
    return str(next(iter(said.get_all(field) or ()), ""))


def _key(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()
