"""Claims in order, their numbers and fingerprints, and the whole of them as annex, masked copies and claims file take it.

Records in, records out; nothing is stored here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from os.path import commonpath
from pathlib import Path

import msgspec

from app.core.claims import Bidder, BidFile, ClaimSet, ClaimTender, SecrecyClaim
from app.core.work import BidFileRecord, ClaimRecord, ClaimState, TenderRecord

__all__ = ["claim_set", "fingerprint", "in_order", "numbered", "paths_from"]


def in_order(claims: Iterable[ClaimRecord], files: Mapping[str, BidFileRecord]) -> tuple[ClaimRecord, ...]:
    """In the order of the bid: file by file, from top to bottom. Withdrawn ones come last, in the same order."""

    def place(record: ClaimRecord) -> tuple[bool, int, float, str]:
        file = files.get(record.claim.anchors[0].file) if record.claim.anchors else None
        at = file.position if file is not None else len(files)
        return record.state is ClaimState.WITHDRAWN, at, record.position, record.key

    return tuple(sorted(claims, key=place))


def numbered(claims: Iterable[ClaimRecord], files: Mapping[str, BidFileRecord]) -> tuple[ClaimRecord, ...]:
    """All of them with the numbers that annex and masks print: 1 and on in the order of the bid, 0 for what is withdrawn."""
    made: list[ClaimRecord] = []
    for count, record in enumerate(in_order(claims, files), 1):
        number = 0 if record.state is ClaimState.WITHDRAWN else count
        made.append(record if record.claim.number == number else replace(record, claim=replace(record.claim, number=number)))
    return tuple(made)


def fingerprint(claim: SecrecyClaim) -> str:
    """What an annex says of a claim, in short: another value means that a written annex is no longer right."""
    return sha256(msgspec.json.encode(claim)).hexdigest()[:32]


def claim_set(tender: TenderRecord, files: Iterable[BidFileRecord], claims: Iterable[ClaimRecord]) -> ClaimSet:
    """Everything that the bid asks for, without what is withdrawn; only files that something is asked of.

    Paths are as the files lie on the disk. Values nobody has given are empty.
    """
    kept = [record.claim for record in claims if record.state is not ClaimState.WITHDRAWN]
    named = {anchor.file for claim in kept for anchor in claim.anchors}
    return ClaimSet(
        ClaimTender(tender.value("name") or "", tender.value("buyer") or "", tender.value("reference")),
        tender.secrecy.bidder or Bidder("", ""),
        tuple(BidFile(record.key, record.place, record.summary.sha256) for record in files if record.key in named),
        tuple(kept),
    )


def paths_from(folder: Path, paths: Sequence[Path]) -> tuple[tuple[str, ...], Path | None]:
    """The paths of a bid's files as a claims file in `folder` names them, and where it has to lie instead for them to be right.

    A claims file may name only what lies in its folder or below. Files on several drives have no such place, and keep their own.
    """
    real, here = [path.resolve() for path in paths], folder.resolve()
    if all(path.is_relative_to(here) for path in real):
        return tuple(path.relative_to(here).as_posix() for path in real), None
    try:
        there = Path(commonpath([next((one for one in path.parents if one.is_dir()), path.parent) for path in real]))
    except ValueError:
        return tuple(path.as_posix() for path in real), None
    return tuple(path.relative_to(there).as_posix() for path in real), there
