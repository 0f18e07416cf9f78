"""Rust libraries that are built into a package: named by the package itself, in the bill of materials that its wheel carries.

Such a bill is written for every system at once, so a crate that only Windows needs may be named on Linux too. What is needed
only while building is left out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote

__all__ = ["Crate", "crates_of", "licences_of"]

_BILL = re.compile(r"\.dist-info/sboms/[^/]+\.json$")
_CARGO = "pkg:cargo/"


@dataclass(frozen=True, slots=True)
class Crate:
    """A Rust library. `digest` is the SHA-256 of its release, `needs` are others of the same package by name@version."""

    name: str
    version: str
    licence: str
    authors: str = ""
    home: str = ""
    digest: str = ""
    needs: tuple[str, ...] = ()
    top: bool = False
    """Whether the package itself asks for it, and not only another crate."""

    @property
    def key(self) -> str:
        """What tells it from the others of its package."""
        return f"{self.name}@{self.version}"

    @property
    def purl(self) -> str:
        """Its address as a package; of one that lies in its holder's own source code, the address it would have."""
        return f"{_CARGO}{quote(self.name)}@{quote(self.version)}"


def crates_of(package: metadata.Distribution) -> tuple[Crate, ...]:
    """The crates in a package by name, none where it tells of none."""
    found: dict[str, Crate] = {}
    for file in package.files or ():
        if _BILL.search(str(file)):
            try:
                bill = json.loads(Path(str(package.locate_file(file))).read_bytes())
            except (OSError, ValueError):
                continue
            found.update({crate.key: crate for crate in _listed(bill)})
    return tuple(sorted(found.values(), key=lambda crate: (crate.name.casefold(), crate.version)))


def licences_of(crates: Iterable[Crate], known: Iterable[str]) -> tuple[str, ...]:
    """The licences to give the texts of, in order of `known`: of several to choose from, the first of those that are known.

    A licence with none that is known is left out: see that `known` has it.
    """
    order = list(known)
    chosen: set[str] = set()
    for crate in crates:
        for every in re.split(r"\s+AND\s+", re.sub(r"[()]", " ", _grouped(crate.licence))):
            choices = [word.strip() for word in re.split(r"\s+OR\s+|\x00", every)]
            possible = [choice for choice in choices if all(name in order for name in _names(choice))]
            if possible:
                chosen.update(_names(min(possible, key=lambda choice: max(order.index(name) for name in _names(choice)))))
    return tuple(name for name in order if name in chosen)


def _grouped(expression: str) -> str:
    """Choices in brackets are kept together, so that the whole may be taken apart at AND."""
    return re.sub(r"\(([^()]*\bOR\b[^()]*)\)", lambda match: re.sub(r"\s+OR\s+", "\0", match[1]), expression)


def _names(choice: str) -> list[str]:
    """A licence, and the exception to it where there is one."""
    return [name for name in re.split(r"\s+WITH\s+", choice) if name]


def _listed(bill: dict[str, Any]) -> list[Crate]:
    components = [
        component
        for component in bill.get("components", ())
        if str(component.get("purl", "")).startswith(_CARGO) and component.get("scope") != "excluded"
    ]
    keys = {component["bom-ref"]: f"{component['name']}@{component['version']}" for component in components}
    needed = {entry["ref"]: entry.get("dependsOn", ()) for entry in bill.get("dependencies", ())}
    top = set(needed.get(bill.get("metadata", {}).get("component", {}).get("bom-ref"), ()))
    return [
        Crate(
            component["name"],
            component["version"],
            _licence(component),
            str(component.get("author", "")),
            _home(component),
            next((one["content"] for one in component.get("hashes", ()) if one.get("alg") == "SHA-256"), ""),
            tuple(sorted(keys[ref] for ref in needed.get(component["bom-ref"], ()) if ref in keys)),
            component["bom-ref"] in top,
        )
        for component in components
    ]


def _licence(component: dict[str, Any]) -> str:
    """As one expression, in the standard's way of writing: some write choices with a stroke, or with several spaces."""
    said = [entry.get("expression") or entry.get("license", {}).get("id", "") for entry in component.get("licenses", ())]
    return " ".join(" AND ".join(filter(None, said)).replace("/", " OR ").split())


def _home(component: dict[str, Any]) -> str:
    pages = {entry.get("type"): entry.get("url", "") for entry in component.get("externalReferences", ())}
    return str(pages.get("vcs") or pages.get("website") or "")
