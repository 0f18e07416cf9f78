"""What is known of an anchor after its passage was looked for."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.claims import AnchorState
from app.core.document import Place
from app.secrecy.flow import Flow, Span

__all__ = ["Found", "FoundPlace"]


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """One place: characters of blocks, and for each line of them where it stands (page and box, paragraph, or sheet and cell).

    `cells` is the A1 range that a mark on cells covers now.
    """

    spans: tuple[Span, ...] = ()
    places: tuple[Place, ...] = ()
    sheet: str | None = None
    cells: str | None = None

    @property
    def page(self) -> int | None:
        """The page it begins on."""
        return self.places[0].page if self.places else None

    @staticmethod
    def of(flow: Flow, spans: tuple[Span, ...]) -> FoundPlace:
        """The place of a stretch of text."""
        places: list[Place] = []
        for span in spans:
            block = flow.document.blocks[span.block]
            whole = flow.place(span)
            if not block.lines or whole.cell is not None or block.cells:
                places.append(whole)
                continue
            for number in range(block.line_at(span.start), block.line_at(max(span.start, span.end - 1)) + 1):
                line = block.lines[number]
                places.append(Place(line.page or whole.page, line.box or whole.box, whole.paragraph, whole.sheet, whole.cell))
        first = places[0] if places else Place()
        return FoundPlace(spans, tuple(dict.fromkeys(places)), first.sheet, first.cell)


@dataclass(frozen=True, slots=True)
class Found:
    """How and where. `text` is the passage as it stands now, `score` how well it fits, from 0 to 1.

    More than one place only when the anchor asks for all occurrences; none when the passage is lost.
    """

    state: AnchorState
    places: tuple[FoundPlace, ...] = ()
    score: float = 0.0
    text: str = ""


LOST = Found(AnchorState.LOST)
