"""The bill of materials: what is in the program, by name, version, licence and hash, as CycloneDX 1.6."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from packageurl import PackageURL

import app
from app.core.parts import Part
from installer.freezing import ROOT, moment

__all__ = ["bill"]

_NAMESPACE = uuid.UUID("6f0a3a0e-6c8f-5a34-9d3c-a3f6a1f0c4bb")
"""For serial numbers that follow from the content."""


def bill(parts: Iterable[Part]) -> str:
    """The bill as JSON: the same for the same parts."""
    licences = LicenseFactory()
    program = Component(
        name="Anbudsklar",
        version=app.__version__,
        type=ComponentType.APPLICATION,
        bom_ref="anbudsklar",
        licenses=[licences.make_with_id("MIT")],
    )
    bom = Bom(serial_number=uuid.uuid5(_NAMESPACE, f"{app.__version__} {sorted((part.name, part.version) for part in parts)}"))
    bom.metadata.component = program
    bom.metadata.timestamp = datetime.fromtimestamp(moment(), UTC)
    hashes = _locked()
    made = {part.name: _component(part, licences, hashes) for part in parts}
    for component in made.values():
        bom.components.add(component)
    by_key = {_key(name): component for name, component in made.items()}
    for part in parts:
        for holder in part.inside:
            bom.register_dependency(by_key[_key(holder)], [made[part.name]])
    bom.register_dependency(program, [made[part.name] for part in parts if not part.inside])
    return str(make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=2)) + "\n"


def _component(part: Part, licences: LicenseFactory, hashes: dict[str, list[str]]) -> Component:
    packaged = not part.inside and part.name != "Python"
    references = [ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(part.home))] if part.home else []
    if part.source:
        references.append(ExternalReference(type=ExternalReferenceType.SOURCE_DISTRIBUTION, url=XsUri(part.source)))
    if packaged and (locked := hashes.get(_key(part.name))):
        digests = [HashType(alg=HashAlgorithm.SHA_256, content=digest) for digest in locked]
        purl = XsUri(f"pkg:pypi/{_key(part.name)}@{part.version}")
        # Which of a release's files was installed depends on the system; the lock names them all.
        references.append(ExternalReference(type=ExternalReferenceType.DISTRIBUTION, url=purl, hashes=digests))
    return Component(
        name=part.name,
        version=part.version or None,
        type=ComponentType.LIBRARY,
        bom_ref=_key(part.name),
        licenses=[licences.make_from_string(part.licence)] if part.licence else [],
        purl=PackageURL("pypi", name=_key(part.name), version=part.version) if packaged else None,
        external_references=references,
    )


def _locked() -> dict[str, list[str]]:
    """The hashes that installing was held to, by package."""
    joined = re.sub(r"\s*\\\n\s*", " ", _read(ROOT / "requirements" / "dev.txt"))
    found: dict[str, list[str]] = {}
    for line in joined.splitlines():
        match = re.match(r"([A-Za-z0-9._-]+)==", line)
        if match:
            found.setdefault(_key(match[1]), []).extend(re.findall(r"--hash=sha256:([0-9a-f]{64})", line))
    return found


def _read(path: Path) -> str:
    return path.read_text("utf-8")


def _key(name: str) -> str:
    return re.sub(r"[-_. ]+", "-", name).casefold()
