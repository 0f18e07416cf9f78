"""What a built package says of itself: `manifest.json` for programs (`resources/schemas/package.schema.json`) and a text to read.

Names, sizes and hashes of what goes up, what asks for each file, what the review said, and why the package was built all the same
when it was. Neither answers nor passages are in it, and no folder of the one who built it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from app.core.checklist import ChecklistItem
from app.core.packaging import PackageEntry, PortalProfile
from app.core.review import Review, ReviewFinding, Severity
from app.export.package.words import PackageWords, package_words
from app.export.plain import one_line

__all__ = [
    "FORMAT",
    "MANIFEST",
    "ManifestFacts",
    "as_json",
    "as_text",
    "files_of",
    "is_package",
    "is_package_archive",
    "obstacles",
]

FORMAT = "anbudsklar/package-1"
MANIFEST = "manifest.json"
_MOST = 4 << 20


@dataclass(frozen=True, slots=True)
class ManifestFacts:
    """What a manifest says beside its files. `built_at` is UTC, ISO 8601; `forced` is the reason to go on, if one was needed.

    `findings` are the plan's. `items` are those that ask for the files, by id. `originals` tells what
    the files were called before, by their names in the package.
    """

    tender: str = ""
    buyer: str = ""
    reference: str = ""
    deadline: str = ""
    built_at: str = ""
    forced: str = ""
    review: Review | None = None
    findings: tuple[ReviewFinding, ...] = ()
    items: Mapping[str, ChecklistItem] = field(default_factory=dict)
    originals: Mapping[str, str] = field(default_factory=dict)


def as_json(
    entries: Sequence[PackageEntry], profile: PortalProfile, facts: ManifestFacts, folder: str, own: Mapping[str, str]
) -> bytes:
    """The manifest for programs. `folder` is where the files are, beside it; `own` the hashes of what is for the bidder alone."""
    made: dict[str, Any] = {
        "format": FORMAT,
        "built_at": facts.built_at,
        "tender": {
            name: value
            for name in ("name", "buyer", "reference", "deadline")
            if (value := getattr(facts, "tender" if name == "name" else name))
        },
        "portal": {"id": profile.id, "name": profile.name, "own": list(profile.own)},
        "folder": folder,
        "files": [_entry(number, entry, facts) for number, entry in enumerate(entries, 1)],
        "total_bytes": sum(entry.size for entry in entries),
        "own_files": [{"name": name, "sha256": digest} for name, digest in own.items()],
    }
    if facts.review is not None:
        made["review"] = {
            "obstacles": facts.review.obstacles,
            "warnings": facts.review.warnings,
            "total": facts.review.total,
            "done": facts.review.done,
            "open": _counted(finding for finding in facts.review.findings if finding.blocks),
            "overridden": [
                {"rule": finding.rule, "reason": finding.override.reason, "at": finding.override.at}
                for finding in facts.review.findings
                if finding.override is not None
            ],
        }
    made["findings"] = [
        {"rule": finding.rule, "severity": finding.severity.value, **({"file": finding.cause.file} if finding.cause.file else {})}
        for finding in facts.findings
    ]
    if facts.forced:
        made["forced"] = {"reason": facts.forced, "obstacles": obstacles(facts.findings, facts.review)}
    return (json.dumps(made, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def as_text(
    entries: Sequence[PackageEntry], profile: PortalProfile, facts: ManifestFacts, folder: str, language: str, hashes: str
) -> bytes:
    """The manifest to read, with Windows' line ends for Notepad. `hashes` is the name of the JSON beside it."""
    words = package_words(language)
    lines = [words("manifest_title"), "=" * len(words("manifest_title")), ""]
    pairs = [
        (words("tender"), facts.tender),
        (words("buyer"), facts.buyer),
        (words("reference"), facts.reference),
        (words("deadline"), facts.deadline.replace("T", " ")),
        (words("portal"), profile.name),
        (words("built"), facts.built_at.replace("T", " ").removesuffix("Z").removesuffix("+00:00") + " UTC"),
    ]
    lines += [f"{label}: {one_line(value)}" for label, value in pairs if value]
    lines += ["", words("manifest_lead", folder=folder), ""]
    for number, entry in enumerate(entries, 1):
        lines += _paragraph(number, entry, facts, words)
    lines += [words("manifest_total", count=len(entries), size=words.size(sum(entry.size for entry in entries))), ""]
    if facts.forced:
        lines += [words("manifest_forced", count=obstacles(facts.findings, facts.review), reason=one_line(facts.forced)), ""]
    lines.append(words("manifest_check", file=hashes))
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-8", "replace")


def files_of(manifest: bytes) -> dict[str, str] | None:
    """The paths of the files in a package, beside the manifest, with their hashes; None when this is no manifest."""
    try:
        table = json.loads(manifest)
        if table["format"] != FORMAT:
            return None
        own = {str(file["name"]): str(file["sha256"]) for file in table["own_files"]}
        return own | {f"{table['folder']}/{file['name']}": str(file["sha256"]) for file in table["files"]}
    except (ValueError, KeyError, TypeError):
        return None


def is_package(folder: Path) -> bool:
    """Whether a folder is a package that this program has made."""
    try:
        with (folder / MANIFEST).open("rb") as stream:
            return files_of(stream.read(_MOST)) is not None
    except OSError:
        return False


def is_package_archive(path: Path) -> bool:
    """Whether a file is the ZIP of a package that this program has made. Raises OSError."""
    try:
        with ZipFile(path) as archive:
            named = [name for name in archive.namelist() if name.count("/") == 1 and name.endswith(f"/{MANIFEST}")]
            if not named or archive.getinfo(named[0]).file_size > _MOST:
                return False
            return files_of(archive.read(named[0])) is not None
    except (BadZipFile, ValueError, NotImplementedError, RuntimeError, EOFError, zlib.error):
        return False


def _entry(number: int, entry: PackageEntry, facts: ManifestFacts) -> dict[str, Any]:
    made: dict[str, Any] = {
        "order": number,
        "name": entry.name,
        "role": entry.role.value,
        "size": entry.size,
        "sha256": entry.sha256,
    }
    if (original := facts.originals.get(entry.name, "")) and original != entry.name:
        made["original_name"] = original
    asked = [facts.items[item] for item in entry.items if item in facts.items]
    made["items"] = [{"id": item.id, **({"number": item.number} if item.number else {}), "text": item.text} for item in asked]
    return made


def _paragraph(number: int, entry: PackageEntry, facts: ManifestFacts, words: PackageWords) -> list[str]:
    lines = [f"{number:>3}. {entry.name}", f"     {words.of('roles', entry.role.value)}, {words.size(entry.size)}"]
    if (original := facts.originals.get(entry.name, "")) and original != entry.name:
        lines.append(f"     {words('original', name=one_line(original))}")
    for item in (facts.items[one] for one in entry.items if one in facts.items):
        asks = one_line(f"{item.number or ''} {item.text_after_number}")
        lines.append(f"     {words('asked_by', text=asks if len(asks) <= 110 else asks[:109].rstrip() + '…')}")
    return [*lines, f"     SHA-256 {entry.sha256}", ""]


def _counted(findings: Any) -> list[dict[str, Any]]:
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
    return [{"rule": rule, "count": count} for rule, count in sorted(counts.items())]


def obstacles(findings: Sequence[ReviewFinding], review: Review | None) -> int:
    """How many obstacles remain, of a plan's findings and of the review.

    Where the review speaks of a file already, what the plan says of it is the same thing told twice: it counts once, and a
    decision of the user on the review's row holds for both.
    """
    if review is None:
        return sum(finding.blocks for finding in findings)
    told = {one.cause.file for one in review.findings if one.severity is Severity.OBSTACLE and one.cause.file}
    return review.obstacles + sum(finding.blocks and finding.cause.file not in told for finding in findings)
