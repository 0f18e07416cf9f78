"""One page's runs and drawing as drafts of blocks in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from app.core.document import BlockKind, Box, Line, Picture, Region
from app.documents.pdf.blocks import Draft, draft_of, paragraphs, usual_pitch
from app.documents.pdf.columns import Columns
from app.documents.pdf.drawn import drawn_spots
from app.documents.pdf.fills import with_fills
from app.documents.pdf.flow import Plain, flows, ruled_tables
from app.documents.pdf.footnotes import mark_footnotes
from app.documents.pdf.forms import Spot
from app.documents.pdf.furniture import is_paged
from app.documents.pdf.grids import Grid, find_grids, with_boxes
from app.documents.pdf.joins import append, is_unfinished
from app.documents.pdf.lines import PrintedLine, printed_lines
from app.documents.pdf.margins import Margin, margin_notes, place_notes
from app.documents.pdf.rows import MOST_BOXES, TALL, WHITE, is_inside, rounded, sorted_into, table_rows
from app.documents.pdf.shapes import PageContent, Rule, Run
from app.documents.pdf.slots import cut_at, place_slots, tick_groups


@dataclass(slots=True)
class Sheaf:
    """What the pages read so far have given."""

    drafts: list[Draft] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    tables: int = 0
    open_region: int | None = None
    margin: Margin | None = None
    continued: dict[int, int] = field(default_factory=dict)

    def next_table(self) -> int:
        """The number of a table that begins."""
        self.tables += 1
        return self.tables - 1


def lay_out(page: PageContent, furniture: list[Run], sheaf: Sheaf) -> None:
    """Add a page's blocks, regions and pictures."""
    across, down = with_boxes(page.drawing)
    grids = with_fills(page, find_grids(across, down), across, down)
    tables = [grid for grid in grids if _is_table(grid)]
    furniture = _without_table_heads(page, tables, furniture)
    tables = [grid for grid in tables if not _only_furniture(grid, page.runs, furniture)]
    tables += ruled_tables(across, grids, page.runs)
    first = len(sheaf.regions)
    sheaf.regions.extend(_regions(page, grids, tables))
    regions = sheaf.regions[first:]
    spots = _spots(page, across, grids, tables)
    inside, outside = sorted_into(page.runs, tables)
    outside, notes, margin = margin_notes(outside, page.width, sheaf.margin)
    sheaf.margin = margin or sheaf.margin
    pieces: list[tuple[float, float, list[Draft]]] = []
    by_region: dict[int | None, list[Run]] = {}
    if not regions and outside:
        by_region[None] = outside
    for run in outside if regions else ():
        by_region.setdefault(_region_of(run, regions, first), []).append(run)
    for index, runs in by_region.items():
        lines = cut_at(printed_lines(page.number, runs), spots)
        _in_region(lines, index)
        edges = [grid.box.y0 for grid in tables]
        if index is None:
            edges += [region.box.y0 for region in regions]
        for stretch in _stretches(lines, sorted(edges)):
            pieces += _flowing(page, stretch, index, sheaf)
    for grid in tables:
        rows = table_rows(page, grid, inside.get(id(grid), {}), sheaf.next_table())
        if furniture:
            rows = [row for row in rows if row.lines or not _holds_furniture(row, furniture)]
        pieces.append((grid.box.y0, grid.box.x0, rows))
    furniture_lines = printed_lines(page.number, furniture)
    middle = page.height / 2
    sheaf.drafts.extend(draft_of([line], BlockKind.FURNITURE) for line in furniture_lines if line.y0 < middle)
    drafts = [draft for _, _, piece in sorted(pieces, key=lambda piece: piece[:2]) for draft in piece]
    if notes:
        place_notes(drafts, notes, page.number)
    mark_footnotes(drafts, across, grids, page)
    place_slots(drafts, spots, page.number)
    _follow_region(page, regions, first, sheaf)
    sheaf.drafts.extend(drafts)
    sheaf.drafts.extend(draft_of([line], BlockKind.FURNITURE) for line in furniture_lines if line.y0 >= middle)
    if page.annotations is not None:
        for box, text in page.annotations.comments:
            sheaf.drafts.append(Draft(BlockKind.COMMENT, text, page.number, box, (Line(0, page.number, box),)))
    sheaf.pictures.extend(page.drawing.pictures)


def _spots(page: PageContent, across: list[Rule], grids: list[Grid], tables: list[Grid]) -> list[Spot]:
    """Form fields, and what is drawn to be filled in where no form field lies over it."""
    fields = page.annotations.spots if page.annotations is not None else []
    spots = list(fields)
    for spot in drawn_spots(page, across, grids, tables, page.runs):
        box = spot.box
        if not any(
            tick.x0 < box.x1 + 2 and box.x0 < tick.x1 + 2 and tick.y0 < box.y1 + 2 and box.y0 < tick.y1 + 2
            for one in fields
            for tick in one.ticks
        ):
            spots.append(spot)
    return tick_groups(spots, page.runs)


def _holds_furniture(row: Draft, furniture: list[Run]) -> bool:
    """An empty row of a drawn page header: its text has gone as furniture."""
    box = row.box
    return any(box.x0 - 1 <= run.x0 <= box.x1 and box.y0 - 1 <= run.base <= box.y1 + 1 for run in furniture)


def _follow_region(page: PageContent, regions: list[Region], first: int, sheaf: Sheaf) -> None:
    """Note a region that ends the page, and mark the one that goes on from it at the top of the next."""
    last, sheaf.open_region = sheaf.open_region, None
    if not regions:
        return
    top = min((run.y0 for run in page.runs), default=0.0)
    bottom = max((run.y1 for run in page.runs), default=0.0)
    if last is not None:
        head, before = regions[0], sheaf.regions[last]
        alike = head.fill == before.fill and head.outlined == before.outlined
        if (
            alike
            and before.page == page.number - 1
            and abs(head.box.x0 - before.box.x0) < 4
            and abs(head.box.x1 - before.box.x1) < 4
        ) and head.box.y0 <= top + 1:
            sheaf.regions[first] = replace(head, continues=True)
            sheaf.continued[first] = last
    index = max(range(len(regions)), key=lambda number: regions[number].box.y1)
    if regions[index].box.y1 >= bottom - 1 and regions[index].box.y1 > 0.72 * page.height:
        sheaf.open_region = first + index


def _in_region(lines: list[PrintedLine], index: int | None) -> None:
    for line in lines:
        line.region = index


def _flowing(
    page: PageContent, lines: list[PrintedLine], region: int | None, sheaf: Sheaf
) -> list[tuple[float, float, list[Draft]]]:
    """Pieces out of lines that no drawn cells hold."""
    pieces: list[tuple[float, float, list[Draft]]] = []
    right = max((line.x1 for line in lines), default=0.0)
    pitch = usual_pitch(lines)
    for found in flows(lines, page.width):
        if isinstance(found, Plain):
            pieces.append((found.lines[0].y0, found.lines[0].x0, paragraphs(found.lines, pitch, right)))
        elif isinstance(found, Columns):
            drafts: list[Draft] = []
            for runs in found.columns:
                column = printed_lines(page.number, runs)
                _in_region(column, region)
                more = paragraphs(column, usual_pitch(column), max((line.x1 for line in column), default=0.0))
                if drafts and more and is_unfinished(drafts[-1], more[0]):
                    append(drafts[-1], more.pop(0))
                drafts += more
            pieces.append((found.y0, 0.0, drafts))
        else:
            runs = [run for line in lines for run in line.runs if found.box.y0 <= run.base <= found.box.y1]
            inside, _ = sorted_into(runs, [found])
            rows = table_rows(page, found, inside.get(id(found), {}), sheaf.next_table())
            for draft in rows:
                draft.region = region
            pieces.append((found.box.y0, found.box.x0, rows))
    return pieces


def _without_table_heads(page: PageContent, tables: list[Grid], furniture: list[Run]) -> list[Run]:
    """The furniture without what heads a drawn table: the same columns on every page still name the cells below them."""
    heads: list[Run] = []
    for grid in tables:
        box = grid.box
        inside = [run for run in furniture if box.x0 - 1 <= run.x0 <= box.x1 and box.y0 - 1 <= run.base <= box.y1 + 1]
        # A page header drawn as a table has many rows or a page number; it stays furniture.
        rows = {next((i for i, y in enumerate(grid.ys) if y > run.base), 0) for run in inside}
        if not inside or len(rows) > 2 or any(is_paged(run.text) for run in inside):
            continue
        foot = max(run.base for run in inside) + 4
        cells = [cell.box for cell in grid.cells if cell.box.y1 - cell.box.y0 < TALL * page.height]
        if any(
            cell.x0 <= run.x0 <= cell.x1 and cell.y0 <= run.base <= cell.y1
            for cell in cells
            for run in page.runs
            if run.base > foot
        ):
            heads += inside
    if not heads:
        return furniture
    page.runs.extend(heads)
    taken = {id(run) for run in heads}
    return [run for run in furniture if id(run) not in taken]


def _only_furniture(grid: Grid, runs: list[Run], furniture: list[Run]) -> bool:
    """A drawn table whose text is all furniture, or that holds none beside a page-high cell for the running text."""
    box = grid.box

    def within(run: Run) -> bool:
        return box.x0 - 1 <= run.x0 <= box.x1 and box.y0 - 1 <= run.base <= box.y1 + 1

    return any(within(run) for run in furniture) and not any(within(run) for run in runs)


def _stretches(lines: list[PrintedLine], edges: list[float]) -> list[list[PrintedLine]]:
    """Lines cut where a table or region stands between them, so that pieces can be put in order by their height."""
    if not edges:
        return [lines] if lines else []
    result: list[list[PrintedLine]] = []
    for line in lines:
        if not result or any(result[-1][-1].y0 < edge <= line.y0 + 3 for edge in edges):
            result.append([])
        result[-1].append(line)
    return result


def _is_table(grid: Grid) -> bool:
    """A grid with at least two cells that hold or may hold something; a frame around the page is none."""
    if len(grid.cells) < 2:
        return False
    if grid.box.x1 - grid.box.x0 < 40 or grid.box.y1 - grid.box.y0 < 10:
        return False
    return sum(1 for cell in grid.cells if cell.box.x1 - cell.box.x0 > 8 and cell.box.y1 - cell.box.y0 > 6) >= 2


def _regions(page: PageContent, grids: list[Grid], tables: list[Grid]) -> list[Region]:
    """Filled or outlined boxes that are neither cells of tables, nor checkboxes, nor the page itself."""
    found: list[tuple[Box, tuple[int, int, int] | None, bool]] = []
    for box, fill, outlined in page.drawing.boxes[:MOST_BOXES]:
        if (fill is not None and min(fill) < WHITE) or (fill is not None and fill != (255, 255, 255)):
            found.append((box, fill, outlined))
    for grid in grids:
        if grid not in tables and len(grid.cells) == 1:
            found.append((grid.box, None, True))
    result: list[Region] = []
    for box, fill, outlined in found:
        width, height = box.x1 - box.x0, box.y1 - box.y0
        if width < 60 or height < 14 or (height > 0.8 * page.height and width > 0.75 * page.width):
            continue
        if any(is_inside(box, grid.box) for grid in tables):
            continue
        same = next((index for index, region in enumerate(result) if _same(region.box, box)), None)
        if same is not None:
            old = result[same]
            result[same] = Region(page.number, old.box, old.fill or fill, old.outlined or outlined)
        else:
            result.append(Region(page.number, rounded(box), fill, outlined))
    return sorted(result, key=lambda region: (region.box.y0, region.box.x0))


def _same(one: Box, other: Box) -> bool:
    return all(abs(a - b) < 4 for a, b in zip(one, other, strict=True))


def _region_of(run: Run, regions: list[Region], first: int) -> int | None:
    """Index of the smallest region around a run."""
    best: tuple[float, int] | None = None
    x, y = run.x0 + min(4.0, (run.x1 - run.x0) / 2), (run.y0 + run.y1) / 2
    for index, region in enumerate(regions):
        box = region.box
        if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1:
            area = (box.x1 - box.x0) * (box.y1 - box.y0)
            if best is None or area < best[0]:
                best = (area, first + index)
    return best[1] if best else None
