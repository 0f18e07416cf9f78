"""Page furniture: what stands at the same place on many pages, and page numbers in the margins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.documents.pdf.shapes import PageContent, Run

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:sid(?:a|nr)?\.?|page|p\.|s\.)?\s*#\s*(?:(?:/|av|of|\()\s*#\s*\)?)?$|^-\s*#\s*-$|^[ivxl]{1,7}$", re.IGNORECASE
)
_PAGED = re.compile(r"(?:\b(?:sida|sid|page|blad|bl|p|s)\b\.?:?\s*#)|#\s*(?:/|av|of|\()\s*#|^[-–\s]*#[-–\s]*$", re.IGNORECASE)
# What every page number of the first kind ends with, and those of the other two: cheaper to look for in all texts.
_ENDING = re.compile(r"[adelpsADELPS\u017f]\.?:?\s*#")
_OF = re.compile(r"#\s*(?:/|av|of|\()\s*#|^[-–\s]*#[-–\s]*$", re.IGNORECASE)
_BARE = re.compile(r"\d{1,4}$")
_FEW = 2  # pages
_COUNTED_FROM = ("#0", "#1")  # a cover has no number, or the first
_IN_BODY = 0.5
"""Of the times that a text stands at the edge: what stands in the middle of pages as often is no header, but a word of a form."""
# The name of a part of a question that is printed beside its words: the next page begins with the same name and other words.
_PART = re.compile(r"(?:fråga|krav|typ|svar|question|requirement|type|answer|response)\s*[:.]?", re.IGNORECASE)
_FEWEST_WORDS = 4  # of a sentence
_TOP, _BOTTOM = 0.24, 0.82
_EDGE, _MARGIN = 0.13, 0.15
Key = tuple[str, int, int]
Named = tuple[Run, str]
_AROUND = tuple((dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1) if dy or dx)


def mark_furniture(pages: list[PageContent]) -> list[list[Run]]:
    """Per page the runs that are furniture; they are taken out of the pages' runs."""
    total = len(pages)
    needed = 2 if total <= 4 else max(3, min(12, total // 4))
    names: dict[str, str] = {}
    often: dict[str, int] = {}
    marked: list[list[Named]] = []
    for page in pages:
        top, bottom = page.height * _TOP, page.height * _BOTTOM
        number = len(marked)
        named = []
        for run in page.runs:
            if top < run.y0 and run.y1 < bottom:
                continue
            text = names.get(run.text)
            if text is None:
                text = names[run.text] = _name(run.text)
            if text == "#":
                text = _counted(run.text, number)
            often[text] = often.get(text, 0) + 1
            named.append((run, text))
        marked.append(named)
    repeated = _repeated(pages, marked, often, needed)
    numbers = _page_numbers(pages, marked)
    result = []
    for page, named in zip(pages, marked, strict=True):
        furniture = _of_page(page, named, repeated, numbers)
        if furniture:
            taken = {id(run) for run in furniture}
            page.runs = [run for run in page.runs if id(run) not in taken]
        result.append(furniture)
    return result


def _repeated(pages: list[PageContent], marked: list[list[Named]], often: dict[str, int], needed: int) -> set[int]:
    """Identities of the runs that stand at the same place on as many pages as are needed."""
    counts: dict[Key, set[int]] = {}
    keyed: list[tuple[Run, Key]] = []
    for number, (page, named) in enumerate(zip(pages, marked, strict=True)):
        for run, text in named:
            if often[text] < needed:
                continue
            key = (text, round(_distance(page, run) / 3), round(run.x0 / 12))
            counts.setdefault(key, set()).add(number)
            keyed.append((run, key))
    enough = {key for key in counts if _seen(counts, key) >= needed}
    enough -= _of_forms(pages, enough, often)
    return {id(run) for run, key in keyed if key in enough}


def _distance(page: PageContent, run: Run) -> float:
    """Measured from the nearer edge: pages of two sizes share their header."""
    return run.base if run.y0 <= page.height * _TOP else run.base - page.height - 10_000


def _of_forms(pages: list[PageContent], keys: set[Key], often: dict[str, int]) -> set[Key]:
    """Those of the keys whose text stands in the middle of pages as well: what is printed at each question ("Fritext")."""
    texts = {key[0] for key in keys}
    within = dict.fromkeys(texts, 0)
    for page in pages:
        top, bottom = page.height * _TOP, page.height * _BOTTOM
        for run in page.runs:
            if run.text in texts and top < run.y0 and run.y1 < bottom:
                within[run.text] += 1
    return {key for key in keys if within[key[0]] >= often[key[0]] * _IN_BODY}


def _counted(text: str, number: int) -> str:
    """What a bare number is counted by: how far it is from the page's own. Rows of a table count on at a pace of their own."""
    bare = text.strip(" -–")
    return f"#{int(bare) - number}" if _BARE.match(bare) else text


def _page_numbers(pages: list[PageContent], marked: list[list[Named]]) -> set[int]:
    """Identities of the bare numbers that go on with the pages: at one height on several, or from the first of a few."""
    at: dict[tuple[str, int], dict[int, int]] = {}
    for number, (page, named) in enumerate(zip(pages, marked, strict=True)):
        for run, text in named:
            if text.startswith("#"):
                at.setdefault((text, round(_distance(page, run) / 3)), {})[number] = id(run)
    few = len(pages) <= _FEW
    return {run for (text, _), found in at.items() if len(found) > 1 or (few and text in _COUNTED_FROM) for run in found.values()}


def _name(text: str) -> str:
    """What a text is counted by. Only page numbers may change: a row "FR-013 ..." is no furniture because "FR-026 ..." stands
    there on the next page."""
    numbered = _DIGITS.sub("#", text) if len(text) < 200 else text
    return numbered if "#" in numbered and _has_page_number(numbered) else text


def is_paged(text: str) -> bool:
    """Whether a text holds a page number ("Sida 8/22", "6 (40)")."""
    return _has_page_number(_DIGITS.sub("#", text))


def _has_page_number(numbered: str) -> bool:
    return _OF.search(numbered) is not None or (_ENDING.search(numbered) is not None and _PAGED.search(numbered) is not None)


def _seen(counts: dict[Key, set[int]], key: Key) -> int:
    text, y, x = key
    best = len(counts[key])
    for dy, dx in _AROUND:
        found = counts.get((text, y + dy, x + dx))
        if found is not None and len(found) > best:
            best = len(found)
    return best


def _of_page(page: PageContent, named: list[Named], repeated: set[int], numbers: set[int]) -> list[Run]:
    """Runs that repeat, as long as nothing that does not repeat lies between them and the edge of the page."""
    result: list[Run] = []
    height = page.height
    for top in (True, False):
        zone = [pair for pair in named if (pair[0].y0 <= height * _TOP) == top]
        pending: list[Run] = []
        strays = 0
        for line in _lines(zone, top):
            run = line[0][0]
            # The number of a table's row stands before its words: only a number that the line has nothing beside is a page's.
            text = run.text if len(line) == 1 else " ".join(one.text for one, _ in line)
            edge = max(one.y1 for one, _ in line) if top else height - min(one.y0 for one, _ in line)
            alone = edge < _MARGIN * height and _PAGE_NUMBER.match(_DIGITS.sub("#", text)) is not None
            alone = alone and (id(run) in numbers or _BARE.match(text.strip(" -–")) is None)
            known = sum(1 for one, _ in line if id(one) in repeated)
            if 0 < known < len(line) and _asks(run.text, [one.text for one, _ in line if id(one) not in repeated]):
                break
            # The first text of the line must repeat: an answer column may say the same on many pages, its requirement does not.
            if alone or (known and id(run) in repeated) or known > 0.7 * len(line) + 0.5:
                result.extend(pending)
                result.extend(one for one, _ in line)
                pending, strays = [], 0
            elif edge < _EDGE * height and strays < 2:
                # A changing line between repeated ones (a date, a chapter) belongs to the header as well.
                pending.extend(one for one, _ in line)
                strays += 1
            else:
                break
    return result


def _asks(name: str, changing: list[str]) -> bool:
    """Whether the words beside a repeated text are the page's own: a whole sentence, or what stands beside the name of a part of
    a question."""
    words = " ".join(changing).strip()
    return _PART.fullmatch(name.strip()) is not None or (words[-1:] in (".", "?") and len(words.split()) >= _FEWEST_WORDS)


def _lines(zone: list[Named], top: bool) -> Iterator[list[Named]]:
    """Runs by baseline, from the edge of the page inwards."""
    line: list[Named] = []
    for pair in sorted(zone, key=lambda pair: pair[0].base, reverse=not top):
        if line and abs(line[0][0].base - pair[0].base) >= 2.5:
            yield sorted(line, key=lambda pair: pair[0].x0)
            line = []
        line.append(pair)
    if line:
        yield sorted(line, key=lambda pair: pair[0].x0)
