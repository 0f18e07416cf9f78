"""The annex of an open tender: what the desk says, where the marks are as the files were read, and the list's item it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from app.core.claims import ClaimSet
from app.core.document import Finding
from app.core.errors import OutputError
from app.core.work import ClaimRecord, ClaimState
from app.export.annex.content import Annex, annex_words
from app.export.file import to_file
from app.workflow.annex import FORMATS, Spot, annex_of, annex_writer, doubts
from app.workflow.insight import Insight

__all__ = ["FORMATS", "AnnexOrder", "Pasted", "annex_bytes", "pasted", "spots_of", "write_annex"]


@dataclass(frozen=True, slots=True)
class AnnexOrder:
    """All that an annex is made of. `limit` is the most characters of a text to paste (txt)."""

    claims: ClaimSet
    spots: Mapping[tuple[int, int], Spot]
    language: str
    day: date
    form: str = "pdf"
    limit: int | None = None

    def annex(self) -> Annex:
        """The annex. Raises ClaimsError for kinds and grounds that this version does not know."""
        return annex_of(self.claims, self.language, self.day, self.spots)


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text for a field of a portal that takes `limit` characters. `count` is how many it has as the strictest portal counts,
    or the fewest it could have where even that is too many; `dropped` says in words what was left out to keep the limit."""

    limit: int | None
    text: str | None
    count: int
    dropped: tuple[str, ...] = ()


def spots_of(claims: Sequence[ClaimRecord], insight: Insight) -> dict[tuple[int, int], Spot]:
    """What is known of where the marks are beside what the anchors say: sections, pages, the order in the file."""
    found: dict[tuple[int, int], Spot] = {}
    for record in claims:
        if record.state is ClaimState.WITHDRAWN:
            continue
        for index, where in enumerate(insight.where.get(record.key, ())):
            order = round(record.position * 1000) if index == 0 else 0
            found[record.claim.number, index] = Spot(where.page, where.section or where.heading, order)
    return found


def annex_bytes(order: AnnexOrder) -> bytes:
    """The annex as a file in memory: for the preview, so that nothing of it lies on the disk."""
    stream = BytesIO()
    annex_writer(order.form, order.annex(), order.limit)(stream)
    return stream.getvalue()


def pasted(order: AnnexOrder) -> Pasted:
    """The annex as a text to paste, within the order's limit where it can be: the text is None where it cannot."""
    from app.export.annex.text import as_text, length

    try:
        made = as_text(order.annex(), order.limit)
    except OutputError as error:
        return Pasted(order.limit, None, int(dict(error.values)["least"]))
    words = annex_words(order.language)
    return Pasted(order.limit, made.text, length(made.text), tuple(words.of("dropped", part) for part in made.dropped))


def write_annex(order: AnnexOrder, target: Path) -> tuple[Finding, ...]:
    """Write the annex, whole or not at all; what the user should look at before it is handed in. Raises OutputError."""
    annex = order.annex()
    found = tuple(doubt for doubt in doubts(order.claims, annex, order.form, order.limit) if not _is_placed(doubt, order))
    to_file(target, annex_writer(order.form, annex, order.limit))
    return found


def _is_placed(doubt: Finding, order: AnnexOrder) -> bool:
    """Whether it is about a place that the claims alone do not tell, and the files do."""
    number = dict(doubt.values).get("number", "")
    spots = (spot for (claim, _), spot in order.spots.items() if str(claim) == number)
    return doubt.code == "annex.vague_place" and any(spot.section or spot.page for spot in spots)
