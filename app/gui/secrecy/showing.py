"""What the page shows of a desk, made of the desk and of what is known of its files. Nothing is kept here."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.claims import AnchorState
from app.gui.secrecy.judging import Standing
from app.gui.secrecy.places import place_words
from app.gui.secrecy.rows import ClaimRow
from app.gui.secrecy.verdict import Verdict
from app.workflow.desk import Desk
from app.workflow.insight import Insight

__all__ = ["anchor_places", "claim_rows", "file_share", "judged"]


def judged(desk: Desk, insight: Insight, verdicts: Mapping[str, Verdict], focus: str | None) -> dict[str, Verdict]:
    """How the claims stood when all were judged last; the one in focus, which is being written, as it is now."""
    now, standing = dict(verdicts), Standing.of(desk)
    for record in standing.claims:
        if record.key == focus and record.key in now:
            now[record.key] = standing.verdict(record, insight)
    return now


def claim_rows(desk: Desk, insight: Insight, verdicts: Mapping[str, Verdict]) -> list[ClaimRow]:
    """A row for every claim, in the order of the bid."""
    rows = []
    for record in desk.claims():
        where, verdict = insight.where.get(record.key, ()), verdicts.get(record.key)
        words = place_words(where[0]) if where else ""
        rows.append(ClaimRow(record.key, record, words, verdict.strength if verdict is not None else None))
    return rows


def anchor_places(desk: Desk, insight: Insight, key: str) -> tuple[tuple[str, AnchorState], ...]:
    """Where each mark of a claim is, in words, and how it was found. Files are named where there are several."""
    record = desk.claim(key)
    where = insight.where.get(key, ())
    names = {file.key: file.summary.name.rsplit("/", 1)[-1] for file in desk.bid_files}
    several = len({anchor.file for anchor in record.claim.anchors}) > 1
    made = []
    for number, anchor in enumerate(record.claim.anchors):
        place = place_words(where[number]) if number < len(where) else ""
        parts = (names.get(anchor.file, ""), place) if several or not place else (place,)
        made.append((", ".join(part for part in parts if part), record.place_state(number)))
    return tuple(made)


def file_share(desk: Desk, insight: Insight, document: str | None) -> tuple[str, float] | None:
    """The name of a file and how much of it is claimed."""
    if document is None or document not in insight.shares:
        return None
    names = {record.key: record.summary.name.rsplit("/", 1)[-1] for record in desk.bid_files}
    return names.get(document, ""), insight.shares[document]
