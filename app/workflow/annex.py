"""The secrecy annex from the claims: what it says in its own language, its formats, and whether it still says what they say.

The secret text is in the annex only for claims that ask for it (`quote_in_annex`). Where other words of the request or a file's
name tell it, the annex has a mark in its place, and `doubts` says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from itertools import groupby
from pathlib import PurePosixPath
from typing import BinaryIO

from app.core.catalogue import duration_words
from app.core.checkdigits import organisation_number
from app.core.claims import Anchor, ClaimSet, SecrecyClaim
from app.core.document import Finding
from app.core.durations import parse_duration
from app.export.annex.content import LANGUAGES, Annex, AnnexRow, AnnexWords, FilePlaces, annex_words
from app.export.annex.fingerprint import stored_fingerprint
from app.export.file import Write
from app.secrecy.catalogue import ContractTerms, category, ground
from app.secrecy.hinting import parts_told
from app.secrecy.revealing import revealed, secrets_of, without

__all__ = [
    "FORMATS",
    "LANGUAGES",
    "Spot",
    "annex_of",
    "annex_writer",
    "doubts",
    "fingerprint",
    "is_stale",
    "private_digest",
    "unnamed",
    "unsound",
]

FORMATS = ("docx", "pdf", "txt", "xlsx", "json")

_SHOWN = ("category", "ground", "used_by", "how", "loss", "title", "not_known_because", "market", "duration", "may_be_released")
_WORDS = ("title", "used_by", "how", "loss", "not_known_because", "market", "may_be_released")
_UNSOUND = {
    "harm.none": "annex.no_harm",
    "ground.buyer": "annex.wrong_ground",
    "ground.none": "annex.wrong_ground",
    "duration.long": "annex.too_long_time",
    "duration.contract": "annex.contract_time",
}
"""Rules of strength that a file written by hand or by another program is told of, and the words for them."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an anchor was found when its file was read: what the claims file does not say. `section` is the heading's number, or
    its text where it has none."""

    page: int | None = None
    section: str | None = None
    order: int = 0


Spots = Mapping[tuple[int, int], Spot]
"""By claim number and place of the anchor in the claim, from 0. A spot that is not given is as the claims file has it."""


def annex_of(claims: ClaimSet, language: str, day: date, spots: Spots | None = None) -> Annex:
    """The annex in Swedish or English, rows in the order of the documents. Raises ClaimsError for unknown ids."""
    words = annex_words(language)
    bidder = claims.bidder
    facts = {
        "tender": claims.tender.name,
        "reference": claims.tender.reference or "",
        "buyer": claims.tender.buyer,
        "bidder": bidder.name,
        "organisation_number": _number(bidder.organisation_number),
        "signatory": bidder.signatory or "",
        "contact": bidder.contact or "",
        "day": day.isoformat(),
    }
    secrets = _secrets(claims, words)
    names = _names(claims, secrets)
    ordered = sorted(claims.claims, key=lambda claim: _order(claim, claims, spots or {}))
    return Annex(
        words=words,
        facts=tuple((key, value.strip()) for key, value in facts.items() if value.strip()),
        rows=tuple(_row(claim, words, language, names, secrets, spots or {}) for claim in ordered),
        bidder=bidder.name.strip(),
        signatory=(bidder.signatory or "").strip(),
        contact=(bidder.contact or "").strip(),
        fingerprint=fingerprint(claims),
        day=day,
    )


def unnamed(claims: ClaimSet) -> tuple[Finding, ...]:
    """What an annex cannot go without: the procurement's and the bidder's names. A file of suggestions may lack them."""
    names = {"tender.name": claims.tender.name, "bidder.name": claims.bidder.name}
    return tuple(Finding("claims.blank", "", None, (("place", place),)) for place, name in names.items() if not name.strip())


def annex_writer(form: str, annex: Annex, limit: int | None = None) -> Write:
    """A function that writes the annex to a binary stream in one of `FORMATS`. Only that format's library is loaded.

    `limit` is the most characters that a text may have (txt).
    """
    match form:
        case "docx":
            from app.export.annex.docx import write_docx

            return partial(write_docx, annex)
        case "pdf":
            from app.export.annex.pdf import write_pdf

            return partial(write_pdf, annex)
        case "xlsx":
            from app.export.annex.xlsx import write_xlsx

            return partial(write_xlsx, annex)
        case "json":
            from app.export.annex.json import write_json

            return partial(write_json, annex)
        case _:
            return partial(_write_text, annex, limit=limit)


def _write_text(annex: Annex, target: BinaryIO, limit: int | None) -> None:
    from app.export.annex.text import write_text

    write_text(annex, target, limit)


def dropped_for(annex: Annex, limit: int | None) -> tuple[str, ...]:
    """What a text of so many characters leaves out, keys of the template's `dropped`. Raises OutputError (annex.too_long)."""
    from app.export.annex.text import as_text

    return as_text(annex, limit).dropped


def fingerprint(claims: ClaimSet) -> str:
    """Sixteen characters that change when anything changes that the annex shows, whatever its language.

    The secret text has no part in it, nor has the note: an annex is handed out, and its checksum must not help anybody to guess.
    """
    shown = {
        "tender": [claims.tender.name, claims.tender.buyer, claims.tender.reference],
        "bidder": [claims.bidder.name, claims.bidder.organisation_number, claims.bidder.signatory, claims.bidder.contact],
        "claims": [
            [claim.number, *(getattr(claim, name) or "" for name in _SHOWN), claim.quote_in_annex, _places_of(claim, claims)]
            for claim in claims.claims
        ],
    }
    return sha256(json.dumps(shown, ensure_ascii=True, sort_keys=True).encode()).hexdigest()[:16]


def private_digest(claims: ClaimSet) -> str:
    """A checksum of everything in the claims, secret texts too: for the vault, never for a document that leaves it."""
    from app.secrecy.claimsfile import dump_claims

    return sha256(dump_claims(claims)).hexdigest()


def is_stale(annex: bytes | str, claims: ClaimSet) -> bool:
    """Whether the annex (a file of any format, or a fingerprint) says something else than the claims do now."""
    stored = annex if isinstance(annex, str) else stored_fingerprint(annex)
    return stored != fingerprint(claims)


def doubts(claims: ClaimSet, annex: Annex, form: str = "", limit: int | None = None) -> tuple[Finding, ...]:
    """What the user should look at before the annex is handed in. None of it stops the annex from being written."""
    found: list[Finding] = []
    owners: dict[str, set[int]] = {}
    for claim in claims.claims:
        if not claim.quote_in_annex:
            for secret in secrets_of(claim):
                owners.setdefault(secret, set()).add(claim.number)
    for claim in claims.claims:
        telling = [name for name in _WORDS if any(revealed(getattr(claim, name) or "", owners))]
        if telling:
            found.append(_doubt("annex.secret_in_words", number=claim.number, fields=", ".join(telling)))
        if all(_is_vague(anchor) for anchor in claim.anchors):
            found.append(_doubt("annex.vague_place", number=claim.number))
    places = {row.number: "\n".join(place for file in row.places for place in file.places) for row in annex.rows}
    found += [
        _doubt("annex.part_in_words", number=part.number, of=", ".join(map(str, part.of)), fields=", ".join(part.fields))
        for part in parts_told(claims, _WORDS, places)
    ]
    sheets = {anchor.sheet for claim in claims.claims for anchor in claim.anchors if anchor.sheet}
    shown = [*(PurePosixPath(file.path).name for file in claims.files), *sorted(sheets)]
    numbers = sorted({number for name in shown for secret in revealed(name, owners) for number in owners[secret]})
    if numbers:
        found.append(_doubt("annex.secret_in_name", number=", ".join(map(str, numbers))))
    for key, value in annex.facts:
        if any(revealed(value, owners)):
            found.append(_doubt("annex.secret_in_facts", field=key))
    found += _doubts_of_format(annex, form, limit)
    return tuple(found)


def unsound(claims: ClaimSet) -> tuple[Finding, ...]:
    """Where claims ask for more than the law gives, or give no harm. The window says it beside each claim, as it is written."""
    from app.secrecy.strength import judge_all

    return tuple(
        _doubt(_UNSOUND[reason.rule], number=number, **_years(reason.values))
        for number, judgement in sorted(judge_all(claims).items())
        for reason in judgement.reasons
        if reason.rule in _UNSOUND
    )


def _years(values: Iterable[tuple[str, str]]) -> dict[str, int]:
    longest = parse_duration(dict(values).get("duration", ""))
    return {"years": longest.years} if longest is not None else {}


def _doubts_of_format(annex: Annex, form: str, limit: int | None) -> list[Finding]:
    if form == "txt" and (dropped := dropped_for(annex, limit)):
        return [_doubt("annex.shortened", dropped=", ".join(annex.words.of("dropped", part) for part in dropped), limit=limit)]
    if form == "pdf":
        from app.export.annex.pdf import unshown

        if missing := unshown(annex):
            return [_doubt("annex.characters", count=len(missing))]
    return []


def _doubt(code: str, **values: object) -> Finding:
    return Finding(code, "", None, tuple((key, str(value)) for key, value in sorted(values.items())))


def _is_vague(anchor: Anchor) -> bool:
    return anchor.quote is not None and not (anchor.page or anchor.sheet or anchor.cells or _heading(anchor))


def _number(text: str) -> str:
    digits = organisation_number(text)
    return f"{digits[:6]}-{digits[6:]}" if digits else text


def _secrets(claims: ClaimSet, words: AnnexWords) -> list[tuple[str, str]]:
    """Every text that the annex must not tell, with the mark that takes its place."""
    marks: dict[str, str] = {}
    for claim in claims.claims:
        if not claim.quote_in_annex:
            for secret in secrets_of(claim):
                marks.setdefault(secret, words("masked", number=claim.number))
    return list(marks.items())


def _names(claims: ClaimSet, secrets: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """Each file by its name alone, or by its path where two files share a name. A name that tells a secret has a mark in it."""
    bare = [PurePosixPath(file.path.replace("\\", "/")).name or file.path for file in claims.files]
    shown = {file.id: file.path if bare.count(name) > 1 else name for file, name in zip(claims.files, bare, strict=True)}
    return {key: without(name, secrets) for key, name in shown.items()}


def _row(
    claim: SecrecyClaim,
    words: AnnexWords,
    language: str,
    names: Mapping[str, str],
    secrets: Sequence[tuple[str, str]],
    spots: Spots,
) -> AnnexRow:
    kind = category(claim.category)

    def told(text: str | None) -> str:
        return without((text or "").strip(), secrets)

    return AnnexRow(
        number=claim.number,
        places=_file_places(claim, words, names, secrets, spots),
        category=kind.name(language),
        title=told(claim.title) or kind.title(language),
        ground=ground(claim.ground).paragraph(language),
        used_by=told(claim.used_by),
        how=told(claim.how),
        loss=told(claim.loss),
        kept=told(claim.not_known_because),
        market=told(claim.market),
        duration=told(_duration(claim, words, language)),
        released=told(claim.may_be_released),
        quotes=tuple(_quoted(claim, secrets)) if claim.quote_in_annex else (),
    )


def _quoted(claim: SecrecyClaim, secrets: Sequence[tuple[str, str]]) -> Iterator[str]:
    """What the user wants repeated, without what other claims keep secret inside it."""
    own = set(map(_squeezed, secrets_of(claim)))
    others = [(secret, mark) for secret, mark in secrets if _squeezed(secret) not in own]
    for anchor in claim.anchors:
        if anchor.quote:
            yield without(anchor.quote, others)


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def _duration(claim: SecrecyClaim, words: AnnexWords, language: str) -> str:
    length = parse_duration(claim.duration or "")
    if length is None:  # "until the contract ends" is no length, and still what the bidder asks for
        return (claim.duration or "").strip() or words("not_given")
    told = duration_words(length, language)
    if category(claim.category).contract_terms is ContractTerms.YES:
        return words("from_contract", duration=told)
    return told


def _file_places(
    claim: SecrecyClaim, words: AnnexWords, names: Mapping[str, str], secrets: Sequence[tuple[str, str]], spots: Spots
) -> tuple[FilePlaces, ...]:
    files = list(names)  # as they are listed
    order = sorted(range(len(claim.anchors)), key=lambda index: _where(claim, index, files, spots))
    placed = [
        (names.get(anchor.file, anchor.file), without(_place(anchor, spots.get((claim.number, index), Spot()), words), secrets))
        for index in order
        for anchor in (claim.anchors[index],)
    ]
    return tuple(
        FilePlaces(file, tuple(dict.fromkeys(place for _, place in places)))
        for file, places in groupby(placed, key=lambda pair: pair[0])
    )


def _place(anchor: Anchor, spot: Spot, words: AnnexWords) -> str:
    """The place in words: section, page, sheet and cells, and how much of it."""

    def place(key: str, **values: object) -> str:
        return words.of("places", key, **values)

    page = anchor.page or spot.page
    section = spot.section or _heading(anchor)
    parts = [place("section" if section[0].isdigit() else "heading", section=section)] if section else []
    if anchor.sheet:
        whole = not (anchor.cells or anchor.quote or anchor.box)
        parts.append(place("whole_sheet" if whole else "sheet", sheet=anchor.sheet))
    if anchor.cells:
        parts.append(place("cells" if ":" in anchor.cells else "cell", cells=anchor.cells.replace("$", "").upper()))
    if page:
        whole = not (anchor.quote or anchor.box or anchor.cells or anchor.sheet)
        parts.append(place("whole_page" if whole else "box" if anchor.box and not anchor.quote else "page", page=page))
    if anchor.all_occurrences and anchor.quote:
        parts.append(place("everywhere"))
    if not parts:
        parts.append(place("passage" if anchor.quote else "file"))
    return ", ".join(parts)


def _heading(anchor: Anchor) -> str:
    """The heading that the mark was made under, where nothing else tells the place: what a Word file has instead of pages."""
    if anchor.page or anchor.sheet or anchor.cells or not anchor.quote:
        return ""
    return (anchor.heading or "").partition("\t")[0].strip()


def _order(claim: SecrecyClaim, claims: ClaimSet, spots: Spots) -> tuple[object, ...]:
    """By the first place of the claim; by its number where nothing else tells."""
    files = [file.id for file in claims.files]
    first = min((_where(claim, index, files, spots) for index in range(len(claim.anchors))), default=())
    return (*first, claim.number)


def _where(claim: SecrecyClaim, index: int, files: Sequence[str], spots: Spots) -> tuple[int, int, int, float, str, int, int]:
    """Where an anchor comes in the bid: files as they are listed, then pages, sheets and cells."""
    anchor, spot = claim.anchors[index], spots.get((claim.number, index), Spot())
    file = files.index(anchor.file) if anchor.file in files else len(files)
    top = anchor.box.y0 if anchor.box else 0.0
    return file, anchor.page or spot.page or 0, spot.order, top, anchor.sheet or "", *_cell(anchor.cells)


def _cell(cells: str | None) -> tuple[int, int]:
    """Row and column of the first cell."""
    first = (cells or "").replace("$", "").partition(":")[0]
    letters = first.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(first[len(letters) :] or 0), column


def _places_of(claim: SecrecyClaim, claims: ClaimSet) -> list[list[object]]:
    """Where the claim points, without what stands there."""
    paths = {file.id: file.path for file in claims.files}
    return [
        [paths.get(one.file, one.file), one.page, list(one.box) if one.box else None, one.sheet, one.cells, one.all_occurrences]
        for one in claim.anchors
    ]
