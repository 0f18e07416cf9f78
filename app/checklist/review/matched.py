"""Which file of the bid is which of the buyer's forms, filled in: told by the content, as names change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.core.inspection import BlockFact, FileFacts

__all__ = ["blocks_at", "matched_forms", "stem"]

_ALIKE = 0.6
"""The share of a form's own texts that its filled copy must still hold."""

_TELLING = 8
"""Characters from which a text tells one form from another."""

_FEW = 4


def matched_forms(files: Iterable[FileFacts], originals: Iterable[FileFacts]) -> Mapping[str, FileFacts]:
    """The buyer's own form by the path of its filled copy. A file as like two forms as that goes to the likest."""
    forms = [(original, _texts(original)) for original in originals]
    found: dict[str, FileFacts] = {}
    for file in files:
        mine = _texts(file)
        best = max(
            ((_share(mine, texts), original) for original, texts in forms if original.format == file.format and texts),
            key=lambda entry: entry[0],
            default=(0.0, None),
        )
        if best[1] is not None and best[0] >= _ALIKE:
            found[file.path] = best[1]
    return found


def stem(text: str) -> str:
    """What of a form's text stays when somebody fills it in: up to the first blank, boxes not ticked."""
    plain = text.replace("☒", "☐").replace("☑", "☐")
    ends = [end for mark in ("__", "....", "……") if (end := plain.find(mark)) >= 0]
    return plain[: min(ends, default=len(plain))].rstrip("\t :.")


def blocks_at(file: FileFacts) -> dict[tuple[int | None, int | None], list[BlockFact]]:
    """Blocks by page and paragraph."""
    found: dict[tuple[int | None, int | None], list[BlockFact]] = {}
    for block in file.blocks:
        found.setdefault((block.place.page, block.place.paragraph), []).append(block)
    return found


def _texts(file: FileFacts) -> frozenset[str]:
    """A form's texts by where they are: cells of a workbook, else beginnings of paragraphs."""
    if file.cells:
        return frozenset(f"{cell.sheet}!{cell.cell}:{cell.text}" for cell in file.cells if cell.number is None and cell.text)
    return frozenset(start for block in file.blocks if len(start := stem(block.text).partition("\t")[0][:60]) >= _TELLING)


def _share(mine: frozenset[str], texts: frozenset[str]) -> float:
    return len(mine & texts) / len(texts) if len(texts) >= _FEW else 0.0
