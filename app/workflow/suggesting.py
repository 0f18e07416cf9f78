"""Suggest what a bid's files may hold that is worth keeping secret: files found, each read by a runner, finders over all of them.

The result is a set of claims with category and ground filled in and the harm left empty: that is the bidder's to write.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.core.claims import Bidder, BidFile, ClaimSet, ClaimTender, SecrecyClaim
from app.core.document import Document, Finding
from app.core.limits import DEFAULT_LIMITS, Limits
from app.core.points import Reading
from app.documents.reader import ReadRequest
from app.secrecy.suggestions import Suggestion
from app.workflow.check import Runner, Step

__all__ = ["Suggested", "claims_of", "gaps_of", "is_untouched", "suggest", "suggestions_in"]

_OWN = (
    "used_by", "how", "loss", "title", "not_known_because", "market", "duration", "may_be_released", "quote_in_annex",
)  # fmt: skip
"""What only the bidder fills in."""
_GAPS = {"file.embedded_unread", "sheet.rows_left_out", "sheet.unreadable"}


@dataclass(frozen=True, slots=True)
class Suggested:
    """What was found in the files that could be read, and why the others could not."""

    suggestions: tuple[Suggestion, ...]
    files: tuple[BidFile, ...]
    documents: Mapping[str, Document]
    failures: tuple[Finding, ...]


def suggest(
    paths: Sequence[Path],
    passwords: Sequence[str] = (),
    limits: Limits = DEFAULT_LIMITS,
    *,
    runner: Runner,
    base: Path | None = None,
    progress: Callable[[Step], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    listed: Callable[[Sequence[ReadRequest]], None] | None = None,
) -> Suggested:
    """What the finders propose in the files and folders. Paths are told from the folder `base`, where the claims will be kept.

    What cannot be read is a failure in the result, never an exception. Raises CancelledError.
    """
    from dataclasses import replace

    from app.documents.package import files_in

    found, failures = files_in(paths, passwords, limits)
    requests = [replace(request, blocks_only=True) for request in found]
    if listed is not None:
        listed(requests)
    documents: dict[int, Document] = {}
    for index, result in runner.run(requests, progress or _ignore, cancelled or _never):
        if isinstance(result, Finding):
            failures.append(result)
        elif isinstance(result, Reading):
            if result.document.name == requests[index].name:
                documents[index] = result.document
            else:  # inside an archive or another file: nothing there can be marked or masked by itself
                failures.append(Finding("file.inside", result.document.name))
    files = tuple(
        BidFile(str(number), _told(requests[index].path, requests[index].name, base), documents[index].sha256)
        for number, index in enumerate(sorted(documents), 1)
    )
    read = {file.id: documents[index] for file, index in zip(files, sorted(documents), strict=True)}
    return Suggested(suggestions_in(tuple(read.items())), files, read, tuple(failures))


def suggestions_in(files: Sequence[tuple[str, Document]]) -> tuple[Suggestion, ...]:
    """What the finders propose in documents that are read already: id of the file, and document."""
    from app.secrecy.finders import suggestions

    return suggestions(files)


def claims_of(
    suggested: Suggested, tender: ClaimTender, bidder: Bidder, why: Callable[[Suggestion], str] | None = None
) -> ClaimSet:
    """The suggestions as claims, numbered in their order. `why` puts the reason for a suggestion in words: the claim's note."""
    claims = tuple(
        SecrecyClaim(number, one.anchors, one.category, one.ground, note=why(one) if why is not None else None)
        for number, one in enumerate(suggested.suggestions, 1)
    )
    return ClaimSet(tender, bidder, suggested.files, claims)


def gaps_of(suggested: Suggested) -> bool:
    """Something of the files was not read: a file, a page without text, a sheet."""
    return bool(suggested.failures) or any(
        document.unreadable_pages or any(map(_is_gap, document.warnings)) for document in suggested.documents.values()
    )


def _is_gap(warning: Finding) -> bool:
    return warning.code.startswith(("limit.", "worker.")) or warning.code in _GAPS


def is_untouched(path: Path) -> bool:
    """Nothing is lost if the file is written anew: it is not there, is empty, or holds suggestions that nobody worked on."""
    import json

    try:
        content = path.read_bytes() if path.exists() else b""
        claims = json.loads(content)["claims"] if content else []
        return not any(claim.get(field) for claim in claims for field in _OWN)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False  # no suggestions of ours


def _told(path: Path | None, name: str, base: Path | None) -> str:
    """The path from the claims file's folder; the whole path where there is no way between the two."""
    if path is None:
        return name
    try:
        return Path(os.path.relpath(path, base or Path())).as_posix()
    except ValueError:  # another drive
        return path.absolute().as_posix()


def _ignore(step: Step) -> None:
    del step


def _never() -> bool:
    return False
