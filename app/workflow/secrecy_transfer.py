"""The claims of a tender as a claims file, and those of such a file into a tender: matched with the bid's files, found there."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from app.core.claims import Anchor, AnchorState, Bidder, BidFile, ClaimSet, SecrecyClaim
from app.core.document import Finding
from app.core.errors import AnbudsklarError
from app.core.work import BidFileRecord
from app.export.file import to_file
from app.secrecy.claimsfile import dump_claims, read_claims
from app.workflow.bid import BidShelf
from app.workflow.claims import paths_from
from app.workflow.marks import again
from app.workflow.secrecy_desk import Placed

__all__ = ["Brought", "bring", "export_claims", "files_of", "relative"]


@dataclass(frozen=True, slots=True)
class Brought:
    """Claims of a file with their marks as they were found. `left` counts claims that point at no file of the bid."""

    claims: tuple[tuple[SecrecyClaim, tuple[Placed, ...]], ...]
    bidder: Bidder | None
    left: int
    warnings: tuple[Finding, ...] = ()


def export_claims(whole: ClaimSet, target: Path) -> Path | None:
    """Write the claims to a file, whole or not at all, and tell where it has to be put, if that is elsewhere: the bid's files are
    named as seen from there. Raises OutputError."""
    told, elsewhere = relative(whole, target.parent)
    data = dump_claims(told)

    def write(stream: BinaryIO) -> None:
        stream.write(data)

    to_file(target, write)
    return elsewhere


def relative(whole: ClaimSet, folder: Path) -> tuple[ClaimSet, Path | None]:
    """The same with short names for its files, and their paths from a claims file in the folder (see `paths_from`)."""
    names = {file.id: f"f{number}" for number, file in enumerate(whole.files, 1)}
    paths, elsewhere = paths_from(folder, [Path(file.path) for file in whole.files])
    files = tuple(BidFile(names[file.id], path, file.sha256) for file, path in zip(whole.files, paths, strict=True))
    claims = tuple(
        replace(claim, anchors=tuple(replace(anchor, file=names.get(anchor.file, anchor.file)) for anchor in claim.anchors))
        for claim in whole.claims
    )
    return replace(whole, files=files, claims=claims), elsewhere


def files_of(source: Path) -> tuple[Path, ...]:
    """The files that a claims file speaks of and that are there, or the archives they lie in. Raises InputError."""
    whole = read_claims(source).claims
    found = (_standing(source.parent.absolute() / file.path) for file in whole.files)
    return tuple(dict.fromkeys(path for path in found if path is not None))


def bring(source: Path, files: Sequence[BidFileRecord], shelf: BidShelf) -> Brought:
    """The claims of a file, in these files of a bid: by path, else by content, else by name. Raises InputError."""
    loaded = read_claims(source)
    known = _matched(loaded.claims.files, source.parent.absolute(), files)
    brought: list[tuple[SecrecyClaim, tuple[Placed, ...]]] = []
    left = 0
    for claim in loaded.claims.claims:
        placed = []
        for anchor in claim.anchors:
            record = known.get(anchor.file)
            if record is not None:
                wanted = replace(anchor, file=record.key)
                placed.append(_found(shelf, record, wanted, _hash(loaded.claims.files, anchor.file)))
        if placed:
            brought.append((claim, tuple(placed)))
        else:
            left += 1
    bidder = loaded.claims.bidder if loaded.claims.bidder.name else None
    return Brought(tuple(brought), bidder, left, loaded.warnings)


def _standing(path: Path) -> Path | None:
    """The file itself, or the one that a path leads on into."""
    return next((one for one in (path, *path.parents) if one.is_file()), None)


def _hash(files: Sequence[BidFile], wanted: str) -> str | None:
    return next((file.sha256 for file in files if file.id == wanted), None)


def _matched(files: Sequence[BidFile], folder: Path, records: Sequence[BidFileRecord]) -> Mapping[str, BidFileRecord]:
    found: dict[str, BidFileRecord] = {}
    for file in files:
        path = os.path.normcase(os.path.normpath(folder / file.path))
        same = [record for record in records if os.path.normcase(os.path.normpath(record.place)) == path]
        same = same or [record for record in records if file.sha256 and record.summary.sha256 == file.sha256]
        same = same or [record for record in records if Path(record.place).name == Path(file.path).name]
        if same:
            found[file.id] = same[0]
    return found


def _found(shelf: BidShelf, record: BidFileRecord, anchor: Anchor, sha256: str | None) -> Placed:
    with suppress(AnbudsklarError, KeyError):
        return again(shelf.finder(record), Placed(anchor), sha256)
    return Placed(anchor, AnchorState.LOST)
