"""The claims file: JSON as `resources/schemas/claims.schema.json` describes it. It is read with all its faults told, and the same
claims are always written as the same bytes.

A fault names its place in the file ("claims[2].anchors[0].page") and never quotes what stands there: it may be the secret.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.checkdigits import OrganisationNumber, check_organisation_number
from app.core.claims import Anchor, Bidder, BidFile, ClaimSet, ClaimTender, SecrecyClaim
from app.core.document import Finding
from app.core.errors import ClaimsError, InputError, LimitError, NotFoundError, PermissionDeniedError
from app.secrecy.catalogue import category
from app.secrecy.claimsform import ANCHOR, BIDDER, CLAIM, FILE, MISSING, TENDER, TOP, Faults, shaped

__all__ = ["FORMAT", "Loaded", "dump_claims", "load_claims", "read_claims"]

FORMAT = "anbudsklar/claims-1"
_OTHER = "other"
"""The kind of information that is none of the others."""
_MOST_BYTES = 50 * 1024 * 1024
_DOUBTS = {
    OrganisationNumber.SHAPE: "claims.organisation_shape",
    OrganisationNumber.CHECK_DIGIT: "claims.organisation_check_digit",
    OrganisationNumber.PERSONAL: "claims.organisation_personal",
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a claims file holds, and what is odd about it without making it useless."""

    claims: ClaimSet
    warnings: tuple[Finding, ...]


def read_claims(path: Path) -> Loaded:
    """The claims of a file. Its files lie in its folder or below, symbolic links followed.

    Raises InputError or LimitError: of several faults in the claims, the first (see `load_claims`).
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise NotFoundError(path.name) from None
    except PermissionError:
        raise PermissionDeniedError(path.name) from None
    except (OSError, ValueError):
        raise InputError(path.name) from None
    loaded = load_claims(content, path.name)
    faults = Faults(path.name)
    for index, file in enumerate(loaded.claims.files):
        if not _is_within(path.parent, file.path):
            faults.add("claims.outside_link", f"files[{index}].path")
    faults.raise_first()
    return loaded


def _is_within(folder: Path, path: str) -> bool:
    """Whether the path ends in the folder once all links are followed. What is not there cannot lead out of it."""
    try:
        return (folder / path).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # links in a circle, a name that the system does not take
        return False


def load_claims(content: bytes, name: str = "") -> Loaded:
    """The claims in a file's bytes. Raises ClaimsError, with the other faults in its `more`, or LimitError."""
    if len(content) > _MOST_BYTES:
        raise LimitError(name, limit=_MOST_BYTES)
    if not content.strip():
        raise ClaimsError(name, code="claims.empty")
    faults = Faults(name)
    top = shaped(_parsed(content, name), TOP, "", faults)
    if top.get("format") not in (None, FORMAT):
        # A later form may mean something else by the same names: nothing of it is judged.
        raise ClaimsError(name, code="claims.format", place="format", expected=FORMAT)
    claims = _claims(top, faults)
    _judge(claims, faults)
    faults.raise_first()
    return Loaded(claims, tuple(faults.warnings))


def dump_claims(claims: ClaimSet) -> bytes:
    """The claims as a file: UTF-8, two spaces, fields in the order of the schema, absent ones left out."""
    made = {
        "format": FORMAT,
        "tender": {"name": claims.tender.name, "buyer": claims.tender.buyer, "reference": claims.tender.reference},
        "bidder": _present(claims.bidder),
        "files": [_present(file) for file in claims.files],
        "claims": [_claim(claim) for claim in claims.claims],
    }
    text = json.dumps(made, indent=2, ensure_ascii=False) + "\n"
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:  # half a surrogate pair, as broken documents hold; JSON can say it, UTF-8 cannot
        return (json.dumps(made, indent=2) + "\n").encode("ascii")


def _parsed(content: bytes, name: str) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise ClaimsError(name, code="claims.not_json", line=error.lineno, column=error.colno) from None
    except UnicodeDecodeError:
        raise ClaimsError(name, code="claims.not_utf8") from None
    except _RepeatedError as error:
        raise ClaimsError(name, code="claims.repeated_field", field=str(error)[:60]) from None
    except (RecursionError, ValueError):  # too deep, a number of thousands of digits, NaN
        raise ClaimsError(name, code="claims.not_json", line="?", column="?") from None


class _RepeatedError(Exception):
    """A field stands twice in one object: which of them counts, nobody can know."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise _RepeatedError(next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1))
    return made


def _no_number(text: str) -> float:
    raise ValueError(text)


def _claims(top: Mapping[str, Any], faults: Faults) -> ClaimSet:
    tender = shaped(top.get("tender", MISSING), TENDER, "tender", faults)
    bidder = shaped(top.get("bidder", MISSING), BIDDER, "bidder", faults)
    files = [shaped(entry, FILE, f"files[{index}]", faults) for index, entry in enumerate(top.get("files", ()))]
    claims = [_read_claim(entry, f"claims[{index}]", faults) for index, entry in enumerate(top.get("claims", ()))]
    return ClaimSet(
        ClaimTender(tender.get("name", ""), tender.get("buyer", ""), tender.get("reference")),
        Bidder(bidder.get("name", ""), bidder.get("organisation_number", ""), bidder.get("signatory"), bidder.get("contact")),
        tuple(BidFile(entry.get("id", ""), entry.get("path", ""), entry.get("sha256")) for entry in files),
        tuple(claims),
    )


def _read_claim(entry: Any, place: str, faults: Faults) -> SecrecyClaim:
    values = dict(shaped(_of_known_kind(entry, place, faults), CLAIM, place, faults))
    anchors = [
        _anchor(shaped(anchor, ANCHOR, f"{place}.anchors[{index}]", faults))
        for index, anchor in enumerate(values.pop("anchors", ()))
    ]
    given = {"number": 0, "category": "", "ground": "", **{name: value for name, value in values.items() if value is not None}}
    return SecrecyClaim(anchors=tuple(anchors), **given)


def _of_known_kind(entry: Any, place: str, faults: Faults) -> Any:
    """The claim; as one of the kind `other` when its own is not known here: a later version or another program may have more."""
    kind = entry.get("category") if isinstance(entry, dict) else None
    if not isinstance(kind, str):
        return entry
    try:
        category(kind)
    except ClaimsError:
        number = entry.get("number")
        faults.warn("claims.kind_other", f"{place}.category", number=number if isinstance(number, int) else "?")
        return entry | {"category": _OTHER}
    return entry


def _anchor(values: Mapping[str, Any]) -> Anchor:
    given = {name: value for name, value in values.items() if value is not None}
    box = given.pop("bbox", None)
    return Anchor(file=given.pop("file", ""), box=box, **given)


def _judge(claims: ClaimSet, faults: Faults) -> None:
    """What no single value shows: numbers and ids that stand twice, anchors to files that are not there, the check digit."""
    for place, number in _repeated("claims", [claim.number for claim in claims.claims]):
        faults.add("claims.repeated_number", f"{place}.number", number=number)
    for place, _ in _repeated("files", [file.id for file in claims.files]):
        faults.add("claims.repeated_file", f"{place}.id")
    known = {file.id for file in claims.files}
    for index, claim in enumerate(claims.claims):
        for position, anchor in enumerate(claim.anchors):
            if anchor.file not in known:
                faults.add("claims.unknown_file", f"claims[{index}].anchors[{position}].file")
            if anchor.box is not None and anchor.page is None:
                faults.add("claims.box_without_page", f"claims[{index}].anchors[{position}].bbox")
    if doubt := _DOUBTS.get(check_organisation_number(claims.bidder.organisation_number)):
        faults.warn(doubt, "bidder.organisation_number")


def _repeated(name: str, values: list[Any]) -> Iterator[tuple[str, Any]]:
    seen: set[Any] = set()
    for index, value in enumerate(values):
        if value in seen:
            yield f"{name}[{index}]", value
        seen.add(value)


def _claim(claim: SecrecyClaim) -> dict[str, Any]:
    order = [name for name in CLAIM.fields if name != "anchors"]
    made: dict[str, Any] = {"number": claim.number, "anchors": [_dumped_anchor(anchor) for anchor in claim.anchors]}
    for name in order:
        value = getattr(claim, name)
        if value is not None and not (name == "quote_in_annex" and not value):
            made[name] = value
    return made


def _dumped_anchor(anchor: Anchor) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name in ANCHOR.fields:
        value = list(anchor.box) if name == "bbox" and anchor.box else getattr(anchor, "box" if name == "bbox" else name)
        if value is not None and not (name == "all_occurrences" and not value):
            made[name] = value
    return made


def _present(record: Bidder | BidFile) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in record.__slots__}
    return {name: value for name, value in values.items() if value is not None}
