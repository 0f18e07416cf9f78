"""Page furniture: what stands at the same place on many pages, and page numbers in the margins."""

from __future__ import annotations

import re
from collections import defaultdict

from app.documents.pdf.lines import clean
from app.documents.pdf.shapes import PageContent, Run

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:sid(?:a|nr)?\.?|page|p\.|s\.)?\s*#\s*(?:(?:/|av|of|\()\s*#\s*\)?)?$|^-\s*#\s*-$|^[ivxl]{1,7}$", re.IGNORECASE
)
_PAGED = re.compile(r"(?:\b(?:sida|sid|page|blad|bl|p|s)\b\.?:?\s*#)|#\s*(?:/|av|of|\()\s*#|^[-–\s]*#[-–\s]*$", re.IGNORECASE)
_TOP, _BOTTOM = 0.24, 0.82
_EDGE = 0.07


def mark_furniture(pages: list[PageContent]) -> list[list[Run]]:
    """Per page the runs that are furniture; they are taken out of the pages' runs."""
    counts: dict[tuple[str, int, int], set[int]] = defaultdict(set)
    keyed: list[list[tuple[Run, tuple[str, int, int]]]] = []
    for number, page in enumerate(pages):
        marked = []
        for run in page.runs:
            if page.height * _TOP < run.y0 and run.y1 < page.height * _BOTTOM:
                continue
            text = clean(run.text)
            numbered = _DIGITS.sub("#", text)
            # Only page numbers may change from page to page: a row "FR-013 ..." is no furniture because "FR-026 ..." has its place.
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


def _seen(counts: dict[tuple[str, int, int], set[int]], key: tuple[str, int, int]) -> int:
    text, y, x = key
    return max(len(counts.get((text, y + dy, x + dx), ())) for dy in (-1, 0, 1) for dx in (-1, 0, 1))


def _of_page(
    page: PageContent,
    marked: list[tuple[Run, tuple[str, int, int]]],
    counts: dict[tuple[str, int, int], set[int]],
    needed: int,
) -> list[Run]:
    """Runs that repeat, as long as nothing that does not repeat lies between them and the edge of the page."""
    repeated = {id(run): _seen(counts, key) >= needed for run, key in marked}
    result: list[Run] = []
    for top in (True, False):
        zone = [(run, key) for run, key in marked if (run.y0 <= page.height * _TOP) == top]
        zone.sort(key=lambda pair: pair[0].base, reverse=not top)
        strays = 0
        pending: list[Run] = []
        for run, key in zone:
            edge = run.y1 if top else page.height - run.y0
            if repeated[id(run)] or (_PAGE_NUMBER.match(_DIGITS.sub("#", key[0])) and edge < 0.15 * page.height):
                result.append(run)
                # A changing value between repeated ones (a date, a chapter) belongs to the header as well.
                if strays <= 2:
                    result.extend(pending)
                pending, strays = [], 0
            else:
                pending.append(run)
                strays += 1
                if strays > 3:
                    break
    return result
