"""Which blocks stand in one drawn box: also over page breaks, and in a bar or field drawn inside a frame."""

from __future__ import annotations

from app.core.document import Block, Box
from app.extraction.slots.scan import Scan

_TALLEST = 320.0  # points: a higher box frames a part of the page, not a question
_LINE = 3.0  # points: the width of a line


def same_box(scan: Scan, one: Block, other: Block) -> bool:
    """Whether two blocks stand in the same drawn box."""
    if one.region is None or other.region is None:
        return False
    return one.region == other.region or _root(scan, one.region) == _root(scan, other.region)


def _root(scan: Scan, region: int) -> int:
    """The outermost box around this one, or the one that it goes on from over page breaks."""
    known = scan.frames.get(region)
    if known is None:
        known = region
        while known > 0 and scan.document.regions[known].continues:
            known -= 1
        frame = _frame(scan, known)
        known = _root(scan, frame) if frame is not None else known
        scan.frames[region] = known
    return known


def _frame(scan: Scan, region: int) -> int | None:
    """The smallest box of the page that encloses this one and is higher, when it is no part of the page's own ground."""
    regions = scan.document.regions
    own = regions[region]
    around = [
        (other.box.y1 - other.box.y0, index)
        for index, other in ((index, regions[index]) for index in scan.regions[own.page])
        if index != region
        and own.box.y1 - own.box.y0 + _LINE < other.box.y1 - other.box.y0 <= _TALLEST
        and _encloses(other.box, own.box)
    ]
    return min(around)[1] if around else None


def _encloses(outer: Box, inner: Box) -> bool:
    return (
        outer.x0 - _LINE <= inner.x0
        and inner.x1 <= outer.x1 + _LINE
        and outer.y0 - _LINE <= inner.y0
        and inner.y1 <= outer.y1 + _LINE
    )
