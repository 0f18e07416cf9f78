"""Suggest what a bid's files may hold that is worth keeping secret: files found, each read by a runner, finders over all of them.

The result is a set of claims with category and ground filled in and the harm left empty: that is the bidder's to write.
"""

from __future__ import annotations

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
from app.workflow.claims import paths_from

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
    elsewhere: Path | None = None
    """Where the claims have to lie for the files' paths to be right, if not where they will be kept."""


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
    kept = [(requests[index], documents[index]) for index in sorted(documents)]
    told, elsewhere = paths_from(base or Path(), [request.path or Path(request.name) for request, _ in kept])
    files = tuple(
        BidFile(str(number), path, document.sha256)
        for number, (path, (_, document)) in enumerate(zip(told, kept, strict=True), 1)
    )
    read = {file.id: documents[index] for file, index in zip(files, sorted(documents), strict=True)}
    return Suggested(suggestions_in(tuple(read.items())), files, read, tuple(failures), elsewhere)


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


def _ignore(step: Step) -> None:
    del step


def _never() -> bool:
    return False
