"""Whose work the program stands on: every library with its version, its licence and the licence's text.

The packed program carries a list that was made when it was packed, of what went into it. Started from its project, it looks in
its environment.
"""

from __future__ import annotations

import json
import platform
import re
import sys
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from app.core.crates import Crate, crates_of, licences_of
from app.core.resources import resource
from app.core.tables import read_table

__all__ = ["Part", "asked_for", "dumped", "gathered", "loaded", "parts"]

_LIST = "parts.json"
_PROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"
_TEXT = re.compile(r"(?:^|/)(?:licen[cs]es?/|[^/]*(?:licen[cs]e|copying|notice)[^/]*$)", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_STANDARD = {"MIT License": "MIT", "ISC License": "ISC"}
"""Names that packages use instead of the standard's identifiers."""
_LONGEST = 80
"""Characters of a licence's name: some packages put the whole text there."""


@dataclass(frozen=True, slots=True)
class Part:
    """A library. `inside` are the packages that bring it; `source` is where its source code is, if its licence asks for that.

    `needs` are the packages that a package asks for, `crates` the Rust libraries that are built into it, `files` patterns of the
    names of its own files, if it has such. A library that several bring in different versions is as many parts.
    """

    name: str
    version: str
    licence: str
    home: str
    texts: tuple[str, ...]
    inside: tuple[str, ...] = ()
    source: str = ""
    needs: tuple[str, ...] = ()
    crates: tuple[Crate, ...] = ()
    files: tuple[str, ...] = ()


@cache
def parts() -> tuple[Part, ...]:
    """All of them by name. Takes a moment where the environment is looked through: not for a thread that may not wait."""
    listed = resource("licences", _LIST)
    if listed.is_file():
        return loaded(listed.read_text("utf-8"))
    return gathered(asked_for())


def gathered(
    roots: Iterable[str], versions: Mapping[str, Mapping[str, str]] | None = None, only: Collection[str] | None = None
) -> tuple[Part, ...]:
    """The packages that the roots need, and what is inside them.

    `versions` are those of parts that have no package, by part and by the package that brings it. `only` are the names of the
    packages that are there, where not all that is needed is.
    """
    wanted = None if only is None else {_key(name) for name in only}
    found = {_key(found.name): found for found in _closure(roots) if wanted is None or _key(found.name) in wanted}
    told = _told()
    added = {_key(name): more for name, more in told["package"].items()}
    own = [_of_package(package, added.get(name, {}), found, told["crate_licence"]) for name, package in found.items()]
    for entry in told["part"]:
        holders = _holders(entry, found)
        if entry.get("inside") and not holders:
            continue
        known = (versions or {}).get(entry["name"], {})
        if entry["name"] == "Qt":
            known = {name: found[_key(name)].version for name in holders}
        by_version: dict[str, list[str]] = {}
        for holder in holders or ("Python",):
            version = platform.python_version() if entry["name"] == "Python" else known.get(holder, "")
            by_version.setdefault(version, []).append(holder)
        for version, brought in by_version.items():
            texts = _texts(entry, [found[_key(name)] for name in brought if _key(name) in found])
            source = _of_version(entry.get("source", ""), version)
            inside = tuple(brought) if holders else ()
            files = tuple(entry.get("files", ()))
            own.append(Part(entry["name"], version, entry["licence"], entry["home"], texts, inside, source, files=files))
    return tuple(sorted(own, key=lambda part: (part.name.casefold(), part.version)))


def asked_for() -> list[str]:
    """What the program itself asks for: of its package, or of its project."""
    try:
        return list(metadata.requires("anbudsklar") or ())
    except metadata.PackageNotFoundError:
        return list(tomllib.loads(_PROJECT.read_text("utf-8"))["project"]["dependencies"])


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
        entries.append({**asdict(part), "texts": numbers, "crates": [list(asdict(crate).values()) for crate in part.crates]})
    return json.dumps({"texts": texts, "parts": entries}, ensure_ascii=False, separators=(",", ":"))


def loaded(text: str) -> tuple[Part, ...]:
    """What `dumped` made, as it was."""
    carried = json.loads(text)
    texts = carried["texts"]
    return tuple(
        Part(
            **{
                **entry,
                "texts": tuple(texts[number] for number in entry["texts"]),
                "inside": tuple(entry["inside"]),
                "needs": tuple(entry["needs"]),
                "files": tuple(entry["files"]),
                "crates": tuple(map(_crate, entry["crates"])),
            }
        )
        for entry in carried["parts"]
    )


def _crate(fields: list[Any]) -> Crate:
    *said, needs, top = fields
    name, version, licence, authors, home, digest = said
    return Crate(name, version, licence, authors, home, digest, tuple(needs), top)


def _told() -> dict[str, Any]:
    """What is known of parts that have no package of their own."""
    return read_table(resource("licences", "bundled.toml"))


def _holders(entry: dict[str, Any], found: Mapping[str, metadata.Distribution]) -> list[str]:
    """The packages that bring a part on this system: `NAME`, or `NAME; SYSTEM SYSTEM` as `sys.platform` has them."""
    holders = []
    for brings in entry.get("inside", ()):
        name, _, systems = brings.partition(";")
        if (name == "Python" or _key(name) in found) and (not systems or sys.platform in systems.split()):
            holders.append(name)
    return holders


def _closure(roots: Iterable[str]) -> list[metadata.Distribution]:
    """The packages that are needed and there; one that is asked for on another system is not."""
    waiting = [(root, frozenset[str]()) for root in roots]
    seen: set[tuple[str, frozenset[str]]] = set()
    found: dict[str, metadata.Distribution] = {}
    while waiting:
        asked = _asked(*waiting.pop())
        if asked is None or asked in seen:
            continue
        seen.add(asked)
        try:
            package = metadata.distribution(asked[0])
        except metadata.PackageNotFoundError:
            continue
        found[_key(asked[0])] = package
        waiting += [(needed, asked[1]) for needed in package.requires or ()]
    return list(found.values())


def _asked(requirement: str, extras: Collection[str] = ()) -> tuple[str, frozenset[str]] | None:
    """A requirement's package with the extras that are asked of it; nothing if it belongs to an extra that nobody asked for."""
    wanted, _, marker = requirement.partition(";")
    match = _NAME.match(wanted)
    if match is None or not _applies(marker, extras):
        return None
    asked = re.search(r"\[([^\]]*)\]", wanted)
    return match[0], frozenset(part.strip() for part in asked[1].split(",")) if asked else frozenset()


def _applies(marker: str, extras: Collection[str]) -> bool:
    """Whether a requirement's condition holds here, as far as the conditions are of the usual kinds; else yes, if it is there."""
    of = re.search(r"extra\s*==\s*[\"']([^\"']+)[\"']", marker)
    if of is not None and of[1] not in extras:
        return False
    if re.search(r"\bor\b", marker):
        return True
    below = re.findall(r"python(?:_full)?_version\s*(<=?)\s*[\"'](\d+)\.(\d+)", marker)
    systems = re.findall(r"sys_platform\s*(==|!=)\s*[\"'](\w+)", marker)
    return all(
        (sys.version_info[:2] <= (int(major), int(minor)) if sign == "<=" else sys.version_info[:2] < (int(major), int(minor)))
        for sign, major, minor in below
    ) and all((sys.platform == system) is (sign == "==") for sign, system in systems)


def _of_version(page: str, version: str) -> str:
    """The page of exactly this version: whoever asks for the source code must get that which the program has."""
    return page.replace("{version}", version).replace("{minor}", ".".join(version.split(".")[:2]))


def _texts(entry: dict[str, Any], holders: Iterable[metadata.Distribution] = ()) -> tuple[str, ...]:
    """A part's texts: of files of ours, and of what the packages that bring it have for it."""
    texts = [resource("licences", name).read_text("utf-8") for name in entry.get("texts", ())]
    for holder in holders:
        texts += [text for asked in entry.get("wheel", {}).get(holder.name, ()) if (text := _of_wheel(holder, asked))]
    if texts and "copyright" in entry:
        texts[0] = f"{entry['copyright'].strip()}\n\n{texts[0]}"
    return tuple(dict.fromkeys(texts))


def _of_wheel(package: metadata.Distribution, asked: str) -> str:
    """A text of a package by the end of its file's name; after `#` the head of a passage between lines of four strokes."""
    name, _, head = asked.partition("#")
    for file in package.files or ():
        if ".dist-info/" in str(file) and str(file).endswith(f"/{name}"):
            text = _read(package, file)
            passages = re.split(r"\n----\n+", text) if head else [text]
            return next((f"{one.strip()}\n" for one in passages if one.startswith(head)), "")
    return ""


def _of_package(
    package: metadata.Distribution,
    added: dict[str, Any],
    found: Mapping[str, metadata.Distribution],
    crate_licences: Mapping[str, str],
) -> Part:
    said = package.metadata
    files = sorted((file for file in package.files or () if "dist-info" in str(file) and _TEXT.search(str(file))), key=str)
    left = tuple(added.get("leave", ()))
    files = [file for file in files if file.suffix.lower() not in (".py", ".pyc") and not any(one in str(file) for one in left)]
    texts = [text for file in files if (text := _read(package, file))]
    crates = crates_of(package)
    of_crates = [crate_licences[name] for name in licences_of(crates, crate_licences)]
    texts += [*_texts(added), *_texts({"texts": of_crates})]
    needed = {_key(asked[0]) for line in package.requires or () if (asked := _asked(line)) is not None}
    return Part(
        said["Name"],
        package.version,
        added.get("licence") or _licence(package),
        _home(package),
        tuple(dict.fromkeys(texts)),
        (),
        _of_version(added.get("source", ""), package.version),
        tuple(sorted((found[name].name for name in needed if name in found), key=str.casefold)),
        crates,
    )


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
            return _STANDARD.get(words, words)
    filed = [line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or () if line.startswith("License :: ")]
    return ", ".join(_STANDARD.get(name, name) for name in filed)


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
