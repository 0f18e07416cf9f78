"""The bill of materials: what is in the program, by name, version, licence and hash, as CycloneDX 1.6."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.contact import OrganizationalContact
from cyclonedx.model.dependency import Dependency
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

import app
from app.core.crates import Crate
from app.core.parts import Part, asked_for
from installer.carried import LOADER
from installer.freezing import ROOT, moment

__all__ = ["bill"]

_NAMESPACE = uuid.UUID("6f0a3a0e-6c8f-5a34-9d3c-a3f6a1f0c4bb")
"""For serial numbers that follow from the content."""

_LICENCES = LicenseFactory()


def bill(parts: Iterable[Part], files: Mapping[str, str] | None = None) -> str:
    """The bill as JSON: the same for the same parts.

    `files` are the SHA-256 of the program's own copies of shared libraries, by file name: a part that is one such file gets it.
    """
    every = list(parts)
    program = Component(
        name="Anbudsklar",
        version=app.__version__,
        type=ComponentType.APPLICATION,
        bom_ref="anbudsklar",
        licenses=[_LICENCES.make_with_id("MIT")],
    )
    bom = Bom(serial_number=uuid.uuid5(_NAMESPACE, f"{app.__version__} {sorted(_reference(part) for part in every)}"))
    bom.metadata.component = program
    bom.metadata.timestamp = datetime.fromtimestamp(moment(), UTC)
    locked = _locked()
    made = {_reference(part): _component(part, locked, files or {}) for part in every}
    crates = {(part.name, crate.key): _crate(part, crate) for part in every for crate in part.crates}
    for component in (*made.values(), *crates.values()):
        bom.components.add(component)

    brought: dict[str, list[Component]] = {}
    for part in every:
        for holder in part.inside:
            brought.setdefault(_key(holder), []).append(made[_reference(part)])
    roots = {_key(name) for name in (*(_name(line) for line in asked_for()), "Python", *LOADER)}
    packages = {_key(part.name): made[_reference(part)] for part in every if not part.inside}
    needs = [(program, [component for key, component in packages.items() if key in roots])]
    for part in every:
        needed = [packages[_key(name)] for name in part.needs]
        inside = brought.get(_key(part.name), []) if not part.inside else []
        needs.append(
            (made[_reference(part)], [*needed, *inside, *(crates[part.name, one.key] for one in part.crates if one.top)])
        )
        needs += [(crates[part.name, one.key], [crates[part.name, key] for key in one.needs]) for one in part.crates]
    # Not by the library's own way to add one at a time, which goes through all that are there each time.
    bom.dependencies = [Dependency(one.bom_ref, (Dependency(other.bom_ref) for other in others)) for one, others in needs]
    return str(make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2)) + "\n"


def _reference(part: Part) -> str:
    """A library that several packages bring in different versions is told apart by who brings it."""
    return "/".join((*map(_key, part.inside), _key(part.name)))


def _component(part: Part, locked: dict[str, list[str]], files: Mapping[str, str]) -> Component:
    packaged = not part.inside and part.name != "Python"
    references = [ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(part.home))] if part.home else []
    if part.source:
        references.append(ExternalReference(type=ExternalReferenceType.SOURCE_DISTRIBUTION, url=XsUri(part.source)))
    if packaged and (digests := locked.get(_key(part.name))):
        purl = XsUri(f"pkg:pypi/{_key(part.name)}@{part.version}")
        # Which of a release's files was installed depends on the system, and the lock names them all: none of them is the hash of
        # the component itself.
        references.append(ExternalReference(type=ExternalReferenceType.DISTRIBUTION, url=purl, hashes=map(_sha256, digests)))
    own = [files[name] for name in files if any(fnmatchcase(name, pattern) for pattern in part.files)]
    return Component(
        name=part.name,
        version=part.version or None,
        type=ComponentType.LIBRARY,
        bom_ref=_reference(part),
        licenses=[_LICENCES.make_from_string(part.licence)] if part.licence else [],
        purl=PackageURL("pypi", name=_key(part.name), version=part.version) if packaged else None,
        hashes=map(_sha256, own) if len(own) == 1 else [],
        external_references=references,
        properties=[Property(name="anbudsklar:inside", value=holder) for holder in part.inside],
    )


def _crate(part: Part, crate: Crate) -> Component:
    return Component(
        name=crate.name,
        version=crate.version,
        type=ComponentType.LIBRARY,
        bom_ref=f"{_reference(part)}/{crate.key}",
        authors=[OrganizationalContact(name=name) for author in crate.authors.split(",") if (name := _person(author))],
        licenses=[_LICENCES.make_from_string(crate.licence)] if crate.licence else [],
        purl=PackageURL("cargo", name=crate.name, version=crate.version),
        hashes=[_sha256(crate.digest)] if crate.digest else [],
        external_references=[ExternalReference(type=ExternalReferenceType.VCS, url=XsUri(crate.home))] if crate.home else [],
        properties=[Property(name="anbudsklar:inside", value=part.name)],
    )


def _person(author: str) -> str:
    """A name without its address, which changes hands."""
    return re.sub(r"<[^>]*>", "", author).strip()


def _sha256(digest: str) -> HashType:
    return HashType(alg=HashAlgorithm.SHA_256, content=digest)


def _locked() -> dict[str, list[str]]:
    """The hashes that installing was held to, by package."""
    joined = re.sub(r"\s*\\\n\s*", " ", _read(ROOT / "requirements" / "dev.txt"))
    found: dict[str, list[str]] = {}
    for line in joined.splitlines():
        if name := _name(line, "=="):
            found.setdefault(_key(name), []).extend(re.findall(r"--hash=sha256:([0-9a-f]{64})", line))
    return found


def _name(requirement: str, sign: str = "") -> str:
    match = re.match(rf"([A-Za-z0-9._-]+){sign}", requirement)
    return match[1] if match else ""


def _read(path: Path) -> str:
    return path.read_text("utf-8")


def _key(name: str) -> str:
    return re.sub(r"[-_. ]+", "-", name).casefold()
