"""Footnotes: small text at the foot of a page, below a short rule or behind a number."""

from __future__ import annotations

import re
from collections import Counter

from app.core.document import BlockKind
from app.documents.pdf.blocks import Draft
from app.documents.pdf.grids import Grid
from app.documents.pdf.shapes import PageContent, Rule

_MOST_CAPTION_WORDS = 5
_MARK = re.compile(r"(?:\d{1,3}|\*{1,3}|[¹²³⁴⁵⁶⁷⁸⁹]+)[)\s]*\s*\S")


def mark_footnotes(drafts: list[Draft], across: list[Rule], grids: list[Grid], page: PageContent) -> None:
    """Turn the drafts at the foot of one page into footnotes."""
    weights: Counter[float] = Counter()
    for draft in drafts:
        weights[round(draft.size * 2) / 2] += len(draft.text)
    if not weights:
        return
    body = weights.most_common(1)[0][0]
    edge = _rule(drafts, across, grids, page)
    foot: list[Draft] = []
    for draft in reversed(drafts):
        if (
            draft.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
            or draft.region is not None
            or not draft.size < 0.95 * body
        ):
            break
        if draft.box.y0 < 0.45 * page.height or (edge is not None and draft.box.y0 < edge - 3):
            break
        foot.append(draft)
    if edge is not None and all(_is_caption(draft) for draft in foot):
        return  # what stands below a line to sign on
    if edge is None:
        # Without a rule, only what begins with a mark, from the first such line down.
        while foot and not (_MARK.match(foot[-1].text) and foot[-1].size <= 0.88 * body):
            foot.pop()
    for draft in foot:
        draft.kind = BlockKind.FOOTNOTE


def _is_caption(draft: Draft) -> bool:
    """Whether a text names what is written above it: a few words without mark or full stop."""
    text = draft.text.rstrip()
    return len(text.split()) <= _MOST_CAPTION_WORDS and text[-1:] != "." and _MARK.match(text) is None


def _rule(drafts: list[Draft], across: list[Rule], grids: list[Grid], page: PageContent) -> float | None:
    """Height of the short rule at the left margin that footnotes stand below."""
    left = min(draft.box.x0 for draft in drafts)
    found = [
        rule.at
        for rule in across
        if rule.at > 0.45 * page.height
        and 40 < rule.end - rule.start < 0.5 * page.width
        and abs(rule.start - left) < 12
        and not any(grid.box.y0 - 3 <= rule.at <= grid.box.y1 + 3 for grid in grids)
    ]
    return max(found) if found else None
