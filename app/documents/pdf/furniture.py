"""Page furniture: what stands at the same place on many pages, and page numbers in the margins."""

from __future__ import annotations

import re
from collections import defaultdict

from app.documents.pdf.shapes import PageContent, Run

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:sid(?:a|nr)?\.?|page|p\.|s\.)?\s*#\s*(?:(?:/|av|of|\()\s*#\s*\)?)?$|^-\s*#\s*-$|^[ivxl]{1,7}$", re.IGNORECASE
)
_PAGED = re.compile(r"(?:\b(?:sida|sid|page|blad|bl|p|s)\b\.?:?\s*#)|#\s*(?:/|av|of|\()\s*#|^[-–\s]*#[-–\s]*$", re.IGNORECASE)
_TOP, _BOTTOM = 0.24, 0.82
_EDGE, _MARGIN = 0.13, 0.15
Key = tuple[str, int, int]
_AROUND = tuple((dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if dy or dx)


def mark_furniture(pages: list[PageContent]) -> list[list[Run]]:
    """Per page the runs that are furniture; they are taken out of the pages' runs."""
    counts: dict[Key, set[int]] = defaultdict(set)
    keyed: list[list[tuple[Run, Key]]] = []
    for number, page in enumerate(pages):
        marked = []
        for run in page.runs:
            if page.height * _TOP < run.y0 and run.y1 < page.height * _BOTTOM:
                continue
            text = run.text
            numbered = _DIGITS.sub("#", text) if len(text) < 200 else text
            # Only page numbers may change: a row "FR-013 ..." is no furniture because "FR-026 ..." stands there on the next page.
            if _PAGED.search(numbered):
                text = numbered
            # Measured from the nearer edge: pages of two sizes share their header.
            distance = run.base if run.y0 <= page.height * _TOP else run.base - page.height - 10_000
            key = (text, round(distance / 3), round(run.x0 / 12))
            counts[key].add(number)
            marked.append((run, key))
        keyed.append(marked)
    total = len(pages)
    needed = 2 if total <= 4 else max(3, min(12, total // 4))
    result = []
    for page, marked in zip(pages, keyed, strict=True):
        furniture = _of_page(page, marked, counts, needed)
        if furniture:
            taken = {id(run) for run in furniture}
            page.runs = [run for run in page.runs if id(run) not in taken]
        result.append(furniture)
    return result


def is_paged(text: str) -> bool:
    """Whether a text holds a page number ("Sida 8/22", "6 (40)")."""
    return _PAGED.search(_DIGITS.sub("#", text)) is not None


def _seen(counts: dict[Key, set[int]], key: Key) -> int:
    text, y, x = key
    best = len(counts[key])
    for dy, dx in _AROUND:
        found = counts.get((text, y + dy, x + dx))
        if found is not None and len(found) > best:
            best = len(found)
    return best


def _of_page(
    page: PageContent,
    marked: list[tuple[Run, Key]],
    counts: dict[Key, set[int]],
    needed: int,
) -> list[Run]:
    """Runs that repeat, as long as nothing that does not repeat lies between them and the edge of the page."""
    repeated = {id(run): _seen(counts, key) >= needed for run, key in marked}
    result: list[Run] = []
    for top in (True, False):
        zone = [(run, key) for run, key in marked if (run.y0 <= page.height * _TOP) == top]
        pending: list[Run] = []
        strays = 0
        for line in _lines(zone, top):
            run, key = line[0]
            edge = max(one.y1 for one, _ in line) if top else page.height - min(one.y0 for one, _ in line)
            alone = _PAGE_NUMBER.match(_DIGITS.sub("#", key[0])) is not None and edge < _MARGIN * page.height
            known = sum(1 for one, _ in line if repeated[id(one)])
            # The first text of the line must repeat: an answer column may say the same on many pages, its requirement does not.
            if alone or (known and repeated[id(run)]) or known > 0.7 * len(line) + 0.5:
                result.extend(pending)
                result.extend(one for one, _ in line)
                pending, strays = [], 0
            elif edge < _EDGE * page.height and strays < 2:
                # A changing line between repeated ones (a date, a chapter) belongs to the header as well.
                pending.extend(one for one, _ in line)
                strays += 1
            else:
                break
    return result


def _lines(zone: list[tuple[Run, Key]], top: bool) -> list[list[tuple[Run, Key]]]:
    """Runs by baseline, from the edge of the page inwards."""
    lines: list[list[tuple[Run, Key]]] = []
    for pair in sorted(zone, key=lambda pair: pair[0].base, reverse=not top):
        if lines and abs(lines[-1][0][0].base - pair[0].base) < 2.5:
            lines[-1].append(pair)
        else:
            lines.append([pair])
    for line in lines:
        line.sort(key=lambda pair: pair[0].x0)
    return lines
